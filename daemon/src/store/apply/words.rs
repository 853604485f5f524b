//! Words for the full-text index: noted with their message, indexed many at a time, for each transaction that
//! touches the index rewrites pages of it.

use rusqlite::{Connection, params};

use crate::store::error::StoreError;

/// What begins the word by which the full-text index knows a chat: a letter that nobody types.
pub(crate) const CHAT: &str = "\u{e000}c";
/// The same for a number.
pub(crate) const NUMBER: &str = "\u{e000}n";

const NOTE: &str = "INSERT OR IGNORE INTO unindexed (n) VALUES (?1)";
const FORGET: &str = "DELETE FROM unindexed WHERE n = ?1";
const REMOVE: &str =
    "INSERT INTO search (search, rowid, body, place) VALUES ('delete', ?1, ?2, ?3)";
const INDEX: &str = "INSERT INTO search (rowid, body, place) SELECT s.n, s.body, s.place \
     FROM unindexed u JOIN searchable s ON s.n = u.n WHERE s.body IS NOT NULL ORDER BY u.n";

/// One message to index, or to take out as it was indexed.
#[derive(Debug)]
struct Word {
    n: i64,
    gone: Option<(String, String)>,
}

/// What one transaction does to the index.
#[derive(Debug, Default)]
pub(crate) struct Words {
    all: Vec<Word>,
    settle: bool,
}

impl Words {
    /// Notes a message whose words are to be found.
    pub(crate) fn add(&mut self, n: i64) {
        self.all.push(Word { n, gone: None });
    }

    /// Takes a message out, by the text and the place that it had.
    pub(crate) fn remove(&mut self, n: i64, text: &str, chat: i64, number: i64) {
        let place = format!("{CHAT}{chat} {NUMBER}{number}");
        let gone = Some((text.to_owned(), place));
        self.all.push(Word { n, gone });
    }

    /// Somebody searches: all that is noted is to be found when this transaction is through.
    pub(crate) const fn settle(&mut self) {
        self.settle = true;
    }

    /// Where it stands, to go back to.
    pub(crate) const fn mark(&self) -> usize {
        self.all.len()
    }

    /// Forgets what came after the mark.
    pub(crate) fn rewind(&mut self, mark: usize) {
        self.all.truncate(mark);
    }

    /// Writes it down; says how many messages were noted, or none where nothing waits any more.
    pub(crate) fn write(&self, conn: &Connection) -> Result<Option<usize>, StoreError> {
        let mut noted = 0;
        for word in &self.all {
            let Some((text, place)) = &word.gone else {
                noted += conn.prepare_cached(NOTE)?.execute([word.n])?;
                continue;
            };
            // What was not indexed yet has nothing to take out.
            if conn.prepare_cached(FORGET)?.execute([word.n])? == 0 {
                conn.prepare_cached(REMOVE)?
                    .execute(params![word.n, text, place])?;
            }
        }
        if !self.settle {
            return Ok(Some(noted));
        }
        index(conn)?;
        Ok(None)
    }
}

/// How many messages wait for the index.
pub(crate) fn waiting(conn: &Connection) -> Result<usize, StoreError> {
    let count: i64 = conn.query_row("SELECT count(*) FROM unindexed", [], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Indexes all that waits, within the caller's transaction.
pub(crate) fn index(conn: &Connection) -> Result<(), StoreError> {
    conn.prepare_cached(INDEX)?.execute([])?;
    conn.prepare_cached("DELETE FROM unindexed")?.execute([])?;
    Ok(())
}
