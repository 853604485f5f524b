//! Delivery state of one message, and the one rule by which reports about it merge.

use serde::{Deserialize, Serialize};

/// Where a message stands: the ticks that a person sees beside it.
///
/// Reports of WhatsApp come twice, late, skipped and out of order; [`Status::merge`] makes any
/// order of them end alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A customer wrote it; it will never be anything else.
    Received,
    /// It waits in the outbox.
    Queued,
    /// The outbox has claimed it; a byte may have left.
    Sending,
    /// It may or may not have reached WhatsApp; a later report settles it.
    Unknown,
    /// WhatsApp has it: one tick.
    Sent,
    /// The customer's phone has it: two ticks.
    Delivered,
    /// The customer saw it: two blue ticks.
    Read,
    /// The customer played our voice note.
    Played,
    /// WhatsApp refused it, or could not bring it.
    Failed,
}

impl Status {
    /// Every state, in the order of this file.
    pub const ALL: [Self; 9] = [
        Self::Received,
        Self::Queued,
        Self::Sending,
        Self::Unknown,
        Self::Sent,
        Self::Delivered,
        Self::Read,
        Self::Played,
        Self::Failed,
    ];

    /// The state after a report: never a step back.
    ///
    /// `queued < sending < unknown < sent < failed < delivered < read < played`: the higher one
    /// stays, so a failure replaces only what is below delivered, and a delivery outlives a later
    /// failure on another device. Between states that WhatsApp reports it is commutative,
    /// associative and idempotent. [`Status::Received`] neither changes nor changes another.
    ///
    /// A retry puts a failed message back in the queue on purpose; that is no report and does not
    /// go through here.
    #[must_use]
    pub fn merge(self, report: Self) -> Self {
        if self == Self::Received || report == Self::Received || self.rank() >= report.rank() {
            self
        } else {
            report
        }
    }

    /// The name in the API and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
            Self::Failed => "failed",
        }
    }

    /// The state of that name, or `None` for a name that is not ours.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }

    /// The state that a report of WhatsApp names, in any case, or `None` for anything but
    /// sent, delivered, read, played and failed.
    pub fn from_report(word: &str) -> Option<Self> {
        Self::from_name(&word.to_ascii_lowercase()).filter(|status| status.is_reported())
    }

    /// Whether WhatsApp reports this state, as against one that only we know of.
    pub const fn is_reported(self) -> bool {
        matches!(
            self,
            Self::Sent | Self::Delivered | Self::Read | Self::Played | Self::Failed
        )
    }

    /// Whether the message has not been accepted by WhatsApp as far as we know.
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Queued | Self::Sending | Self::Unknown)
    }

    /// Whether a wait for `goal` may end here: the goal is reached, or it never will be.
    #[must_use]
    pub fn reached(self, goal: Self) -> bool {
        self == Self::Failed || self == goal || self.rank() > goal.rank()
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Received => 0,
            Self::Queued => 1,
            Self::Sending => 2,
            Self::Unknown => 3,
            Self::Sent => 4,
            Self::Failed => 5,
            Self::Delivered => 6,
            Self::Read => 7,
            Self::Played => 8,
        }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Status;
    use proptest::prelude::*;

    fn any_reported() -> impl Strategy<Value = Status> {
        prop::sample::select(vec![
            Status::Sent,
            Status::Delivered,
            Status::Read,
            Status::Played,
            Status::Failed,
        ])
    }

    fn any_outbound() -> impl Strategy<Value = Status> {
        prop::sample::select(
            Status::ALL
                .into_iter()
                .filter(|s| *s != Status::Received)
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn failed_replaces_only_what_is_below_delivered() {
        for waiting in [
            Status::Queued,
            Status::Sending,
            Status::Unknown,
            Status::Sent,
        ] {
            assert_eq!(waiting.merge(Status::Failed), Status::Failed);
        }
        for seen in [Status::Delivered, Status::Read, Status::Played] {
            assert_eq!(seen.merge(Status::Failed), seen);
            assert_eq!(Status::Failed.merge(seen), seen);
        }
        assert_eq!(Status::Failed.merge(Status::Sent), Status::Failed);
    }

    #[test]
    fn late_reports_never_step_back() {
        assert_eq!(Status::Read.merge(Status::Delivered), Status::Read);
        assert_eq!(Status::Delivered.merge(Status::Sent), Status::Delivered);
        assert_eq!(Status::Sent.merge(Status::Read), Status::Read);
    }

    #[test]
    fn any_report_settles_what_waits() {
        for waiting in [Status::Queued, Status::Sending, Status::Unknown] {
            for report in Status::ALL.into_iter().filter(|s| s.is_reported()) {
                assert_eq!(waiting.merge(report), report);
            }
        }
    }

    #[test]
    fn received_stays_apart() {
        for other in Status::ALL {
            assert_eq!(Status::Received.merge(other), Status::Received);
            assert_eq!(other.merge(Status::Received), other);
        }
    }

    #[test]
    fn names_go_there_and_back() {
        for status in Status::ALL {
            assert_eq!(Status::from_name(status.as_str()), Some(status));
            let json = serde_json::to_string(&status).unwrap();
            assert_eq!(json, format!("\"{status}\""));
        }
        assert_eq!(Status::from_report("READ"), Some(Status::Read));
        assert_eq!(Status::from_report("queued"), None);
        assert_eq!(Status::from_report("warning"), None);
    }

    #[test]
    fn a_wait_ends_at_its_goal_or_at_failure() {
        assert!(Status::Read.reached(Status::Delivered));
        assert!(Status::Sent.reached(Status::Sent));
        assert!(!Status::Unknown.reached(Status::Sent));
        assert!(Status::Failed.reached(Status::Read));
    }

    proptest! {
        #[test]
        fn merge_is_commutative(a in any_outbound(), b in any_outbound()) {
            prop_assert_eq!(a.merge(b), b.merge(a));
        }

        #[test]
        fn merge_is_associative(a in any_outbound(), b in any_outbound(), c in any_outbound()) {
            prop_assert_eq!(a.merge(b).merge(c), a.merge(b.merge(c)));
        }

        #[test]
        fn merge_is_idempotent(a in any_outbound(), b in any_outbound()) {
            prop_assert_eq!(a.merge(a), a);
            prop_assert_eq!(a.merge(b).merge(b), a.merge(b));
        }

        #[test]
        fn any_order_and_repetition_ends_alike(
            start in any_outbound(),
            reports in prop::collection::vec(any_reported(), 0..12),
            again in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
            shuffled in any::<u64>(),
        ) {
            let straight = reports.iter().fold(start, |at, report| at.merge(*report));
            let mut other = reports.clone();
            if !reports.is_empty() {
                other.extend(again.iter().map(|index| *index.get(&reports)));
            }
            let mut seed = shuffled | 1;
            for i in (1..other.len()).rev() {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let j = usize::try_from(seed >> 33).unwrap() % (i + 1);
                other.swap(i, j);
            }
            let mixed = other.iter().fold(start, |at, report| at.merge(*report));
            prop_assert_eq!(straight, mixed);
        }
    }
}
