//! What may be typed behind `recado send`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::Output;
use crate::cli::files::SendFiles;

/// How far `send` waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WaitFor {
    /// Meta has it
    Sent,
    /// The phone has it
    Delivered,
    /// It was read
    Read,
}

/// `recado send`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["text", "files", "template"]))]
pub struct SendArgs {
    /// The number it goes through: id, label or phone number
    #[arg(long, value_name = "NUMBER")]
    pub from: String,
    /// The customer's number with +, or a business-scoped user id
    #[arg(long, value_name = "+…")]
    pub to: String,
    /// The text; - reads it from standard input
    #[arg(long)]
    pub text: Option<String>,
    /// Files
    #[command(flatten)]
    pub files: SendFiles,
    /// An approved template
    #[arg(long, value_name = "NAME", requires = "template_lang")]
    pub template: Option<String>,
    /// The template's language, as `es` or `pt_BR`
    #[arg(id = "template_lang", long = "lang", value_name = "LANG")]
    pub template_lang: Option<String>,
    /// A value of the template: 1=Ana, name=Ana, header=media:7, button.2=4471; `template show` lists them
    #[arg(long = "param", value_name = "KEY=VALUE", requires = "template")]
    pub params: Vec<String>,
    /// The file at the top of the template: a picture, a film or a document
    #[arg(long, value_name = "PATH|-", requires = "template")]
    pub header_file: Option<PathBuf>,
    /// Makes repeating the command harmless: the same id never sends twice
    #[arg(long, value_name = "TEXT")]
    pub client_id: Option<String>,
    /// Wait until it got so far
    #[arg(long, value_name = "HOW FAR")]
    pub wait: Option<WaitFor>,
    /// Give up waiting after so many seconds; the message goes on
    #[arg(long, value_name = "SECONDS", requires = "wait")]
    pub timeout: Option<u64>,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}
