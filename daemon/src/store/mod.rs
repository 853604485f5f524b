//! The store: everything that lasts, behind two doors: commit facts, ask questions.

pub mod ask;
pub mod error;
pub mod scope;

use std::path::Path;
use std::sync::Arc;

use common::api::tokens::Token;
use common::id::{AppId, MessageId, Seq};
use common::model::chat::{Chat, Draft};
use common::model::message::Message;
use common::model::number::Number;
use common::model::org::Org;
use common::time::Clock;
use tokio::sync::watch;

use crate::fact::Fact;
use crate::hub::Hub;
use crate::store::ask::View;
use crate::store::error::StoreError;
use crate::store::scope::Scope;

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
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_batch: 256,
            queue: 1024,
            journal_days: 30,
            synchronous_full: true,
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
    /// The token added.
    Token(Token),
    /// Of the messages to claim, those that were still waiting and are claimed now.
    Claimed(Vec<MessageId>),
}

/// The store. Clones share it.
#[derive(Clone, Debug)]
pub struct Store {}

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
        let _ = (path, clock, hub, options);
        Err(StoreError::Closed)
    }

    /// Stores facts; resolves when they are on the disk. Turned away with `Busy` when too much waits.
    pub async fn commit(&self, commit: Commit) -> Result<Receipt, StoreError> {
        let _ = commit;
        Err(StoreError::Closed)
    }

    /// Asks a question of one consistent state of the database.
    pub async fn ask<T, F>(&self, scope: &Scope, question: F) -> Result<T, StoreError>
    where
        F: FnOnce(&View<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let _ = (scope, question);
        Err(StoreError::Closed)
    }

    /// Changes after every commit that gave the outbox something to do.
    pub fn outbox_changed(&self) -> watch::Receiver<u64> {
        watch::channel(0).1
    }

    /// Whether the last attempt to write succeeded.
    pub fn is_writable(&self) -> bool {
        false
    }

    /// Writes what waits, copies the log into the database and stops the threads.
    pub async fn close(&self) {}
}
