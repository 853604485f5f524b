//! A delivery report merged into its message; one that comes first waits for it.

use common::model::content::{Content, Kind};
use common::model::message::{Pricing, SendError};
use common::tick::Status;
use common::time::Stamp;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::fact::told::{Person, Reported};
use crate::store::apply::batch::{About, Batch};
use crate::store::apply::memory::Num;
use crate::store::apply::{Done, UNKNOWN_NUMBER, chat, desk, identity, tally};
use crate::store::error::StoreError;
use crate::store::row::code::{self, bits, word};
use crate::store::row::content;
use crate::store::row::message::{self, Raw};
use crate::store::scope::Scope;
use crate::store::wamid::Packed;

/// Meta's code where the recipient wants no marketing from this business.
const NO_MARKETING: i64 = 131_050;

/// One report, as far as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) word: String,
    pub(crate) at: Option<Stamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pricing: Option<Pricing>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<SendError>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) participant: Option<String>,
}

/// A report came from WhatsApp.
pub(crate) fn reported(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &Reported,
) -> Result<Done, StoreError> {
    let Some(number) = batch.told_number(scope, fact.number.as_ref()) else {
        return Ok(Done::Unread(UNKNOWN_NUMBER.to_owned()));
    };
    batch.heard(&number)?;
    let wamid = fact.wamid.as_ref().map(Packed::of);
    let report = Report {
        word: fact.word.to_lowercase(),
        at: fact.timestamp,
        pricing: fact.pricing.clone(),
        error: fact.error.clone(),
        participant: fact.participant.clone(),
    };
    let Some(raw) = find(batch, &number, fact, wamid.as_ref())? else {
        let Some(wamid) = wamid else {
            return Ok(Done::Unread("report_without_message".to_owned()));
        };
        batch
            .conn
            .prepare_cached(
                "INSERT OR IGNORE INTO orphans (number, wamid, report, at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                number.id,
                wamid,
                content::to_json(&report)?,
                batch.now.millis()
            ])?;
        return Ok(Done::Nothing);
    };
    if !raw.has(bits::OUTBOUND) {
        return Ok(Done::Nothing);
    }
    let changed = record(batch, &number, &raw, &report)?;
    if raw.wamid.is_none()
        && let Some(wamid) = &wamid
    {
        name(batch, &number, raw.n, wamid)?;
    }
    if changed && fact.participant.is_none() && fact.recipient != Person::default() {
        learn(batch, &number, raw.chat, &fact.recipient)?;
    }
    Ok(Done::Nothing)
}

/// Takes what notifications tell of the customer of a chat.
pub(crate) fn learn(
    batch: &mut Batch<'_>,
    number: &Num,
    chat: i64,
    person: &Person,
) -> Result<(), StoreError> {
    let named = person.wa_id.is_some() || person.user_id.is_some();
    if !named || batch.known_person(number.org, person).is_some() {
        return Ok(());
    }
    if let Some(chat) = chat::by_id(batch, chat)?
        && !identity::is_group(batch, chat.customer)?
    {
        identity::learn_reached(batch, number.org, chat.customer, person)?;
    }
    Ok(())
}

/// Gives a message the id that WhatsApp knows it by, with the reports that waited for it.
pub(crate) fn name(
    batch: &mut Batch<'_>,
    number: &Num,
    n: i64,
    wamid: &Packed,
) -> Result<(), StoreError> {
    match message::find(batch.conn, number.id, wamid)? {
        Some(known) if known == n => return Ok(()),
        Some(other) => {
            if !Raw::by_n(batch.conn, other)?.is_some_and(|raw| raw.has(bits::OUTBOUND)) {
                return Ok(());
            }
            absorb(batch, number, n, other)?;
        }
        None => {}
    }
    let revision = batch.touch(About::Message, Some(number.org), n);
    batch
        .conn
        .prepare_cached("UPDATE messages SET wamid = ?2, revision = ?3 WHERE n = ?1")?
        .execute(params![n, wamid, revision])?;
    adopt(batch, number, n, wamid)
}

/// Merges the reports that came before their message.
pub(crate) fn adopt(
    batch: &mut Batch<'_>,
    number: &Num,
    n: i64,
    wamid: &Packed,
) -> Result<(), StoreError> {
    let mut waiting: Vec<(i64, String)> = {
        let mut statement = batch
            .conn
            .prepare_cached("SELECT id, report FROM orphans WHERE number = ?1 AND wamid = ?2")?;
        let rows = statement.query_map(params![number.id, wamid], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        rows.collect::<Result<_, _>>()?
    };
    waiting.sort_unstable_by_key(|(id, _)| *id);
    for (id, report) in waiting {
        if let Some(raw) = Raw::by_n(batch.conn, n)? {
            record(batch, number, &raw, &content::parse(&report)?)?;
        }
        batch
            .conn
            .prepare_cached("DELETE FROM orphans WHERE id = ?1")?
            .execute([id])?;
    }
    Ok(())
}

/// Keeps a report and merges it; false when it was there already.
pub(crate) fn record(
    batch: &mut Batch<'_>,
    number: &Num,
    raw: &Raw,
    report: &Report,
) -> Result<bool, StoreError> {
    if !keep(batch, raw, report)? {
        return Ok(false);
    }
    if let Some(category) = report.pricing.as_ref().and_then(|p| p.category.as_deref())
        && raw.kind == Kind::Template
        && let Content::Template(template) = raw.content()?
    {
        // What Meta charged a template as is its category.
        let of = (template.name.as_str(), template.language.as_str());
        desk::categorise(batch, number.org, of, category)?;
    }
    let status =
        Status::from_report(&report.word).map_or(raw.status, |reported| raw.status.merge(reported));
    settle(batch, number, raw, status)?;
    Ok(true)
}

/// Gives a message its new status, takes it off the outbox where that settles it, and finds the
/// error that belongs to it.
pub(crate) fn settle(
    batch: &mut Batch<'_>,
    number: &Num,
    raw: &Raw,
    status: Status,
) -> Result<(), StoreError> {
    let revision = batch.touch(About::Message, Some(number.org), raw.n);
    batch
        .conn
        .prepare_cached(
            "UPDATE messages SET status = ?2, bits = bits | ?3, revision = ?4 WHERE n = ?1",
        )?
        .execute(params![
            raw.n,
            code::of_status(status),
            bits::REPORTED,
            revision
        ])?;
    let mut extra = raw.extra()?;
    let error = if status == Status::Failed {
        first_error(batch, raw.n)?
    } else {
        None
    };
    tally::moved(batch, raw, status, error.as_ref())?;
    if error
        .as_ref()
        .is_some_and(|error| error.code == NO_MARKETING)
    {
        desk::refused_marketing(batch, number.org, raw.chat)?;
    }
    if error != extra.error {
        extra.error = error;
        batch
            .conn
            .prepare_cached("UPDATE messages SET extra = ?2 WHERE n = ?1")?
            .execute(params![raw.n, extra.pack()?])?;
    }
    if raw.status.is_waiting() && !status.is_waiting() {
        let left = batch
            .conn
            .prepare_cached("DELETE FROM outbox WHERE message = ?1")?
            .execute([raw.n])?;
        if left > 0 {
            batch.wake_outbox();
        }
    }
    if status == raw.status {
        return Ok(());
    }
    chat::touch_if_last(batch, number.org, raw.chat, raw.n)
}

fn find(
    batch: &Batch<'_>,
    number: &Num,
    fact: &Reported,
    wamid: Option<&Packed>,
) -> Result<Option<Raw>, StoreError> {
    if let Some(id) = fact.message {
        let ours = Raw::by_id(batch.conn, id)?.filter(|raw| raw.number == number.id);
        if ours.is_some() {
            return Ok(ours);
        }
    }
    wamid.map_or(Ok(None), |wamid| {
        Raw::by_wamid(batch.conn, number.id, wamid)
    })
}

/// Adds a report to the message's history, unless it is there.
fn keep(batch: &mut Batch<'_>, raw: &Raw, report: &Report) -> Result<bool, StoreError> {
    let packed = word::pack(&report.word);
    let mut last = 0;
    if raw.has(bits::REPORTED) {
        let mut statement = batch
            .conn
            .prepare_cached("SELECT k, word, at, participant FROM reports WHERE message = ?1")?;
        let mut rows = statement.query([raw.n])?;
        while let Some(row) = rows.next()? {
            last = row.get(0)?;
            let same = row.get::<_, rusqlite::types::Value>(1)? == packed
                && report
                    .at
                    .is_none_or(|at| row.get(2).is_ok_and(|k: i64| k == at.millis()))
                && row.get::<_, Option<String>>(3)? == report.participant;
            if same {
                return Ok(false);
            }
        }
    }
    let pricing = match &report.pricing {
        Some(pricing) => Some(batch.pricing(&content::to_json(pricing)?)?),
        None => None,
    };
    batch
        .conn
        .prepare_cached(
            "INSERT INTO reports (message, k, word, at, pricing, error, participant) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            raw.n,
            last + 1,
            packed,
            report.at.unwrap_or(batch.now).millis(),
            pricing,
            report.error.as_ref().map(content::to_json).transpose()?,
            report.participant
        ])?;
    Ok(true)
}

/// Of several failures the earliest counts, whatever order they came in.
fn first_error(batch: &Batch<'_>, n: i64) -> Result<Option<SendError>, StoreError> {
    let json: Option<String> = batch
        .conn
        .prepare_cached(
            "SELECT error FROM reports WHERE message = ?1 AND error IS NOT NULL \
             ORDER BY at, error LIMIT 1",
        )?
        .query_row([n], |row| row.get(0))
        .optional()?;
    json.as_deref().map(content::parse).transpose()
}

/// Takes an echo out of the figures; what it reached is counted for our own message.
fn uncount(batch: &mut Batch<'_>, n: i64, echo: &Raw) -> Result<(), StoreError> {
    tally::moved(batch, echo, Status::Queued, None)?;
    if let Some(own) = Raw::by_n(batch.conn, n)?
        && code::of_status(echo.status) > code::of_status(own.status)
    {
        let error = echo.extra()?.error;
        tally::moved(batch, &own, echo.status, error.as_ref())?;
    }
    if !echo.has(bits::FOLDED) {
        batch
            .tallies
            .add(echo.number, echo.ts, tally::what::OUTBOUND, -1);
        batch
            .conn
            .prepare_cached("UPDATE chats SET outbound = max(outbound - 1, 0) WHERE id = ?1")?
            .execute([echo.chat])?;
    }
    Ok(())
}

/// An echo of a send came before Meta's answer to it: what was reported of the echo is ours.
fn absorb(batch: &mut Batch<'_>, number: &Num, n: i64, echo: i64) -> Result<(), StoreError> {
    let Some(raw) = Raw::by_n(batch.conn, echo)? else {
        return Ok(());
    };
    batch.index(false, echo, raw.text.as_deref(), (raw.chat, raw.number));
    uncount(batch, n, &raw)?;
    for sql in [
        "INSERT OR IGNORE INTO reports (message, k, word, at, pricing, error, participant) \
         SELECT ?1, k + 1000, word, at, pricing, error, participant FROM reports WHERE message = ?2",
        "UPDATE messages SET status = max(status, (SELECT e.status FROM messages e WHERE e.n = ?2)), \
         bits = bits | (SELECT e.bits & 16 FROM messages e WHERE e.n = ?2) WHERE n = ?1",
        "UPDATE chats SET last_message = ?1 WHERE last_message = ?2 AND id = \
         (SELECT chat FROM messages WHERE n = ?2)",
        "UPDATE OR IGNORE reactions SET message = ?1 WHERE message = ?2",
        "UPDATE aliases SET message = ?1 WHERE message = ?2 AND number = \
         (SELECT number FROM messages WHERE n = ?2)",
    ] {
        batch.conn.prepare_cached(sql)?.execute([n, echo])?;
    }
    for sql in [
        "DELETE FROM reports WHERE message = ?1",
        "DELETE FROM messages WHERE n = ?1",
    ] {
        batch.conn.prepare_cached(sql)?.execute([echo])?;
    }
    batch.touch(About::Reset, Some(number.org), number.org);
    chat::touch(batch, number.org, raw.chat)
}
