//! Why WhatsApp would not take a file: a stable word with its figures, what was found, and the way out.

use serde::{Deserialize, Serialize};

use crate::file::kind::FileKind;

/// What is wrong. Stable words; new ones may be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// Nothing in it.
    Empty,
    /// More bytes than this kind may have: `limit` and `size`.
    TooLarge,
    /// A format that this kind does not take.
    Format,
    /// More than 8 bits a channel.
    Depth,
    /// Colours for print.
    Colours,
    /// Not 512 by 512.
    Dimensions,
    /// Pictures coded in another way than H.264.
    VideoCodec,
    /// Sound coded in another way than is taken.
    SoundCodec,
    /// More than one sound track.
    SoundTracks,
    /// More than one channel.
    Channels,
    /// Breaks off or contradicts itself.
    Damaged,
    /// A word from a newer version.
    #[serde(other)]
    Other,
}

impl Flaw {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::Format => "format",
            Self::Depth => "depth",
            Self::Colours => "colours",
            Self::Dimensions => "dimensions",
            Self::VideoCodec => "video_codec",
            Self::SoundCodec => "sound_codec",
            Self::SoundTracks => "sound_tracks",
            Self::Channels => "channels",
            Self::Damaged => "damaged",
            Self::Other => "other",
        }
    }
}

/// Why WhatsApp would not take a file as this kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unfit {
    /// What is wrong.
    pub flaw: Flaw,
    /// The kind that it was meant as.
    pub kind: FileKind,
    /// What was found: `PNG 4000×3000 16 bits a channel`.
    pub found: String,
    /// What is taken: `JPEG or PNG`, `H.264`, `512×512`; empty where `limit` says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub wants: String,
    /// The most bytes, where size is what is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// How many there are.
    pub size: u64,
    /// The kind as which it may go as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<FileKind>,
    /// A command line that makes a file which may go; IN and OUT stand for the names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
}

impl Unfit {
    /// The whole of it in English: limit, what was found, the way out.
    pub fn sentence(&self) -> String {
        let kind = self.kind;
        let what = match self.flaw {
            Flaw::Empty => "The file is empty.".to_owned(),
            Flaw::TooLarge => format!(
                "WhatsApp takes at most {} as {kind}, and this file has {}.",
                size(self.limit.unwrap_or_default()),
                size(self.size)
            ),
            Flaw::Damaged => format!(
                "The file is damaged: it begins as {} and does not go on like it.",
                self.found
            ),
            _ => format!(
                "As {kind} WhatsApp takes {}; this is {}.",
                self.wants, self.found
            ),
        };
        let way = match (self.instead, &self.command) {
            (Some(other), Some(command)) => {
                format!(" Send it as {other}, or convert it: {command}")
            }
            (Some(other), None) => format!(" Send it as {other}."),
            (None, Some(command)) => format!(" Convert it: {command}"),
            (None, None) if self.flaw == Flaw::TooLarge => {
                " Make it smaller, or send a link in a text.".to_owned()
            }
            (None, None) => " Send another file, or a link in a text.".to_owned(),
        };
        what + &way
    }
}

/// A size for people: `4.8 MB` of 1,024 × 1,024 bytes, as WhatsApp counts.
pub fn size(bytes: u64) -> String {
    const STEPS: [(u64, &str); 3] = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")];
    let Some((unit, name)) = STEPS.into_iter().find(|(unit, _)| bytes >= *unit) else {
        return format!("{bytes} bytes");
    };
    let tenths = (bytes.saturating_mul(10).saturating_add(unit / 2)) / unit;
    match tenths % 10 {
        0 => format!("{} {name}", tenths / 10),
        tenth => format!("{}.{tenth} {name}", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_people_write_them() {
        assert_eq!(size(0), "0 bytes");
        assert_eq!(size(1023), "1023 bytes");
        assert_eq!(size(5 << 20), "5 MB");
        assert_eq!(size(100 * 1024), "100 KB");
        assert_eq!(size((5 << 20) + (1 << 19)), "5.5 MB");
        assert_eq!(size(u64::MAX / 32), "536870912 GB");
    }
}
