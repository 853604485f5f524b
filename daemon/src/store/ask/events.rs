//! Events after a sequence number, carrying what is true now.
use crate::store::ask::View;
use crate::store::error::StoreError;
use common::api::event::Event;
use common::id::Seq;
/// At most `limit` events after `seq`, in order; fewer only where there are no more.
pub fn since(_view: &View<'_>, _seq: Seq, _limit: usize) -> Result<Vec<Event>, StoreError> {
    Err(StoreError::Closed)
}
/// The oldest event kept and the newest ever given (zero, zero where there is none).
pub fn bounds(_view: &View<'_>) -> Result<(Seq, Seq), StoreError> {
    Err(StoreError::Closed)
}
