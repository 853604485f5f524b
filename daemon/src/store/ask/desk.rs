//! Chats by what operators go by: the labels in use, who waits, which windows close, and the narrow views of the list.

use std::collections::HashMap;

use common::api::chats::{ChatFilter, ChatSort, LabelUse};
use common::id::{ChatId, NumberId, Wamid};
use common::model::chat::ChatState;
use common::model::number::NumberStatus;
use common::time::Stamp;
use common::window::Window;
use rusqlite::{OptionalExtension, params};

use crate::store::ask::{View, chats};
use crate::store::error::StoreError;
use crate::store::row::code::{self, bits};
use crate::store::row::content;
use crate::store::wamid::Packed;

const LABELS: &str = "SELECT labels FROM chats WHERE number = ?1 AND labels IS NOT NULL";
const WAITING: &str = "SELECT waiting_since, id, last_ts, closed FROM chats \
     WHERE number = ?1 AND waiting_since IS NOT NULL";
/// Whose window is open wrote within a day, so their chats are among the newest.
const LATELY: &str = "SELECT last_inbound, id, last_ts, closed FROM chats \
     WHERE number = ?1 AND last_ts >= ?2";
const UNREAD: &str = "SELECT 0, id, last_ts, closed FROM chats WHERE number = ?1 AND unread > 0";
const PINNED: &str = "SELECT 0, id, last_ts, closed FROM chats WHERE number = ?1 AND pinned <> 0";
const SNOOZED: &str =
    "SELECT 0, id, last_ts, closed FROM chats WHERE number = ?1 AND snoozed_until IS NOT NULL";
const LABELLED: &str =
    "SELECT 0, id, last_ts, closed FROM chats WHERE number = ?1 AND labels IS NOT NULL";

/// The labels in use, most used first.
pub fn labels(view: &View<'_>, number: Option<NumberId>) -> Result<Vec<LabelUse>, StoreError> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for number in chats::numbers(view, number)? {
        let mut statement = view.conn.prepare_cached(LABELS)?;
        let mut rows = statement.query([number])?;
        while let Some(row) = rows.next()? {
            let labels: Vec<String> = content::parse(&row.get::<_, String>(0)?)?;
            for label in labels {
                *counts.entry(label).or_default() += 1;
            }
        }
    }
    let mut all: Vec<LabelUse> = counts
        .into_iter()
        .map(|(label, chats)| LabelUse { label, chats })
        .collect();
    all.sort_unstable_by(|a, b| b.chats.cmp(&a.chats).then_with(|| a.label.cmp(&b.label)));
    Ok(all)
}

/// The chats that a narrow filter or order leaves, in that order, where an index knows them without
/// a look at every chat; their order's key and their id. None where all chats have to be gone through.
pub(crate) fn narrow(
    view: &View<'_>,
    filter: &ChatFilter,
    now: Stamp,
) -> Result<Option<Vec<[i64; 2]>>, StoreError> {
    let sort = filter.sort.unwrap_or_default();
    let day = i64::try_from(common::window::SPAN.as_millis()).unwrap_or_default();
    let sql = match (sort, filter) {
        (ChatSort::Closing, _) => LATELY,
        (ChatSort::Waiting, _) => WAITING,
        (ChatSort::Recent, f) if f.waiting == Some(true) => WAITING,
        (ChatSort::Recent, f) if f.unread == Some(true) => UNREAD,
        (ChatSort::Recent, f) if f.pinned == Some(true) => PINNED,
        (ChatSort::Recent, f) if f.snoozed == Some(true) => SNOOZED,
        (ChatSort::Recent, f) if f.label.is_some() => LABELLED,
        (ChatSort::Recent, _) => return Ok(None),
    };
    let closed = filter.state.map(|state| state == ChatState::Closed);
    let mut found = Vec::new();
    for number in chats::numbers(view, filter.number)? {
        let mut statement = view.conn.prepare_cached(sql)?;
        let mut rows = if sql == LATELY {
            statement.query([number, now.millis() - day])?
        } else {
            statement.query([number])?
        };
        while let Some(row) = rows.next()? {
            if closed.is_some_and(|closed| row.get(3).is_ok_and(|is: bool| is != closed)) {
                continue;
            }
            let (first, id, last): (Option<i64>, i64, i64) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            match sort {
                ChatSort::Recent => found.push([-last, -id]),
                ChatSort::Waiting => found.extend(first.map(|since| [since, id])),
                ChatSort::Closing => {
                    let open = |last: &i64| {
                        Window::of(Some(Stamp::from_millis(*last)))
                            .as_of(now)
                            .is_open(now)
                    };
                    found.extend(first.filter(open).map(|last| [last, id]));
                }
            }
        }
    }
    found.sort_unstable();
    Ok(Some(found))
}

/// What is needed to tell a customer that somebody writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypingAsk {
    /// The number it goes through.
    pub number: NumberId,
    /// Whether that number works.
    pub works: bool,
    /// The customer's newest message, and whether they have seen that it was read.
    pub newest: Option<(Wamid, bool)>,
    /// Whether the window is open.
    pub open: bool,
}

/// What there is to tell WhatsApp when somebody writes in this chat.
pub fn typing(view: &View<'_>, chat: ChatId) -> Result<Option<TypingAsk>, StoreError> {
    if !chats::is_seen(view, chat)? {
        return Ok(None);
    }
    let (number, status, removed, last, receipted): (i64, i64, bool, Option<i64>, i64) = view
        .conn
        .prepare_cached(
            "SELECT c.number, nu.status, nu.removed_at IS NOT NULL, c.last_inbound, c.receipted \
             FROM chats c JOIN numbers nu ON nu.id = c.number WHERE c.id = ?1",
        )?
        .query_row([chat.0], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            ))
        })?;
    let newest: Option<(i64, Packed)> = view
        .conn
        .prepare_cached(
            "SELECT n, wamid FROM messages WHERE chat = ?1 AND wamid IS NOT NULL \
             AND bits & ?2 = 0 AND bits >> ?3 = 0 ORDER BY ts DESC, n DESC LIMIT 1",
        )?
        .query_row(params![chat.0, bits::OUTBOUND, bits::ORIGIN], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let now = view.now();
    Ok(Some(TypingAsk {
        number: NumberId(number),
        works: !removed
            && matches!(
                code::number_status(status),
                NumberStatus::Connected | NumberStatus::Pending
            ),
        newest: newest.map(|(n, wamid)| (wamid.wamid(), n <= receipted)),
        open: Window::of(last.map(Stamp::from_millis))
            .as_of(now)
            .is_open(now),
    }))
}

#[cfg(test)]
pub(crate) const PLANS: [&str; 7] = [LABELS, WAITING, LATELY, UNREAD, PINNED, SNOOZED, LABELLED];
