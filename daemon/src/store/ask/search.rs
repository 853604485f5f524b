//! Full-text search, newest first, with snippets.
use crate::store::ask::View;
use crate::store::error::StoreError;
use common::api::page::Page;
use common::api::search::{Hit, SearchQuery};
/// Messages with these words.
pub fn run(_view: &View<'_>, _query: &SearchQuery) -> Result<Page<Hit>, StoreError> {
    Err(StoreError::Closed)
}
