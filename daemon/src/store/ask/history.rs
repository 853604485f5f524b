//! A slice of one conversation, and single messages.

use common::api::messages::Slice;
use common::api::page::Page;
use common::api::problem::{Code, Problem};
use common::id::{ChatId, MessageId, Wamid};
use common::model::message::Message;
use rusqlite::params;

use crate::store::ask::{View, bounded, chats, count};
use crate::store::error::StoreError;
use crate::store::row::code::bits;
use crate::store::row::message::{self, Raw, select_message};
use crate::store::wamid::Packed;

const OLDER: &str = select_message!(
    "SELECT ",
    " FROM messages m WHERE m.chat = ?1 AND (m.ts, m.n) < (?2, ?3) AND m.bits & ?4 = 0 \
     ORDER BY m.ts DESC, m.n DESC LIMIT ?5"
);
const NEWER: &str = select_message!(
    "SELECT ",
    " FROM messages m WHERE m.chat = ?1 AND (m.ts, m.n) > (?2, ?3) AND m.bits & ?4 = 0 \
     ORDER BY m.ts, m.n LIMIT ?5"
);

/// Messages of a chat, newest first. With `after` they are the ones just newer than that message.
pub fn slice(view: &View<'_>, chat: ChatId, slice: &Slice) -> Result<Page<Message>, StoreError> {
    if !chats::is_seen(view, chat)? {
        return Err(StoreError::missing("chat"));
    }
    let limit = bounded(slice.limit);
    let cursor = match &slice.cursor {
        Some(text) => Some(text.parse().ok().ok_or_else(super::bad_cursor)?),
        None => None,
    };
    if let Some(after) = slice.after {
        let (ts, n) = anchor(view, chat, after, "after")?;
        let mut found = rows(view, NEWER, chat, (ts, n), limit)?;
        found.reverse();
        return Ok(Page {
            items: whole(view, found)?,
            next: None,
        });
    }
    if let Some(id) = slice.around {
        let (ts, n) = anchor(view, chat, id, "around")?;
        return middle(view, chat, [(ts, n), (ts, n - 1)], limit);
    }
    if let Some(at) = slice.at {
        return middle(view, chat, [(at.millis(), i64::MIN); 2], limit);
    }
    let (ts, n) = match cursor.or(slice.before) {
        Some(id) => anchor(view, chat, id, "before")?,
        None => (i64::MAX, i64::MAX),
    };
    let mut found = rows(view, OLDER, chat, (ts, n), limit + 1)?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|raw| raw.id.to_string());
    Ok(Page {
        items: whole(view, found)?,
        next,
    })
}

/// As many from below an anchor as from above another; where the newer ones are few, more older.
fn middle(
    view: &View<'_>,
    chat: ChatId,
    [below, above]: [(i64, i64); 2],
    limit: usize,
) -> Result<Page<Message>, StoreError> {
    let mut found = rows(view, NEWER, chat, above, limit.div_ceil(2))?;
    found.reverse();
    let rest = limit - found.len();
    let mut older = rows(view, OLDER, chat, below, rest + 1)?;
    let more = older.len() > rest;
    older.truncate(rest);
    found.append(&mut older);
    let next = found.last().filter(|_| more).map(|raw| raw.id.to_string());
    Ok(Page {
        items: whole(view, found)?,
        next,
    })
}

/// One message.
pub fn message(view: &View<'_>, id: MessageId) -> Result<Option<Message>, StoreError> {
    match Raw::by_id(view.conn, id)? {
        Some(raw) if is_seen(view, &raw)? => raw.message(view.conn).map(Some),
        _ => Ok(None),
    }
}

/// The messages that WhatsApp knows by this id: one for each of our numbers that saw it. An edit's
/// or a revocation's own id leads to the message it changed.
pub fn by_wamid(view: &View<'_>, wamid: &Wamid) -> Result<Vec<Message>, StoreError> {
    let packed = Packed::of(wamid);
    let mut all = Vec::new();
    for number in chats::numbers(view, None)? {
        let found = message::find(view.conn, number, &packed)?;
        if let Some(n) = found
            && let Some(raw) = Raw::by_n(view.conn, n)?
        {
            all.push(raw.message(view.conn)?);
        }
    }
    Ok(all)
}

/// Whether the asker may see a message.
pub(crate) fn is_seen(view: &View<'_>, raw: &Raw) -> Result<bool, StoreError> {
    Ok(view
        .conn
        .prepare_cached(
            "SELECT 1 FROM numbers WHERE id = ?1 \
             AND (?2 IS NULL OR id IN (SELECT value FROM json_each(?2)))",
        )?
        .exists(params![raw.number, view.numbers()?])?)
}

fn anchor(
    view: &View<'_>,
    chat: ChatId,
    id: MessageId,
    field: &str,
) -> Result<(i64, i64), StoreError> {
    Raw::by_id(view.conn, id)?
        .filter(|raw| raw.chat == chat.0)
        .map(|raw| (raw.ts, raw.n))
        .ok_or_else(|| {
            StoreError::Refused(
                Problem::new(Code::NotFound, "There is no such message in this chat.").field(field),
            )
        })
}

fn rows(
    view: &View<'_>,
    sql: &str,
    chat: ChatId,
    (ts, n): (i64, i64),
    limit: usize,
) -> Result<Vec<Raw>, StoreError> {
    let mut statement = view.conn.prepare_cached(sql)?;
    let rows = statement.query_map(
        params![chat.0, ts, n, bits::FOLDED, count(limit)],
        Raw::read,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Messages of a chat below a place, newest first; whether the asker may see it is judged before.
pub(crate) fn older(
    view: &View<'_>,
    chat: ChatId,
    below: (i64, i64),
    limit: usize,
) -> Result<Vec<Raw>, StoreError> {
    rows(view, OLDER, chat, below, limit)
}

fn whole(view: &View<'_>, found: Vec<Raw>) -> Result<Vec<Message>, StoreError> {
    found
        .into_iter()
        .map(|raw| raw.message(view.conn))
        .collect()
}

#[cfg(test)]
pub(crate) const PLANS: [&str; 2] = [OLDER, NEWER];
