//! A file of a message: what WhatsApp said of it, what its bytes tell, and where it stands.

use serde::{Deserialize, Serialize};

use crate::file::kind::FileKind;
use crate::id::MediaId;

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MediaState {
    /// Known, not fetched.
    Pending,
    /// Here.
    Ready,
    /// Could not be had; `error` says why.
    Failed,
    /// Was here or at Meta, and is gone.
    Expired,
}

/// A file of a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Media {
    /// Ours.
    pub id: MediaId,
    /// MIME type as told, parameters included.
    pub mime: Option<String>,
    /// File name as the sender wrote it, cleaned; never used as a path.
    pub filename: Option<String>,
    /// Size, where known.
    pub bytes: Option<u64>,
    /// SHA-256 in hex, where known.
    pub sha256: Option<String>,
    /// Where it stands.
    pub state: MediaState,
    /// How WhatsApp shows it, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FileKind>,
    /// Pictures and films: pixels across.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pictures and films: pixels down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Films and sound: how long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// Voice notes: how loud from beginning to end, up to 64 values of 0 to 100.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<u8>,
    /// It moves (stickers, GIFs).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub animated: bool,
    /// How far a transfer under way has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
    /// Why it is not here, where it is failed or expired, or why it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<MediaError>,
}

impl Media {
    /// A file of which only this is known.
    pub const fn new(id: MediaId, state: MediaState) -> Self {
        Self {
            id,
            mime: None,
            filename: None,
            bytes: None,
            sha256: None,
            state,
            kind: None,
            width: None,
            height: None,
            seconds: None,
            levels: Vec::new(),
            animated: false,
            progress: None,
            error: None,
        }
    }
}

/// How far a transfer has come, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Progress {
    /// So many are through.
    pub done: u64,
    /// Of so many; null where nobody has said.
    pub total: Option<u64>,
}

/// Why a file is not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MediaError {
    /// Stable: `too_large_to_fetch`, `on_request`, `expired_at_meta`, `gone_at_meta`, `wrong_hash`, `refused`,
    /// `unreachable`, `disk_full`, `removed_by_keep`, `number_not_ready`.
    pub code: String,
    /// What happened and what to do, in English; programs choose their own words by `code`.
    pub advice: String,
}
