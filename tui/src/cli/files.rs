//! The part of the command line that is about files.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use common::file::kind::FileKind;

use crate::cli::Output;

/// Files to send, with what goes with them.
#[derive(Debug, Args)]
pub struct SendFiles {
    /// A file to send, - for standard input; several are sent one after the other
    #[arg(long = "file", value_name = "PATH|-")]
    pub files: Vec<PathBuf>,
    /// Words under the file; given again, under the next one
    #[arg(long, value_name = "TEXT", requires = "files")]
    pub caption: Vec<String>,
    /// The name that the customer sees; given again, of the next file
    #[arg(long, value_name = "NAME", requires = "files")]
    pub filename: Vec<String>,
    /// How WhatsApp shows it: image, video, audio, voice, document or sticker; what suits it if absent
    #[arg(long, requires = "files")]
    pub kind: Option<FileKind>,
}

/// `recado put`.
#[derive(Debug, Args)]
pub struct PutArgs {
    /// The file, - for standard input
    #[arg(default_value = "-")]
    pub file: PathBuf,
    /// The name that the customer sees
    #[arg(long, value_name = "NAME")]
    pub filename: Option<String>,
    /// How WhatsApp shows it: image, video, audio, voice, document or sticker
    #[arg(long)]
    pub kind: Option<FileKind>,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}

/// `recado media …`.
#[derive(Debug, Subcommand)]
pub enum MediaCommand {
    /// Saves a file; never over one that is there
    Get {
        /// Its id, as `recado messages --json` tells it
        id: i64,
        /// Where to, - for standard output; its own name in this folder if absent
        #[arg(long, short = 'o', value_name = "FILE|-")]
        out: Option<PathBuf>,
    },
    /// What is known of a file
    Info {
        /// Its id
        id: i64,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// Asks Meta for a file that waits because it is large, that failed, or that was let go
    Fetch {
        /// Its id
        id: i64,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
}
