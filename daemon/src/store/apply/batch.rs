//! One transaction in the making: who is where, which events it will cause, which words to index.

use std::collections::HashMap;
use std::sync::Arc;

use common::id::{NumberId, OrgId, PhoneNumberId, Seq};
use common::model::number::NumberStatus;
use common::time::Stamp;
use rusqlite::{Connection, params};

use crate::fact::told::Person;
use crate::store::apply::memory::{Memory, Num};
use crate::store::apply::tally::Tallies;
use crate::store::apply::words::Words;
use crate::store::error::StoreError;
use crate::store::journal::{self, Pressed};
use crate::store::row::code;
use crate::store::scope::{Reach, Scope};
use crate::store::turn::Turn;

/// How many people are remembered, so that their next message needs no look-up.
const MAX_PEOPLE: usize = 4096;

/// What an event is about; the numbers stand in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum About {
    /// A new message.
    NewMessage = 1,
    /// A changed message.
    Message = 2,
    /// A chat.
    Chat = 3,
    /// A number.
    Number = 4,
    /// A customer.
    Customer = 5,
    /// A notice.
    Notice = 6,
    /// The configuration, told in a notice row.
    Reloaded = 7,
    /// Everything may be different.
    Reset = 8,
    /// A template.
    Template = 9,
    /// A saved reply.
    Reply = 10,
}

impl About {
    /// From the database.
    pub(crate) const fn from_code(code: i64) -> Option<Self> {
        Some(match code {
            1 => Self::NewMessage,
            2 => Self::Message,
            3 => Self::Chat,
            4 => Self::Number,
            5 => Self::Customer,
            6 => Self::Notice,
            7 => Self::Reloaded,
            8 => Self::Reset,
            9 => Self::Template,
            10 => Self::Reply,
            _ => return None,
        })
    }

    /// New and changed messages are one object.
    const fn object(self) -> Self {
        match self {
            Self::NewMessage => Self::Message,
            other => other,
        }
    }
}

/// One event, without the object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) seq: Seq,
    pub(crate) org: Option<i64>,
    pub(crate) about: About,
    pub(crate) reference: i64,
}

/// Where a batch stood before a commit, to go back to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    seq: i64,
    events: usize,
    words: usize,
    tallies: usize,
}

/// One transaction in the making.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each stands for itself")]
pub(crate) struct Batch<'c> {
    pub(crate) conn: &'c Connection,
    pub(crate) now: Stamp,
    pub(crate) judged: Stamp,
    memory: &'c mut Memory,
    seq: i64,
    events: Vec<Key>,
    touched: HashMap<(About, i64), usize>,
    pub(crate) words: Words,
    heard: Vec<i64>,
    pub(super) outbox: bool,
    pub(super) templates: bool,
    pub(super) snoozes: bool,
    pub(super) media: bool,
    pub(crate) tallies: Tallies,
    pub(crate) journal_days: u32,
    pub(crate) hold_files: bool,
}

/// What a transaction leaves behind.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each stands for itself")]
pub(crate) struct Finished {
    pub(crate) seq: i64,
    pub(crate) events: Vec<Key>,
    pub(crate) outbox: bool,
    pub(crate) templates: bool,
    pub(crate) snoozes: bool,
    pub(crate) media: bool,
    /// Messages noted for the full-text index; none where nothing waits for it any more.
    pub(crate) noted: Option<usize>,
}

impl<'c> Batch<'c> {
    /// Begins as the turn says.
    pub(crate) fn new(conn: &'c Connection, memory: &'c mut Memory, turn: &Turn) -> Self {
        Self {
            conn,
            now: turn.times.local,
            judged: turn.times.judged,
            memory,
            seq: turn.seq,
            events: Vec::new(),
            touched: HashMap::new(),
            words: Words::default(),
            heard: Vec::new(),
            outbox: false,
            templates: false,
            snoozes: false,
            media: false,
            tallies: Tallies::default(),
            journal_days: turn.journal_days,
            hold_files: turn.hold_files,
        }
    }

    /// Where it stands.
    pub(crate) fn mark(&self) -> Mark {
        Mark {
            seq: self.seq,
            events: self.events.len(),
            words: self.words.mark(),
            tallies: self.tallies.mark(),
        }
    }

    /// Forgets what came after the mark; the caller has rolled the savepoint back.
    pub(crate) fn rewind(&mut self, mark: Mark) -> Result<(), StoreError> {
        self.seq = mark.seq;
        self.events.truncate(mark.events);
        self.touched.retain(|_, at| *at < mark.events);
        self.words.rewind(mark.words);
        self.tallies.rewind(mark.tallies);
        self.forget_people();
        self.memory.pricings.clear();
        self.memory.reload_numbers(self.conn)
    }

    /// Says that an object changed and gives the revision to write in it. Within one transaction
    /// an object causes one event, which carries its last state.
    pub(crate) fn touch(&mut self, about: About, org: Option<i64>, reference: i64) -> i64 {
        let next = self.events.len();
        let at = *self
            .touched
            .entry((about.object(), reference))
            .or_insert(next);
        if let Some(key) = self.events.get(at) {
            return key.seq.0;
        }
        self.seq += 1;
        self.events.push(Key {
            seq: Seq(self.seq),
            org,
            about,
            reference,
        });
        self.seq
    }

    /// The number that the next object touched for the first time gets.
    pub(crate) const fn next_seq(&self) -> i64 {
        self.seq + 1
    }

    /// Puts a message's words into the full-text index, or takes them out.
    pub(crate) fn index(&mut self, add: bool, n: i64, text: Option<&str>, place: (i64, i64)) {
        let (Some(text), (chat, number)) = (text, place) else {
            return;
        };
        if add {
            self.words.add(n);
        } else {
            self.words.remove(n, text, chat, number);
        }
    }

    /// The number that a notification speaks of, if its secret may speak of it.
    pub(crate) fn told_number(
        &self,
        scope: &Scope,
        meta: Option<&PhoneNumberId>,
    ) -> Option<Arc<Num>> {
        let Some(meta) = meta else {
            // It names no number: only where one alone can be meant is it meant.
            let mut ours = self.told_numbers(scope);
            let only = ours.next()?;
            return ours.next().is_none().then(|| Arc::clone(only));
        };
        self.memory
            .numbers
            .iter()
            .find(|n| !n.removed && n.phone_number_id == meta.as_str() && speaks_of(scope, n))
            .cloned()
    }

    /// The numbers that a notification may speak of.
    pub(crate) fn told_numbers(&self, scope: &Scope) -> impl Iterator<Item = &Arc<Num>> {
        let scope = scope.clone();
        self.memory
            .numbers
            .iter()
            .filter(move |n| !n.removed && speaks_of(&scope, n))
    }

    /// A number of ours, if the asker may touch it; also one that was removed.
    pub(crate) fn number(&self, scope: &Scope, id: i64) -> Option<Arc<Num>> {
        self.memory
            .numbers
            .iter()
            .find(|n| n.id == id && scope.sees_number(OrgId(n.org), NumberId(n.id)))
            .cloned()
    }

    /// Reads the numbers again after one was changed.
    pub(crate) fn numbers_changed(&mut self) -> Result<(), StoreError> {
        self.memory.reload_numbers(self.conn)
    }

    /// Meta delivered something genuine for this number.
    pub(crate) fn heard(&mut self, number: &Num) -> Result<(), StoreError> {
        if number.status == NumberStatus::Pending {
            let revision = self.touch(About::Number, Some(number.org), number.id);
            self.conn
                .prepare_cached(
                    "UPDATE numbers SET status = ?2, error = NULL, revision = ?3 WHERE id = ?1",
                )?
                .execute(params![
                    number.id,
                    code::of_number_status(NumberStatus::Connected),
                    revision
                ])?;
            self.numbers_changed()?;
        }
        if !self.heard.contains(&number.id) {
            self.heard.push(number.id);
        }
        Ok(())
    }

    /// The customer that exactly this person was last time.
    pub(crate) fn known_person(&self, org: i64, person: &Person) -> Option<i64> {
        self.memory.people.get(&org)?.get(person).copied()
    }

    /// Remembers which customer a person is.
    pub(crate) fn remember_person(&mut self, org: i64, person: &Person, customer: i64) {
        let people = self.memory.people.entry(org).or_default();
        if people.len() >= MAX_PEOPLE {
            people.clear();
        }
        people.insert(person.clone(), customer);
    }

    /// Forgets the names under which a customer came, after they changed.
    pub(crate) fn forget_person(&mut self, org: i64, customer: i64) {
        if let Some(people) = self.memory.people.get_mut(&org) {
            people.retain(|_, id| *id != customer);
        }
    }

    /// Forgets who is who, after identities moved.
    pub(crate) fn forget_people(&mut self) {
        self.memory.people.clear();
    }

    /// The number of a price class, given once.
    pub(crate) fn pricing(&mut self, json: &str) -> Result<i64, StoreError> {
        if let Some(id) = self.memory.pricings.get(json) {
            return Ok(*id);
        }
        self.conn
            .prepare_cached("INSERT OR IGNORE INTO pricings (json) VALUES (?1)")?
            .execute([json])?;
        let id = self
            .conn
            .prepare_cached("SELECT id FROM pricings WHERE json = ?1")?
            .query_row([json], |row| row.get(0))?;
        if self.memory.pricings.len() < 1024 {
            self.memory.pricings.insert(json.to_owned(), id);
        }
        Ok(id)
    }

    /// Keeps the body of a notification; `unread` says why not all of it could be read.
    pub(crate) fn keep(
        &mut self,
        pressed: &Pressed,
        unread: Option<&str>,
    ) -> Result<(), StoreError> {
        self.memory.unread |= unread.is_some();
        journal::write(self.conn, pressed, self.now, (unread, self.memory.unread))
    }

    /// Writes events, words and marks of life; after this only `COMMIT` is missing.
    pub(crate) fn finish(self) -> Result<Finished, StoreError> {
        for id in &self.heard {
            self.conn
                .prepare_cached(
                    "UPDATE numbers SET last_sync_at = ?2, heard_at = ?2 WHERE id = ?1",
                )?
                .execute(params![id, self.now.millis()])?;
        }
        let noted = self.words.write(self.conn)?;
        self.tallies.write(self.conn)?;
        let mut event = self
            .conn
            .prepare_cached("INSERT INTO events (seq, org, kind, ref) VALUES (?1, ?2, ?3, ?4)")?;
        for key in &self.events {
            let about = key.about as i64;
            event.execute(params![key.seq.0, key.org, about, key.reference])?;
        }
        Ok(Finished {
            seq: self.seq,
            events: self.events,
            outbox: self.outbox,
            templates: self.templates,
            snoozes: self.snoozes,
            media: self.media,
            noted,
        })
    }
}

fn speaks_of(scope: &Scope, number: &Num) -> bool {
    match scope.reach() {
        Reach::Meta(numbers) => numbers.iter().any(|n| n.0 == number.id),
        Reach::Admin | Reach::Daemon => true,
        Reach::Some(_) => scope.sees_number(OrgId(number.org), NumberId(number.id)),
    }
}
