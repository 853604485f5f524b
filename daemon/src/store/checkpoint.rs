//! Copies the write-ahead log into the database away from the commits, in a thread of its own.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rusqlite::Connection;

use crate::store::error::StoreError;

/// So many pages may wait before they are copied: 32 MiB. What changes often is copied once for many changes.
const SOON: i64 = 8_000;
/// Beyond so many the writer itself makes the log start over: 64 MiB. `journal_size_limit` lies above it, so that the
/// file keeps its length and is written over.
const TOO_LONG: i64 = 16_384;

/// How long the log is, and the bell of the thread that copies it.
#[derive(Debug)]
pub(crate) struct Wal {
    pages: Arc<AtomicI64>,
    copied: Arc<AtomicI64>,
    bell: SyncSender<()>,
    rung: Option<Receiver<()>>,
}

impl Wal {
    /// Counts what this connection writes. SQLite copies nothing by itself from now on.
    pub(crate) fn watch(conn: &mut Connection) -> Result<Self, StoreError> {
        let (bell, rung) = sync_channel(1);
        let pages = Arc::new(AtomicI64::new(0));
        let copied = Arc::new(AtomicI64::new(0));
        let (count, done) = (Arc::clone(&pages), Arc::clone(&copied));
        conn.wal_hook(Some(
            move |_: &mut rusqlite::hooks::Wal, now: std::ffi::c_int| {
                let now = i64::from(now);
                if count.swap(now, Ordering::SeqCst) > now {
                    done.store(0, Ordering::SeqCst);
                }
                Ok(())
            },
        ))?;
        Ok(Self {
            pages,
            copied,
            bell,
            rung: Some(rung),
        })
    }

    /// The thread's part: opens its connection and gives what it runs. Once.
    pub(crate) fn copier(&mut self, path: &Path) -> Result<Copier, StoreError> {
        let conn = Connection::open(path)?;
        conn.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA cache_size = -200; PRAGMA busy_timeout = 0",
        )?;
        let rung = self.rung.take().ok_or(StoreError::Closed)?;
        Ok(Copier {
            conn,
            rung,
            copied: Arc::clone(&self.copied),
        })
    }

    /// Whether nothing waits to be copied.
    pub(crate) fn is_empty(&self) -> bool {
        self.pages.load(Ordering::SeqCst) == 0
    }

    /// Rings for the thread when enough waits.
    pub(crate) fn copy_soon(&self) {
        let waiting = self.pages.load(Ordering::SeqCst) - self.copied.load(Ordering::SeqCst);
        if waiting > SOON {
            // Where the bell still rings it is awake already.
            let _rings_already = self.bell.try_send(());
        }
    }

    /// Whether the log has grown so long that it must start over.
    pub(crate) fn is_too_long(&self) -> bool {
        self.pages.load(Ordering::SeqCst) > TOO_LONG
    }

    /// Copies the rest and lets the next commit begin the log anew.
    pub(crate) fn restart(&self, conn: &Connection) {
        if checkpoint(conn, "RESTART").is_some_and(|(busy, _)| !busy) {
            self.pages.store(0, Ordering::SeqCst);
            self.copied.store(0, Ordering::SeqCst);
        }
    }

    /// Copies the rest and leaves an empty log behind.
    pub(crate) fn truncate(self, conn: &Connection) {
        checkpoint(conn, "TRUNCATE");
        drop(self.bell);
    }
}

/// What the copying thread runs.
#[derive(Debug)]
pub(crate) struct Copier {
    conn: Connection,
    rung: Receiver<()>,
    copied: Arc<AtomicI64>,
}

impl Copier {
    /// Copies whenever the bell rings, until the writer is gone. Never waits for anybody.
    pub(crate) fn run(self) {
        while self.rung.recv().is_ok() {
            if let Some((_, copied)) = checkpoint(&self.conn, "PASSIVE") {
                self.copied.store(copied, Ordering::SeqCst);
            }
        }
    }
}

/// Whether somebody was in the way, and how many pages of the log are copied by now.
fn checkpoint(conn: &Connection, mode: &str) -> Option<(bool, i64)> {
    let sql = format!("PRAGMA wal_checkpoint({mode})");
    let result = conn.query_row(&sql, [], |row| {
        Ok((row.get::<_, i64>(0)? != 0, row.get(2)?))
    });
    match result {
        Ok(done) => Some(done),
        Err(error) => {
            // A full disk ends here too: the log keeps everything until there is room.
            tracing::warn!(%error, mode, "the log was not copied into the database");
            None
        }
    }
}
