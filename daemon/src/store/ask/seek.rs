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
/// Conversations are gone through one by one up to so many; beyond, all messages are.
const FEW: usize = 64;

/// Newest first by arrival; what can be judged without reading a message whole is judged here.
const ALL: &str = select_message!(
    "SELECT ",
    " FROM messages m WHERE m.n < ?1 AND m.bits & 2 = 0 \
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
    let mut found = match few {
        Some(chats) => of_chats(view, &asked, &wanted, chats)?,
        None => of_all(view, &asked, &wanted)?,
    };
    let limit = bounded(asked.limit);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|raw| match few {
        Some(_) => cursor(&[raw.ts, raw.n]),
        None => cursor(&[raw.n]),
    });
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

/// A few conversations, each from its newest message on.
fn of_chats(
    view: &View<'_>,
    asked: &SearchQuery,
    wanted: &Wanted,
    chats: &HashSet<i64>,
) -> Result<Vec<Raw>, StoreError> {
    let limit = bounded(asked.limit) + 1;
    let from = match &asked.cursor {
        Some(text) => uncursor::<2>(text)?,
        None => [wanted.until.map_or(i64::MAX, Stamp::millis), i64::MIN],
    };
    let mut found: Vec<Raw> = Vec::new();
    for chat in chats {
        let mut at = (from[0], from[1]);
        let mut own = 0;
        for _ in 0..ROUNDS {
            let rows = history::older(view, ChatId(*chat), at, 500)?;
            let Some(last) = rows.last().map(|raw| (raw.ts, raw.n)) else {
                break;
            };
            at = last;
            let some = rows.into_iter().filter(|raw| wanted.takes(raw));
            let some: Vec<Raw> = some.take(limit - own).collect();
            own += some.len();
            found.extend(some);
            if own >= limit || wanted.since.is_some_and(|since| at.0 < since.millis()) {
                break;
            }
        }
    }
    found.sort_unstable_by_key(|raw| std::cmp::Reverse((raw.ts, raw.n)));
    Ok(found)
}

/// Every message, from the one that came last on.
fn of_all(view: &View<'_>, asked: &SearchQuery, wanted: &Wanted) -> Result<Vec<Raw>, StoreError> {
    let limit = bounded(asked.limit) + 1;
    let numbers: HashSet<i64> = chats::numbers(view, asked.number)?.into_iter().collect();
    let [mut below] = match &asked.cursor {
        Some(text) => uncursor::<1>(text)?,
        None => [i64::MAX],
    };
    let mut found: Vec<Raw> = Vec::new();
    for _ in 0..ROUNDS {
        let mut statement = view.conn.prepare_cached(ALL)?;
        let some = 500;
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
                count(some)
            ],
            Raw::read,
        )?;
        let rows: Vec<Raw> = rows.collect::<Result<_, _>>()?;
        let over = rows.len() < some;
        below = rows.last().map_or(below, |raw| raw.n);
        let fits = |raw: &Raw| numbers.contains(&raw.number) && wanted.takes(raw);
        found.extend(rows.into_iter().filter(fits));
        if over || found.len() >= limit {
            break;
        }
    }
    Ok(found)
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
