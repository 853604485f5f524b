//! Problems in the user's language.

use common::api::problem::{Code, Problem};
use common::fault::named;

use crate::advice::retold;
use crate::speech::Speech;
use crate::told::{self, detail};

/// A problem as a sentence. The daemon's own details are English; where the code says all, the catalogue's words stand
/// instead of them, elsewhere behind them.
pub(super) fn problem(speech: &Speech, problem: &Problem) -> String {
    if let Some(deed) = problem.deed {
        return speech.say(deed.forbidden()).into_owned();
    }
    if problem.unfit.is_some() || !problem.errors.is_empty() {
        return detail(speech, problem).into_owned();
    }
    let Some(words) = told::named(speech, problem) else {
        return problem.detail.clone();
    };
    match problem.code {
        Code::OutsideWindow
        | Code::TokenOfAnotherApp
        | Code::TokenDead
        | Code::SecretWrong
        | Code::NoPublicUrl
        | Code::WebhookUnreached
        | Code::NumberInUse
        | Code::CodeWrong
        | Code::CodeOver
        | Code::PinWrong
        | Code::StepTooEarly
        | Code::Invalid => words,
        // Our words for Meta's code, and behind them its own: they may name the very part that is wrong.
        Code::MetaRefused if named(&problem.detail).is_some() => {
            let ours = retold(speech, &problem.detail);
            format!("{words} {ours} – {}", problem.detail)
        }
        _ => format!("{words} {}", problem.detail).trim().to_owned(),
    }
}
