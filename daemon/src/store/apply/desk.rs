//! What operators keep about a customer: a name, notes, the wish for no marketing; and that wish as Meta tells it.

use common::api::problem::Code;
use common::id::{CustomerId, NoteId, NumberId, OrgId};
use rusqlite::{OptionalExtension, params};

use crate::fact::told::Preferred;
use crate::store::apply::batch::{About, Batch};
use crate::store::apply::{Done, UNKNOWN_NUMBER, chat, identity};
use crate::store::error::StoreError;
use crate::store::scope::Scope;

/// Nobody reads more than this about one customer.
const MOST_NOTES: i64 = 500;

/// Our name for a customer, or their opt-out, was changed by an operator.
pub(crate) fn patched(
    batch: &mut Batch<'_>,
    scope: &Scope,
    (id, name, opted_out): (CustomerId, Option<&str>, Option<bool>),
) -> Result<Done, StoreError> {
    let org = org_of(batch, scope, id.0)?;
    if let Some(name) = name {
        let name = Some(name.trim().to_owned()).filter(|n| !n.is_empty());
        identity::rename(batch, org, id.0, name)?;
    }
    if let Some(opted_out) = opted_out {
        let at = opted_out.then(|| batch.now.millis());
        set_opt_out(batch, org, id.0, at)?;
    }
    Ok(Done::Customer(id.0))
}

/// A customer told WhatsApp whether they want marketing.
pub(crate) fn preferred(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &Preferred,
) -> Result<Done, StoreError> {
    let Some(number) = batch.told_number(scope, fact.number.as_ref()) else {
        return Ok(Done::Unread(UNKNOWN_NUMBER.to_owned()));
    };
    batch.heard(&number)?;
    if fact.person == crate::fact::told::Person::default() {
        return Ok(Done::Nothing);
    }
    let customer = identity::customer(batch, number.org, &fact.person)?;
    let at = fact.timestamp.unwrap_or(batch.now).millis();
    let known: (Option<i64>, Option<i64>) = batch
        .conn
        .prepare_cached("SELECT opted_out_at, wished_at FROM customers WHERE id = ?1")?
        .query_row([customer], |row| Ok((row.get(0)?, row.get(1)?)))?;
    // An older wish told late does not undo a newer one.
    if known.1.is_some_and(|last| last > at) {
        return Ok(Done::Nothing);
    }
    batch
        .conn
        .prepare_cached("UPDATE customers SET wished_at = ?2 WHERE id = ?1")?
        .execute([customer, at])?;
    if fact.wants == known.0.is_none() {
        return Ok(Done::Nothing);
    }
    set_opt_out(batch, number.org, customer, (!fact.wants).then_some(at))?;
    Ok(Done::Nothing)
}

/// Meta refused a message because its recipient wants no marketing.
pub(crate) fn refused_marketing(
    batch: &mut Batch<'_>,
    org: i64,
    chat: i64,
) -> Result<(), StoreError> {
    let Some(chat) = chat::by_id(batch, chat)? else {
        return Ok(());
    };
    let at = batch.now.millis();
    if is_opted_out(batch, chat.customer)? {
        return Ok(());
    }
    set_opt_out(batch, org, chat.customer, Some(at))
}

/// Whether a customer wants no marketing.
pub(crate) fn is_opted_out(batch: &Batch<'_>, customer: i64) -> Result<bool, StoreError> {
    Ok(batch
        .conn
        .prepare_cached("SELECT 1 FROM customers WHERE id = ?1 AND opted_out_at IS NOT NULL")?
        .exists([customer])?)
}

fn set_opt_out(
    batch: &mut Batch<'_>,
    org: i64,
    customer: i64,
    at: Option<i64>,
) -> Result<(), StoreError> {
    batch
        .conn
        .prepare_cached(
            "UPDATE customers SET opted_out_at = CASE WHEN ?2 IS NULL THEN NULL \
             ELSE coalesce(opted_out_at, ?2) END WHERE id = ?1",
        )?
        .execute(params![customer, at])?;
    touch(batch, org, customer)
}

/// Remembers the price category of a template.
pub(crate) fn categorise(
    batch: &Batch<'_>,
    org: i64,
    (name, language): (&str, &str),
    category: &str,
) -> Result<(), StoreError> {
    batch
        .conn
        .prepare_cached(
            "INSERT INTO categories (org, name, language, category) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT DO UPDATE SET category = excluded.category",
        )?
        .execute(params![
            org,
            name,
            language.replace('-', "_"),
            category.to_ascii_lowercase()
        ])?;
    Ok(())
}

/// Whether a template is known to be marketing.
pub(crate) fn is_marketing(
    batch: &Batch<'_>,
    org: i64,
    (name, language): (&str, &str),
) -> Result<bool, StoreError> {
    Ok(batch
        .conn
        .prepare_cached(
            "SELECT 1 FROM categories WHERE org = ?1 AND name = ?2 AND language = ?3 \
             AND category LIKE 'marketing%'",
        )?
        .exists(params![org, name, language.replace('-', "_")])?)
}

/// A note about a customer.
pub(crate) fn note_added(
    batch: &mut Batch<'_>,
    scope: &Scope,
    customer: CustomerId,
    text: &str,
) -> Result<Done, StoreError> {
    let org = org_of(batch, scope, customer.0)?;
    let notes: i64 = batch
        .conn
        .prepare_cached("SELECT count(*) FROM notes WHERE customer = ?1")?
        .query_row([customer.0], |row| row.get(0))?;
    if notes >= MOST_NOTES {
        return Err(StoreError::refuse(
            Code::TooLong,
            format!("A customer has {MOST_NOTES} notes at most; change or remove an old one."),
        ));
    }
    batch
        .conn
        .prepare_cached(
            "INSERT INTO notes (customer, text, author, created_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            customer.0,
            text,
            scope.operator(),
            batch.now.millis()
        ])?;
    let id = batch.conn.last_insert_rowid();
    touch(batch, org, customer.0)?;
    Ok(Done::Note(id))
}

/// Another text for a note; whoever wrote it first stays its author.
pub(crate) fn note_edited(
    batch: &mut Batch<'_>,
    scope: &Scope,
    note: NoteId,
    text: &str,
) -> Result<Done, StoreError> {
    let (org, customer) = note_of(batch, scope, note)?;
    let changed = batch
        .conn
        .prepare_cached("UPDATE notes SET text = ?2, edited_at = ?3 WHERE id = ?1 AND text <> ?2")?
        .execute(params![note.0, text, batch.now.millis()])?;
    if changed > 0 {
        touch(batch, org, customer)?;
    }
    Ok(Done::Note(note.0))
}

/// A note is thrown away.
pub(crate) fn note_removed(
    batch: &mut Batch<'_>,
    scope: &Scope,
    note: NoteId,
) -> Result<Done, StoreError> {
    let (org, customer) = note_of(batch, scope, note)?;
    batch
        .conn
        .prepare_cached("DELETE FROM notes WHERE id = ?1")?
        .execute([note.0])?;
    touch(batch, org, customer)?;
    Ok(Done::Nothing)
}

fn note_of(batch: &Batch<'_>, scope: &Scope, note: NoteId) -> Result<(i64, i64), StoreError> {
    let customer: Option<i64> = batch
        .conn
        .prepare_cached("SELECT customer FROM notes WHERE id = ?1")?
        .query_row([note.0], |row| row.get(0))
        .optional()?;
    let customer = customer.ok_or_else(|| StoreError::missing("note"))?;
    let org = org_of(batch, scope, customer).map_err(|_other| StoreError::missing("note"))?;
    Ok((org, customer))
}

/// The organisation of a customer that the asker may touch.
fn org_of(batch: &Batch<'_>, scope: &Scope, customer: i64) -> Result<i64, StoreError> {
    let org: Option<i64> = batch
        .conn
        .prepare_cached("SELECT org FROM customers WHERE id = ?1")?
        .query_row([customer], |row| row.get(0))
        .optional()?;
    let org = org
        .filter(|org| scope.sees(Some(OrgId(*org))))
        .ok_or_else(|| StoreError::missing("customer"))?;
    if scope.is_narrow(OrgId(org)) && !writes_to(batch, scope, org, customer)? {
        return Err(StoreError::missing("customer"));
    }
    Ok(org)
}

/// Whether a customer has a chat with a number that the asker may touch.
fn writes_to(
    batch: &Batch<'_>,
    scope: &Scope,
    org: i64,
    customer: i64,
) -> Result<bool, StoreError> {
    let mut statement = batch
        .conn
        .prepare_cached("SELECT number FROM chats WHERE customer = ?1")?;
    let mut rows = statement.query([customer])?;
    while let Some(row) = rows.next()? {
        if scope.sees_number(OrgId(org), NumberId(row.get(0)?)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Says that a customer changed, and that their chats show it.
fn touch(batch: &mut Batch<'_>, org: i64, customer: i64) -> Result<(), StoreError> {
    let revision = batch.touch(About::Customer, Some(org), customer);
    batch
        .conn
        .prepare_cached("UPDATE customers SET revision = ?2 WHERE id = ?1")?
        .execute([customer, revision])?;
    chat::touch_all_of(batch, org, customer)
}
