//! What happens to the WhatsApp Business Account as a whole.

use crate::webhook::parse::notice::{Told, event_word, word};
use crate::webhook::parse::place::Place;
use crate::webhook::payload::json::Json;

/// `account_update`, and the two events that also come as fields of their own.
pub(super) fn update(value: &Json<'_>, place: &Place<'_>) -> Told {
    let event = if place.field == "account_update" {
        event_word(value.get("event"))
    } else {
        place.field.to_ascii_uppercase()
    };
    match event.as_str() {
        "ACCOUNT_DELETED" => Told::error(
            "Meta says that this WhatsApp Business Account was deleted; nothing can be sent or received through it any more. If nobody did this on purpose, contact Meta's support.",
        ),
        "ACCOUNT_VIOLATION" => Told::error(format!(
            "Meta says that this account broke a policy ({}); open WhatsApp Manager, read what it was and appeal or correct it before limits follow.",
            word(value.get("violation_info").get("violation_type"))
        )),
        "ACCOUNT_RESTRICTION" => Told::error(format!(
            "Meta restricts this account ({}); open WhatsApp Manager to see until when and to appeal.",
            restrictions(value)
        )),
        "DISABLED_UPDATE" => ban(value),
        "PARTNER_REMOVED" | "PARTNER_APP_UNINSTALLED" => disconnected(value),
        "ACCOUNT_OFFBOARDED" => Told::error(
            "Meta has taken this account off the Cloud API: messages neither come nor go until it is connected again in Meta's business settings.",
        ),
        "ACCOUNT_RECONNECTED" => {
            Told::info("This account is connected to the Cloud API again; nothing needs doing.")
        }
        "PARTNER_ADDED" | "PARTNER_APP_INSTALLED" => Told::info(
            "An app was given access to this WhatsApp account; look at Meta's business settings if you did not expect it.",
        ),
        "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE" => Told::info(format!(
            "Meta now has {} as the country of this business, which decides some prices; correct it in Meta's business settings if it is wrong.",
            word(value.get("country"))
        )),
        "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE" => Told::warning(
            "Authentication messages of this account to some countries will have Meta's international price from a set date; look at the dates in the details.",
        ),
        "VOLUME_BASED_PRICING_TIER_UPDATE" => Told::info(
            "This account has reached another price tier at Meta; WhatsApp Manager shows which.",
        ),
        "AD_ACCOUNT_LINKED" => Told::info(
            "An advertising account was linked to this WhatsApp account; nothing needs doing.",
        ),
        "MM_LITE_TERMS_SIGNED" => Told::info(
            "The terms of Meta's marketing messages were accepted for this account; nothing needs doing.",
        ),
        other => Told::info(format!(
            "Something changed in this WhatsApp account at Meta ({other}); open WhatsApp Manager if you did not expect it."
        )),
    }
}

fn restrictions(value: &Json<'_>) -> String {
    let one = |item: &Json<'_>| {
        item.get("restriction_type")
            .name()
            .map(|w| w.to_ascii_lowercase().replace('_', " "))
    };
    let all: Vec<String> = value
        .get("restriction_info")
        .each()
        .iter()
        .filter_map(one)
        .collect();
    if all.is_empty() {
        "no reason given".to_owned()
    } else {
        all.join(", ")
    }
}

fn ban(value: &Json<'_>) -> Told {
    let info = value.get("ban_info");
    let state = info.first(&["waba_ban_state", "ban_state"]);
    // Older versions put the state into a list.
    let state = state.each().first().unwrap_or(state);
    match event_word(state).as_str() {
        "REINSTATE" => Told::info("Meta has given this account back: messages can be sent again."),
        "SCHEDULE_FOR_DISABLE" => Told::error(format!(
            "Meta will switch this account off ({}); open WhatsApp Manager now and appeal.",
            word(info.first(&["waba_ban_date", "ban_date"]))
        )),
        _ => Told::error(
            "Meta has switched this account off: nothing can be sent. Open WhatsApp Manager to see why and to appeal.",
        ),
    }
}

fn disconnected(value: &Json<'_>) -> Told {
    let reason = event_word(value.get("disconnection_info").get("reason"));
    let why = match reason.as_str() {
        "ACCOUNT_DISCONNECTED" => "somebody disconnected it in the WhatsApp Business app",
        "BUSINESS_DOWNGRADE" => "the phone went back from the WhatsApp Business app to WhatsApp",
        "CHANGE_NUMBER" => "the phone's number was changed",
        "COMPANION_INACTIVITY" => "nothing used the connection for about thirty days",
        "PRIMARY_INACTIVITY" => "the phone's app was not opened for about two weeks",
        "USER_RE_REGISTERED" => "the number was registered anew on a phone",
        _ => "no reason was told",
    };
    Told::error(format!(
        "An app lost its access to this WhatsApp account: {why}. If this is the app that recado uses, messages stop; connect it again in Meta's business settings."
    ))
}

/// `account_alerts`.
pub(super) fn alert(value: &Json<'_>) -> Told {
    let info = value.get("alert_info");
    let alert = |name: &str| {
        info.first(&[name])
            .name()
            .or_else(|| value.get(name).name())
    };
    let words = alert("alert_description").or_else(|| alert("alert_type"));
    let words = words.unwrap_or_else(|| "without words".to_owned());
    let words = words.trim_end_matches('.');
    let sentence = format!("Meta has an alert for this account: {words}; open WhatsApp Manager.");
    match alert("alert_severity")
        .unwrap_or_default()
        .to_ascii_uppercase()
        .as_str()
    {
        "CRITICAL" => Told::error(sentence),
        "INFORMATIONAL" => Told::info(sentence),
        _ => Told::warning(sentence),
    }
}

/// `account_review_update`.
pub(super) fn review(value: &Json<'_>) -> Told {
    match event_word(value.get("decision")).as_str() {
        "APPROVED" => Told::info("Meta has reviewed this account and approved it."),
        "REJECTED" => Told::error(
            "Meta has reviewed this account and rejected it: open WhatsApp Manager to see why and ask for another review.",
        ),
        other => Told::warning(format!(
            "Meta's review of this account stands at {other}; wait, or look in WhatsApp Manager whether papers are wanted."
        )),
    }
}

/// `security`: somebody moves at the lock of a number.
pub(super) fn security(value: &Json<'_>) -> Told {
    let who = value
        .get("requester")
        .name()
        .map_or_else(String::new, |who| format!(" by {who}"));
    match event_word(value.get("event")).as_str() {
        "PIN_CHANGED" => Told::error(format!(
            "The two-step PIN of this number was changed{who}; if it was nobody of yours, somebody is taking the number over: set a new PIN in WhatsApp Manager now."
        )),
        "PIN_RESET_REQUEST" => Told::error(format!(
            "Somebody asked to switch the two-step PIN of this number off{who}; if it was nobody of yours, stop it in WhatsApp Manager now."
        )),
        "PIN_REQUEST_SUCCESS" => Told::error(format!(
            "The two-step PIN of this number was switched off{who}; if it was nobody of yours, set a new one in WhatsApp Manager now."
        )),
        other => Told::error(format!(
            "Something happened to the security of this number ({other}){who}; look in WhatsApp Manager."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::{alert, review, security};
    use crate::webhook::payload::grammar::parse;
    use common::api::event::Severity;

    #[test]
    fn loudness_follows_the_event() {
        let severity = |read: fn(&super::Json<'_>) -> super::Told, raw: &str| {
            read(&parse(raw).unwrap()).severity
        };
        assert_eq!(
            severity(alert, r#"{"alert_info":{"alert_severity":"CRITICAL"}}"#),
            Severity::Error
        );
        assert_eq!(severity(alert, r#"{"some":"thing"}"#), Severity::Warning);
        assert_eq!(
            severity(review, r#"{"decision":"APPROVED"}"#),
            Severity::Info
        );
        assert_eq!(
            severity(security, r#"{"event":"PIN_CHANGED"}"#),
            Severity::Error
        );
    }
}
