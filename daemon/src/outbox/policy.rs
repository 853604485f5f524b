//! Pure rules of sending: may this go now, when again, is this the end.

use std::time::Duration;

use common::model::content::Content;
use common::model::message::SendError;
use common::time::Stamp;
use common::window::{SEND_MARGIN, Window};

use crate::advice;
use crate::graph::error::{Fate, GraphError};

/// How often a message is tried before it fails.
pub(crate) const TRIES: u32 = 6;
/// No single wait is longer.
const LONGEST: Duration = Duration::from_mins(15);
/// No wait that Meta asks for is believed beyond this.
const BELIEVED: Duration = Duration::from_hours(1);

/// How fast a number may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Speed {
    /// Messages a second.
    pub(crate) per_second: u32,
    /// How many may go at once after a rest.
    pub(crate) burst: u32,
    /// How many may be on their way at the same time.
    pub(crate) in_flight: usize,
}

/// What becomes of a message that did not go through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// It fails.
    Fail(SendError),
    /// It waits so long.
    Wait {
        /// How long.
        pause: Duration,
        /// Whether this was one of its tries.
        counts: bool,
    },
    /// Nobody knows; a status settles it.
    Doubt,
}

/// What an error means for everything else of the number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing.
    None,
    /// All of the number waits so long.
    Pause(Duration),
    /// All of the number waits until a person has mended it.
    Dead,
    /// Templates of the number wait so long.
    StopTemplates(Duration),
}

/// How often in a row something has gone wrong before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Strikes {
    /// This message was tried.
    pub(crate) message: u32,
    /// The number was slowed down, or Meta was out of reach.
    pub(crate) number: u32,
    /// The pair was slowed down.
    pub(crate) pair: u32,
    /// Templates were stopped.
    pub(crate) templates: u32,
}

/// The speed of Meta's throughput levels: 80 a second where it says nothing, 1,000 at the upgraded
/// one, 20 where the number is shared with a phone.
pub(crate) fn speed(throughput: Option<&str>) -> Speed {
    match throughput.map(str::trim) {
        Some("HIGH") => Speed {
            per_second: 1000,
            burst: 200,
            in_flight: 128,
        },
        Some("COEXISTENCE") => Speed {
            per_second: 20,
            burst: 5,
            in_flight: 16,
        },
        _ => Speed {
            per_second: 80,
            burst: 10,
            in_flight: 64,
        },
    }
}

/// Why a message must not go at all, judged at the moment of sending.
pub(crate) fn objection(
    content: &Content,
    last_inbound: Option<Stamp>,
    now: Stamp,
) -> Option<SendError> {
    if matches!(content, Content::Template(_)) {
        return None;
    }
    let open = Window::of(last_inbound).is_open_beyond(now, SEND_MARGIN);
    (!open).then(|| {
        let details = "The window closed before the message could be sent.";
        advice::explain(131_047, None, Some(details))
    })
}

/// What an error means for its message and for the others; `dice` is from 0 to 1.
pub(crate) fn judge(error: &GraphError, strikes: Strikes, dice: f64) -> (Step, Effect) {
    let asked = error.retry_after().unwrap_or_default().min(BELIEVED);
    let wait = |pause: Duration, counts| Step::Wait {
        pause: pause.max(asked),
        counts,
    };
    match error.fate() {
        Fate::Final | Fate::WindowClosed => (Step::Fail(error.explain()), Effect::None),
        Fate::TemplatesStopped => {
            let stop = grown(
                Duration::from_mins(15),
                2,
                strikes.templates,
                Duration::from_hours(4),
            );
            (Step::Fail(error.explain()), Effect::StopTemplates(stop))
        }
        Fate::Doubt => (Step::Doubt, Effect::None),
        Fate::TokenDead => (wait(Duration::ZERO, false), Effect::Dead),
        Fate::Later => match later(strikes.message, dice) {
            Some(pause) => (wait(pause, true), Effect::None),
            None => (Step::Fail(error.explain()), Effect::None),
        },
        Fate::PacedPair => {
            let pause = grown(
                Duration::from_secs(1),
                4,
                strikes.pair,
                Duration::from_secs(1024),
            );
            (wait(jittered(pause, dice), false), Effect::None)
        }
        Fate::PacedNumber | Fate::Unreached => {
            let pause = grown(
                Duration::from_secs(1),
                2,
                strikes.number,
                longest_pause(error),
            );
            let pause = jittered(pause, dice).max(asked);
            (
                Step::Wait {
                    pause,
                    counts: false,
                },
                Effect::Pause(pause),
            )
        }
    }
}

/// How long a try that passed waits for the next; none where there is none.
pub(crate) fn later(tries: u32, dice: f64) -> Option<Duration> {
    let pause = grown(Duration::from_secs(2), 5, tries, LONGEST);
    (tries + 1 < TRIES).then(|| jittered(pause, dice))
}

/// A number that sends too fast waits a minute at most; limits of the account last longer.
fn longest_pause(error: &GraphError) -> Duration {
    match error {
        GraphError::Refused(refusal) if refusal.code != Some(130_429) => LONGEST,
        _ => Duration::from_mins(1),
    }
}

/// `first`, multiplied once for each strike.
fn grown(first: Duration, factor: u32, strikes: u32, most: Duration) -> Duration {
    first
        .saturating_mul(factor.saturating_pow(strikes.min(12)))
        .min(most)
}

/// From three to five quarters of a wait, so that what failed together does not return together.
fn jittered(pause: Duration, dice: f64) -> Duration {
    pause.mul_f64(0.75 + dice.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use common::model::content::{Template, Text};
    use serde_json::json;

    use super::*;
    use crate::graph::error::Refusal;

    const MIDDLE: f64 = 0.5;

    fn refused(code: i64) -> GraphError {
        let json = json!({"error": {"code": code, "message": "x"}});
        GraphError::Refused(Box::new(Refusal::read(400, &json, None).unwrap()))
    }

    fn waits(code: i64, strikes: Strikes) -> Duration {
        match judge(&refused(code), strikes, MIDDLE).0 {
            Step::Wait { pause, .. } => pause,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_passing_failure_is_tried_six_times_over_twenty_minutes() {
        let at = |message| Strikes {
            message,
            ..Strikes::default()
        };
        let pauses: Vec<u64> = (0..5).map(|n| waits(131_016, at(n)).as_secs()).collect();
        assert_eq!(pauses, [2, 10, 50, 250, 900]);
        let (last, effect) = judge(&refused(131_016), at(5), MIDDLE);
        assert!(matches!(last, Step::Fail(error) if error.code == 131_016));
        assert_eq!(effect, Effect::None);
        assert_ne!(
            jittered(Duration::from_secs(4), 0.0),
            jittered(Duration::from_secs(4), 1.0)
        );
    }

    #[test]
    fn a_pair_waits_by_powers_of_four_and_nobody_else_does() {
        let at = |pair| Strikes {
            pair,
            message: 5,
            ..Strikes::default()
        };
        let pauses: Vec<u64> = (0..6).map(|n| waits(131_056, at(n)).as_secs()).collect();
        assert_eq!(pauses, [1, 4, 16, 64, 256, 1024]);
        assert_eq!(judge(&refused(131_056), at(0), MIDDLE).1, Effect::None);
    }

    #[test]
    fn pacing_and_a_dead_token_hold_the_number_and_fail_nothing() {
        let tired = Strikes {
            message: 5,
            number: 3,
            ..Strikes::default()
        };
        let (step, effect) = judge(&refused(130_429), tired, MIDDLE);
        let pause = Duration::from_secs(8);
        assert_eq!(
            (step, effect),
            (
                Step::Wait {
                    pause,
                    counts: false
                },
                Effect::Pause(pause)
            )
        );
        for code in [0, 10, 102, 190, 200, 131_005] {
            let (step, effect) = judge(&refused(code), tired, MIDDLE);
            assert_eq!(
                step,
                Step::Wait {
                    pause: Duration::ZERO,
                    counts: false
                },
                "{code}"
            );
            assert_eq!(effect, Effect::Dead, "{code}");
        }
        let away = GraphError::Unreached("refused".into());
        assert!(matches!(
            judge(&away, tired, MIDDLE),
            (Step::Wait { counts: false, .. }, Effect::Pause(_))
        ));
    }

    #[test]
    fn a_lost_answer_is_doubt_and_is_never_tried_again() {
        let lost = GraphError::Lost("timeout".into());
        assert_eq!(
            judge(&lost, Strikes::default(), MIDDLE),
            (Step::Doubt, Effect::None)
        );
    }

    #[test]
    fn an_integrity_block_stops_templates_and_fails_the_message() {
        let (step, effect) = judge(&refused(131_042), Strikes::default(), MIDDLE);
        assert!(matches!(step, Step::Fail(error) if error.code == 131_042 && error.retryable));
        assert_eq!(effect, Effect::StopTemplates(Duration::from_mins(15)));
    }

    #[test]
    fn meta_may_ask_for_a_longer_wait() {
        let json = json!({"error": {"code": 4}});
        let asked = Some(Duration::from_mins(30));
        let error = GraphError::Refused(Box::new(Refusal::read(429, &json, asked).unwrap()));
        assert_eq!(
            judge(&error, Strikes::default(), MIDDLE).1,
            Effect::Pause(Duration::from_mins(30))
        );
    }

    #[test]
    fn the_window_is_judged_with_a_margin_and_templates_are_exempt() {
        let wrote = Stamp::from_seconds(1_800_000_000);
        let text = Content::Text(Text::default());
        let after = |seconds| wrote.plus(Duration::from_secs(seconds));
        let day = 24 * 3600;
        assert_eq!(objection(&text, Some(wrote), after(day - 61)), None);
        let closed = objection(&text, Some(wrote), after(day - 60)).unwrap();
        assert_eq!((closed.code, closed.retryable), (131_047, false));
        assert!(objection(&text, None, wrote).is_some());
        let template = Content::Template(Template::default());
        assert_eq!(objection(&template, None, wrote), None);
    }

    #[test]
    fn a_number_is_as_fast_as_meta_says() {
        assert_eq!(speed(Some("HIGH")).per_second, 1000);
        assert_eq!(speed(Some("COEXISTENCE")).per_second, 20);
        for other in [None, Some("STANDARD"), Some("NOT_APPLICABLE")] {
            assert_eq!(speed(other).per_second, 80);
        }
    }
}
