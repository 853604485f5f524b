//! What is done about a token that ends, and when a number is looked at again; pure.

use std::time::Duration;

use common::model::health::TokenHealth;
use common::time::Stamp;

const DAY: i64 = 86_400;
/// A token that lives no longer is one of the dashboard's, which nobody can renew.
const TEMPORARY: i64 = 2 * DAY;
/// A token is renewed so long before its end: ahead of the first warning, with days to try again.
const RENEW: i64 = 20 * DAY;
/// Days before the end on which people are told.
const WARN: [i64; 3] = [1, 7, 14];
/// A renewal that Meta refused is tried again after this.
const AGAIN: Duration = Duration::from_hours(24);

/// What is done about a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing.
    Rest,
    /// It is exchanged for one that lives longer; where that fails, people are told so many days
    /// ahead, if it is time.
    Renew(Option<i64>),
    /// People are told that it ends within so many days.
    Warn(i64),
}

/// What is done about a token now.
pub(super) fn step(token: &TokenHealth, tried: Option<Stamp>, now: Stamp) -> Step {
    let Some(end) = token.expires_at else {
        return Step::Rest;
    };
    let left = end.seconds() - now.seconds();
    if left <= 0 {
        return Step::Rest;
    }
    let life = token.issued_at.map(|made| end.seconds() - made.seconds());
    let temporary = life.is_some_and(|life| life <= TEMPORARY);
    let due = WARN.into_iter().find(|days| left <= days * DAY);
    let warn = due.filter(|days| !temporary || *days == 1);
    let rested = tried.is_none_or(|at| now.since(at) >= AGAIN);
    match warn {
        _ if !temporary && left <= RENEW && rested => Step::Renew(warn),
        Some(days) => Step::Warn(days),
        None => Step::Rest,
    }
}

/// Whether it is time to look again.
pub(super) fn is_due(last: Option<Stamp>, every: Duration, now: Stamp) -> bool {
    // A clock that was put back must not stop the looking.
    last.is_none_or(|last| now < last || now.since(last) >= every)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{DAY, Step, is_due, step};
    use common::model::health::TokenHealth;
    use common::time::Stamp;

    const NOW: Stamp = Stamp::from_seconds(1_780_000_000);

    fn at(seconds: i64) -> Stamp {
        Stamp::from_seconds(NOW.seconds() + seconds)
    }

    #[test]
    fn a_token_is_renewed_first_and_people_are_told_three_times() {
        let of = |left: i64, tried: Option<Stamp>| {
            let token = TokenHealth {
                expires_at: Some(at(left)),
                issued_at: Some(at(left - 60 * DAY)),
                ..TokenHealth::default()
            };
            step(&token, tried, NOW)
        };
        assert_eq!(of(40 * DAY, None), Step::Rest);
        assert_eq!(of(19 * DAY, None), Step::Renew(None));
        assert_eq!(of(14 * DAY, None), Step::Renew(Some(14)));
        let tried = Some(at(-3_600));
        assert_eq!(of(19 * DAY, tried), Step::Rest);
        assert_eq!(of(14 * DAY, tried), Step::Warn(14));
        assert_eq!(of(8 * DAY, tried), Step::Warn(14));
        assert_eq!(of(7 * DAY, tried), Step::Warn(7));
        assert_eq!(of(DAY, tried), Step::Warn(1));
        assert_eq!(of(DAY, Some(at(-25 * 3_600))), Step::Renew(Some(1)));
        assert_eq!(of(0, None), Step::Rest, "the first 190 tells the rest");
    }

    #[test]
    fn a_temporary_one_is_told_on_its_last_day_and_a_permanent_one_never() {
        let day = TokenHealth {
            expires_at: Some(at(3_600)),
            issued_at: Some(at(3_600 - DAY)),
            ..TokenHealth::default()
        };
        assert_eq!(step(&day, None, NOW), Step::Warn(1));
        assert_eq!(step(&TokenHealth::default(), None, NOW), Step::Rest);
    }

    #[test]
    fn time_to_look_comes_round_even_on_a_clock_that_was_put_back() {
        let hour = Duration::from_hours(1);
        assert!(is_due(None, hour, NOW));
        assert!(!is_due(Some(at(-60)), hour, NOW));
        assert!(is_due(Some(at(-3_600)), hour, NOW));
        assert!(is_due(Some(at(60)), hour, NOW));
    }
}
