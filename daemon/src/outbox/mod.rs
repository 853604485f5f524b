//! The send worker: claims what is due, paces it, gives it to Meta, and stores what became of it.

mod errand;
mod lane;
mod pace;
mod policy;
mod receipts;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use common::id::{MessageId, NumberId};
use common::model::content::Content;
use common::model::number::NumberStatus;
use common::time::{Clock, Stamp};
use futures_util::future::join_all;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::fact::Fact;
use crate::graph::Graph;
use crate::outbox::errand::Errand;
use crate::outbox::lane::{Gate, Lanes};
use crate::outbox::pace::Moment;
use crate::stop::stopped;
use crate::store::ask::numbers;
use crate::store::ask::outbox::{self, Due};
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::store::{Commit, Outcome, Store};
use crate::vault::keyring::{Keyring, NumberKey};

/// While anything waits, the worker looks at least so often, whatever the clock does.
const RESTLESS: Duration = Duration::from_secs(1);

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
            look: 128,
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
    /// Somebody's place became free.
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

/// What one look at the outbox said.
#[derive(Debug, Default)]
struct Plan {
    /// These may go.
    go: Vec<(Due, Arc<NumberKey>)>,
    /// These will never go, or not now.
    facts: Vec<Fact>,
    /// Something is due and held back.
    held: bool,
    /// When that may change.
    until: Option<Moment>,
    /// When the next message is due.
    next_due: Option<Stamp>,
}

impl Plan {
    fn hold(&mut self, until: Option<Moment>) {
        self.held = true;
        self.until = match (self.until, until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
}

struct Worker {
    shared: Arc<Shared>,
    under_way: JoinSet<()>,
}

impl Worker {
    fn new(shared: Arc<Shared>) -> Self {
        Self {
            shared,
            under_way: JoinSet::new(),
        }
    }

    async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let mut changed = self.shared.parts.store.outbox_changed();
        loop {
            changed.mark_unchanged();
            let wake = match self.turn().await {
                Ok(wake) => wake,
                Err(StoreError::Closed) => break,
                Err(error) => {
                    tracing::warn!(%error, "the outbox could not be read; it tries again");
                    Some(RESTLESS)
                }
            };
            while self.under_way.try_join_next().is_some() {}
            let sleep = async {
                match wake {
                    Some(wait) => tokio::time::sleep(wait).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                () = stopped(&mut stop) => break,
                told = changed.changed() => if told.is_err() { break },
                () = self.shared.ended.notified() => {}
                () = sleep => {}
            }
        }
        let all = async { while self.under_way.join_next().await.is_some() {} };
        if tokio::time::timeout(self.shared.parts.limits.grace, all)
            .await
            .is_err()
        {
            let left = self.under_way.len();
            tracing::warn!(
                left,
                "messages had no answer yet; they are in doubt at the next start"
            );
        }
    }

    /// Sends what may go now, and says when to look again.
    async fn turn(&mut self) -> Result<Option<Duration>, StoreError> {
        let now = self.shared.parts.clock.now();
        let (due, next_due, numbers) = self.look(now).await?;
        if due.is_empty() {
            return Ok(restless(now, next_due));
        }
        let plan = self.plan(now, next_due, due, &numbers);
        join_all(plan.facts.into_iter().map(|fact| self.shared.insist(fact))).await;
        if !plan.go.is_empty() {
            self.send(plan.go).await?;
            return Ok(Some(Duration::ZERO));
        }
        if plan.held {
            let until = plan
                .until
                .map(|until| until.saturating_sub(self.shared.moment()));
            return Ok(Some(until.unwrap_or(RESTLESS).min(RESTLESS)));
        }
        Ok(restless(now, plan.next_due))
    }

    async fn look(
        &self,
        now: Stamp,
    ) -> Result<(Vec<Due>, Option<Stamp>, Vec<numbers::Credential>), StoreError> {
        let look = self.shared.parts.limits.look;
        let question = move |view: &crate::store::ask::View<'_>| {
            let due = outbox::due(view, now, look)?;
            if due.is_empty() {
                return Ok((due, outbox::next_due(view)?, Vec::new()));
            }
            Ok((due, None, numbers::credentials(view)?))
        };
        self.shared
            .parts
            .store
            .ask(&Scope::daemon(), question)
            .await
    }

    fn plan(
        &self,
        now: Stamp,
        next_due: Option<Stamp>,
        due: Vec<Due>,
        numbers: &[numbers::Credential],
    ) -> Plan {
        let mut plan = Plan {
            next_due,
            ..Plan::default()
        };
        let at = self.shared.moment();
        let mut lanes = self.shared.lanes();
        let mut keys: HashMap<NumberId, Option<Arc<NumberKey>>> = HashMap::new();
        for number in numbers {
            lanes.set_speed(number.number, number.throughput.as_deref());
            let works = !matches!(
                number.status,
                NumberStatus::Error | NumberStatus::Disconnected
            );
            let key = self
                .shared
                .parts
                .keyring
                .number(number.number)
                .filter(|_| works);
            let _none = keys.insert(number.number, key);
        }
        let mut closed: HashSet<NumberId> = HashSet::new();
        for due in due {
            if closed.contains(&due.number) {
                continue;
            }
            if let Some(error) = policy::objection(&due.content, due.last_inbound, now) {
                plan.facts.push(Fact::Refused {
                    message: due.message,
                    error: Box::new(error),
                });
                continue;
            }
            let Some(key) = keys.get(&due.number).and_then(Clone::clone) else {
                plan.hold(None);
                continue;
            };
            let template = matches!(due.content, Content::Template(_));
            match lanes.enter(due.number, due.chat, template, at) {
                Gate::Go => plan.go.push((due, key)),
                Gate::Closed(until) => {
                    plan.hold(until);
                    let _new = closed.insert(due.number);
                }
                Gate::Wait(pause) => plan.facts.push(Fact::Postponed {
                    message: due.message,
                    due: now.plus(pause),
                    error: None,
                    counts: false,
                }),
            }
        }
        plan
    }

    /// Claims these durably, then lets them go.
    async fn send(&mut self, go: Vec<(Due, Arc<NumberKey>)>) -> Result<(), StoreError> {
        let messages: Vec<MessageId> = go.iter().map(|(due, _)| due.message).collect();
        let claim = Commit {
            scope: Scope::daemon(),
            journal: None,
            facts: vec![Fact::Claimed { messages }],
        };
        let claimed = match self.shared.parts.store.commit(claim).await {
            Ok(receipt) => receipt
                .outcomes
                .into_iter()
                .find_map(|outcome| match outcome {
                    Outcome::Claimed(claimed) => Some(claimed),
                    _ => None,
                }),
            Err(error) => {
                for (due, _) in &go {
                    self.shared.lanes().leave(due.number);
                }
                return Err(error);
            }
        };
        let claimed = claimed.unwrap_or_default();
        for (due, key) in go {
            if claimed.contains(&due.message) {
                let errand = Errand {
                    shared: Arc::clone(&self.shared),
                    due,
                    key,
                };
                let _handle = self.under_way.spawn(errand.run());
            } else {
                self.shared.lanes().leave(due.number);
            }
        }
        Ok(())
    }
}

/// How long to sleep while something waits for its time: until then, but the calendar may jump.
fn restless(now: Stamp, next_due: Option<Stamp>) -> Option<Duration> {
    Some(
        next_due?
            .since(now)
            .clamp(Duration::from_millis(1), RESTLESS),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_waiting_means_sleep_and_something_waiting_means_a_look_a_second() {
        let now = Stamp::from_seconds(1_800_000_000);
        let soon = Duration::from_millis(20);
        assert_eq!(restless(now, None), None);
        assert_eq!(restless(now, Some(now.plus(soon))), Some(soon));
        assert_eq!(
            restless(now, Some(now.plus(Duration::from_hours(9)))),
            Some(RESTLESS)
        );
        assert_eq!(restless(now, Some(now)), Some(Duration::from_millis(1)));
    }

    #[test]
    fn a_plan_wakes_at_the_first_change() {
        let mut plan = Plan::default();
        let at = |millis| Some(Duration::from_millis(millis));
        plan.hold(None);
        assert!(plan.held && plan.until.is_none());
        plan.hold(at(9));
        plan.hold(at(5));
        plan.hold(None);
        assert_eq!(plan.until, at(5));
    }
}
