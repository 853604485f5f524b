//! Faults on demand: what goes wrong, for whom, how often.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use crate::app::TokenDeath;
use crate::error::GraphError;

/// What goes wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is looked at later. Who hangs up before that has not sent anything.
    Delay(Duration),
    /// The connection is closed; nothing is recorded.
    DropBefore,
    /// It is accepted and recorded, its statuses follow, but the connection is closed unanswered.
    DropAfter,
    /// Never answered, never recorded; the connection stays open.
    Hang,
    /// Accepted and recorded, but never answered.
    HangAfter,
    /// Accepted and recorded, answered so much later.
    SlowAnswer(Duration),
    /// A bare HTTP status with a page instead of JSON; nothing is recorded.
    Http(u16),
    /// The same, but accepted and recorded.
    HttpAfter(u16),
    /// Accepted and recorded, answered 200 with half of the JSON.
    HalfAnswer,
    /// Refused with this error.
    Error(GraphError),
    /// The token that came with it dies, now and for later.
    TokenDeath(TokenDeath),
}

impl Fault {
    /// Refused with a documented code.
    pub fn code(code: u32) -> Self {
        Self::Error(GraphError::documented(code))
    }

    /// 130429 with the status 429 and `Retry-After`.
    pub fn throttled(retry_after: u32) -> Self {
        Self::Error(
            GraphError::documented(130_429)
                .http(429)
                .retry_after(retry_after),
        )
    }

    /// Goes wrong after the message was taken in.
    pub(crate) fn is_after(&self) -> bool {
        matches!(
            self,
            Self::DropAfter
                | Self::HangAfter
                | Self::SlowAnswer(_)
                | Self::HttpAfter(_)
                | Self::HalfAnswer
        )
    }
}

/// Which requests a fault meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Messages being sent.
    Sends,
    /// Read marks and typing indicators.
    Marks,
    /// Files being given.
    Uploads,
    /// Files being fetched, at the host that holds them.
    Downloads,
    /// Every other call.
    Other,
    /// Every call.
    All,
}

/// A fault with its scope; by default every send until cleared.
#[derive(Clone, Debug)]
pub struct FaultRule {
    fault: Fault,
    target: Target,
    number: Option<String>,
    to: Option<String>,
    skip: u32,
    left: Option<u32>,
}

impl FaultRule {
    /// Every send, until cleared.
    pub fn new(fault: Fault) -> Self {
        Self {
            fault,
            target: Target::Sends,
            number: None,
            to: None,
            skip: 0,
            left: None,
        }
    }

    /// Only so many times.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.left = Some(times);
        self
    }

    /// Only after letting so many pass.
    #[must_use]
    pub fn after(mut self, requests: u32) -> Self {
        self.skip = requests;
        self
    }

    /// Only calls to this `phone_number_id` (or other node).
    #[must_use]
    pub fn number(mut self, phone_number_id: impl Into<String>) -> Self {
        self.number = Some(phone_number_id.into());
        self
    }

    /// Only messages to this `to` or `recipient`, spelt as in the request (a `+` does not matter).
    #[must_use]
    pub fn to(mut self, to: impl Into<String>) -> Self {
        self.to = Some(to.into());
        self
    }

    /// Other calls than sends.
    #[must_use]
    pub fn target(mut self, target: Target) -> Self {
        self.target = target;
        self
    }

    fn meets(&self, hit: &Hit<'_>) -> bool {
        let bare = |text: &str| text.trim_start_matches('+').to_owned();
        (self.target == Target::All || self.target == hit.target)
            && self.number.as_deref().is_none_or(|n| n == hit.node)
            && self
                .to
                .as_deref()
                .is_none_or(|to| hit.to.is_some_and(|t| bare(t) == bare(to)))
    }
}

/// Names a fault so that it can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FaultId(u64);

/// A request as faults see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit<'a> {
    pub(crate) target: Target,
    pub(crate) node: &'a str,
    pub(crate) to: Option<&'a str>,
}

/// What a request has drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drawn {
    pub(crate) delay: Duration,
    pub(crate) fault: Option<Fault>,
}

/// The faults in force.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    rules: Mutex<Vec<(FaultId, FaultRule)>>,
    /// How many there are, so that no request takes the lock when nothing is wrong.
    len: AtomicUsize,
    next: AtomicU64,
}

impl Faults {
    fn with<R>(&self, f: impl FnOnce(&mut Vec<(FaultId, FaultRule)>) -> R) -> R {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let out = f(&mut rules);
        self.len.store(rules.len(), Ordering::Release);
        drop(rules);
        out
    }

    pub(crate) fn add(&self, rule: FaultRule) -> FaultId {
        let id = FaultId(self.next.fetch_add(1, Ordering::Relaxed));
        self.with(|rules| rules.push((id, rule)));
        id
    }

    pub(crate) fn clear(&self, id: Option<FaultId>) {
        self.with(|rules| rules.retain(|(own, _)| id.is_some_and(|id| id != *own)));
    }

    /// How many are still in force.
    pub(crate) fn len(&self) -> usize {
        self.len.load(Ordering::Acquire)
    }

    /// The first fault that meets the request, and every delay.
    pub(crate) fn draw(&self, hit: &Hit<'_>) -> Drawn {
        if self.len() == 0 {
            return Drawn::default();
        }
        let mut drawn = Drawn::default();
        self.with(|rules| {
            for (_, rule) in rules.iter_mut().filter(|(_, rule)| rule.meets(hit)) {
                let delay = if let Fault::Delay(delay) = rule.fault {
                    Some(delay)
                } else {
                    None
                };
                if delay.is_none() && drawn.fault.is_some() {
                    continue;
                }
                if rule.skip > 0 {
                    rule.skip -= 1;
                    continue;
                }
                rule.left = rule.left.map(|left| left.saturating_sub(1));
                match delay {
                    Some(delay) => drawn.delay += delay,
                    None => drawn.fault = Some(rule.fault.clone()),
                }
            }
            rules.retain(|(_, rule)| rule.left != Some(0));
        });
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEND: Hit<'_> = Hit {
        target: Target::Sends,
        node: "1",
        to: Some("+51955000111"),
    };

    #[test]
    fn rules_skip_count_and_end() {
        let faults = Faults::default();
        faults.add(FaultRule::new(Fault::DropBefore).after(1).times(2));
        let hits: Vec<bool> = (0..5).map(|_| faults.draw(&SEND).fault.is_some()).collect();
        assert_eq!(hits, [false, true, true, false, false]);
        assert_eq!(faults.len(), 0);
    }

    #[test]
    fn scopes_are_kept_and_delays_add_up() {
        let faults = Faults::default();
        faults.add(FaultRule::new(Fault::Hang).number("2"));
        faults.add(FaultRule::new(Fault::Hang).to("51955000222"));
        faults.add(FaultRule::new(Fault::Hang).target(Target::Marks));
        assert!(faults.draw(&SEND).fault.is_none());
        let second = Duration::from_secs(1);
        let first = faults.add(FaultRule::new(Fault::Delay(second)));
        faults.add(FaultRule::new(Fault::Delay(second)).target(Target::All));
        faults.add(FaultRule::new(Fault::code(131_056)).to("51955000111"));
        let drawn = faults.draw(&SEND);
        assert_eq!(
            (drawn.delay, drawn.fault),
            (second * 2, Some(Fault::code(131_056)))
        );
        faults.clear(Some(first));
        assert_eq!(faults.draw(&SEND).delay, second);
        faults.clear(None);
        assert_eq!(faults.draw(&SEND).delay, Duration::ZERO);
    }
}
