//! What a person should know, the configuration read again, and old things swept away.

use std::sync::Arc;

use std::time::Duration;

use common::api::event::{Notice, Reloaded, Severity};
use common::id::{NumberId, OrgId};
use rusqlite::params;
use sha2::{Digest, Sha256};

use crate::fact::told::Noticed;
use crate::store::apply::Done;
use crate::store::apply::batch::{About, Batch};
use crate::store::apply::memory::Num;
use crate::store::error::StoreError;
use crate::store::row::code;
use crate::store::row::content;
use crate::store::scope::Scope;

const DAY: Duration = Duration::from_hours(24);
/// How long events, orphaned reports and notices are kept.
const KEEP_EVENTS: Duration = Duration::from_hours(7 * 24);
const KEEP_NOTICES: Duration = Duration::from_hours(90 * 24);
/// How much one sweep takes away, so that it never holds up a webhook for long.
const BODIES: i64 = 1_000;
const ROWS: i64 = 5_000;

/// The code of the row that carries a re-read configuration.
pub(crate) const RELOADED: &str = "config.reloaded";

/// Something a person should know; the same again is nothing.
pub(crate) fn noticed(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &Noticed,
) -> Result<Done, StoreError> {
    let told: Vec<Arc<Num>> = batch.told_numbers(scope).cloned().collect();
    let number = fact
        .number
        .as_ref()
        .and_then(|id| told.iter().find(|n| n.phone_number_id == id.as_str()))
        .or_else(|| {
            shown(fact).and_then(|ours| told.iter().find(|n| n.digits == Some(ours.clone())))
        });
    let of_waba = || {
        fact.waba
            .as_ref()
            .and_then(|waba| told.iter().find(|n| n.waba == waba.as_str()))
    };
    let org = number
        .or_else(of_waba)
        .map(|n| n.org)
        .or_else(|| only_org(&told));
    let notice = Notice {
        code: fact.code.clone(),
        sentence: fact.sentence.clone(),
        severity: fact.severity,
        org_id: org.map(OrgId),
        number_id: number.map(|n| NumberId(n.id)),
        detail: fact.detail.clone(),
        revision: 0,
    };
    let concerned = number.cloned();
    // People look for what is new here, however long Meta kept it.
    insert(batch, &notice, fact.fingerprint)?;
    // What the daemon itself has to tell is no sign of life from Meta.
    if let Some(number) = concerned.filter(|_| !scope.sees(None)) {
        batch.heard(&number)?;
    }
    Ok(Done::Nothing)
}

/// The digits of the number that a notice shows where it does not name its id.
fn shown(fact: &Noticed) -> Option<String> {
    let shown = fact
        .detail
        .as_ref()?
        .get("display_phone_number")?
        .as_str()?;
    Some(shown.chars().filter(char::is_ascii_digit).collect())
}

/// Tells once that a notification spoke of a number that is not ours.
pub(crate) fn unknown_number(batch: &mut Batch<'_>, meta_id: &str) -> Result<(), StoreError> {
    let mut digest = Sha256::new();
    digest.update(b"unknown_number");
    digest.update(meta_id);
    let digest = digest.finalize();
    let mut fingerprint = [0; 16];
    fingerprint
        .iter_mut()
        .zip(digest.iter())
        .for_each(|(to, from)| *to = *from);
    let notice = Notice {
        code: "unknown_number".to_owned(),
        sentence: "Meta delivered something for a number that was not added here, or not with \
                   this app. It is kept; add the number and it will be read."
            .to_owned(),
        severity: Severity::Warning,
        org_id: None,
        number_id: None,
        detail: Some(serde_json::json!({ "phone_number_id": meta_id })),
        revision: 0,
    };
    insert(batch, &notice, fingerprint)
}

/// The configuration was read again.
pub(crate) fn reloaded(batch: &mut Batch<'_>, fact: &Reloaded) -> Result<Done, StoreError> {
    let mut fingerprint = [0; 16];
    let unique = batch
        .next_seq()
        .to_be_bytes()
        .into_iter()
        .chain(batch.now.millis().to_be_bytes());
    fingerprint
        .iter_mut()
        .zip(unique)
        .for_each(|(to, from)| *to = from);
    let revision = batch.next_seq();
    batch
        .conn
        .prepare_cached(
            "INSERT INTO notices (code, sentence, severity, detail, fingerprint, at, revision) \
             VALUES (?1, '', 0, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            RELOADED,
            content::to_json(fact)?,
            fingerprint,
            batch.now.millis(),
            revision
        ])?;
    let id = batch.conn.last_insert_rowid();
    batch.touch(About::Reloaded, None, id);
    Ok(Done::Nothing)
}

/// Old things go, a bounded piece at a time.
pub(crate) fn swept(batch: &Batch<'_>) -> Result<Done, StoreError> {
    let ago = |span: Duration| batch.now.minus(span).millis();
    let bodies = ago(DAY * batch.journal_days);
    let sweep = |sql: &str, before: i64, most: i64| -> Result<(), StoreError> {
        batch.conn.prepare_cached(sql)?.execute([before, most])?;
        Ok(())
    };
    // The inner queries read from the oldest row on and stop after so many, whatever they find.
    sweep(
        "DELETE FROM journal WHERE id IN (SELECT id FROM (SELECT id, at, unread FROM journal \
         ORDER BY id LIMIT ?2) WHERE unread = 0 AND at < ?1)",
        bodies,
        BODIES,
    )?;
    // The newest event stays for ever: the next number is counted from it.
    sweep(
        "DELETE FROM events WHERE seq IN (SELECT seq FROM events \
         WHERE seq <= (SELECT seq FROM marks WHERE at < ?1 ORDER BY at DESC LIMIT 1) \
         ORDER BY seq LIMIT ?2) AND seq < (SELECT max(seq) FROM events)",
        ago(KEEP_EVENTS),
        ROWS,
    )?;
    sweep(
        "DELETE FROM marks WHERE at IN (SELECT at FROM marks WHERE at < ?1 ORDER BY at LIMIT ?2)",
        ago(KEEP_EVENTS * 2),
        ROWS,
    )?;
    batch
        .conn
        .prepare_cached(
            "INSERT OR REPLACE INTO marks (at, seq) SELECT ?1, coalesce(max(seq), 0) FROM events",
        )?
        .execute([batch.now.millis()])?;
    sweep(
        "DELETE FROM orphans WHERE id IN (SELECT id FROM (SELECT id, at FROM orphans \
         ORDER BY id LIMIT ?2) WHERE at < ?1)",
        ago(KEEP_EVENTS),
        ROWS,
    )?;
    sweep(
        "DELETE FROM notices WHERE id IN (SELECT id FROM (SELECT id, at FROM notices \
         ORDER BY id LIMIT ?2) WHERE at < ?1)",
        ago(KEEP_NOTICES),
        ROWS,
    )?;
    Ok(Done::Nothing)
}

fn insert(batch: &mut Batch<'_>, notice: &Notice, fingerprint: [u8; 16]) -> Result<(), StoreError> {
    let revision = batch.next_seq();
    let new = batch
        .conn
        .prepare_cached(
            "INSERT OR IGNORE INTO notices (org, number, code, sentence, severity, detail, \
             fingerprint, at, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            notice.org_id.map(|o| o.0),
            notice.number_id.map(|n| n.0),
            notice.code,
            notice.sentence,
            code::of_severity(notice.severity),
            notice.detail.as_ref().map(content::to_json).transpose()?,
            fingerprint,
            batch.now.millis(),
            revision
        ])?;
    if new > 0 {
        let id = batch.conn.last_insert_rowid();
        batch.touch(About::Notice, notice.org_id.map(|o| o.0), id);
    }
    Ok(())
}

/// The organisation, where all that a secret may speak of is of one.
fn only_org(told: &[Arc<Num>]) -> Option<i64> {
    let first = told.first()?.org;
    told.iter().all(|n| n.org == first).then_some(first)
}
