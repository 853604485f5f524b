//! Tokens that numbers are connected with.

use common::api::connect::Connect;
use common::id::{AppId, ConnectId, OrgId};
use common::time::Stamp;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::store::error::StoreError;

/// The columns that [`read`] expects, of `connects`.
pub(crate) const CONNECT: &str = "id, org, app_id, seen, created_at";

/// Reads the columns of [`CONNECT`].
pub(crate) fn read(row: &Row<'_>) -> Result<Connect, StoreError> {
    let seen: String = row.get(3)?;
    let damaged = |why: serde_json::Error| StoreError::Damaged(format!("a kept token: {why}"));
    Ok(Connect {
        id: ConnectId(row.get(0)?),
        org_id: OrgId(row.get(1)?),
        app_id: AppId(row.get(2)?),
        token: serde_json::from_str(&seen).map_err(damaged)?,
        created_at: Stamp::from_millis(row.get(4)?),
    })
}

/// One of them, whoever asks.
pub(crate) fn get(conn: &Connection, id: i64) -> Result<Option<Connect>, StoreError> {
    let sql = format!("SELECT {CONNECT} FROM connects WHERE id = ?1");
    conn.prepare_cached(&sql)?
        .query_row([id], |row| Ok(read(row)))
        .optional()?
        .transpose()
}
