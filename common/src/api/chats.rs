//! `GET /chats`, `PATCH /chats/{id}`, read marks, the typing sign, and the labels in use.

use serde::{Deserialize, Deserializer, Serialize};

use crate::id::{ChatId, MessageId, NumberId};
use crate::model::chat::ChatState;
use crate::time::Stamp;

/// What to list; absent means all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ChatFilter {
    /// Of one number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<NumberId>,
    /// Open or closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ChatState>,
    /// Only with unread messages (`true`), or only without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<bool>,
    /// Only somebody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// Only with this label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Only those where the customer waits for an answer (`true`), or only the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<bool>,
    /// Only those kept at the top, or only the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
    /// Only those put off and those that came back and wait (`true`), or only the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed: Option<bool>,
    /// Only those whose customer service window is open, or only those where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<bool>,
    /// In which order; newest first if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<ChatSort>,
    /// Words in the customer's names or digits of the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// At most so many; 50 if absent, 200 at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Where the last page ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// In which order chats are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChatSort {
    /// The newest message first.
    #[default]
    Recent,
    /// The window that closes soonest first; chats whose window is closed are left out.
    Closing,
    /// Whoever has waited longest for an answer first; those who do not wait are left out.
    Waiting,
}

/// What may be changed of a chat; absent fields stay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PatchChat {
    /// Archive (`closed`) or take back (`open`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ChatState>,
    /// Keep at the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
    /// Make no noise: `true` until taken back, `false` takes it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub muted: Option<bool>,
    /// Make no noise until then; not beside `muted`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub muted_until: Option<Stamp>,
    /// Put it off until then: it comes back by itself, or when the customer writes. Null takes
    /// that away, as archiving does; a moment that has come already says that it is back.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "given"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Stamp>))]
    pub snoozed_until: Option<Option<Stamp>>,
    /// `true` marks it unread again on our side; WhatsApp is told nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<bool>,
    /// Whose it is; an empty string takes it from everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// All its labels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<Vec<String>>,
    /// Our name for the customer; an empty string takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_name: Option<String>,
}

/// What is there was given, also null.
#[expect(clippy::option_option, reason = "absent is not the same as null")]
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<Stamp>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// `POST /chats/{id}/read`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadMark {
    /// Also show the customer blue ticks; `true` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipts: Option<bool>,
}

/// `POST /chats/mark`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MarkChats {
    /// How far each is read; all of them or none are marked. WhatsApp is told nothing.
    pub marks: Vec<ChatMark>,
}

/// How far a chat is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChatMark {
    /// Which chat.
    pub chat: ChatId,
    /// How many messages nobody has read; 0 marks it read. What came since is counted on top.
    pub unread: u32,
    /// The first of them; the customer's newest message if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_unread: Option<MessageId>,
}

impl ChatMark {
    /// Read to its end.
    pub const fn read(chat: ChatId) -> Self {
        Self {
            chat,
            unread: 0,
            first_unread: None,
        }
    }
}

/// What `POST /chats/mark` answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MarkedChats {
    /// How far each chat that changed was read before: given back as `marks`, they take it back.
    pub before: Vec<ChatMark>,
}

/// `POST /chats/{id}/typing`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TypingMark {
    /// WhatsApp shows "typing…" only together with blue ticks. `false` (if absent) refuses with
    /// `would_mark_read` where the customer's newest message has none yet; `true` gives them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipts: Option<bool>,
}

/// `GET /labels?number=`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct LabelQuery {
    /// Of one number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<NumberId>,
}

/// A label in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LabelUse {
    /// The label as it is written.
    pub label: String,
    /// How many chats have it.
    pub chats: u32,
}
