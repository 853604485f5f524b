//! Everything that is sealed in the database, wherever it lies; for the daemon alone.

use crate::store::ask::View;
use crate::store::error::StoreError;
use crate::vault::sealed::Sealed;

/// Every column that holds sealed bytes, with its table. A new one must be named here, or a rotation of the key would
/// leave it behind; a test looks for sealed bytes anywhere else.
pub(crate) const PLACES: &[(&str, &str)] = &[
    ("numbers", "access_token"),
    ("numbers", "app_secret"),
    ("numbers", "app_secret_old"),
    ("numbers", "verify_token"),
    ("connects", "access_token"),
    ("connects", "app_secret"),
    ("connects", "verify_token"),
    ("enrolments", "pin"),
];

/// Sealed bytes, and where they lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which of the columns.
    pub place: usize,
    /// Which row.
    pub row: i64,
    /// The bytes.
    pub sealed: Sealed,
}

/// All of them; only the daemon's own scope gets any.
pub fn all(view: &View<'_>) -> Result<Vec<Kept>, StoreError> {
    view.daemon_only()?;
    let mut all = Vec::new();
    for (place, (table, column)) in PLACES.iter().enumerate() {
        let mut statement = view.conn.prepare_cached(&format!(
            "SELECT rowid, {column} FROM {table} WHERE length({column}) > 0 ORDER BY rowid"
        ))?;
        let rows = statement.query_map([], |row| {
            Ok(Kept {
                place,
                row: row.get(0)?,
                sealed: Sealed(row.get(1)?),
            })
        })?;
        for row in rows {
            all.push(row?);
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::PLACES;
    use crate::store::migrate;

    /// Columns of bytes that hold nothing sealed.
    const PLAIN: &[(&str, &str)] = &[
        ("tokens", "hash"),
        ("drafts", "reply_to"),
        ("messages", "id"),
        ("media", "file"),
        ("notices", "fingerprint"),
        ("journal", "body"),
        ("files", "digest"),
        ("uploads", "digest"),
        ("operator_keys", "hash"),
        ("audit", "hash"),
    ];

    #[test]
    fn every_column_of_bytes_is_known_to_be_sealed_or_not() {
        let conn = Connection::open_in_memory().unwrap();
        migrate::migrate(&conn).unwrap();
        let mut statement = conn
            .prepare(
                "SELECT s.name, c.name FROM sqlite_schema s, pragma_table_info(s.name) c \
                 WHERE s.type = 'table' AND c.type = 'BLOB' AND s.sql LIKE '%STRICT%'",
            )
            .unwrap();
        let columns = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        let columns: Vec<(String, String)> = columns.collect::<Result<_, _>>().unwrap();
        assert!(columns.len() > PLACES.len());
        for (table, column) in &columns {
            let one = (table.as_str(), column.as_str());
            assert!(
                PLACES.contains(&one) != PLAIN.contains(&one),
                "{table}.{column}: name it in PLACES if it is sealed, else in PLAIN"
            );
        }
    }
}
