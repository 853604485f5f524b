//! Events after a sequence number, carrying what is true now.

use common::api::event::{Change, Event, Reloaded};
use common::id::{OrgId, Seq};
use common::time::Stamp;
use rusqlite::{Connection, OptionalExtension};

use crate::store::apply::batch::{About, Key};
use crate::store::ask::View;
use crate::store::error::StoreError;
use crate::store::row::message::Raw;
use crate::store::row::{chat, content, number, reply, template};

const AFTER: &str = "SELECT seq, org, kind, ref FROM events WHERE seq > ?1 ORDER BY seq LIMIT 256";

/// At most `limit` events after `seq`, in order; fewer only where there are no more. What changed
/// again later is told once, at its last change.
pub fn since(view: &View<'_>, seq: Seq, limit: usize) -> Result<Vec<Event>, StoreError> {
    let mut found = Vec::new();
    let mut after = seq;
    loop {
        let keys = keys(view.conn, after)?;
        let Some(last) = keys.last() else {
            return Ok(found);
        };
        after = last.seq;
        for key in keys.iter().filter(|key| view.sees(key.org)) {
            if found.len() >= limit {
                return Ok(found);
            }
            let changed = change(view.conn, key, view.now())?;
            let changed = changed.filter(|change| !comes_again(change, key.seq));
            if let Some(change) = changed
                && may_hear(view, key, &change)?
            {
                found.push(Event {
                    seq: key.seq,
                    change,
                });
            }
        }
    }
}

/// The oldest event kept and the newest ever given (zero, zero where there is none).
pub fn bounds(view: &View<'_>) -> Result<(Seq, Seq), StoreError> {
    let end = |sql: &str| -> Result<Seq, StoreError> {
        Ok(Seq(view
            .conn
            .prepare_cached(sql)?
            .query_row([], |row| row.get(0))?))
    };
    Ok((
        end("SELECT coalesce(min(seq), 0) FROM events")?,
        end("SELECT coalesce(max(seq), 0) FROM events")?,
    ))
}

/// The object that an event is about, as it is now; none if it is gone.
pub(crate) fn change(
    conn: &Connection,
    key: &Key,
    now: Stamp,
) -> Result<Option<Change>, StoreError> {
    let reference = key.reference;
    Ok(match key.about {
        About::NewMessage | About::Message => match Raw::by_n(conn, reference)? {
            Some(raw) => {
                let message = Box::new(raw.message(conn)?);
                Some(if key.about == About::NewMessage {
                    Change::MessageNew(message)
                } else {
                    Change::MessageUpdated(message)
                })
            }
            None => None,
        },
        About::Chat => {
            chat::get(conn, reference, now)?.map(|chat| Change::ChatUpdated(Box::new(chat)))
        }
        About::Number => {
            number::get(conn, reference)?.map(|number| Change::NumberUpdated(Box::new(number)))
        }
        About::Customer => {
            chat::get_customer(conn, reference)?.map(|c| Change::CustomerUpdated(Box::new(c)))
        }
        About::Notice => {
            let sql = format!("SELECT {} FROM notices WHERE id = ?1", number::NOTICE);
            let mut statement = conn.prepare_cached(&sql)?;
            let mut rows = statement.query([reference])?;
            let notice = rows.next()?.map(number::notice).transpose()?;
            notice.map(|notice| Change::Notice(Box::new(notice)))
        }
        About::Reloaded => {
            let json: Option<String> = conn
                .prepare_cached("SELECT detail FROM notices WHERE id = ?1")?
                .query_row([reference], |row| row.get(0))
                .optional()?;
            let told: Option<Reloaded> = json.as_deref().map(content::parse).transpose()?;
            told.map(|told| {
                Change::ConfigReloaded(Box::new(Reloaded {
                    revision: key.seq.0,
                    ..told
                }))
            })
        }
        About::Template => {
            template::get(conn, reference)?.map(|t| Change::TemplateUpdated(Box::new(t)))
        }
        About::Reply => reply::get(conn, reference)?.map(|r| Change::ReplyUpdated(Box::new(r))),
        About::Reset => Some(Change::Reset),
    })
}

fn keys(conn: &Connection, after: Seq) -> Result<Vec<Key>, StoreError> {
    let mut statement = conn.prepare_cached(AFTER)?;
    let mut rows = statement.query([after.0])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        let Some(about) = About::from_code(row.get(2)?) else {
            continue;
        };
        keys.push(Key {
            seq: Seq(row.get(0)?),
            org: row.get(1)?,
            about,
            reference: row.get(3)?,
        });
    }
    Ok(keys)
}

/// Whether the asker may hear of it as it is now: its number may be another organisation's by now.
fn may_hear(view: &View<'_>, key: &Key, change: &Change) -> Result<bool, StoreError> {
    let org = match change {
        Change::MessageNew(message) | Change::MessageUpdated(message) => view
            .conn
            .prepare_cached("SELECT org FROM numbers WHERE id = ?1")?
            .query_row([message.number_id.0], |row| row.get(0).map(OrgId))
            .optional()?,
        Change::ChatUpdated(chat) => Some(chat.org_id),
        Change::NumberUpdated(number) => Some(number.org_id),
        Change::TemplateUpdated(template) => Some(template.org_id),
        Change::ReplyUpdated(reply) => Some(reply.org_id),
        _ => key.org.map(OrgId),
    };
    if change.is_shared() {
        return Ok(view.scope.sees(org));
    }
    Ok(view.scope.hears(org, change.number()))
}

/// Whether a later event tells of the same object. A new message is told where it came.
const fn comes_again(change: &Change, seq: Seq) -> bool {
    match change {
        Change::MessageUpdated(m) => m.revision > seq.0,
        Change::ChatUpdated(c) => c.revision > seq.0,
        Change::NumberUpdated(n) => n.revision > seq.0,
        Change::TemplateUpdated(t) => t.revision > seq.0,
        Change::ReplyUpdated(r) => r.revision > seq.0,
        _ => false,
    }
}

#[cfg(test)]
pub(crate) const PLANS: [&str; 1] = [AFTER];
