//! Figures kept as things happen, by number and quarter of an hour: what is counted once is read a million times.

use common::model::message::SendError;
use common::tick::Status;
use rusqlite::{Connection, params};

use crate::store::apply::batch::Batch;
use crate::store::error::StoreError;
use crate::store::row::code::bits;
use crate::store::row::message::Raw;

/// Zones differ by quarters of an hour, so days of every zone are made of these.
pub(crate) const QUARTER: i64 = 15 * 60 * 1000;

/// What is counted; the numbers stand in the database.
pub(crate) mod what {
    /// A customer's message.
    pub(crate) const INBOUND: i64 = 1;
    /// One of ours.
    pub(crate) const OUTBOUND: i64 = 2;
    /// Taken by WhatsApp.
    pub(crate) const SENT: i64 = 3;
    /// Delivered.
    pub(crate) const DELIVERED: i64 = 4;
    /// Read.
    pub(crate) const READ: i64 = 5;
    /// The first message of a chat.
    pub(crate) const NEW: i64 = 6;
    /// A customer wrote after a day or more.
    pub(crate) const CONVERSATION: i64 = 7;
    /// A window closed before anybody answered.
    pub(crate) const LOST: i64 = 8;
    /// From here on: failed with the code that is left when this is taken away.
    pub(crate) const FAILED: i64 = 1000;
}

/// One count of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Count {
    number: i64,
    quarter: i64,
    what: i64,
    by: i64,
}

/// What one transaction counts; written once at its end.
#[derive(Debug, Default)]
pub(crate) struct Tallies(Vec<Count>);

impl Tallies {
    /// Counts something of a number that happened then.
    pub(crate) fn add(&mut self, number: i64, ts: i64, what: i64, by: i64) {
        self.0.push(Count {
            number,
            quarter: ts.div_euclid(QUARTER),
            what,
            by,
        });
    }

    /// How much was counted so far, to go back to.
    pub(crate) const fn mark(&self) -> usize {
        self.0.len()
    }

    /// Forgets what came after the mark.
    pub(crate) fn rewind(&mut self, mark: usize) {
        self.0.truncate(mark);
    }

    /// Adds it to what stands in the database.
    pub(crate) fn write(mut self, conn: &Connection) -> Result<(), StoreError> {
        self.0.sort_unstable();
        let same =
            |a: &Count, b: &Count| (a.number, a.quarter, a.what) == (b.number, b.quarter, b.what);
        for counts in self.0.chunk_by(same) {
            let by: i64 = counts.iter().map(|count| count.by).sum();
            let Some(first) = counts.first().filter(|_| by != 0) else {
                continue;
            };
            conn.prepare_cached(
                "INSERT INTO tallies (number, quarter, what, n) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT DO UPDATE SET n = n + excluded.n",
            )?
            .execute(params![first.number, first.quarter, first.what, by])?;
        }
        Ok(())
    }
}

/// A message of ours moves from one status to another; `error` is why, where it failed.
pub(crate) fn moved(
    batch: &mut Batch<'_>,
    raw: &Raw,
    to: Status,
    error: Option<&SendError>,
) -> Result<(), StoreError> {
    let from = match raw.status {
        Status::Failed => raw.extra()?.error,
        _ => None,
    };
    let place = (raw.bits, raw.number, raw.ts);
    count(batch, place, (raw.status, from.as_ref()), -1);
    count(batch, place, (to, error), 1);
    Ok(())
}

/// Counts (or takes back) what a status of a message of ours stands for.
pub(crate) fn count(
    batch: &mut Batch<'_>,
    (flags, number, ts): (i64, i64, i64),
    (status, error): (Status, Option<&SendError>),
    by: i64,
) {
    if flags & bits::OUTBOUND == 0 || flags & bits::FOLDED != 0 {
        return;
    }
    let reached: &[i64] = match status {
        Status::Sent => &[what::SENT],
        Status::Delivered => &[what::SENT, what::DELIVERED],
        Status::Read | Status::Played => &[what::SENT, what::DELIVERED, what::READ],
        Status::Failed => &[],
        _ => return,
    };
    for what in reached {
        batch.tallies.add(number, ts, *what, by);
    }
    if status == Status::Failed {
        let code = error.map_or(0, |error| error.code.clamp(0, i64::from(u32::MAX)));
        batch.tallies.add(number, ts, what::FAILED + code, by);
    }
}
