//! What is due to be sent, what waits, what is on its way.
use std::time::Duration;

use common::api::status::OutboxStatus;
use common::id::{ChatId, MediaId, MessageId, NumberId, OrgId, PhoneNumberId, UserId, WaId, Wamid};
use common::model::content::Content;
use common::model::number::NumberStatus;
use common::phone::Phone;
use common::time::Stamp;
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use crate::fact::media::Digest;
use crate::store::ask::{View, chats, count};
use crate::store::error::StoreError;
use crate::store::row::{code, content};
use crate::store::wamid::Packed;

/// The address that Meta gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// The raw digits that WhatsApp gave, never corrected; sent with `+`.
    WaId(WaId),
    /// The number that a person typed.
    Phone(Phone),
    /// The business-scoped user id, where there is no number.
    User(UserId),
}
/// A message that is due.
#[derive(Debug, Clone)]
pub struct Due {
    /// Which.
    pub message: MessageId,
    /// The organisation.
    pub org: OrgId,
    /// The number it goes through.
    pub number: NumberId,
    /// Meta's id of that.
    pub phone_number_id: PhoneNumberId,
    /// The conversation.
    pub chat: ChatId,
    /// The address.
    pub to: Recipient,
    /// What it carries.
    pub content: Content,
    /// WhatsApp's id of the message it quotes.
    pub reply_to: Option<Wamid>,
    /// WhatsApp's id of the message it is a reaction to.
    pub react_to: Option<Wamid>,
    /// Its file.
    pub media: Option<Carried>,
    /// Tries that counted so far.
    pub attempts: u32,
    /// When somebody asked for it.
    pub queued_at: Stamp,
    /// Since when it is due.
    pub due: Stamp,
    /// The customer's last message, from which the window is judged.
    pub last_inbound: Option<Stamp>,
}
/// The file that a message carries.
#[derive(Debug, Clone)]
pub struct Carried {
    /// Which.
    pub media: MediaId,
    /// The content on the disk; none where it is gone.
    pub file: Option<Digest>,
    /// Meta's id of it, where this number gave it to Meta not too long ago.
    pub meta_id: Option<String>,
}
/// A read mark to tell WhatsApp.
#[derive(Debug, Clone)]
pub struct ReceiptDue {
    /// The conversation.
    pub chat: ChatId,
    /// The number.
    pub number: NumberId,
    /// Meta's id of that.
    pub phone_number_id: PhoneNumberId,
    /// The newest message read.
    pub wamid: Wamid,
}
/// Meta keeps what it is given for 30 days; a day is left for the way.
const UPLOADS_LIVE: Duration = Duration::from_hours(24 * 29);
/// Of each chat only the first may go, so that a conversation keeps its order; of each number only
/// so many, so that none waits behind another.
const DUE: &str = "SELECT m.id, nu.org, nu.id, nu.phone_number_id, o.chat, cu.wa_id, cu.phone, \
     cu.user_id, m.kind, m.text, m.content, q.wamid, m.reply, m.media, o.attempts, o.queued_at, \
     o.due, c.last_inbound, f.file, u.meta_id FROM outbox o JOIN messages m ON m.n = o.message \
     JOIN numbers nu ON nu.id = o.number JOIN chats c ON c.id = o.chat \
     JOIN customers cu ON cu.id = c.customer LEFT JOIN messages q ON q.n = m.reply_n \
     LEFT JOIN media f ON f.id = m.media LEFT JOIN uploads u ON u.number = o.number \
     AND u.digest = f.file AND u.kind = m.kind AND u.at > ?4 \
     WHERE o.number = ?1 AND o.claimed = 0 AND o.due <= ?2 AND NOT EXISTS \
     (SELECT 1 FROM outbox e WHERE e.chat = o.chat AND e.message < o.message) \
     ORDER BY o.due, o.message LIMIT ?3";

const NEXT: &str = "SELECT o.due FROM outbox o WHERE o.number = ?1 AND o.claimed = 0 AND NOT EXISTS \
     (SELECT 1 FROM outbox e WHERE e.chat = o.chat AND e.message < o.message) \
     ORDER BY o.due, o.message LIMIT 1";

/// What is due, at most `per_number` of each number and one of each chat, oldest first. Nothing of
/// a number that is paused.
pub fn due(view: &View<'_>, now: Stamp, per_number: usize) -> Result<Vec<Due>, StoreError> {
    let mut all = Vec::new();
    let fresh = view.now().minus(UPLOADS_LIVE).millis();
    for number in working(view)? {
        let mut statement = view.conn.prepare_cached(DUE)?;
        let mut rows = statement.query(params![
            number,
            now.millis(),
            count(per_number.min(1024)),
            fresh
        ])?;
        while let Some(row) = rows.next()? {
            all.extend(read(row)?);
        }
    }
    Ok(all)
}

/// When the next message is due; none where nothing waits, or all that waits stands behind a
/// message that is on its way.
pub fn next_due(view: &View<'_>) -> Result<Option<Stamp>, StoreError> {
    let mut next: Option<i64> = None;
    for number in working(view)? {
        let due: Option<i64> = view
            .conn
            .prepare_cached(NEXT)?
            .query_row([number], |row| row.get(0))
            .optional()?;
        next = match (next, due) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    Ok(next.map(Stamp::from_millis))
}

/// Read marks to tell WhatsApp, at most 500.
pub fn receipts(view: &View<'_>) -> Result<Vec<ReceiptDue>, StoreError> {
    let mut statement = view.conn.prepare_cached(
        "SELECT r.chat, r.number, nu.phone_number_id, r.wamid FROM receipts r \
         JOIN numbers nu ON nu.id = r.number WHERE nu.removed_at IS NULL AND nu.status <> ?1 \
         AND (?2 IS NULL OR nu.id IN (SELECT value FROM json_each(?2))) LIMIT 500",
    )?;
    let rows = statement.query_map(params![PAUSED, view.numbers()?], |row| {
        Ok(ReceiptDue {
            chat: ChatId(row.get(0)?),
            number: NumberId(row.get(1)?),
            phone_number_id: PhoneNumberId(row.get(2)?),
            wamid: row.get::<_, Packed>(3)?.wamid(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How much waits, is on its way, and failed in the last 24 hours.
pub fn counts(view: &View<'_>, now: Stamp) -> Result<OutboxStatus, StoreError> {
    let since = now.minus(Duration::from_hours(24)).millis();
    let mut counts = OutboxStatus::default();
    for number in chats::numbers(view, None)? {
        let of = |sql: &str, bound: i64| -> Result<u64, StoreError> {
            let n: i64 = view
                .conn
                .prepare_cached(sql)?
                .query_row([number, bound], |row| row.get(0))?;
            Ok(u64::try_from(n).unwrap_or(0))
        };
        counts.queued += of(
            "SELECT count(*) FROM outbox WHERE number = ?1 AND claimed = 0 AND ?2 IS NOT NULL",
            0,
        )?;
        counts.sending += of(
            "SELECT count(*) FROM outbox WHERE number = ?1 AND claimed = 1 AND ?2 IS NOT NULL",
            0,
        )?;
        counts.failed_24h += of(FAILED, since)?;
    }
    Ok(counts)
}

const FAILED: &str = "SELECT count(*) FROM messages WHERE number = ?1 AND status = 8 AND ts >= ?2";
const PAUSED: i64 = code::of_number_status(NumberStatus::Disconnected);

fn working(view: &View<'_>) -> Result<Vec<i64>, StoreError> {
    let mut statement = view.conn.prepare_cached(
        "SELECT id FROM numbers WHERE removed_at IS NULL AND status <> ?1 \
         AND (?2 IS NULL OR id IN (SELECT value FROM json_each(?2))) ORDER BY id",
    )?;
    let rows = statement.query_map(params![PAUSED, view.numbers()?], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> Result<Option<Due>, StoreError> {
    let phone: Option<String> = row.get(6)?;
    let to = match (
        row.get::<_, Option<String>>(5)?,
        phone,
        row.get::<_, Option<String>>(7)?,
    ) {
        (Some(wa_id), _, _) => Recipient::WaId(WaId(wa_id)),
        (None, Some(phone), _) => Recipient::Phone(
            Phone::try_from(phone).map_err(|e| StoreError::Damaged(e.to_string()))?,
        ),
        (None, None, Some(user)) => Recipient::User(UserId(user)),
        (None, None, None) => return Ok(None),
    };
    let text: Option<String> = row.get(9)?;
    let packed: Option<String> = row.get(10)?;
    let content = content::unpack(code::kind(row.get(8)?), text.as_deref(), packed.as_deref())?;
    // The quoted message may have got its id only after this one was queued.
    let quoted: Option<Packed> = row.get(11)?;
    let named: Option<Packed> = row.get(12)?;
    let react_to = match &content {
        Content::Reaction(reaction) => reaction.target.clone(),
        _ => None,
    };
    Ok(Some(Due {
        message: MessageId(Uuid::from_bytes(row.get(0)?)),
        org: OrgId(row.get(1)?),
        number: NumberId(row.get(2)?),
        phone_number_id: PhoneNumberId(row.get(3)?),
        chat: ChatId(row.get(4)?),
        to,
        content,
        reply_to: quoted.or(named).as_ref().map(Packed::wamid),
        react_to,
        media: match row.get::<_, Option<i64>>(13)? {
            Some(id) => Some(Carried {
                media: MediaId(id),
                file: row.get(18)?,
                meta_id: row.get(19)?,
            }),
            None => None,
        },
        attempts: row.get(14)?,
        queued_at: Stamp::from_millis(row.get(15)?),
        due: Stamp::from_millis(row.get(16)?),
        last_inbound: row.get::<_, Option<i64>>(17)?.map(Stamp::from_millis),
    }))
}

#[cfg(test)]
pub(crate) const PLANS: [&str; 3] = [DUE, NEXT, FAILED];
