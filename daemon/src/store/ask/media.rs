//! Files: one of them, those to be fetched, and how much lies on the disk.

use std::collections::HashSet;

use common::file::kind::FileKind;
use common::id::{MediaId, MessageId, NumberId, OrgId};
use common::model::media::Media;
use common::time::Stamp;
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use crate::fact::media::Digest;
use crate::store::ask::{View, count};
use crate::store::error::StoreError;
use crate::store::row::media;

/// A file with what only the daemon needs to know of it.
#[derive(Debug, Clone)]
pub struct Known {
    /// What everybody sees.
    pub media: Media,
    /// The content on the disk, where it is there.
    pub file: Option<Digest>,
    /// Whether Meta gave it, so that it could be fetched again.
    pub from_meta: bool,
    /// When it was told of or handed over.
    pub at: Stamp,
}

/// A file to be fetched.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Which.
    pub media: MediaId,
    /// The number it came through.
    pub number: NumberId,
    /// Whose that is.
    pub org: OrgId,
    /// The message that carries it.
    pub message: Option<MessageId>,
    /// How WhatsApp shows it.
    pub kind: Option<FileKind>,
    /// Meta's id of it.
    pub meta_id: Option<String>,
    /// A link that is dead five minutes after `at`.
    pub url: Option<String>,
    /// Its digest as the notification told it, in hex.
    pub sha256: Option<String>,
    /// Somebody asked for it, however large it is.
    pub asked: bool,
    /// Tries that counted so far.
    pub attempts: u32,
    /// When it was told of.
    pub at: Stamp,
}

/// A content on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lying {
    /// Which.
    pub digest: Digest,
    /// How many bytes.
    pub bytes: u64,
    /// When it last came or was wanted.
    pub at: Stamp,
}

const ONE: &str = "SELECT id, mime, filename, bytes, sha256, state, kind, traits, error, file, \
     meta_id IS NOT NULL OR url IS NOT NULL, at, org FROM media d WHERE id = ?1 \
     AND (?2 IS NULL OR (SELECT count(*) FILTER (WHERE m.number IN (SELECT value FROM json_each(?2))) > 0 \
     OR count(*) = 0 FROM messages m WHERE m.media = d.id))";

/// One file, if the asker may see it.
pub fn get(view: &View<'_>, id: MediaId) -> Result<Option<Known>, StoreError> {
    view.conn
        .prepare_cached(ONE)?
        .query_row(params![id.0, view.narrowed()?], |row| {
            let sees = view.scope.sees_drawer(row.get(12)?);
            Ok(sees.then(|| known(row)))
        })
        .optional()?
        .flatten()
        .transpose()
}

fn known(row: &Row<'_>) -> Result<Known, StoreError> {
    Ok(Known {
        media: media::read(row)?,
        file: row.get(9)?,
        from_meta: row.get(10)?,
        at: Stamp::from_millis(row.get(11)?),
    })
}

const WANTED: &str = "SELECT d.id, d.number, d.org, d.kind, d.meta_id, d.url, d.sha256, d.asked, \
     d.attempts, d.at, (SELECT m.id FROM messages m WHERE m.media = d.id LIMIT 1) FROM media d \
     WHERE d.number = ?1 AND d.due IS NOT NULL AND d.due <= ?2 ORDER BY d.due LIMIT ?3";

/// Files to be fetched now, at most so many of each number, so that none waits behind another.
pub fn wanted(view: &View<'_>, per_number: usize) -> Result<Vec<Wanted>, StoreError> {
    view.daemon_only()?;
    let mut all = Vec::new();
    for number in numbers(view)? {
        let mut statement = view.conn.prepare_cached(WANTED)?;
        let rows = statement.query_map(
            params![number, view.local().millis(), count(per_number)],
            |row| {
                Ok(Wanted {
                    media: MediaId(row.get(0)?),
                    number: NumberId(row.get(1)?),
                    org: OrgId(row.get(2)?),
                    kind: row.get::<_, Option<i64>>(3)?.and_then(media::kind),
                    meta_id: row.get(4)?,
                    url: row.get(5)?,
                    sha256: row.get(6)?,
                    asked: row.get(7)?,
                    attempts: row.get(8)?,
                    at: Stamp::from_millis(row.get(9)?),
                    message: row
                        .get::<_, Option<[u8; 16]>>(10)?
                        .map(|id| MessageId(Uuid::from_bytes(id))),
                })
            },
        )?;
        for wanted in rows {
            all.push(wanted?);
        }
    }
    Ok(all)
}

const NEXT: &str = "SELECT min(due) FROM media WHERE number = ?1 AND due > ?2";

/// When the next file is to be fetched that is not yet.
pub fn next_wanted(view: &View<'_>) -> Result<Option<Stamp>, StoreError> {
    let mut next: Option<i64> = None;
    for number in numbers(view)? {
        let due: Option<i64> = view
            .conn
            .prepare_cached(NEXT)?
            .query_row([number, view.local().millis()], |row| row.get(0))?;
        next = match (next, due) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    Ok(next.map(Stamp::from_millis))
}

fn numbers(view: &View<'_>) -> Result<Vec<i64>, StoreError> {
    let mut statement = view
        .conn
        .prepare_cached("SELECT id FROM numbers WHERE removed_at IS NULL ORDER BY id")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

const OLDEST: &str = "SELECT digest, bytes, at FROM files WHERE at < ?1 ORDER BY at LIMIT ?2";
/// The contents that go with saved replies; there are but a few hundred replies.
const SAVED: &str = "SELECT d.file FROM replies r, json_each(r.media) j \
     JOIN media d ON d.id = j.value WHERE r.deleted_at IS NULL AND d.file IS NOT NULL";
const WAITS: &str = "SELECT 1 FROM media d JOIN messages m ON m.media = d.id \
     JOIN outbox o ON o.message = m.n WHERE d.file = ?1";

/// So many are looked at.
const OLD: usize = 64;

/// The contents that lie there longest, a few dozen, none of which waits to be sent or goes with a
/// saved reply.
pub fn oldest(view: &View<'_>, before: Stamp) -> Result<Vec<Lying>, StoreError> {
    view.daemon_only()?;
    let mut saved = view.conn.prepare_cached(SAVED)?;
    let saved: HashSet<Digest> = saved
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let most = count(OLD + saved.len());
    let mut statement = view.conn.prepare_cached(OLDEST)?;
    let rows = statement.query_map(params![before.millis(), most], lying)?;
    let all: Vec<Lying> = rows.collect::<Result<_, _>>()?;
    let mut free = Vec::with_capacity(all.len());
    let others = all
        .into_iter()
        .filter(|lying| !saved.contains(&lying.digest));
    for lying in others {
        let waits = view.conn.prepare_cached(WAITS)?.exists([lying.digest])?;
        if !waits {
            free.push(lying);
        }
    }
    Ok(free)
}

fn lying(row: &Row<'_>) -> rusqlite::Result<Lying> {
    Ok(Lying {
        digest: row.get(0)?,
        bytes: u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
        at: Stamp::from_millis(row.get(2)?),
    })
}

/// How many bytes lie on the disk.
pub fn total(view: &View<'_>) -> Result<u64, StoreError> {
    view.daemon_only()?;
    let total: i64 = view
        .conn
        .prepare_cached("SELECT coalesce(sum(bytes), 0) FROM files")?
        .query_row([], |row| row.get(0))?;
    Ok(u64::try_from(total).unwrap_or(0))
}

/// Whether a content is said to lie on the disk.
pub fn lies(view: &View<'_>, digest: Digest) -> Result<bool, StoreError> {
    view.daemon_only()?;
    Ok(view
        .conn
        .prepare_cached("SELECT 1 FROM files WHERE digest = ?1")?
        .exists([digest])?)
}

#[cfg(test)]
pub(crate) const PLANS: [&str; 5] = [ONE, WANTED, NEXT, OLDEST, WAITS];
