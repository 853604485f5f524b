//! Bearer tokens of the TCP API.

use common::api::tokens::Token;
use rusqlite::{OptionalExtension, params};

use crate::store::ask::View;
use crate::store::error::StoreError;
use crate::store::row::people::{TOKEN, read_token};

/// Tokens, without their words.
pub fn list(view: &View<'_>) -> Result<Vec<Token>, StoreError> {
    let mut statement = view.conn.prepare_cached(&format!(
        "SELECT {TOKEN} FROM tokens \
         WHERE ?1 IS NULL OR org IN (SELECT value FROM json_each(?1)) ORDER BY id"
    ))?;
    let rows = statement.query_map([view.orgs()], read_token)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The token of this hash, unless its time is over; only for the daemon's own scope.
pub fn by_hash(view: &View<'_>, hash: &[u8; 32]) -> Result<Option<Token>, StoreError> {
    view.daemon_only()?;
    let sql = format!(
        "SELECT {TOKEN} FROM tokens WHERE hash = ?1 AND (expires_at IS NULL OR expires_at > ?2)"
    );
    Ok(view
        .conn
        .prepare_cached(&sql)?
        .query_row(params![hash, view.local().millis()], read_token)
        .optional()?)
}
