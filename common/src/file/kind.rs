//! The kinds of files that WhatsApp knows, as in `"kind": "image"`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How WhatsApp shows a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A picture, shown in the conversation.
    Image,
    /// A film.
    Video,
    /// A sound file.
    Audio,
    /// A voice note.
    Voice,
    /// Any other file, shown by its name.
    Document,
    /// A sticker.
    Sticker,
}

/// All of them.
pub const ALL: [FileKind; 6] = [
    FileKind::Image,
    FileKind::Video,
    FileKind::Audio,
    FileKind::Voice,
    FileKind::Document,
    FileKind::Sticker,
];

impl FileKind {
    /// The word on the wire and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Voice => "voice",
            Self::Document => "document",
            Self::Sticker => "sticker",
        }
    }

    /// Whether words may stand under it.
    pub const fn has_caption(self) -> bool {
        matches!(self, Self::Image | Self::Video | Self::Document)
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for FileKind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        ALL.into_iter()
            .find(|kind| kind.as_str() == word)
            .ok_or_else(|| {
                format!("`{word}` is no kind of file; say image, video, audio, voice, document or sticker")
            })
    }
}
