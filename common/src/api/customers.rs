//! `GET|PATCH /customers/{id}`, their notes and their files.

use serde::{Deserialize, Serialize};

use crate::id::MessageId;
use crate::model::chat::Chat;
use crate::model::content::Kind;
use crate::model::customer::{Customer, Note};
use crate::tick::Status;
use crate::time::Stamp;

/// A customer with everything that a panel shows beside a conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerCard {
    /// Names, identities, opt-out.
    pub customer: Customer,
    /// The first message that is known of them; null when there is none.
    pub since: Option<Stamp>,
    /// Their messages, over all numbers that you see.
    pub inbound: u64,
    /// Ours, over all numbers that you see.
    pub outbound: u64,
    /// The template sent last.
    pub last_template: Option<LastTemplate>,
    /// The templates sent lately, newest first, each once: three at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<LastTemplate>,
    /// Their chats, newest first: one for each of our numbers that they know.
    pub chats: Vec<Chat>,
    /// What was written down about them, newest first.
    pub notes: Vec<Note>,
    /// How many files went to and fro.
    pub files: FileCounts,
}

/// The template that a customer got last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastTemplate {
    /// The message it went out in.
    pub message_id: MessageId,
    /// Its name.
    pub name: String,
    /// Its language.
    pub language: String,
    /// When.
    pub at: Stamp,
    /// Where its delivery stands.
    pub status: Status,
}

/// Files of a customer, counted by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the words are the kinds'")]
pub struct FileCounts {
    pub images: u32,
    pub videos: u32,
    /// Sound files and voice notes.
    pub audio: u32,
    pub documents: u32,
    pub stickers: u32,
}

/// What may be changed of a customer; absent fields stay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PatchCustomer {
    /// Our name for them; an empty string takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether they want no marketing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opted_out: Option<bool>,
}

/// The words of a note: `POST /customers/{id}/notes`, `PATCH /notes/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NoteText {
    /// 1 to 4,000 characters.
    pub text: String,
}

/// `GET /customers/{id}/files`: messages that carry a file, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct FileQuery {
    /// Only of this kind (`image`, `video`, `audio`, `voice`, `document`, `sticker`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub kind: Option<Kind>,
    /// At most so many; 50 if absent, 200 at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Where the last page ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
