//! Where a message stands in its conversation: WhatsApp's time has whole seconds, ours milliseconds, and clocks differ.

use std::time::Duration;

use common::id::Wamid;
use common::time::Stamp;
use rusqlite::{OptionalExtension, params};

use crate::store::apply::batch::Batch;
use crate::store::apply::chat::Chat;
use crate::store::error::StoreError;
use crate::store::row::message;
use crate::store::wamid::Packed;

const SECOND: i64 = 1000;
/// Clocks that differ by more than this are not made up for.
const MOST_APART: Duration = Duration::from_mins(5);

/// Where a message that WhatsApp told of stands: below what was there of the same second before it
/// came, and below the message it quotes.
pub(crate) fn of_told(
    batch: &Batch<'_>,
    chat: &Chat,
    told: i64,
    quotes: Option<&Wamid>,
) -> Result<i64, StoreError> {
    let mut ts = told;
    if chat.last_ts >= told {
        let end = told.saturating_add(SECOND - 1);
        let last: Option<i64> = batch
            .conn
            .prepare_cached(
                "SELECT ts FROM messages WHERE chat = ?1 AND ts BETWEEN ?2 AND ?3 \
                 ORDER BY ts DESC LIMIT 1",
            )?
            .query_row(params![chat.id, told, end], |row| row.get(0))
            .optional()?;
        if let Some(last) = last {
            ts = last.saturating_add(1).min(end);
        }
        if let Some(quoted) = quotes
            && let Some(stands) = stands(batch, chat, quoted)?
            && stands >= ts
        {
            ts = stands.saturating_add(1);
        }
    }
    Ok(ts)
}

/// Where a message that is written now stands: below everything, also where WhatsApp's clock runs
/// a little ahead of ours.
pub(crate) fn of_ours(chat: &Chat, now: i64) -> i64 {
    let most = i64::try_from(MOST_APART.as_millis()).unwrap_or_default();
    if chat.last_ts >= now && chat.last_ts - now < most {
        chat.last_ts + 1
    } else {
        now
    }
}

/// The time to show where a message stands elsewhere by a second or more.
pub(crate) fn apart(told: i64, ts: i64) -> Option<Stamp> {
    (told / SECOND != ts / SECOND).then(|| Stamp::from_millis(told))
}

fn stands(batch: &Batch<'_>, chat: &Chat, wamid: &Wamid) -> Result<Option<i64>, StoreError> {
    let Some(n) = message::find(batch.conn, chat.number, &Packed::of(wamid))? else {
        return Ok(None);
    };
    Ok(batch
        .conn
        .prepare_cached("SELECT ts FROM messages WHERE n = ?1 AND chat = ?2")?
        .query_row([n, chat.id], |row| row.get(0))
        .optional()?)
}
