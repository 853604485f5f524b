//! The one thread that writes: all that waits shares a transaction, and events go out after it.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use common::api::event::{Notice, Severity};
use common::id::Seq;
use common::time::Clock;
use rusqlite::Connection;
use tokio::sync::watch;

use crate::clock::{MetaTime, Times};
use crate::hub::Hub;
use crate::store::apply::batch::Finished;
use crate::store::apply::memory::Memory;
use crate::store::apply::{Done, words};
use crate::store::checkpoint::{Copier, Wal};
use crate::store::error::StoreError;
use crate::store::migrate;
use crate::store::outcome;
use crate::store::tell::tell;
use crate::store::turn::{Applied, Failed, Turn, Waiting, transact};
use crate::store::{Options, Receipt};

/// After so long without work the log is copied into the database and memory given back.
const IDLE: Duration = Duration::from_secs(5);
/// After so long without work new messages are indexed for the search, if nobody searched before.
const BREAK: Duration = Duration::from_millis(20);
/// So many messages wait for the index at most while there is work.
const MOST_UNINDEXED: usize = 512;

/// How often a transaction is tried again that another program held up.
const BUSY_TRIES: usize = 2;

/// What the writer shares with the rest.
#[derive(Debug, Clone)]
pub(crate) struct Shared {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) meta: Option<MetaTime>,
    pub(crate) hub: Hub,
    pub(crate) outbox: watch::Sender<u64>,
    /// Changes when a chat is put off.
    pub(crate) snoozes: watch::Sender<u64>,
    /// Changes when Meta is to be asked about templates.
    pub(crate) templates: watch::Sender<u64>,
    pub(crate) media: watch::Sender<u64>,
    pub(crate) writable: Arc<AtomicBool>,
    /// Whether files wait until somebody asks for them.
    pub(crate) hold_files: Arc<AtomicBool>,
    /// How many messages wait for the full-text index.
    pub(crate) unindexed: Arc<AtomicUsize>,
}

impl Shared {
    /// What time it is.
    pub(crate) fn times(&self) -> Times {
        let local = self.clock.now();
        let judged = self.meta.as_ref().map_or(local, |meta| meta.judged(local));
        Times { local, judged }
    }
}

/// The thread's belongings.
#[derive(Debug)]
pub(crate) struct Writer {
    conn: Connection,
    memory: Memory,
    /// What is remembered may be of a transaction that was rolled back.
    stale: bool,
    seq: i64,
    wal: Wal,
    shared: Shared,
    options: Options,
    /// Held while the thread lives, so that no second daemon opens the folder.
    _lock: File,
}

impl Writer {
    /// Takes over a connection whose schema is up to date.
    pub(crate) fn new(
        mut conn: Connection,
        shared: Shared,
        options: Options,
        lock: File,
    ) -> Result<Self, StoreError> {
        let memory = Memory::load(&conn)?;
        let seq = conn.query_row("SELECT coalesce(max(seq), 0) FROM events", [], |row| {
            row.get(0)
        })?;
        let wal = Wal::watch(&mut conn)?;
        shared
            .unindexed
            .store(words::waiting(&conn)?, Ordering::SeqCst);
        shared.hub.passed(Seq(seq));
        Ok(Self {
            conn,
            memory,
            stale: false,
            seq,
            wal,
            shared,
            options,
            _lock: lock,
        })
    }

    /// The part of the thread that copies the log into the database.
    pub(crate) fn copier(&mut self, path: &Path) -> Result<Copier, StoreError> {
        self.wal.copier(path)
    }

    /// Works until nobody can send any more.
    pub(crate) fn run(mut self, jobs: &Receiver<Waiting>) {
        while let Some(first) = self.next(jobs) {
            let mut batch = Vec::with_capacity(16);
            batch.push(first);
            while batch.len() < self.options.max_batch.max(1) {
                match jobs.try_recv() {
                    Ok(job) => batch.push(job),
                    Err(_) => break,
                }
            }
            self.process(batch);
            if self.unindexed() >= MOST_UNINDEXED {
                self.index();
            }
            self.wal.copy_soon();
            if self.wal.is_too_long() {
                self.wal.restart(&self.conn);
            }
        }
        self.index();
        self.wal.truncate(&self.conn);
    }

    fn unindexed(&self) -> usize {
        self.shared.unindexed.load(Ordering::SeqCst)
    }

    /// Indexes what waits, in a transaction of its own. Where that fails it waits on.
    fn index(&self) {
        if self.unindexed() == 0 {
            return;
        }
        let done = self
            .conn
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(StoreError::from)
            .and_then(|()| words::index(&self.conn))
            .and_then(|()| Ok(self.conn.execute_batch("COMMIT")?));
        match done {
            Ok(()) => self.shared.unindexed.store(0, Ordering::SeqCst),
            Err(error) => {
                tracing::warn!(%error, "new messages are not in the search index yet");
                if !self.conn.is_autocommit()
                    && let Err(error) = self.conn.execute_batch("ROLLBACK")
                {
                    tracing::error!(%error, "a transaction could not be rolled back");
                }
            }
        }
    }

    /// The next commit; none when the store closes. Sleeps without a timer once all is tidy.
    fn next(&self, jobs: &Receiver<Waiting>) -> Option<Waiting> {
        if self.unindexed() > 0 {
            match jobs.recv_timeout(BREAK) {
                Ok(job) => return Some(job),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => self.index(),
            }
        }
        if self.wal.is_empty() {
            return jobs.recv().ok();
        }
        match jobs.recv_timeout(IDLE) {
            Ok(job) => return Some(job),
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => {}
        }
        self.wal.restart(&self.conn);
        if let Err(error) = self.conn.execute_batch("PRAGMA shrink_memory") {
            tracing::debug!(%error, "memory was not given back");
        }
        jobs.recv().ok()
    }

    /// Stores what waits and answers everybody.
    fn process(&mut self, jobs: Vec<Waiting>) {
        let mut result = self.attempt(&jobs, false);
        for _ in 0..BUSY_TRIES {
            // Each one waits a second for whoever holds the database.
            if !matches!(result, Err(Failed::All(StoreError::Busy))) {
                break;
            }
            result = self.attempt(&jobs, false);
        }
        if matches!(result, Err(Failed::Again)) {
            result = self.attempt(&jobs, true);
        }
        match result {
            Ok((applied, finished)) => {
                self.seq = finished.seq;
                self.recovered();
                match finished.noted {
                    Some(noted) => {
                        self.shared.unindexed.fetch_add(noted, Ordering::SeqCst);
                    }
                    None => self.shared.unindexed.store(0, Ordering::SeqCst),
                }
                for (job, done) in jobs.into_iter().zip(applied) {
                    let receipt = done.and_then(|done| self.receipt(&done));
                    // Whoever asked may be gone; what they said is stored all the same.
                    drop(job.reply.send(receipt));
                }
                self.publish(&finished);
            }
            Err(failed) => {
                let error = match failed {
                    Failed::All(error) => error,
                    Failed::Again => StoreError::Damaged("a savepoint did not hold".to_owned()),
                };
                self.failed(&error);
                for job in jobs {
                    let error = match &error {
                        StoreError::Full(why) => StoreError::Full(why.clone()),
                        StoreError::Busy => StoreError::Busy,
                        other => StoreError::Damaged(other.to_string()),
                    };
                    drop(job.reply.send(Err(error)));
                }
            }
        }
    }

    /// One transaction with everything in it. Without savepoints first: they cost, and hardly
    /// ever does a commit break a rule after it has written something.
    fn attempt(
        &mut self,
        jobs: &[Waiting],
        careful: bool,
    ) -> Result<(Vec<Applied>, Finished), Failed> {
        let all = |error: rusqlite::Error| Failed::All(error.into());
        if self.stale {
            self.memory = Memory::load(&self.conn).map_err(Failed::All)?;
            self.stale = false;
        }
        self.conn.execute_batch("BEGIN IMMEDIATE").map_err(all)?;
        let result = transact(
            &self.conn,
            &mut self.memory,
            jobs,
            &Turn {
                careful,
                seq: self.seq,
                times: self.shared.times(),
                journal_days: self.options.journal_days,
                hold_files: self.shared.hold_files.load(Ordering::SeqCst),
            },
        )
        .and_then(|done| {
            self.conn.execute_batch("COMMIT").map_err(all)?;
            Ok(done)
        });
        if result.is_err() {
            if !self.conn.is_autocommit()
                && let Err(error) = self.conn.execute_batch("ROLLBACK")
            {
                tracing::error!(%error, "a transaction could not be rolled back");
            }
            self.stale = true;
        }
        result
    }

    fn receipt(&self, done: &[Done]) -> Result<Receipt, StoreError> {
        let now = self.shared.times().judged;
        let outcomes = done
            .iter()
            .map(|done| outcome::read(&self.conn, done, now))
            .collect::<Result<_, _>>()?;
        Ok(Receipt {
            seq: Seq(self.seq),
            outcomes,
        })
    }

    fn publish(&self, finished: &Finished) {
        let wake = |sender: &watch::Sender<u64>| {
            sender.send_modify(|count| *count = count.wrapping_add(1));
        };
        if finished.outbox {
            wake(&self.shared.outbox);
        }
        if finished.media {
            wake(&self.shared.media);
        }
        if finished.snoozes {
            wake(&self.shared.snoozes);
        }
        if finished.templates {
            wake(&self.shared.templates);
        }
        let now = self.shared.times().judged;
        tell(&self.conn, &self.shared.hub, now, &finished.events);
    }

    fn failed(&self, error: &StoreError) {
        tracing::error!(%error, "nothing can be written");
        if !self.shared.writable.swap(false, Ordering::SeqCst) {
            return;
        }
        let (code, sentence) = match error {
            StoreError::Busy => (
                "storage_busy",
                "Messages cannot be stored: another program holds the database. Meta keeps them \
                 and tries again; close whatever has recado's database open."
                    .to_owned(),
            ),
            _ => (
                "storage_full",
                format!(
                    "Messages cannot be stored ({error}). Meta keeps them and tries again; free some space.",
                ),
            ),
        };
        self.shared.hub.withdraw("storage_ok");
        self.shared.hub.notice(
            self.shared.clock.now(),
            told(code, sentence, Severity::Error),
        );
    }

    fn recovered(&self) {
        if self.shared.writable.swap(true, Ordering::SeqCst) {
            return;
        }
        tracing::warn!("the database can be written again");
        let sentence = "Messages are stored again.".to_owned();
        self.shared.hub.withdraw("storage_full");
        self.shared.hub.withdraw("storage_busy");
        self.shared.hub.notice(
            self.shared.clock.now(),
            told("storage_ok", sentence, Severity::Info),
        );
    }
}

fn told(code: &str, sentence: String, severity: Severity) -> Notice {
    Notice {
        code: code.to_owned(),
        sentence,
        severity,
        org_id: None,
        number_id: None,
        detail: None,
        revision: 0,
    }
}

/// Opens a connection that writes.
pub(crate) fn open(path: &Path, options: &Options) -> Result<Connection, StoreError> {
    let conn = Connection::open(path)?;
    conn.set_prepared_statement_cache_capacity(256);
    migrate::steady_plans(&conn)?;
    let synchronous = if options.synchronous_full {
        "FULL"
    } else {
        "NORMAL"
    };
    conn.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; \
         PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY; \
         PRAGMA mmap_size = 0; PRAGMA busy_timeout = 1000; PRAGMA journal_size_limit = 83886080",
    ))?;
    Ok(conn)
}
