//! Every signed notification kept whole, in the transaction of what was read from it.

use std::io::Read;
use std::sync::Mutex;

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use common::id::AppId;
use common::time::Stamp;

use crate::store::Journal;
use crate::store::error::StoreError;

/// How hard bodies are pressed: what is left beside [`SHARED`] gains a tenth by more, at twice the time.
const LEVEL: i32 = -1;

/// What most notifications share, so that a body is pressed to what is its own: words of the
/// wrapping in the order in which Meta writes them. Bodies that were pressed with it can only be
/// read with it: it is never edited.
const SHARED: &[u8] = include_bytes!("journal.dict");

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
            None => zstd::bulk::Compressor::with_dictionary(LEVEL, SHARED).map_err(failed)?,
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
/// deterministic, so the same body is the same bytes. One that was read may lie here twice. Where not `any` waits
/// none is looked for.
pub(crate) fn write(
    conn: &Connection,
    pressed: &Pressed,
    now: Stamp,
    (unread, any): (Option<&str>, bool),
) -> Result<(), StoreError> {
    let waits: Option<i64> = if any {
        conn.prepare_cached(WAITS)?
            .query_row(params![pressed.digest, pressed.body], |row| row.get(0))
            .optional()?
    } else {
        None
    };
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

/// The body as it came, with what most share or from before there was such a thing.
pub(crate) fn unpress(body: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut whole = Vec::new();
    zstd::stream::read::Decoder::with_dictionary(body, SHARED)
        .and_then(|mut decoder| decoder.read_to_end(&mut whole))
        .map_err(|e| StoreError::Damaged(format!("a journal body: {e}")))?;
    Ok(whole)
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

#[cfg(test)]
mod tests {
    use super::{LEVEL, Press, unpress};
    use crate::store::Journal;
    use common::id::AppId;

    const TEXT: &str = r#"{"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Luz"},"wa_id":"51987654321"}],"messages":[{"from":"51987654321","id":"wamid.HBgLNTE5ODc2NTQzMjEVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=","timestamp":"1749416383","type":"text","text":{"body":"¿Tienen pan de anís?"}}]},"field":"messages"}]}]}"#;

    fn pressed(body: &str) -> Vec<u8> {
        let journal = Journal {
            app: AppId("1234567890123456".to_owned()),
            body: body.as_bytes().to_vec(),
        };
        Press::default().press(journal).unwrap().body
    }

    #[test]
    fn a_body_comes_back_as_it_was() {
        for body in ["{}", TEXT, &TEXT.repeat(300), "no JSON at all \u{0}"] {
            assert_eq!(unpress(&pressed(body)).unwrap(), body.as_bytes());
        }
    }

    #[test]
    fn what_all_notifications_share_takes_no_room() {
        let length = pressed(TEXT).len();
        assert!(length * 5 < TEXT.len() * 2, "{length} of {}", TEXT.len());
    }

    #[test]
    fn bodies_from_before_are_read_too() {
        let old = zstd::bulk::compress(TEXT.as_bytes(), LEVEL).unwrap();
        assert_eq!(unpress(&old).unwrap(), TEXT.as_bytes());
    }
}
