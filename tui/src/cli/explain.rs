//! What may be typed behind `recado explain`.

use clap::Args;

use crate::cli::Output;

/// `recado explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The code, as in 131047 or 190/463; without one all are listed
    pub code: Option<String>,
    /// How to print
    #[command(flatten)]
    pub output: Output,
}
