//! Looks at what is due, decides what may go, claims it durably and lets it go.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use common::id::{MessageId, NumberId};
use common::model::content::Content;
use common::model::number::NumberStatus;
use common::time::Stamp;
use futures_util::future::join_all;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::fact::Fact;
use crate::fact::media::Digest;
use crate::outbox::calendar::{Calendar, Jump};
use crate::outbox::errand::Errand;
use crate::outbox::lane::Gate;
use crate::outbox::pace::Moment;
use crate::outbox::{Shared, policy, upload};
use crate::stop::stopped;
use crate::store::ask::outbox::{self, Due};
use crate::store::ask::{View, numbers};
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::store::{Commit, Outcome};
use crate::vault::keyring::NumberKey;

/// While anything waits, the worker looks at least so often, whatever the clock does.
const RESTLESS: Duration = Duration::from_secs(1);
/// While it sends, it looks no oftener: what comes within this time is looked at together.
const BREATH: Duration = Duration::from_millis(5);
/// How long a claim waits that the store had no room for.
const BUSY: Duration = Duration::from_millis(100);

/// What one look at the outbox said.
#[derive(Debug, Default)]
struct Plan {
    /// These may go, by number.
    go: HashMap<NumberId, Vec<(Due, Arc<NumberKey>)>>,
    /// The files of these are given to Meta first.
    upload: Vec<(Due, Arc<NumberKey>, Digest)>,
    /// These will never go, or not now.
    facts: Vec<(MessageId, Fact)>,
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

pub(super) struct Worker {
    shared: Arc<Shared>,
    calendar: Calendar,
    under_way: JoinSet<()>,
}

impl Worker {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self {
            shared,
            calendar: Calendar::default(),
            under_way: JoinSet::new(),
        }
    }

    pub(super) async fn run(mut self, mut stop: watch::Receiver<bool>) {
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
            if !self.under_way.is_empty() {
                tokio::time::sleep(BREATH).await;
            }
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
        // What is written by now the next look will see.
        self.shared.settling().forget_written();
        let now = self.shared.parts.clock.now();
        if let Some(Jump { from, to }) = self.calendar.look(now, self.shared.moment()) {
            tracing::warn!(%from, %to, "the clock has jumped; what waits goes on waiting as long as it should");
            self.shared.insist(Fact::ClockJumped { from, to }).await?;
        }
        let (due, next_due, numbers) = self.look(now).await?;
        if due.is_empty() {
            return Ok(restless(now, next_due));
        }
        let plan = self.plan(now, next_due, due, &numbers);
        for (_number, group) in plan.go {
            let _handle = self.under_way.spawn(send(Arc::clone(&self.shared), group));
        }
        for (due, key, digest) in plan.upload {
            let shared = Arc::clone(&self.shared);
            let errand = Errand { shared, due, key };
            let _handle = self.under_way.spawn(upload::run(errand, digest));
        }
        for (message, fact) in plan.facts {
            let shared = Arc::clone(&self.shared);
            let _handle = self.under_way.spawn(async move {
                shared.insist(fact).await.ok();
                shared.settled([message]);
            });
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
        let question = move |view: &View<'_>| {
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

    /// The time by which windows are judged: Meta's where the clock is ahead of it, and without its jumps.
    fn judged(&self, now: Stamp) -> Stamp {
        let metas = self.shared.parts.store.judged();
        self.calendar.kindest(now).min(metas)
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
        let mut settling = self.shared.settling();
        let mut closed: HashSet<NumberId> = HashSet::new();
        for due in due {
            if closed.contains(&due.number) || settling.contains(due.message) {
                continue;
            }
            let message = due.message;
            let judged = self.judged(now);
            if let Some(error) = policy::objection(&due.content, due.last_inbound, judged) {
                let error = Box::new(error);
                plan.facts.push((message, Fact::Refused { message, error }));
                settling.begin(message);
                continue;
            }
            let Some(key) = keys.get(&due.number).and_then(Clone::clone) else {
                plan.hold(None);
                continue;
            };
            if let Some(carried) = due.media.as_ref().filter(|file| file.meta_id.is_none()) {
                match carried.file {
                    Some(digest) if self.shared.uploads().begin(&due, digest) => {
                        settling.begin(message);
                        plan.upload.push((due, key, digest));
                    }
                    Some(_) => plan.hold(None),
                    None => {
                        let error = Box::new(upload::gone());
                        plan.facts.push((message, Fact::Refused { message, error }));
                        settling.begin(message);
                    }
                }
                continue;
            }
            let template = matches!(due.content, Content::Template(_));
            match lanes.enter(due.number, due.chat, template, at) {
                Gate::Go => {
                    settling.begin(message);
                    plan.go.entry(due.number).or_default().push((due, key));
                }
                Gate::Closed(until) => {
                    plan.hold(until);
                    let _new = closed.insert(due.number);
                }
                Gate::Wait(pause) => {
                    let (due, error, counts) = (now.plus(pause), None, false);
                    let fact = Fact::Postponed {
                        message,
                        due,
                        error,
                        counts,
                    };
                    plan.facts.push((message, fact));
                    settling.begin(message);
                }
            }
        }
        plan
    }
}

/// Claims messages of one number durably, then lets them go. Each gives its own place back.
async fn send(shared: Arc<Shared>, group: Vec<(Due, Arc<NumberKey>)>) {
    let messages: Vec<MessageId> = group.iter().map(|(due, _)| due.message).collect();
    let facts = vec![Fact::Claimed {
        messages: messages.clone(),
    }];
    let claim = Commit {
        scope: Scope::daemon(),
        journal: None,
        facts,
    };
    let claimed: HashSet<MessageId> = match shared.parts.store.commit(claim).await {
        Ok(receipt) => receipt
            .outcomes
            .into_iter()
            .filter_map(|outcome| match outcome {
                Outcome::Claimed(claimed) => Some(claimed),
                _ => None,
            })
            .flatten()
            .collect(),
        Err(error) => {
            tracing::warn!(%error, "messages could not be claimed; they wait");
            tokio::time::sleep(BUSY).await;
            HashSet::new()
        }
    };
    let (go, stay): (Vec<_>, Vec<_>) = group
        .into_iter()
        .partition(|(due, _)| claimed.contains(&due.message));
    for (due, _) in stay {
        shared.lanes().leave(due.number);
    }
    shared.settled(messages);
    let errands = go.into_iter().map(|(due, key)| {
        let shared = Arc::clone(&shared);
        Errand { shared, due, key }.run()
    });
    let _all: Vec<()> = join_all(errands).await;
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
