//! The command line of connecting: `recado connect`, `recado import-env`, and what puts a number to rest or hands it over.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::cli::Output;

/// `recado connect`.
#[derive(Debug, Args)]
pub struct ConnectArgs {
    /// Take up a number that is on its way: id, label or phone number
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<String>,
    /// The organisation's short name; made where there is none yet
    #[arg(long, value_name = "SLUG")]
    pub org: Option<String>,
    /// How Meta reaches this machine: writes the ready file and ends
    #[arg(long, value_name = "WAY", conflicts_with_all = ["number", "org"])]
    pub ways: Option<Way>,
    /// The name that the internet has for this machine, for --ways
    #[arg(long, value_name = "wa.example.com", requires = "ways")]
    pub name: Option<String>,
}

/// How Meta reaches a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Way {
    /// Caddy, with a certificate that renews itself
    Caddy,
    /// nginx, with certbot
    Nginx,
    /// A tunnel, where the machine has no address of its own
    Tunnel,
}

/// `recado import-env`.
#[derive(Debug, Args)]
pub struct ImportEnvArgs {
    /// The file: .env or the like
    pub file: PathBuf,
    /// The organisation's short name; made where there is none yet
    #[arg(long, value_name = "SLUG")]
    pub org: Option<String>,
    /// Your name for the number
    #[arg(long, value_name = "TEXT")]
    pub label: Option<String>,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}

/// What is done with the connection of a number.
#[derive(Debug, Subcommand)]
pub enum RestCommand {
    /// Puts it to rest: Meta sends nothing here any more and nothing goes out
    Disconnect {
        /// Its id, label or phone number
        number: String,
        /// Also ends its registration at Meta (counts among the ten in 72 hours)
        #[arg(long)]
        deregister: bool,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// Wakes it: registered and subscribed again; what waited goes out
    Reconnect {
        /// Its id, label or phone number
        number: String,
        /// Which webhook, where the app's goes elsewhere
        #[arg(long, value_name = "HOW")]
        by: Option<By>,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// Gives it to another organisation; its history stays behind
    Move {
        /// Its id, label or phone number
        number: String,
        /// The organisation's short name
        #[arg(long, value_name = "SLUG")]
        org: String,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
}

/// Which webhook is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// The app's, taken over from whatever has it
    App,
    /// This account's messages alone
    Account,
}
