//! Saved replies, by name.

use common::api::replies::ReplyQuery;
use common::id::ReplyId;
use common::model::reply::Reply;
use rusqlite::params;

use crate::store::ask::View;
use crate::store::error::StoreError;
use crate::store::row::reply;

/// The saved replies, by name.
pub fn list(view: &View<'_>, query: &ReplyQuery) -> Result<Vec<Reply>, StoreError> {
    let sql = format!(
        "SELECT {} FROM replies WHERE deleted_at IS NULL \
         AND (?1 IS NULL OR org IN (SELECT value FROM json_each(?1))) \
         AND (?2 IS NULL OR org = ?2) AND (?3 IS NULL OR name = ?3) ORDER BY name, org",
        reply::COLUMNS
    );
    let mut statement = view.conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params![view.orgs(), query.org.map(|o| o.0), query.name])?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        items.push(reply::read(view.conn, row)?);
    }
    Ok(items)
}

/// One saved reply.
pub fn get(view: &View<'_>, id: ReplyId) -> Result<Option<Reply>, StoreError> {
    let found = reply::get(view.conn, id.0)?;
    Ok(found.filter(|r| r.deleted_at.is_none() && view.sees(Some(r.org_id.0))))
}
