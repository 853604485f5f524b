//! Updates that wait for company, so that many travel in one POST.

use crate::webhook::Update;

/// Updates that wait for others to travel with.
#[derive(Debug, Default)]
pub(crate) struct Gathering {
    pub(crate) waiting: Vec<Update>,
    /// Counts departures, so that a lingering one knows that its batch has left already.
    pub(crate) departures: u64,
}
