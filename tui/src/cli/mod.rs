//! The command line of `recado`: what may be typed. Without a subcommand it is the console.

pub mod connect;
pub mod explain;
pub mod files;
pub mod key;
pub mod number;
pub mod people;
pub mod send;
pub mod template;

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use crate::cli::connect::{ConnectArgs, ImportEnvArgs};
use crate::cli::explain::ExplainArgs;
use crate::cli::files::{MediaCommand, PutArgs};
use crate::cli::key::KeyCommand;
use crate::cli::number::NumberCommand;
use crate::cli::people::{AuditCommand, OperatorCommand, OrgCommand, TokenCommand};
use crate::cli::send::SendArgs;
use crate::cli::template::{ReplyCommand, TemplateCommand, TemplatesArgs};

/// The WhatsApp Business desk in a terminal. Without a command it opens the console.
#[derive(Debug, Parser)]
#[command(name = "recado", version, max_term_width = 100)]
pub struct Cli {
    /// The daemon's socket
    #[arg(long, global = true, value_name = "FILE", env = "RECADO_SOCKET")]
    pub socket: Option<PathBuf>,
    /// A daemon on another machine, reached through ssh
    #[arg(long, global = true, value_name = "ssh://USER@HOST")]
    pub host: Option<String>,
    /// Language: es, pt-BR or en (default: that of the environment)
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// One thing a line, no frames: for screen readers
    #[arg(long)]
    pub plain: bool,
    /// Write what the console does to a file
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What can be done without the console.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// How the daemon is
    Status(Output),
    /// The organisations
    Orgs(Output),
    /// The numbers and how they stand
    Numbers(Output),
    /// The chats, newest first
    Chats(ChatsArgs),
    /// The messages of a chat, oldest of the page first
    Messages(MessagesArgs),
    /// Looks for words in all messages
    Search(SearchArgs),
    /// What was written, answered, delivered and lost, by day or hour and by number
    Stats(StatsArgs),
    /// Adds, lists, renames, removes organisations
    #[command(subcommand)]
    Org(OrgCommand),
    /// Connects a number, step by step; goes on where it was left
    Connect(ConnectArgs),
    /// Takes a number's credentials from the usual variables in a file, and seals them
    ImportEnv(ImportEnvArgs),
    /// Lets operators in, gives them roles, sends them away
    #[command(subcommand)]
    Operator(OperatorCommand),
    /// Adds, pauses, resumes, changes, removes numbers
    #[command(subcommand)]
    Number(NumberCommand),
    /// Makes and revokes tokens for the TCP API
    #[command(subcommand)]
    Token(TokenCommand),
    /// Who did what when, and whether that log is whole
    #[command(subcommand)]
    Audit(AuditCommand),
    /// A new key for the credentials, and who else can open them
    #[command(subcommand)]
    Key(KeyCommand),
    /// The templates and how they stand with Meta
    Templates(TemplatesArgs),
    /// Shows, makes, changes, deletes templates
    #[command(subcommand)]
    Template(TemplateCommand),
    /// Saved replies: keeps, changes, removes, imports and exports them
    #[command(subcommand)]
    Reply(ReplyCommand),
    /// Sends a message, or several files
    Send(SendArgs),
    /// Gives a file to the chat that is open in your console: recado put < menu.pdf
    Put(PutArgs),
    /// Saves, shows and asks for files of messages
    #[command(subcommand)]
    Media(MediaCommand),
    /// Follows what happens, one JSON object a line
    Events(EventsArgs),
    /// What an error code of Meta's means, what to do, and where: recado explain 131047
    Explain(ExplainArgs),
    /// Why nothing arrives or nothing goes: every hop from Meta to here, with what mends it
    Doctor(DoctorArgs),
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

/// How to print.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct Output {
    /// One JSON document; lists are an array
    #[arg(long)]
    pub json: bool,
    /// One JSON object a line
    #[arg(long, conflicts_with = "json")]
    pub jsonl: bool,
}

/// `recado doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// The number to examine: id, label or phone number (default: all)
    pub number: Option<String>,
    /// Looks at this terminal instead: what it lacks, and the lines that give it; needs no daemon
    #[arg(long, conflicts_with = "number")]
    pub terminal: bool,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}

/// `recado chats`.
#[derive(Debug, Args)]
pub struct ChatsArgs {
    /// Only of this number: id, label or phone number
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<String>,
    /// Only with unread messages
    #[arg(long)]
    pub unread: bool,
    /// Only closed ones
    #[arg(long)]
    pub closed: bool,
    /// Only with this label
    #[arg(long)]
    pub label: Option<String>,
    /// Words in names, or digits of the number
    #[arg(long, value_name = "WORDS")]
    pub query: Option<String>,
    /// At most so many
    #[arg(long, default_value_t = 50)]
    pub limit: usize,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}

/// `recado messages`.
#[derive(Debug, Args)]
pub struct MessagesArgs {
    /// The chat: its id, or the customer's phone number
    pub chat: String,
    /// At most so many
    #[arg(long, default_value_t = 50)]
    pub limit: usize,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}

/// `recado search`.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// The words; accents and case do not matter
    #[arg(required = true)]
    pub words: Vec<String>,
    /// Only of this number: id, label or phone number
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<String>,
    /// Only in this chat
    #[arg(long)]
    pub chat: Option<i64>,
    /// At most so many
    #[arg(long, default_value_t = 50)]
    pub limit: usize,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}

/// `recado stats`.
#[derive(Debug, Args)]
pub struct StatsArgs {
    /// Only of this number: id, label or phone number
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<String>,
    /// From this day on: 2026-02-12, "12 feb", yesterday, 7d; a week ago if absent
    #[arg(long, value_name = "DAY")]
    pub since: Option<String>,
    /// To the end of this day; until now if absent
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,
    /// By hour instead of by day
    #[arg(long)]
    pub hours: bool,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}

/// `recado events`.
#[derive(Debug, Args)]
pub struct EventsArgs {
    /// From the event after this one on; without it, from now on
    #[arg(long, value_name = "SEQ")]
    pub after: Option<i64>,
    /// One JSON object a line (always so; kept for symmetry with the lists)
    #[arg(long)]
    pub jsonl: bool,
}

impl Cli {
    /// A refusal in clap's form, with words of ours.
    pub fn raw(why: &str) -> clap::Error {
        command().error(clap::error::ErrorKind::InvalidSubcommand, why)
    }
}

/// The whole command line as clap knows it, for completions and manual pages.
pub fn command() -> clap::Command {
    Cli::command()
}
