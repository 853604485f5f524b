//! Questions: each is one function with a limit, and sees only what its scope may see.

pub mod audit;
pub mod chats;
pub mod connect;
pub mod customers;
pub mod desk;
pub mod events;
pub mod health;
pub mod history;
pub mod journal;
pub mod media;
pub mod numbers;
pub mod orgs;
pub mod outbox;
pub mod people;
pub mod replies;
pub mod sealed;
pub mod search;
pub mod seek;
pub(crate) mod sift;
pub mod snooze;
pub mod stats;
pub mod status;
pub mod templates;
pub mod tokens;
pub(crate) mod words;

use common::api::problem::{Code, Problem};
use common::id::{NumberId, OrgId};
use common::time::Stamp;
use rusqlite::Connection;

use crate::clock::Times;
use crate::store::error::StoreError;
use crate::store::scope::{Reach, Scope};

/// One consistent state of the database, as one scope sees it.
#[derive(Debug)]
pub struct View<'a> {
    conn: &'a Connection,
    scope: &'a Scope,
    times: Times,
}

impl<'a> View<'a> {
    pub(crate) const fn new(conn: &'a Connection, scope: &'a Scope, times: Times) -> Self {
        Self { conn, scope, times }
    }

    /// When the question was asked; Meta's time where this machine's clock is ahead of it.
    pub const fn now(&self) -> Stamp {
        self.times.judged
    }

    /// When the question was asked by this machine's clock, right or wrong: what recado itself has put off goes by it.
    pub const fn local(&self) -> Stamp {
        self.times.local
    }

    /// The organisations that a query is bound to, as a JSON list; none for those that see all.
    fn orgs(&self) -> Option<String> {
        match self.scope.reach() {
            Reach::Admin | Reach::Daemon => None,
            Reach::Some(grants) => Some(list(grants.iter().map(|grant| grant.org.0))),
            // A notification asks nothing.
            Reach::Meta(_) => Some(list([])),
        }
    }

    /// The numbers that a query is bound to, as a JSON list; none for those that see all.
    fn numbers(&self) -> Result<Option<String>, StoreError> {
        if self.orgs().is_none() {
            return Ok(None);
        }
        let mut statement = self.conn.prepare_cached("SELECT id, org FROM numbers")?;
        let mut rows = statement.query([])?;
        let mut seen = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, org) = (row.get(0)?, row.get(1)?);
            if self.scope.sees_number(OrgId(org), NumberId(id)) {
                seen.push(id);
            }
        }
        Ok(Some(list(seen)))
    }

    /// The same, but only where somebody sees less than an organisation's all: what belongs to no
    /// number is bound to it by what it is used for.
    fn narrowed(&self) -> Result<Option<String>, StoreError> {
        match self.scope.reach() {
            Reach::Some(grants) if grants.iter().any(|grant| grant.numbers.is_some()) => {
                self.numbers()
            }
            _ => Ok(None),
        }
    }

    /// Whether a row of this organisation may be seen.
    fn sees(&self, org: Option<i64>) -> bool {
        self.scope.sees(org.map(OrgId))
    }

    /// Refuses everybody but the daemon itself.
    fn daemon_only(&self) -> Result<(), StoreError> {
        match self.scope.reach() {
            Reach::Daemon => Ok(()),
            _ => Err(StoreError::refuse(
                Code::Forbidden,
                "Only the daemon itself may ask this.",
            )),
        }
    }
}

/// Ids as a JSON list, for `json_each`.
fn list(ids: impl IntoIterator<Item = i64>) -> String {
    let ids: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    format!("[{}]", ids.join(","))
}

/// How many rows to give: what is asked for, within bounds.
fn bounded(limit: Option<u32>) -> usize {
    limit.unwrap_or(50).clamp(1, 200) as usize
}

/// A number of rows as SQLite takes it.
fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// A cursor's words, as `a:b` or the like; refused where they are not of our making.
fn bad_cursor() -> StoreError {
    StoreError::Refused(
        Problem::new(
            Code::BadRequest,
            "This cursor is not one that recado gave; begin without.",
        )
        .field("cursor"),
    )
}

/// Numbers as an opaque cursor.
fn cursor(parts: &[i64]) -> String {
    let bytes: Vec<u8> = parts.iter().flat_map(|p| p.to_be_bytes()).collect();
    hex::encode(bytes)
}

/// The numbers of a cursor.
fn uncursor<const N: usize>(text: &str) -> Result<[i64; N], StoreError> {
    let bytes = hex::decode(text).ok().ok_or_else(bad_cursor)?;
    if bytes.len() != N * 8 {
        return Err(bad_cursor());
    }
    let mut parts = [0; N];
    for (part, chunk) in parts.iter_mut().zip(bytes.chunks_exact(8)) {
        *part = i64::from_be_bytes(chunk.try_into().ok().ok_or_else(bad_cursor)?);
    }
    Ok(parts)
}
