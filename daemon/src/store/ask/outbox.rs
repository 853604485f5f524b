//! What is due to be sent, what waits, what is on its way.
use crate::store::ask::View;
use crate::store::error::StoreError;
use common::api::status::OutboxStatus;
use common::id::{ChatId, MediaId, MessageId, NumberId, OrgId, PhoneNumberId, UserId, WaId, Wamid};
use common::model::content::Content;
use common::phone::Phone;
use common::time::Stamp;
/// The address that Meta gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// The raw digits that WhatsApp gave, never corrected; sent with `+`.
    WaId(WaId),
    /// The number that a person typed.
    Phone(Phone),
    /// The business-scoped user id, where there is no number.
    User(UserId),
}
/// A message that is due.
#[derive(Debug, Clone)]
pub struct Due {
    /// Which.
    pub message: MessageId,
    /// The organisation.
    pub org: OrgId,
    /// The number it goes through.
    pub number: NumberId,
    /// Meta's id of that.
    pub phone_number_id: PhoneNumberId,
    /// The conversation.
    pub chat: ChatId,
    /// The address.
    pub to: Recipient,
    /// What it carries.
    pub content: Content,
    /// WhatsApp's id of the message it quotes.
    pub reply_to: Option<Wamid>,
    /// WhatsApp's id of the message it is a reaction to.
    pub react_to: Option<Wamid>,
    /// Its file.
    pub media: Option<MediaId>,
    /// Tries that counted so far.
    pub attempts: u32,
    /// When somebody asked for it.
    pub queued_at: Stamp,
    /// When it was due; the outbox is the judge of whether that is long ago.
    pub due: Stamp,
    /// The customer's last message, from which the window is judged.
    pub last_inbound: Option<Stamp>,
}
/// A read mark to tell WhatsApp.
#[derive(Debug, Clone)]
pub struct ReceiptDue {
    /// The conversation.
    pub chat: ChatId,
    /// The number.
    pub number: NumberId,
    /// Meta's id of that.
    pub phone_number_id: PhoneNumberId,
    /// The newest message read.
    pub wamid: Wamid,
}
/// What is due, at most `per_number` of each number and one of each chat, oldest first.
pub fn due(_view: &View<'_>, _now: Stamp, _per_number: usize) -> Result<Vec<Due>, StoreError> {
    Err(StoreError::Closed)
}
/// When the next message is due.
pub fn next_due(_view: &View<'_>) -> Result<Option<Stamp>, StoreError> {
    Err(StoreError::Closed)
}
/// Read marks to tell WhatsApp.
pub fn receipts(_view: &View<'_>) -> Result<Vec<ReceiptDue>, StoreError> {
    Err(StoreError::Closed)
}
/// How much waits.
pub fn counts(_view: &View<'_>, _now: Stamp) -> Result<OutboxStatus, StoreError> {
    Err(StoreError::Closed)
}
