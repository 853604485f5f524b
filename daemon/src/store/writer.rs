//! The one thread that writes: all that waits shares a transaction, and events go out after it.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::Duration;

use common::api::event::{Notice, Severity};
use common::id::{PhoneNumberId, Seq};
use common::time::Clock;
use rusqlite::Connection;
use tokio::sync::{oneshot, watch};

use crate::fact::Fact;
use crate::hub::Hub;
use crate::store::apply::batch::{Batch, Finished, Key, Memory};
use crate::store::apply::{self, Done, UNKNOWN_NUMBER, notice};
use crate::store::checkpoint::{Copier, Wal};
use crate::store::error::StoreError;
use crate::store::journal::{self, Pressed};
use crate::store::outcome;
use crate::store::scope::{Reach, Scope};
use crate::store::{Options, Receipt};

/// After so long without work the log is copied into the database and memory given back.
const IDLE: Duration = Duration::from_secs(5);

/// A commit that waits for its turn.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) scope: Scope,
    pub(crate) journal: Option<Pressed>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) reply: oneshot::Sender<Result<Receipt, StoreError>>,
}

/// What the writer shares with the rest.
#[derive(Debug, Clone)]
pub(crate) struct Shared {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) hub: Hub,
    pub(crate) outbox: watch::Sender<u64>,
    pub(crate) writable: Arc<AtomicBool>,
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
    events: SyncSender<Vec<Key>>,
    shared: Shared,
    options: Options,
    /// Held while the thread lives, so that no second daemon opens the folder.
    _lock: File,
}

/// What one commit came to, before the transaction is through.
type Applied = Result<Vec<Done>, StoreError>;

/// Why a transaction did not go through.
enum Failed {
    /// A commit broke a rule after it had written something: do it again with savepoints.
    Again,
    /// Nothing of it could be stored.
    All(StoreError),
}

impl Writer {
    /// Takes over a connection whose schema is up to date.
    pub(crate) fn new(
        mut conn: Connection,
        events: SyncSender<Vec<Key>>,
        shared: Shared,
        options: Options,
        lock: File,
    ) -> Result<Self, StoreError> {
        let memory = Memory::load(&conn)?;
        let seq = conn.query_row("SELECT coalesce(max(seq), 0) FROM events", [], |row| {
            row.get(0)
        })?;
        let wal = Wal::watch(&mut conn)?;
        shared.hub.passed(Seq(seq));
        Ok(Self {
            conn,
            memory,
            stale: false,
            seq,
            wal,
            events,
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
            self.wal.copy_soon();
            if self.wal.is_too_long() {
                self.wal.restart(&self.conn);
            }
        }
        self.wal.truncate(&self.conn);
    }

    /// The next commit; none when the store closes. Sleeps without a timer once all is tidy.
    fn next(&self, jobs: &Receiver<Waiting>) -> Option<Waiting> {
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
        let result = match self.attempt(&jobs, false) {
            Err(Failed::Again) => self.attempt(&jobs, true),
            other => other,
        };
        match result {
            Ok((applied, finished)) => {
                self.seq = finished.seq;
                self.recovered();
                for (job, done) in jobs.into_iter().zip(applied) {
                    let receipt = done.and_then(|done| self.receipt(&done));
                    // Whoever asked may be gone; what they said is stored all the same.
                    drop(job.reply.send(receipt));
                }
                self.publish(finished);
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
                now: self.shared.clock.now(),
                journal_days: self.options.journal_days,
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
        let now = self.shared.clock.now();
        let outcomes = done
            .iter()
            .map(|done| outcome::read(&self.conn, done, now))
            .collect::<Result<_, _>>()?;
        Ok(Receipt {
            seq: Seq(self.seq),
            outcomes,
        })
    }

    fn publish(&self, finished: Finished) {
        if !finished.events.is_empty() && self.events.send(finished.events).is_err() {
            tracing::error!("the thread that tells of events is gone");
        }
        if finished.outbox {
            self.shared
                .outbox
                .send_modify(|count| *count = count.wrapping_add(1));
        }
    }

    fn failed(&self, error: &StoreError) {
        tracing::error!(%error, "nothing can be written");
        if !self.shared.writable.swap(false, Ordering::SeqCst) {
            return;
        }
        let sentence = format!(
            "Messages cannot be stored ({error}). Meta keeps them and tries again; free some space.",
        );
        self.shared.hub.notice(
            self.shared.clock.now(),
            told("storage_full", sentence, Severity::Error),
        );
    }

    fn recovered(&self) {
        if self.shared.writable.swap(true, Ordering::SeqCst) {
            return;
        }
        tracing::warn!("the database can be written again");
        let sentence = "Messages are stored again.".to_owned();
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

struct Turn {
    careful: bool,
    seq: i64,
    now: common::time::Stamp,
    journal_days: u32,
}

fn transact(
    conn: &Connection,
    memory: &mut Memory,
    jobs: &[Waiting],
    turn: &Turn,
) -> Result<(Vec<Applied>, Finished), Failed> {
    let mut batch = Batch::new(conn, memory, turn.seq, turn.now);
    batch.journal_days = turn.journal_days;
    let mut applied = Vec::with_capacity(jobs.len());
    for job in jobs {
        let done = guarded(&mut batch, turn.careful, |batch| {
            commit(batch, job, turn.careful)
        })?;
        applied.push(done);
    }
    let finished = batch.finish().map_err(Failed::All)?;
    Ok((applied, finished))
}

/// Runs a step so that its failure leaves nothing behind: with a savepoint, or by seeing that
/// nothing was written yet.
fn guarded<T>(
    batch: &mut Batch<'_>,
    careful: bool,
    step: impl FnOnce(&mut Batch<'_>) -> Result<Result<T, StoreError>, Failed>,
) -> Result<Result<T, StoreError>, Failed> {
    let all = |error: rusqlite::Error| Failed::All(error.into());
    let mark = batch.mark();
    let before = batch.conn.total_changes();
    if careful {
        batch.conn.execute_batch("SAVEPOINT step").map_err(all)?;
    }
    let result = step(batch)?;
    match &result {
        Err(error) if error.is_full() => return result.map(Ok).map_err(Failed::All),
        Err(_) if careful => {
            batch
                .conn
                .execute_batch("ROLLBACK TO step; RELEASE step")
                .map_err(all)?;
            batch.rewind(mark).map_err(Failed::All)?;
        }
        Err(_) if batch.conn.total_changes() == before => {
            batch.rewind(mark).map_err(Failed::All)?;
        }
        Err(_) => return Err(Failed::Again),
        Ok(_) if careful => batch.conn.execute_batch("RELEASE step").map_err(all)?,
        Ok(_) => {}
    }
    Ok(result)
}

/// Applies one commit: a user's facts together or not at all, a notification's each for itself.
fn commit(
    batch: &mut Batch<'_>,
    job: &Waiting,
    careful: bool,
) -> Result<Result<Vec<Done>, StoreError>, Failed> {
    let from_meta = matches!(job.scope.reach(), Reach::Meta(_));
    let mut done = Vec::with_capacity(job.facts.len());
    let mut unread: Option<String> = None;
    for fact in &job.facts {
        let result = if from_meta {
            guarded(batch, careful, |batch| {
                Ok(apply::apply(batch, &job.scope, fact))
            })?
        } else {
            apply::apply(batch, &job.scope, fact)
        };
        match result {
            Ok(Done::Unread(why)) => {
                if why == UNKNOWN_NUMBER
                    && let Some(id) = number_of(fact)
                    && let Err(error) = notice::unknown_number(batch, id.as_str())
                {
                    return Ok(Err(error));
                }
                done.push(Done::Nothing);
                unread.get_or_insert(why);
            }
            Ok(other) => done.push(other),
            Err(error) if from_meta => {
                tracing::error!(%error, "a part of a notification could not be stored; it is kept");
                unread.get_or_insert(format!("fault: {error}"));
                done.push(Done::Nothing);
            }
            Err(error) => return Ok(Err(error)),
        }
    }
    if let Some(pressed) = &job.journal
        && let Err(error) = journal::write(batch.conn, pressed, batch.now, unread.as_deref())
    {
        return Ok(Err(error));
    }
    Ok(Ok(done))
}

/// The number that a fact speaks of, where it names one.
fn number_of(fact: &Fact) -> Option<&PhoneNumberId> {
    match fact {
        Fact::Received(f) => f.number.as_ref(),
        Fact::Reported(f) => f.number.as_ref(),
        Fact::Edited(f) => f.event.number.as_ref(),
        Fact::Revoked(f) => f.event.number.as_ref(),
        Fact::Renamed(f) => f.number.as_ref(),
        Fact::Contact(f) => f.number.as_ref(),
        Fact::NumberTold(f) => f.number.as_ref(),
        _ => None,
    }
}

/// Opens a connection that writes.
pub(crate) fn open(path: &Path, options: &Options) -> Result<Connection, StoreError> {
    let conn = Connection::open(path)?;
    conn.set_prepared_statement_cache_capacity(256);
    let synchronous = if options.synchronous_full {
        "FULL"
    } else {
        "NORMAL"
    };
    conn.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; \
         PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY; \
         PRAGMA mmap_size = 0; PRAGMA busy_timeout = 1000; PRAGMA journal_size_limit = 67108864",
    ))?;
    Ok(conn)
}
