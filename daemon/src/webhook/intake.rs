//! Takes a request's body in: so long, so late and so much of all together, and no further.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::webhook::Limits;

/// So much of each body draws on nothing shared: common notifications pass however crowded it is.
const FREE: usize = 16 << 10;
/// What the shared budget is counted in.
const UNIT: usize = 1 << 10;
/// What is read and thrown away so that a refused sender comes to read the answer.
const DISCARD_BYTES: usize = 16 << 20;
const DISCARD_TIME: Duration = Duration::from_secs(5);

/// Why a body was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declined {
    /// It is longer than any notification.
    TooLong,
    /// It did not come in time.
    TooSlow,
    /// Too much is in flight.
    Crowded,
    /// The connection broke off.
    Broken,
}

/// A body, and its share of the budget while it is held.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) bytes: Vec<u8>,
    pub(super) share: Option<OwnedSemaphorePermit>,
}

/// What all bodies in flight share.
#[derive(Debug, Clone)]
pub(super) struct Intake {
    longest: usize,
    time: Duration,
    budget: Arc<Semaphore>,
}

impl Intake {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            longest: limits.body_bytes,
            time: limits.body,
            budget: Arc::new(Semaphore::new(limits.total_bytes / UNIT)),
        }
    }

    /// Whether a body of the announced length may come at all.
    pub(super) fn allows(&self, announced: Option<u64>) -> bool {
        announced.is_none_or(|length| usize::try_from(length).is_ok_and(|l| l <= self.longest))
    }

    /// Takes a whole body in.
    pub(super) async fn take(
        &self,
        mut body: Body,
        announced: Option<u64>,
    ) -> Result<Taken, Declined> {
        let taken = tokio::time::timeout(self.time, self.gather(&mut body, announced)).await;
        let taken = taken.unwrap_or(Err(Declined::TooSlow));
        if taken.as_ref().is_err_and(|why| *why == Declined::TooLong) {
            discard(body).await;
        }
        taken
    }

    async fn gather(&self, body: &mut Body, announced: Option<u64>) -> Result<Taken, Declined> {
        let expected = announced
            .and_then(|length| usize::try_from(length).ok())
            .unwrap_or(FREE);
        let mut bytes = Vec::with_capacity(expected.min(FREE));
        let mut share = None;
        while let Some(piece) = next(body).await? {
            let length = bytes.len() + piece.len();
            if length > self.longest {
                return Err(Declined::TooLong);
            }
            self.draw(&mut share, length)?;
            bytes.extend_from_slice(&piece);
        }
        Ok(Taken { bytes, share })
    }

    /// Draws so much from the budget that `length` bytes are covered, or fails at once: waiting
    /// for others who wait would end nowhere.
    #[expect(
        clippy::significant_drop_tightening,
        reason = "what is drawn is handed on"
    )]
    fn draw(
        &self,
        share: &mut Option<OwnedSemaphorePermit>,
        length: usize,
    ) -> Result<(), Declined> {
        let wanted = length.saturating_sub(FREE).div_ceil(UNIT);
        let held = share.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let more =
            u32::try_from(wanted.saturating_sub(held)).map_err(|_too_many| Declined::TooLong)?;
        if more == 0 {
            return Ok(());
        }
        let budget = Arc::clone(&self.budget);
        let drawn = budget
            .try_acquire_many_owned(more)
            .map_err(|_none_left| Declined::Crowded)?;
        match share {
            Some(share) => share.merge(drawn),
            None => *share = Some(drawn),
        }
        Ok(())
    }
}

/// The next piece of data.
async fn next(body: &mut Body) -> Result<Option<Bytes>, Declined> {
    loop {
        match body.frame().await {
            None => return Ok(None),
            Some(Err(_broken)) => return Err(Declined::Broken),
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    return Ok(Some(data));
                }
            }
        }
    }
}

/// Reads a body and throws it away: a sender that is still writing when the connection closes
/// would never see why.
pub(super) async fn discard(mut body: Body) {
    let all = async {
        let mut length = 0;
        while let Ok(Some(piece)) = next(&mut body).await {
            length += piece.len();
            if length > DISCARD_BYTES {
                break;
            }
        }
    };
    if tokio::time::timeout(DISCARD_TIME, all).await.is_err() {
        tracing::debug!("a refused body did not end");
    }
}

#[cfg(test)]
mod tests {
    use super::{Declined, Intake};
    use crate::webhook::Limits;
    use axum::body::{Body, Bytes};
    use std::time::Duration;

    fn intake(total: usize) -> Intake {
        Intake::new(&Limits {
            body_bytes: 64 << 10,
            total_bytes: total,
            ..Limits::default()
        })
    }

    fn pieces(count: usize) -> Body {
        let piece = || Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; 4 << 10]));
        Body::from_stream(futures_util::stream::iter((0..count).map(move |_| piece())))
    }

    #[tokio::test]
    async fn bodies_are_whole_and_bounded() {
        let intake = intake(1 << 20);
        let length = intake.take(pieces(16), None).await.unwrap().bytes.len();
        assert_eq!(length, 64 << 10);
        assert_eq!(
            intake.take(pieces(17), None).await.unwrap_err(),
            Declined::TooLong
        );
        assert!(intake.allows(Some(64 << 10)) && !intake.allows(Some((64 << 10) + 1)));
    }

    #[tokio::test]
    async fn a_crowd_leaves_room_for_short_ones() {
        let intake = intake(50 << 10);
        let held = intake.take(pieces(16), None).await.unwrap();
        assert_eq!(
            intake.take(pieces(16), None).await.unwrap_err(),
            Declined::Crowded
        );
        assert!(intake.take(pieces(4), None).await.is_ok());
        drop(held);
        assert!(intake.take(pieces(16), None).await.is_ok());
    }

    #[tokio::test]
    async fn a_body_that_never_ends_is_given_up() {
        let limits = Limits {
            body: Duration::from_millis(20),
            ..Limits::default()
        };
        let never =
            Body::from_stream(futures_util::stream::pending::<Result<Bytes, std::io::Error>>());
        let declined = Intake::new(&limits).take(never, None).await.unwrap_err();
        assert_eq!(declined, Declined::TooSlow);
    }
}
