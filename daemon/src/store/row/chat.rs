//! A row of the chat list with its customer, its newest message and its draft.

use common::id::{ChatId, CustomerId, MessageId, NumberId, OrgId, UserId, WaId};
use common::model::chat::{Chat, ChatState, LastMessage, WindowView};
use common::model::customer::Customer;
use common::model::message::Direction;
use common::phone::Phone;
use common::time::Stamp;
use common::window::Window;
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use crate::store::error::StoreError;
use crate::store::row::code::{self, bits};
use crate::store::row::content;
use crate::store::row::message::{shortened, told_at};

/// A query for the columns that [`read`] expects; it ends where conditions on `c` follow.
macro_rules! select_chat {
    ($after:literal) => {
        concat!(
            "SELECT c.id, nu.org, c.number, c.closed, c.unread, fu.id, c.assignee, c.labels, ",
            "c.pinned, c.muted, c.last_ts, c.last_inbound, d.text, c.revision, ",
            "m.id, m.bits, m.kind, m.text, m.status, m.ts, ",
            "c.waiting_since, c.snoozed_until, ",
            "cu.id, cu.phone, cu.wa_id, cu.user_id, cu.username, cu.name, cu.profile_name, ",
            "cu.opted_out_at, cu.revision ",
            "FROM chats c JOIN numbers nu ON nu.id = c.number ",
            "JOIN customers cu ON cu.id = c.customer ",
            "LEFT JOIN messages m ON m.n = c.last_message ",
            "LEFT JOIN messages fu ON fu.n = c.first_unread ",
            "LEFT JOIN drafts d ON d.chat = c.id ",
            $after
        )
    };
}
pub(crate) use select_chat;

/// A query for the columns that [`customer`] expects from its first one on.
pub(crate) const SELECT_CUSTOMER: &str = "SELECT cu.id, cu.phone, cu.wa_id, cu.user_id, \
     cu.username, cu.name, cu.profile_name, cu.opted_out_at, cu.revision FROM customers cu WHERE cu.id = ?1";

/// Reads a row of `select_chat!`.
pub(crate) fn read(row: &Row<'_>, now: Stamp) -> Result<Chat, StoreError> {
    let window = Window::of(row.get::<_, Option<i64>>(11)?.map(Stamp::from_millis)).as_of(now);
    let labels: Option<String> = row.get(7)?;
    let last_ts: i64 = row.get(10)?;
    let muted: i64 = row.get(9)?;
    // 1 is until somebody takes it back; more is the moment when it ends.
    let until = (muted > 1).then(|| Stamp::from_millis(muted));
    Ok(Chat {
        id: ChatId(row.get(0)?),
        org_id: OrgId(row.get(1)?),
        number_id: NumberId(row.get(2)?),
        customer: customer(row, 22)?,
        state: if row.get(3)? {
            ChatState::Closed
        } else {
            ChatState::Open
        },
        unread: row.get(4)?,
        first_unread: row
            .get::<_, Option<[u8; 16]>>(5)?
            .map(|id| MessageId(Uuid::from_bytes(id))),
        assignee: row.get(6)?,
        labels: labels
            .as_deref()
            .map(content::parse)
            .transpose()?
            .unwrap_or_default(),
        pinned: row.get(8)?,
        muted: muted != 0 && until.is_none_or(|until| until > now),
        muted_until: until.filter(|until| *until > now),
        snoozed_until: row.get::<_, Option<i64>>(21)?.map(Stamp::from_millis),
        waiting_since: row.get::<_, Option<i64>>(20)?.map(Stamp::from_millis),
        last_message: last_message(row)?,
        last_message_at: (last_ts != 0).then(|| Stamp::from_millis(last_ts)),
        window: WindowView {
            open: window.is_open(now),
            expires_at: window.expires_at(),
        },
        draft: shortened(row.get(12)?),
        revision: row.get(13)?,
    })
}

/// One chat, whoever asks; questions look at the organisation first.
pub(crate) fn get(conn: &Connection, id: i64, now: Stamp) -> Result<Option<Chat>, StoreError> {
    let mut statement = conn.prepare_cached(select_chat!("WHERE c.id = ?1"))?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(|row| read(row, now)).transpose()
}

/// One customer, whoever asks.
pub(crate) fn get_customer(conn: &Connection, id: i64) -> Result<Option<Customer>, StoreError> {
    Ok(conn
        .prepare_cached(SELECT_CUSTOMER)?
        .query_row([id], |row| customer(row, 0))
        .optional()?)
}

/// Reads the nine columns of a customer from `at` on.
pub(crate) fn customer(row: &Row<'_>, at: usize) -> rusqlite::Result<Customer> {
    let phone: Option<String> = row.get(at + 1)?;
    Ok(Customer {
        id: CustomerId(row.get(at)?),
        phone_number: phone.and_then(|p| Phone::try_from(p).ok()),
        wa_id: row.get::<_, Option<String>>(at + 2)?.map(WaId),
        user_id: row.get::<_, Option<String>>(at + 3)?.map(UserId),
        username: row.get(at + 4)?,
        name: row.get(at + 5)?,
        profile_name: row.get(at + 6)?,
        opted_out_at: row.get::<_, Option<i64>>(at + 7)?.map(Stamp::from_millis),
        revision: row.get(at + 8)?,
    })
}

fn last_message(row: &Row<'_>) -> Result<Option<LastMessage>, StoreError> {
    let Some(id) = row.get::<_, Option<[u8; 16]>>(14)? else {
        return Ok(None);
    };
    let flags: i64 = row.get(15)?;
    let outbound = flags & bits::OUTBOUND != 0;
    Ok(Some(LastMessage {
        id: MessageId(Uuid::from_bytes(id)),
        direction: if outbound {
            Direction::Outbound
        } else {
            Direction::Inbound
        },
        kind: code::kind(row.get(16)?),
        text: shortened(row.get(17)?),
        status: code::status(row.get(18)?),
        timestamp: told_at(flags, row.get(19)?),
    }))
}
