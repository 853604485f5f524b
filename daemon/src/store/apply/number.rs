//! Numbers: added, changed, told of, paused, removed.

use std::sync::Arc;

use common::api::problem::{Code, Problem};
use common::id::NumberId;
use common::model::health::Health;
use common::model::message::SendError;
use common::model::number::NumberStatus;
use common::phone::Phone;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};

use crate::fact::template::Account;
use crate::fact::told::NumberTold;
use crate::fact::{NumberAdded, NumberPatched, NumberProfile};
use crate::store::apply::batch::{About, Batch};
use crate::store::apply::memory::Num;
use crate::store::apply::{Done, UNKNOWN_NUMBER, org, outbox, template};
use crate::store::error::StoreError;
use crate::store::row::{code, content};
use crate::store::scope::Scope;

/// A new number; one that this organisation removed before comes back with its history.
pub(crate) fn added(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &NumberAdded,
) -> Result<Done, StoreError> {
    org::seen(batch, scope, fact.org)?;
    if scope.is_narrow(fact.org) {
        return Err(StoreError::refuse(
            Code::Forbidden,
            "You answer for some numbers of this organisation only and may not add others.",
        ));
    }
    let active: Option<(i64, String)> = batch
        .conn
        .prepare_cached(
            "SELECT org, label FROM numbers WHERE phone_number_id = ?1 AND removed_at IS NULL",
        )?
        .query_row([fact.phone_number_id.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    if let Some((org, label)) = active {
        let detail = if org == fact.org.0 {
            format!("This number is here already, as {label}.")
        } else {
            "This number is worked for by another organisation: remove it there first.".to_owned()
        };
        return Err(StoreError::Refused(
            Problem::new(Code::Conflict, detail).field("phone_number_id"),
        ));
    }
    label_free(batch, fact.org.0, &fact.label, 0)?;
    batch
        .conn
        .prepare_cached(
            "INSERT INTO numbers (org, label, transport, phone, phone_number_id, waba_id, app_id, \
             access_token, app_secret, verify_token, status, revision) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0) \
             ON CONFLICT (org, phone_number_id) DO UPDATE SET label = excluded.label, \
             transport = excluded.transport, phone = coalesce(excluded.phone, phone), \
             waba_id = excluded.waba_id, app_id = excluded.app_id, \
             access_token = excluded.access_token, app_secret = excluded.app_secret, \
             app_secret_old = NULL, verify_token = excluded.verify_token, \
             status = excluded.status, error = NULL, removed_at = NULL",
        )?
        .execute(params![
            fact.org.0,
            fact.label,
            code::of_transport(fact.transport),
            fact.phone.as_ref().map(Phone::as_str),
            fact.phone_number_id.as_str(),
            fact.waba_id.as_str(),
            fact.app_id.as_str(),
            fact.access_token.0,
            fact.app_secret.0,
            fact.verify_token.0,
            code::of_number_status(NumberStatus::Pending)
        ])?;
    let id: i64 = batch
        .conn
        .prepare_cached("SELECT id FROM numbers WHERE org = ?1 AND phone_number_id = ?2")?
        .query_row(params![fact.org.0, fact.phone_number_id.as_str()], |row| {
            row.get(0)
        })?;
    changed(batch, fact.org.0, id)?;
    let account = Account {
        org: fact.org,
        waba: fact.waba_id.clone(),
    };
    template::want(batch, &account)?;
    Ok(Done::Number(id))
}

/// A number's label, pause or credentials changed.
pub(crate) fn patched(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &NumberPatched,
) -> Result<Done, StoreError> {
    let number = seen(batch, scope, fact.number.unwrap_or(NumberId(0)))?;
    let mut sets: Vec<(&str, Value)> = Vec::new();
    if let Some(label) = &fact.label {
        label_free(batch, number.org, label, number.id)?;
        sets.push(("label = ?", Value::Text(label.clone())));
    }
    match fact.paused {
        Some(true) => sets.push(("status = ?", status_value(NumberStatus::Disconnected))),
        Some(false) if number.status == NumberStatus::Disconnected => {
            sets.push(("status = ?", status_value(NumberStatus::Pending)));
            sets.push(("error = ?", Value::Null));
        }
        Some(false) | None => {}
    }
    if let Some(token) = &fact.access_token {
        sets.push(("access_token = ?", Value::Blob(token.0.clone())));
        if number.status == NumberStatus::Error {
            sets.push(("status = ?", status_value(NumberStatus::Pending)));
            sets.push(("error = ?", Value::Null));
        }
    }
    if let Some(secret) = &fact.app_secret {
        // Meta signs with the old one until somebody resets it there.
        batch
            .conn
            .prepare_cached("UPDATE numbers SET app_secret_old = app_secret WHERE id = ?1")?
            .execute([number.id])?;
        sets.push(("app_secret = ?", Value::Blob(secret.0.clone())));
    }
    if let Some(token) = &fact.verify_token {
        sets.push(("verify_token = ?", Value::Blob(token.0.clone())));
    }
    set(batch, number.id, sets)?;
    changed(batch, number.org, number.id)?;
    batch.wake_outbox();
    Ok(Done::Number(number.id))
}

/// A number is no longer worked for. What waited fails; the history stays.
pub(crate) fn removed(
    batch: &mut Batch<'_>,
    scope: &Scope,
    number: NumberId,
) -> Result<Done, StoreError> {
    let number = seen(batch, scope, number)?;
    let error = SendError {
        word: Some("number-removed".to_owned()),
        title: "The number was removed".to_owned(),
        advice: "Add the number again, or write from another one.".to_owned(),
        ..SendError::default()
    };
    outbox::refuse_all(batch, number.id, &error)?;
    // The sealed credentials go; nothing of them may outlive the number.
    batch
        .conn
        .prepare_cached(
            "UPDATE numbers SET removed_at = ?2, status = ?3, error = NULL, access_token = x'', \
             app_secret = x'', app_secret_old = NULL, verify_token = x'' WHERE id = ?1",
        )?
        .execute(params![
            number.id,
            batch.now.millis(),
            code::of_number_status(NumberStatus::Disconnected)
        ])?;
    batch
        .conn
        .prepare_cached("DELETE FROM receipts WHERE number = ?1")?
        .execute([number.id])?;
    changed(batch, number.org, number.id)?;
    Ok(Done::Number(number.id))
}

/// A number works again, or no longer does. A pause stays what it is.
pub(crate) fn stood(
    batch: &mut Batch<'_>,
    number: NumberId,
    status: NumberStatus,
    error: Option<&str>,
) -> Result<Done, StoreError> {
    let number = seen(batch, &Scope::daemon(), number)?;
    if number.status == NumberStatus::Disconnected {
        return Ok(Done::Nothing);
    }
    let mut sets = vec![
        ("status = ?", status_value(status)),
        (
            "error = ?",
            error.map_or(Value::Null, |e| Value::Text(e.to_owned())),
        ),
    ];
    if status == NumberStatus::Connected {
        sets.push(("verified_at = ?", Value::Integer(batch.now.millis())));
    }
    set(batch, number.id, sets)?;
    changed(batch, number.org, number.id)?;
    batch.wake_outbox();
    Ok(Done::Nothing)
}

/// What Meta answered about a number.
pub(crate) fn profile(
    batch: &mut Batch<'_>,
    number: NumberId,
    profile: &NumberProfile,
) -> Result<Done, StoreError> {
    let number = seen(batch, &Scope::daemon(), number)?;
    let mut sets = told_sets(&[
        ("phone = ?", profile.phone.as_ref().map(Phone::as_str)),
        ("verified_name = ?", profile.verified_name.as_deref()),
        ("quality_rating = ?", profile.quality_rating.as_deref()),
        ("messaging_limit = ?", profile.messaging_limit.as_deref()),
        ("throughput = ?", profile.throughput.as_deref()),
    ]);
    sets.push(("verified_at = ?", Value::Integer(batch.now.millis())));
    sets.push(("last_sync_at = ?", Value::Integer(batch.now.millis())));
    set(batch, number.id, sets)?;
    changed(batch, number.org, number.id)?;
    Ok(Done::Number(number.id))
}

/// What a notification tells of a number, or of every number of an account.
pub(crate) fn told(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &NumberTold,
) -> Result<Done, StoreError> {
    let concerned: Vec<Arc<Num>> = batch
        .told_numbers(scope)
        .filter(
            |n| match (&fact.number, &fact.display_phone_number, &fact.waba) {
                (Some(id), _, _) => n.phone_number_id == id.as_str(),
                (None, Some(digits), _) => n.digits.as_deref() == Some(&only_digits(digits)),
                (None, None, Some(waba)) => n.waba == waba.as_str(),
                (None, None, None) => false,
            },
        )
        .cloned()
        .collect();
    if concerned.is_empty() {
        return Ok(Done::Unread(UNKNOWN_NUMBER.to_owned()));
    }
    for number in concerned {
        batch.heard(&number)?;
        let sets = told_sets(&[
            ("quality_rating = ?", fact.quality_rating.as_deref()),
            ("messaging_limit = ?", fact.messaging_limit.as_deref()),
            ("throughput = ?", fact.throughput.as_deref()),
            ("verified_name = ?", fact.verified_name.as_deref()),
        ]);
        if !sets.is_empty() {
            set(batch, number.id, sets)?;
            changed(batch, number.org, number.id)?;
        }
    }
    Ok(Done::Nothing)
}

fn told_sets<'a>(told: &[(&'a str, Option<&str>)]) -> Vec<(&'a str, Value)> {
    told.iter()
        .filter_map(|(column, value)| value.map(|v| (*column, Value::Text(v.to_owned()))))
        .collect()
}

fn only_digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

const fn status_value(status: NumberStatus) -> Value {
    Value::Integer(code::of_number_status(status))
}

fn set(batch: &Batch<'_>, number: i64, sets: Vec<(&str, Value)>) -> Result<(), StoreError> {
    if sets.is_empty() {
        return Ok(());
    }
    let (columns, mut values): (Vec<&str>, Vec<Value>) = sets.into_iter().unzip();
    values.push(Value::Integer(number));
    let sql = format!("UPDATE numbers SET {} WHERE id = ?", columns.join(", "));
    batch
        .conn
        .prepare_cached(&sql)?
        .execute(params_from_iter(values))?;
    Ok(())
}

pub(crate) fn changed(batch: &mut Batch<'_>, org: i64, number: i64) -> Result<(), StoreError> {
    let revision = batch.touch(About::Number, Some(org), number);
    batch
        .conn
        .prepare_cached("UPDATE numbers SET revision = ?2 WHERE id = ?1")?
        .execute([number, revision])?;
    batch.numbers_changed()
}

/// How a number is doing, as it is kept.
pub(crate) fn health(batch: &Batch<'_>, number: i64) -> Result<Health, StoreError> {
    let kept: Option<String> = batch
        .conn
        .prepare_cached("SELECT health FROM numbers WHERE id = ?1")?
        .query_row([number], |row| row.get(0))?;
    Ok(kept
        .and_then(|kept| content::parse(&kept).ok())
        .unwrap_or_default())
}

/// Keeps how a number is doing, and tells where that is news.
pub(crate) fn set_health(
    batch: &mut Batch<'_>,
    number: &Num,
    health: &Health,
) -> Result<(), StoreError> {
    batch
        .conn
        .prepare_cached("UPDATE numbers SET health = ?2 WHERE id = ?1")?
        .execute(params![number.id, content::to_json(health)?])?;
    changed(batch, number.org, number.id)
}

pub(crate) fn seen(
    batch: &Batch<'_>,
    scope: &Scope,
    number: NumberId,
) -> Result<Arc<Num>, StoreError> {
    batch
        .number(scope, number.0)
        .filter(|n| !n.removed)
        .ok_or_else(|| StoreError::missing("number"))
}

fn label_free(batch: &Batch<'_>, org: i64, label: &str, but: i64) -> Result<(), StoreError> {
    let taken = batch
        .conn
        .prepare_cached(
            "SELECT 1 FROM numbers WHERE org = ?1 AND label = ?2 AND removed_at IS NULL AND id <> ?3",
        )?
        .exists(params![org, label, but])?;
    if taken {
        return Err(StoreError::Refused(
            Problem::new(
                Code::Conflict,
                format!("Another number is called {label} already."),
            )
            .field("label"),
        ));
    }
    Ok(())
}
