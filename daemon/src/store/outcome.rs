//! What a commit tells its author, read when the transaction is through.

use common::time::Stamp;
use rusqlite::Connection;

use crate::store::Outcome;
use crate::store::apply::Done;
use crate::store::ask::{chats, customers};
use crate::store::error::StoreError;
use crate::store::row::message::Raw;
use crate::store::row::{chat, connect, media, number, people, reply, template};

/// The object behind a fact's result.
pub(crate) fn read(conn: &Connection, done: &Done, now: Stamp) -> Result<Outcome, StoreError> {
    let gone = |what: &str| StoreError::Damaged(format!("a {what} is gone that was just stored"));
    Ok(match done {
        Done::Nothing | Done::Unread(_) => Outcome::Nothing,
        Done::Message(n) => {
            let raw = Raw::by_n(conn, *n)?.ok_or_else(|| gone("message"))?;
            Outcome::Message(Box::new(raw.message(conn)?))
        }
        Done::Chat(id) => Outcome::Chat(Box::new(
            chat::get(conn, *id, now)?.ok_or_else(|| gone("chat"))?,
        )),
        Done::Number(id) => Outcome::Number(Box::new(
            number::get(conn, *id)?.ok_or_else(|| gone("number"))?,
        )),
        Done::Org(id) => Outcome::Org(conn.query_row(
            "SELECT id, slug, name FROM orgs WHERE id = ?1",
            [id],
            number::org,
        )?),
        Done::Draft(chat) => Outcome::Draft(chats::draft_of(conn, *chat)?),
        Done::Token(id) => Outcome::Token(people::token(conn, *id)?.ok_or_else(|| gone("token"))?),
        Done::Operator(id) => Outcome::Operator(Box::new(
            people::operator(conn, *id)?.ok_or_else(|| gone("operator"))?,
        )),
        Done::Customer(id) => Outcome::Customer(Box::new(
            chat::get_customer(conn, *id)?.ok_or_else(|| gone("customer"))?,
        )),
        Done::Note(id) => Outcome::Note(customers::note(conn, *id)?.ok_or_else(|| gone("note"))?),
        Done::Template(id) => Outcome::Template(Box::new(
            template::get(conn, *id)?.ok_or_else(|| gone("template"))?,
        )),
        Done::Reply(id) => Outcome::Reply(Box::new(
            reply::get(conn, *id)?.ok_or_else(|| gone("saved reply"))?,
        )),
        Done::Connect(id) => Outcome::Connect(Box::new(
            connect::get(conn, *id)?.ok_or_else(|| gone("token"))?,
        )),
        Done::Media(id) => Outcome::Media(Box::new(
            media::get(conn, *id)?.ok_or_else(|| gone("file"))?,
        )),
        Done::Claimed(ids) => Outcome::Claimed(ids.clone()),
        Done::Marked(before) => Outcome::Marked(before.clone()),
    })
}
