//! The command line of numbers: `recado number …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::Output;
use crate::cli::connect::RestCommand;

/// `recado number …`.
#[derive(Debug, Subcommand)]
pub enum NumberCommand {
    /// Adds a number of the Cloud API
    Add(Box<NumberAddArgs>),
    /// Stops sending; what waits stays
    Pause(NumberArgs),
    /// Sends again
    Resume(NumberArgs),
    /// Puts it to rest, wakes it, hands it over
    #[command(flatten)]
    Rest(RestCommand),
    /// Changes its label or credentials
    Set(Box<NumberSetArgs>),
    /// Works for it no longer; its history stays
    Remove {
        /// Its id, label or phone number
        number: String,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
}

/// `recado number add`.
#[derive(Debug, Args)]
pub struct NumberAddArgs {
    /// The organisation's short name
    #[arg(long, value_name = "SLUG")]
    pub org: String,
    /// Your name for it
    #[arg(long, value_name = "TEXT")]
    pub label: String,
    /// WhatsApp › API Setup › Phone number ID
    #[arg(long, value_name = "ID")]
    pub phone_number_id: String,
    /// WhatsApp › API Setup › WhatsApp Business Account ID
    #[arg(long, value_name = "ID")]
    pub waba_id: String,
    /// App settings › Basic › App ID
    #[arg(long, value_name = "ID")]
    pub app_id: String,
    /// A file with the access token, - for standard input
    #[arg(long, value_name = "FILE|-")]
    pub access_token_file: PathBuf,
    /// A file with the app secret, - for standard input
    #[arg(long, value_name = "FILE|-")]
    pub app_secret_file: PathBuf,
    /// What Meta must say when it verifies the webhook; made if absent
    #[arg(long, value_name = "TEXT")]
    pub verify_token: Option<String>,
    /// The number itself, if Meta shall not be asked for it
    #[arg(long, value_name = "+…")]
    pub phone_number: Option<String>,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}

/// A number, and how to print it.
#[derive(Debug, Args)]
pub struct NumberArgs {
    /// Its id, label or phone number
    pub number: String,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}

/// `recado number set`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("change").required(true).multiple(true))]
pub struct NumberSetArgs {
    /// Its id, label or phone number
    pub number: String,
    /// Your new name for it
    #[arg(long, value_name = "TEXT", group = "change")]
    pub label: Option<String>,
    /// A file with a new access token, - for standard input
    #[arg(long, value_name = "FILE|-", group = "change")]
    pub access_token_file: Option<PathBuf>,
    /// A file with a new app secret, - for standard input; the old one stays valid beside it
    #[arg(long, value_name = "FILE|-", group = "change")]
    pub app_secret_file: Option<PathBuf>,
    /// A new verify token
    #[arg(long, value_name = "TEXT", group = "change")]
    pub verify_token: Option<String>,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}
