//! What becomes of a send: claimed, accepted, refused, postponed, in doubt.

use std::time::Duration;

use common::id::{ChatId, MessageId, UserId, WaId, Wamid};
use common::model::content::Content;
use common::model::message::SendError;
use common::model::number::NumberStatus;
use common::tick::Status;
use common::time::Stamp;
use rusqlite::params;

use crate::fact::told::Person;
use crate::store::apply::batch::{About, Batch};
use crate::store::apply::queue::number_of;
use crate::store::apply::status::{self, Report};
use crate::store::apply::{Done, amend, chat, number, tally};
use crate::store::error::StoreError;
use crate::store::row::code;
use crate::store::row::content;
use crate::store::row::message::{self, Raw};
use crate::store::wamid::Packed;

/// Meta is never believed when it asks for a longer wait.
const FURTHEST: Duration = Duration::from_hours(1);

/// These messages are about to be given to Meta. Those that are not waiting any more are left out.
pub(crate) fn claimed(batch: &mut Batch<'_>, ids: &[MessageId]) -> Result<Done, StoreError> {
    let mut taken = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(raw) = Raw::by_id(batch.conn, *id)? else {
            continue;
        };
        let claimed = batch
            .conn
            .prepare_cached("UPDATE outbox SET claimed = 1 WHERE message = ?1 AND claimed = 0")?
            .execute([raw.n])?;
        if claimed == 1 {
            step(batch, &raw, Status::Sending)?;
            taken.push(*id);
        }
    }
    Ok(Done::Claimed(taken))
}

/// Meta accepted a message.
pub(crate) fn accepted(
    batch: &mut Batch<'_>,
    id: MessageId,
    wamid: &Wamid,
    reached: Option<&WaId>,
    user: Option<&UserId>,
) -> Result<Done, StoreError> {
    let Some(raw) = Raw::by_id(batch.conn, id)? else {
        return Ok(Done::Nothing);
    };
    let number = number_of(batch, &raw)?;
    status::name(batch, &number, raw.n, &Packed::of(wamid))?;
    let Some(raw) = Raw::by_n(batch.conn, raw.n)? else {
        return Ok(Done::Nothing);
    };
    if raw.status.is_waiting() {
        step(batch, &raw, Status::Sent)?;
    }
    if leave(batch, raw.n)? {
        batch.wake_outbox();
    }
    let person = Person {
        wa_id: reached.cloned(),
        user_id: user.cloned(),
        ..Person::default()
    };
    status::learn(batch, &number, raw.chat, &person)?;
    if matches!(number.status, NumberStatus::Pending | NumberStatus::Error) && !number.removed {
        let id = common::id::NumberId(number.id);
        number::stood(batch, id, NumberStatus::Connected, None)?;
    }
    Ok(Done::Nothing)
}

/// Meta refused a message for good, or we did.
pub(crate) fn refused(
    batch: &mut Batch<'_>,
    id: MessageId,
    error: &SendError,
) -> Result<Done, StoreError> {
    let Some(raw) = Raw::by_id(batch.conn, id)? else {
        return Ok(Done::Nothing);
    };
    leave(batch, raw.n)?;
    batch.wake_outbox();
    if raw.status == Status::Failed {
        return Ok(Done::Nothing);
    }
    let number = number_of(batch, &raw)?;
    let report = Report {
        word: Status::Failed.as_str().to_owned(),
        at: Some(batch.now),
        pricing: None,
        error: Some(error.clone()),
        participant: None,
    };
    status::record(batch, &number, &raw, &report)?;
    take_mark_off(batch, &raw, number.org)?;
    Ok(Done::Nothing)
}

/// A message was not accepted and may be tried again.
pub(crate) fn postponed(
    batch: &mut Batch<'_>,
    id: MessageId,
    due: Stamp,
    error: Option<&SendError>,
    counts: bool,
) -> Result<Done, StoreError> {
    let Some(raw) = Raw::by_id(batch.conn, id)? else {
        return Ok(Done::Nothing);
    };
    let waits = batch
        .conn
        .prepare_cached(
            "UPDATE outbox SET claimed = 0, due = ?2, attempts = attempts + ?3, error = ?4 \
             WHERE message = ?1",
        )?
        .execute(params![
            raw.n,
            due.millis(),
            counts,
            error.map(content::to_json).transpose()?
        ])?;
    if waits > 0 {
        if raw.status == Status::Sending {
            step(batch, &raw, Status::Queued)?;
        }
        batch.wake_outbox();
    }
    Ok(Done::Nothing)
}

/// The answer to a send was lost. It is never sent again by itself.
pub(crate) fn doubtful(batch: &mut Batch<'_>, id: MessageId) -> Result<Done, StoreError> {
    let Some(raw) = Raw::by_id(batch.conn, id)? else {
        return Ok(Done::Nothing);
    };
    doubt(batch, &raw)?;
    Ok(Done::Nothing)
}

/// The daemon starts: whatever was claimed and not answered is in doubt.
pub(crate) fn started(batch: &mut Batch<'_>) -> Result<Done, StoreError> {
    let claimed: Vec<i64> = {
        let mut statement = batch.conn.prepare_cached(
            "SELECT o.message FROM numbers nu CROSS JOIN outbox o \
             ON o.number = nu.id AND o.claimed = 1 ORDER BY nu.id",
        )?;
        let rows = statement.query_map([], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    for n in claimed {
        if let Some(raw) = Raw::by_n(batch.conn, n)? {
            doubt(batch, &raw)?;
        }
    }
    // Nothing is told to wait so long: what seems to was put off by a clock that has been put back since.
    batch
        .conn
        .prepare_cached("UPDATE outbox SET due = ?1 WHERE due > ?2")?
        .execute([batch.now.millis(), batch.now.plus(FURTHEST).millis()])?;
    batch.wake_outbox();
    Ok(Done::Nothing)
}

/// The clock has jumped. What waits was told when by the old reckoning, and goes on waiting for as long as was meant; what was
/// put off by the new one since is left alone.
pub(crate) fn clock_jumped(
    batch: &mut Batch<'_>,
    from: Stamp,
    to: Stamp,
) -> Result<Done, StoreError> {
    let (from, to) = (from.millis(), to.millis());
    let which = if from < to {
        "due > ?1 AND due <= ?2 AND queued_at <= ?1"
    } else {
        "due > ?2"
    };
    batch
        .conn
        .prepare_cached(&format!(
            "UPDATE outbox SET due = due + ?2 - ?1 WHERE claimed = 0 AND {which}"
        ))?
        .execute([from, to])?;
    batch.wake_outbox();
    Ok(Done::Nothing)
}

/// A read receipt reached Meta, or never will.
pub(crate) fn receipt_sent(
    batch: &Batch<'_>,
    chat: ChatId,
    wamid: &Wamid,
) -> Result<Done, StoreError> {
    batch
        .conn
        .prepare_cached("DELETE FROM receipts WHERE chat = ?1 AND wamid = ?2")?
        .execute(params![chat.0, Packed::of(wamid)])?;
    Ok(Done::Nothing)
}

/// Fails everything of a number that waits to be sent.
pub(crate) fn refuse_all(
    batch: &mut Batch<'_>,
    number: i64,
    error: &SendError,
) -> Result<(), StoreError> {
    let waiting: Vec<i64> = {
        let mut statement = batch.conn.prepare_cached(
            "SELECT message FROM outbox WHERE number = ?1 AND claimed = 0 ORDER BY due, message",
        )?;
        let rows = statement.query_map([number], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    for n in waiting {
        if let Some(raw) = Raw::by_n(batch.conn, n)? {
            refused(batch, raw.id, error)?;
        }
    }
    Ok(())
}

fn doubt(batch: &mut Batch<'_>, raw: &Raw) -> Result<(), StoreError> {
    leave(batch, raw.n)?;
    batch.wake_outbox();
    if matches!(raw.status, Status::Queued | Status::Sending) {
        let number = number_of(batch, raw)?;
        let report = Report {
            word: Status::Unknown.as_str().to_owned(),
            at: Some(batch.now),
            pricing: None,
            error: None,
            participant: None,
        };
        status::record(batch, &number, raw, &report)?;
        step(batch, raw, Status::Unknown)?;
    }
    Ok(())
}

/// A step of ours, which needs no report of WhatsApp.
fn step(batch: &mut Batch<'_>, raw: &Raw, status: Status) -> Result<(), StoreError> {
    let org = number_of(batch, raw)?.org;
    tally::moved(batch, raw, status, None)?;
    let revision = batch.touch(About::Message, Some(org), raw.n);
    batch
        .conn
        .prepare_cached("UPDATE messages SET status = ?2, revision = ?3 WHERE n = ?1")?
        .execute(params![raw.n, code::of_status(status), revision])?;
    chat::touch_if_last(batch, org, raw.chat, raw.n)
}

/// Takes a message off the outbox; true if it was there.
fn leave(batch: &Batch<'_>, n: i64) -> Result<bool, StoreError> {
    let left = batch
        .conn
        .prepare_cached("DELETE FROM outbox WHERE message = ?1")?
        .execute([n])?;
    Ok(left > 0)
}

/// A reaction that never left does not stay on its message.
fn take_mark_off(batch: &mut Batch<'_>, raw: &Raw, org: i64) -> Result<(), StoreError> {
    let Content::Reaction(reaction) = raw.content()? else {
        return Ok(());
    };
    let Some(target) = reaction.target else {
        return Ok(());
    };
    match message::find(batch.conn, raw.number, &Packed::of(&target))? {
        Some(target) => {
            let at = batch.now;
            amend::mark(batch, (org, target), amend::ME, None, at)
        }
        None => Ok(()),
    }
}
