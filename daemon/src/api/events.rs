//! The event stream of one client: what it missed, then what happens, in order and without a gap.

use std::collections::VecDeque;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use common::api::event::{Change, Event};
use common::id::Seq;
use common::rights::Deed;
use tokio::sync::watch;
use tokio::time::{Interval, MissedTickBehavior};

use crate::api::ApiState;
use crate::api::peer::Identity;
use crate::api::serve::stopped;
use crate::hub::{Followed, Follower, Line};
use crate::store::ask;
use crate::store::error::StoreError;
use crate::store::scope::Scope;

/// How many missed events are read at once.
const PAGE: usize = 200;
/// A stream on which nothing happens gets a comment so often, so that both ends know of each other.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// So many bytes go out as one piece at most.
const PIECE: usize = 16 * 1024;
/// What every stream begins with: when it breaks, come back after a second.
const HELLO: Bytes = Bytes::from_static(b"retry: 1000\n\n");
const STILL_HERE: Bytes = Bytes::from_static(b":\n\n");

/// Opens a stream: after an event, or from now on.
pub(crate) async fn stream(
    api: ApiState,
    who: (Scope, Identity),
    after: Option<Seq>,
) -> Result<Response, StoreError> {
    let following = Following::begin(api, who, after).await?;
    let frames = futures_util::stream::unfold(following, |mut following| async move {
        let frame = following.next().await?;
        Some((Ok::<_, StoreError>(frame), following))
    });
    let headers = [
        (CONTENT_TYPE, "text/event-stream"),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(frames)).into_response())
}

/// One client's way through the events. Bounded: one page at most is held, and while the client
/// does not read nothing is taken; the hub says `Reset` to one that slept too long.
struct Following {
    api: ApiState,
    scope: Scope,
    identity: Identity,
    /// Changes whenever somebody's rights do.
    rights: watch::Receiver<u64>,
    follower: Follower,
    /// Frames on their way.
    ready: VecDeque<Bytes>,
    /// Where the missed events have been told up to; `None` once all are.
    missing: Option<Seq>,
    /// Lines of the hub up to here were told as missed ones already.
    told: Seq,
    /// Numbered notices among them. The hub's own notices bear the number of the event before
    /// them and must not be taken for repetitions.
    told_notices: Vec<Seq>,
    /// One timer for the whole stream; many streams wake for the same event.
    alive: Interval,
}

impl Following {
    async fn begin(
        api: ApiState,
        (scope, identity): (Scope, Identity),
        after: Option<Seq>,
    ) -> Result<Self, StoreError> {
        let rights = api.entrance.rights();
        // Follow first, read then: what happens in between comes twice and is dropped once.
        let follower = api.hub.follow(&scope);
        let mut ready = VecDeque::from([HELLO]);
        let mut missing = after;
        if let Some(after) = after {
            let (oldest, newest) = api.store.ask(&scope, ask::events::bounds).await?;
            if after > newest || after.0.saturating_add(1) < oldest.0 {
                ready.push_back(Line::new(newest, None, &Change::Reset).frame());
                missing = Some(newest);
            }
        }
        let told = Seq::default();
        let mut alive = tokio::time::interval(KEEP_ALIVE);
        alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
        alive.reset();
        Ok(Self {
            api,
            scope,
            identity,
            rights,
            follower,
            ready,
            missing,
            told,
            told_notices: Vec::new(),
            alive,
        })
    }

    /// The next piece of the stream; `None` ends it.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(frame) = self.ready.pop_front() {
                return Some(frame);
            }
            if let Some(after) = self.missing {
                self.catch_up(after).await?;
                continue;
            }
            let followed = tokio::select! {
                biased;
                () = stopped(self.api.stop.clone()) => return None,
                followed = self.follower.next() => followed,
                Ok(()) = self.rights.changed() => {
                    if self.is_still_let_in().await {
                        continue;
                    }
                    return None;
                }
                _tick = self.alive.tick() => {
                    // A token's time may be over.
                    return self.is_still_let_in().await.then_some(STILL_HERE);
                }
            };
            match followed {
                Followed::Line(line) if self.is_told(&line) => {}
                Followed::Line(line) => return Some(self.together(line.frame())),
                Followed::Reset => return Some(self.reset()),
            }
        }
    }

    /// What came together with a frame goes out with it, as one piece.
    fn together(&mut self, first: Bytes) -> Bytes {
        let Some(mut more) = self.follower.ready() else {
            return first;
        };
        let mut piece = first.to_vec();
        loop {
            match more {
                Followed::Line(line) if self.is_told(&line) => {}
                Followed::Line(line) => piece.extend_from_slice(&line.frame()),
                Followed::Reset => piece.extend_from_slice(&self.reset()),
            }
            if piece.len() >= PIECE {
                return piece.into();
            }
            match self.follower.ready() {
                Some(next) => more = next,
                None => return piece.into(),
            }
        }
    }

    fn reset(&self) -> Bytes {
        Line::new(self.api.hub.seq(), None, &Change::Reset).frame()
    }

    /// One page of what was missed. Ends the stream where that cannot be read: the client comes
    /// again and resumes.
    async fn catch_up(&mut self, after: Seq) -> Option<()> {
        let page = self
            .api
            .store
            .ask(&self.scope, move |view| {
                ask::events::since(view, after, PAGE)
            })
            .await
            .map_err(|error| tracing::warn!(%error, "an event stream ends: missed events not read"))
            .ok()?;
        self.told = page.last().map_or(after, |event| event.seq);
        self.missing = (page.len() >= PAGE).then_some(self.told);
        for Event { seq, change } in page {
            if matches!(change, Change::Notice(_)) {
                self.told_notices.push(seq);
            }
            self.ready.push_back(Line::new(seq, None, &change).frame());
        }
        if self.told_notices.len() > PAGE {
            let old = self.told_notices.len() - PAGE;
            self.told_notices.drain(..old);
        }
        Some(())
    }

    /// Whether whoever follows may still do what they could at the beginning. Whoever may do more or
    /// less by now comes again and gets what is theirs.
    async fn is_still_let_in(&self) -> bool {
        let now = self.identity.scope(&self.api).await;
        let now = now.ok().and_then(|scope| scope.for_deed(Deed::Read).ok());
        now.is_some_and(|now| now.reach() == self.scope.reach())
    }

    /// Whether it was among the missed ones. What is kept nowhere never was, whatever number it bears.
    fn is_told(&self, line: &Line) -> bool {
        match line.kind {
            "media.offered" | "media.progress" | "number.checked" => false,
            "notice" => line.seq <= self.told && self.told_notices.contains(&line.seq),
            _ => line.seq <= self.told,
        }
    }
}
