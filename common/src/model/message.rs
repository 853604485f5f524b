//! One message: who, when, content, delivery, what it answers, what was put on it.

use serde::{Deserialize, Serialize};

use crate::id::{ChatId, MessageId, NumberId, Wamid};
use crate::model::content::Content;
use crate::model::media::Media;
use crate::tick::Status;
use crate::time::Stamp;

/// Which way a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the customer.
    Inbound,
    /// From the business.
    Outbound,
}

/// How a message came to us.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Through the Cloud API: a customer's notification, or a send of ours.
    #[default]
    Api,
    /// Typed on the phone by the owner (coexistence echo).
    Phone,
    /// From the history that WhatsApp handed over at onboarding.
    History,
    /// A conversation that another app of the business holds (standby).
    Standby,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// Ours.
    pub id: MessageId,
    /// WhatsApp's; null until Meta has accepted a send.
    pub wamid: Option<Wamid>,
    /// The conversation.
    pub chat_id: ChatId,
    /// The business number.
    pub number_id: NumberId,
    /// Which way.
    pub direction: Direction,
    /// `kind` and `content`.
    #[serde(flatten)]
    pub content: Content,
    /// What a person would read; null if there are no words.
    pub text: Option<String>,
    /// The message that this one quotes.
    pub reply_to: Option<ReplyTo>,
    /// Its file.
    pub media: Option<Media>,
    /// What was put on it.
    pub reactions: Vec<ReactionMark>,
    /// Who of us wrote it; null for a customer's, and for one of ours not written by an operator.
    pub sender: Option<Sender>,
    /// Where its delivery stands; never goes back.
    pub status: Status,
    /// Every report about it, in the order of arrival.
    pub statuses: Vec<StatusReport>,
    /// Why it failed.
    pub error: Option<SendError>,
    /// WhatsApp's time of it; ours until WhatsApp has one.
    pub timestamp: Stamp,
    /// When it was stored.
    pub created_at: Stamp,
    /// Where it stands in its conversation: order messages by this, then by `id`. Mostly the
    /// `timestamp`; but WhatsApp's time has whole seconds, and an answer stands below its question.
    #[serde(default)]
    pub sort_at: Stamp,
    /// Marked as forwarded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forwarded: bool,
    /// Forwarded more than five times.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub frequently_forwarded: bool,
    /// The advertisement or post that the customer came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<Referral>,
    /// When the customer last changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Stamp>,
    /// When the customer took it back; the original stays in `original`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Stamp>,
    /// What it said before it was changed or taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Original>,
    /// How it came to us.
    #[serde(default)]
    pub origin: Origin,
    /// The group it belongs to, where it is not a talk of two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
    /// The `client_id` that made its sending safe to repeat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Grows with every change.
    pub revision: i64,
}

/// The message that is quoted; `id` is null where it is not among ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReplyTo {
    /// Ours.
    pub id: Option<MessageId>,
    /// WhatsApp's.
    pub wamid: Option<Wamid>,
    /// One line of it, so that a list needs no second question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brief: Option<Brief>,
}

/// One line that stands for a whole message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Brief {
    /// Which way it went.
    pub direction: Direction,
    /// Its kind.
    pub kind: crate::model::content::Kind,
    /// Its first words.
    pub text: Option<String>,
}

/// One reaction on a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReactionMark {
    /// The emoji.
    pub emoji: String,
    /// Who: a phone number with `+`, a user id, or `me` for the business.
    pub from: String,
    /// When.
    pub at: Stamp,
}

/// Who of us wrote a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sender {
    /// The operator's name.
    pub operator: String,
}

/// One report about a message's delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatusReport {
    /// What it says: `queued`, `sending`, `sent`, … or a word from next year, as it came.
    pub status: String,
    /// WhatsApp's time of it, or ours for our own steps.
    pub at: Stamp,
    /// Why, for a failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<SendError>,
    /// What Meta will charge for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pricing: Option<Pricing>,
    /// Whom it concerns, where one message went to several (groups).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participant: Option<String>,
}

/// Meta's price class; the price itself is never told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pricing {
    /// `marketing`, `utility`, `service`, …
    pub category: Option<String>,
    /// `regular`, `free_customer_service`, `free_entry_point`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// `PMP`, or `CBP` before July 2025.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Whether it is charged at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billable: Option<bool>,
}

/// Why a message failed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SendError {
    /// Meta's code, or 0 for a reason of our own.
    pub code: i64,
    /// Meta's finer code, where it gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subcode: Option<i64>,
    /// A reason of our own as a stable word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
    /// Meta's words.
    pub title: String,
    /// Meta's details.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// What to do, in English; programs choose their own words by `code`.
    pub advice: String,
    /// Whether sending the same again can help.
    pub retryable: bool,
}

/// The advertisement or post that a customer came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the words are Meta's")]
pub struct Referral {
    pub source_id: Option<String>,
    pub source_type: Option<String>,
    pub source_url: Option<String>,
    pub headline: Option<String>,
    pub body: Option<String>,
    pub media_type: Option<String>,
    pub image_url: Option<String>,
    pub video_url: Option<String>,
    pub thumbnail_url: Option<String>,
    pub ctwa_clid: Option<String>,
}

/// What a message said before it was changed or taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Original {
    /// `kind` and `content`.
    #[serde(flatten)]
    pub content: Content,
    /// What a person would have read.
    pub text: Option<String>,
}
