//! Questions: each is one function with a limit, and sees only what its scope may see.

pub mod chats;
pub mod events;
pub mod history;
pub mod journal;
pub mod numbers;
pub mod orgs;
pub mod outbox;
pub mod search;
pub mod status;
pub mod tokens;

use rusqlite::Connection;

use crate::store::scope::Scope;

/// One consistent state of the database, as one scope sees it.
#[derive(Debug)]
pub struct View<'a> {
    conn: &'a Connection,
    scope: &'a Scope,
}
