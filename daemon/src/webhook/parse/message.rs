//! Messages of customers, echoes of our own, and what they change: edits, revokes, new numbers and ids.

use common::id::Wamid;
use common::model::content::{Content, Unsupported};
use common::model::message::{Direction, Origin, Referral};

use crate::fact::Fact;
use crate::fact::told::{Edited, Person, Received, Revoked};
use crate::webhook::parse::content::{Carried, carried, kind, unsupported};
use crate::webhook::parse::person::{ADDRESSEE, SENDER};
use crate::webhook::parse::place::{Facts, Place, error, unreadable};
use crate::webhook::parse::{rename, template};
use crate::webhook::payload::digest::fingerprint;
use crate::webhook::payload::json::Json;

/// Whose message it is and how it came.
#[derive(Clone)]
pub(crate) struct Way {
    pub(crate) person: Person,
    pub(crate) direction: Direction,
    pub(crate) origin: Origin,
}

/// Reads `messages[]`: what customers wrote.
pub(crate) fn messages(list: &Json<'_>, place: &Place<'_>, origin: Origin, facts: &mut Facts) {
    let items = items(list, facts);
    let alone = items.len() == 1;
    for item in items {
        let way = Way {
            person: place.person(item, &SENDER, alone),
            direction: Direction::Inbound,
            origin,
        };
        let at = facts.len();
        message(item, place, way, facts);
        if let (true, Some(Fact::Received(received))) = (alone, facts.get_mut(at)) {
            explain_hollow(received, item, place);
        }
    }
}

/// Reads `message_echoes[]`: what the business wrote elsewhere.
pub(crate) fn echoes(list: &Json<'_>, place: &Place<'_>, origin: Origin, facts: &mut Facts) {
    let items = items(list, facts);
    let alone = items.len() == 1;
    for item in items {
        // Standby wraps the message as it was sent, and puts the template's text beside it.
        let inner = item.get("message");
        let sent = if inner.is_object() { inner } else { item };
        let ends = if writes_to_business(sent, place) {
            &SENDER
        } else {
            &ADDRESSEE
        };
        let way = Way {
            person: place.person(sent, ends, alone),
            direction: Direction::Outbound,
            origin,
        };
        let at = facts.len();
        message(sent, place, way, facts);
        if inner.is_object()
            && let Some(Fact::Received(received)) = facts.get_mut(at)
        {
            unwrap_standby(received, item, sent);
        }
    }
}

/// Reads one message, whatever it is.
pub(crate) fn message(item: &Json<'_>, place: &Place<'_>, mut way: Way, facts: &mut Facts) {
    match kind(item).as_deref() {
        Some("edit") => edit(item, place, way, facts),
        Some("revoke") => revoke(item, place, way, facts),
        Some("system") => {
            let renamed = rename::told(item, place, &mut way.person);
            facts.push(Fact::Received(Box::new(received(
                item,
                place,
                way,
                carried(item),
            ))));
            facts.extend(renamed);
        }
        _ => facts.push(Fact::Received(Box::new(received(
            item,
            place,
            way,
            carried(item),
        )))),
    }
}

fn edit(item: &Json<'_>, place: &Place<'_>, way: Way, facts: &mut Facts) {
    let edit = item.get("edit");
    let inner = edit.get("message");
    if !inner.is_object() {
        // Nothing to put in the old one's place: it stands for itself.
        let kept = unsupported(item, Some("edit".to_owned()));
        facts.push(Fact::Received(Box::new(received(
            item,
            place,
            way,
            kept.into(),
        ))));
        return;
    }
    let target = edit
        .first(&["original_message_id", "message_id"])
        .id()
        .map(Wamid::from);
    let event = received(item, place, way, carried(inner));
    facts.push(Fact::Edited(Box::new(Edited { event, target })));
}

fn revoke(item: &Json<'_>, place: &Place<'_>, way: Way, facts: &mut Facts) {
    let revoke = item.get("revoke");
    let target = revoke
        .first(&["original_message_id", "message_id"])
        .id()
        .map(Wamid::from);
    let gone = Unsupported {
        subtype: Some("revoke".to_owned()),
        ..Unsupported::default()
    };
    let event = received(item, place, way, Content::Unsupported(gone).into());
    facts.push(Fact::Revoked(Box::new(Revoked { event, target })));
}

fn received(item: &Json<'_>, place: &Place<'_>, way: Way, carried: Carried) -> Received {
    let context = item.get("context");
    let history = item.get("history_context");
    Received {
        number: place.number.clone(),
        wamid: item.get("id").id().map(Wamid::from),
        fingerprint: fingerprint(&[item.raw()]),
        person: way.person,
        direction: way.direction,
        origin: way.origin,
        timestamp: item.get("timestamp").stamp(),
        content: carried.content,
        media: carried.media,
        reply_to: context.first(&["id", "message_id"]).id().map(Wamid::from),
        forwarded: context.get("forwarded").flag().unwrap_or(false),
        frequently_forwarded: context.get("frequently_forwarded").flag().unwrap_or(false),
        referral: referral(item.get("referral")),
        group_id: item.get("group_id").id().map(ToOwned::to_owned),
        status: history.get("status").word(),
        error: error(item),
    }
}

fn referral(told: &Json<'_>) -> Option<Referral> {
    let line = |name: &str| told.get(name).name();
    let referral = Referral {
        source_id: line("source_id"),
        source_type: line("source_type"),
        source_url: line("source_url"),
        headline: told.get("headline").words(),
        body: told.get("body").words(),
        media_type: line("media_type"),
        image_url: line("image_url"),
        video_url: line("video_url"),
        thumbnail_url: line("thumbnail_url"),
        ctwa_clid: line("ctwa_clid"),
    };
    (referral != Referral::default()).then_some(referral)
}

/// The objects of a list; anything else in it is marked as unread, nulls are nothing.
pub(crate) fn items<'j, 'a>(list: &'j Json<'a>, facts: &mut Facts) -> Vec<&'j Json<'a>> {
    // One object where a list should stand is taken for the list only if it looks like a message.
    let is_item = |item: &Json<'_>| {
        item.is_object() && !(list.is_object() && item.first(&["type", "from"]).is_null())
    };
    let (good, bad): (Vec<_>, Vec<_>) = list
        .each()
        .iter()
        .filter(|item| !item.is_null())
        .partition(|item| is_item(item));
    if !bad.is_empty() {
        unreadable(facts, "an item is no message");
    }
    good
}

/// A message that came without its content takes the error that is told beside it.
fn explain_hollow(received: &mut Received, item: &Json<'_>, place: &Place<'_>) {
    let there = |kind: &str| !item.get(kind).is_null();
    if received.error.is_none() && !there(received.content.kind().as_str()) {
        received.error.clone_from(&place.error);
    }
}

/// Some publish echoes with the ends the wrong way round: the customer is who is not the business.
fn writes_to_business(sent: &Json<'_>, place: &Place<'_>) -> bool {
    let ours = |end: &str| {
        sent.get(end)
            .id()
            .is_some_and(|digits| place.is_business(digits))
    };
    ours("to") && !ours("from") && !sent.get("from").is_null()
}

/// Takes id, time and the template's text from what wraps the message.
fn unwrap_standby(received: &mut Received, item: &Json<'_>, sent: &Json<'_>) {
    received.wamid = item
        .get("id")
        .id()
        .map(Wamid::from)
        .or_else(|| received.wamid.take());
    received.timestamp = item.get("timestamp").stamp().or(received.timestamp);
    received.fingerprint = fingerprint(&[item.raw()]);
    if let Content::Template(told) = &mut received.content
        && told.text.is_none()
    {
        told.text = template::defined(item.get("template"), sent);
    }
}
