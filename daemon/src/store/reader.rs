//! A few read-only connections, each on its own thread, that answer everybody's questions.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use common::time::Stamp;
use rusqlite::{Connection, OpenFlags};

use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::migrate;

/// After so long without questions memory is given back.
const IDLE: Duration = Duration::from_secs(3);

/// A question on its way to a connection.
pub(crate) type Question = Box<dyn FnOnce(&Connection) + Send>;

/// Opens a connection that can only read.
pub(crate) fn open(path: &Path, cache_kib: u32) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.set_prepared_statement_cache_capacity(128);
    migrate::steady_plans(&conn)?;
    conn.execute_batch(&format!(
        "PRAGMA query_only = ON; PRAGMA cache_size = -{cache_kib}; PRAGMA temp_store = MEMORY; \
         PRAGMA mmap_size = 0; PRAGMA busy_timeout = 1000",
    ))?;
    Ok(conn)
}

impl Store {
    /// The time by which windows are judged.
    pub fn judged(&self) -> Stamp {
        self.inner.shared.times().judged
    }
}

/// Answers questions until nobody can ask any more.
pub(crate) fn answer(conn: &Connection, questions: &Arc<Mutex<Receiver<Question>>>) {
    let mut idle = false;
    loop {
        let next = {
            let questions = questions.lock().unwrap_or_else(PoisonError::into_inner);
            if idle {
                questions.recv().map_err(RecvTimeoutError::from)
            } else {
                questions.recv_timeout(IDLE)
            }
        };
        match next {
            Ok(question) => {
                idle = false;
                // A question that panics is answered by its broken channel; the thread lives on.
                if catch_unwind(AssertUnwindSafe(|| question(conn))).is_err() {
                    tracing::error!("a question panicked");
                    if !conn.is_autocommit()
                        && let Err(error) = conn.execute_batch("ROLLBACK")
                    {
                        tracing::error!(%error, "a broken question could not be ended");
                    }
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                idle = true;
                if let Err(error) = conn.execute_batch("PRAGMA shrink_memory") {
                    tracing::debug!(%error, "memory was not given back");
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}
