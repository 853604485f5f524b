//! Conversations from before: WhatsApp hands them over in threads when a phone's number joins the Cloud API.

use common::api::event::Severity;
use common::model::message::{Direction, Origin};

use crate::fact::told::Person;
use crate::webhook::parse::message::{Way, items, message};
use crate::webhook::parse::notice::{Told, told};
use crate::webhook::parse::person::{ADDRESSEE, SENDER, is_user_id, user_id, username, wa_id};
use crate::webhook::parse::place::{Facts, Place, noticed, unreadable};
use crate::webhook::payload::json::Json;

/// WhatsApp's code for an owner who did not want to share what was there.
const DECLINED: i64 = 2_593_109;

/// Reads `history[]`: chunks of threads of messages.
pub(crate) fn chunks(list: &Json<'_>, place: &Place<'_>, facts: &mut Facts) {
    for chunk in list.each() {
        for thread in chunk.get("threads").each() {
            self::thread(thread, place, facts);
        }
        for error in chunk.get("errors").each() {
            noticed(facts, told(place, error, refused(error)));
        }
        if chunk.get("metadata").get("progress").whole() == Some(100) {
            let sentence = "WhatsApp has handed over the earlier conversations of this number.";
            noticed(
                facts,
                told(place, chunk.get("metadata"), Told::info(sentence)),
            );
        }
        if !chunk.is_object() && !chunk.is_null() {
            unreadable(facts, "a chunk of history is no object");
        }
    }
}

/// Reads `messages[]` beside the threads: files of messages that came as placeholders.
pub(crate) fn messages(list: &Json<'_>, place: &Place<'_>, facts: &mut Facts) {
    for item in items(list, facts) {
        past(item, &crate::webhook::payload::json::NULL, place, facts);
    }
}

fn thread(thread: &Json<'_>, place: &Place<'_>, facts: &mut Facts) {
    for item in items(thread.get("messages"), facts) {
        past(item, thread, place, facts);
    }
}

fn past(item: &Json<'_>, thread: &Json<'_>, place: &Place<'_>, facts: &mut Facts) {
    let direction = direction(item, thread, place);
    let ends = if direction == Direction::Inbound {
        &SENDER
    } else {
        &ADDRESSEE
    };
    let mut person = place.person(item, ends, false);
    complete(&mut person, thread, place);
    message(
        item,
        place,
        Way {
            person,
            direction,
            origin: Origin::History,
        },
        facts,
    );
}

/// Which way a past message went: by the business number if that is told, else by the thread.
fn direction(item: &Json<'_>, thread: &Json<'_>, place: &Place<'_>) -> Direction {
    let out = match item.get("from").id() {
        Some(from) if place.business.is_some() => place.is_business(from),
        Some(from) => thread.get("id").id().is_some_and(|id| id != from),
        None => item.get("from_user_id").is_null() && !item.first(&["to", "to_user_id"]).is_null(),
    };
    if out {
        Direction::Outbound
    } else {
        Direction::Inbound
    }
}

/// The thread belongs to the customer: its ids are theirs.
fn complete(person: &mut Person, thread: &Json<'_>, place: &Place<'_>) {
    let context = thread.get("context");
    let id = thread.get("id");
    if let Some(word) = id.id().filter(|word| !place.is_business(word)) {
        if is_user_id(word) {
            person.user_id = person.user_id.take().or_else(|| user_id(id));
        } else {
            person.wa_id = person.wa_id.take().or_else(|| wa_id(id));
        }
    }
    person.wa_id = person.wa_id.take().or_else(|| wa_id(context.get("wa_id")));
    person.user_id = person
        .user_id
        .take()
        .or_else(|| user_id(context.get("user_id")));
    person.username = person
        .username
        .take()
        .or_else(|| username(context.get("username")));
    let parent = context.get("parent_user_id").id().map(ToOwned::to_owned);
    person.parent_user_id = person.parent_user_id.take().or(parent);
}

fn refused(error: &Json<'_>) -> Told {
    if error.get("code").whole() == Some(DECLINED) {
        return Told::info(
            "The earlier conversations of this number were not shared by its owner in the WhatsApp Business app; to have them, disconnect the number there, connect it again and agree to share them.",
        );
    }
    let title = error
        .first(&["message", "title"])
        .name()
        .unwrap_or_default();
    Told {
        sentence: format!(
            "WhatsApp could not hand over earlier conversations of this number ({title}); new messages are not affected."
        ),
        severity: Severity::Warning,
    }
}
