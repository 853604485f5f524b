//! Files: told of, handed over, fetched, given to Meta, gone; and their messages say so.

use common::id::MediaId;
use common::model::content::Kind;
use common::model::media::{MediaError, MediaState};
use common::time::Stamp;
use rusqlite::{OptionalExtension, params};

use crate::fact::media::{Added, Digest, MediaFact, Stored};
use crate::fact::told::MediaTold;
use crate::store::apply::batch::{About, Batch};
use crate::store::apply::memory::Num;
use crate::store::apply::{Done, chat};
use crate::store::error::StoreError;
use crate::store::row::code;
use crate::store::row::content::to_json;
use crate::store::row::media::of_kind;
use crate::store::scope::Scope;

/// One thing became of a file.
pub(crate) fn became(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &MediaFact,
) -> Result<Done, StoreError> {
    match fact {
        MediaFact::Added(added) => add(batch, scope, added),
        MediaFact::Asked { media } => asked(batch, scope, *media),
        MediaFact::Fetched { media, stored } => fetched(batch, *media, stored),
        MediaFact::Postponed {
            media,
            due,
            error,
            counts,
        } => postponed(batch, *media, (*due, error.as_ref(), *counts)),
        MediaFact::Held {
            media,
            bytes,
            error,
        } => held(batch, *media, *bytes, error),
        MediaFact::Lost {
            media,
            state,
            error,
        } => lost(batch, *media, *state, error),
        MediaFact::Uploaded {
            number,
            digest,
            kind,
            meta_id,
        } => {
            batch
                .conn
                .prepare_cached(
                    "INSERT OR REPLACE INTO uploads (number, digest, kind, meta_id, at) \
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    number.0,
                    digest,
                    code::of_kind(*kind),
                    meta_id,
                    batch.now.millis()
                ])?;
            batch.wake_outbox();
            Ok(Done::Nothing)
        }
        MediaFact::UploadLapsed { meta_id, number } => {
            batch
                .conn
                .prepare_cached("DELETE FROM uploads WHERE number = ?1 AND meta_id = ?2")?
                .execute(params![number.0, meta_id])?;
            Ok(Done::Nothing)
        }
        MediaFact::Removed { digest, error } => removed(batch, digest, error),
    }
}

/// Whether only the daemon itself may say this.
pub(crate) const fn is_our_own(fact: &MediaFact) -> bool {
    !matches!(fact, MediaFact::Added(_) | MediaFact::Asked { .. })
}

/// Writes down what a notification says of a file; it is fetched from now on.
pub(crate) fn told(
    batch: &mut Batch<'_>,
    number: &Num,
    kind: Kind,
    told: Option<&MediaTold>,
) -> Result<Option<i64>, StoreError> {
    let nothing = MediaTold::default();
    let told = match told {
        Some(told) => told,
        None if kind.has_media() => &nothing,
        None => return Ok(None),
    };
    // Without an id there is nothing that could ever be fetched.
    let (state, due, error) = if told.meta_id.is_none() && told.url.is_none() {
        let advice = "WhatsApp did not say where the file is: ask the customer to send it again.";
        (MediaState::Failed, None, Some(why("not_told", advice)?))
    } else if batch.hold_files {
        let advice = "Files are not fetched by themselves here: open it to fetch it now.";
        (MediaState::Pending, None, Some(why("on_request", advice)?))
    } else {
        (MediaState::Pending, Some(batch.now.millis()), None)
    };
    let now = batch.now.millis();
    batch
        .conn
        .prepare_cached(
            "INSERT INTO media (org, meta_id, mime, filename, bytes, sha256, url, state, at, \
             number, kind, due, error) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            number.org,
            told.meta_id,
            told.mime,
            told.filename,
            told.bytes.and_then(|b| i64::try_from(b).ok()),
            told.sha256,
            told.url,
            code::of_media_state(state),
            now,
            number.id,
            code::of_kind(kind),
            due,
            error
        ])?;
    let id = batch.conn.last_insert_rowid();
    if due.is_some() {
        batch.wake_media();
    }
    Ok(Some(id))
}

fn why(code: &str, advice: &str) -> Result<String, StoreError> {
    to_json(&MediaError {
        code: code.to_owned(),
        advice: advice.to_owned(),
    })
}

/// The file that something of this organisation carries: the one named, or a copy of its row where
/// it is another organisation's, or in a drawer, and whoever sends may see it all the same.
pub(crate) fn carried(
    batch: &Batch<'_>,
    scope: &Scope,
    org: i64,
    id: MediaId,
) -> Result<i64, StoreError> {
    if seen(batch, scope, id)? == org {
        return Ok(id.0);
    }
    batch
        .conn
        .prepare_cached(
            "INSERT INTO media (org, mime, filename, bytes, sha256, state, at, kind, traits, file) \
             SELECT ?2, mime, filename, bytes, sha256, state, at, kind, traits, file \
             FROM media WHERE id = ?1",
        )?
        .execute([id.0, org])?;
    Ok(batch.conn.last_insert_rowid())
}

/// The organisation of a file that this scope may see.
fn seen(batch: &Batch<'_>, scope: &Scope, id: MediaId) -> Result<i64, StoreError> {
    batch
        .conn
        .prepare_cached("SELECT org FROM media WHERE id = ?1")?
        .query_row([id.0], |row| row.get::<_, i64>(0))
        .optional()?
        .filter(|org| scope.sees_drawer(*org))
        .ok_or_else(|| StoreError::missing("media"))
}

/// A file of no organisation yet lies in the drawer of whoever handed it over. The first message
/// that carries it makes a copy for its organisation.
fn add(batch: &mut Batch<'_>, scope: &Scope, added: &Added) -> Result<Done, StoreError> {
    let org = scope.drawer();
    let stored = &added.stored;
    keep(batch, stored)?;
    batch
        .conn
        .prepare_cached(
            "INSERT INTO media (org, mime, filename, bytes, sha256, state, at, kind, traits, file) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            org,
            stored.mime,
            added.filename,
            i64::try_from(stored.bytes).unwrap_or(i64::MAX),
            hex::encode(stored.digest),
            code::of_media_state(MediaState::Ready),
            batch.now.millis(),
            of_kind(added.kind),
            to_json(&stored.traits)?,
            stored.digest
        ])?;
    Ok(Done::Media(batch.conn.last_insert_rowid()))
}

/// The content is on the disk, and was wanted just now.
fn keep(batch: &mut Batch<'_>, stored: &Stored) -> Result<(), StoreError> {
    batch.wake_media();
    batch
        .conn
        .prepare_cached(
            "INSERT INTO files (digest, bytes, at) VALUES (?1, ?2, ?3) \
             ON CONFLICT (digest) DO UPDATE SET at = max(at, excluded.at)",
        )?
        .execute(params![
            stored.digest,
            i64::try_from(stored.bytes).unwrap_or(i64::MAX),
            batch.now.millis()
        ])?;
    Ok(())
}

fn asked(batch: &mut Batch<'_>, scope: &Scope, media: MediaId) -> Result<Done, StoreError> {
    seen(batch, scope, media)?;
    let changed = batch
        .conn
        .prepare_cached(
            "UPDATE media SET state = ?2, due = ?3, asked = 1, attempts = 0, error = NULL \
             WHERE id = ?1 AND state <> ?4 AND number IS NOT NULL \
             AND (meta_id IS NOT NULL OR url IS NOT NULL)",
        )?
        .execute(params![
            media.0,
            code::of_media_state(MediaState::Pending),
            batch.now.millis(),
            code::of_media_state(MediaState::Ready)
        ])?;
    if changed > 0 {
        tell(batch, media)?;
        batch.wake_media();
    }
    Ok(Done::Media(media.0))
}

fn fetched(batch: &mut Batch<'_>, media: MediaId, stored: &Stored) -> Result<Done, StoreError> {
    keep(batch, stored)?;
    batch
        .conn
        .prepare_cached(
            "UPDATE media SET state = ?2, due = NULL, error = NULL, bytes = ?3, sha256 = ?4, \
             mime = coalesce(mime, ?5), traits = ?6, file = ?7 WHERE id = ?1",
        )?
        .execute(params![
            media.0,
            code::of_media_state(MediaState::Ready),
            i64::try_from(stored.bytes).unwrap_or(i64::MAX),
            hex::encode(stored.digest),
            stored.mime,
            to_json(&stored.traits)?,
            stored.digest
        ])?;
    tell(batch, media)?;
    Ok(Done::Nothing)
}

fn postponed(
    batch: &mut Batch<'_>,
    media: MediaId,
    (due, error, counts): (Stamp, Option<&MediaError>, bool),
) -> Result<Done, StoreError> {
    let error = error.map(to_json).transpose()?;
    let before: Option<String> = batch
        .conn
        .prepare_cached("SELECT error FROM media WHERE id = ?1")?
        .query_row([media.0], |row| row.get(0))
        .optional()?
        .flatten();
    batch
        .conn
        .prepare_cached(
            "UPDATE media SET due = ?2, attempts = attempts + ?3, error = ?4 \
             WHERE id = ?1 AND due IS NOT NULL",
        )?
        .execute(params![media.0, due.millis(), counts, error])?;
    if error != before {
        tell(batch, media)?;
    }
    batch.wake_media();
    Ok(Done::Nothing)
}

fn held(
    batch: &mut Batch<'_>,
    media: MediaId,
    bytes: u64,
    error: &MediaError,
) -> Result<Done, StoreError> {
    batch
        .conn
        .prepare_cached(
            "UPDATE media SET due = NULL, bytes = ?2, error = ?3 WHERE id = ?1 AND asked = 0",
        )?
        .execute(params![
            media.0,
            i64::try_from(bytes).unwrap_or(i64::MAX),
            to_json(error)?
        ])?;
    tell(batch, media)?;
    batch.wake_media();
    Ok(Done::Nothing)
}

fn lost(
    batch: &mut Batch<'_>,
    media: MediaId,
    state: MediaState,
    error: &MediaError,
) -> Result<Done, StoreError> {
    batch
        .conn
        .prepare_cached("UPDATE media SET state = ?2, due = NULL, error = ?3 WHERE id = ?1")?
        .execute(params![
            media.0,
            code::of_media_state(state),
            to_json(error)?
        ])?;
    tell(batch, media)?;
    Ok(Done::Nothing)
}

/// Every message that showed the content shows from now on that it is gone.
fn removed(batch: &mut Batch<'_>, digest: &Digest, error: &MediaError) -> Result<Done, StoreError> {
    batch
        .conn
        .prepare_cached("DELETE FROM files WHERE digest = ?1")?
        .execute([digest])?;
    let all: Vec<i64> = {
        let mut statement = batch
            .conn
            .prepare_cached("SELECT id FROM media WHERE file = ?1 ORDER BY id")?;
        let rows = statement.query_map([digest], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    for id in all {
        batch
            .conn
            .prepare_cached("UPDATE media SET file = NULL WHERE id = ?1")?
            .execute([id])?;
        lost(batch, MediaId(id), MediaState::Expired, error)?;
    }
    Ok(Done::Nothing)
}

/// Tells of every message that carries a file.
fn tell(batch: &mut Batch<'_>, media: MediaId) -> Result<(), StoreError> {
    let messages: Vec<(i64, i64, i64)> = {
        let mut statement = batch.conn.prepare_cached(
            "SELECT m.n, m.chat, nu.org FROM messages m JOIN numbers nu ON nu.id = m.number \
             WHERE m.media = ?1 ORDER BY m.n",
        )?;
        let rows =
            statement.query_map([media.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        rows.collect::<Result<_, _>>()?
    };
    for (n, chat, org) in messages {
        let revision = batch.touch(About::Message, Some(org), n);
        batch
            .conn
            .prepare_cached("UPDATE messages SET revision = ?2 WHERE n = ?1")?
            .execute([n, revision])?;
        chat::touch_if_last(batch, org, chat, n)?;
    }
    Ok(())
}
