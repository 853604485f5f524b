//! One file on its way here: where it lies, its bytes, its digest, its place on the disk.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;

use common::file::facts::Facts;
use common::model::media::MediaState;

use crate::fact::Fact;
use crate::fact::digest::file_digest;
use crate::fact::media::{MediaFact, Stored, Traits};
use crate::graph::error::GraphError;
use crate::graph::media::{Incoming, MediaAt};
use crate::media::Room;
use crate::media::files::Sealed;
use crate::media::policy::{self, Next, Trouble, error};
use crate::media::progress::Progress;
use crate::store::Commit;
use crate::store::ask::media::Wanted;
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::vault::keyring::NumberKey;

/// Nothing that a customer sends is nearly this large.
const ENDLESS: u64 = 2 * 1024 * 1024 * 1024;

/// What an errand tells the worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// It is done, one way or the other, and written down.
    Done,
    /// Nothing of its number can be had with this token.
    NumberDead,
    /// Nothing can be kept for a while.
    DiskFull,
}

/// A file to fetch.
pub(crate) struct Errand {
    pub(crate) room: Arc<Room>,
    pub(crate) wanted: Wanted,
    pub(crate) key: Arc<NumberKey>,
}

/// What came.
enum Came {
    Whole(Sealed, Option<String>),
    /// It is larger than is fetched by itself.
    TooLarge(u64),
}

impl Errand {
    /// Fetches it and writes down what became of it.
    pub(crate) async fn run(&self) -> Told {
        let (media, now) = (self.wanted.media, self.room.clock.now());
        if let Some(error) = policy::outlived(self.wanted.at, now) {
            let state = MediaState::Expired;
            return self
                .write(MediaFact::Lost {
                    media,
                    state,
                    error,
                })
                .await;
        }
        match self.fetch().await {
            Ok(Came::Whole(sealed, mime)) => self.keep(sealed, mime).await,
            Ok(Came::TooLarge(bytes)) => {
                let advice = "It is larger than is fetched by itself: open it to fetch it now.";
                let error = error("too_large_to_fetch", advice);
                self.write(MediaFact::Held {
                    media,
                    bytes,
                    error,
                })
                .await
            }
            Err(trouble) => self.failed(&trouble).await,
        }
    }

    async fn failed(&self, trouble: &Trouble) -> Told {
        let wanted = &self.wanted;
        let media = wanted.media;
        tracing::info!(media = %media, number = %wanted.number, ?trouble, "a file was not fetched");
        match policy::judge(trouble, wanted.attempts, dice()) {
            Next::Again {
                pause,
                counts,
                error,
            } => {
                let due = self.room.clock.now().plus(pause);
                let error = Some(error);
                self.write(MediaFact::Postponed {
                    media,
                    due,
                    error,
                    counts,
                })
                .await
            }
            Next::Lost(state, error) => {
                self.write(MediaFact::Lost {
                    media,
                    state,
                    error,
                })
                .await
            }
            Next::NumberDead(error) => {
                let due = self.room.clock.now();
                let (error, counts) = (Some(error), false);
                let _told = self
                    .write(MediaFact::Postponed {
                        media,
                        due,
                        error,
                        counts,
                    })
                    .await;
                Told::NumberDead
            }
            Next::DiskFull(_) => Told::DiskFull,
        }
    }

    async fn fetch(&self) -> Result<Came, Trouble> {
        // An address may have died on the way from Meta's answer to here: then it is asked anew.
        for _ in 0..2 {
            let at = self.at().await?;
            if let Some(bytes) = at.bytes.filter(|bytes| self.is_too_large(*bytes)) {
                return Ok(Came::TooLarge(bytes));
            }
            match self.room.graph.download(&self.key, &at.url).await {
                Ok(incoming) => return self.take(incoming, at).await,
                Err(GraphError::Refused(refusal))
                    if matches!(refusal.http, 401 | 403 | 404 | 410) =>
                {
                    tracing::debug!(media = %self.wanted.media, http = refusal.http, "the address is dead");
                }
                Err(error) => return Err(Trouble::Graph(error)),
            }
        }
        Err(Trouble::Dead)
    }

    async fn at(&self) -> Result<MediaAt, Trouble> {
        let wanted = &self.wanted;
        match (&wanted.meta_id, &wanted.url) {
            (Some(id), _) => self
                .room
                .graph
                .media_at(&self.key, id)
                .await
                .map_err(Trouble::Graph),
            (None, Some(url)) => Ok(MediaAt {
                url: url.clone(),
                ..MediaAt::default()
            }),
            (None, None) => Err(Trouble::Dead),
        }
    }

    async fn take(&self, mut incoming: Incoming, at: MediaAt) -> Result<Came, Trouble> {
        let wanted = &self.wanted;
        let total = at.bytes.or(incoming.bytes);
        if let Some(bytes) = total.filter(|bytes| self.is_too_large(*bytes)) {
            return Ok(Came::TooLarge(bytes));
        }
        let mut progress =
            Progress::new(&self.room.hub, wanted.org, wanted.media, wanted.message).of(total);
        let mut draft = self.room.files.begin().await.map_err(Trouble::Disk)?;
        while let Some(piece) = incoming.next().await.map_err(Trouble::Graph)? {
            draft.write(&piece).await.map_err(Trouble::Disk)?;
            if draft.bytes() > ENDLESS {
                return Err(Trouble::Endless);
            }
            if self.is_too_large(draft.bytes()) {
                return Ok(Came::TooLarge(draft.bytes()));
            }
            progress.moved(draft.bytes());
        }
        let sealed = draft.seal().await.map_err(Trouble::Disk)?;
        let told = at.sha256.as_deref().or(wanted.sha256.as_deref());
        let came = hex::encode(sealed.digest);
        if told.and_then(file_digest).is_some_and(|told| told != came) {
            return Err(Trouble::Digest);
        }
        Ok(Came::Whole(sealed, at.mime))
    }

    fn is_too_large(&self, bytes: u64) -> bool {
        !self.wanted.asked && bytes > self.room.rules.borrow().auto_max
    }

    async fn keep(&self, sealed: Sealed, mime: Option<String>) -> Told {
        let facts = match sealed.facts().await {
            Ok(facts) => facts,
            Err(why) => return self.failed(&Trouble::Disk(why)).await,
        };
        let stored = Box::new(stored(&sealed, &facts, mime));
        let media = self.wanted.media;
        let settling = self.room.files.settle().await;
        if let Err(why) = sealed.keep(&self.room.files).await {
            drop(settling);
            return self.failed(&Trouble::Disk(why)).await;
        }
        let told = self.write(MediaFact::Fetched { media, stored }).await;
        drop(settling);
        tracing::debug!(media = %media, "a file was fetched");
        told
    }

    async fn write(&self, fact: MediaFact) -> Told {
        let commit = Commit {
            scope: Scope::daemon(),
            journal: None,
            facts: vec![Fact::Media(fact)],
        };
        match self.room.store.commit(commit).await {
            // Where the store has closed it stays due and is fetched again: nothing is lost.
            Ok(_) | Err(StoreError::Closed) => Told::Done,
            Err(why) => {
                tracing::warn!(%why, "what became of a file could not be stored; it is fetched again");
                Told::DiskFull
            }
        }
    }
}

/// What the database keeps of a content.
pub(crate) fn stored(sealed: &Sealed, facts: &Facts, mime: Option<String>) -> Stored {
    Stored {
        digest: sealed.digest,
        bytes: sealed.bytes,
        mime: mime.or_else(|| Some(facts.format.mime().to_owned())),
        traits: Traits::from(facts),
    }
}

/// A number from 0 to 1 that nobody can guess.
fn dice() -> f64 {
    let random = RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(random >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}
