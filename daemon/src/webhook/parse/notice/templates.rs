//! What Meta decides about message templates.

use crate::fact::Fact;
use crate::fact::told::TemplateTold;
use crate::webhook::parse::notice::{Told, event_word, word};
use crate::webhook::parse::place::{Facts, Place};
use crate::webhook::payload::json::Json;

/// Which template, for a sentence: name and language.
fn which(value: &Json<'_>) -> String {
    let language = word(value.get("message_template_language")).replace('-', "_");
    format!(
        "Template {} ({language})",
        word(value.get("message_template_name"))
    )
}

/// `message_template_status_update`.
pub(super) fn status(value: &Json<'_>) -> Told {
    let which = which(value);
    let reason = value
        .get("reason")
        .name()
        .filter(|r| !r.eq_ignore_ascii_case("none"));
    let reason = value.get("rejection_info").get("reason").name().or(reason);
    let why = reason.map_or_else(String::new, |reason| format!(" ({reason})"));
    match event_word(value.get("event")).as_str() {
        "APPROVED" => Told::info(format!("{which} is approved and can be sent.")),
        "REINSTATED" | "UNPAUSED" => Told::info(format!("{which} can be sent again.")),
        "REJECTED" => Told::warning(format!(
            "{which} was refused by Meta{why}; change it in WhatsApp Manager and submit it again, or appeal."
        )),
        "PAUSED" => Told::warning(format!(
            "{which} is paused because people did not want it{why}; recado's sends with it fail until Meta resumes it, so change it or use another."
        )),
        "FLAGGED" => Told::warning(format!(
            "{which} is flagged because people did not want it{why}; change it before Meta disables it."
        )),
        "DISABLED" => Told::error(format!(
            "{which} is disabled by Meta{why}; sends with it fail, so make another template."
        )),
        "PENDING_DELETION" | "DELETED" => Told::warning(format!(
            "{which} is being deleted; sends with it fail, and its name is blocked for thirty days."
        )),
        "LIMIT_EXCEEDED" => Told::warning(format!(
            "{which} was not taken because the account has too many templates; delete some in WhatsApp Manager."
        )),
        "LOCKED" => Told::warning(format!("{which} is locked and cannot be changed{why}.")),
        other => Told::info(format!(
            "{which} stands at {other} with Meta{why}; WhatsApp Manager shows more."
        )),
    }
}

/// `message_template_quality_update`.
pub(super) fn quality(value: &Json<'_>) -> Told {
    let which = which(value);
    match event_word(value.get("new_quality_score")).as_str() {
        "RED" => Told::warning(format!(
            "{which} has a low quality score now; send it less or better, or Meta pauses it."
        )),
        "YELLOW" => Told::warning(format!(
            "{which} has a middling quality score now; see who gets it before it falls further."
        )),
        other => Told::info(format!(
            "The quality score of {} is {other} now.",
            lower(&which)
        )),
    }
}

/// `message_template_components_update`.
pub(super) fn components(value: &Json<'_>) -> Told {
    Told::info(format!(
        "{} has a changed text or button at Meta; its next sends use it.",
        which(value)
    ))
}

/// `template_category_update` and `template_correct_category_detection`: the price may change.
pub(super) fn category(value: &Json<'_>) -> Told {
    let which = which(value);
    let name = |json: &Json<'_>| word(json).to_ascii_lowercase();
    let correct = value.get("correct_category");
    if !correct.is_blank() {
        return Told::warning(format!(
            "{which} will be moved to the category {} by Meta, which changes its price; ask for a review in WhatsApp Manager if that is wrong.",
            name(correct)
        ));
    }
    Told::warning(format!(
        "{which} is in the category {} now, which may change its price; ask for a review in WhatsApp Manager if that is wrong.",
        name(value.get("new_category"))
    ))
}

/// What a notification tells of a template, where it names one.
pub(super) fn told(value: &Json<'_>, place: &Place<'_>, facts: &mut Facts) {
    let (Some(name), Some(language)) = (
        value.get("message_template_name").name(),
        value.get("message_template_language").name(),
    ) else {
        return;
    };
    let status = value.get("event").name();
    let is = |word: &str| {
        status
            .as_ref()
            .is_some_and(|s| s.eq_ignore_ascii_case(word))
    };
    let info = value.get("rejection_info");
    let other = value.get("other_info");
    let reason = value
        .get("reason")
        .name()
        .filter(|r| !r.eq_ignore_ascii_case("none"));
    let detail: Vec<String> = [
        info.get("reason"),
        info.get("recommendation"),
        other.get("description"),
    ]
    .into_iter()
    .filter_map(Json::words)
    .collect();
    facts.push(Fact::TemplateTold(Box::new(TemplateTold {
        waba: place.waba.clone(),
        name,
        language,
        category: value
            .first(&["new_category", "message_template_category"])
            .word(),
        correct_category: value.get("correct_category").word(),
        quality: value.get("new_quality_score").name(),
        reason: reason.filter(|_| is("rejected")),
        detail: (!detail.is_empty()).then(|| detail.join(" ")),
        pause: other.get("title").name().filter(|_| is("paused")),
        status,
    })));
}

fn lower(which: &str) -> String {
    which.replacen("Template", "template", 1)
}
