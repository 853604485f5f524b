//! Credentials sealed anew: all of them in one transaction, each only where it is still what it was.

use rusqlite::params;

use crate::fact::Resealed;
use crate::store::apply::Done;
use crate::store::apply::batch::Batch;
use crate::store::ask::sealed::PLACES;
use crate::store::error::StoreError;

/// Puts what was sealed anew in the place of what it was made from.
pub(crate) fn resealed(batch: &mut Batch<'_>, all: &[Resealed]) -> Result<Done, StoreError> {
    for one in all {
        let Some((table, column)) = PLACES.get(one.place) else {
            continue;
        };
        batch
            .conn
            .prepare_cached(&format!(
                "UPDATE {table} SET {column} = ?3 WHERE rowid = ?1 AND {column} = ?2"
            ))?
            .execute(params![one.row, one.from.0, one.to.0])?;
    }
    Ok(Done::Nothing)
}
