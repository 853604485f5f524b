//! The chat list, filtered and ordered, and what is unread.
use crate::store::ask::View;
use crate::store::error::StoreError;
use common::api::chats::ChatFilter;
use common::api::page::Page;
use common::id::{ChatId, NumberId};
use common::model::chat::{Chat, Draft};
use common::time::Stamp;
/// Chats, newest first.
pub fn list(_view: &View<'_>, _filter: &ChatFilter, _now: Stamp) -> Result<Page<Chat>, StoreError> {
    Err(StoreError::Closed)
}
/// One chat.
pub fn get(_view: &View<'_>, _chat: ChatId, _now: Stamp) -> Result<Option<Chat>, StoreError> {
    Err(StoreError::Closed)
}
/// What somebody was writing in a chat.
pub fn draft(_view: &View<'_>, _chat: ChatId) -> Result<Option<Draft>, StoreError> {
    Err(StoreError::Closed)
}
/// Unread messages of every number that has some.
pub fn totals(_view: &View<'_>) -> Result<Vec<(NumberId, u32)>, StoreError> {
    Err(StoreError::Closed)
}
