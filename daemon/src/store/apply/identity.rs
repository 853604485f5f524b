//! Who is who: a customer is found by any of their names, and two that prove to be one are merged.

use std::sync::Arc;

use common::id::{PhoneNumberId, UserId, WaId};
use common::phone::{Phone, match_key};
use rusqlite::{OptionalExtension, params};

use crate::fact::told::{ContactSync, Person};
use crate::store::apply::batch::{About, Batch};
use crate::store::apply::memory::Num;
use crate::store::apply::{Done, UNKNOWN_NUMBER, chat};
use crate::store::error::StoreError;
use crate::store::scope::Scope;

const WA_ID: i64 = 1;
const PHONE: i64 = 2;
const USER: i64 = 3;
const PARENT: i64 = 4;
const GROUP: i64 = 5;
const USERNAME: i64 = 6;

/// Names as kind and value, the strongest first.
pub(crate) type Names = Vec<(i64, String)>;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Card {
    pub(crate) phone: Option<String>,
    wa_id: Option<String>,
    user_id: Option<String>,
    parent_user_id: Option<String>,
    username: Option<String>,
    name: Option<String>,
    profile_name: Option<String>,
}

/// The customer behind a person, made if nobody is known by any of their names.
pub(crate) fn customer(
    batch: &mut Batch<'_>,
    org: i64,
    person: &Person,
) -> Result<i64, StoreError> {
    if let Some(id) = batch.known_person(org, person) {
        return Ok(id);
    }
    let names = names(person);
    let id = match find(batch, org, &names)? {
        Some(id) => id,
        None => make(batch, org)?,
    };
    learn(batch, org, id, person)?;
    batch.remember_person(org, person, id);
    Ok(id)
}

/// The customer behind a number that somebody typed.
pub(crate) fn customer_of_phone(
    batch: &mut Batch<'_>,
    org: i64,
    phone: &Phone,
) -> Result<i64, StoreError> {
    let names = vec![(PHONE, phone.match_key().as_str().to_owned())];
    let id = match find(batch, org, &names)? {
        Some(id) => id,
        None => make(batch, org)?,
    };
    attach(batch, org, id, &names)?;
    let mut card = card(batch, id)?;
    if card.phone.is_none() {
        card.phone = Some(phone.as_str().to_owned());
        save(batch, org, id, &card)?;
    }
    Ok(id)
}

/// The pseudo-customer that stands for a group.
pub(crate) fn group(batch: &mut Batch<'_>, org: i64, group: &str) -> Result<i64, StoreError> {
    let names = vec![(GROUP, group.to_owned())];
    if let Some(id) = find(batch, org, &names)? {
        return Ok(id);
    }
    let id = make(batch, org)?;
    attach(batch, org, id, &names)?;
    let card = Card {
        name: Some(format!("group {group}")),
        ..Card::default()
    };
    save(batch, org, id, &card)?;
    Ok(id)
}

/// Whether a customer stands for a group.
pub(crate) fn is_group(batch: &Batch<'_>, customer: i64) -> Result<bool, StoreError> {
    Ok(batch
        .conn
        .prepare_cached("SELECT 1 FROM identities WHERE customer = ?1 AND kind = ?2")?
        .exists(params![customer, GROUP])?)
}

/// Whether there is an address to write to.
pub(crate) fn is_reachable(batch: &Batch<'_>, customer: i64) -> Result<bool, StoreError> {
    let card = card(batch, customer)?;
    Ok(card.wa_id.is_some() || card.phone.is_some() || card.user_id.is_some())
}

/// Takes in what a notification tells of a known customer; they may prove to be another known one.
pub(crate) fn learn(
    batch: &mut Batch<'_>,
    org: i64,
    customer: i64,
    person: &Person,
) -> Result<(), StoreError> {
    let names = names(person);
    attach(batch, org, customer, &names)?;
    let mut now = card(batch, customer)?;
    let before = now.clone();
    let take = |into: &mut Option<String>, told: Option<&str>| {
        if let Some(told) = told.filter(|t| !t.is_empty()) {
            into.replace(told.to_owned());
        }
    };
    take(&mut now.wa_id, person.wa_id.as_ref().map(WaId::as_str));
    take(
        &mut now.user_id,
        person.user_id.as_ref().map(UserId::as_str),
    );
    take(&mut now.parent_user_id, person.parent_user_id.as_deref());
    take(&mut now.username, person.username.as_deref());
    take(&mut now.profile_name, person.profile_name.as_deref());
    if now.phone.is_none() {
        now.phone = phone_of(person);
    }
    if now == before {
        Ok(())
    } else {
        save(batch, org, customer, &now)
    }
}

/// Takes in whom a report says it reached. That another number was reached proves nothing about
/// who the customer is: only a rename or a message of theirs makes two customers one.
pub(crate) fn learn_reached(
    batch: &mut Batch<'_>,
    org: i64,
    customer: i64,
    person: &Person,
) -> Result<(), StoreError> {
    let known = card(batch, customer)?.wa_id;
    let told = person.wa_id.as_ref().map(WaId::as_str);
    if let (Some(known), Some(told)) = (known.as_deref(), told)
        && match_key(known) != match_key(told)
    {
        return Ok(());
    }
    learn(batch, org, customer, person)
}

/// A name from the phone's address book.
pub(crate) fn contact(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &ContactSync,
) -> Result<Done, StoreError> {
    let Some(number) = told(batch, scope, fact.number.as_ref())? else {
        return Ok(Done::Unread(UNKNOWN_NUMBER.to_owned()));
    };
    if fact.name.is_none() && find(batch, number.org, &names(&fact.person))?.is_none() {
        return Ok(Done::Nothing);
    }
    let id = customer(batch, number.org, &fact.person)?;
    let mut card = card(batch, id)?;
    if card.name != fact.name {
        card.name.clone_from(&fact.name);
        save(batch, number.org, id, &card)?;
    }
    Ok(Done::Nothing)
}

/// Our own name for a customer; `None` takes it away.
pub(crate) fn rename(
    batch: &mut Batch<'_>,
    org: i64,
    customer: i64,
    name: Option<String>,
) -> Result<(), StoreError> {
    let mut card = card(batch, customer)?;
    card.name = name;
    save(batch, org, customer, &card)
}

pub(crate) fn told(
    batch: &mut Batch<'_>,
    scope: &Scope,
    number: Option<&PhoneNumberId>,
) -> Result<Option<Arc<Num>>, StoreError> {
    let Some(number) = batch.told_number(scope, number) else {
        return Ok(None);
    };
    batch.heard(&number)?;
    Ok(Some(number))
}

pub(crate) fn phone_of(person: &Person) -> Option<String> {
    let wa_id = person.wa_id.as_ref()?;
    Phone::from_wa_id(wa_id.as_str()).ok().map(String::from)
}

/// A username finds somebody only where there is nothing else; nobody at all is one person too.
pub(crate) fn names(person: &Person) -> Names {
    let mut names = Names::new();
    if let Some(wa_id) = person.wa_id.as_ref().filter(|w| !w.as_str().is_empty()) {
        names.push((WA_ID, wa_id.as_str().to_owned()));
        if Phone::from_wa_id(wa_id.as_str()).is_ok() {
            names.push((PHONE, match_key(wa_id.as_str()).as_str().to_owned()));
        }
    }
    if let Some(user) = person.user_id.as_ref().filter(|u| !u.as_str().is_empty()) {
        names.push((USER, user.as_str().to_owned()));
    }
    if let Some(parent) = person.parent_user_id.as_ref().filter(|p| !p.is_empty()) {
        names.push((PARENT, parent.clone()));
    }
    if names.is_empty() {
        names.push((USERNAME, person.username.clone().unwrap_or_default()));
    }
    names
}

/// Whoever is known by any of the names; several prove to be one and are merged into the oldest.
pub(crate) fn find(
    batch: &mut Batch<'_>,
    org: i64,
    names: &Names,
) -> Result<Option<i64>, StoreError> {
    let mut found: Option<i64> = None;
    for (kind, value) in names {
        let Some(id) = lookup(batch, org, *kind, value)? else {
            continue;
        };
        found = Some(match found {
            Some(known) if known != id => merge(batch, org, known, id)?,
            _ => id,
        });
    }
    Ok(found)
}

pub(crate) fn lookup(
    batch: &Batch<'_>,
    org: i64,
    kind: i64,
    value: &str,
) -> Result<Option<i64>, StoreError> {
    Ok(batch
        .conn
        .prepare_cached(
            "SELECT customer FROM identities WHERE org = ?1 AND kind = ?2 AND value = ?3",
        )?
        .query_row(params![org, kind, value], |row| row.get(0))
        .optional()?)
}

/// Lets every name lead to this customer, merging whoever had one of them.
fn attach(batch: &mut Batch<'_>, org: i64, customer: i64, names: &Names) -> Result<(), StoreError> {
    for (kind, value) in names {
        match lookup(batch, org, *kind, value)? {
            Some(owner) if owner == customer => {}
            Some(owner) => {
                merge_into(batch, org, customer, owner)?;
            }
            None => {
                batch
                    .conn
                    .prepare_cached(
                        "INSERT INTO identities (org, kind, value, customer) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![org, kind, value, customer])?;
            }
        }
    }
    Ok(())
}

fn make(batch: &mut Batch<'_>, org: i64) -> Result<i64, StoreError> {
    batch
        .conn
        .prepare_cached("INSERT INTO customers (org, revision) VALUES (?1, 0)")?
        .execute([org])?;
    Ok(batch.conn.last_insert_rowid())
}

pub(crate) fn card(batch: &Batch<'_>, customer: i64) -> Result<Card, StoreError> {
    Ok(batch
        .conn
        .prepare_cached(
            "SELECT phone, wa_id, user_id, parent_user_id, username, name, profile_name \
             FROM customers WHERE id = ?1",
        )?
        .query_row([customer], |row| {
            Ok(Card {
                phone: row.get(0)?,
                wa_id: row.get(1)?,
                user_id: row.get(2)?,
                parent_user_id: row.get(3)?,
                username: row.get(4)?,
                name: row.get(5)?,
                profile_name: row.get(6)?,
            })
        })?)
}

pub(crate) fn save(
    batch: &mut Batch<'_>,
    org: i64,
    customer: i64,
    card: &Card,
) -> Result<(), StoreError> {
    let revision = batch.touch(About::Customer, Some(org), customer);
    batch
        .conn
        .prepare_cached(
            "UPDATE customers SET phone = ?2, wa_id = ?3, user_id = ?4, parent_user_id = ?5, \
             username = ?6, name = ?7, profile_name = ?8, revision = ?9 WHERE id = ?1",
        )?
        .execute(params![
            customer,
            card.phone,
            card.wa_id,
            card.user_id,
            card.parent_user_id,
            card.username,
            card.name,
            card.profile_name,
            revision
        ])?;
    batch.forget_person(org, customer);
    chat::touch_all_of(batch, org, customer)
}

/// Makes two customers one: the older stays.
pub(crate) fn merge(
    batch: &mut Batch<'_>,
    org: i64,
    one: i64,
    other: i64,
) -> Result<i64, StoreError> {
    let (keep, gone) = (one.min(other), one.max(other));
    merge_into(batch, org, keep, gone)?;
    Ok(keep)
}

fn merge_into(batch: &mut Batch<'_>, org: i64, keep: i64, gone: i64) -> Result<(), StoreError> {
    batch.forget_people();
    chat::merge_all(batch, org, keep, gone)?;
    batch
        .conn
        .prepare_cached("UPDATE identities SET customer = ?1 WHERE customer = ?2")?
        .execute([keep, gone])?;
    let (mut kept, lost) = (card(batch, keep)?, card(batch, gone)?);
    let fill = |into: &mut Option<String>, from: Option<String>| {
        if into.is_none() {
            *into = from;
        }
    };
    fill(&mut kept.phone, lost.phone);
    fill(&mut kept.wa_id, lost.wa_id);
    fill(&mut kept.user_id, lost.user_id);
    fill(&mut kept.parent_user_id, lost.parent_user_id);
    fill(&mut kept.username, lost.username);
    fill(&mut kept.name, lost.name);
    fill(&mut kept.profile_name, lost.profile_name);
    batch
        .conn
        .prepare_cached("UPDATE notes SET customer = ?1 WHERE customer = ?2")?
        .execute([keep, gone])?;
    batch
        .conn
        .prepare_cached(
            "UPDATE customers SET (opted_out_at, wished_at, renamed_at) = \
             (SELECT coalesce(customers.opted_out_at, g.opted_out_at), \
             coalesce(customers.wished_at, g.wished_at), \
             coalesce(customers.renamed_at, g.renamed_at) FROM customers g WHERE g.id = ?2) \
             WHERE id = ?1",
        )?
        .execute([keep, gone])?;
    batch
        .conn
        .prepare_cached("DELETE FROM customers WHERE id = ?1")?
        .execute([gone])?;
    save(batch, org, keep, &kept)
}
