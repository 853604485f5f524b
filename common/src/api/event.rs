//! Every change that a client may hear of. An event carries the new state, so folding it twice or late does no harm.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::{MediaId, MessageId, NumberId, OrgId, Seq};
use crate::model::chat::Chat;
use crate::model::check::Check;
use crate::model::customer::Customer;
use crate::model::media::Media;
use crate::model::message::Message;
use crate::model::number::Number;
use crate::model::reply::Reply;
use crate::model::template::Template;

/// What changed. The SSE `event:` is the kind's word, `data:` the object itself with its `revision`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", content = "data")]
pub enum Change {
    /// A message that was not there before.
    #[serde(rename = "message.new")]
    MessageNew(Box<Message>),
    /// A message's status, reactions, text or file changed.
    #[serde(rename = "message.updated")]
    MessageUpdated(Box<Message>),
    /// A chat's list row changed.
    #[serde(rename = "chat.updated")]
    ChatUpdated(Box<Chat>),
    /// A number changed.
    #[serde(rename = "number.updated")]
    NumberUpdated(Box<Number>),
    /// A customer changed.
    #[serde(rename = "customer.updated")]
    CustomerUpdated(Box<Customer>),
    /// A template is new, changed, judged by Meta, or gone there.
    #[serde(rename = "template.updated")]
    TemplateUpdated(Box<Template>),
    /// A saved reply is new, changed, or thrown away.
    #[serde(rename = "reply.updated")]
    ReplyUpdated(Box<Reply>),
    /// Something that a person should know.
    #[serde(rename = "notice")]
    Notice(Box<Notice>),
    /// Bytes of a file move. Told only to whoever follows now, and kept nowhere.
    #[serde(rename = "media.progress")]
    MediaProgress(Box<MediaProgress>),
    /// A file was handed over for the chat that this operator's consoles have open.
    #[serde(rename = "media.offered")]
    MediaOffered(Box<MediaOffered>),
    /// A check of an examination came out. Told only to whoever follows now, and kept nowhere.
    #[serde(rename = "number.checked")]
    NumberChecked(Box<NumberChecked>),
    /// The configuration was read again.
    #[serde(rename = "config.reloaded")]
    ConfigReloaded(Box<Reloaded>),
    /// What came before is lost to this client: ask anew.
    #[serde(rename = "reset")]
    Reset,
    /// A kind from a newer daemon.
    #[serde(untagged)]
    Other(Value),
}

impl Change {
    /// The word on the wire.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::MessageNew(_) => "message.new",
            Self::MessageUpdated(_) => "message.updated",
            Self::ChatUpdated(_) => "chat.updated",
            Self::NumberUpdated(_) => "number.updated",
            Self::CustomerUpdated(_) => "customer.updated",
            Self::TemplateUpdated(_) => "template.updated",
            Self::ReplyUpdated(_) => "reply.updated",
            Self::Notice(_) => "notice",
            Self::MediaProgress(_) => "media.progress",
            Self::MediaOffered(_) => "media.offered",
            Self::NumberChecked(_) => "number.checked",
            Self::ConfigReloaded(_) => "config.reloaded",
            Self::Reset => "reset",
            Self::Other(_) => "other",
        }
    }

    /// The number it is about, where it is about one.
    pub fn number(&self) -> Option<NumberId> {
        match self {
            Self::MessageNew(m) | Self::MessageUpdated(m) => Some(m.number_id),
            Self::ChatUpdated(chat) => Some(chat.number_id),
            Self::NumberUpdated(number) => Some(number.id),
            Self::NumberChecked(checked) => Some(checked.number_id),
            Self::Notice(notice) => notice.number_id,
            _ => None,
        }
    }

    /// Whether it is about an organisation's own things, which all of its people share whatever
    /// numbers they have.
    pub const fn is_shared(&self) -> bool {
        matches!(self, Self::TemplateUpdated(_) | Self::ReplyUpdated(_))
    }
}

/// One event in the one order of all events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Where it stands.
    pub seq: Seq,
    /// What changed.
    #[serde(flatten)]
    pub change: Change,
}

/// How loud a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Look at it today.
    Warning,
    /// Act now.
    Error,
}

/// Something that a person should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notice {
    /// Stable `snake_case` word.
    pub code: String,
    /// What happened and what to do, in English; programs choose their own words by `code`.
    pub sentence: String,
    /// How loud.
    pub severity: Severity,
    /// The organisation it concerns; null for the whole daemon.
    pub org_id: Option<OrgId>,
    /// The number it concerns.
    pub number_id: Option<NumberId>,
    /// What the sentence is about, as Meta sent it or as the configuration has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Value>,
    /// Grows with every notice.
    #[serde(default)]
    pub revision: i64,
}

/// A check of an examination came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NumberChecked {
    /// The number.
    pub number_id: NumberId,
    /// How it came out.
    #[serde(flatten)]
    pub check: Check,
    /// Nothing that is kept changes with it.
    #[serde(default)]
    pub revision: i64,
}

impl NumberChecked {
    /// A check of a number.
    pub fn new(number_id: NumberId, check: &Check) -> Self {
        Self {
            number_id,
            check: check.clone(),
            revision: 0,
        }
    }
}

/// The configuration was read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reloaded {
    /// Keys that changed and hold from now on.
    pub applied: Vec<String>,
    /// Keys that changed and hold after the next start.
    pub restart: Vec<String>,
    /// Grows with every event.
    #[serde(default)]
    pub revision: i64,
}

/// Bytes of a file move, in or out; at most a few a second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MediaProgress {
    /// The file.
    pub media_id: MediaId,
    /// The message it belongs to, where there is one.
    pub message_id: Option<MessageId>,
    /// So many bytes are through.
    pub done: u64,
    /// Of so many; null where nobody has said.
    pub total: Option<u64>,
    /// The message's revision: progress changes nothing that is kept.
    #[serde(default)]
    pub revision: i64,
}

/// A file was handed over for the chat that this operator's consoles have open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MediaOffered {
    /// The file, here and ready to send.
    pub media: Media,
    /// Whose consoles it is for: the name that `GET /me` gives them.
    pub operator: String,
    /// Grows with every event.
    #[serde(default)]
    pub revision: i64,
}
