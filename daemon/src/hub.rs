//! The event bus: keeps the newest events, lets clients follow, and never waits for any of them.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use common::api::event::{Change, MediaOffered, MediaProgress, Notice, NumberChecked};
use common::id::{MediaId, NumberId, OrgId, Seq};
use common::model::check::Check;
use common::model::media::Progress;
use common::time::Stamp;
use hyper::body::Bytes;
use tokio::sync::watch;

use crate::store::scope::{Actor, Scope};

/// How many bytes of events are kept for followers at most, whatever their number.
const MAX_BYTES: usize = 8 * 1024 * 1024;
/// How many daemon notices are kept for `GET /status`.
const MAX_NOTICES: usize = 32;
/// How many bytes an event usually has.
const USUAL: usize = 1024;
/// How many lines a follower takes at once.
const TAKE: usize = 64;

/// One event, serialised once for everybody.
#[derive(Clone)]
pub struct Line {
    /// Where it stands.
    pub seq: Seq,
    /// Whom it concerns; `None` is the daemon's own business, which administrators see.
    pub org: Option<OrgId>,
    /// The number it is about, where it is about one.
    pub number: Option<NumberId>,
    shared: bool,
    to: Option<Actor>,
    /// The word behind `event:`.
    pub kind: &'static str,
    frame: Bytes,
    json: (usize, usize),
}

impl Line {
    /// Serialises a change.
    pub fn new(seq: Seq, org: Option<OrgId>, change: &Change) -> Self {
        let kind = change.kind();
        let mut frame = Vec::with_capacity(USUAL);
        frame.extend_from_slice(format!("id: {seq}\nevent: {kind}\ndata: ").as_bytes());
        let start = frame.len();
        let written = match change {
            Change::MessageNew(m) | Change::MessageUpdated(m) => {
                serde_json::to_writer(&mut frame, m)
            }
            Change::ChatUpdated(c) => serde_json::to_writer(&mut frame, c),
            Change::NumberUpdated(n) => serde_json::to_writer(&mut frame, n),
            Change::CustomerUpdated(c) => serde_json::to_writer(&mut frame, c),
            Change::TemplateUpdated(t) => serde_json::to_writer(&mut frame, t),
            Change::ReplyUpdated(r) => serde_json::to_writer(&mut frame, r),
            Change::Notice(n) => serde_json::to_writer(&mut frame, n),
            Change::MediaProgress(p) => serde_json::to_writer(&mut frame, p),
            Change::MediaOffered(o) => serde_json::to_writer(&mut frame, o),
            Change::NumberChecked(c) => serde_json::to_writer(&mut frame, c),
            Change::ConfigReloaded(r) => serde_json::to_writer(&mut frame, r),
            Change::Other(v) => serde_json::to_writer(&mut frame, v),
            Change::Reset => {
                frame.extend_from_slice(b"{}");
                Ok(())
            }
        };
        if let Err(error) = written {
            tracing::error!(%seq, kind, %error, "an event could not be serialised");
            frame.truncate(start);
            frame.extend_from_slice(b"{}");
        }
        let end = frame.len();
        frame.extend_from_slice(b"\n\n");
        Self {
            seq,
            org,
            number: change.number(),
            shared: change.is_shared(),
            to: None,
            kind,
            frame: frame.into(),
            json: (start, end),
        }
    }

    /// Whether somebody may hear it.
    fn is_for(&self, scope: &Scope) -> bool {
        match &self.to {
            Some(only) => scope.actor() == only,
            None if self.shared => scope.sees(self.org),
            None => scope.hears(self.org, self.number),
        }
    }

    /// The whole `text/event-stream` frame: `id:`, `event:`, `data:` and the empty line.
    pub fn frame(&self) -> Bytes {
        self.frame.clone()
    }

    /// The object alone, as JSON.
    pub fn json(&self) -> Bytes {
        self.frame.slice(self.json.0..self.json.1)
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line")
            .field("seq", &self.seq)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// What a follower hears.
#[derive(Debug, Clone)]
pub enum Followed {
    /// The next event.
    Line(Arc<Line>),
    /// It was too slow and has missed some: ask anew.
    Reset,
}

/// The event bus.
#[derive(Clone)]
pub struct Hub {
    inner: Arc<Inner>,
}

struct Inner {
    ring: Mutex<Ring>,
    /// How many lines were ever published; followers sleep on it.
    head: watch::Sender<u64>,
    followers: AtomicUsize,
    capacity: usize,
    /// How far files under way have come.
    moving: Mutex<HashMap<MediaId, Progress>>,
}

struct Ring {
    lines: VecDeque<Arc<Line>>,
    bytes: usize,
    head: u64,
    seq: Seq,
    notices: VecDeque<(Stamp, Notice)>,
}

impl Hub {
    /// A bus that keeps the newest `capacity` events for followers that lag.
    pub fn new(capacity: usize) -> Self {
        let ring = Ring {
            lines: VecDeque::new(),
            bytes: 0,
            head: 0,
            seq: Seq(0),
            notices: VecDeque::new(),
        };
        Self {
            inner: Arc::new(Inner {
                ring: Mutex::new(ring),
                head: watch::Sender::new(0),
                followers: AtomicUsize::new(0),
                capacity: capacity.max(1),
                moving: Mutex::default(),
            }),
        }
    }

    /// Puts events before every follower. Only the store calls it, in the order of their numbers.
    pub fn publish(&self, lines: Vec<Arc<Line>>) {
        if lines.is_empty() {
            return;
        }
        let head = {
            let mut ring = self.inner.lock();
            for line in lines {
                ring.seq = ring.seq.max(line.seq);
                ring.bytes += line.frame.len();
                ring.lines.push_back(line);
                ring.head += 1;
            }
            while ring.lines.len() > self.inner.capacity
                || (ring.bytes > MAX_BYTES && ring.lines.len() > 1)
            {
                if let Some(old) = ring.lines.pop_front() {
                    ring.bytes -= old.frame.len();
                }
            }
            ring.head
        };
        self.inner.head.send_replace(head);
    }

    /// Tells of something that cannot be written down (the disk is full). It has no number of its own.
    pub fn notice(&self, now: Stamp, notice: Notice) {
        let seq = {
            let mut ring = self.inner.lock();
            ring.notices.push_back((now, notice.clone()));
            while ring.notices.len() > MAX_NOTICES {
                ring.notices.pop_front();
            }
            ring.seq
        };
        let org = notice.org_id;
        let line = Line::new(seq, org, &Change::Notice(Box::new(notice)));
        self.publish(vec![Arc::new(line)]);
    }

    /// Tells whoever follows now how far a file has come. It is kept nowhere and has no number of
    /// its own.
    pub fn progress(&self, org: Option<OrgId>, progress: MediaProgress) {
        if self.is_followed() {
            let change = Change::MediaProgress(Box::new(progress));
            self.publish(vec![Arc::new(Line::new(self.seq(), org, &change))]);
        }
    }

    /// How far a file has come that is under way now; none where it is not.
    pub fn moving(&self, media: MediaId) -> Option<Progress> {
        self.inner.moving().get(&media).copied()
    }

    /// Remembers how far a file has come; nothing where its way has ended.
    pub fn move_to(&self, media: MediaId, progress: Option<Progress>) {
        let mut moving = self.inner.moving();
        let _before = match progress {
            Some(progress) => moving.insert(media, progress),
            None => moving.remove(&media),
        };
    }

    /// Tells whoever follows now how a check came out. It is kept nowhere.
    pub fn checked(&self, org: OrgId, number: NumberId, check: &Check) {
        if self.is_followed() {
            let change = Change::NumberChecked(Box::new(NumberChecked::new(number, check)));
            self.publish(vec![Arc::new(Line::new(self.seq(), Some(org), &change))]);
        }
    }

    /// Tells an operator's consoles of a file that is for the chat they have open.
    pub fn offer(&self, to: Actor, mut offered: MediaOffered) {
        let seq = self.seq();
        offered.revision = seq.0;
        let change = Change::MediaOffered(Box::new(offered));
        let mut line = Line::new(seq, None, &change);
        line.to = Some(to);
        self.publish(vec![Arc::new(line)]);
    }

    /// The notices told by [`Hub::notice`] since a moment, oldest first.
    pub fn notices(&self, since: Stamp) -> Vec<Notice> {
        let ring = self.inner.lock();
        ring.notices
            .iter()
            .filter(|(at, _)| *at >= since)
            .map(|(_, n)| n.clone())
            .collect()
    }

    /// Takes back what [`Hub::notice`] told under this code: it is mended.
    pub fn withdraw(&self, code: &str) {
        self.inner
            .lock()
            .notices
            .retain(|(_, notice)| notice.code != code);
    }

    /// Follows from now on, hearing only what `scope` may hear.
    pub fn follow(&self, scope: &Scope) -> Follower {
        self.inner.followers.fetch_add(1, Ordering::SeqCst);
        let wake = self.inner.head.subscribe();
        let at = self.inner.lock().head;
        Follower {
            hub: self.clone(),
            scope: scope.clone(),
            wake,
            at,
            ready: VecDeque::new(),
        }
    }

    /// Whether anybody follows; where nobody does, events need not be serialised.
    pub fn is_followed(&self) -> bool {
        self.inner.followers.load(Ordering::SeqCst) > 0
    }

    /// The number of the newest event published.
    pub fn seq(&self) -> Seq {
        self.inner.lock().seq
    }

    /// Tells where the events stand when nobody needed them serialised.
    pub(crate) fn passed(&self, seq: Seq) {
        let mut ring = self.inner.lock();
        ring.seq = ring.seq.max(seq);
    }
}

impl Inner {
    fn moving(&self) -> MutexGuard<'_, HashMap<MediaId, Progress>> {
        self.moving.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hub")
            .field("capacity", &self.inner.capacity)
            .finish_non_exhaustive()
    }
}

/// One client's place in the stream of events.
pub struct Follower {
    hub: Hub,
    scope: Scope,
    wake: watch::Receiver<u64>,
    at: u64,
    ready: VecDeque<Arc<Line>>,
}

impl Follower {
    /// The next event, or word that some were missed. Waits until there is one; safe to cancel.
    pub async fn next(&mut self) -> Followed {
        loop {
            if let Some(line) = self.ready.pop_front() {
                return Followed::Line(line);
            }
            if self.take() {
                return Followed::Reset;
            }
            if self.ready.is_empty() && self.wake.changed().await.is_err() {
                // The bus lives as long as `hub` does, so this never happens; sleep all the same.
                std::future::pending::<()>().await;
            }
        }
    }

    /// The next event if one is there already; for sending what came together in one piece.
    pub fn ready(&mut self) -> Option<Followed> {
        if self.ready.is_empty() && self.take() {
            return Some(Followed::Reset);
        }
        self.ready.pop_front().map(Followed::Line)
    }

    /// Takes what is there; true if something is gone already.
    fn take(&mut self) -> bool {
        self.wake.mark_unchanged();
        let ring = self.hub.inner.lock();
        let oldest = ring.head - ring.lines.len() as u64;
        if self.at < oldest {
            self.at = ring.head;
            return true;
        }
        while self.ready.is_empty() {
            let from = usize::try_from(self.at - oldest).unwrap_or(usize::MAX);
            let mut seen = 0;
            for line in ring.lines.iter().skip(from).take(TAKE) {
                seen += 1;
                if line.is_for(&self.scope) {
                    self.ready.push_back(Arc::clone(line));
                }
            }
            if seen == 0 {
                break;
            }
            self.at += seen;
        }
        drop(ring);
        false
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.hub.inner.followers.fetch_sub(1, Ordering::SeqCst);
    }
}

impl fmt::Debug for Follower {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Follower")
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Followed, Hub, Line};
    use crate::store::scope::{Actor, Scope};
    use common::api::event::Change;
    use common::id::{OrgId, Seq};
    use std::sync::Arc;

    fn line(seq: i64, org: i64) -> Arc<Line> {
        Arc::new(Line::new(Seq(seq), Some(OrgId(org)), &Change::Reset))
    }

    fn actor() -> Actor {
        Actor {
            name: "ana".to_owned(),
            uid: None,
            ..Actor::default()
        }
    }

    #[tokio::test]
    async fn a_follower_hears_what_comes_after_it() {
        let hub = Hub::new(8);
        hub.publish(vec![line(1, 1)]);
        let mut follower = hub.follow(&Scope::admin(actor()));
        hub.publish(vec![line(2, 1), line(3, 1)]);
        for expected in [2, 3] {
            match follower.next().await {
                Followed::Line(line) => assert_eq!(line.seq, Seq(expected)),
                Followed::Reset => panic!("nothing was missed"),
            }
        }
        assert!(follower.ready().is_none());
        assert!(hub.is_followed());
        drop(follower);
        assert!(!hub.is_followed());
    }

    #[tokio::test]
    async fn one_that_lags_is_reset_and_goes_on() {
        let hub = Hub::new(4);
        let mut slow = hub.follow(&Scope::admin(actor()));
        for seq in 1..=10 {
            hub.publish(vec![line(seq, 1)]);
        }
        assert!(matches!(slow.next().await, Followed::Reset));
        hub.publish(vec![line(11, 1)]);
        assert!(matches!(slow.next().await, Followed::Line(l) if l.seq == Seq(11)));
    }

    #[tokio::test]
    async fn nobody_hears_another_organisation() {
        let hub = Hub::new(200);
        let mut follower = hub.follow(&Scope::org(actor(), OrgId(2)));
        hub.publish((1..=100).map(|seq| line(seq, 1)).collect());
        hub.publish(vec![line(101, 2)]);
        assert!(matches!(follower.next().await, Followed::Line(l) if l.seq == Seq(101)));
    }

    #[test]
    fn a_frame_is_a_server_sent_event() {
        let line = Line::new(Seq(7), None, &Change::Reset);
        assert_eq!(&line.frame()[..], b"id: 7\nevent: reset\ndata: {}\n\n");
        assert_eq!(&line.json()[..], b"{}");
    }
}
