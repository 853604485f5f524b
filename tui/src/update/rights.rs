//! What the person may not do is not offered, and says why in one sentence when it is asked for all the same.

use common::api::event::Severity;
use common::rights::Deed;

use crate::action::Action;
use crate::effect::{Effect, Way};
use crate::file::{FileDeed, From};
use crate::model::Model;
use crate::model::toast::Say;
use crate::update::Out;
use crate::update::talk::say;

/// Why it cannot be done; nothing where it can.
pub(crate) fn refusal(model: &Model, action: Action) -> Option<Say> {
    if model.is_shared && action.is_of_machine() {
        return Some(Say::new("forbidden-machine-here"));
    }
    let deed = action.deed().filter(|deed| !model.may(*deed))?;
    Some(Say::new(deed.forbidden()))
}

/// Says why where it cannot be done.
pub(crate) fn refuses(model: &mut Model, action: Action) -> bool {
    let Some(why) = refusal(model, action) else {
        return false;
    };
    say(model, Severity::Warning, why);
    true
}

/// The last door: whatever way an effect came, nothing of the machine is reached from a shared
/// account, and nothing is asked that the daemon would refuse.
pub(crate) fn hold_back(model: &mut Model, out: &mut Out) {
    if model.is_shared {
        let before = out.len();
        out.retain(|effect| !reaches_machine(effect));
        if out.len() < before {
            say(model, Severity::Warning, Say::new("forbidden-machine-here"));
        }
        for effect in out.iter_mut() {
            // A program of the machine would put it on the machine's clipboard.
            if let Effect::Copy(text) = effect {
                *effect = Effect::CopyByTerminal(std::mem::take(text));
            }
        }
    }
    if !model.may(Deed::Send) {
        out.retain(|effect| !matches!(effect, Effect::Read { .. } | Effect::Typing(_)));
    }
}

const fn reaches_machine(effect: &Effect) -> bool {
    match effect {
        Effect::OpenLink(_)
        | Effect::Clipboard
        | Effect::Edit(..)
        | Effect::Bind { .. }
        | Effect::Suspend => true,
        Effect::Notify(notify) => matches!(notify.way, Way::Desktop | Way::Command(_)),
        Effect::File(deed) => match deed {
            FileDeed::Fetch(_) | FileDeed::Stop => false,
            FileDeed::Send(sending) => matches!(sending.from, From::Path(_)),
            _ => true,
        },
        _ => false,
    }
}
