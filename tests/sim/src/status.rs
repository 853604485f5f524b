//! What becomes of an accepted message: the statuses that follow, when, in which order, how often.

use std::time::Duration;

use crate::error::GraphError;

/// One status of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// One tick.
    Sent,
    /// Two ticks.
    Delivered,
    /// Blue ticks.
    Read,
    /// A voice note was listened to.
    Played,
    /// It will not arrive, and why.
    Failed(GraphError),
}

impl Status {
    /// A failure with a documented code.
    pub fn failed(code: u32) -> Self {
        Self::Failed(GraphError::documented(code))
    }

    /// Meta's word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
            Self::Failed(_) => "failed",
        }
    }
}

/// Statuses of many messages gathered into one POST.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// A POST leaves when so many are waiting (at most 1,000).
    pub max: usize,
    /// Or when the oldest has waited so long.
    pub linger: Duration,
}

/// A script of statuses for one accepted message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusPlan {
    pub(crate) steps: Vec<(Duration, Status)>,
    pub(crate) early: usize,
    pub(crate) copies: u32,
    pub(crate) batch: Option<Batch>,
}

impl Default for StatusPlan {
    fn default() -> Self {
        Self::read()
    }
}

impl StatusPlan {
    /// No status comes by itself; send them with [`crate::sim::Sim::status`].
    pub fn none() -> Self {
        Self::steps([])
    }

    /// Only `sent`.
    pub fn sent() -> Self {
        Self::steps([Status::Sent])
    }

    /// `sent`, then `delivered`.
    pub fn delivered() -> Self {
        Self::steps([Status::Sent, Status::Delivered])
    }

    /// `sent`, `delivered`, `read`: the default.
    pub fn read() -> Self {
        Self::steps([Status::Sent, Status::Delivered, Status::Read])
    }

    /// `failed` with a documented code, and nothing before it.
    pub fn failed(code: u32) -> Self {
        Self::steps([Status::failed(code)])
    }

    /// These statuses one after the other, without waits; any order is allowed.
    pub fn steps(statuses: impl IntoIterator<Item = Status>) -> Self {
        Self {
            steps: statuses.into_iter().map(|s| (Duration::ZERO, s)).collect(),
            early: 0,
            copies: 1,
            batch: None,
        }
    }

    /// One more status, so long after the one before it.
    #[must_use]
    pub fn then(mut self, wait: Duration, status: Status) -> Self {
        self.steps.push((wait, status));
        self
    }

    /// The same wait before every status.
    #[must_use]
    pub fn every(mut self, wait: Duration) -> Self {
        for step in &mut self.steps {
            step.0 = wait;
        }
        self
    }

    /// The whole script starts later by so much.
    #[must_use]
    pub fn late(mut self, wait: Duration) -> Self {
        if let Some(first) = self.steps.first_mut() {
            first.0 += wait;
        }
        self
    }

    /// The statuses in the opposite order (waits stay where they are).
    #[must_use]
    pub fn reversed(mut self) -> Self {
        let statuses: Vec<Status> = self.steps.iter().rev().map(|s| s.1.clone()).collect();
        for (step, status) in self.steps.iter_mut().zip(statuses) {
            step.1 = status;
        }
        self
    }

    /// Every status is sent so many times more.
    #[must_use]
    pub fn duplicated(mut self, more: u32) -> Self {
        self.copies = more.saturating_add(1);
        self
    }

    /// The first so many statuses are delivered before the send itself is answered.
    #[must_use]
    pub fn before_response(mut self, statuses: usize) -> Self {
        self.early = statuses;
        self
    }

    /// Statuses travel together with those of other messages.
    #[must_use]
    pub fn batched(mut self, max: usize, linger: Duration) -> Self {
        self.batch = Some(Batch {
            max: max.clamp(1, 1_000),
            linger,
        });
        self
    }

    /// What is left of the plan for a kind that gets fewer statuses: a reaction only `sent`.
    pub(crate) fn fit(mut self, kind: &str, voice: bool) -> Self {
        self.steps.retain(|(_, status)| match status {
            Status::Delivered | Status::Read => kind != "reaction",
            Status::Played => voice,
            Status::Sent | Status::Failed(_) => true,
        });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_built_step_by_step() {
        let second = Duration::from_secs(1);
        let plan = StatusPlan::delivered()
            .every(second)
            .then(second, Status::Played)
            .late(second);
        let waits: Vec<u64> = plan.steps.iter().map(|s| s.0.as_secs()).collect();
        assert_eq!(waits, [2, 1, 1]);
        let words = |p: &StatusPlan| p.steps.iter().map(|s| s.1.word()).collect::<Vec<_>>();
        assert_eq!(
            words(&plan.clone().reversed()),
            ["played", "delivered", "sent"]
        );
        assert_eq!(words(&plan.clone().fit("reaction", false)), ["sent"]);
        assert_eq!(
            words(&plan.fit("audio", true)),
            ["sent", "delivered", "played"]
        );
        assert_eq!(words(&StatusPlan::failed(131_026)), ["failed"]);
    }
}
