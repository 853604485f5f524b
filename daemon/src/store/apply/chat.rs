//! Chats: found or made, what a message does to their list row, and two made one.

use common::id::{ChatId, NumberId, OrgId};
use rusqlite::{OptionalExtension, Row, params};

use crate::store::apply::batch::{About, Batch};
use crate::store::apply::memory::Num;
use crate::store::apply::wait;
use crate::store::error::StoreError;
use crate::store::scope::Scope;

/// A row of `chats`, as far as messages change it.
#[derive(Debug, Clone)]
pub(crate) struct Chat {
    pub(crate) id: i64,
    pub(crate) number: i64,
    pub(crate) org: i64,
    pub(crate) customer: i64,
    pub(crate) closed: bool,
    pub(crate) unread: i64,
    pub(crate) first_unread: Option<i64>,
    pub(crate) last_ts: i64,
    pub(crate) last_message: Option<i64>,
    pub(crate) last_inbound: Option<i64>,
    pub(crate) receipted: i64,
    pub(crate) waiting_since: Option<i64>,
    pub(crate) inbound: i64,
    pub(crate) outbound: i64,
    pub(crate) snoozed_until: Option<i64>,
}

/// What a new message does to its chat.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each stands for itself")]
pub(crate) struct Arrival {
    pub(crate) n: i64,
    pub(crate) ts: i64,
    pub(crate) unread: bool,
    pub(crate) opens_window: bool,
    pub(crate) reopens: bool,
    /// It is ours.
    pub(crate) outbound: bool,
    /// It is ours, written now: whoever waits has an answer.
    pub(crate) answers: bool,
    /// WhatsApp's time of it, which may differ from where it stands.
    pub(crate) told: i64,
}

macro_rules! select_row {
    ($after:literal) => {
        concat!(
            "SELECT c.id, c.number, nu.org, c.customer, c.closed, c.unread, c.first_unread, ",
            "c.last_ts, c.last_message, c.last_inbound, c.receipted, c.waiting_since, ",
            "c.inbound, c.outbound, c.snoozed_until FROM chats c ",
            "JOIN numbers nu ON nu.id = c.number ",
            $after
        )
    };
}

fn read(row: &Row<'_>) -> rusqlite::Result<Chat> {
    Ok(Chat {
        id: row.get(0)?,
        number: row.get(1)?,
        org: row.get(2)?,
        customer: row.get(3)?,
        closed: row.get(4)?,
        unread: row.get(5)?,
        first_unread: row.get(6)?,
        last_ts: row.get(7)?,
        last_message: row.get(8)?,
        last_inbound: row.get(9)?,
        receipted: row.get(10)?,
        waiting_since: row.get(11)?,
        inbound: row.get(12)?,
        outbound: row.get(13)?,
        snoozed_until: row.get(14)?,
    })
}

/// The chat of a number and a customer, made if there is none.
pub(crate) fn of(batch: &mut Batch<'_>, number: &Num, customer: i64) -> Result<Chat, StoreError> {
    let known = batch
        .conn
        .prepare_cached(select_row!("WHERE c.customer = ?1 AND c.number = ?2"))?
        .query_row([customer, number.id], read)
        .optional()?;
    if let Some(chat) = known {
        return Ok(chat);
    }
    batch
        .conn
        .prepare_cached("INSERT INTO chats (number, customer, revision) VALUES (?1, ?2, 0)")?
        .execute([number.id, customer])?;
    by_id(batch, batch.conn.last_insert_rowid())?.ok_or_else(|| StoreError::missing("chat"))
}

/// A chat by its number, whoever asks.
pub(crate) fn by_id(batch: &Batch<'_>, id: i64) -> Result<Option<Chat>, StoreError> {
    Ok(batch
        .conn
        .prepare_cached(select_row!("WHERE c.id = ?1"))?
        .query_row([id], read)
        .optional()?)
}

/// A chat that the asker may touch.
pub(crate) fn seen(batch: &Batch<'_>, scope: &Scope, id: ChatId) -> Result<Chat, StoreError> {
    by_id(batch, id.0)?
        .filter(|chat| scope.sees_number(OrgId(chat.org), NumberId(chat.number)))
        .ok_or_else(|| StoreError::missing("chat"))
}

/// Takes a new message into the list row.
pub(crate) fn arrived(
    batch: &mut Batch<'_>,
    chat: &mut Chat,
    arrival: Arrival,
) -> Result<(), StoreError> {
    let before = place(chat);
    wait::arrived(batch, chat, &arrival)?;
    if arrival.ts >= chat.last_ts || chat.last_message.is_none() {
        chat.last_ts = arrival.ts;
        chat.last_message = Some(arrival.n);
    }
    if arrival.unread {
        chat.unread += 1;
        chat.first_unread = chat.first_unread.or(Some(arrival.n));
    }
    if arrival.opens_window {
        // A clock that runs ahead must not keep the window open for days.
        let stamp = arrival.told.min(batch.now.millis());
        chat.last_inbound = Some(chat.last_inbound.map_or(stamp, |last| last.max(stamp)));
    }
    if arrival.reopens {
        chat.closed = false;
    }
    let back = chat
        .snoozed_until
        .is_some_and(|at| at <= batch.now.millis());
    if arrival.unread || arrival.answers && back {
        chat.snoozed_until = None;
    }
    if place(chat) == before {
        save_in_place(batch, chat)
    } else {
        save(batch, chat)
    }
}

/// What decides in which of the lists a chat stands, apart from its newest message.
const fn place(chat: &Chat) -> (bool, Option<i64>, Option<i64>) {
    (chat.closed, chat.waiting_since, chat.snoozed_until)
}

/// Writes back a row that stays in its lists. SQLite writes an index anew for every column of it
/// that a statement names, though the value is the same: these are not named.
fn save_in_place(batch: &mut Batch<'_>, chat: &Chat) -> Result<(), StoreError> {
    let revision = batch.touch(About::Chat, Some(chat.org), chat.id);
    batch
        .conn
        .prepare_cached(
            "UPDATE chats SET unread = ?2, first_unread = ?3, last_ts = ?4, last_message = ?5, \
             last_inbound = ?6, receipted = ?7, revision = ?8, inbound = ?9, outbound = ?10 \
             WHERE id = ?1",
        )?
        .execute(params![
            chat.id,
            chat.unread,
            chat.first_unread,
            chat.last_ts,
            chat.last_message,
            chat.last_inbound,
            chat.receipted,
            revision,
            chat.inbound,
            chat.outbound
        ])?;
    Ok(())
}

/// Writes the row back and says that it changed.
pub(crate) fn save(batch: &mut Batch<'_>, chat: &Chat) -> Result<(), StoreError> {
    let revision = batch.touch(About::Chat, Some(chat.org), chat.id);
    batch
        .conn
        .prepare_cached(
            "UPDATE chats SET closed = ?2, unread = ?3, first_unread = ?4, last_ts = ?5, \
             last_message = ?6, last_inbound = ?7, receipted = ?8, revision = ?9, \
             waiting_since = ?10, inbound = ?11, outbound = ?12, snoozed_until = ?13 \
             WHERE id = ?1",
        )?
        .execute(params![
            chat.id,
            chat.closed,
            chat.unread,
            chat.first_unread,
            chat.last_ts,
            chat.last_message,
            chat.last_inbound,
            chat.receipted,
            revision,
            chat.waiting_since,
            chat.inbound,
            chat.outbound,
            chat.snoozed_until
        ])?;
    Ok(())
}

/// Says that something shown in the list row changed.
pub(crate) fn touch(batch: &mut Batch<'_>, org: i64, chat: i64) -> Result<(), StoreError> {
    let revision = batch.touch(About::Chat, Some(org), chat);
    batch
        .conn
        .prepare_cached("UPDATE chats SET revision = ?2 WHERE id = ?1")?
        .execute([chat, revision])?;
    Ok(())
}

/// Says that a message changed; its chat too, where it is the newest.
pub(crate) fn touch_if_last(
    batch: &mut Batch<'_>,
    org: i64,
    chat: i64,
    n: i64,
) -> Result<(), StoreError> {
    let is_last = batch
        .conn
        .prepare_cached("SELECT 1 FROM chats WHERE id = ?1 AND last_message = ?2")?
        .exists([chat, n])?;
    if is_last {
        touch(batch, org, chat)
    } else {
        Ok(())
    }
}

/// Says that every chat of a customer shows something new.
pub(crate) fn touch_all_of(
    batch: &mut Batch<'_>,
    org: i64,
    customer: i64,
) -> Result<(), StoreError> {
    for chat in ids_of(batch, customer)? {
        touch(batch, org, chat)?;
    }
    Ok(())
}

/// Gives the chats of a customer that is no more to the one that stays.
pub(crate) fn merge_all(
    batch: &mut Batch<'_>,
    org: i64,
    keep: i64,
    gone: i64,
) -> Result<(), StoreError> {
    for id in ids_of(batch, gone)? {
        let Some(chat) = by_id(batch, id)? else {
            continue;
        };
        let twin: Option<i64> = batch
            .conn
            .prepare_cached("SELECT id FROM chats WHERE customer = ?1 AND number = ?2")?
            .query_row([keep, chat.number], |row| row.get(0))
            .optional()?;
        let stays = match twin {
            Some(twin) => merge(batch, twin.min(id), twin.max(id))?,
            None => id,
        };
        batch
            .conn
            .prepare_cached("UPDATE chats SET customer = ?2 WHERE id = ?1")?
            .execute([stays, keep])?;
        touch(batch, org, stays)?;
    }
    Ok(())
}

fn ids_of(batch: &Batch<'_>, customer: i64) -> Result<Vec<i64>, StoreError> {
    let mut statement = batch
        .conn
        .prepare_cached("SELECT id FROM chats WHERE customer = ?1")?;
    let rows = statement.query_map([customer], |row| row.get(0))?;
    let mut ids: Vec<i64> = rows.collect::<Result<_, _>>()?;
    ids.sort_unstable();
    Ok(ids)
}

/// Moves everything of one chat into another. Whoever watches is told to ask anew.
fn merge(batch: &mut Batch<'_>, keep: i64, gone: i64) -> Result<i64, StoreError> {
    let (Some(mut kept), Some(lost)) = (by_id(batch, keep)?, by_id(batch, gone)?) else {
        return Ok(keep);
    };
    let moved: Vec<(i64, Option<String>)> = {
        let mut statement = batch
            .conn
            .prepare_cached("SELECT n, text FROM messages WHERE chat = ?1")?;
        let rows = statement.query_map([gone], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<Result<_, _>>()?
    };
    for (n, text) in &moved {
        batch.index(false, *n, text.as_deref(), (gone, kept.number));
        batch.index(true, *n, text.as_deref(), (keep, kept.number));
    }
    for sql in [
        "UPDATE messages SET chat = ?1 WHERE chat = ?2",
        "UPDATE outbox SET chat = ?1 WHERE chat = ?2",
        "UPDATE OR IGNORE drafts SET chat = ?1 WHERE chat = ?2",
        "UPDATE OR REPLACE receipts SET chat = ?1 WHERE chat = ?2",
        "UPDATE chats SET (pinned, assignee, labels) = (SELECT max(chats.pinned, g.pinned), \
         coalesce(chats.assignee, g.assignee), coalesce(chats.labels, g.labels) \
         FROM chats g WHERE g.id = ?2) WHERE id = ?1",
    ] {
        batch.conn.prepare_cached(sql)?.execute([keep, gone])?;
    }
    batch
        .conn
        .prepare_cached("DELETE FROM drafts WHERE chat = ?1")?
        .execute([gone])?;
    batch
        .conn
        .prepare_cached("DELETE FROM chats WHERE id = ?1")?
        .execute([gone])?;
    if lost.last_ts >= kept.last_ts {
        (kept.last_ts, kept.last_message) = (lost.last_ts, lost.last_message);
    }
    kept.unread += lost.unread;
    kept.first_unread = match (kept.first_unread, lost.first_unread) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    kept.last_inbound = kept.last_inbound.max(lost.last_inbound);
    kept.receipted = kept.receipted.max(lost.receipted);
    kept.closed &= lost.closed;
    kept.waiting_since = match (kept.waiting_since, lost.waiting_since) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    // Put off is only what was put off on both sides.
    kept.snoozed_until = match (kept.snoozed_until, lost.snoozed_until) {
        (Some(a), Some(b)) => Some(a.min(b)),
        _ => None,
    };
    kept.inbound += lost.inbound;
    kept.outbound += lost.outbound;
    save(batch, &kept)?;
    batch.touch(About::Reset, Some(kept.org), kept.org);
    Ok(keep)
}
