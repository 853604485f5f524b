//! The real recadod as a process of its own: started, watched by its log, ended the soft way or the hard way.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use common::client::Client;
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::bin_path::program;

/// How long a start may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a recadod is started; the same again after it ended.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Its data directory.
    pub data: PathBuf,
    /// Its socket.
    pub socket: PathBuf,
    /// Its configuration file.
    pub config: PathBuf,
    /// The port that Meta calls; it stays the same, as behind a proxy.
    pub port: u16,
    /// A program and its arguments that end in executing what follows them.
    pub wrapper: Vec<OsString>,
    /// Where Meta is.
    pub graph: String,
}

impl Plan {
    /// Everything in `folder`, on a port of its own, with Meta at `graph`.
    ///
    /// # Errors
    /// No port is free, or the folder cannot be written.
    pub fn new(folder: &Path, graph: &str) -> anyhow::Result<Self> {
        let config = folder.join("recado.toml");
        std::fs::write(&config, "")?;
        Ok(Self {
            data: folder.join("data"),
            socket: folder.join("recado.sock"),
            config,
            port: free_port()?,
            wrapper: Vec::new(),
            graph: graph.to_owned(),
        })
    }

    /// A client of its local API.
    pub fn client(&self) -> Client {
        Client::unix(&self.socket)
    }

    /// What Meta calls.
    pub fn webhook_url(&self, app: &str) -> String {
        format!("http://127.0.0.1:{}/webhooks/meta/{app}", self.port)
    }

    async fn command(&self) -> anyhow::Result<Command> {
        let binary = spawn_blocking(|| program("recadod")).await??;
        let mut words = self.wrapper.clone();
        words.push(binary.as_os_str().to_owned());
        let (program, rest) = words.split_first().context("a program to run")?;
        let mut command = Command::new(program);
        command
            .args(rest)
            .arg("--config")
            .arg(&self.config)
            .stdin(Stdio::null())
            .env_remove("RECADO_CONFIG");
        let set = [
            ("daemon.data_dir", self.data.display().to_string()),
            ("daemon.socket", self.socket.display().to_string()),
            ("webhook.listen", format!("127.0.0.1:{}", self.port)),
            ("graph.base_url", self.graph.clone()),
        ];
        for (key, value) in set {
            command.arg("--set").arg(format!("{key}={value}"));
        }
        Ok(command)
    }

    /// Starts it; it takes requests when this returns.
    ///
    /// # Errors
    /// It ends at once, or does not begin in time; the error has its log.
    pub async fn start(&self) -> anyhow::Result<Recadod> {
        let mut command = self.command().await?;
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let stderr = child.stderr.take().context("its log")?;
        let (told, log) = watch::channel(String::new());
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                told.send_modify(|log| {
                    log.push_str(&line);
                    log.push('\n');
                });
            }
        });
        let mut started = log.clone();
        let recadod = Recadod {
            child: Some(child),
            log,
        };
        let runs = started.wait_for(|log| log.contains("recadod runs"));
        if !matches!(timeout(PATIENCE, runs).await, Ok(Ok(_))) {
            bail!("recadod does not run; its log:\n{}", recadod.log());
        }
        Ok(recadod)
    }

    /// Runs one that is expected to end by itself.
    ///
    /// # Errors
    /// It does not end in time.
    pub async fn refused(&self) -> anyhow::Result<Output> {
        let mut command = self.command().await?;
        let child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let pid = child.id();
        let ended = spawn_blocking(move || child.wait_with_output());
        match timeout(PATIENCE, ended).await {
            Ok(output) => Ok(output??),
            Err(_late) => {
                signal("KILL", pid)?;
                bail!("recadod went on running")
            }
        }
    }
}

/// A running recadod. It ends with this value, the hard way.
#[derive(Debug)]
pub struct Recadod {
    child: Option<Child>,
    log: watch::Receiver<String>,
}

impl Recadod {
    /// Its process.
    ///
    /// # Errors
    /// It was ended.
    pub fn pid(&self) -> anyhow::Result<u32> {
        Ok(self.child.as_ref().context("recadod was ended")?.id())
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        self.log.borrow().clone()
    }

    /// Waits until it has logged these words.
    ///
    /// # Errors
    /// It does not in time; the error has its log.
    pub async fn says(&self, words: &str) -> anyhow::Result<()> {
        let mut log = self.log.clone();
        let heard = log.wait_for(|log| log.contains(words));
        let said = timeout(PATIENCE, heard)
            .await
            .is_ok_and(|told| told.is_ok());
        if !said {
            bail!("recadod does not say {words:?}; its log:\n{}", self.log());
        }
        Ok(())
    }

    /// `kill -9`. Returns when it is gone.
    ///
    /// # Errors
    /// It had ended before.
    pub async fn kill(mut self) -> anyhow::Result<()> {
        let mut child = self.child.take().context("recadod was ended")?;
        if let Some(status) = child.try_wait()? {
            bail!(
                "recadod had ended by itself ({status}); its log:\n{}",
                self.log()
            );
        }
        child.kill()?;
        spawn_blocking(move || child.wait()).await??;
        Ok(())
    }

    /// `kill -TERM`. Returns when it is gone, with what it said.
    ///
    /// # Errors
    /// It does not end.
    pub async fn terminate(mut self) -> anyhow::Result<ExitStatus> {
        let pid = self.pid()?;
        let mut child = self.child.take().context("recadod was ended")?;
        signal("TERM", pid)?;
        let ended = spawn_blocking(move || child.wait());
        match timeout(PATIENCE, ended).await {
            Ok(status) => Ok(status??),
            Err(_late) => {
                signal("KILL", pid)?;
                bail!("recadod did not end; its log:\n{}", self.log())
            }
        }
    }
}

impl Drop for Recadod {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            // It may have ended already; then there is nothing to do.
            let _ended = child.kill();
            let _status = child.wait();
        }
    }
}

fn signal(name: &str, pid: u32) -> anyhow::Result<()> {
    let status = Command::new("kill")
        .arg(format!("-{name}"))
        .arg(pid.to_string())
        .status()?;
    ensure!(status.success(), "kill -{name} {pid}: {status}");
    Ok(())
}

/// A port that nobody listens at and that the system gives to nobody by itself, so that it is
/// still free after the daemon died.
fn free_port() -> anyhow::Result<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = u16::try_from(std::process::id() % 10_000)?;
    for _ in 0..2_000 {
        let port = 20_000 + (first + NEXT.fetch_add(1, Ordering::Relaxed) * 7) % 12_000;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no port between 20000 and 32000 is free")
}
