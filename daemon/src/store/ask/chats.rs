//! The chat list, filtered and ordered, and what is unread.

use std::collections::VecDeque;

use common::api::chats::ChatFilter;
use common::api::page::Page;
use common::id::{ChatId, MessageId, NumberId};
use common::model::chat::{Chat, ChatState, Draft};
use common::model::customer::Customer;
use common::text::fold::fold;
use common::time::Stamp;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::store::ask::{View, bounded, count, cursor, desk, uncursor};
use crate::store::error::StoreError;
use crate::store::row::chat::{self, select_chat};

/// How many chats are looked at, at most, for one page of a narrow filter.
const MOST_LOOKED_AT: usize = 20_000;

/// Chats, newest first.
pub fn list(view: &View<'_>, filter: &ChatFilter, now: Stamp) -> Result<Page<Chat>, StoreError> {
    let limit = bounded(filter.limit);
    if let Some(found) = desk::narrow(view, filter, now)? {
        return page(view, filter, (found, limit), now);
    }
    let before = match &filter.cursor {
        Some(text) => uncursor::<2>(text)?,
        None => [i64::MAX, i64::MAX],
    };
    let mut merge = Merge::new(view, filter, before, limit)?;
    let mut items = Vec::with_capacity(limit);
    let mut last = None;
    let mut looked_at = 0;
    while let Some((ts, id)) = merge.next()? {
        if items.len() == limit {
            return Ok(Page {
                items,
                next: last.map(|at: [i64; 2]| cursor(&at)),
            });
        }
        looked_at += 1;
        if let Some(chat) = chat::get(view.conn, id, now)?.filter(|chat| fits(chat, filter)) {
            items.push(chat);
        }
        last = Some([ts, id]);
        if looked_at >= MOST_LOOKED_AT {
            return Ok(Page {
                items,
                next: last.map(|at| cursor(&at)),
            });
        }
    }
    Ok(Page { items, next: None })
}

/// One page of chats that are known in their order already.
fn page(
    view: &View<'_>,
    filter: &ChatFilter,
    (found, limit): (Vec<[i64; 2]>, usize),
    now: Stamp,
) -> Result<Page<Chat>, StoreError> {
    let after = match &filter.cursor {
        Some(text) => uncursor::<2>(text)?,
        None => [i64::MIN; 2],
    };
    let from = found.partition_point(|key| *key <= after);
    let mut items = Vec::with_capacity(limit);
    let mut last = after;
    for key in found.into_iter().skip(from) {
        if items.len() == limit {
            return Ok(Page {
                items,
                next: Some(cursor(&last)),
            });
        }
        let [_, id] = key;
        if let Some(chat) = chat::get(view.conn, id.abs(), now)?.filter(|c| fits(c, filter)) {
            items.push(chat);
        }
        last = key;
    }
    Ok(Page { items, next: None })
}

/// One chat.
pub fn get(view: &View<'_>, chat: ChatId, now: Stamp) -> Result<Option<Chat>, StoreError> {
    let mut statement = view.conn.prepare_cached(select_chat!(
        "WHERE c.id = ?1 AND (?2 IS NULL OR nu.id IN (SELECT value FROM json_each(?2)))"
    ))?;
    let mut rows = statement.query(params![chat.0, view.numbers()?])?;
    rows.next()?.map(|row| chat::read(row, now)).transpose()
}

/// What somebody was writing in a chat.
pub fn draft(view: &View<'_>, chat: ChatId) -> Result<Option<Draft>, StoreError> {
    if !is_seen(view, chat)? {
        return Ok(None);
    }
    draft_of(view.conn, chat.0)
}

/// Unread messages of every number that has some.
pub fn totals(view: &View<'_>) -> Result<Vec<(NumberId, u32)>, StoreError> {
    let mut all = Vec::new();
    for number in numbers(view, None)? {
        let unread: u32 = view
            .conn
            .prepare_cached(TOTAL)?
            .query_row([number], |row| row.get(0))?;
        if unread > 0 {
            all.push((NumberId(number), unread));
        }
    }
    Ok(all)
}

const TOTAL: &str = "SELECT coalesce(sum(unread), 0) FROM chats WHERE number = ?1 AND unread > 0";

/// A piece of one number's list; the index holds all that is asked for.
const PIECE: &str = "SELECT last_ts, id FROM chats WHERE number = ?1 \
     AND (last_ts, id) < (?2, ?3) ORDER BY last_ts DESC, id DESC LIMIT ?4";

/// Whether the asker may see a chat.
pub(crate) fn is_seen(view: &View<'_>, chat: ChatId) -> Result<bool, StoreError> {
    Ok(view
        .conn
        .prepare_cached(
            "SELECT 1 FROM chats c WHERE c.id = ?1 \
             AND (?2 IS NULL OR c.number IN (SELECT value FROM json_each(?2)))",
        )?
        .exists(params![chat.0, view.numbers()?])?)
}

/// A chat's draft, whoever asks.
pub(crate) fn draft_of(conn: &Connection, chat: i64) -> Result<Option<Draft>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT text, reply_to, operator, updated_at FROM drafts WHERE chat = ?1")?
        .query_row([chat], |row| {
            Ok(Draft {
                text: row.get(0)?,
                reply_to: row
                    .get::<_, Option<[u8; 16]>>(1)?
                    .map(|id| MessageId(Uuid::from_bytes(id))),
                operator: row.get(2)?,
                updated_at: Some(Stamp::from_millis(row.get(3)?)),
            })
        })
        .optional()?)
}

/// The numbers whose chats may be listed, also those that were removed: their history stays.
pub(crate) fn numbers(view: &View<'_>, only: Option<NumberId>) -> Result<Vec<i64>, StoreError> {
    let mut statement = view.conn.prepare_cached(
        "SELECT id FROM numbers WHERE (?1 IS NULL OR id IN (SELECT value FROM json_each(?1))) \
         AND (?2 IS NULL OR id = ?2) \
         ORDER BY id",
    )?;
    let rows = statement.query_map(params![view.numbers()?, only.map(|n| n.0)], |row| {
        row.get(0)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The lists of several numbers as one, newest first, without a sort: each comes in pieces from its
/// index, and the newest head goes next.
struct Merge<'v> {
    conn: &'v Connection,
    lists: Vec<List>,
    piece: usize,
}

struct List {
    number: i64,
    ready: VecDeque<[i64; 2]>,
    /// Where the next piece begins; none when the list is over.
    rest: Option<[i64; 2]>,
}

impl<'v> Merge<'v> {
    fn new(
        view: &View<'v>,
        filter: &ChatFilter,
        before: [i64; 2],
        limit: usize,
    ) -> Result<Self, StoreError> {
        let numbers = numbers(view, filter.number)?;
        let piece = (limit / numbers.len().max(1) + 2).min(limit + 1);
        let lists = numbers
            .into_iter()
            .map(|number| List {
                number,
                ready: VecDeque::new(),
                rest: Some(before),
            })
            .collect();
        Ok(Self {
            conn: view.conn,
            lists,
            piece,
        })
    }

    fn next(&mut self) -> Result<Option<(i64, i64)>, StoreError> {
        for list in &mut self.lists {
            list.fill(self.conn, self.piece)?;
        }
        let newest = self
            .lists
            .iter_mut()
            .max_by_key(|l| l.ready.front().copied().unwrap_or([i64::MIN; 2]));
        Ok(newest
            .and_then(|list| list.ready.pop_front())
            .map(|[ts, id]| (ts, id)))
    }
}

impl List {
    fn fill(&mut self, conn: &Connection, piece: usize) -> Result<(), StoreError> {
        let Some([ts, id]) = self.rest.filter(|_| self.ready.is_empty()) else {
            return Ok(());
        };
        let mut statement = conn.prepare_cached(PIECE)?;
        let rows = statement.query_map(params![self.number, ts, id, count(piece)], |row| {
            Ok([row.get(0)?, row.get(1)?])
        })?;
        self.ready = rows.collect::<Result<_, _>>()?;
        self.rest = if self.ready.len() < piece {
            None
        } else {
            self.ready.back().copied()
        };
        Ok(())
    }
}

fn fits(chat: &Chat, filter: &ChatFilter) -> bool {
    let ChatFilter {
        number: _,
        state,
        unread,
        assignee,
        label,
        waiting,
        pinned,
        snoozed,
        window,
        sort: _,
        q,
        limit: _,
        cursor: _,
    } = filter;
    state.is_none_or(|state: ChatState| chat.state == state)
        && unread.is_none_or(|unread| (chat.unread > 0) == unread)
        && assignee
            .as_ref()
            .is_none_or(|a| chat.assignee.as_deref().unwrap_or_default() == a)
        && waiting.is_none_or(|waiting| chat.waiting_since.is_some() == waiting)
        && pinned.is_none_or(|pinned| chat.pinned == pinned)
        && snoozed.is_none_or(|snoozed| chat.snoozed_until.is_some() == snoozed)
        && window.is_none_or(|window| chat.window.open == window)
        && label.as_ref().is_none_or(|l| chat.labels.contains(l))
        && q.as_ref().is_none_or(|q| named(&chat.customer, q))
}

/// Whether every word stands in a name or in the number.
pub(crate) fn named(c: &Customer, q: &str) -> bool {
    let names = [
        c.name.as_ref(),
        c.profile_name.as_ref(),
        c.username.as_ref(),
    ];
    let hay: String = names
        .into_iter()
        .flatten()
        .flat_map(|n| [fold(n), " ".to_owned()])
        .collect();
    let numbers = [
        c.phone_number.as_ref().map(|p| p.digits().to_owned()),
        c.wa_id.as_ref().map(ToString::to_string),
        c.user_id.as_ref().map(ToString::to_string),
    ];
    q.split_whitespace().all(|word| {
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        hay.contains(&fold(word))
            || numbers
                .iter()
                .flatten()
                .any(|n| n.eq_ignore_ascii_case(word) || (digits.len() >= 3 && n.contains(&digits)))
    })
}

#[cfg(test)]
pub(crate) const PLANS: [&str; 3] = [PIECE, TOTAL, select_chat!("WHERE c.id = ?1")];
