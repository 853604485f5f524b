//! What people do with a chat: read marks, drafts, pins, labels, names.

use common::api::chats::ChatMark;
use common::id::{ChatId, MessageId};
use common::model::chat::{ChatState, Draft};
use common::time::Stamp;
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use crate::fact::ChatPatched;
use crate::store::apply::batch::Batch;
use crate::store::apply::{Done, chat, identity};
use crate::store::error::StoreError;
use crate::store::row::code::bits;
use crate::store::row::content;
use crate::store::scope::Scope;
use crate::store::wamid::Packed;

/// The customer's newest message that came through the API, and WhatsApp's id of it.
fn newest_inbound(batch: &Batch<'_>, chat: i64) -> Result<Option<(i64, Packed)>, StoreError> {
    Ok(batch
        .conn
        .prepare_cached(
            "SELECT n, wamid FROM messages WHERE chat = ?1 AND wamid IS NOT NULL \
             AND bits & ?2 = 0 AND bits >> ?3 = 0 ORDER BY ts DESC, n DESC LIMIT 1",
        )?
        .query_row(params![chat, bits::OUTBOUND, bits::ORIGIN], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?)
}

/// Everything in a chat is read; WhatsApp is told at most once for each newest message.
pub(crate) fn read_marked(
    batch: &mut Batch<'_>,
    scope: &Scope,
    id: ChatId,
    receipts: bool,
) -> Result<Done, StoreError> {
    let mut chat = chat::seen(batch, scope, id)?;
    let before = (chat.unread, chat.receipted);
    chat.unread = 0;
    chat.first_unread = None;
    if receipts
        && let Some((n, wamid)) = newest_inbound(batch, chat.id)?
        && n > chat.receipted
    {
        chat.receipted = n;
        batch
            .conn
            .prepare_cached(
                "INSERT OR REPLACE INTO receipts (chat, number, wamid, at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![chat.id, chat.number, wamid, batch.now.millis()])?;
        batch.wake_outbox();
    }
    if before != (chat.unread, chat.receipted) {
        chat::save(batch, &chat)?;
    }
    Ok(Done::Chat(chat.id))
}

/// How far many chats are read; comes back with how far those were that changed.
pub(crate) fn marked(
    batch: &mut Batch<'_>,
    scope: &Scope,
    marks: &[ChatMark],
) -> Result<Done, StoreError> {
    let mut before = Vec::new();
    for mark in marks {
        let mut chat = chat::seen(batch, scope, mark.chat)?;
        let first = match mark.first_unread {
            Some(id) => Some(inbound_of(batch, chat.id, id)?),
            None => newest_inbound(batch, chat.id)?.map(|(n, _)| n),
        };
        let stood = (chat.unread, chat.first_unread);
        let given = i64::from(mark.unread);
        if given == 0 {
            (chat.unread, chat.first_unread) = (0, None);
        } else if chat.unread == 0 {
            (chat.unread, chat.first_unread) = (given, first);
        } else if first < chat.first_unread {
            // What came since is unread too.
            (chat.unread, chat.first_unread) = (chat.unread + given, first);
        }
        if stood == (chat.unread, chat.first_unread) {
            continue;
        }
        chat::save(batch, &chat)?;
        before.push(ChatMark {
            chat: mark.chat,
            unread: u32::try_from(stood.0).unwrap_or(u32::MAX),
            first_unread: stood.1.map(|n| id_of(batch, n)).transpose()?.flatten(),
        });
    }
    Ok(Done::Marked(before))
}

/// Where a message of the customer's stands in its chat.
fn inbound_of(batch: &Batch<'_>, chat: i64, id: MessageId) -> Result<i64, StoreError> {
    batch
        .conn
        .prepare_cached("SELECT n FROM messages WHERE id = ?1 AND chat = ?2 AND bits & ?3 = 0")?
        .query_row(params![id.as_bytes(), chat, bits::OUTBOUND], |row| {
            row.get(0)
        })
        .optional()?
        .ok_or_else(|| StoreError::missing("message"))
}

fn id_of(batch: &Batch<'_>, n: i64) -> Result<Option<MessageId>, StoreError> {
    let id: Option<[u8; 16]> = batch
        .conn
        .prepare_cached("SELECT id FROM messages WHERE n = ?1")?
        .query_row([n], |row| row.get(0))
        .optional()?;
    Ok(id.map(|id| MessageId(Uuid::from_bytes(id))))
}

/// A chat's marks changed.
pub(crate) fn patched(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &ChatPatched,
) -> Result<Done, StoreError> {
    let id = fact.chat.ok_or_else(|| StoreError::missing("chat"))?;
    let mut chat = chat::seen(batch, scope, id)?;
    if let Some(state) = fact.state {
        chat.closed = state == ChatState::Closed;
    }
    if chat.closed {
        chat.snoozed_until = None;
    } else if let Some(until) = fact.snoozed_until {
        chat.snoozed_until = until.map(Stamp::millis);
        batch.wake_alarm();
    }
    match fact.unread {
        Some(true) if chat.unread == 0 => {
            chat.unread = 1;
            chat.first_unread = newest_inbound(batch, chat.id)?.map(|(n, _)| n);
        }
        Some(false) => {
            chat.unread = 0;
            chat.first_unread = None;
        }
        Some(true) | None => {}
    }
    chat::save(batch, &chat)?;
    let set = |column: &str, value: &dyn rusqlite::ToSql| -> Result<(), StoreError> {
        let sql = format!("UPDATE chats SET {column} = ?2 WHERE id = ?1");
        batch
            .conn
            .prepare_cached(&sql)?
            .execute(params![chat.id, value])?;
        Ok(())
    };
    if let Some(pinned) = fact.pinned {
        set("pinned", &pinned)?;
    }
    if let Some(muted) = fact.muted {
        set("muted", &muted)?;
    }
    if let Some(until) = fact.muted_until {
        set("muted", &until.millis().max(2))?;
    }
    if let Some(assignee) = &fact.assignee {
        set("assignee", &Some(assignee).filter(|a| !a.is_empty()))?;
    }
    if let Some(labels) = &fact.labels {
        let json = if labels.is_empty() {
            None
        } else {
            Some(content::to_json(labels)?)
        };
        set("labels", &json)?;
    }
    if let Some(name) = &fact.customer_name {
        let name = Some(name.trim().to_owned()).filter(|n| !n.is_empty());
        identity::rename(batch, chat.org, chat.customer, name)?;
    }
    Ok(Done::Chat(chat.id))
}

/// What somebody is writing in a chat.
pub(crate) fn drafted(
    batch: &mut Batch<'_>,
    scope: &Scope,
    id: ChatId,
    draft: Option<&Draft>,
) -> Result<Done, StoreError> {
    let chat = chat::seen(batch, scope, id)?;
    let changed = match draft.filter(|d| !d.text.is_empty() || d.reply_to.is_some()) {
        Some(draft) => batch
            .conn
            .prepare_cached(
                "INSERT OR REPLACE INTO drafts (chat, text, reply_to, operator, updated_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                chat.id,
                draft.text,
                draft.reply_to.as_ref().map(|id| id.as_bytes().to_vec()),
                scope.operator(),
                batch.now.millis()
            ])?,
        None => batch
            .conn
            .prepare_cached("DELETE FROM drafts WHERE chat = ?1")?
            .execute([chat.id])?,
    };
    if changed > 0 {
        chat::touch(batch, chat.org, chat.id)?;
    }
    Ok(Done::Draft(chat.id))
}
