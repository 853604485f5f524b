//! What changes about a number: its quality, its limits, its name.

use crate::fact::Fact;
use crate::fact::told::NumberTold;
use crate::webhook::parse::notice::{Told, event_word, word};
use crate::webhook::parse::place::{Facts, Place};
use crate::webhook::payload::json::Json;

fn number_told(place: &Place<'_>) -> NumberTold {
    NumberTold {
        number: place.number.clone(),
        waba: place.waba.clone(),
        display_phone_number: place.business.clone(),
        ..NumberTold::default()
    }
}

fn tell(facts: &mut Facts, told: NumberTold) {
    facts.push(Fact::NumberTold(Box::new(told)));
}

/// `phone_number_quality_update`.
pub(super) fn quality(value: &Json<'_>, place: &Place<'_>, facts: &mut Facts) -> Told {
    let limit = value
        .first(&["max_daily_conversations_per_business", "current_limit"])
        .name();
    let event = event_word(value.get("event"));
    let limit = limit.map(|limit| limit.to_ascii_uppercase());
    tell(
        facts,
        NumberTold {
            messaging_limit: limit.clone().filter(|limit| limit.starts_with("TIER_")),
            throughput: (event == "THROUGHPUT_UPGRADE").then(|| "HIGH".to_owned()),
            ..number_told(place)
        },
    );
    let limit = limit.unwrap_or_else(|| "unknown".to_owned());
    match event.as_str() {
        "FLAGGED" => Told::warning(format!(
            "People complain about messages of this number and Meta has flagged it (limit {limit}); send fewer and better templates until it recovers, or the limit falls."
        )),
        "DOWNGRADE" => Told::warning(format!(
            "Meta has lowered this number's limit to {limit}; fewer people can be written to first each day. Send fewer and better templates."
        )),
        "UNFLAGGED" => Told::info(format!(
            "The quality of this number has recovered and Meta's flag is gone (limit {limit})."
        )),
        "UPGRADE" | "ONBOARDING" => Told::info(format!(
            "Meta lets this number begin more conversations now: {limit}."
        )),
        "THROUGHPUT_UPGRADE" => Told::info(
            "Meta lets this number send up to 1,000 messages a second now; recado follows by itself.",
        ),
        other => Told::info(format!(
            "Meta reports on the quality of this number: {other}, limit {limit}; WhatsApp Manager shows more."
        )),
    }
}

/// `phone_number_name_update`.
pub(super) fn name(value: &Json<'_>, place: &Place<'_>, facts: &mut Facts) -> Told {
    let asked = value.get("requested_verified_name").name();
    let decision = event_word(value.get("decision"));
    if decision == "APPROVED" {
        tell(
            facts,
            NumberTold {
                verified_name: asked.clone(),
                ..number_told(place)
            },
        );
    }
    let asked = asked.unwrap_or_else(|| "unknown".to_owned());
    match decision.as_str() {
        "APPROVED" => Told::info(format!("Meta approved the display name “{asked}”.")),
        "REJECTED" => Told::warning(format!(
            "Meta refused the display name “{asked}” ({}); choose another in WhatsApp Manager.",
            word(value.get("rejection_reason"))
        )),
        other => Told::info(format!(
            "The display name “{asked}” stands at {other} with Meta; wait, or look in WhatsApp Manager."
        )),
    }
}

/// `business_username_update`, under any of its names.
pub(super) fn username(value: &Json<'_>) -> Told {
    let name = word(value.get("username"));
    let status = value
        .get("status")
        .word()
        .unwrap_or_else(|| "unknown".to_owned());
    Told::info(format!(
        "The username {name} of this number stands at {status} with Meta; WhatsApp Manager shows more."
    ))
}

/// `business_capability_update`: how many people may be written to first each day.
pub(super) fn capability(value: &Json<'_>, place: &Place<'_>, facts: &mut Facts) -> Told {
    let names = [
        "max_daily_conversations_per_business",
        "max_daily_conversation_per_business",
        "max_daily_conversation_per_phone",
        "max_daily_conversations_per_phone",
    ];
    let limit = value.first(&names).id().map(tier);
    tell(
        facts,
        NumberTold {
            messaging_limit: limit.clone(),
            ..number_told(place)
        },
    );
    limit.map_or_else(
        || {
            Told::info("Meta changed what this account may do (how many numbers it may hold); nothing needs doing.")
        },
        |limit| {
            Told::info(format!(
                "Meta changed how many people this account may write to first each day: {limit}; replies are never limited."
            ))
        },
    )
}

/// The tier for a limit that older versions give as a number.
fn tier(limit: &str) -> String {
    match limit {
        "-1" => "TIER_UNLIMITED".to_owned(),
        "1000" => "TIER_1K".to_owned(),
        "2000" => "TIER_2K".to_owned(),
        "10000" => "TIER_10K".to_owned(),
        "100000" => "TIER_100K".to_owned(),
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => format!("TIER_{digits}"),
        other => other.to_ascii_uppercase(),
    }
}
