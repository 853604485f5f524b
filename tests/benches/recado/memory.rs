//! Memory, start and idleness of the real programs: `recadod` on a grown database and `recado` in a terminal.

use std::io::Read;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use common::client::Client;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use recado_sim::home;
use recado_sim::sim::Sim;
use recado_tests::load::{self, Listener};
use serde_json::json;
use tokio::time::sleep;

use crate::Plan;
use crate::measure::{self, median, range};
use crate::report::{Figure, Report};
use crate::server::{Grown, LINES, meta, now_s, register, traffic};

/// `recadod` itself.
pub(crate) struct Real {
    child: Child,
    folder: PathBuf,
    port: u16,
}

/// A program built beside this one.
pub(crate) fn program(name: &str) -> anyhow::Result<PathBuf> {
    let here = std::env::current_exe()?;
    let folder = here
        .parent()
        .and_then(Path::parent)
        .context("no target folder")?;
    let path = folder.join(name);
    ensure!(
        path.exists(),
        "build it first: cargo build --release --bin {name}"
    );
    Ok(path)
}

impl Real {
    pub(crate) fn start(folder: &Path, sim: &Sim) -> anyhow::Result<Self> {
        // A free port, free again at once.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let place = folder.display();
        let mut command = Command::new(program("recadod")?);
        for set in [
            format!("daemon.data_dir={place}/data"),
            format!("daemon.socket={place}/recado.sock"),
            format!("webhook.listen=127.0.0.1:{port}"),
            format!("graph.base_url={}", sim.base_url()),
        ] {
            command.arg("--set").arg(set);
        }
        let child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .env("HOME", folder)
            .env_remove("RECADO_CONFIG")
            .spawn()?;
        Ok(Self {
            child,
            folder: folder.to_owned(),
            port,
        })
    }

    fn socket(&self) -> PathBuf {
        self.folder.join("recado.sock")
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The port that Meta calls.
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn client(&self) -> Client {
        Client::unix(self.socket())
    }

    /// Waits for the first answer of the local API.
    pub(crate) async fn answered(&self) -> anyhow::Result<()> {
        let client = self.client();
        let end = Instant::now() + Duration::from_secs(20);
        while client.status().await.is_err() {
            ensure!(Instant::now() < end, "recadod does not answer");
            sleep(Duration::from_millis(1)).await;
        }
        Ok(())
    }

    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        let pid = self.child.id().to_string();
        Command::new("kill").arg("-TERM").arg(pid).status()?;
        tokio::task::spawn_blocking(move || self.child.wait()).await??;
        Ok(())
    }
}

pub(crate) async fn run(plan: &Plan, grown: &Grown, report: &mut Report) -> anyhow::Result<()> {
    let folder = grown.copy()?;
    let sim = meta().await?;
    register(&sim);
    starts(plan, &sim, (folder.path(), grown.messages), report).await?;
    let daemon = Real::start(folder.path(), &sim)?;
    daemon.answered().await?;
    idle(plan, &daemon, grown.messages, report).await?;
    console(plan, &daemon, report).await?;
    daemon.stop().await?;
    let empty = tempfile::tempdir()?;
    under_load(plan, &sim, empty.path(), report).await
}

/// From the start of the process to the first answer, with a grown database and an empty one in turn.
async fn starts(
    plan: &Plan,
    sim: &Sim,
    (folder, messages): (&Path, usize),
    report: &mut Report,
) -> anyhow::Result<()> {
    let empty = tempfile::tempdir()?;
    let (mut full, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..plan.size(5, 15) {
        for (folder, into) in [(folder, &mut full), (empty.path(), &mut bare)] {
            let begin = Instant::now();
            let daemon = Real::start(folder, sim)?;
            daemon.answered().await?;
            into.push(begin.elapsed().as_secs_f64() * 1e3);
            daemon.stop().await?;
        }
    }
    let what = format!("start to the first answer with {messages} messages");
    report.add(Figure {
        what: &what,
        target: "≤ 50 ms",
        measured: format!("{} ms", range(&full, 1)),
        baseline: format!("empty database: {} ms", range(&bare, 1)),
        met: Some(median(&full) <= 50.0),
        figures: json!({ "grown_ms": full, "empty_ms": bare }),
    });
    Ok(())
}

async fn idle(
    plan: &Plan,
    daemon: &Real,
    messages: usize,
    report: &mut Report,
) -> anyhow::Result<()> {
    let pid = daemon.child.id();
    let fresh = measure::memory_of(pid, "VmRSS:")?;
    // A console's questions warm the page caches; then there is quiet.
    let client = daemon.client();
    let list = client
        .chats(&common::api::chats::ChatFilter::default())
        .await?;
    for chat in list.items.iter().take(20) {
        client
            .messages(chat.id, &common::api::messages::Slice::default())
            .await?;
    }
    sleep(Duration::from_secs(6)).await;
    let asked = measure::memory_of(pid, "VmRSS:")?;
    let what = format!("idle resident memory of recadod with {messages} messages");
    report.add(Figure {
        what: &what,
        target: "≤ 20 MiB",
        measured: format!(
            "{fresh:.1} MiB after the start, {asked:.1} MiB after a console's questions"
        ),
        baseline: "none".to_owned(),
        met: Some(fresh.max(asked) <= 20.0),
        figures: json!({ "after_start_mib": fresh, "after_questions_mib": asked }),
    });
    let span = Duration::from_secs(if plan.full { 20 } else { 10 });
    let (cpu, written) = (measure::cpu_of(pid)?, measure::written_by(pid)?);
    sleep(span).await;
    let cpu = measure::cpu_of(pid)?.saturating_sub(cpu);
    let written = measure::written_by(pid)? - written;
    report.add(Figure {
        what: "an idle recadod",
        target: "no CPU, no bytes",
        measured: format!("{cpu:?} CPU, {written} bytes written in {span:?}"),
        baseline: "none".to_owned(),
        met: Some(cpu < span / 1_000 && written == 0),
        figures: json!({ "cpu_us": cpu.as_micros(), "bytes": written, "seconds": span.as_secs() }),
    });
    Ok(())
}

/// `recado` in a terminal of 120x36.
async fn console(plan: &Plan, daemon: &Real, report: &mut Report) -> anyhow::Result<()> {
    let pty = native_pty_system().openpty(PtySize {
        rows: 36,
        cols: 120,
        pixel_width: 0,
        pixel_height: 0,
    })?;
    let mut command = CommandBuilder::new(program("recado")?);
    command.env("RECADO_SOCKET", daemon.socket());
    command.env("HOME", &daemon.folder);
    command.env("TERM", "xterm-256color");
    command.env("LANG", "es_PE.UTF-8");
    let mut child = pty.slave.spawn_command(command)?;
    let pid = child.process_id().context("no process")?;
    let mut out = pty.master.try_clone_reader()?;
    let drawn = std::thread::spawn(move || {
        let mut room = [0; 4096];
        let mut bytes = 0;
        while let Ok(read @ 1..) = out.read(&mut room) {
            bytes += read;
        }
        bytes
    });
    sleep(Duration::from_secs(3)).await;
    let fresh = measure::memory_of(pid, "VmRSS:")?;
    let mut keys = pty.master.take_writer()?;
    for text in ["gg", "\r", "\x1b", "\x1b", "j", "\r"] {
        std::io::Write::write_all(&mut keys, text.as_bytes())?;
        sleep(Duration::from_millis(500)).await;
    }
    sleep(Duration::from_secs(2)).await;
    let used = measure::memory_of(pid, "VmRSS:")?;
    let span = Duration::from_secs(if plan.full { 20 } else { 10 });
    // The clock in the corner moves once a minute, so a minute must not end meanwhile.
    let left = Duration::from_secs(60 - u64::try_from(now_s().rem_euclid(60))?);
    if left < span + Duration::from_secs(2) {
        sleep(left + Duration::from_secs(1)).await;
    }
    let (cpu, written) = (measure::cpu_of(pid)?, measure::written_by(pid)?);
    sleep(span).await;
    let cpu = measure::cpu_of(pid)?.saturating_sub(cpu);
    let written = measure::written_by(pid)? - written;
    child.kill()?;
    tokio::task::spawn_blocking(move || child.wait()).await??;
    drop((pty, keys));
    let drawn = tokio::task::spawn_blocking(move || drawn.join()).await?;
    let drawn = drawn.ok().context("the terminal broke")?;
    ensure!(drawn > 2_000, "the console drew only {drawn} bytes");
    report.add(Figure {
        what: "idle resident memory of recado",
        target: "≤ 30 MiB",
        measured: format!("{fresh:.1} MiB after the start, {used:.1} MiB with two chats open"),
        baseline: "none".to_owned(),
        met: Some(fresh.max(used) <= 30.0),
        figures: json!({ "after_start_mib": fresh, "used_mib": used }),
    });
    report.add(Figure {
        what: "an idle recado, 120x36, a chat open",
        target: "no CPU, no bytes",
        measured: format!("{cpu:?} CPU, {written} bytes written in {span:?}"),
        baseline: format!("{drawn} bytes drawn while it was used"),
        met: Some(cpu < span / 1_000 && written == 0),
        figures: json!({ "cpu_us": cpu.as_micros(), "bytes": written, "seconds": span.as_secs() }),
    });
    Ok(())
}

/// The most memory that the daemon ever had, while very many webhooks came.
async fn under_load(
    plan: &Plan,
    sim: &Sim,
    folder: &Path,
    report: &mut Report,
) -> anyhow::Result<()> {
    let count = plan.size(20_000, 200_000);
    let daemon = Real::start(folder, sim)?;
    daemon.answered().await?;
    let url = format!("http://127.0.0.1:{}{}", daemon.port, load::recado_path());
    home::open_shop(sim, &daemon.client(), &url, &LINES).await?;
    let address = format!("127.0.0.1:{}", daemon.port);
    let path = load::recado_path();
    let listener = Listener::open(&daemon.socket()).await?;
    let mut traffic = traffic(9, 5_000, 3);
    let mut acked = 0;
    let begin = Instant::now();
    while acked < count {
        traffic.set_now(now_s());
        let mut requests: Vec<Vec<u8>> = vec![traffic.echoes(500).request(&path)];
        requests.extend((0..9_999).map(|_| traffic.mixed().request(&path)));
        let loaded = load::closed(&address, requests, 64).await?;
        ensure!(loaded.refused == 0, "{} were refused", loaded.refused);
        acked += loaded.acked;
    }
    let took = begin.elapsed();
    ensure!(listener.bytes() > 0, "no event came");
    let peak = measure::memory_of(daemon.child.id(), "VmHWM:")?;
    let now = measure::memory_of(daemon.child.id(), "VmRSS:")?;
    let what = format!(
        "most memory of recadod during {count} webhooks, 64 connections, event stream open"
    );
    report.add(Figure {
        what: &what,
        target: "≤ 64 MiB",
        measured: format!("{peak:.1} MiB"),
        baseline: format!("{now:.1} MiB right after; {:.0} s", took.as_secs_f64()),
        met: Some(peak <= 64.0),
        figures: json!({ "peak_mib": peak, "after_mib": now }),
    });
    daemon.stop().await
}
