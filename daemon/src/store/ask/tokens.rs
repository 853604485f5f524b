//! Bearer tokens of the TCP API.
use crate::store::ask::View;
use crate::store::error::StoreError;
use common::api::tokens::Token;
/// Tokens, without their words.
pub fn list(_view: &View<'_>) -> Result<Vec<Token>, StoreError> {
    Err(StoreError::Closed)
}
/// The token of this hash; only for the daemon's own scope.
pub fn by_hash(_view: &View<'_>, _hash: &[u8; 32]) -> Result<Option<Token>, StoreError> {
    Err(StoreError::Closed)
}
