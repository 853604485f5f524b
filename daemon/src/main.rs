//! The recadod binary: arguments, log, runtime, signals, exit status.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Parser;
use common::client::Client;
use config::daemon::{Settings, Source};
use config::load::{self, Flags};
use config::path::Surroundings;
use recado_daemon::alone;
use recado_daemon::api::openapi;
use recado_daemon::cli::{self, Cli, Command, KeyCommand};
use recado_daemon::clock::SystemClock;
use recado_daemon::log;
use recado_daemon::run::{Daemon, Deps};
use tokio::runtime;
use tokio::signal::unix::{SignalKind, signal};

fn main() -> ExitCode {
    let cli = Cli::parse();
    match act(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Standard error may be closed; there is nobody else to tell.
            let _told = writeln!(io::stderr(), "recadod: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn act(cli: Cli) -> anyhow::Result<()> {
    let surroundings = Surroundings::of_this_process();
    let flags = Flags {
        config: cli.config,
        set: cli.set,
    };
    match cli.command.unwrap_or(Command::Run) {
        Command::Openapi => print(openapi::document().as_bytes()),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut cli::command(), "recadod", &mut script);
            print(&script)
        }
        Command::Man { folder } => {
            std::fs::create_dir_all(&folder)?;
            let mut command = cli::command();
            command.build();
            manual(&command, &folder)
        }
        Command::CheckConfig => print(shown(&settings(&surroundings, &flags)?).as_bytes()),
        Command::Run => {
            let settings = settings(&surroundings, &flags)?;
            runtime()?.block_on(serve(settings, surroundings, flags))
        }
        Command::Replay => {
            let settings = settings(&surroundings, &flags)?;
            runtime()?.block_on(replay(settings))
        }
        Command::Key(KeyCommand::Rotate) => {
            let settings = settings(&surroundings, &flags)?;
            runtime()?.block_on(rotate(settings))
        }
    }
}

/// The manual pages of a command and of those below it, in the section of daemons.
fn manual(command: &clap::Command, folder: &Path) -> anyhow::Result<()> {
    let pages = command
        .get_subcommands()
        .filter(|below| !below.is_hide_set());
    for below in pages.filter(|below| below.get_name() != "help") {
        manual(below, folder)?;
    }
    clap_mangen::Man::new(command.clone())
        .section("8")
        .generate_to(folder)?;
    Ok(())
}

fn settings(surroundings: &Surroundings, flags: &Flags) -> anyhow::Result<Settings> {
    load::daemon(surroundings, flags).map_err(|errors| anyhow::anyhow!(load::told(&errors)))
}

fn shown(settings: &Settings) -> String {
    let line =
        |(key, value, source): (&str, String, Source)| format!("{key} = {value:?}  # {source}\n");
    let file = if settings.file.exists() {
        ""
    } else {
        " (not there: every key has its default)"
    };
    let lines: String = settings.list().into_iter().map(line).collect();
    format!("# {}{file}\n{lines}", settings.file.display())
}

/// Two workers: sends over TLS never hold a notification up, and one small server has no more cores.
fn runtime() -> anyhow::Result<runtime::Runtime> {
    let built = runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    built.context("the runtime could not be started")
}

async fn serve(settings: Settings, surroundings: Surroundings, flags: Flags) -> anyhow::Result<()> {
    let log = log::start(settings.log_level, settings.log_format);
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let deps = Deps {
        source: Some((surroundings, flags)),
        log,
        ..Deps::real(Arc::new(SystemClock))
    };
    let mut daemon = Daemon::start(settings, deps).await?;
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        webhook = %daemon.webhook_addr(),
        socket = %daemon.socket().display(),
        api = %daemon.tcp_addr().map_or_else(|| "none".to_owned(), |address| address.to_string()),
        "recadod runs"
    );
    let whole = loop {
        tokio::select! {
            _ = terminate.recv() => break true,
            _ = interrupt.recv() => break true,
            _ = hangup.recv() => daemon.reload(),
            () = daemon.broken() => break false,
        }
    };
    tracing::info!("recadod stops");
    daemon.stop().await;
    anyhow::ensure!(
        whole,
        "a part of the daemon ended by itself; the log says which, start it again"
    );
    Ok(())
}

/// Through the running daemon if there is one; else on its data alone, without sending anything.
async fn replay(settings: Settings) -> anyhow::Result<()> {
    let client = Client::unix(&settings.socket);
    let replayed = if client.status().await.is_ok() {
        client.replay().await?
    } else {
        alone::replay_alone(&settings, Arc::new(SystemClock)).await?
    };
    print(
        format!(
            "{} notifications read again, {} still wait for a newer version or for their number\n",
            replayed.bodies, replayed.still_unread
        )
        .as_bytes(),
    )
}

/// Through the running daemon if there is one; else on its data alone.
async fn rotate(settings: Settings) -> anyhow::Result<()> {
    let client = Client::unix(&settings.socket);
    let done = if client.status().await.is_ok() {
        client.rotate_key().await?
    } else {
        alone::rotate_alone(&settings, Arc::new(SystemClock)).await?
    };
    print(
        format!(
            "{} credentials are sealed with the new key {} in {}\nkeep the old one ({}) with backups made before: they open with no other\n",
            done.resealed, done.key.public, done.key.path, done.before
        )
        .as_bytes(),
    )
}

/// Writes to standard output; a reader that went away is no failure.
fn print(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(gone) if gone.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}
