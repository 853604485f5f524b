//! recado-demo: the real daemon and the real console on a temporary folder; only Meta is simulated.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use config::path::Surroundings;
use recado_sim::config::{Limits, SimConfig};
use recado_sim::demo::play::{LINES, play};
use recado_sim::demo::{script, shelf};
use recado_sim::desk::Desk;
use recado_sim::home::Home;
use recado_sim::sim::Sim;
use recado_tui::run::run;
use recado_tui::run::setup::{Flags, language, options};

/// recado on a temporary folder, with a simulated WhatsApp: no account, no configuration.
#[derive(Debug, Parser)]
#[command(name = "recado-demo", version)]
struct Cli {
    /// One thing a line, no frames: for screen readers
    #[arg(long)]
    plain: bool,
    /// Language: es, pt-BR or en (default: that of the environment)
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// Chooses the order of the customers and every invented id
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Drives the console without a person and prints the screens it shows
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(demo(cli)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to be told when standard error is gone too.
            let _gone = writeln!(io::stderr(), "recado-demo: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn demo(cli: Cli) -> anyhow::Result<()> {
    let script = match &cli.script {
        Some(file) => Some(script::parse(&std::fs::read_to_string(file)?)?),
        None => None,
    };
    let sim = Sim::start(SimConfig::new().seed(cli.seed).limits(Limits::default())).await?;
    shelf::fill(&sim);
    let mut home = Home::open(&sim).await?;
    home.open_shop(&sim, &LINES).await?;
    let around = Surroundings::of_this_process();
    // A person reads along; a script waits for nothing.
    let pace = if script.is_some() { 0.2 } else { 1.0 };
    let playing = {
        let sim = sim.clone();
        tokio::spawn(async move { play(&sim, cli.seed, pace).await })
    };
    let done = if let Some(deeds) = script {
        let lang = language(cli.lang.as_deref(), "", &around);
        let mut desk = Desk::open(home.client(), script::size(&deeds), lang.tag(), cli.seed)?;
        let mut out = io::stdout().lock();
        let shown = |name: &str, screen: &str| {
            // A reader that went away has seen enough.
            let _gone = writeln!(out, "== {name}\n{screen}");
        };
        script::run(&mut desk, &deeds, shown).await
    } else {
        let flags = Flags {
            language: cli.lang,
            plain: cli.plain,
            ..Flags::default()
        };
        run(options(home.client(), &around, &flags)?)
            .await
            .map_err(Into::into)
    };
    playing.abort();
    home.stop().await;
    sim.stop();
    done
}
