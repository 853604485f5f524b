//! What is said about an earlier message: a reaction, a change, a revocation.

use std::sync::Arc;

use common::model::content::{Content, Kind, Reaction};
use common::model::message::{Direction, Original};
use common::time::Stamp;
use rusqlite::params;

use crate::fact::told::{Edited, Person, Received, Revoked};
use crate::store::apply::batch::{About, Batch};
use crate::store::apply::memory::Num;
use crate::store::apply::{Done, UNKNOWN_NUMBER, chat, inbound};
use crate::store::error::StoreError;
use crate::store::row::code::{self, bits};
use crate::store::row::content;
use crate::store::row::message::{self, Extra, Raw};
use crate::store::scope::Scope;
use crate::store::wamid::Packed;

/// Who put a mark, where it was us.
pub(crate) const ME: &str = "me";

/// A reaction: folded onto its message, or listed where that is not known.
pub(crate) fn reacted(
    batch: &mut Batch<'_>,
    number: &Num,
    fact: &Received,
    reaction: &Reaction,
) -> Result<(), StoreError> {
    let target = match &reaction.target {
        Some(wamid) => message::find(batch.conn, number.id, &Packed::of(wamid))?,
        None => None,
    };
    let Some(target) = target else {
        inbound::store(batch, number, fact, 0)?;
        return Ok(());
    };
    inbound::store(batch, number, fact, bits::FOLDED)?;
    let who = match fact.direction {
        Direction::Outbound => ME.to_owned(),
        Direction::Inbound => who(&fact.person),
    };
    let at = fact.timestamp.unwrap_or(batch.now);
    mark(
        batch,
        (number.org, target),
        &who,
        reaction.emoji.as_deref(),
        at,
    )
}

/// Puts a mark on a message, or takes it off; an older word never replaces a newer one.
pub(crate) fn mark(
    batch: &mut Batch<'_>,
    (org, target): (i64, i64),
    who: &str,
    emoji: Option<&str>,
    at: Stamp,
) -> Result<(), StoreError> {
    let changed = batch
        .conn
        .prepare_cached(
            "INSERT INTO reactions (message, who, emoji, at) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (message, who) DO UPDATE SET emoji = excluded.emoji, at = excluded.at \
             WHERE excluded.at >= at",
        )?
        .execute(params![
            target,
            who,
            emoji.filter(|e| !e.is_empty()),
            at.millis()
        ])?;
    if changed > 0 {
        let revision = batch.touch(About::Message, Some(org), target);
        batch
            .conn
            .prepare_cached("UPDATE messages SET bits = bits | ?2, revision = ?3 WHERE n = ?1")?
            .execute(params![target, bits::REACTED, revision])?;
    }
    Ok(())
}

/// A message was changed by its writer: what it said first is kept.
pub(crate) fn edited(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &Edited,
) -> Result<Done, StoreError> {
    let found = match target(batch, scope, &fact.event, fact.target.as_ref())? {
        Found::Nothing(done) => return Ok(done),
        Found::Message(found) => found,
    };
    let (number, raw) = *found;
    let mut extra = raw.extra()?;
    let at = fact.event.timestamp.unwrap_or(batch.now);
    if extra.revoked_at.is_some() || extra.edited_at.is_some_and(|last| last > at) {
        return Ok(Done::Nothing);
    }
    extra.edited_at = Some(at);
    if fact.event.content.kind() == Kind::Unsupported {
        let as_it_was = raw.content()?;
        replace_content(batch, number.org, &raw, &as_it_was, &extra)?;
        return Ok(Done::Nothing);
    }
    keep_original(&raw, &mut extra)?;
    replace_content(batch, number.org, &raw, &fact.event.content, &extra)?;
    Ok(Done::Nothing)
}

/// A message was taken back by its writer: what it said is kept as its original.
pub(crate) fn revoked(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &Revoked,
) -> Result<Done, StoreError> {
    let found = match target(batch, scope, &fact.event, fact.target.as_ref())? {
        Found::Nothing(done) => return Ok(done),
        Found::Message(found) => found,
    };
    let (number, raw) = *found;
    let mut extra = raw.extra()?;
    if extra.revoked_at.is_some() {
        return Ok(Done::Nothing);
    }
    extra.revoked_at = Some(fact.event.timestamp.unwrap_or(batch.now));
    keep_original(&raw, &mut extra)?;
    replace_content(batch, number.org, &raw, &content::emptied(raw.kind), &extra)?;
    Ok(Done::Nothing)
}

/// Gives a message another content and other extras.
pub(crate) fn replace_content(
    batch: &mut Batch<'_>,
    org: i64,
    raw: &Raw,
    new: &Content,
    extra: &Extra,
) -> Result<(), StoreError> {
    let text = new.text();
    let revision = batch.touch(About::Message, Some(org), raw.n);
    batch
        .conn
        .prepare_cached(
            "UPDATE messages SET kind = ?2, text = ?3, content = ?4, extra = ?5, revision = ?6 \
             WHERE n = ?1",
        )?
        .execute(params![
            raw.n,
            code::of_kind(new.kind()),
            text,
            content::pack(new)?,
            extra.pack()?,
            revision
        ])?;
    if text != raw.text {
        batch.index(false, raw.n, raw.text.as_deref(), (raw.chat, raw.number));
        batch.index(true, raw.n, text.as_deref(), (raw.chat, raw.number));
    }
    chat::touch_if_last(batch, org, raw.chat, raw.n)
}

enum Found {
    Nothing(Done),
    Message(Box<(Arc<Num>, Raw)>),
}

/// The message that a change speaks of. Where it is not ours the notification itself is stored, and
/// one that was taken in before does nothing.
fn target(
    batch: &mut Batch<'_>,
    scope: &Scope,
    event: &Received,
    target: Option<&common::id::Wamid>,
) -> Result<Found, StoreError> {
    let Some(number) = batch.told_number(scope, event.number.as_ref()) else {
        return Ok(Found::Nothing(Done::Unread(UNKNOWN_NUMBER.to_owned())));
    };
    batch.heard(&number)?;
    if inbound::known(batch, &number, event)?.is_some() {
        return Ok(Found::Nothing(Done::Nothing));
    }
    let n = match target {
        Some(wamid) => message::find(batch.conn, number.id, &Packed::of(wamid))?,
        None => None,
    };
    let raw = match n {
        Some(n) => Raw::by_n(batch.conn, n)?,
        None => None,
    };
    let Some(raw) = raw else {
        inbound::store(batch, &number, event, 0)?;
        return Ok(Found::Nothing(Done::Nothing));
    };
    let key = inbound::key(event.wamid.as_ref(), event.fingerprint);
    inbound::alias(batch, number.id, &key, raw.n)?;
    Ok(Found::Message(Box::new((number, raw))))
}

fn keep_original(raw: &Raw, extra: &mut Extra) -> Result<(), StoreError> {
    if extra.original.is_none() {
        extra.original = Some(Original {
            content: raw.content()?,
            text: raw.text.clone(),
        });
    }
    Ok(())
}

fn who(person: &Person) -> String {
    person
        .wa_id
        .as_ref()
        .map(|w| format!("+{w}"))
        .or_else(|| person.user_id.as_ref().map(ToString::to_string))
        .or_else(|| person.username.as_ref().map(|u| format!("@{u}")))
        .unwrap_or_default()
}
