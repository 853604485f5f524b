//! Notifications that could not be read yet, for a newer version.

use common::id::AppId;
use rusqlite::params;

use crate::store::ask::{View, count};
use crate::store::error::StoreError;
use crate::store::journal::unpress;

const UNREAD: &str =
    "SELECT id, app, body FROM journal WHERE unread = 1 AND id > ?1 ORDER BY id LIMIT ?2";

/// Unread bodies after `after_id`, oldest first; only for the daemon's own scope.
pub fn unread(
    view: &View<'_>,
    after_id: i64,
    limit: usize,
) -> Result<Vec<(i64, AppId, Vec<u8>)>, StoreError> {
    view.daemon_only()?;
    let mut statement = view.conn.prepare_cached(UNREAD)?;
    let mut rows = statement.query(params![after_id, count(limit.min(256))])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let body: Vec<u8> = row.get(2)?;
        found.push((row.get(0)?, AppId(row.get(1)?), unpress(&body)?));
    }
    Ok(found)
}

#[cfg(test)]
pub(crate) const PLANS: [&str; 1] = [UNREAD];
