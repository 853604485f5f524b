//! A file of a message: what WhatsApp said of it and where it stands.

use serde::{Deserialize, Serialize};

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
    /// Could not be had; the message says why.
    Failed,
    /// Was here or at Meta, and is gone.
    Expired,
}

/// A file of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
}
