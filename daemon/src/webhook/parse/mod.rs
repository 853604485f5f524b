//! A notification's bytes to facts: pure, never panics, and whatever is malformed costs only itself.

mod card;
mod content;
mod history;
mod interactive;
mod message;
mod notice;
mod person;
mod place;
mod rename;
mod status;
mod template;

use std::borrow::Cow;

use common::model::message::Origin;

use crate::fact::Fact;
use crate::webhook::parse::place::{Facts, Place, noticed, unreadable};
use crate::webhook::payload::grammar;
use crate::webhook::payload::json::{self, Json, NotJson};

/// Members of a change that say where it stands and carry nothing of their own.
const FRAME: [&str; 3] = ["messaging_product", "metadata", "contacts"];

/// What a notification says.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Everything in it, in the order of the body.
    pub facts: Vec<Fact>,
    /// Why the body should be read again by a newer version, where a part of it could not be read.
    pub unread: Option<String>,
}

/// Reads a notification. Fails only where the body is not JSON at all.
pub fn read(body: &[u8]) -> Result<Reading, NotJson> {
    // Bytes that are no UTF-8 cost a character, not the notification.
    let text = String::from_utf8_lossy(body);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let json = grammar::parse(text)?;
    let mut facts = Facts::new();
    match &json {
        Json::List(list) => list
            .items
            .iter()
            .for_each(|one| notification(one, &mut facts)),
        one => notification(one, &mut facts),
    }
    let unread = facts.iter().find_map(|fact| match fact {
        Fact::Unreadable { why } => Some(why.clone()),
        _ => None,
    });
    Ok(Reading { facts, unread })
}

fn notification(body: &Json<'_>, facts: &mut Facts) {
    let entries = body.get("entry");
    if !entries.is_null() {
        return each(entries, "an entry is no object", facts, entry);
    }
    // Somebody took the envelope off.
    match body {
        Json::Object(object) if object.fields.iter().all(|(key, _)| key == "object") => {}
        Json::Object(_) => entry(body, facts),
        _ => unreadable(facts, "the body is no object"),
    }
}

fn entry(entry: &Json<'_>, facts: &mut Facts) {
    let changes = entry.get("changes");
    if !changes.is_null() {
        return each(changes, "a change is no object", facts, |one, facts| {
            change(entry, one, facts);
        });
    }
    if !entry.first(&["field", "value"]).is_null() {
        return change(&json::NULL, entry, facts);
    }
    let others = |(key, value): &(Cow<'_, str>, Json<'_>)| {
        !value.is_blank() && !matches!(key.as_ref(), "id" | "time" | "uid" | "object")
    };
    if entry.fields().iter().any(others) {
        unreadable(facts, "an entry without changes");
    }
}

/// Reads each object of a list, or the one that stands in its place; nulls are nothing.
fn each(
    list: &Json<'_>,
    why: &str,
    facts: &mut Facts,
    mut read: impl FnMut(&Json<'_>, &mut Facts),
) {
    if list.each().is_empty() && !list.is_blank() {
        unreadable(facts, why);
    }
    for item in list.each().iter().filter(|item| !item.is_null()) {
        if item.is_object() {
            read(item, facts);
        } else {
            unreadable(facts, why);
        }
    }
}

fn change(entry: &Json<'_>, change: &Json<'_>, facts: &mut Facts) {
    let value = change.get("value");
    let field = change.get("field").word().map(|field| plain(&field));
    let field = field.as_deref().unwrap_or("messages");
    let place = Place::of(field, entry, value);
    match field {
        "messages" => {
            let found = members(value, &place, facts, Origin::Api);
            if !found && !is_hollow(value) {
                unreadable(facts, "messages without anything known");
            }
        }
        "standby" => {
            let inner = value.get("standby");
            let inner = if inner.is_object() { inner } else { value };
            let place = Place {
                contacts: person::Contacts::of(inner.first(&["contacts"])),
                number: place.number.clone(),
                business: place.business.clone(),
                waba: place.waba.clone(),
                error: None,
                ..place
            };
            if !members(inner, &place, facts, Origin::Standby) {
                nothing(value, inner, &place, facts);
            }
        }
        "history"
        | "smb_message_echoes"
        | "message_echoes"
        | "smb_app_state_sync"
        | "calls"
        | "user_preferences"
        | "user_id_update"
        | "group_lifecycle_update"
        | "group_participants_update"
        | "group_settings_update"
        | "group_status_update" => {
            if !members(value, &place, facts, Origin::Api) {
                nothing(value, value, &place, facts);
            }
        }
        _ => notice::field(value, &place, facts),
    }
}

/// Reads every member that this version knows, whatever the field is; says whether there was any.
fn members(value: &Json<'_>, place: &Place<'_>, facts: &mut Facts, origin: Origin) -> bool {
    let before = facts.len();
    let elsewhere = match (place.field, origin) {
        ("history", _) => Origin::History,
        (_, Origin::Standby) => Origin::Standby,
        _ => Origin::Phone,
    };
    for (name, member) in value.fields() {
        match (name.as_ref(), place.field) {
            ("messages", "history") => history::messages(member, place, facts),
            ("messages", "smb_message_echoes" | "message_echoes") | ("message_echoes", _) => {
                message::echoes(member, place, elsewhere, facts);
            }
            ("messages", _) => message::messages(member, place, origin, facts),
            ("statuses", _) => status::statuses(member, place, facts),
            ("history", _) => history::chunks(member, place, facts),
            ("state_sync", _) => rename::address_book(member, place, facts),
            ("user_id_update", _) => rename::updates(member, place, facts),
            ("user_preferences", _) => {
                notice::items(member, place, facts, notice::preference);
                rename::preferences(member, place, facts);
            }
            ("calls", _) => notice::items(member, place, facts, notice::call),
            ("groups", _) => notice::items(member, place, facts, notice::group),
            ("user_actions", _) => notice::actions(member, place, facts),
            ("errors", _) => notice::errors(member, place, facts),
            _ => {}
        }
    }
    facts.len() > before
}

/// A known field with nothing in it that could be read: told, and kept unless it is empty.
fn nothing(value: &Json<'_>, inner: &Json<'_>, place: &Place<'_>, facts: &mut Facts) {
    let sentence =
        "Meta sent a notification with nothing in it that recado could read; it is kept.";
    noticed(
        facts,
        notice::told(place, value, notice::Told::info(sentence)),
    );
    if !is_hollow(inner) {
        unreadable(facts, format!("{} without anything known", place.field));
    }
}

/// Whether nothing but the frame is there.
fn is_hollow(value: &Json<'_>) -> bool {
    match value {
        Json::Object(object) => object
            .fields
            .iter()
            .all(|(key, member)| FRAME.contains(&key.as_ref()) || member.is_blank()),
        other => other.is_blank(),
    }
}

/// A field's name as far as it is one: it becomes part of a notice's code.
fn plain(field: &str) -> String {
    let letters = field
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    letters.take(60).collect()
}

#[cfg(test)]
mod tests;
