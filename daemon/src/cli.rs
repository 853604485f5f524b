//! The command line of `recadod`: what may be typed.

use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

/// recado's daemon: receives WhatsApp's webhooks, keeps every message, sends through the Graph API.
#[derive(Debug, Parser)]
#[command(name = "recadod", version, max_term_width = 100)]
pub struct Cli {
    /// The configuration file; else `$RECADO_CONFIG`, then the usual places
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Sets one key, over file and environment
    #[arg(long = "set", global = true, value_name = "SECTION.KEY=VALUE", value_parser = pair)]
    pub set: Vec<(String, String)>,
    /// What to do; `run` if absent
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What recadod can do.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Runs the daemon (what happens without a command too)
    Run,
    /// Reads the configuration, says what holds and where it comes from, and ends
    CheckConfig,
    /// Reads again what could not be read before, after an upgrade
    Replay,
    /// The key that opens the credentials
    #[command(subcommand)]
    Key(KeyCommand),
    /// Prints the OpenAPI document of the local API
    Openapi,
    /// Prints the completion script of a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Writes the manual pages into a folder
    #[command(hide = true)]
    Man {
        /// The folder
        folder: PathBuf,
    },
}

/// `recadod key …`.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum KeyCommand {
    /// Seals every credential under a new key; through the running daemon, if there is one
    Rotate,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text
        .split_once('=')
        .ok_or("write it as SECTION.KEY=VALUE")?;
    Ok((key.trim().to_owned(), value.to_owned()))
}

/// The whole command line as clap knows it, for completions and manual pages.
pub fn command() -> clap::Command {
    Cli::command()
}
