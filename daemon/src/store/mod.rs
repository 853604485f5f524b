//! The store: everything that lasts, behind two doors: commit facts, ask questions.

pub(crate) mod apply;
pub mod ask;
pub(crate) mod checkpoint;
pub mod error;
pub(crate) mod journal;
pub(crate) mod migrate;
pub(crate) mod outcome;
pub(crate) mod reader;
pub(crate) mod row;
pub mod scope;
pub(crate) mod tell;
pub(crate) mod turn;
pub(crate) mod wamid;
pub(crate) mod writer;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use common::api::chats::ChatMark;
use common::api::connect::Connect;
use common::api::operators::Operator;
use common::api::tokens::Token;
use common::id::{AppId, MessageId, Seq};
use common::model::chat::{Chat, Draft};
use common::model::customer::{Customer, Note};
use common::model::media::Media;
use common::model::message::Message;
use common::model::number::Number;
use common::model::org::Org;
use common::model::reply::Reply;
use common::model::template::Template;
use common::time::Clock;
use tokio::sync::{oneshot, watch};

use crate::clock::MetaTime;
use crate::fact::Fact;
use crate::hub::Hub;
use crate::store::ask::View;
use crate::store::error::StoreError;
use crate::store::journal::{Press, Pressed};
use crate::store::reader::Question;
use crate::store::scope::Scope;
use crate::store::turn::Waiting;
use crate::store::writer::{Shared, Writer};

/// How many connections answer questions.
const READERS: usize = 3;
/// What each of them keeps of the database; the system keeps the rest of it.
const CACHE_KIB: u32 = 1_000;
/// How many questions may wait.
const QUESTIONS: usize = 256;
/// Bodies beyond this are pressed away from the runtime's threads.
const LARGE: usize = 64 * 1024;

/// How the store works.
#[derive(Debug, Clone)]
pub struct Options {
    /// How many commits share one transaction at most.
    pub max_batch: usize,
    /// How many commits may wait before new ones are turned away.
    pub queue: usize,
    /// How long bodies of notifications that were read are kept.
    pub journal_days: u32,
    /// Whether every transaction is on the disk before it is answered; only measurements say no.
    pub synchronous_full: bool,
    /// What is known of Meta's time, by which windows are judged.
    pub meta: Option<MetaTime>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_batch: 256,
            queue: 1024,
            journal_days: 30,
            synchronous_full: true,
            meta: None,
        }
    }
}

/// Facts that are stored together or not at all.
#[derive(Debug, Clone)]
pub struct Commit {
    /// Who says so.
    pub scope: Scope,
    /// The notification that they were read from.
    pub journal: Option<Journal>,
    /// What is to be stored.
    pub facts: Vec<Fact>,
}

/// A signed notification as it came.
#[derive(Debug, Clone)]
pub struct Journal {
    /// The app whose secret signed it.
    pub app: AppId,
    /// The whole body.
    pub body: Vec<u8>,
}

/// What became of a commit.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// Every event that the commit caused has this number or a lower one.
    pub seq: Seq,
    /// One for each fact.
    pub outcomes: Vec<Outcome>,
}

/// What became of a fact.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// Nothing to tell.
    Nothing,
    /// The message queued or retried, or the one stored before under the same `client_id`.
    Message(Box<Message>),
    /// The chat marked or changed.
    Chat(Box<Chat>),
    /// The number added, changed or removed.
    Number(Box<Number>),
    /// The organisation added.
    Org(Org),
    /// The draft as it stands now.
    Draft(Option<Draft>),
    /// The customer changed.
    Customer(Box<Customer>),
    /// The note added or changed.
    Note(Note),
    /// The template seen last.
    Template(Box<Template>),
    /// The saved reply added or changed.
    Reply(Box<Reply>),
    /// The token that numbers are connected with.
    Connect(Box<Connect>),
    /// The token added.
    Token(Token),
    /// The operator let in or changed.
    Operator(Box<Operator>),
    /// The file handed over or asked for.
    Media(Box<Media>),
    /// Of the messages to claim, those that were still waiting and are claimed now.
    Claimed(Vec<MessageId>),
    /// How far the chats that changed were read before.
    Marked(Vec<ChatMark>),
}

/// The store. Clones share it.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    jobs: Mutex<Option<SyncSender<Waiting>>>,
    questions: Mutex<Option<SyncSender<Question>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    shared: Shared,
    press: Arc<Press>,
}

impl Store {
    /// Opens the database, brings its schema up to date, starts the threads.
    ///
    /// Fails when another daemon works in the same folder, when a newer version wrote it, or when
    /// it cannot be read.
    pub fn open(
        path: &Path,
        clock: Arc<dyn Clock>,
        hub: Hub,
        options: Options,
    ) -> Result<Self, StoreError> {
        let lock = lock(path)?;
        let conn = writer::open(path, &options)?;
        migrate::migrate(&conn)?;
        let shared = Shared {
            clock,
            meta: options.meta.clone(),
            hub,
            outbox: watch::Sender::new(0),
            templates: watch::Sender::new(0),
            snoozes: watch::Sender::new(0),
            media: watch::Sender::new(0),
            writable: Arc::new(AtomicBool::new(true)),
            hold_files: Arc::default(),
            unindexed: Arc::default(),
        };
        let mut threads = Threads {
            path,
            started: Vec::new(),
        };
        let (jobs, waiting) = sync_channel(options.queue.max(1));
        let mut writer = Writer::new(conn, shared.clone(), options, lock)?;
        let copier = writer.copier(path)?;
        threads.start("store-copy", move || copier.run())?;
        threads.start("store-write", move || writer.run(&waiting))?;
        let (questions, asked) = sync_channel(QUESTIONS);
        let asked = Arc::new(Mutex::new(asked));
        for _ in 0..READERS {
            let (conn, asked) = (reader::open(path, CACHE_KIB)?, Arc::clone(&asked));
            threads.start("store-read", move || reader::answer(&conn, &asked))?;
        }
        Ok(Self {
            inner: Arc::new(Inner {
                jobs: Mutex::new(Some(jobs)),
                questions: Mutex::new(Some(questions)),
                threads: Mutex::new(threads.started),
                shared,
                press: Arc::new(Press::default()),
            }),
        })
    }

    /// Stores facts; resolves when they are on the disk. Turned away with `Busy` when too much waits.
    ///
    /// A commit that was taken goes through even if whoever waits for it goes away.
    pub async fn commit(&self, commit: Commit) -> Result<Receipt, StoreError> {
        let journal = match commit.journal {
            Some(journal) => Some(self.pressed(journal).await?),
            None => None,
        };
        let (reply, answer) = oneshot::channel();
        let waiting = Waiting {
            scope: commit.scope,
            journal,
            facts: commit.facts,
            reply,
        };
        let jobs = locked(&self.inner.jobs).clone().ok_or(StoreError::Closed)?;
        jobs.try_send(waiting).map_err(|error| match error {
            TrySendError::Full(_) => StoreError::Busy,
            TrySendError::Disconnected(_) => StoreError::Closed,
        })?;
        drop(jobs);
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Asks a question of one consistent state of the database.
    pub async fn ask<T, F>(&self, scope: &Scope, question: F) -> Result<T, StoreError>
    where
        F: FnOnce(&View<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let (scope, shared) = (scope.clone(), self.inner.shared.clone());
        let asked: Question = Box::new(move |conn| {
            let result = conn
                .execute_batch("BEGIN")
                .map_err(StoreError::from)
                .and_then(|()| {
                    let found = question(&View::new(conn, &scope, shared.times()));
                    conn.execute_batch("COMMIT")?;
                    found
                });
            // Whoever asked may be gone.
            drop(reply.send(result));
        });
        let questions = locked(&self.inner.questions)
            .clone()
            .ok_or(StoreError::Closed)?;
        questions.try_send(asked).map_err(|error| match error {
            TrySendError::Full(_) => StoreError::Busy,
            TrySendError::Disconnected(_) => StoreError::Closed,
        })?;
        drop(questions);
        answer
            .await
            .unwrap_or_else(|_| Err(StoreError::Damaged("a question broke off".to_owned())))
    }

    /// Before a search: every message that was acknowledged is to be found. Where nothing can be
    /// written, what was indexed is found all the same.
    pub async fn settle(&self) {
        if self.inner.shared.unindexed.load(Ordering::SeqCst) == 0 {
            return;
        }
        let searched = Commit {
            scope: Scope::daemon(),
            journal: None,
            facts: vec![Fact::Searched],
        };
        if let Err(error) = self.commit(searched).await {
            tracing::debug!(%error, "the newest messages are not in the search index yet");
        }
    }

    /// Changes after every commit that gave the outbox something to do.
    pub fn outbox_changed(&self) -> watch::Receiver<u64> {
        self.inner.shared.outbox.subscribe()
    }

    /// Changes after every commit that puts a chat off.
    pub fn snoozed(&self) -> watch::Receiver<u64> {
        self.inner.shared.snoozes.subscribe()
    }

    /// Changes after every commit that makes templates worth asking Meta about.
    pub fn templates_wanted(&self) -> watch::Receiver<u64> {
        self.inner.shared.templates.subscribe()
    }

    /// Changes after every commit that gave a file to be fetched, or kept one.
    pub fn media_changed(&self) -> watch::Receiver<u64> {
        self.inner.shared.media.subscribe()
    }

    /// Whether customers' files wait from now on until somebody asks for them.
    pub fn hold_files(&self, hold: bool) {
        self.inner.shared.hold_files.store(hold, Ordering::SeqCst);
    }

    /// Whether the last attempt to write succeeded.
    pub fn is_writable(&self) -> bool {
        self.inner.shared.writable.load(Ordering::SeqCst)
    }

    /// Writes what waits, copies the log into the database and stops the threads.
    pub async fn close(&self) {
        drop(locked(&self.inner.jobs).take());
        drop(locked(&self.inner.questions).take());
        let threads = std::mem::take(&mut *locked(&self.inner.threads));
        let joined = tokio::task::spawn_blocking(move || {
            for thread in threads {
                if thread.join().is_err() {
                    tracing::error!("a thread of the store had panicked");
                }
            }
        });
        if let Err(error) = joined.await {
            tracing::error!(%error, "the store's threads were not waited for");
        }
    }

    async fn pressed(&self, journal: Journal) -> Result<Pressed, StoreError> {
        let press = Arc::clone(&self.inner.press);
        if journal.body.len() <= LARGE {
            return press.press(journal);
        }
        tokio::task::spawn_blocking(move || press.press(journal))
            .await
            .map_err(|e| StoreError::Damaged(e.to_string()))?
    }
}

struct Threads<'p> {
    path: &'p Path,
    started: Vec<JoinHandle<()>>,
}

impl Threads<'_> {
    fn start(
        &mut self,
        name: &str,
        work: impl FnOnce() + Send + 'static,
    ) -> Result<(), StoreError> {
        let file = |source| StoreError::File {
            path: self.path.to_owned(),
            source,
        };
        self.started.push(
            Builder::new()
                .name(name.to_owned())
                .spawn(work)
                .map_err(file)?,
        );
        Ok(())
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Locks the folder of the database. The kernel lets go when the process ends, however it ends.
fn lock(path: &Path) -> Result<File, StoreError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let failed = |source| StoreError::File {
        path: folder.clone(),
        source,
    };
    let handle = File::open(&folder).map_err(failed)?;
    match handle.try_lock() {
        Ok(()) => Ok(handle),
        Err(TryLockError::WouldBlock) => Err(StoreError::Taken(folder)),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

#[cfg(test)]
mod tests;
