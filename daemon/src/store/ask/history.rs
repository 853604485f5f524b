//! A slice of one conversation, and single messages.
use crate::store::ask::View;
use crate::store::error::StoreError;
use common::api::messages::Slice;
use common::api::page::Page;
use common::id::{ChatId, MessageId, Wamid};
use common::model::message::Message;
/// Messages of a chat, newest first.
pub fn slice(_view: &View<'_>, _chat: ChatId, _slice: &Slice) -> Result<Page<Message>, StoreError> {
    Err(StoreError::Closed)
}
/// One message.
pub fn message(_view: &View<'_>, _id: MessageId) -> Result<Option<Message>, StoreError> {
    Err(StoreError::Closed)
}
/// The messages that WhatsApp knows by this id (one for each number that saw it).
pub fn by_wamid(_view: &View<'_>, _wamid: &Wamid) -> Result<Vec<Message>, StoreError> {
    Err(StoreError::Closed)
}
