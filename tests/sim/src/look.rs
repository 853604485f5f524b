//! What the handle sees and waits for: accepted sends, read marks, refusals, counts, quiet.

use std::sync::Arc;
use std::time::Duration;

use crate::ledger::{Accepted, Counts, ReadMark, Refused, TimedOut};
use crate::sim::Sim;

impl Sim {
    /// Every accepted send so far. The entries are shared, not copied.
    pub fn accepted(&self) -> Vec<Arc<Accepted>> {
        self.accepted_from(0)
    }

    /// Accepted sends from a place in the ledger on.
    pub fn accepted_from(&self, index: usize) -> Vec<Arc<Accepted>> {
        self.world.ledger.accepted_from(index)
    }

    /// How many sends were accepted.
    pub fn accepted_count(&self) -> usize {
        self.world.ledger.accepted_count()
    }

    /// The accepted send with this id.
    pub fn accepted_by_wamid(&self, wamid: &str) -> Option<Arc<Accepted>> {
        self.world.ledger.by_wamid(wamid)
    }

    /// Every read mark so far.
    pub fn read_marks(&self) -> Vec<ReadMark> {
        self.world.ledger.marks()
    }

    /// The latest refusals, a thousand at most.
    pub fn refused(&self) -> Vec<Refused> {
        self.world.ledger.refused()
    }

    /// How often what happened.
    pub fn counts(&self) -> Counts {
        self.world.ledger.counts()
    }

    /// The first accepted send, past or to come, that fits.
    pub async fn wait_accepted(
        &self,
        fits: impl Fn(&Accepted) -> bool,
        timeout: Duration,
    ) -> Result<Arc<Accepted>, TimedOut> {
        let mut seen = 0;
        let look = |ledger: &crate::ledger::Ledger| {
            let fresh = ledger.accepted_from(seen);
            seen += fresh.len();
            fresh.into_iter().find(|accepted| fits(accepted))
        };
        self.world.ledger.wait(timeout, look).await
    }

    /// Comes back when so many sends were accepted since the start.
    pub async fn wait_accepted_count(
        &self,
        count: usize,
        timeout: Duration,
    ) -> Result<(), TimedOut> {
        let look =
            |ledger: &crate::ledger::Ledger| (ledger.accepted_count() >= count).then_some(());
        self.world.ledger.wait(timeout, look).await
    }

    /// The first read mark, past or to come, that fits.
    pub async fn wait_read_mark(
        &self,
        fits: impl Fn(&ReadMark) -> bool,
        timeout: Duration,
    ) -> Result<ReadMark, TimedOut> {
        let look =
            |ledger: &crate::ledger::Ledger| ledger.marks().into_iter().find(|mark| fits(mark));
        self.world.ledger.wait(timeout, look).await
    }

    /// Comes back when the counts fit: so many requests, so many webhooks taken, and so on.
    pub async fn wait_counts(
        &self,
        fits: impl Fn(&Counts) -> bool,
        timeout: Duration,
    ) -> Result<Counts, TimedOut> {
        let look = |ledger: &crate::ledger::Ledger| Some(ledger.counts()).filter(|c| fits(c));
        self.world.ledger.wait(timeout, look).await
    }

    /// Comes back when no webhook is under way and no status script is running.
    pub async fn wait_idle(&self, timeout: Duration) -> Result<(), TimedOut> {
        let mut pending = self.world.pending.subscribe();
        let idle = pending.wait_for(|under_way| *under_way == 0);
        match tokio::time::timeout(timeout, idle).await {
            Ok(Ok(_)) => Ok(()),
            _ => Err(TimedOut),
        }
    }
}
