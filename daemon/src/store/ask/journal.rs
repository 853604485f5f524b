//! Notifications that could not be read yet, for a newer version.
use crate::store::ask::View;
use crate::store::error::StoreError;
use common::id::AppId;
/// Unread bodies after `after_id`, oldest first; only for the daemon's own scope.
pub fn unread(
    _view: &View<'_>,
    _after_id: i64,
    _limit: usize,
) -> Result<Vec<(i64, AppId, Vec<u8>)>, StoreError> {
    Err(StoreError::Closed)
}
