//! Bearer tokens of the TCP API.

use common::api::tokens::Token;
use rusqlite::OptionalExtension;

use crate::store::ask::View;
use crate::store::error::StoreError;
use crate::store::row::number;

/// Tokens, without their words.
pub fn list(view: &View<'_>) -> Result<Vec<Token>, StoreError> {
    let mut statement = view.conn.prepare_cached(
        "SELECT id, name, org, created_at FROM tokens \
         WHERE ?1 IS NULL OR org IN (SELECT value FROM json_each(?1)) ORDER BY id",
    )?;
    let rows = statement.query_map([view.orgs()], number::token)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The token of this hash; only for the daemon's own scope.
pub fn by_hash(view: &View<'_>, hash: &[u8; 32]) -> Result<Option<Token>, StoreError> {
    view.daemon_only()?;
    Ok(view
        .conn
        .prepare_cached("SELECT id, name, org, created_at FROM tokens WHERE hash = ?1")?
        .query_row([hash], number::token)
        .optional()?)
}
