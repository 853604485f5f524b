//! Chats that were put off and are back: every console is told, whether it has them in its list or not.

use common::time::Stamp;
use rusqlite::params;

use crate::store::apply::batch::Batch;
use crate::store::apply::{Done, chat};
use crate::store::error::StoreError;

/// Says that the chats changed whose moment came in between.
pub(crate) fn came_back(
    batch: &mut Batch<'_>,
    after: Stamp,
    until: Stamp,
) -> Result<Done, StoreError> {
    let back: Vec<(i64, i64)> = batch
        .conn
        .prepare_cached(
            "SELECT c.id, nu.org FROM chats c JOIN numbers nu ON nu.id = c.number \
             WHERE c.snoozed_until IS NOT NULL AND c.snoozed_until > ?1 \
             AND c.snoozed_until <= ?2 ORDER BY c.snoozed_until, c.id",
        )?
        .query_map(params![after.millis(), until.millis()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<Result<_, _>>()?;
    for (id, org) in back {
        chat::touch(batch, org, id)?;
    }
    Ok(Done::Nothing)
}
