//! The recado binary: arguments, then the console or one command; an exit status.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;
use common::client::Client;
use config::path::Surroundings;
use recado_tui::cli::Cli;
use recado_tui::once::{self, Desk, OnceError};
use recado_tui::reach::{reach, socket};
use recado_tui::run::run;
use recado_tui::run::setup::{Flags, language, options};
use recado_tui::shared;
use recado_tui::speech::Speech;
use tokio::runtime::Builder;
use tracing_subscriber::filter::LevelFilter;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the runtime does not start")
        .and_then(|runtime| runtime.block_on(go(cli)));
    match done {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            // Nobody is left to be told when standard error is gone too.
            let _gone = writeln!(io::stderr(), "recado: {error:#}");
            ExitCode::from(1)
        }
    }
}

async fn go(cli: Cli) -> Result<u8> {
    let around = Surroundings::of_this_process();
    let secret = shared::secret();
    let cli = match &secret {
        Some(_) => shared::asked(cli).unwrap_or_else(|why| why.exit()),
        None => cli,
    };
    if let Some(path) = &cli.log {
        log_to(path)?;
    }
    let Some(command) = cli.command else {
        let speech = Speech::of(language(cli.lang.as_deref(), "", &around));
        let is_shared = secret.is_some();
        let way = reach(cli.socket.as_deref(), cli.host.as_deref(), secret).await?;
        let named = socket(cli.socket.as_deref());
        let flags = Flags {
            language: cli.lang,
            plain: cli.plain,
            // What one operator leaves behind on a shared account would be another's to find.
            address: if is_shared {
                String::new()
            } else {
                format!("{}{}", cli.host.unwrap_or_default(), named.display())
            },
            is_shared,
        };
        run(options(way.client.clone(), &around, &flags)?)
            .await
            .context("the terminal failed")?;
        if is_shared {
            // Whoever was sent away is told so once the terminal is theirs again.
            let told =
                |problem| anyhow::anyhow!(once::sentence(&speech, &OnceError::Problem(problem)));
            way.client.me().await.map_err(told)?;
        }
        return Ok(0);
    };
    let speech = Speech::of(language(cli.lang.as_deref(), "", &around));
    let way;
    let client = if once::is_local(&command) {
        Client::unix("")
    } else {
        way = reach(cli.socket.as_deref(), cli.host.as_deref(), secret).await?;
        way.client.clone()
    };
    let here = cli.host.is_none();
    let desk = Desk {
        client,
        speech,
        here,
    };
    let done: Result<u8, OnceError> = once::run(&desk, command).await;
    done.map_err(|error| anyhow::anyhow!(once::sentence(&desk.speech, &error)))
}

fn log_to(path: &Path) -> Result<()> {
    let file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .with_context(|| format!("the log {} cannot be written", path.display()))?;
    tracing_subscriber::fmt()
        .with_writer(file)
        .with_ansi(false)
        .with_max_level(LevelFilter::DEBUG)
        .init();
    Ok(())
}
