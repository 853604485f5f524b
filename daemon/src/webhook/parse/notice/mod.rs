//! Everything that is no message: one sentence that says what happened and what to do, and what it tells of a number.

mod account;
mod event;
mod number;
mod templates;

use common::api::event::Severity;

use crate::fact::told::Noticed;
use crate::webhook::parse::place::{Facts, Place, noticed, unreadable};
use crate::webhook::payload::digest::fingerprint;
use crate::webhook::payload::json::Json;

/// What a person is told.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) sentence: String,
    pub(crate) severity: Severity,
}

impl Told {
    pub(crate) fn info(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            severity: Severity::Info,
        }
    }

    pub(crate) fn warning(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            severity: Severity::Warning,
        }
    }

    pub(crate) fn error(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            severity: Severity::Error,
        }
    }
}

/// The notice that tells this of an item of the change.
pub(crate) fn told(place: &Place<'_>, item: &Json<'_>, told: Told) -> Noticed {
    let waba = place.waba.as_ref().map_or("", |waba| waba.as_str());
    Noticed {
        number: place.number.clone(),
        waba: place.waba.clone(),
        code: format!("meta_{}", place.field),
        sentence: told.sentence,
        severity: told.severity,
        detail: Some(item.value()).filter(|detail| !detail.is_null()),
        fingerprint: fingerprint(&[waba, place.field, place.time.raw(), item.raw()]),
        timestamp: place.stamp(item),
    }
}

/// Reads a field that holds neither messages nor anything else with a place of its own.
pub(crate) fn field(value: &Json<'_>, place: &Place<'_>, facts: &mut Facts) {
    let sentence = match place.field {
        "account_update" | "account_offboarded" | "account_reconnected" => {
            account::update(value, place)
        }
        "account_alerts" => account::alert(value),
        "account_review_update" => account::review(value),
        "account_settings_update" => Told::info(
            "Settings of a number were changed at Meta (calling, SIP or hours); nothing needs doing in recado.",
        ),
        "security" => account::security(value),
        "partner_solutions" => Told::info(
            "The terms with a solution partner changed at Meta; look at WhatsApp Manager if you did not expect it.",
        ),
        "business_capability_update" => number::capability(value, place, facts),
        "phone_number_quality_update" => number::quality(value, place, facts),
        "phone_number_name_update" => number::name(value, place, facts),
        "business_username_update"
        | "business_username_updates"
        | "phone_number_username_update" => number::username(value),
        "message_template_status_update" => {
            templates::told(value, place, facts);
            templates::status(value)
        }
        "message_template_quality_update" => {
            templates::told(value, place, facts);
            templates::quality(value)
        }
        "message_template_components_update" => {
            templates::told(value, place, facts);
            templates::components(value)
        }
        "template_category_update" | "template_correct_category_detection" => {
            templates::told(value, place, facts);
            templates::category(value)
        }
        "flows" => event::flow(value),
        "messaging_handovers" => event::handover(value),
        "automatic_events"
        | "payment_configuration_update"
        | "business_status_update"
        | "campaign_status_update"
        | "tracking_events" => Told::info(format!(
            "Meta sent a notification of the kind {}; recado keeps it and does nothing with it.",
            place.field
        )),
        _ => return unknown(value, place, facts),
    };
    noticed(facts, told(place, value, sentence));
}

/// A field that this version does not know: told once, and its body waits for a newer version.
pub(crate) fn unknown(value: &Json<'_>, place: &Place<'_>, facts: &mut Facts) {
    let sentence = format!(
        "Meta sent a notification of a kind that this version does not know ({}); it is kept, and recadod replay reads it after an upgrade.",
        place.field
    );
    let mut notice = told(place, value, Told::info(sentence));
    "meta_unknown_field".clone_into(&mut notice.code);
    let waba = place.waba.as_ref().map_or("", |waba| waba.as_str());
    notice.fingerprint = fingerprint(&[waba, "unknown field", place.field]);
    noticed(facts, notice);
    unreadable(facts, format!("unknown field {}", place.field));
}

/// What went wrong with the account or the app, told beside the messages.
pub(crate) fn errors(list: &Json<'_>, place: &Place<'_>, facts: &mut Facts) {
    for item in list.each().iter().filter(|item| item.is_object()) {
        let title = item.first(&["title", "message"]).name();
        let code = item.get("code").whole().unwrap_or_default();
        let words = title.unwrap_or_else(|| "no words".to_owned());
        let advice = crate::advice::explain(code, None, None).advice;
        let sentence = format!("WhatsApp reports a problem: {words} (code {code}). {advice}");
        let mut notice = told(place, item, Told::warning(sentence));
        "meta_error".clone_into(&mut notice.code);
        noticed(facts, notice);
    }
}

/// What people did other than write: taps on links in marketing messages.
pub(crate) fn actions(list: &Json<'_>, place: &Place<'_>, facts: &mut Facts) {
    for item in list.each().iter().filter(|item| item.is_object()) {
        let what = item
            .get("action_type")
            .word()
            .unwrap_or_else(|| "unknown".to_owned());
        let sentence =
            format!("A customer did something that WhatsApp counts ({what}); nothing needs doing.");
        let mut notice = told(place, item, Told::info(sentence));
        "meta_user_actions".clone_into(&mut notice.code);
        noticed(facts, notice);
    }
}

/// Reads the items of `calls[]`, `groups[]` and `user_preferences[]`: a notice each.
pub(crate) fn items(
    list: &Json<'_>,
    place: &Place<'_>,
    facts: &mut Facts,
    sentence: fn(&Json<'_>) -> Told,
) {
    for item in list.each().iter().filter(|item| item.is_object()) {
        noticed(facts, told(place, item, sentence(item)));
    }
}

pub(crate) use event::{call, group, preference};

/// A word of Meta's for a sentence, or `unknown`.
fn word(json: &Json<'_>) -> String {
    json.name().unwrap_or_else(|| "unknown".to_owned())
}

/// The same in upper case, as Meta's events are documented; some publish them in lower case.
fn event_word(json: &Json<'_>) -> String {
    word(json).to_ascii_uppercase()
}
