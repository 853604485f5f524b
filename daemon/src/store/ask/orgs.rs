//! Organisations.

use common::model::org::Org;

use crate::store::ask::View;
use crate::store::error::StoreError;
use crate::store::row::number;

/// Organisations that the asker sees.
pub fn list(view: &View<'_>) -> Result<Vec<Org>, StoreError> {
    let mut statement = view.conn.prepare_cached(
        "SELECT id, slug, name FROM orgs \
         WHERE removed_at IS NULL \
         AND (?1 IS NULL OR id IN (SELECT value FROM json_each(?1))) ORDER BY id",
    )?;
    let rows = statement.query_map([view.orgs()], number::org)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
