//! Reports about what became of our messages.

use common::id::Wamid;
use common::model::message::Pricing;

use crate::fact::Fact;
use crate::fact::told::{Person, Reported};
use crate::webhook::parse::notice::{Told, told};
use crate::webhook::parse::person::RECIPIENT;
use crate::webhook::parse::place::{Facts, Place, error, noticed, unreadable};
use crate::webhook::payload::json::Json;

/// Members that name a group's member; two spellings are in use.
const PARTICIPANT: [&str; 3] = [
    "recipient_participant_id",
    "participant_recipient_id",
    "recipient_participant_user_id",
];

/// Reads `statuses[]`.
pub(crate) fn statuses(list: &Json<'_>, place: &Place<'_>, facts: &mut Facts) {
    let items = list.each();
    let alone = items.len() == 1;
    for item in items.iter().filter(|item| !item.is_null()) {
        // The state of a call or a payment says nothing of a message's delivery.
        let what = item.get("type").word().unwrap_or_default();
        match what.as_str() {
            "call" | "payment" => other(&what, item, place, facts),
            _ if place.field == "calls" => other("call", item, place, facts),
            _ => report(item, place, alone, facts),
        }
    }
}

fn report(item: &Json<'_>, place: &Place<'_>, alone: bool, facts: &mut Facts) {
    let wamid = item.get("id").id().map(Wamid::from);
    let message = item
        .get("biz_opaque_callback_data")
        .id()
        .and_then(|ours| ours.parse().ok());
    let (Some(word), true) = (
        item.get("status").word(),
        wamid.is_some() || message.is_some(),
    ) else {
        return unreadable(facts, "a status lacks its word or its message");
    };
    let participant = item.first(&PARTICIPANT).id().map(ToOwned::to_owned);
    let group =
        participant.is_some() || item.get("recipient_type").word().as_deref() == Some("group");
    facts.push(Fact::Reported(Box::new(Reported {
        number: place.number.clone(),
        wamid,
        message,
        word,
        timestamp: item.get("timestamp").stamp(),
        // A group's id is nobody's.
        recipient: if group {
            Person::default()
        } else {
            place.person(item, &RECIPIENT, alone)
        },
        participant,
        pricing: pricing(item),
        error: error(item),
    })));
}

fn pricing(item: &Json<'_>) -> Option<Pricing> {
    let own = item.get("pricing");
    let told = if own.is_object() {
        own
    } else {
        item.get("conversation").get("pricing")
    };
    let pricing = Pricing {
        category: told.get("category").name(),
        class: told.get("type").name(),
        model: told.get("pricing_model").name(),
        billable: told.get("billable").flag(),
    };
    (pricing != Pricing::default()).then_some(pricing)
}

fn other(what: &str, item: &Json<'_>, place: &Place<'_>, facts: &mut Facts) {
    let word = item
        .get("status")
        .word()
        .unwrap_or_else(|| "unknown".to_owned());
    let sentence = format!(
        "WhatsApp reports a {what} as {word}; recado keeps the report and does nothing with it."
    );
    let mut notice = told(place, item, Told::info(sentence));
    notice.code = format!("meta_{what}_status");
    noticed(facts, notice);
}
