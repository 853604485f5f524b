//! What may be typed about templates and saved replies.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::Output;

/// `recado templates`.
#[derive(Debug, Args)]
pub struct TemplatesArgs {
    /// Only those of this number's account: id, label or phone number
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<String>,
    /// Only in this state: approved, pending, rejected, paused, disabled, deleted
    #[arg(long)]
    pub status: Option<String>,
    /// Only in this language
    #[arg(long, id = "template_language", value_name = "LANG")]
    pub language: Option<String>,
    /// Words in the name or the text
    #[arg(long, value_name = "WORDS")]
    pub query: Option<String>,
    /// Ask Meta first
    #[arg(long)]
    pub sync: bool,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}

/// Which template.
#[derive(Debug, Args)]
pub struct Which {
    /// The template: its name or its id
    #[arg(value_name = "TEMPLATE")]
    pub template: String,
    /// Its language, where the name has several
    #[arg(long, id = "template_language", value_name = "LANG")]
    pub language: Option<String>,
    /// The number whose account has it, where several have
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<String>,
}

/// Waiting for Meta's review.
#[derive(Debug, Clone, Copy, Args)]
pub struct Review {
    /// Wait for Meta's review; the status is 1 if it refuses
    #[arg(long)]
    pub wait: bool,
    /// Give up waiting after so many seconds; the review goes on
    #[arg(long, value_name = "SECONDS", requires = "wait")]
    pub timeout: Option<u64>,
}

/// `recado template …`.
#[derive(Debug, Subcommand)]
pub enum TemplateCommand {
    /// Shows a template, what must be filled in, and how it stands with Meta
    Show {
        /// Which
        #[command(flatten)]
        which: Which,
        /// As a file that create and edit take
        #[arg(long, conflicts_with_all = ["json", "jsonl"])]
        toml: bool,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// Gives a new template to Meta, from a TOML or JSON file; everything wrong is said at once
    Create {
        /// The file; - reads it from standard input
        file: PathBuf,
        /// The number whose account gets it: id, label or phone number
        #[arg(long, value_name = "NUMBER")]
        number: Option<String>,
        /// Waiting
        #[command(flatten)]
        review: Review,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// Changes a template to what a file says; Meta reviews it again
    Edit {
        /// Which
        #[command(flatten)]
        which: Which,
        /// The file; - reads it from standard input
        file: PathBuf,
        /// Waiting
        #[command(flatten)]
        review: Review,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// Deletes a template at Meta; an approved name is blocked for 30 days
    Delete {
        /// Which
        #[command(flatten)]
        which: Which,
        /// In all its languages
        #[arg(long)]
        all_languages: bool,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

/// `recado reply …`.
#[derive(Debug, Subcommand)]
pub enum ReplyCommand {
    /// Keeps a reply
    Add {
        /// What is typed behind / to find it
        name: String,
        /// The words, with {{customer.name}}, {{operator}} and {{number}}; - reads them from standard input
        #[arg(long)]
        text: String,
        /// A file that goes with it, by the id that uploading gave; may be repeated
        #[arg(long = "media", value_name = "ID")]
        media: Vec<i64>,
        /// The organisation, where there are several
        #[arg(long, value_name = "SLUG")]
        org: Option<String>,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// The saved replies
    List {
        /// Only of this organisation
        #[arg(long, value_name = "SLUG")]
        org: Option<String>,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// Shows a reply
    Show {
        /// Its name or its id
        reply: String,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// Changes a reply
    Edit {
        /// Its name or its id
        reply: String,
        /// Another name
        #[arg(long)]
        name: Option<String>,
        /// Other words; - reads them from standard input
        #[arg(long)]
        text: Option<String>,
        /// Other files, all of them
        #[arg(long = "media", value_name = "ID")]
        media: Option<Vec<i64>>,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// Throws a reply away
    Remove {
        /// Its name or its id
        reply: String,
    },
    /// Keeps all replies of a TOML file; those with a known name are changed
    Import {
        /// The file; - reads it from standard input. The files that it names lie beside it
        file: PathBuf,
        /// The organisation, where there are several
        #[arg(long, value_name = "SLUG")]
        org: Option<String>,
    },
    /// Writes all replies as TOML to standard output
    Export {
        /// A new folder for the replies and all their files, instead of standard output
        #[arg(long, value_name = "FOLDER")]
        files: Option<PathBuf>,
        /// Only of this organisation
        #[arg(long, value_name = "SLUG")]
        org: Option<String>,
    },
}
