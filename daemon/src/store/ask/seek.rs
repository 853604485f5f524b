//! A search with operators: of whom, when, with what, how it stands; words go to the index, the rest is sifted here.

use std::collections::HashSet;

use common::api::page::Page;
use common::api::problem::{Code, Problem};
use common::api::search::{Hit, SearchQuery};
use common::id::{ChatId, NumberId};
use common::text::query;
use common::time::Stamp;
use jiff::tz::TimeZone;
use rusqlite::params;

use crate::store::ask::sift::Wanted;
use crate::store::ask::{View, bounded, chats, count, cursor, history, search, uncursor};
use crate::store::error::StoreError;
use crate::store::row::message::{Raw, select_message, shortened};

/// So many rounds are sifted for one page; the next page goes on where they ended.
const ROUNDS: usize = 40;
/// Messages a round.
const ROUND: usize = 500;
/// So many messages are passed over for one page, however few of them are hits.
const REACH: i64 = 50_000;
/// Conversations are gone through one by one up to so many; beyond, all messages are.
const FEW: usize = 64;

/// Newest first by arrival; what can be judged without reading a message whole is judged here.
const ALL: &str = select_message!(
    "SELECT ",
    " FROM messages m WHERE m.n < ?1 AND m.n >= ?11 AND m.bits & 2 = 0 \
     AND (?2 IS NULL OR m.bits & 1 = ?2) AND (?3 IS NULL OR m.ts >= ?3) \
     AND (?4 IS NULL OR m.ts < ?4) AND (?5 IS NULL OR m.status = ?5) \
     AND (?6 IS NULL OR instr(m.text, ?6) > 0) \
     AND (?7 = 0 OR (1 << m.kind) & ?7 <> 0 OR (?8 AND instr(m.text, '://') > 0) \
     OR (?8 AND instr(m.text, 'www.') > 0) OR (?9 AND m.bits & 32 <> 0)) \
     ORDER BY m.n DESC LIMIT ?10"
);

/// Messages that a query finds, newest first.
pub fn run(view: &View<'_>, asked: &SearchQuery, zone: &TimeZone) -> Result<Page<Hit>, StoreError> {
    let today = view.now().timestamp().to_zoned(zone.clone()).date();
    let mut read = query::read(&asked.q, today).map_err(|misread| {
        StoreError::Refused(Problem::new(Code::Invalid, misread.to_string()).field("q"))
    })?;
    let mut asked = asked.clone();
    if let Some(name) = read.number.take() {
        match number(view, &name)? {
            Some(id) if asked.number.is_none_or(|only| only == id) => asked.number = Some(id),
            Some(_other) => return Ok(nothing()),
            None => read.text = format!("#{name} {}", read.text),
        }
    }
    let wanted = Wanted::of(view, &asked, &read, zone)?;
    asked.q.clone_from(&read.text);
    (asked.since, asked.until) = (wanted.since, wanted.until);
    let indexed = read.text.chars().any(char::is_alphanumeric);
    if read.is_plain() && (indexed || asked.chat.is_some()) {
        return search::run(view, &asked);
    }
    if wanted.is_impossible() {
        return Ok(nothing());
    }
    if indexed {
        return words(view, asked, &wanted);
    }
    let few = wanted.chats.as_ref().filter(|chats| chats.len() <= FEW);
    let (mut found, rest) = match few {
        Some(chats) => of_chats(view, &asked, &wanted, chats)?,
        None => of_all(view, &asked, &wanted)?,
    };
    let limit = bounded(asked.limit);
    let more = found.len() > limit;
    found.truncate(limit);
    let last = found.last().filter(|_| more).map(|raw| match few {
        Some(_) => cursor(&[raw.ts, raw.n]),
        None => cursor(&[raw.n]),
    });
    let next = last.or(rest);
    let items = found
        .into_iter()
        .map(|raw| {
            let text = shortened(raw.text.clone()).unwrap_or_default();
            let marked = wanted.signs.iter().fold(text, |text, sign| {
                text.replace(sign.as_str(), &format!("\u{2}{sign}\u{3}"))
            });
            search::hit(view, raw, marked)
        })
        .collect::<Result<_, _>>()?;
    Ok(Page { items, next })
}

/// Words are found by the index, page by page, and sifted.
fn words(
    view: &View<'_>,
    mut asked: SearchQuery,
    wanted: &Wanted,
) -> Result<Page<Hit>, StoreError> {
    let limit = bounded(asked.limit);
    if let Some(chats) = &wanted.chats
        && let [only] = chats.iter().copied().collect::<Vec<_>>().as_slice()
    {
        asked.chat = Some(ChatId(*only));
    }
    let mut items = Vec::new();
    for _ in 0..ROUNDS {
        let rest = limit - items.len();
        asked.limit = u32::try_from(rest).ok();
        let page = search::run(view, &asked)?;
        items.extend(page.items.into_iter().filter(|hit| wanted.takes_hit(hit)));
        asked.cursor = page.next;
        if asked.cursor.is_none() || items.len() >= limit {
            break;
        }
    }
    Ok(Page {
        items,
        next: asked.cursor,
    })
}

/// Hits, one more than a page holds if there are so many, and where the search goes on if they are
/// not all.
type Found = (Vec<Raw>, Option<String>);

/// A few conversations, each from its newest message on. Where one is not gone through, nothing
/// older than its end is told yet: it may have hits in between.
fn of_chats(
    view: &View<'_>,
    asked: &SearchQuery,
    wanted: &Wanted,
    chats: &HashSet<i64>,
) -> Result<Found, StoreError> {
    let limit = bounded(asked.limit) + 1;
    let from = match &asked.cursor {
        Some(text) => uncursor::<2>(text)?,
        None => [wanted.until.map_or(i64::MAX, Stamp::millis), i64::MIN],
    };
    let rounds = (ROUNDS / chats.len().max(1)).max(1);
    let mut found: Vec<Raw> = Vec::new();
    let mut known = (i64::MIN, i64::MIN);
    for chat in chats {
        let mut at = (from[0], from[1]);
        let mut own = 0;
        let mut over = false;
        for _ in 0..rounds {
            let rows = history::older(view, ChatId(*chat), at, ROUND)?;
            over = rows.len() < ROUND;
            at = rows.last().map_or(at, |raw| (raw.ts, raw.n));
            over |= wanted.since.is_some_and(|since| at.0 < since.millis());
            let some = rows.into_iter().filter(|raw| wanted.takes(raw));
            let some: Vec<Raw> = some.take(limit - own).collect();
            own += some.len();
            found.extend(some);
            if over || own >= limit {
                break;
            }
        }
        if !over && own < limit {
            known = known.max(at);
        }
    }
    found.retain(|raw| (raw.ts, raw.n) >= known);
    found.sort_unstable_by_key(|raw| std::cmp::Reverse((raw.ts, raw.n)));
    let rest = (known.1 > i64::MIN).then(|| cursor(&[known.0, known.1]));
    Ok((found, rest))
}

/// Every message, from the one that came last on, as far as one page reaches.
fn of_all(view: &View<'_>, asked: &SearchQuery, wanted: &Wanted) -> Result<Found, StoreError> {
    let limit = bounded(asked.limit) + 1;
    let numbers: HashSet<i64> = chats::numbers(view, asked.number)?.into_iter().collect();
    let mut below = match &asked.cursor {
        Some(text) => uncursor::<1>(text)?[0],
        None => view
            .conn
            .query_row("SELECT coalesce(max(n), 0) + 1 FROM messages", [], |row| {
                row.get(0)
            })?,
    };
    let floor = below.saturating_sub(REACH);
    let mut found: Vec<Raw> = Vec::new();
    while found.len() < limit {
        let mut statement = view.conn.prepare_cached(ALL)?;
        let rows = statement.query_map(
            params![
                below,
                wanted.outbound,
                wanted.since.map(Stamp::millis),
                wanted.until.map(Stamp::millis),
                wanted.failed.then_some(8),
                wanted.signs.first(),
                wanted.kinds,
                wanted.link,
                wanted.reacted,
                count(ROUND),
                floor
            ],
            Raw::read,
        )?;
        let rows: Vec<Raw> = rows.collect::<Result<_, _>>()?;
        let over = rows.len() < ROUND;
        below = rows.last().map_or(below, |raw| raw.n);
        let fits = |raw: &Raw| numbers.contains(&raw.number) && wanted.takes(raw);
        found.extend(rows.into_iter().filter(fits));
        if over {
            // Ids begin at one.
            return Ok((found, (floor > 1).then(|| cursor(&[floor]))));
        }
    }
    Ok((found, None))
}

/// Our number of this id, or whose label begins like this.
fn number(view: &View<'_>, name: &str) -> Result<Option<NumberId>, StoreError> {
    let numbers = chats::numbers(view, None)?;
    if let Some(id) = name.parse().ok().filter(|id| numbers.contains(id)) {
        return Ok(Some(NumberId(id)));
    }
    if name.chars().all(|c| c.is_ascii_digit()) {
        return Ok(None);
    }
    let name = name.to_lowercase();
    for id in numbers {
        let label: String = view
            .conn
            .prepare_cached("SELECT label FROM numbers WHERE id = ?1")?
            .query_row([id], |row| row.get(0))?;
        if label.to_lowercase().replace(' ', "-").starts_with(&name) {
            return Ok(Some(NumberId(id)));
        }
    }
    Ok(None)
}

const fn nothing() -> Page<Hit> {
    Page {
        items: Vec::new(),
        next: None,
    }
}

#[cfg(test)]
pub(crate) const PLANS: [&str; 1] = [ALL];
