//! What notifications tell, as plain values: messages, reports, changes of people and numbers.

use common::api::event::Severity;
use common::id::{MessageId, PhoneNumberId, UserId, WaId, WabaId, Wamid};
use common::model::content::Content;
use common::model::message::{Direction, Origin, Pricing, Referral, SendError};
use common::time::Stamp;
use serde_json::Value;

/// A person as a notification names them; any part may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Person {
    /// Digits as WhatsApp gave them.
    pub wa_id: Option<WaId>,
    /// Business-scoped user id, spelt as it came.
    pub user_id: Option<UserId>,
    /// The parent business's id of them.
    pub parent_user_id: Option<String>,
    /// Username without `@`.
    pub username: Option<String>,
    /// The name they gave themselves, cleaned.
    pub profile_name: Option<String>,
}

/// A message that came from WhatsApp.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// The business number it concerns.
    pub number: Option<PhoneNumberId>,
    /// WhatsApp's id; missing in broken bodies.
    pub wamid: Option<Wamid>,
    /// Stands for the id where there is none: a digest of the message as it came.
    pub fingerprint: [u8; 16],
    /// The customer at the other end (sender of an inbound, recipient of an echo).
    pub person: Person,
    /// Which way it went.
    pub direction: Direction,
    /// How it came to us.
    pub origin: Origin,
    /// WhatsApp's time of it.
    pub timestamp: Option<Stamp>,
    /// What it carries.
    pub content: Content,
    /// What is told of its file.
    pub media: Option<MediaTold>,
    /// The message it quotes.
    pub reply_to: Option<Wamid>,
    /// Marked as forwarded.
    pub forwarded: bool,
    /// Forwarded more than five times.
    pub frequently_forwarded: bool,
    /// The advertisement that the customer came from.
    pub referral: Option<Referral>,
    /// The group it belongs to.
    pub group_id: Option<String>,
    /// Where its delivery stood (history), in Meta's lower-case word.
    pub status: Option<String>,
    /// Why WhatsApp could not hand it over.
    pub error: Option<SendError>,
}

impl Received {
    /// Whether it opens the customer service window: a customer's own words, not a reaction, not
    /// a system notice, not an echo, not history.
    pub fn opens_window(&self) -> bool {
        self.direction == Direction::Inbound
            && self.origin == Origin::Api
            && self.group_id.is_none()
            && !matches!(self.content, Content::Reaction(_) | Content::System(_))
    }

    /// Whether somebody should read it.
    pub fn counts_as_unread(&self) -> bool {
        self.direction == Direction::Inbound
            && self.origin == Origin::Api
            && !matches!(self.content, Content::Reaction(_) | Content::System(_))
    }
}

/// What a notification says of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MediaTold {
    /// Meta's media id.
    pub meta_id: Option<String>,
    /// MIME type, parameters included.
    pub mime: Option<String>,
    /// SHA-256 in lower-case hex, whatever it came as.
    pub sha256: Option<String>,
    /// The sender's file name, cleaned.
    pub filename: Option<String>,
    /// Size in bytes.
    pub bytes: Option<u64>,
    /// A link that dies within five minutes.
    pub url: Option<String>,
}

/// A report about a message's delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// The business number it concerns.
    pub number: Option<PhoneNumberId>,
    /// WhatsApp's id of the message.
    pub wamid: Option<Wamid>,
    /// Ours, from `biz_opaque_callback_data`.
    pub message: Option<MessageId>,
    /// Meta's word: `sent`, `delivered`, `read`, `played`, `failed`, `deleted`, or a new one.
    pub word: String,
    /// WhatsApp's time of it.
    pub timestamp: Option<Stamp>,
    /// Whom the message went to, as far as told.
    pub recipient: Person,
    /// Which member of a group it concerns.
    pub participant: Option<String>,
    /// Price class.
    pub pricing: Option<Pricing>,
    /// Why it failed.
    pub error: Option<SendError>,
}

/// A message was changed by its writer.
#[derive(Debug, Clone, PartialEq)]
pub struct Edited {
    /// The notification as a message of its own: number, wamid of the change, person, new content.
    pub event: Received,
    /// WhatsApp's id of the message that changed.
    pub target: Option<Wamid>,
}

/// A message was taken back by its writer.
#[derive(Debug, Clone, PartialEq)]
pub struct Revoked {
    /// The notification as a message of its own (its content is `Unsupported` of type `revoke`).
    pub event: Received,
    /// WhatsApp's id of the message taken back.
    pub target: Option<Wamid>,
}

/// A customer's number or id changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// The business number it concerns.
    pub number: Option<PhoneNumberId>,
    /// Under which names they were known.
    pub old: Person,
    /// Under which they are from now on; missing parts stay.
    pub new: Person,
    /// When.
    pub timestamp: Option<Stamp>,
}

/// A contact of the phone's address book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactSync {
    /// The business number it concerns.
    pub number: Option<PhoneNumberId>,
    /// The person.
    pub person: Person,
    /// The name the owner has for them; `None` takes it away.
    pub name: Option<String>,
}

/// A customer told whether they want marketing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferred {
    /// The business number it was told to.
    pub number: Option<PhoneNumberId>,
    /// Who.
    pub person: Person,
    /// Whether they want it.
    pub wants: bool,
    /// When they said so.
    pub timestamp: Option<Stamp>,
}

/// What a notification tells of a template. Absent parts stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateTold {
    /// The account it belongs to.
    pub waba: Option<WabaId>,
    /// Its name.
    pub name: String,
    /// Its language.
    pub language: String,
    /// `marketing`, `utility`, `authentication`.
    pub category: Option<String>,
    /// The category that Meta will move it to.
    pub correct_category: Option<String>,
    /// Where it stands with Meta, in Meta's word.
    pub status: Option<String>,
    /// What customers think of it, in Meta's word.
    pub quality: Option<String>,
    /// Why it was refused, in Meta's word.
    pub reason: Option<String>,
    /// Meta's sentences about it.
    pub detail: Option<String>,
    /// Why it is paused, in Meta's word.
    pub pause: Option<String>,
}

/// What a notification tells of a number. Absent parts stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NumberTold {
    /// Meta's id, where told.
    pub number: Option<PhoneNumberId>,
    /// The account.
    pub waba: Option<WabaId>,
    /// Digits of the number, where the id is not told.
    pub display_phone_number: Option<String>,
    /// New quality.
    pub quality_rating: Option<String>,
    /// New limit.
    pub messaging_limit: Option<String>,
    /// New throughput level.
    pub throughput: Option<String>,
    /// New display name.
    pub verified_name: Option<String>,
}

/// Something a person should know.
#[derive(Debug, Clone, PartialEq)]
pub struct Noticed {
    /// The business number, where told.
    pub number: Option<PhoneNumberId>,
    /// The account, where told.
    pub waba: Option<WabaId>,
    /// Stable `snake_case` word (`meta_account_update`, `unknown_number`, …).
    pub code: String,
    /// What happened and what to do, in English.
    pub sentence: String,
    /// How loud.
    pub severity: Severity,
    /// The value as Meta sent it.
    pub detail: Option<Value>,
    /// Makes the same notice twice one.
    pub fingerprint: [u8; 16],
    /// Meta's time of it.
    pub timestamp: Option<Stamp>,
}
