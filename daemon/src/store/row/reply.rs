//! Saved replies, with the files that go with them.

use common::id::{OrgId, ReplyId};
use common::model::reply::Reply;
use common::time::Stamp;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::store::error::StoreError;
use crate::store::row::content;
use crate::store::row::media;

/// The columns that [`read`] expects, of `replies`.
pub(crate) const COLUMNS: &str =
    "id, org, name, text, media, operator, updated_at, deleted_at, revision";

/// Reads the columns of [`COLUMNS`], and its files.
pub(crate) fn read(conn: &Connection, row: &Row<'_>) -> Result<Reply, StoreError> {
    let ids: Option<String> = row.get(4)?;
    let ids: Vec<i64> = ids
        .as_deref()
        .map(content::parse)
        .transpose()?
        .unwrap_or_default();
    let files = ids.into_iter().map(|id| media::get(conn, id));
    Ok(Reply {
        id: ReplyId(row.get(0)?),
        org_id: OrgId(row.get(1)?),
        name: row.get(2)?,
        text: row.get(3)?,
        files: files
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()?,
        operator: row.get(5)?,
        updated_at: Stamp::from_millis(row.get(6)?),
        deleted_at: row.get::<_, Option<i64>>(7)?.map(Stamp::from_millis),
        revision: row.get(8)?,
    })
}

/// One saved reply, whoever asks, also one that was thrown away.
pub(crate) fn get(conn: &Connection, id: i64) -> Result<Option<Reply>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM replies WHERE id = ?1");
    conn.prepare_cached(&sql)?
        .query_row([id], |row| Ok(read(conn, row)))
        .optional()?
        .transpose()
}
