//! Numbered SQL files, applied once each, never edited.

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::store::error::StoreError;

/// Every step of the schema, in order; the version is how many were applied.
const STEPS: [&str; 8] = [
    include_str!("sql/0001_start.sql"),
    include_str!("sql/0002_desk.sql"),
    include_str!("sql/0003_templates.sql"),
    include_str!("sql/0004_media.sql"),
    include_str!("sql/0005_snooze.sql"),
    include_str!("sql/0006_people.sql"),
    include_str!("sql/0007_connect.sql"),
    include_str!("sql/0008_health.sql"),
];

/// The schema that this version writes.
pub(crate) const SCHEMA: u32 = 8;

/// The schema that the database has.
pub(crate) fn version(conn: &Connection) -> Result<u32, StoreError> {
    Ok(conn.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Lets a statement keep its plan whatever is bound to it. Without this SQLite plans a join anew
/// each time it runs, which costs more than running it.
pub(crate) fn steady_plans(conn: &Connection) -> Result<(), StoreError> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Brings the schema up to date, each step in a transaction of its own.
pub(crate) fn migrate(conn: &Connection) -> Result<(), StoreError> {
    let found = version(conn)?;
    if found > SCHEMA {
        return Err(StoreError::Newer {
            found,
            known: SCHEMA,
        });
    }
    for (step, sql) in (1_u32..).zip(STEPS).skip_while(|(step, _)| *step <= found) {
        conn.execute_batch(&format!(
            "BEGIN IMMEDIATE; {sql} PRAGMA user_version = {step}; COMMIT"
        ))
        .inspect_err(|_| {
            if let Err(error) = conn.execute_batch("ROLLBACK") {
                tracing::debug!(%error, "nothing to roll back after a failed migration");
            }
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{SCHEMA, STEPS, migrate, version};
    use crate::store::error::StoreError;
    use rusqlite::Connection;

    #[test]
    fn an_empty_database_gets_the_newest_schema_once() {
        let conn = Connection::open_in_memory().unwrap();
        migrate(&conn).unwrap();
        migrate(&conn).unwrap();
        assert_eq!(version(&conn).unwrap(), SCHEMA);
        assert_eq!(SCHEMA as usize, STEPS.len());
    }

    #[test]
    fn a_token_made_before_roles_stays_an_agent_without_an_end() {
        let conn = Connection::open_in_memory().unwrap();
        for sql in &STEPS[..5] {
            conn.execute_batch(sql).unwrap();
        }
        conn.execute_batch(
            "INSERT INTO orgs (id, slug, name, created_at) VALUES (1, 'luz', 'Luz', 0);
             INSERT INTO tokens (org, name, hash, created_at) VALUES (1, 'bot', x'01', 0);
             PRAGMA user_version = 5",
        )
        .unwrap();
        migrate(&conn).unwrap();
        let kept: (String, Option<i64>) = conn
            .query_row("SELECT role, expires_at FROM tokens", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        assert_eq!(kept, ("agent".to_owned(), None));
    }

    #[test]
    fn a_newer_schema_is_left_alone() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("PRAGMA user_version = 99").unwrap();
        assert!(matches!(
            migrate(&conn),
            Err(StoreError::Newer { found: 99, .. })
        ));
    }
}
