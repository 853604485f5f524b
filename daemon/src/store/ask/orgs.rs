//! Organisations.
use crate::store::ask::View;
use crate::store::error::StoreError;
use common::model::org::Org;
/// Organisations that the asker sees.
pub fn list(_view: &View<'_>) -> Result<Vec<Org>, StoreError> {
    Err(StoreError::Closed)
}
