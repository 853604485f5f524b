//! The part of the command line that is about organisations, operators, tokens, and what they did.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use common::rights::Role;

use crate::cli::Output;

/// `recado org …`.
#[derive(Debug, Subcommand)]
pub enum OrgCommand {
    /// Adds an organisation
    Add {
        /// Short name: a-z, 0-9 and -
        slug: String,
        /// The name that people read
        #[arg(long)]
        name: Option<String>,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// The organisations
    List(Output),
    /// Gives an organisation another name; the short one stays
    Rename {
        /// Its short name or id
        org: String,
        /// The new name
        name: String,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// Removes an organisation that has no numbers any more; what it wrote stays on the disk
    Remove {
        /// Its short name or id
        org: String,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
}

/// What somebody or something is let in as.
#[derive(Debug, Args)]
pub struct Part {
    /// The organisation's short name
    #[arg(long, value_name = "SLUG")]
    pub org: String,
    /// Only this number: id, label or phone number; may be repeated
    #[arg(long = "number", value_name = "NUMBER")]
    pub numbers: Vec<String>,
}

/// `recado operator add`.
#[derive(Debug, Args)]
pub struct OperatorAddArgs {
    /// The name written beside what they send
    pub name: String,
    /// Where
    #[command(flatten)]
    pub part: Part,
    /// owner, admin, agent or auditor
    #[arg(long, default_value = "agent")]
    pub role: Role,
    /// The user of this machine that they are; the one of their name if absent
    #[arg(long, value_name = "USER", conflicts_with = "ssh_key")]
    pub user: Option<String>,
    /// A file with their SSH public key, - for standard input: they come in by ssh as themselves
    #[arg(long, value_name = "FILE|-")]
    pub ssh_key: Option<PathBuf>,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}

/// `recado operator …`.
#[derive(Debug, Subcommand)]
pub enum OperatorCommand {
    /// Lets somebody in: a user of this machine, or the holder of an SSH key
    Add(Box<OperatorAddArgs>),
    /// The operators, with what they are where
    List(Output),
    /// Gives a role, in place of the one held there
    Role {
        /// Their name or id
        name: String,
        /// owner, admin, agent or auditor
        role: Role,
        /// Where
        #[command(flatten)]
        part: Part,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// Sends somebody away; their consoles close at once
    Remove {
        /// Their name or id
        name: String,
        /// Only from this organisation
        #[arg(long, value_name = "SLUG")]
        org: Option<String>,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
    /// Adds and revokes SSH keys of somebody
    #[command(subcommand)]
    Key(KeyCommand),
}

/// `recado operator key …`.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// One more key of somebody who is an operator already
    Add {
        /// Their name or id
        name: String,
        /// A file with the public key, - for standard input
        #[arg(value_name = "FILE|-")]
        file: PathBuf,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// Makes a key worthless; whoever came in by it is out at once
    Revoke {
        /// Their name or id
        name: String,
        /// Which, as `operator list` shows it; the only one if absent
        fingerprint: Option<String>,
    },
}

/// `recado token add`.
#[derive(Debug, Args)]
pub struct TokenAddArgs {
    /// What it is for
    pub name: String,
    /// Where
    #[command(flatten)]
    pub part: Part,
    /// owner, admin, agent or auditor
    #[arg(long, default_value = "agent")]
    pub role: Role,
    /// Worth nothing after so many days; never if absent
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..))]
    pub days: Option<u16>,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}

/// `recado token …`.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Makes a token; it is shown once
    Add(Box<TokenAddArgs>),
    /// The tokens
    List(Output),
    /// Makes a token worthless
    Revoke {
        /// Its id
        token: i64,
    },
}

/// `recado audit list`.
#[derive(Debug, Args)]
pub struct AuditListArgs {
    /// Only of this organisation
    #[arg(long, value_name = "SLUG")]
    pub org: Option<String>,
    /// Only by this person or token
    #[arg(long, value_name = "NAME")]
    pub who: Option<String>,
    /// Only deeds of this kind: send, read, number, token, operator, org, …
    #[arg(long, value_name = "KIND")]
    pub deed: Option<String>,
    /// At most so many, newest first
    #[arg(long, default_value_t = 50)]
    pub limit: usize,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}

/// `recado audit …`.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Who did what when, newest first
    List(AuditListArgs),
    /// Walks along the log; names the first entry that was changed or taken away
    Verify {
        /// Only of this organisation
        #[arg(long, value_name = "SLUG")]
        org: Option<String>,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
}
