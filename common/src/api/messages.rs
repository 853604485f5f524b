//! `POST /chats/{id}/messages`, `POST /messages`, and reading messages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::{MediaId, MessageId, NumberId};
use crate::model::content::ContactCard;
use crate::time::Stamp;

/// Which slice of a conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct Slice {
    /// Older than this message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub before: Option<MessageId>,
    /// Newer than this message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub after: Option<MessageId>,
    /// With this message in the middle: as many older ones as newer ones, itself included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub around: Option<MessageId>,
    /// With this moment in the middle: as many from before it as from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub at: Option<Stamp>,
    /// At most so many; 50 if absent, 200 at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Where the last page ended; the same as `before` with the last message's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What to send: the kind's fields beside `kind`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Outgoing {
    /// Text of 1 to 4,096 characters.
    Text {
        /// The words.
        text: String,
        /// Show a preview of the first link.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        preview_url: Option<bool>,
    },
    /// A picture.
    Image(OutgoingFile),
    /// A film.
    Video(OutgoingFile),
    /// A sound file.
    Audio(OutgoingFile),
    /// A voice note.
    Voice(OutgoingFile),
    /// Any other file.
    Document(OutgoingFile),
    /// A sticker.
    Sticker(OutgoingFile),
    /// A place.
    Location {
        /// Degrees north, −90 to 90.
        latitude: f64,
        /// Degrees east, −180 to 180.
        longitude: f64,
        /// Its name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// Its address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<String>,
    },
    /// Contact cards in Meta's shape.
    Contacts {
        /// 1 to 257 of them.
        contacts: Vec<ContactCard>,
    },
    /// An emoji on another message.
    Reaction {
        /// Our id of that message.
        to_message: MessageId,
        /// One emoji; empty takes it off.
        emoji: String,
    },
    /// An approved template.
    Template {
        /// Its name.
        name: String,
        /// Its language.
        language: String,
        /// Its values by the keys of its fields (`1`, `first_name`, `header`, `button.2`, …); the
        /// daemon fills the template as Meta last told it.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        params: BTreeMap<String, String>,
        /// Meta's components, filled; instead of `params`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        components: Vec<Value>,
    },
    /// Buttons, lists and the like, in Meta's shape.
    Interactive {
        /// Meta's `interactive` object.
        interactive: Value,
    },
    /// What another message carries, sent once more: its text, place or cards. WhatsApp does not
    /// mark it as forwarded.
    Forward {
        /// Our id of that message, of any chat.
        message: MessageId,
    },
}

/// A file to send, uploaded before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutgoingFile {
    /// From `POST /media`.
    pub media_id: MediaId,
    /// Words under it, up to 1,024.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// The name the customer sees (documents).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
}

/// A message to send in a chat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Send {
    /// What.
    #[serde(flatten)]
    pub content: Outgoing,
    /// Our id of the message that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// Makes a repeated request harmless: the same id answers with the message already stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
}

/// A message to send to anybody (`POST /messages`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SendTo {
    /// The number it goes through.
    pub number_id: NumberId,
    /// A phone number (E.164) or a business-scoped user id.
    pub to: String,
    /// The message.
    #[serde(flatten)]
    pub message: Send,
}

/// `GET /messages?wamid=`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ByWamid {
    /// WhatsApp's id of the message.
    pub wamid: String,
}
