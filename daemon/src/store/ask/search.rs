//! Full-text search with FTS5: newest first, whole words before beginnings, with snippets.

use common::api::page::Page;
use common::api::search::{Hit, SearchQuery};
use common::model::customer::Customer;
use rusqlite::{OptionalExtension, Row, params};

use crate::store::apply::words::{CHAT, NUMBER};
use crate::store::ask::words::Words;
use crate::store::ask::{View, bounded, chats, count, cursor, uncursor};
use crate::store::error::StoreError;
use crate::store::row::chat;
use crate::store::row::message::{Raw, select_message, shortened};

/// The index gives its rows newest first by itself; ranking would read every hit.
const WORDS: &str = select_message!(
    "SELECT ",
    ", snippet(search, 0, char(2), char(3), '…', 12) FROM search JOIN messages m \
     ON m.n = search.rowid WHERE search MATCH ?1 AND search.rowid < ?2 \
     AND (?3 IS NULL OR m.ts >= ?3) AND (?4 IS NULL OR m.ts < ?4) \
     AND (?5 IS NULL OR instr(m.text, ?5) > 0) ORDER BY search.rowid DESC LIMIT ?6"
);

/// What the index does not know (emoji) is looked for in the texts of one chat.
const SIGNS: &str = select_message!(
    "SELECT ",
    " FROM messages m WHERE m.chat = ?1 AND (m.ts, m.n) < (?2, ?3) \
     AND (?4 IS NULL OR m.ts >= ?4) AND (?5 IS NULL OR m.ts < ?5) AND instr(m.text, ?6) > 0 \
     ORDER BY m.ts DESC, m.n DESC LIMIT ?7"
);

/// Messages with all of these words. The last word may be a beginning: messages that have it whole
/// come first, then those where a word begins with it, each newest first.
pub fn run(view: &View<'_>, query: &SearchQuery) -> Result<Page<Hit>, StoreError> {
    let words = Words::read(&query.q);
    let Some(place) = place(view, query)? else {
        return Ok(nothing());
    };
    if words.plain.is_empty() {
        return signs(view, query, &words);
    }
    let limit = bounded(query.limit);
    let [mut phase, mut below] = match &query.cursor {
        Some(text) => uncursor::<2>(text)?,
        None => [0, i64::MAX],
    };
    let mut items = Vec::new();
    while let Some(expression) = words.expression(phase) {
        let expression = format!("{expression}{place}");
        let rest = limit + 1 - items.len();
        for (raw, snippet) in found(view, query, &words, (&expression, below, rest))? {
            items.push((phase, raw, snippet));
        }
        if items.len() > limit {
            break;
        }
        phase += 1;
        below = i64::MAX;
    }
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items
        .last()
        .filter(|_| more)
        .map(|(phase, raw, _)| cursor(&[*phase, raw.n]));
    let items = items
        .into_iter()
        .map(|(_, raw, snippet)| hit(view, raw, snippet))
        .collect::<Result<_, _>>()?;
    Ok(Page { items, next })
}

/// The tokens that bind a search to a chat or to numbers; none where nothing may be seen.
fn place(view: &View<'_>, query: &SearchQuery) -> Result<Option<String>, StoreError> {
    if let Some(chat) = query.chat {
        let seen = chats::is_seen(view, chat)?;
        return Ok(seen.then(|| format!(" AND {{place}} : \"{CHAT}{chat}\"")));
    }
    let numbers = chats::numbers(view, query.number)?;
    let all: i64 = view
        .conn
        .query_row("SELECT count(*) FROM numbers", [], |row| row.get(0))?;
    if numbers.is_empty() {
        return Ok(None);
    }
    if usize::try_from(all).is_ok_and(|all| all == numbers.len()) {
        return Ok(Some(String::new()));
    }
    let tokens: Vec<String> = numbers.iter().map(|n| format!("\"{NUMBER}{n}\"")).collect();
    Ok(Some(format!(" AND {{place}} : ({})", tokens.join(" OR "))))
}

fn found(
    view: &View<'_>,
    query: &SearchQuery,
    words: &Words,
    (expression, below, limit): (&str, i64, usize),
) -> Result<Vec<(Raw, String)>, StoreError> {
    let mut statement = view.conn.prepare_cached(WORDS)?;
    let rows = statement.query_map(
        params![
            expression,
            below,
            query.since.map(common::time::Stamp::millis),
            query.until.map(common::time::Stamp::millis),
            words.signs.first(),
            count(limit)
        ],
        |row: &Row<'_>| {
            Ok((
                Raw::read(row)?,
                row.get::<_, Option<String>>(18)?.unwrap_or_default(),
            ))
        },
    )?;
    let mut found: Vec<(Raw, String)> = rows.collect::<Result<_, _>>()?;
    found.retain(|(raw, _)| words.has_signs(raw));
    Ok(found)
}

/// Only signs: they are looked for inside one chat, where that is quick.
fn signs(view: &View<'_>, query: &SearchQuery, words: &Words) -> Result<Page<Hit>, StoreError> {
    let (Some(chat), Some(first)) = (query.chat, words.signs.first()) else {
        return Ok(nothing());
    };
    let limit = bounded(query.limit);
    let [ts, n] = match &query.cursor {
        Some(text) => uncursor::<2>(text)?,
        None => [i64::MAX, i64::MAX],
    };
    let mut statement = view.conn.prepare_cached(SIGNS)?;
    let rows = statement.query_map(
        params![
            chat.0,
            ts,
            n,
            query.since.map(common::time::Stamp::millis),
            query.until.map(common::time::Stamp::millis),
            first,
            count(limit + 1)
        ],
        Raw::read,
    )?;
    let mut found: Vec<Raw> = rows.collect::<Result<_, _>>()?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found
        .last()
        .filter(|_| more)
        .map(|raw| cursor(&[raw.ts, raw.n]));
    found.retain(|raw| words.has_signs(raw));
    let items = found
        .into_iter()
        .map(|raw| {
            let text = shortened(raw.text.clone()).unwrap_or_default();
            let marked = text.replace(first.as_str(), &format!("\u{2}{first}\u{3}"));
            hit(view, raw, marked)
        })
        .collect::<Result<_, _>>()?;
    Ok(Page { items, next })
}

pub(crate) fn hit(view: &View<'_>, raw: Raw, snippet: String) -> Result<Hit, StoreError> {
    let customer = customer_of(view, raw.chat)?;
    Ok(Hit {
        message: raw.message(view.conn)?,
        customer,
        snippet,
    })
}

fn customer_of(view: &View<'_>, chat: i64) -> Result<Customer, StoreError> {
    view.conn
        .prepare_cached(
            "SELECT cu.id, cu.phone, cu.wa_id, cu.user_id, cu.username, cu.name, \
             cu.profile_name, cu.opted_out_at, cu.revision FROM chats c JOIN customers cu ON cu.id = c.customer WHERE c.id = ?1",
        )?
        .query_row([chat], |row| chat::customer(row, 0))
        .optional()?
        .ok_or_else(|| StoreError::Damaged(format!("chat {chat} has no customer")))
}

const fn nothing() -> Page<Hit> {
    Page {
        items: Vec::new(),
        next: None,
    }
}

#[cfg(test)]
pub(crate) const PLANS: [&str; 2] = [WORDS, SIGNS];
