//! A message with everything that hangs on it: quoted line, reports, reactions, file.

use common::id::{ChatId, MessageId, NumberId};
use common::model::content::Kind;
use common::model::message::{
    Brief, Direction, Message, Original, ReactionMark, Referral, ReplyTo, SendError, Sender,
    StatusReport,
};
use common::time::Stamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::store::error::StoreError;
use crate::store::row::code::{self, bits, word};
use crate::store::row::{content, media};
use crate::store::wamid::Packed;

/// How much of a quoted message is repeated.
const BRIEF_CHARS: usize = 160;

/// A query for the columns that [`Raw::read`] expects, of a table called `m`.
macro_rules! select_message {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            "m.n, m.id, m.chat, m.number, m.wamid, m.bits, m.kind, m.status, ",
            "m.ts, m.lag, m.text, m.content, m.reply, m.reply_n, m.media, m.sender, m.extra, ",
            "m.revision",
            $after
        )
    };
}
pub(crate) use select_message;

/// What few messages have, kept as one piece of JSON.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Extra {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<SendError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) referral: Option<Referral>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) edited_at: Option<Stamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) revoked_at: Option<Stamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) original: Option<Original>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) group_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client_id: Option<String>,
    /// Its time, where it stands elsewhere by more than a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) told_at: Option<Stamp>,
}

impl Extra {
    /// As a column; nothing where there is nothing.
    pub(crate) fn pack(&self) -> Result<Option<String>, StoreError> {
        if *self == Self::default() {
            Ok(None)
        } else {
            content::to_json(self).map(Some)
        }
    }

    /// From a column.
    pub(crate) fn unpack(text: Option<&str>) -> Result<Self, StoreError> {
        text.map_or_else(|| Ok(Self::default()), content::parse)
    }
}

/// WhatsApp's time of a message that lies at `ts`: what came from there has whole seconds.
pub(crate) fn told_at(bits: i64, ts: i64) -> Stamp {
    let ours = bits & bits::OUTBOUND != 0 && bits >> bits::ORIGIN == 0;
    let ts = Stamp::from_millis(ts);
    if ours {
        ts
    } else {
        Stamp::from_seconds(ts.seconds())
    }
}

/// A row of `messages` as it lies there.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    pub(crate) n: i64,
    pub(crate) id: MessageId,
    pub(crate) chat: i64,
    pub(crate) number: i64,
    pub(crate) wamid: Option<Packed>,
    pub(crate) bits: i64,
    pub(crate) kind: Kind,
    pub(crate) status: common::tick::Status,
    pub(crate) ts: i64,
    pub(crate) lag: i64,
    pub(crate) text: Option<String>,
    pub(crate) content: Option<String>,
    pub(crate) reply: Option<Packed>,
    pub(crate) reply_n: Option<i64>,
    pub(crate) media: Option<i64>,
    pub(crate) sender: Option<String>,
    pub(crate) extra: Option<String>,
    pub(crate) revision: i64,
}

impl Raw {
    /// Reads a row of `select_message!`.
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            n: row.get(0)?,
            id: MessageId(Uuid::from_bytes(row.get(1)?)),
            chat: row.get(2)?,
            number: row.get(3)?,
            wamid: row.get(4)?,
            bits: row.get(5)?,
            kind: code::kind(row.get(6)?),
            status: code::status(row.get(7)?),
            ts: row.get(8)?,
            lag: row.get(9)?,
            text: row.get(10)?,
            content: row.get(11)?,
            reply: row.get(12)?,
            reply_n: row.get(13)?,
            media: row.get(14)?,
            sender: row.get(15)?,
            extra: row.get(16)?,
            revision: row.get(17)?,
        })
    }

    /// The row of this number, if there is one.
    pub(crate) fn by_n(conn: &Connection, n: i64) -> Result<Option<Self>, StoreError> {
        let sql = select_message!("SELECT ", " FROM messages m WHERE m.n = ?1");
        Ok(conn
            .prepare_cached(sql)?
            .query_row([n], Self::read)
            .optional()?)
    }

    /// The row with our id, if there is one.
    pub(crate) fn by_id(conn: &Connection, id: MessageId) -> Result<Option<Self>, StoreError> {
        let sql = select_message!("SELECT ", " FROM messages m WHERE m.id = ?1");
        Ok(conn
            .prepare_cached(sql)?
            .query_row([id.as_bytes()], Self::read)
            .optional()?)
    }

    /// The row that this WhatsApp id leads to, directly or as an alias.
    pub(crate) fn by_wamid(
        conn: &Connection,
        number: i64,
        wamid: &Packed,
    ) -> Result<Option<Self>, StoreError> {
        let sql = select_message!(
            "SELECT ",
            " FROM messages m WHERE m.n = \
             coalesce((SELECT n FROM messages WHERE number = ?1 AND wamid = ?2), \
             (SELECT message FROM aliases WHERE number = ?1 AND wamid = ?2))"
        );
        Ok(conn
            .prepare_cached(sql)?
            .query_row(params![number, wamid], Self::read)
            .optional()?)
    }

    /// Whether a flag is set.
    pub(crate) const fn has(&self, flag: i64) -> bool {
        self.bits & flag != 0
    }

    /// Which way it went.
    pub(crate) const fn direction(&self) -> Direction {
        if self.has(bits::OUTBOUND) {
            Direction::Outbound
        } else {
            Direction::Inbound
        }
    }

    /// WhatsApp's time of it, in whole seconds as it was told; ours of what we sent.
    fn shown_at(&self, extra: &Extra) -> Stamp {
        extra.told_at.unwrap_or_else(|| told_at(self.bits, self.ts))
    }

    /// What few messages have.
    pub(crate) fn extra(&self) -> Result<Extra, StoreError> {
        Extra::unpack(self.extra.as_deref())
    }

    /// What it carries.
    pub(crate) fn content(&self) -> Result<common::model::content::Content, StoreError> {
        content::unpack(self.kind, self.text.as_deref(), self.content.as_deref())
    }

    /// The whole message, with what other tables say of it.
    pub(crate) fn message(self, conn: &Connection) -> Result<Message, StoreError> {
        let extra = self.extra()?;
        let reports = if self.has(bits::REPORTED) {
            reports(conn, self.n)?
        } else {
            Vec::new()
        };
        let reactions = if self.has(bits::REACTED) {
            reactions(conn, self.n)?
        } else {
            Vec::new()
        };
        let media = match self.media {
            Some(id) => media::get(conn, id)?,
            None => None,
        };
        let timestamp = self.shown_at(&extra);
        Ok(Message {
            reply_to: reply_to(conn, &self)?,
            content: self.content()?,
            direction: self.direction(),
            forwarded: self.has(bits::FORWARDED | bits::FREQUENT),
            frequently_forwarded: self.has(bits::FREQUENT),
            origin: code::origin(self.bits >> bits::ORIGIN),
            id: self.id,
            wamid: self.wamid.as_ref().map(Packed::wamid),
            chat_id: ChatId(self.chat),
            number_id: NumberId(self.number),
            text: self.text,
            media,
            reactions,
            sender: self.sender.map(|operator| Sender { operator }),
            status: self.status,
            statuses: reports,
            error: extra.error,
            timestamp,
            sort_at: Stamp::from_millis(self.ts),
            created_at: Stamp::from_millis(self.ts.saturating_add(self.lag)),
            referral: extra.referral,
            edited_at: extra.edited_at,
            revoked_at: extra.revoked_at,
            original: extra.original,
            group_id: extra.group_id,
            client_id: extra.client_id,
            revision: self.revision,
        })
    }
}

/// A message's own id comes before another's alias.
const FIND: &str = "SELECT n FROM messages WHERE number = ?1 AND wamid = ?2 UNION ALL \
     SELECT message FROM aliases WHERE number = ?1 AND wamid = ?2 LIMIT 1";

/// The message that this WhatsApp id leads to, directly or as an alias.
pub(crate) fn find(
    conn: &Connection,
    number: i64,
    wamid: &Packed,
) -> Result<Option<i64>, StoreError> {
    Ok(conn
        .prepare_cached(FIND)?
        .query_row(params![number, wamid], |row| row.get(0))
        .optional()?)
}

/// The first characters of a text.
pub(crate) fn shortened(text: Option<String>) -> Option<String> {
    text.map(|text| match text.char_indices().nth(BRIEF_CHARS) {
        Some(_) => text.chars().take(BRIEF_CHARS).chain(['…']).collect(),
        None => text,
    })
}

fn reply_to(conn: &Connection, raw: &Raw) -> Result<Option<ReplyTo>, StoreError> {
    if raw.reply.is_none() && raw.reply_n.is_none() {
        return Ok(None);
    }
    let target = match (raw.reply_n, &raw.reply) {
        (Some(n), _) => Some(n),
        (None, Some(wamid)) => find(conn, raw.number, wamid)?,
        (None, None) => None,
    };
    let quoted = match target {
        Some(n) => conn
            .prepare_cached("SELECT id, wamid, bits, kind, text FROM messages WHERE n = ?1")?
            .query_row([n], |row| {
                let brief = Brief {
                    direction: if row.get::<_, i64>(2)? & bits::OUTBOUND == 0 {
                        Direction::Inbound
                    } else {
                        Direction::Outbound
                    },
                    kind: code::kind(row.get(3)?),
                    text: shortened(row.get(4)?),
                };
                Ok((
                    MessageId(Uuid::from_bytes(row.get(0)?)),
                    row.get::<_, Option<Packed>>(1)?,
                    brief,
                ))
            })
            .optional()?,
        None => None,
    };
    let named = raw.reply.as_ref().map(Packed::wamid);
    Ok(Some(match quoted {
        Some((id, wamid, brief)) => ReplyTo {
            id: Some(id),
            wamid: named.or_else(|| wamid.as_ref().map(Packed::wamid)),
            brief: Some(brief),
        },
        None => ReplyTo {
            id: None,
            wamid: named,
            brief: None,
        },
    }))
}

fn reports(conn: &Connection, n: i64) -> Result<Vec<StatusReport>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT r.word, r.at, p.json, r.error, r.participant FROM reports r \
         LEFT JOIN pricings p ON p.id = r.pricing WHERE r.message = ?1 ORDER BY r.k",
    )?;
    let mut rows = statement.query([n])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let pricing: Option<String> = row.get(2)?;
        let error: Option<String> = row.get(3)?;
        all.push(StatusReport {
            status: word::unpack(row.get(0)?),
            at: Stamp::from_millis(row.get(1)?),
            error: error.as_deref().map(content::parse).transpose()?,
            pricing: pricing.as_deref().map(content::parse).transpose()?,
            participant: row.get(4)?,
        });
    }
    Ok(all)
}

fn reactions(conn: &Connection, n: i64) -> Result<Vec<ReactionMark>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT emoji, who, at FROM reactions WHERE message = ?1 AND emoji IS NOT NULL ORDER BY who",
    )?;
    let rows = statement.query_map([n], |row| {
        Ok(ReactionMark {
            emoji: row.get(0)?,
            from: row.get(1)?,
            at: Stamp::from_millis(row.get(2)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
