//! How numbers are doing: the last examination, the days of quality.

use common::id::NumberId;
use common::model::check::Diagnosis;
use common::time::Stamp;
use rusqlite::OptionalExtension;

use crate::store::ask::{View, numbers};
use crate::store::error::StoreError;
use crate::store::row::content;

/// What the last examination of a number found; nothing where there was none, or no such number.
pub fn diagnosis(view: &View<'_>, id: NumberId) -> Result<Option<Diagnosis>, StoreError> {
    if numbers::get(view, id)?.is_none() {
        return Ok(None);
    }
    let kept: Option<(i64, String)> = view
        .conn
        .prepare_cached("SELECT at, checks FROM diagnoses WHERE number = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    kept.map(|(at, checks)| {
        Ok(Diagnosis {
            number_id: id,
            at: Stamp::from_millis(at),
            checks: content::parse(&checks)?,
        })
    })
    .transpose()
}
