//! When the next chat that was put off comes back.

use common::time::Stamp;

use crate::store::ask::View;
use crate::store::error::StoreError;

/// The first moment after `after` at which a chat comes back.
pub fn next(view: &View<'_>, after: Stamp) -> Result<Option<Stamp>, StoreError> {
    let at: Option<i64> = view
        .conn
        .prepare_cached(
            "SELECT min(snoozed_until) FROM chats \
             WHERE snoozed_until IS NOT NULL AND snoozed_until > ?1",
        )?
        .query_row([after.millis()], |row| row.get(0))?;
    Ok(at.map(Stamp::from_millis))
}
