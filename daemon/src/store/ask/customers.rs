//! A customer's card: since when, how much, which templates, notes, chats and files.

use std::collections::HashSet;

use common::api::customers::{CustomerCard, FileCounts, FileQuery, LastTemplate};
use common::api::page::Page;
use common::id::{CustomerId, MessageId, NoteId};
use common::model::chat::Chat;
use common::model::content::{Content, Kind};
use common::model::customer::Note;
use common::model::message::Message;
use common::time::Stamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::store::ask::{View, bounded, count, cursor, uncursor};
use crate::store::error::StoreError;
use crate::store::row::chat;
use crate::store::row::code;
use crate::store::row::message::{Raw, select_message};

/// So many templates are told.
const LATELY: usize = 3;

/// A customer has few chats: one for each of our numbers.
const CHATS: &str = "SELECT c.id, c.inbound, c.outbound FROM chats c \
     JOIN numbers nu ON nu.id = c.number WHERE c.customer = ?1 \
     AND (?2 IS NULL OR nu.id IN (SELECT value FROM json_each(?2)))";
const FIRST: &str = "SELECT min(ts) FROM messages WHERE chat = ?1";
const TEMPLATE: &str = select_message!(
    "SELECT ",
    " FROM messages m WHERE m.chat = ?1 AND m.kind = 14 ORDER BY m.ts DESC, m.n DESC LIMIT 24"
);
const COUNTS: &str = "SELECT kind FROM messages WHERE chat = ?1 AND media IS NOT NULL";
const FILES: &str = select_message!(
    "SELECT ",
    " FROM messages m WHERE m.chat = ?1 AND m.media IS NOT NULL AND (m.ts, m.n) < (?2, ?3) \
     AND (?4 IS NULL OR m.kind = ?4) ORDER BY m.ts DESC, m.n DESC LIMIT ?5"
);
const NOTES: &str = "SELECT id, customer, text, author, created_at, edited_at FROM notes \
     WHERE customer = ?1 ORDER BY id DESC";

/// A customer with everything that is known of them, as far as the asker may see it.
pub fn card(view: &View<'_>, id: CustomerId) -> Result<Option<CustomerCard>, StoreError> {
    if !is_seen(view, id)? {
        return Ok(None);
    }
    let Some(customer) = chat::get_customer(view.conn, id.0)? else {
        return Ok(None);
    };
    let mut card = CustomerCard {
        customer,
        since: None,
        inbound: 0,
        outbound: 0,
        last_template: None,
        templates: Vec::new(),
        chats: Vec::new(),
        notes: notes(view.conn, id)?,
        files: FileCounts::default(),
    };
    for (chat, inbound, outbound) in chats(view, id)? {
        card.inbound += inbound;
        card.outbound += outbound;
        card.since = earlier(card.since, first(view.conn, chat)?);
        card.templates.extend(templates(view.conn, chat)?);
        add_counts(view.conn, chat, &mut card.files)?;
        card.chats.extend(chat::get(view.conn, chat, view.now())?);
    }
    lately(&mut card.templates);
    card.last_template = card.templates.first().cloned();
    let newest = |chat: &Chat| std::cmp::Reverse((chat.last_message_at, chat.id));
    card.chats.sort_unstable_by_key(newest);
    Ok(Some(card))
}

/// Messages of a customer that carry a file, newest first.
pub fn files(
    view: &View<'_>,
    id: CustomerId,
    query: &FileQuery,
) -> Result<Option<Page<Message>>, StoreError> {
    if !is_seen(view, id)? {
        return Ok(None);
    }
    let limit = bounded(query.limit);
    let [ts, n] = match &query.cursor {
        Some(text) => uncursor::<2>(text)?,
        None => [i64::MAX; 2],
    };
    let kind = query.kind.map(code::of_kind);
    let mut found: Vec<Raw> = Vec::new();
    for (chat, ..) in chats(view, id)? {
        let mut statement = view.conn.prepare_cached(FILES)?;
        let rows = statement.query_map(params![chat, ts, n, kind, count(limit + 1)], Raw::read)?;
        for raw in rows {
            found.push(raw?);
        }
    }
    found.sort_unstable_by_key(|raw| std::cmp::Reverse((raw.ts, raw.n)));
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found
        .last()
        .filter(|_| more)
        .map(|raw| cursor(&[raw.ts, raw.n]));
    let items = found
        .into_iter()
        .map(|raw| raw.message(view.conn))
        .collect::<Result<_, _>>()?;
    Ok(Some(Page { items, next }))
}

/// One note, whoever asks.
pub(crate) fn note(conn: &Connection, id: i64) -> Result<Option<Note>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT id, customer, text, author, created_at, edited_at FROM notes WHERE id = ?1",
        )?
        .query_row([id], read_note)
        .optional()?)
}

fn notes(conn: &Connection, customer: CustomerId) -> Result<Vec<Note>, StoreError> {
    let mut statement = conn.prepare_cached(NOTES)?;
    let rows = statement.query_map([customer.0], read_note)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_note(row: &Row<'_>) -> rusqlite::Result<Note> {
    Ok(Note {
        id: NoteId(row.get(0)?),
        customer_id: CustomerId(row.get(1)?),
        text: row.get(2)?,
        author: row.get(3)?,
        created_at: Stamp::from_millis(row.get(4)?),
        edited_at: row.get::<_, Option<i64>>(5)?.map(Stamp::from_millis),
    })
}

fn is_seen(view: &View<'_>, id: CustomerId) -> Result<bool, StoreError> {
    Ok(view
        .conn
        .prepare_cached(
            "SELECT 1 FROM customers WHERE id = ?1 \
             AND (?2 IS NULL OR org IN (SELECT value FROM json_each(?2))) \
             AND (?3 IS NULL OR EXISTS (SELECT 1 FROM chats c WHERE c.customer = ?1 \
             AND c.number IN (SELECT value FROM json_each(?3))))",
        )?
        .exists(params![id.0, view.orgs(), view.narrowed()?])?)
}

fn chats(view: &View<'_>, id: CustomerId) -> Result<Vec<(i64, u64, u64)>, StoreError> {
    let mut statement = view.conn.prepare_cached(CHATS)?;
    let rows = statement.query_map(params![id.0, view.numbers()?], |row| {
        Ok((
            row.get(0)?,
            row.get::<_, u32>(1)?.into(),
            row.get::<_, u32>(2)?.into(),
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn first(conn: &Connection, chat: i64) -> Result<Option<Stamp>, StoreError> {
    let first: Option<i64> = conn
        .prepare_cached(FIRST)?
        .query_row([chat], |row| row.get(0))?;
    Ok(first.map(Stamp::from_millis))
}

fn earlier(a: Option<Stamp>, b: Option<Stamp>) -> Option<Stamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Templates of a chat, newest first; the same one may be there again.
fn templates(conn: &Connection, chat: i64) -> Result<Vec<LastTemplate>, StoreError> {
    let mut statement = conn.prepare_cached(TEMPLATE)?;
    let rows = statement.query_map([chat], Raw::read)?;
    let mut found = Vec::new();
    for raw in rows {
        let raw = raw?;
        let (message_id, at, status): (MessageId, _, _) = (raw.id, raw.ts, raw.status);
        if let Content::Template(template) = raw.content()? {
            found.push(LastTemplate {
                message_id,
                name: template.name,
                language: template.language,
                at: Stamp::from_millis(at),
                status,
            });
        }
    }
    Ok(found)
}

/// The newest few, each template once.
fn lately(all: &mut Vec<LastTemplate>) {
    all.sort_by_key(|one| std::cmp::Reverse(one.at));
    let mut seen = HashSet::new();
    all.retain(|one| seen.insert((one.name.clone(), one.language.clone())));
    all.truncate(LATELY);
}

fn add_counts(conn: &Connection, chat: i64, counts: &mut FileCounts) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(COUNTS)?;
    let mut rows = statement.query([chat])?;
    while let Some(row) = rows.next()? {
        match code::kind(row.get(0)?) {
            Kind::Image => counts.images += 1,
            Kind::Video => counts.videos += 1,
            Kind::Audio | Kind::Voice => counts.audio += 1,
            Kind::Sticker => counts.stickers += 1,
            _ => counts.documents += 1,
        }
    }
    Ok(())
}

#[cfg(test)]
pub(crate) const PLANS: [&str; 6] = [CHATS, FIRST, TEMPLATE, COUNTS, FILES, NOTES];
