//! The send worker: claims what is due, paces it, gives it to Meta, and stores what became of it.

mod calendar;
mod errand;
mod lane;
mod pace;
mod policy;
mod receipts;
mod settling;
mod upload;
mod worker;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use common::id::MessageId;
use common::time::Clock;
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

use crate::fact::Fact;
use crate::graph::Graph;
use crate::hub::Hub;
use crate::media::files::Files;
use crate::outbox::lane::Lanes;
use crate::outbox::pace::Moment;
use crate::outbox::settling::Settling;
use crate::outbox::upload::Uploads;
use crate::outbox::worker::Worker;
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::store::{Commit, Outcome, Store};
use crate::vault::keyring::Keyring;

/// How much the outbox may do at once.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many messages of one number are looked at in one turn.
    pub look: usize,
    /// How many read marks are under way at once, over all numbers.
    pub receipts: usize,
    /// How long messages under way may take at the end.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            look: 64,
            receipts: 8,
            grace: Duration::from_secs(3),
        }
    }
}

/// What the outbox works with.
#[derive(Debug, Clone)]
pub struct Outbox {
    /// Where messages wait, and where their fate is written.
    pub store: Store,
    /// The way out.
    pub graph: Graph,
    /// What numbers send with.
    pub keyring: Keyring,
    /// Where the files of messages lie.
    pub files: Files,
    /// Where the progress of files is told.
    pub hub: Hub,
    /// The time, for windows and due times.
    pub clock: Arc<dyn Clock>,
    /// How much at once.
    pub limits: Limits,
}

impl Outbox {
    /// Sends until told to stop. Then it claims nothing more and waits a moment for the answers
    /// under way; what has none by then is in doubt at the next start.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        let shared = Arc::new(Shared {
            parts: self,
            lanes: Mutex::new(Lanes::new()),
            settling: Mutex::default(),
            uploads: Mutex::default(),
            ended: Notify::new(),
            begin: Instant::now(),
        });
        let sends = Worker::new(Arc::clone(&shared)).run(stop.clone());
        let ((), ()) = tokio::join!(sends, receipts::run(shared, stop));
    }
}

/// What the worker and its errands share.
#[derive(Debug)]
pub(crate) struct Shared {
    parts: Outbox,
    lanes: Mutex<Lanes>,
    /// Messages whose claim or refusal is being written: the database still calls them due.
    settling: Mutex<Settling>,
    /// Files that are being given to Meta.
    uploads: Mutex<Uploads>,
    /// Somebody's place became free, or something was written.
    ended: Notify,
    /// Moments are counted from here.
    begin: Instant,
}

impl Shared {
    fn moment(&self) -> Moment {
        self.begin.elapsed()
    }

    fn lanes(&self) -> MutexGuard<'_, Lanes> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn settling(&self) -> MutexGuard<'_, Settling> {
        self.settling.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn uploads(&self) -> MutexGuard<'_, Uploads> {
        self.uploads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// These are written, or will not be.
    fn settled(&self, messages: impl IntoIterator<Item = MessageId>) {
        self.settling().written(messages);
        self.ended.notify_one();
    }

    /// Writes a fact that must not be lost: waits and tries again while the store is busy or full.
    async fn insist(&self, fact: Fact) -> Result<Vec<Outcome>, StoreError> {
        let mut pause = Duration::from_millis(50);
        loop {
            let commit = Commit {
                scope: Scope::daemon(),
                journal: None,
                facts: vec![fact.clone()],
            };
            match self.parts.store.commit(commit).await {
                Ok(receipt) => return Ok(receipt.outcomes),
                Err(StoreError::Busy | StoreError::Full(_)) => {
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(Duration::from_secs(5));
                }
                Err(error) => {
                    tracing::error!(%error, "the fate of a message could not be stored");
                    return Err(error);
                }
            }
        }
    }
}
