//! How the database is, and what a person should know.
use crate::store::ask::View;
use crate::store::error::StoreError;
use common::api::event::Notice;
use common::api::status::DatabaseStatus;
use common::time::Stamp;
/// Path, size and schema.
pub fn database(_view: &View<'_>) -> Result<DatabaseStatus, StoreError> {
    Err(StoreError::Closed)
}
/// When Meta last delivered something genuine.
pub fn last_received(_view: &View<'_>) -> Result<Option<Stamp>, StoreError> {
    Err(StoreError::Closed)
}
/// Notices since a moment, newest first, at most 100.
pub fn notices(_view: &View<'_>, _since: Stamp) -> Result<Vec<Notice>, StoreError> {
    Err(StoreError::Closed)
}
