//! A customer's number or id changed at WhatsApp: the old name leads to them no more.

use common::time::Stamp;
use rusqlite::params;

use crate::fact::told::Renamed;
use crate::store::apply::batch::Batch;
use crate::store::apply::{Done, UNKNOWN_NUMBER, identity};
use crate::store::error::StoreError;
use crate::store::scope::Scope;

/// A customer's number or id changed.
pub(crate) fn renamed(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &Renamed,
) -> Result<Done, StoreError> {
    let Some(number) = identity::told(batch, scope, fact.number.as_ref())? else {
        return Ok(Done::Unread(UNKNOWN_NUMBER.to_owned()));
    };
    let (old, new) = (identity::names(&fact.old), identity::names(&fact.new));
    let Some(known) = identity::find(batch, number.org, &old)? else {
        return Ok(Done::Nothing);
    };
    // One that is told again, or late, must not bring an older name back.
    let at = fact.timestamp.map_or(batch.now.millis(), Stamp::millis);
    let last: Option<i64> = batch
        .conn
        .prepare_cached("SELECT renamed_at FROM customers WHERE id = ?1")?
        .query_row([known], |row| row.get(0))?;
    if last.is_some_and(|last| last > at) {
        return Ok(Done::Nothing);
    }
    batch
        .conn
        .prepare_cached("UPDATE customers SET renamed_at = ?2 WHERE id = ?1")?
        .execute([known, at])?;
    batch.forget_people();
    // The old number may belong to somebody else tomorrow, so it finds this customer no more.
    for (kind, value) in &old {
        let replaced = new.iter().any(|(k, v)| k == kind && v != value);
        if replaced {
            batch
                .conn
                .prepare_cached(
                    "DELETE FROM identities WHERE org = ?1 AND kind = ?2 AND value = ?3 \
                     AND customer = ?4",
                )?
                .execute(params![number.org, kind, value, known])?;
        }
    }
    // Told again, after they came under a still newer name: that one stays.
    let mut news = false;
    for (kind, value) in &new {
        news |= identity::lookup(batch, number.org, *kind, value)? != Some(known);
    }
    if !news {
        return Ok(Done::Nothing);
    }
    if fact.new.wa_id.is_some() {
        let mut card = identity::card(batch, known)?;
        let phone = identity::phone_of(&fact.new);
        if card.phone != phone {
            card.phone = phone;
            identity::save(batch, number.org, known, &card)?;
        }
    }
    let survivor = match identity::find(batch, number.org, &new)? {
        Some(other) if other != known => identity::merge(batch, number.org, known, other)?,
        _ => known,
    };
    identity::learn(batch, number.org, survivor, &fact.new)?;
    Ok(Done::Nothing)
}
