//! How the database is, and what a person should know.

use common::api::event::Notice;
use common::api::status::DatabaseStatus;
use common::time::Stamp;
use rusqlite::params;

use crate::store::apply::notice::RELOADED;
use crate::store::ask::View;
use crate::store::error::StoreError;
use crate::store::migrate;
use crate::store::row::number;

/// Path, size and schema.
pub fn database(view: &View<'_>) -> Result<DatabaseStatus, StoreError> {
    let pragma = |name: &str| -> Result<u64, StoreError> {
        let value: i64 = view
            .conn
            .query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))?;
        Ok(u64::try_from(value).unwrap_or(0))
    };
    Ok(DatabaseStatus {
        path: view.conn.path().unwrap_or_default().to_owned(),
        bytes: pragma("page_count")? * pragma("page_size")?,
        schema_version: migrate::version(view.conn)?,
    })
}

/// What SQLite says of the database's wholeness: `ok`, or what is broken. Reads all of it.
pub fn whole(view: &View<'_>) -> Result<String, StoreError> {
    Ok(view
        .conn
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?)
}

/// When Meta last delivered something genuine.
pub fn last_received(view: &View<'_>) -> Result<Option<Stamp>, StoreError> {
    let last: Option<i64> = view
        .conn
        .prepare_cached(
            "SELECT max(last_sync_at) FROM numbers \
             WHERE ?1 IS NULL OR id IN (SELECT value FROM json_each(?1))",
        )?
        .query_row([view.numbers()?], |row| row.get(0))?;
    Ok(last.map(Stamp::from_millis))
}

/// Notices since a moment, newest first, at most 100.
pub fn notices(view: &View<'_>, since: Stamp) -> Result<Vec<Notice>, StoreError> {
    let sql = format!(
        "SELECT {} FROM notices WHERE at >= ?1 AND code <> ?2 \
         AND (?3 IS NULL OR org IN (SELECT value FROM json_each(?3))) \
         AND (?4 IS NULL OR number IN (SELECT value FROM json_each(?4))) \
         ORDER BY id DESC LIMIT 100",
        number::NOTICE
    );
    let mut statement = view.conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params![
        since.millis(),
        RELOADED,
        view.orgs(),
        view.narrowed()?
    ])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(number::notice(row)?);
    }
    Ok(found)
}
