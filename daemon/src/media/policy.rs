//! Pure rules of fetching: is this the end, and when again.

use std::time::Duration;

use common::model::media::{MediaError, MediaState};
use common::time::Stamp;

use crate::graph::error::{Fate, GraphError};

/// Meta keeps what customers send for seven days.
const LIFE: Duration = Duration::from_hours(7 * 24);
/// So often is tried what may be a slip of Meta's and may be final.
const TRIES: u32 = 3;
/// No single wait is longer.
const LONGEST: Duration = Duration::from_hours(1);

/// Why a file did not come.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// Meta, or the way there.
    Graph(GraphError),
    /// Its address was dead, also when asked anew.
    Dead,
    /// Its bytes are not those that Meta told of.
    Digest,
    /// It does not end.
    Endless,
    /// Our disk.
    Disk(std::io::Error),
}

/// What becomes of it.
#[derive(Debug, PartialEq)]
pub(crate) enum Next {
    /// It is tried again.
    Again {
        /// After so long.
        pause: Duration,
        /// Whether this was one of its tries.
        counts: bool,
        /// Why.
        error: MediaError,
    },
    /// It cannot be had.
    Lost(MediaState, MediaError),
    /// Nothing of this number can be had until a person has mended it.
    NumberDead(MediaError),
    /// Nothing can be kept until there is room.
    DiskFull(MediaError),
}

/// What becomes of a file after trouble; `dice` is from 0 to 1.
pub(crate) fn judge(trouble: &Trouble, attempts: u32, dice: f64) -> Next {
    let again = |code: &str, advice: &str, counts: bool| Next::Again {
        pause: pause(attempts, dice),
        counts,
        error: error(code, advice),
    };
    let last = attempts + 1 >= TRIES;
    match trouble {
        Trouble::Disk(why) if crate::media::files::is_full(why) => Next::DiskFull(error(
            "disk_full",
            "The disk is full: free some space, then it is fetched by itself.",
        )),
        Trouble::Disk(_) => again(
            "disk_failed",
            "The file could not be written: look at recado's log and at the disk.",
            true,
        ),
        Trouble::Digest if last => Next::Lost(
            MediaState::Failed,
            error(
                "wrong_hash",
                "What came is not what Meta told of, three times in a row: ask the customer to send it again.",
            ),
        ),
        Trouble::Digest => again("wrong_hash", "It came damaged and is fetched again.", true),
        Trouble::Endless => Next::Lost(
            MediaState::Failed,
            error(
                "endless",
                "It is far larger than WhatsApp allows: ask the customer to send it again.",
            ),
        ),
        Trouble::Dead if last => Next::Lost(
            MediaState::Failed,
            error(
                "gone_at_meta",
                "Meta no longer has the file: ask the customer to send it again.",
            ),
        ),
        Trouble::Dead => again(
            "gone_at_meta",
            "Meta does not have the file now; it is asked again.",
            true,
        ),
        Trouble::Graph(graph) => of_graph(graph, (attempts, last), &again),
    }
}

fn of_graph(
    graph: &GraphError,
    (attempts, last): (u32, bool),
    again: &dyn Fn(&str, &str, bool) -> Next,
) -> Next {
    let code = match graph {
        GraphError::Refused(refusal) => refusal.code,
        _ => None,
    };
    let gone =
        matches!(graph, GraphError::Refused(r) if r.code == Some(100) && r.subcode == Some(33));
    match graph.fate() {
        _ if gone && last => Next::Lost(
            MediaState::Failed,
            error(
                "gone_at_meta",
                "Meta no longer has the file: ask the customer to send it again.",
            ),
        ),
        _ if gone => again(
            "gone_at_meta",
            "Meta does not have the file now; it is asked again.",
            true,
        ),
        Fate::TokenDead => Next::NumberDead(error(
            "number_not_ready",
            "The number's access token does not work: give it a new one, then the file is fetched by itself.",
        )),
        Fate::Final | Fate::WindowClosed | Fate::TemplatesStopped => {
            let told = graph.explain();
            let advice = format!(
                "Meta refuses it ({}, code {}): ask the customer to send it again.",
                told.title,
                code.unwrap_or_default()
            );
            Next::Lost(MediaState::Failed, error("refused", &advice))
        }
        Fate::Unreached | Fate::Doubt | Fate::Later | Fate::PacedNumber | Fate::PacedPair => {
            let asked = graph.retry_after().unwrap_or_default().min(LONGEST);
            match again(
                "unreachable",
                "Meta does not answer; it is tried again by itself.",
                true,
            ) {
                Next::Again {
                    pause,
                    counts,
                    error,
                } => Next::Again {
                    pause: pause.max(asked),
                    counts: counts && attempts < 12,
                    error,
                },
                other => other,
            }
        }
    }
}

/// A file that Meta has thrown away by now.
pub(crate) fn outlived(at: Stamp, now: Stamp) -> Option<MediaError> {
    (now.since(at) > LIFE).then(|| {
        error(
            "expired_at_meta",
            "Meta keeps files for seven days, and they are over: ask the customer to send it again.",
        )
    })
}

/// A word with its sentence.
pub(crate) fn error(code: &str, advice: &str) -> MediaError {
    MediaError {
        code: code.to_owned(),
        advice: advice.to_owned(),
    }
}

/// A second, then four times as long each time, an hour at most; a little more or less, so that
/// what failed together does not return together.
fn pause(attempts: u32, dice: f64) -> Duration {
    let whole = Duration::from_secs(1)
        .saturating_mul(4_u32.saturating_pow(attempts.min(8)))
        .min(LONGEST);
    whole.mul_f64(0.75 + dice.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::graph::error::Refusal;

    fn refused(code: i64, subcode: i64) -> Trouble {
        let json = json!({"error": {"code": code, "error_subcode": subcode}});
        Trouble::Graph(GraphError::Refused(Box::new(
            Refusal::read(400, &json, None).unwrap(),
        )))
    }

    #[test]
    fn a_way_that_is_broken_is_tried_for_as_long_as_meta_keeps_the_file() {
        for attempts in [0, 3, 50] {
            let lost = Trouble::Graph(GraphError::Lost("timeout".into()));
            assert!(
                matches!(judge(&lost, attempts, 0.5), Next::Again { .. }),
                "{attempts}"
            );
        }
        let pauses: Vec<u64> = (0..7).map(|n| pause(n, 0.5).as_secs()).collect();
        assert_eq!(pauses, [1, 4, 16, 64, 256, 1024, 3600]);
    }

    #[test]
    fn a_file_that_meta_does_not_have_is_asked_for_three_times() {
        for trouble in [Trouble::Dead, Trouble::Digest, refused(100, 33)] {
            assert!(matches!(
                judge(&trouble, 1, 0.5),
                Next::Again { counts: true, .. }
            ));
            assert!(matches!(
                judge(&trouble, 2, 0.5),
                Next::Lost(MediaState::Failed, _)
            ));
        }
        assert!(matches!(
            judge(&refused(131_052, 0), 0, 0.5),
            Next::Lost(..)
        ));
    }

    #[test]
    fn a_dead_token_and_a_full_disk_lose_nothing() {
        assert!(matches!(
            judge(&refused(190, 460), 9, 0.5),
            Next::NumberDead(_)
        ));
        let full = Trouble::Disk(std::io::ErrorKind::StorageFull.into());
        assert!(matches!(judge(&full, 9, 0.5), Next::DiskFull(_)));
    }

    #[test]
    fn seven_days_are_seven_days() {
        let at = Stamp::from_seconds(1_800_000_000);
        assert_eq!(outlived(at, at.plus(LIFE)), None);
        let late = outlived(at, at.plus(LIFE + Duration::from_secs(1))).unwrap();
        assert_eq!(late.code, "expired_at_meta");
    }
}
