//! What happens inside one transaction: every commit applied, guarded from the others.

use common::id::PhoneNumberId;
use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::clock::Times;
use crate::fact::Fact;
use crate::store::Receipt;
use crate::store::apply::batch::{Batch, Finished};
use crate::store::apply::memory::Memory;
use crate::store::apply::{self, Done, UNKNOWN_NUMBER, audit, notice};
use crate::store::error::StoreError;
use crate::store::journal::Pressed;
use crate::store::scope::{Reach, Scope};

/// A commit that waits for its turn.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) scope: Scope,
    pub(crate) journal: Option<Pressed>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) reply: oneshot::Sender<Result<Receipt, StoreError>>,
}

/// What one commit came to, before the transaction is through.
pub(crate) type Applied = Result<Vec<Done>, StoreError>;

/// Why a transaction did not go through.
#[derive(Debug)]
pub(crate) enum Failed {
    /// A commit broke a rule after it had written something: do it again with savepoints.
    Again,
    /// Nothing of it could be stored.
    All(StoreError),
}

/// What one attempt at a transaction goes by.
#[derive(Debug)]
pub(crate) struct Turn {
    pub(crate) careful: bool,
    pub(crate) seq: i64,
    pub(crate) times: Times,
    pub(crate) journal_days: u32,
    /// Customers' files are fetched when somebody asks for them, not by themselves.
    pub(crate) hold_files: bool,
}

/// Applies all that waits, each so that its failure leaves nothing behind.
pub(crate) fn transact(
    conn: &Connection,
    memory: &mut Memory,
    jobs: &[Waiting],
    turn: &Turn,
) -> Result<(Vec<Applied>, Finished), Failed> {
    let mut batch = Batch::new(conn, memory, turn);
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
            apply::apply(batch, &job.scope, fact).and_then(|done| {
                audit::record(batch, &job.scope, fact, &done)?;
                Ok(done)
            })
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
        && let Err(error) = batch.keep(pressed, unread.as_deref())
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
        Fact::Preferred(f) => f.number.as_ref(),
        Fact::NumberTold(f) => f.number.as_ref(),
        _ => None,
    }
}
