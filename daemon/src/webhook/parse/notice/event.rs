//! Calls, groups, wishes, forms and hand-overs: kept and told, nothing else yet.

use crate::webhook::parse::notice::{Told, event_word, word};
use crate::webhook::payload::json::Json;

/// One of `calls[]`.
pub(crate) fn call(item: &Json<'_>) -> Told {
    let ours = event_word(item.get("direction")) == "BUSINESS_INITIATED";
    let event = item
        .get("event")
        .word()
        .unwrap_or_else(|| "unknown".to_owned());
    match (event.as_str(), ours) {
        ("connect", false) => Told::warning(
            "A customer is calling this number over WhatsApp; recado cannot take calls, so write back or call from a phone.",
        ),
        ("terminate", false) => Told::info("A customer's WhatsApp call to this number has ended."),
        (other, _) => Told::info(format!(
            "WhatsApp reports a call of this number ({other}); recado keeps the report and does nothing with it."
        )),
    }
}

/// One of `groups[]`.
pub(crate) fn group(item: &Json<'_>) -> Told {
    let what = item
        .get("type")
        .word()
        .unwrap_or_else(|| "unknown".to_owned());
    let subject = item
        .get("subject")
        .name()
        .or_else(|| item.get("group_id").name());
    let subject = subject.unwrap_or_else(|| "unknown".to_owned());
    let what = what.replace('_', " ");
    if item.get("errors").each().is_empty() {
        return Told::info(format!("WhatsApp reports on the group {subject}: {what}."));
    }
    let title = item
        .get("errors")
        .each()
        .first()
        .map(|e| word(e.first(&["title", "message"])));
    Told::warning(format!(
        "Something did not work in the group {subject} ({what}): {}",
        title.unwrap_or_default()
    ))
}

/// One of `user_preferences[]`.
pub(crate) fn preference(item: &Json<'_>) -> Told {
    let who = item
        .get("wa_id")
        .id()
        .map_or_else(|| "A customer".to_owned(), masked);
    match item.get("value").word().as_deref() {
        Some("stop") => Told::warning(format!(
            "{who} wants no more marketing messages from this business; send them none, Meta refuses them."
        )),
        Some("resume") => Told::info(format!(
            "{who} accepts marketing messages from this business again."
        )),
        Some("signup") => Told::info(format!(
            "{who} signed up for marketing messages from this business."
        )),
        _ => Told::info(format!(
            "{who} changed what they want from this business: {}.",
            word(item.get("detail"))
        )),
    }
}

/// A customer by the end of their number: the whole stands in the details.
fn masked(digits: &str) -> String {
    let skip = digits.chars().count().saturating_sub(4);
    format!(
        "The customer …{}",
        digits.chars().skip(skip).collect::<String>()
    )
}

/// `flows`.
pub(super) fn flow(value: &Json<'_>) -> Told {
    let event = event_word(value.get("event"));
    let words = value
        .get("message")
        .name()
        .unwrap_or_else(|| format!("event {event}"));
    let sentence = format!(
        "Meta reports on a form (flow) of this account: {words}; WhatsApp Manager shows more."
    );
    let state = event_word(value.first(&["alert_state", "new_status"]));
    if event.contains("RATE") || event.contains("LATENCY") || event.contains("AVAILABILITY") {
        return if state == "DEACTIVATED" {
            Told::info(sentence)
        } else {
            Told::warning(sentence)
        };
    }
    match state.as_str() {
        "THROTTLED" | "BLOCKED" => Told::warning(sentence),
        _ => Told::info(sentence),
    }
}

/// `messaging_handovers`.
pub(super) fn handover(value: &Json<'_>) -> Told {
    let what = value
        .get("type")
        .word()
        .unwrap_or_else(|| "unknown".to_owned());
    let passed = value.get(&what);
    let why = passed
        .get("metadata")
        .name()
        .map_or_else(String::new, |why| format!(": {why}"));
    Told::info(format!(
        "A conversation changed hands between the apps of this business ({what}){why}."
    ))
}
