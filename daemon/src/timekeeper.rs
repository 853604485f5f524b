//! Says when this machine's clock and Meta's go apart, and when they agree again.

use std::sync::Arc;
use std::time::Duration;

use common::api::event::{Notice, Severity};
use common::time::Clock;
use common::window::TOLERANCE;
use serde_json::json;
use tokio::sync::watch;

use crate::clock::Skews;
use crate::hub::Hub;
use crate::stop::stopped;

const WRONG: &str = "clock_wrong";
const RIGHT: &str = "clock_ok";

/// The timekeeper's belongings.
#[derive(Debug)]
pub struct Timekeeper {
    skews: Skews,
    hub: Hub,
    clock: Arc<dyn Clock>,
}

impl Timekeeper {
    /// Hears what Meta's answers say of this machine's `clock`, and tells it to whoever follows the hub.
    pub fn new(skews: Skews, hub: Hub, clock: Arc<dyn Clock>) -> Self {
        Self { skews, hub, clock }
    }

    /// Compares the clocks at every answer of Meta's until it is stopped.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let mut told = None;
        loop {
            let (ahead, behind) = tokio::select! {
                skew = self.skews.next() => skew,
                () = stopped(&mut stop) => return,
            };
            let is = skew(ahead, behind);
            if is != told {
                self.tell(is, ahead >= behind);
                told = is;
            }
        }
    }

    fn tell(&self, wrong: Option<Duration>, ahead: bool) {
        let (code, sentence, severity) = if let Some(by) = wrong {
            let sentence = format!(
                "This machine's clock is {} {} Meta's: set it (timedatectl set-ntp true). Until then windows are judged by Meta's time.",
                span(by),
                if ahead { "ahead of" } else { "behind" },
            );
            (WRONG, sentence, Severity::Error)
        } else {
            let sentence = "This machine's clock agrees with Meta's again.".to_owned();
            (RIGHT, sentence, Severity::Info)
        };
        tracing::warn!(code, %sentence);
        self.hub.withdraw(WRONG);
        self.hub.withdraw(RIGHT);
        let seconds = wrong.map_or(0, |by| i64::try_from(by.as_secs()).unwrap_or(i64::MAX));
        let notice = Notice {
            code: code.to_owned(),
            sentence,
            severity,
            org_id: None,
            number_id: None,
            detail: Some(json!({ "ahead_s": if ahead { seconds } else { -seconds } })),
            revision: 0,
        };
        self.hub.notice(self.clock.now(), notice);
    }
}

/// How wrong the clock is, in whole minutes so that it is not told at every answer; `None` where it is right.
fn skew(ahead: Duration, behind: Duration) -> Option<Duration> {
    let by = ahead.max(behind);
    let minutes = (by.as_secs() + 30) / 60;
    (by > TOLERANCE).then(|| Duration::from_secs(minutes * 60))
}

fn span(by: Duration) -> String {
    match by.as_secs() / 60 {
        minutes @ 0..120 => format!("{minutes} minutes"),
        minutes @ 120..2880 => format!("{} hours", minutes / 60),
        minutes => format!("{} days", minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_little_is_right_and_much_is_told_in_words() {
        let minutes = Duration::from_mins;
        assert_eq!(skew(minutes(2), Duration::ZERO), None);
        assert_eq!(
            skew(Duration::ZERO, Duration::from_secs(125)),
            Some(minutes(2))
        );
        assert_eq!(
            skew(Duration::from_hours(48), Duration::ZERO),
            Some(minutes(2880))
        );
        assert_eq!(span(minutes(3)), "3 minutes");
        assert_eq!(span(minutes(150)), "2 hours");
        assert_eq!(span(Duration::from_hours(49)), "2 days");
    }
}
