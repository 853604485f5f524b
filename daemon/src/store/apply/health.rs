//! How numbers are doing: what Meta says of them, what an examination found.

use common::model::check::{Diagnosis, Hop, Verdict};
use common::model::health::Health;
use rusqlite::params;

use crate::fact::Looked;
use crate::store::apply::batch::Batch;
use crate::store::apply::{Done, number};
use crate::store::error::StoreError;
use crate::store::row::content;
use crate::store::scope::Scope;

const DAY: i64 = 86_400;

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

/// What Meta said of how a number stands. What was found here stays.
pub(crate) fn looked(batch: &mut Batch<'_>, fact: &Looked) -> Result<Done, StoreError> {
    let found = number::seen(batch, &Scope::daemon(), fact.number)?;
    let kept = number::health(batch, found.id)?;
    let health = Health {
        heard_at: None,
        broken: kept.broken,
        ..fact.health.clone()
    };
    if let Some(rating) = &fact.profile.quality_rating {
        quality(batch, found.id, rating)?;
    }
    number::profile(batch, fact.number, &fact.profile)?;
    number::set_health(batch, &found, &health)?;
    Ok(Done::Number(found.id))
}

/// The worst of a day is what is remembered of it.
fn quality(batch: &Batch<'_>, number: i64, rating: &str) -> Result<(), StoreError> {
    let day = batch.now.seconds().div_euclid(DAY);
    batch
        .conn
        .prepare_cached(
            "INSERT INTO qualities (number, day, rating) VALUES (?1, ?2, ?3) \
             ON CONFLICT (number, day) DO UPDATE SET rating = excluded.rating \
             WHERE instr('UNKNOWN NA GREEN YELLOW RED', excluded.rating) \
             > instr('UNKNOWN NA GREEN YELLOW RED', rating)",
        )?
        .execute(params![number, day, rating])?;
    Ok(())
}
