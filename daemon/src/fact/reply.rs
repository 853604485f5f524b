//! What is done to the saved replies of an organisation.

use common::id::{MediaId, OrgId, ReplyId};

/// What is done to a saved reply; its words were judged before.
#[derive(Debug, Clone)]
pub enum ReplyFact {
    /// A new one.
    Added {
        /// The organisation; that of the asker, or the only one there is, if absent.
        org: Option<OrgId>,
        /// What is typed to find it.
        name: String,
        /// The words.
        text: String,
        /// Its files.
        media: Vec<MediaId>,
    },
    /// It says something else; absent parts stay.
    Edited {
        /// Which.
        reply: ReplyId,
        /// Another name.
        name: Option<String>,
        /// Other words.
        text: Option<String>,
        /// Other files.
        media: Option<Vec<MediaId>>,
    },
    /// It is thrown away.
    Removed {
        /// Which.
        reply: ReplyId,
    },
}
