//! How numbers are doing: what an examination found.

use common::model::check::{Diagnosis, Hop, Verdict};
use rusqlite::params;

use crate::store::apply::batch::Batch;
use crate::store::apply::{Done, number};
use crate::store::error::StoreError;
use crate::store::row::content;
use crate::store::scope::Scope;

/// A number was examined: the newest diagnosis is kept, and the first hop that broke is its mark.
pub(crate) fn diagnosed(batch: &mut Batch<'_>, fact: &Diagnosis) -> Result<Done, StoreError> {
    let found = number::seen(batch, &Scope::daemon(), fact.number_id)?;
    batch
        .conn
        .prepare_cached(
            "INSERT INTO diagnoses (number, at, checks) VALUES (?1, ?2, ?3) \
             ON CONFLICT (number) DO UPDATE SET at = excluded.at, checks = excluded.checks",
        )?
        .execute(params![
            found.id,
            fact.at.millis(),
            content::to_json(&fact.checks)?
        ])?;
    let way = fact.checks.iter().take(Hop::WAY);
    let broken = way
        .filter(|check| check.verdict == Verdict::Failed)
        .map(|check| check.check);
    let mut health = number::health(batch, found.id)?;
    health.broken = { broken }.next();
    number::set_health(batch, &found, &health)?;
    Ok(Done::Number(found.id))
}
