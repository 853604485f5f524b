//! What becomes of files: added by a user, fetched from Meta, given to Meta, gone.

use common::file::facts::Facts;
use common::file::kind::FileKind;
use common::id::{MediaId, NumberId};
use common::model::content::Kind;
use common::model::media::{MediaError, MediaState};
use common::time::Stamp;
use serde::{Deserialize, Serialize};

/// A SHA-256: what a content is known by.
pub type Digest = [u8; 32];

/// One thing that becomes of a file.
#[derive(Debug, Clone)]
pub enum MediaFact {
    /// A user handed one over; its bytes are on the disk.
    Added(Box<Added>),
    /// Somebody wants one, however large it is and whatever went wrong before.
    Asked {
        /// Which.
        media: MediaId,
    },
    /// Fetched from Meta; its bytes are on the disk.
    Fetched {
        /// Which.
        media: MediaId,
        /// What came.
        stored: Box<Stored>,
    },
    /// Not fetched, and tried again.
    Postponed {
        /// Which.
        media: MediaId,
        /// Not before.
        due: Stamp,
        /// Why.
        error: Option<MediaError>,
        /// Whether this was one of its tries.
        counts: bool,
    },
    /// Too large to be fetched before somebody asks.
    Held {
        /// Which.
        media: MediaId,
        /// How large.
        bytes: u64,
        /// What to do.
        error: MediaError,
    },
    /// It cannot be had.
    Lost {
        /// Which.
        media: MediaId,
        /// Failed or expired.
        state: MediaState,
        /// Why.
        error: MediaError,
    },
    /// Meta took a content.
    Uploaded {
        /// Through which number.
        number: NumberId,
        /// Which.
        digest: Digest,
        /// For messages of this kind.
        kind: Kind,
        /// Meta's id of it.
        meta_id: String,
    },
    /// Meta no longer knows what it took.
    UploadLapsed {
        /// Meta's id of it.
        meta_id: String,
        /// Through which number.
        number: NumberId,
    },
    /// A content was taken off the disk.
    Removed {
        /// Which.
        digest: Digest,
        /// What to tell whoever asks for it.
        error: MediaError,
    },
}

/// A file that a user handed over.
#[derive(Debug, Clone)]
pub struct Added {
    /// How WhatsApp is to show it.
    pub kind: FileKind,
    /// Its name, cleaned.
    pub filename: Option<String>,
    /// What it is.
    pub stored: Stored,
}

/// A content that is on the disk.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Its digest.
    pub digest: Digest,
    /// How many bytes.
    pub bytes: u64,
    /// Its MIME type.
    pub mime: Option<String>,
    /// What the bytes tell.
    pub traits: Traits,
}

/// What a file's bytes tell that people want to see.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the words are those of the model")]
pub struct Traits {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<u8>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub animated: bool,
}

impl From<&Facts> for Traits {
    fn from(facts: &Facts) -> Self {
        Self {
            width: facts.width,
            height: facts.height,
            seconds: facts.seconds,
            levels: facts.levels.clone(),
            animated: facts.animated,
        }
    }
}
