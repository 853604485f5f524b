//! Servers in processes of their own: the daemon, the daemon with batches of one, the bare server; and the grown database.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use anyhow::Context;
use common::client::Client;
use common::id::NumberId;
use common::time::Clock;
use config::daemon::Settings;
use recado_daemon::clock::SystemClock;
use recado_daemon::run::{Daemon, Deps};
use recado_sim::app::{App, Token, Waba};
use recado_sim::config::{Limits, SimConfig};
use recado_sim::home::{self, APP, SECRET, TOKEN, WABA};
use recado_sim::number::{Level, Number};
use recado_sim::sim::Sim;
use recado_sim::status::StatusPlan;
use recado_tests::load::{self, Traffic};
use recado_tests::{bare, grown};
use tempfile::TempDir;

use crate::Plan;
use crate::report::{Report, tell};

/// The argument by which this binary knows that it is to serve.
pub(crate) const WORD: &str = "serve-for-benchmark";

/// Three numbers of one shop.
pub(crate) const LINES: [home::Line; 3] = [
    line("Tienda", "15550783881", "106540352242922", Level::High),
    line("Pedidos", "15550783882", "106540352242923", Level::Standard),
    line("Ventas", "15550783883", "106540352242924", Level::Standard),
];

const fn line(
    label: &'static str,
    digits: &'static str,
    phone_number_id: &'static str,
    level: Level,
) -> home::Line {
    home::Line {
        label,
        digits,
        phone_number_id,
        level,
    }
}

/// Traffic for the first so many of these numbers.
pub(crate) fn traffic(seed: u64, chats: u64, lines: usize) -> Traffic {
    let lines = LINES.iter().take(lines).map(|line| load::Line {
        digits: line.digits.to_owned(),
        id: line.phone_number_id.to_owned(),
    });
    Traffic::new(seed, chats, lines.collect(), now_s())
}

/// This second.
pub(crate) fn now_s() -> i64 {
    SystemClock.now().millis() / 1000
}

/// The simulated Meta for a run: no limits, no statuses of its own.
pub(crate) async fn meta() -> anyhow::Result<Sim> {
    let config = SimConfig::new()
        .limits(Limits::off())
        .plan(StatusPlan::none());
    Ok(Sim::start(config).await?)
}

/// Tells the simulated Meta of a shop that a daemon has known for long.
pub(crate) fn register(sim: &Sim) {
    sim.add_app(App::new(APP, SECRET));
    sim.add_waba(Waba::new(WABA).subscribed(APP));
    sim.add_token(Token::new(TOKEN, APP).wabas([WABA]));
    for line in LINES {
        let number = Number::new(line.phone_number_id, WABA, line.digits);
        sim.add_number(number.verified_name(line.label).level(line.level));
    }
}

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The daemon as it is.
    Recado,
    /// The daemon with one commit in a transaction.
    One,
    /// The least that is durable.
    Bare,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Recado => "recado",
            Self::One => "one",
            Self::Bare => "bare",
        }
    }
}

/// The other side of [`Server::start`]: serves until its standard input ends.
pub(crate) fn child(args: Vec<String>) -> anyhow::Result<()> {
    let [kind, folder, graph] = <[String; 3]>::try_from(args)
        .ok()
        .context("kind, folder and Meta's address")?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async move {
        let folder = PathBuf::from(folder);
        let (address, daemon) = if kind == Kind::Bare.word() {
            (bare::serve(&folder.join("bare.db"), SECRET).await?, None)
        } else {
            let mut deps = Deps::real(Arc::new(SystemClock));
            if kind == Kind::One.word() {
                deps.store.max_batch = 1;
            }
            let daemon = Daemon::start(settings(&folder, &graph)?, deps).await?;
            (daemon.webhook_addr(), Some(daemon))
        };
        writeln!(io::stdout(), "{address}")?;
        let end = tokio::task::spawn_blocking(|| io::stdin().lock().read_to_end(&mut Vec::new()));
        end.await??;
        if let Some(daemon) = daemon {
            daemon.stop().await;
        }
        anyhow::Ok(())
    })
}

/// The bare server fetches no files, so the daemon beside it does not either.
fn settings(folder: &Path, graph: &str) -> anyhow::Result<Settings> {
    let mut settings = home::settings(folder, graph)?;
    settings.auto_download_max = 0;
    Ok(settings)
}

/// A running server.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    folder: PathBuf,
    /// Where webhooks go.
    pub(crate) address: String,
    kind: Kind,
}

impl Server {
    /// Starts a server on a folder.
    pub(crate) async fn start(kind: Kind, folder: &Path, sim: &Sim) -> anyhow::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(WORD)
            .arg(kind.word())
            .arg(folder)
            .arg(sim.base_url())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().context("no output")?;
        let line = tokio::task::spawn_blocking(move || {
            let mut line = String::new();
            BufReader::new(out).read_line(&mut line).map(|_| line)
        });
        let address = line.await??.trim().to_owned();
        anyhow::ensure!(!address.is_empty(), "the server did not start");
        let folder = folder.to_owned();
        Ok(Self {
            child,
            folder,
            address,
            kind,
        })
    }

    /// Starts a daemon on a new folder and opens a shop with so many numbers.
    pub(crate) async fn shop(
        kind: Kind,
        folder: &Path,
        sim: &Sim,
        lines: usize,
    ) -> anyhow::Result<(Self, Vec<NumberId>)> {
        let this = Self::start(kind, folder, sim).await?;
        let lines = LINES.get(..lines).context("so many numbers")?;
        let (_, ids) = home::open_shop(sim, &this.client(), &this.url(), lines).await?;
        Ok((this, ids))
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Where webhooks go, whole.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/webhooks/meta/{APP}", self.address)
    }

    /// The path of its webhook.
    pub(crate) fn path(&self) -> String {
        match self.kind {
            Kind::Bare => load::BARE_PATH.to_owned(),
            _ => load::recado_path(),
        }
    }

    /// The local API's socket.
    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.join("recado.sock")
    }

    /// A client of the local API.
    pub(crate) fn client(&self) -> Client {
        Client::unix(self.socket())
    }

    /// The database.
    pub(crate) fn database(&self) -> PathBuf {
        match self.kind {
            Kind::Bare => self.folder.join("bare.db"),
            _ => self.folder.join("data").join("recado.db"),
        }
    }

    /// Ends it in good order.
    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        drop(self.child.stdin.take());
        tokio::task::spawn_blocking(move || self.child.wait()).await??;
        Ok(())
    }
}

/// A folder with a grown database.
#[derive(Debug)]
pub(crate) struct Grown {
    folder: PathBuf,
    /// How many messages it has.
    pub(crate) messages: usize,
    _temporary: Option<TempDir>,
}

impl Grown {
    /// Grows one, or takes the one kept.
    pub(crate) async fn make(plan: &Plan, _report: &mut Report) -> anyhow::Result<Self> {
        let messages = plan.size(100_000, 1_000_000);
        let chats = plan.size(2_000, 5_000);
        let (folder, temporary) = if let Some(keep) = &plan.keep {
            (keep.join(format!("grown-{messages}")), None)
        } else {
            let folder = tempfile::Builder::new().prefix("recado-grown-").tempdir()?;
            (folder.path().to_owned(), Some(folder))
        };
        let this = Self {
            folder,
            messages,
            _temporary: temporary,
        };
        if this.folder.join("grown").exists() {
            return Ok(this);
        }
        std::fs::create_dir_all(&this.folder)?;
        tell(&format!("growing a database of {messages} messages…"));
        let begin = std::time::Instant::now();
        let sim = meta().await?;
        let (server, _) = Server::shop(Kind::Recado, &this.folder, &sim, 3).await?;
        let mut traffic = traffic(1, chats as u64, 3);
        grown::grow(&server.address, &mut traffic, messages, now_s()).await?;
        server.stop().await?;
        std::fs::write(this.folder.join("grown"), "")?;
        let took = begin.elapsed().as_secs_f64();
        tell(&format!("grown in {took:.0} s"));
        Ok(this)
    }

    /// A copy of it to work on.
    pub(crate) fn copy(&self) -> anyhow::Result<TempDir> {
        let copy = tempfile::Builder::new().prefix("recado-grown-").tempdir()?;
        let (from, to) = (self.folder.join("data"), copy.path().join("data"));
        std::fs::create_dir(&to)?;
        for entry in std::fs::read_dir(from)? {
            let entry = entry?;
            // The folder of files is empty here, and made anew.
            if entry.file_type()?.is_file() {
                std::fs::copy(entry.path(), to.join(entry.file_name()))?;
            }
        }
        Ok(copy)
    }
}
