//! What a query's operators want of a message, and whether one is that.

use std::collections::{HashMap, HashSet};

use common::api::search::{Hit, SearchQuery};
use common::id::NumberId;
use common::model::content::Kind;
use common::model::customer::Customer;
use common::model::message::Direction;
use common::text::query::{Has, Is, Query, Who};
use common::tick::Status;
use common::time::Stamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::store::ask::{View, chats};
use crate::store::error::StoreError;
use crate::store::row::chat;
use crate::store::row::code::{self, bits};
use crate::store::row::content;
use crate::store::row::message::Raw;

const CHATS: &str = "SELECT c.id, c.closed, c.unread, c.first_unread, c.waiting_since, c.labels, \
     cu.id, cu.phone, cu.wa_id, cu.user_id, cu.username, cu.name, cu.profile_name, \
     cu.opted_out_at, cu.revision FROM chats c JOIN customers cu ON cu.id = c.customer \
     WHERE c.number = ?1";

/// What a message must be, as the operators say.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each stands for itself")]
pub(crate) struct Wanted {
    pub(crate) since: Option<Stamp>,
    pub(crate) until: Option<Stamp>,
    pub(crate) outbound: Option<bool>,
    /// Two operators that cannot both be true.
    torn: bool,
    sender: Option<String>,
    pub(crate) chats: Option<HashSet<i64>>,
    /// For `is:unread`: from which message on, by chat.
    unread: Option<HashMap<i64, i64>>,
    pub(crate) failed: bool,
    pub(crate) kinds: i64,
    pub(crate) link: bool,
    pub(crate) reacted: bool,
    pub(crate) signs: Vec<String>,
}

impl Wanted {
    pub(crate) fn of(
        view: &View<'_>,
        asked: &SearchQuery,
        read: &Query,
        zone: &TimeZone,
    ) -> Result<Self, StoreError> {
        let mut wanted = Self {
            since: later(asked.since, read.after.and_then(|day| begin(day, zone))),
            until: earlier(asked.until, read.before.and_then(|day| begin(day, zone))),
            failed: read.is.contains(&Is::Failed),
            ..Self::default()
        };
        let indexed = read.text.chars().any(char::is_alphanumeric);
        if !indexed {
            wanted.signs = read
                .text
                .split_whitespace()
                .map(ToOwned::to_owned)
                .collect();
        }
        for has in &read.has {
            wanted.has(*has);
        }
        wanted.people(view, asked, read)?;
        if let Some(chat) = asked.chat {
            let seen = chats::is_seen(view, chat)?;
            wanted.only(seen.then_some(chat.0).into_iter().collect());
        }
        Ok(wanted)
    }

    fn has(&mut self, has: Has) {
        let kinds: &[Kind] = match has {
            Has::Image => &[Kind::Image],
            Has::Video => &[Kind::Video],
            Has::Audio => &[Kind::Audio, Kind::Voice],
            Has::Voice => &[Kind::Voice],
            Has::Document => &[Kind::Document],
            Has::Sticker => &[Kind::Sticker],
            Has::File => &[
                Kind::Image,
                Kind::Video,
                Kind::Audio,
                Kind::Voice,
                Kind::Document,
                Kind::Sticker,
            ],
            Has::Location => &[Kind::Location],
            Has::Contacts => &[Kind::Contacts],
            Has::Template => &[Kind::Template],
            Has::Link => {
                self.link = true;
                &[]
            }
            Has::Reaction => {
                self.reacted = true;
                &[]
            }
        };
        // A bit that no kind has, so that "none of the kinds" is told from "any".
        self.kinds |= 1_i64 << 62;
        for kind in kinds {
            self.kinds |= 1_i64 << code::of_kind(*kind);
        }
    }

    /// Takes in whatever is said of people and conversations.
    fn people(
        &mut self,
        view: &View<'_>,
        asked: &SearchQuery,
        read: &Query,
    ) -> Result<(), StoreError> {
        let of_chat = |is: &Is| *is != Is::Failed;
        let named = |who: &Option<Who>| matches!(who, Some(Who::Named(_)));
        match &read.from {
            Some(Who::Us) => self.direction(true),
            Some(Who::Named(_)) => self.direction(false),
            None => {}
        }
        match &read.to {
            Some(Who::Us) => self.direction(false),
            Some(Who::Named(_)) => self.direction(true),
            None => {}
        }
        let needed = named(&read.from)
            || named(&read.to)
            || read.with.is_some()
            || !read.labels.is_empty()
            || read.is.iter().any(of_chat);
        if !needed {
            return Ok(());
        }
        let all = conversations(view, asked.number)?;
        let whose = |name: &str| -> HashSet<i64> {
            let fits = all.iter().filter(|c| chats::named(&c.customer, name));
            fits.map(|c| c.id).collect()
        };
        if let Some(Who::Named(name)) = &read.from {
            let of = whose(name);
            if of.is_empty() {
                // No customer is called so: then somebody of us.
                self.outbound = Some(true);
                self.sender = Some(name.to_lowercase());
            } else {
                self.only(of);
            }
        }
        if let Some(Who::Named(name)) = &read.to {
            self.only(whose(name));
        }
        if let Some(name) = &read.with {
            self.only(whose(name));
        }
        for label in &read.labels {
            let label = label.to_lowercase();
            let has = |c: &&Conversation| c.labels.iter().any(|l| l.to_lowercase() == label);
            self.only(all.iter().filter(has).map(|c| c.id).collect());
        }
        for is in &read.is {
            let holds = |c: &&Conversation| match is {
                Is::Unread => c.unread.is_some(),
                Is::Waiting => c.waiting,
                Is::Open => !c.closed,
                Is::Closed => c.closed,
                Is::Failed => true,
            };
            if of_chat(is) {
                self.only(all.iter().filter(holds).map(|c| c.id).collect());
            }
            if *is == Is::Unread {
                self.direction(false);
                let unread = all.iter().filter_map(|c| Some((c.id, c.unread?)));
                self.unread = Some(unread.collect());
            }
        }
        Ok(())
    }

    fn direction(&mut self, outbound: bool) {
        self.torn |= self.outbound.is_some_and(|before| before != outbound);
        self.outbound = Some(outbound);
    }

    fn only(&mut self, chats: HashSet<i64>) {
        self.chats = Some(match self.chats.take() {
            Some(before) => before.intersection(&chats).copied().collect(),
            None => chats,
        });
    }

    pub(crate) fn is_impossible(&self) -> bool {
        self.torn || self.chats.as_ref().is_some_and(HashSet::is_empty)
    }

    pub(crate) fn takes(&self, raw: &Raw) -> bool {
        let text = raw.text.as_deref().unwrap_or_default();
        let kind = self.kinds == 0
            || self.kinds & (1_i64 << code::of_kind(raw.kind)) != 0
            || (self.link && has_link(text))
            || (self.reacted && raw.has(bits::REACTED));
        let unread = self
            .unread
            .as_ref()
            .is_none_or(|unread| unread.get(&raw.chat).is_some_and(|first| raw.n >= *first));
        kind && unread
            && !raw.has(bits::FOLDED)
            && self
                .outbound
                .is_none_or(|out| raw.has(bits::OUTBOUND) == out)
            && self.since.is_none_or(|since| raw.ts >= since.millis())
            && self.until.is_none_or(|until| raw.ts < until.millis())
            && (!self.failed || raw.status == Status::Failed)
            && self
                .chats
                .as_ref()
                .is_none_or(|chats| chats.contains(&raw.chat))
            && self.sends(raw.sender.as_deref())
            && self.signs.iter().all(|sign| text.contains(sign.as_str()))
    }

    /// The same of a message that the index found; its time was judged there.
    pub(crate) fn takes_hit(&self, hit: &Hit) -> bool {
        let message = &hit.message;
        let text = message.text.as_deref().unwrap_or_default();
        let kind = self.kinds == 0
            || self.kinds & (1_i64 << code::of_kind(message.content.kind())) != 0
            || (self.link && has_link(text))
            || (self.reacted && !message.reactions.is_empty());
        let outbound = message.direction == Direction::Outbound;
        let sender = message.sender.as_ref().map(|s| s.operator.as_str());
        kind && self.outbound.is_none_or(|out| out == outbound)
            && (!self.failed || message.status == Status::Failed)
            && self
                .chats
                .as_ref()
                .is_none_or(|chats| chats.contains(&message.chat_id.0))
            && self.sends(sender)
    }

    fn sends(&self, sender: Option<&str>) -> bool {
        self.sender.as_ref().is_none_or(|name| {
            sender.is_some_and(|sender| sender.to_lowercase().starts_with(name.as_str()))
        })
    }
}

fn has_link(text: &str) -> bool {
    text.contains("://") || text.contains("www.")
}

/// A conversation as far as operators speak of it.
struct Conversation {
    id: i64,
    closed: bool,
    unread: Option<i64>,
    waiting: bool,
    labels: Vec<String>,
    customer: Customer,
}

fn conversations(view: &View<'_>, only: Option<NumberId>) -> Result<Vec<Conversation>, StoreError> {
    let mut all = Vec::new();
    for number in chats::numbers(view, only)? {
        let mut statement = view.conn.prepare_cached(CHATS)?;
        let mut rows = statement.query([number])?;
        while let Some(row) = rows.next()? {
            let labels: Option<String> = row.get(5)?;
            let unread: i64 = row.get(2)?;
            let first: Option<i64> = row.get(3)?;
            all.push(Conversation {
                id: row.get(0)?,
                closed: row.get(1)?,
                unread: (unread > 0).then(|| first.unwrap_or_default()),
                waiting: row.get::<_, Option<i64>>(4)?.is_some(),
                labels: labels
                    .as_deref()
                    .map(content::parse)
                    .transpose()?
                    .unwrap_or_default(),
                customer: chat::customer(row, 6)?,
            });
        }
    }
    Ok(all)
}

fn begin(day: Date, zone: &TimeZone) -> Option<Stamp> {
    let begins = day.to_zoned(zone.clone()).ok()?;
    Some(begins.timestamp().into())
}

fn later(a: Option<Stamp>, b: Option<Stamp>) -> Option<Stamp> {
    a.max(b)
}

fn earlier(a: Option<Stamp>, b: Option<Stamp>) -> Option<Stamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
pub(crate) const PLANS: [&str; 1] = [CHATS];
