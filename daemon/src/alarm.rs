//! Rings when chats that were put off come back, so that every console shows them at once.

use std::sync::Arc;
use std::time::Duration;

use common::time::{Clock, Stamp};
use tokio::sync::watch;
use tokio::time::sleep;

use crate::fact::Fact;
use crate::stop::stopped;
use crate::store::ask::snooze;
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::store::{Commit, Store};

/// What came back while the daemon was away is told once more at its start; who knows it already sees no difference.
const AWAY: Duration = Duration::from_hours(24);
/// While a chat is put off the clock is looked at so often: it may be put on.
const RESTLESS: Duration = Duration::from_mins(1);
/// A clock that stands still makes no haste.
const BREATH: Duration = Duration::from_millis(50);

/// What it works with.
#[derive(Debug)]
pub struct Alarm {
    /// Where the chats are.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl Alarm {
    /// Works until the daemon stops. Idle while no chat is put off.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        tokio::select! {
            () = stopped(&mut stop) => {}
            () = self.wait() => {}
        }
    }

    async fn wait(&self) {
        let mut snoozed = self.store.snoozed();
        let mut told = self.clock.now().minus(AWAY);
        loop {
            let wait = self.ring(&mut told).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "chats that are back could not be told; tried again");
                Some(RESTLESS)
            });
            let rest = async {
                match wait {
                    Some(wait) => sleep(wait).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                Ok(()) = snoozed.changed() => {}
                () = rest => {}
            }
        }
    }

    /// Tells of those that are back; says how long to wait for the next, if any is put off.
    async fn ring(&self, told: &mut Stamp) -> Result<Option<Duration>, StoreError> {
        let now = self.clock.now();
        // A clock that was put back comes to the same moments again.
        *told = (*told).min(now);
        let next = self.next(*told).await?;
        if next.is_some_and(|at| at <= now) {
            let came = Fact::CameBack {
                after: *told,
                until: now,
            };
            let commit = Commit {
                scope: Scope::daemon(),
                journal: None,
                facts: vec![came],
            };
            let _told = self.store.commit(commit).await?;
        }
        *told = now;
        let next = self.next(now).await?;
        Ok(next.map(|at| at.since(now).clamp(BREATH, RESTLESS)))
    }

    async fn next(&self, after: Stamp) -> Result<Option<Stamp>, StoreError> {
        self.store
            .ask(&Scope::daemon(), move |view| snooze::next(view, after))
            .await
    }
}
