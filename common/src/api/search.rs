//! `GET /search`.

use serde::{Deserialize, Serialize};

use crate::id::{ChatId, NumberId};
use crate::model::customer::Customer;
use crate::model::message::Message;
use crate::time::Stamp;

/// What to look for; accents and case do not matter, the last word may be a beginning.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct SearchQuery {
    /// Words, emoji and operators: `from: to: before: after: on: has: is: label: in:` and
    /// `#number`; see `common::text::query`.
    pub q: String,
    /// Of one number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<NumberId>,
    /// Of one chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat: Option<ChatId>,
    /// Not older than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub since: Option<Stamp>,
    /// Older than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub until: Option<Stamp>,
    /// Where the days of `before:`, `after:` and `on:` begin: an IANA name or an offset; UTC if
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// At most so many; 50 if absent, 200 at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Where the last page ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// One hit, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hit {
    /// The message.
    pub message: Message,
    /// Whose chat it is in.
    pub customer: Customer,
    /// The words round the hit; hits stand between U+0002 and U+0003. Empty where the message has
    /// no words and operators alone found it.
    pub snippet: String,
}
