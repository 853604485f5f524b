//! The worker that fetches: looks at what is wanted, a few at once, fair between numbers.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use common::api::event::{Notice, Severity};
use common::id::{MediaId, NumberId};
use common::time::Stamp;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::media::Room;
use crate::media::errand::{Errand, Told};
use crate::stop::stopped;
use crate::store::ask::media::{self, Wanted};
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::vault::secret::Secret;

/// How many files are on their way at once, over all numbers.
const AT_ONCE: usize = 4;
/// And of one number.
const OF_ONE: usize = 2;
/// While anything waits, the worker looks at least so often, whatever the clock does.
const RESTLESS: Duration = Duration::from_secs(30);
/// How long nothing is fetched after the disk was full, or the database could not be read.
const FULL: Duration = Duration::from_secs(5);
/// How long a number with a dead token is left alone, unless it gets another one.
const DEAD: Duration = Duration::from_mins(10);

/// The notice that nothing can be kept.
const NOTICE: &str = "media_disk_full";

type Ended = (MediaId, NumberId, Told);

struct Worker {
    room: Arc<Room>,
    under_way: HashMap<MediaId, NumberId>,
    running: JoinSet<Ended>,
    /// Numbers whose token died, with that token.
    dead: HashMap<NumberId, (Secret, Instant)>,
    full_until: Option<Instant>,
    /// Which number comes first, in turn.
    turn: usize,
}

/// Fetches until told to stop; what is under way then is fetched anew after the next start.
pub(crate) async fn run(room: Arc<Room>, mut stop: watch::Receiver<bool>) {
    let mut changed = room.store.media_changed();
    let mut keys = room.keyring.changed();
    let mut worker = Worker {
        room,
        under_way: HashMap::new(),
        running: JoinSet::new(),
        dead: HashMap::new(),
        full_until: None,
        turn: 0,
    };
    loop {
        changed.mark_unchanged();
        let wake = match worker.look().await {
            Ok(wake) => wake,
            Err(StoreError::Closed) => return,
            Err(error) => {
                tracing::warn!(%error, "files to be fetched could not be read; it tries again");
                Some(FULL)
            }
        };
        let sleep = async {
            match wake {
                Some(wait) => tokio::time::sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = stopped(&mut stop) => return,
            told = changed.changed() => if told.is_err() { return },
            () = keys.next() => {}
            Some(ended) = worker.running.join_next(), if !worker.running.is_empty() => {
                worker.ended(ended.ok());
            }
            () = sleep => {}
        }
    }
}

impl Worker {
    /// Sends errands for what may be fetched now, and says when to look again.
    async fn look(&mut self) -> Result<Option<Duration>, StoreError> {
        if self.under_way.len() >= AT_ONCE {
            return Ok(None);
        }
        if let Some(until) = self.full_until {
            let wait = until.saturating_duration_since(Instant::now());
            if !wait.is_zero() {
                return Ok(Some(wait));
            }
            self.full_until = None;
        }
        let (wanted, next) = self
            .room
            .store
            .ask(&Scope::daemon(), |view| {
                Ok((media::wanted(view, OF_ONE * 4)?, media::next_wanted(view)?))
            })
            .await?;
        let now = self.room.clock.now();
        let held = self.start(wanted);
        let soon = next.map(|next| next.since(now).max(Duration::from_millis(1)));
        Ok(match (soon, held) {
            (Some(soon), _) => Some(soon.min(RESTLESS)),
            (None, true) => Some(RESTLESS),
            (None, false) => None,
        })
    }

    /// Starts what there is room for, one number after the other. True if something waits for its
    /// number.
    fn start(&mut self, wanted: Vec<Wanted>) -> bool {
        let mut held = false;
        let mut lanes: Vec<(NumberId, Vec<Wanted>)> = Vec::new();
        for one in wanted {
            if self.under_way.contains_key(&one.media) {
                continue;
            }
            match lanes.last_mut() {
                Some((number, lane)) if *number == one.number => lane.push(one),
                _ => lanes.push((one.number, vec![one])),
            }
        }
        if !lanes.is_empty() {
            self.turn = (self.turn + 1) % lanes.len();
            lanes.rotate_left(self.turn);
        }
        for _round in 0..OF_ONE {
            for (number, lane) in &mut lanes {
                let mine = self
                    .under_way
                    .values()
                    .filter(|other| *other == number)
                    .count();
                if self.under_way.len() >= AT_ONCE || mine >= OF_ONE || lane.is_empty() {
                    continue;
                }
                let Some(key) = self.room.keyring.number(*number) else {
                    held = true;
                    continue;
                };
                if self.is_dead(*number, &key.token) {
                    held = true;
                    continue;
                }
                let wanted = lane.remove(0);
                let (media, number) = (wanted.media, *number);
                let _before = self.under_way.insert(media, number);
                let errand = Errand {
                    room: Arc::clone(&self.room),
                    wanted,
                    key,
                };
                let _handle = self
                    .running
                    .spawn(async move { (media, number, errand.run().await) });
            }
        }
        held
    }

    fn is_dead(&mut self, number: NumberId, token: &Secret) -> bool {
        let Some((dead, until)) = self.dead.get(&number) else {
            return false;
        };
        let still = dead == token && *until > Instant::now();
        if !still {
            let _gone = self.dead.remove(&number);
        }
        still
    }

    fn ended(&mut self, ended: Option<Ended>) {
        let Some((media, number, told)) = ended else {
            // It panicked: nobody knows which it was, so all that is left is looked at anew.
            tracing::error!("fetching a file broke off; it is fetched again");
            self.running.abort_all();
            self.under_way.clear();
            self.full_until = Some(Instant::now() + FULL);
            return;
        };
        let _number = self.under_way.remove(&media);
        match told {
            Told::Done => self.room.hub.withdraw(NOTICE),
            Told::NumberDead => {
                if let Some(key) = self.room.keyring.number(number) {
                    let until = Instant::now() + DEAD;
                    let _before = self.dead.insert(number, (key.token.clone(), until));
                }
            }
            Told::DiskFull => self.full(),
        }
    }

    fn full(&mut self) {
        self.full_until = Some(Instant::now() + FULL);
        let now: Stamp = self.room.clock.now();
        let known = self
            .room
            .hub
            .notices(Stamp::from_millis(0))
            .iter()
            .any(|notice| notice.code == NOTICE);
        if known {
            return;
        }
        tracing::error!("the disk is full: files wait, messages do not");
        let notice = Notice {
            code: NOTICE.to_owned(),
            sentence: "The disk is full: customers' files wait and are fetched by themselves once \
                       there is room. Free some space, or set media.keep."
                .to_owned(),
            severity: Severity::Error,
            org_id: None,
            number_id: None,
            detail: None,
            revision: 0,
        };
        self.room.hub.notice(now, notice);
    }
}
