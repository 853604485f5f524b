//! A message from WhatsApp: customer, chat, message, unread, window; and the one place that inserts.

use common::id::{MessageId, Wamid};
use common::model::content::{Content, Kind};
use common::model::message::{Direction, Origin};
use common::tick::Status;
use common::time::Stamp;
use rusqlite::params;
use sha2::{Digest, Sha256};

use crate::fact::told::Received;
use crate::store::apply::batch::{About, Batch};
use crate::store::apply::chat::Arrival;
use crate::store::apply::memory::Num;
use crate::store::apply::{
    Done, UNKNOWN_NUMBER, amend, chat, identity, media, place, status, tally,
};
use crate::store::error::StoreError;
use crate::store::row::code::{self, bits};
use crate::store::row::content;
use crate::store::row::message::{self, Extra, Raw};
use crate::store::scope::Scope;
use crate::store::wamid::Packed;

/// A message about to be stored.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) id: MessageId,
    pub(crate) wamid: Option<Packed>,
    pub(crate) bits: i64,
    pub(crate) status: Status,
    pub(crate) ts: i64,
    pub(crate) content: &'a Content,
    pub(crate) reply: Option<Packed>,
    pub(crate) reply_n: Option<i64>,
    pub(crate) media: Option<i64>,
    pub(crate) sender: Option<&'a str>,
    pub(crate) extra: Extra,
}

/// A message came from WhatsApp.
pub(crate) fn received(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &Received,
) -> Result<Done, StoreError> {
    let Some(number) = batch.told_number(scope, fact.number.as_ref()) else {
        return Ok(Done::Unread(UNKNOWN_NUMBER.to_owned()));
    };
    batch.heard(&number)?;
    if let Some(n) = known(batch, &number, fact)? {
        return fill_placeholder(batch, &number, n, fact);
    }
    match &fact.content {
        Content::Reaction(reaction) => amend::reacted(batch, &number, fact, reaction)?,
        _ => {
            store(batch, &number, fact, 0)?;
        }
    }
    Ok(Done::Nothing)
}

/// The message that this notification is about, if it was stored before.
pub(crate) fn known(
    batch: &Batch<'_>,
    number: &Num,
    fact: &Received,
) -> Result<Option<i64>, StoreError> {
    message::find(
        batch.conn,
        number.id,
        &key(fact.wamid.as_ref(), fact.fingerprint),
    )
}

/// What a notification is known by.
pub(crate) fn key(wamid: Option<&Wamid>, fingerprint: [u8; 16]) -> Packed {
    wamid.map_or_else(|| Packed::fingerprint(fingerprint), Packed::of)
}

/// Lets another id of WhatsApp lead to a message.
pub(crate) fn alias(
    batch: &Batch<'_>,
    number: i64,
    wamid: &Packed,
    n: i64,
) -> Result<(), StoreError> {
    batch
        .conn
        .prepare_cached(
            "INSERT OR IGNORE INTO aliases (number, wamid, message) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![number, wamid, n])?;
    Ok(())
}

/// Stores a message that is not known yet; `flags` are added to its bits.
pub(crate) fn store(
    batch: &mut Batch<'_>,
    number: &Num,
    fact: &Received,
    flags: i64,
) -> Result<i64, StoreError> {
    let customer = match &fact.group_id {
        Some(group) => identity::group(batch, number.org, group)?,
        None => identity::customer(batch, number.org, &fact.person)?,
    };
    let mut chat = chat::of(batch, number, customer)?;
    let told = fact.timestamp.unwrap_or(batch.now).millis();
    let ts = place::of_told(batch, &chat, told, fact.reply_to.as_ref())?;
    let known_by = key(fact.wamid.as_ref(), fact.fingerprint);
    let media = media::told(batch, number, fact.content.kind(), fact.media.as_ref())?;
    let extra = Extra {
        error: fact.error.clone(),
        referral: fact.referral.clone(),
        group_id: fact.group_id.clone(),
        told_at: place::apart(told, ts),
        ..Extra::default()
    };
    let n = insert(
        batch,
        &chat,
        &Entry {
            id: message_id(batch.now, number.id, &known_by),
            wamid: fact.wamid.is_some().then(|| known_by.clone()),
            bits: flags | own_bits(fact),
            status: first_status(fact),
            ts,
            content: &fact.content,
            reply: fact.reply_to.as_ref().map(Packed::of),
            reply_n: None,
            media,
            sender: None,
            extra,
        },
    )?;
    if fact.wamid.is_none() {
        alias(batch, number.id, &known_by, n)?;
    } else if fact.direction == Direction::Outbound {
        status::adopt(batch, number, n, &known_by)?;
    }
    if flags & bits::FOLDED == 0 {
        let arrival = Arrival {
            n,
            ts,
            unread: fact.counts_as_unread(),
            opens_window: fact.opens_window(),
            reopens: fact.counts_as_unread(),
            outbound: fact.direction == Direction::Outbound,
            answers: fact.direction == Direction::Outbound && fact.origin != Origin::History,
            told,
        };
        chat::arrived(batch, &mut chat, arrival)?;
    }
    Ok(n)
}

/// Writes the row; words and event follow by themselves, the chat's row does not.
pub(crate) fn insert(
    batch: &mut Batch<'_>,
    chat: &chat::Chat,
    entry: &Entry<'_>,
) -> Result<i64, StoreError> {
    let text = entry.content.text();
    // Its event is the next one, and that one's number is its revision.
    let revision = batch.next_seq();
    batch
        .conn
        .prepare_cached(
            "INSERT INTO messages (id, chat, number, wamid, bits, kind, status, ts, lag, text, \
             content, reply, reply_n, media, sender, extra, revision) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        )?
        .execute(params![
            entry.id.as_bytes(),
            chat.id,
            chat.number,
            entry.wamid,
            entry.bits,
            code::of_kind(entry.content.kind()),
            code::of_status(entry.status),
            entry.ts,
            batch.now.millis().saturating_sub(entry.ts),
            text,
            content::pack(entry.content)?,
            entry.reply,
            entry.reply_n,
            entry.media,
            entry.sender,
            entry.extra.pack()?,
            revision,
        ])?;
    let n = batch.conn.last_insert_rowid();
    let error = entry.extra.error.as_ref();
    let at = (entry.bits, chat.number, entry.ts);
    tally::count(batch, at, (entry.status, error), 1);
    batch.touch(About::NewMessage, Some(chat.org), n);
    batch.index(true, n, text.as_deref(), (chat.id, chat.number));
    Ok(n)
}

/// The same notification always makes the same id, so that a replay does too.
fn message_id(now: Stamp, number: i64, known_by: &Packed) -> MessageId {
    let mut digest = Sha256::new();
    digest.update(number.to_be_bytes());
    match known_by {
        Packed::Bytes(bytes) => digest.update(bytes),
        Packed::Text(text) => digest.update(text),
    }
    let digest = digest.finalize();
    let mut random = [0; 10];
    random
        .iter_mut()
        .zip(digest.iter())
        .for_each(|(to, from)| *to = *from);
    MessageId::new(now, random)
}

fn own_bits(fact: &Received) -> i64 {
    let mut all = code::of_origin(fact.origin) << bits::ORIGIN;
    if fact.direction == Direction::Outbound {
        all |= bits::OUTBOUND;
    }
    if fact.forwarded {
        all |= bits::FORWARDED;
    }
    if fact.frequently_forwarded {
        all |= bits::FREQUENT;
    }
    all
}

fn first_status(fact: &Received) -> Status {
    match fact.direction {
        Direction::Inbound => Status::Received,
        Direction::Outbound => match fact.status.as_deref() {
            Some("error") => Status::Failed,
            Some(word) => Status::from_report(word).unwrap_or(Status::Sent),
            None => Status::Sent,
        },
    }
}

/// History tells media twice: first a placeholder, later the message itself under the same id.
fn fill_placeholder(
    batch: &mut Batch<'_>,
    number: &Num,
    n: i64,
    fact: &Received,
) -> Result<Done, StoreError> {
    if fact.origin != Origin::History || !fact.content.kind().has_media() {
        return Ok(Done::Nothing);
    }
    let Some(raw) = Raw::by_n(batch.conn, n)?.filter(|raw| raw.kind == Kind::Unsupported) else {
        return Ok(Done::Nothing);
    };
    let media = media::told(batch, number, fact.content.kind(), fact.media.as_ref())?;
    amend::replace_content(batch, number.org, &raw, &fact.content, &raw.extra()?)?;
    batch
        .conn
        .prepare_cached("UPDATE messages SET media = ?2 WHERE n = ?1")?
        .execute(params![n, media])?;
    Ok(Done::Nothing)
}
