//! What a person who looks elsewhere is to be told, gathered for a while.

use common::id::{ChatId, NumberId};
use common::time::Stamp;

/// One message that nobody has been told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// The chat.
    pub chat: ChatId,
    /// The business number.
    pub number: NumberId,
    /// Its words, on one clean line.
    pub words: Option<String>,
}

/// What is gathered, and when it is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notices {
    /// Messages that nobody has been told of, oldest first.
    pub untold: Vec<Untold>,
    /// They are told then.
    pub due: Option<Stamp>,
    /// Until then what comes is gathered.
    pub grouped_until: Option<Stamp>,
    /// When the terminal was last made heard.
    pub last_bell: Option<Stamp>,
}
