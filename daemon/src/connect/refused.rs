//! What Meta's refusals mean to somebody who connects a number: a stable code, and the way out.

use common::api::problem::{Code, Problem};

use crate::advice;
use crate::graph::error::{GraphError, Refusal};

/// A refusal as a problem.
pub(crate) fn problem(error: &GraphError) -> Problem {
    let GraphError::Refused(refusal) = error else {
        let told = error.explain();
        let why = told.details.map(|d| format!(" ({d})")).unwrap_or_default();
        let detail = format!("{}{why}. Nothing is lost: do this step again.", told.title);
        return Problem::new(Code::MetaUnreachable, detail);
    };
    let code = refusal.code.unwrap_or_default();
    // Management calls answer 100 and tell what it is in the finer code.
    let fine = match (code, refusal.subcode) {
        (100, Some(subcode)) => subcode,
        _ => code,
    };
    let kind = kind(fine);
    let problem = Problem::new(kind, sentence(kind, fine, refusal));
    match refusal.retry_after {
        Some(wait) => problem.retry_after(wait.as_secs()),
        None => problem,
    }
}

const fn kind(code: i64) -> Code {
    match code {
        190 | 102 | 458..=467 => Code::TokenDead,
        3 | 10 | 200..=299 => Code::TokenTooWeak,
        2_200 => Code::WebhookUnreached,
        136_025 => Code::CodeWrong,
        133_005 | 133_008 | 133_009 => Code::PinWrong,
        133_006 => Code::StepTooEarly,
        133_016 => Code::TooManyRegistrations,
        2_388_001 | 2_388_103 => Code::NumberInUse,
        _ => Code::MetaRefused,
    }
}

fn sentence(kind: Code, code: i64, refusal: &Refusal) -> String {
    let words = refusal.details.as_deref().or(refusal.title.as_deref());
    let words = words.unwrap_or_default().trim().trim_end_matches('.');
    let said = if words.is_empty() {
        format!("Meta says no (code {code}).")
    } else {
        format!("Meta says: {words} (code {code}).")
    };
    let way = match kind {
        Code::WebhookUnreached => {
            "Meta calls the public address at once and must get the \
            challenge back: see with `recado doctor` where the way to this machine ends."
        }
        Code::CodeWrong => "Look at the newest SMS, or ask for another code.",
        Code::PinWrong => {
            "The number has a PIN from before: give that one. Forgotten: WhatsApp \
            Manager > Phone numbers > the number > Settings > Two-step verification > Turn off, \
            then register again without one."
        }
        Code::StepTooEarly => "Ask for a code and give it first: `recado connect` goes on there.",
        Code::TooManyRegistrations => {
            "Meta allows ten in 72 hours. Wait; everything else stays \
            as it is."
        }
        Code::NumberInUse => {
            "The number is in use on WhatsApp. In its WhatsApp: Settings > \
            Account > Delete account (this ends that app's account, not the line). At another \
            provider: have them delete it in WhatsApp Manager, or turn off its two-step \
            verification to move it. Then do this step again."
        }
        _ => return format!("{said} {}", advice::explain(code, None, None).advice),
    };
    format!("{said} {way}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(error: &serde_json::Value) -> Problem {
        let json = json!({ "error": error });
        problem(&GraphError::Refused(Box::new(
            Refusal::read(400, &json, None).unwrap(),
        )))
    }

    #[test]
    fn the_finer_code_decides() {
        for (code, subcode, kind) in [
            (100, 2_388_001, Code::NumberInUse),
            (133_005, 0, Code::PinWrong),
            (133_016, 0, Code::TooManyRegistrations),
            (136_025, 0, Code::CodeWrong),
            (2_200, 0, Code::WebhookUnreached),
            (190, 463, Code::TokenDead),
            (136_024, 0, Code::MetaRefused),
        ] {
            let problem = told(&json!({"code": code, "error_subcode": subcode, "message": "x"}));
            assert_eq!(problem.code, kind, "{code}");
            assert!(problem.detail.contains("code "), "{}", problem.detail);
        }
    }

    #[test]
    fn what_did_not_arrive_can_be_done_again() {
        let lost = problem(&GraphError::Lost("timeout".to_owned()));
        assert_eq!(lost.code, Code::MetaUnreachable);
        assert!(lost.detail.contains("again"));
    }
}
