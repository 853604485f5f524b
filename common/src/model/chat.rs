//! One row of the chat list.

use serde::{Deserialize, Serialize};

use crate::id::{ChatId, MessageId, NumberId, OrgId};
use crate::model::content::Kind;
use crate::model::customer::Customer;
use crate::model::message::Direction;
use crate::tick::Status;
use crate::time::Stamp;

/// Whether a conversation still wants somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChatState {
    /// In the list.
    #[default]
    Open,
    /// Archived; a new message opens it again.
    Closed,
}

/// A conversation between one business number and one customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Chat {
    /// Ours.
    pub id: ChatId,
    /// The organisation.
    pub org_id: OrgId,
    /// The business number.
    pub number_id: NumberId,
    /// The person.
    pub customer: Customer,
    /// Open or closed.
    pub state: ChatState,
    /// How many inbound messages nobody has read.
    pub unread: u32,
    /// The first of them: where reading goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_unread: Option<MessageId>,
    /// Whose it is.
    pub assignee: Option<String>,
    /// Labels.
    pub labels: Vec<String>,
    /// Kept at the top.
    #[serde(default)]
    pub pinned: bool,
    /// Makes no noise now.
    #[serde(default)]
    pub muted: bool,
    /// Until when it makes none, where that is known; null while `muted` means until taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub muted_until: Option<Stamp>,
    /// Until when it is put off. A moment that has come means that it is back and nobody has dealt
    /// with it since; the customer's next message takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<Stamp>,
    /// Since when the customer waits for an answer; null when we wrote last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<Stamp>,
    /// The newest message, in short.
    pub last_message: Option<LastMessage>,
    /// When that was.
    pub last_message_at: Option<Stamp>,
    /// The customer service window.
    pub window: WindowView,
    /// What somebody began to write here, in short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<String>,
    /// Grows with every change.
    pub revision: i64,
}

impl Chat {
    /// Whether it is put off and has not come back.
    pub fn is_snoozed(&self, now: Stamp) -> bool {
        self.snoozed_until.is_some_and(|until| until > now)
    }

    /// Whether it was put off, has come back, and waits for somebody to deal with it.
    pub fn is_back(&self, now: Stamp) -> bool {
        self.snoozed_until.is_some_and(|until| until <= now)
    }

    /// Whether it makes no noise; a mute with an end ends by itself.
    pub fn is_muted(&self, now: Stamp) -> bool {
        self.muted && self.muted_until.is_none_or(|until| until > now)
    }
}

/// The newest message of a chat, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastMessage {
    /// Ours.
    pub id: MessageId,
    /// Which way.
    pub direction: Direction,
    /// Its kind.
    pub kind: Kind,
    /// Its words.
    pub text: Option<String>,
    /// Where its delivery stands.
    pub status: Status,
    /// WhatsApp's time of it.
    pub timestamp: Stamp,
}

/// The customer service window as others see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WindowView {
    /// Whether free-form messages are delivered now.
    pub open: bool,
    /// When it closes, or closed; null when the customer has never written.
    pub expires_at: Option<Stamp>,
}

/// What an operator was writing in a chat (`PUT /chats/{id}/draft`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Draft {
    /// The text so far.
    pub text: String,
    /// The message quoted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// Whose hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Stamp>,
}
