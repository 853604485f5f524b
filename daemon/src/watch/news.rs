//! What a look at a number found: kept as facts, and told where it is worse than before.

use common::api::event::Severity;
use common::id::NumberId;
use common::model::health::{Ailing, Health};
use common::model::number::{Number, NumberStatus};
use common::time::Stamp;
use sha2::{Digest, Sha256};

use crate::fact::told::Noticed;
use crate::fact::{Fact, Looked, NumberProfile};
use crate::graph::error::{Fate, GraphError};
use crate::graph::standing::Standing;

/// What Meta said, beside what was known.
pub(super) fn looked(id: NumberId, health: &mut Health, standing: &Standing, now: Stamp) -> Fact {
    let Standing {
        status,
        name_status,
        can_send,
        pin,
        official,
        ..
    } = standing.clone();
    health.checked_at = Some(now);
    health.status = status;
    health.name_status = name_status;
    health.can_send = can_send;
    health.pin = pin;
    health.official = official;
    let ailing = standing.ailments.iter().map(|one| Ailing {
        entity: one.entity.clone(),
        verdict: one.verdict.clone(),
        code: one.code,
        words: one.words.clone(),
        advice: one.advice.clone(),
    });
    health.ailments = ailing.collect();
    Fact::Looked(Box::new(Looked {
        number: id,
        health: health.clone(),
        profile: NumberProfile {
            verified_name: standing.name.clone(),
            quality_rating: standing.quality.clone(),
            messaging_limit: standing.limit.clone(),
            ..NumberProfile::default()
        },
    }))
}

/// A token that Meta refuses is the number's error, said at once: its queue waits from then on.
pub(super) fn dead(number: NumberId, error: &GraphError) -> Option<Fact> {
    (error.fate() == Fate::TokenDead).then(|| Fact::NumberStood {
        number,
        status: NumberStatus::Error,
        error: Some(error.number_error()),
    })
}

/// What is worse than at the last look, each told once a day at most.
pub(super) fn news(number: &Number, standing: &Standing, now: Stamp) -> Vec<Fact> {
    let mut all = Vec::new();
    let day = (now.seconds() / 86_400).to_string();
    let turned = |before: &Option<String>, after: &Option<String>, word: &str| {
        after.as_deref() == Some(word) && before.as_deref() != Some(word)
    };
    let mut tell = |code: &str, severity, sentence: String| {
        all.push(notice(number, code, severity, (&sentence, &day)));
    };
    let why = standing.ailments.first();
    let why = why
        .and_then(|one| one.words.clone())
        .unwrap_or_else(|| "no reason given".to_owned());
    if turned(&number.health.can_send, &standing.can_send, "BLOCKED") {
        tell(
            "number_blocked",
            Severity::Error,
            format!(
                "Meta lets this number send nothing: {why}; run recado doctor {} to see what mends it.",
                number.id
            ),
        );
    }
    if turned(&number.health.can_send, &standing.can_send, "LIMITED") {
        tell(
            "number_limited",
            Severity::Warning,
            format!(
                "Meta limits what this number sends: {why}; run recado doctor {} to see what mends it.",
                number.id
            ),
        );
    }
    if turned(&number.quality_rating, &standing.quality, "RED") {
        tell("quality_low", Severity::Warning, "Customers complain: the quality of this number is low now; send fewer templates, only to people who asked for them.".to_owned());
    }
    all
}

/// Something a person should know of a number; `about` makes the same twice one.
pub(super) fn notice(
    number: &Number,
    code: &str,
    severity: Severity,
    (sentence, about): (&str, &str),
) -> Fact {
    let mut hash = Sha256::new();
    hash.update(format!("{code} {} {about}", number.id));
    let mut fingerprint = [0; 16];
    fingerprint
        .iter_mut()
        .zip(hash.finalize())
        .for_each(|(to, from)| *to = from);
    Fact::Noticed(Box::new(Noticed {
        number: number.phone_number_id.clone(),
        waba: None,
        code: code.to_owned(),
        sentence: sentence.to_owned(),
        severity,
        detail: None,
        fingerprint,
        timestamp: None,
    }))
}
