//! Everything the parts of the simulated Meta share, each behind its own short lock.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use tokio::sync::{Semaphore, watch};

use crate::album::Album;
use crate::book::Book;
use crate::clock::SimClock;
use crate::config::{Limits, Retry, SimConfig};
use crate::fault::Faults;
use crate::gathering::Gathering;
use crate::ids::Ids;
use crate::ledger::Ledger;
use crate::people::People;
use crate::post::Post;
use crate::shelf::Shelf;
use crate::status::StatusPlan;

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) addr: SocketAddr,
    pub(crate) clock: SimClock,
    pub(crate) ids: Ids,
    pub(crate) book: Book,
    pub(crate) people: People,
    pub(crate) faults: Faults,
    pub(crate) album: Album,
    pub(crate) ledger: Ledger,
    pub(crate) post: Post,
    pub(crate) shelf: Shelf,
    /// One permit for each webhook connection.
    pub(crate) slots: Semaphore,
    /// Deliveries and status scripts under way.
    pub(crate) pending: watch::Sender<usize>,
    /// While true no webhook leaves.
    pub(crate) held: watch::Sender<bool>,
    /// True once the last handle is gone.
    pub(crate) ended: watch::Sender<bool>,
    pub(crate) gathering: Mutex<Gathering>,
    settings: Mutex<Settings>,
}

/// What may be changed at any time.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) limits: Limits,
    pub(crate) retry: Retry,
    plan: StatusPlan,
    next: VecDeque<StatusPlan>,
    by_number: HashMap<String, StatusPlan>,
}

impl World {
    pub(crate) fn new(config: SimConfig, addr: SocketAddr) -> Self {
        Self {
            addr,
            clock: config.clock,
            ids: Ids::new(config.seed),
            book: Book::default(),
            people: People::default(),
            faults: Faults::default(),
            album: Album::default(),
            ledger: Ledger::default(),
            post: Post::default(),
            shelf: Shelf::default(),
            slots: Semaphore::new(config.retry.connections.clamp(1, 1_024)),
            pending: watch::Sender::new(0),
            held: watch::Sender::new(false),
            ended: watch::Sender::new(false),
            gathering: Mutex::default(),
            settings: Mutex::new(Settings {
                limits: config.limits,
                retry: config.retry,
                plan: config.plan,
                next: VecDeque::new(),
                by_number: HashMap::new(),
            }),
        }
    }

    pub(crate) fn settings<R>(&self, f: impl FnOnce(&mut Settings) -> R) -> R {
        f(&mut self.settings.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Becomes ready when the simulation ends.
    pub(crate) async fn end(&self) {
        let mut ended = self.ended.subscribe();
        // An error would mean that the sender is gone, which `self` holds.
        drop(ended.wait_for(|ended| *ended).await);
    }
}

impl Settings {
    /// The plan for the next message of a number, if it is not decided by the person.
    pub(crate) fn take_plan(&mut self, number: &str, person: Option<StatusPlan>) -> StatusPlan {
        self.next
            .pop_front()
            .or(person)
            .or_else(|| self.by_number.get(number).cloned())
            .unwrap_or_else(|| self.plan.clone())
    }

    pub(crate) fn set_plan(&mut self, plan: StatusPlan) {
        self.plan = plan;
    }

    pub(crate) fn push_next(&mut self, plan: StatusPlan) {
        self.next.push_back(plan);
    }

    pub(crate) fn set_number_plan(&mut self, number: &str, plan: Option<StatusPlan>) {
        match plan {
            Some(plan) => self.by_number.insert(number.to_owned(), plan),
            None => self.by_number.remove(number),
        };
    }
}

/// Counts as under way until it is dropped.
#[derive(Debug)]
pub(crate) struct Pending {
    world: std::sync::Arc<World>,
}

impl Pending {
    pub(crate) fn new(world: &std::sync::Arc<World>) -> Self {
        world.pending.send_modify(|n| *n += 1);
        Self {
            world: std::sync::Arc::clone(world),
        }
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.world.pending.send_modify(|n| *n = n.saturating_sub(1));
    }
}
