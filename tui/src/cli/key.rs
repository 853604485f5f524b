//! What may be typed behind `recado key`.

use clap::Subcommand;

use crate::cli::Output;

/// `recado key …`.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// The key's public half, its file, and who else can open the credentials
    List(Output),
    /// Seals every credential under a new key
    Rotate {
        /// Does not ask
        #[arg(long)]
        yes: bool,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// Lets somebody else, an agency for instance, open the credentials too
    AddRecipient {
        /// The public half of their age key: age1…
        public: String,
        /// Who they are
        #[arg(long)]
        name: String,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
    /// Seals every credential anew without somebody
    RemoveRecipient {
        /// The public half of their key, or their name
        who: String,
        /// How to print
        #[command(flatten)]
        output: Output,
    },
}
