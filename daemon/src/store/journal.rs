//! Every signed notification kept whole, in the transaction of what was read from it.

use std::sync::Mutex;

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use common::id::AppId;
use common::time::Stamp;

use crate::store::Journal;
use crate::store::error::StoreError;

/// How hard bodies are pressed: short ones gain next to nothing by more, and it is done for each.
const LEVEL: i32 = 1;

/// A body ready to be written: pressed and known by a digest.
#[derive(Debug, Clone)]
pub(crate) struct Pressed {
    app: AppId,
    digest: i64,
    body: Vec<u8>,
}

/// Presses bodies with contexts that are used again.
#[derive(Default)]
pub(crate) struct Press {
    idle: Mutex<Vec<zstd::bulk::Compressor<'static>>>,
}

impl std::fmt::Debug for Press {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Press")
    }
}

impl Press {
    /// Presses a body, away from the thread that writes.
    pub(crate) fn press(&self, journal: Journal) -> Result<Pressed, StoreError> {
        let failed = |e: std::io::Error| StoreError::Damaged(format!("zstd: {e}"));
        let taken = self.lock().pop();
        let mut compressor = match taken {
            Some(compressor) => compressor,
            None => zstd::bulk::Compressor::new(LEVEL).map_err(failed)?,
        };
        let body = compressor.compress(&journal.body).map_err(failed)?;
        self.lock().push(compressor);
        Ok(Pressed {
            app: journal.app,
            digest: digest(&journal.body),
            body,
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<zstd::bulk::Compressor<'static>>> {
        self.idle
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// What finds a body that waits to be read.
pub(crate) const WAITS: &str =
    "SELECT id FROM journal WHERE unread = 1 AND digest = ?1 AND body = ?2";

/// Writes a body, or says of one that waits here already how it was read this time. Deflating is
/// deterministic, so the same body is the same bytes. One that was read may lie here twice.
pub(crate) fn write(
    conn: &Connection,
    pressed: &Pressed,
    now: Stamp,
    unread: Option<&str>,
) -> Result<(), StoreError> {
    let waits: Option<i64> = conn
        .prepare_cached(WAITS)?
        .query_row(params![pressed.digest, pressed.body], |row| row.get(0))
        .optional()?;
    match waits {
        Some(id) => {
            conn.prepare_cached("UPDATE journal SET unread = ?2, reason = ?3 WHERE id = ?1")?
                .execute(params![id, unread.is_some(), unread])?;
        }
        None => {
            conn.prepare_cached(
                "INSERT INTO journal (at, app, digest, unread, reason, body) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                now.millis(),
                pressed.app.as_str(),
                pressed.digest,
                unread.is_some(),
                unread,
                pressed.body
            ])?;
        }
    }
    Ok(())
}

/// The body as it came.
pub(crate) fn unpress(body: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::stream::decode_all(body).map_err(|e| StoreError::Damaged(format!("a journal body: {e}")))
}

fn digest(body: &[u8]) -> i64 {
    let digest = Sha256::digest(body);
    let mut eight = [0; 8];
    eight
        .iter_mut()
        .zip(digest.iter())
        .for_each(|(to, from)| *to = *from);
    i64::from_be_bytes(eight)
}
