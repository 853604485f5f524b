//! Leaving without losing a word: drafts go to the daemon first, and what nobody can keep is asked about.

use common::api::event::Severity;

use crate::model::Model;
use crate::model::compose::Compose;
use crate::model::overlay::{Confirm, Deed, Overlay};
use crate::model::toast::Say;
use crate::update::talk::say;
use crate::update::{Out, deed, drafts, wake};

/// The person wants to leave.
pub(crate) fn quit(model: &mut Model, out: &mut Out) {
    let unsaved = model.composes.values().any(Compose::is_unsaved);
    let boxes = model.composes.values();
    let files = boxes.flat_map(|c| &c.leaving).filter(|l| l.file.is_some());
    let files = files.count();
    let say = if unsaved && !model.daemon.is_up() {
        Say::new("confirm-leave-unsaved")
    } else if files > 0 {
        Say::new("confirm-leave-files").with("n", files)
    } else {
        return leave(model, out);
    };
    let deed = Deed::Leave;
    let ask = Overlay::Confirm(Confirm { say, deed });
    model.focus.overlays.push(ask);
}

/// ^C in an empty box: the second within a moment leaves.
pub(crate) fn quit_on_second(model: &mut Model, out: &mut Out) {
    let words = Say::new("toast-again-to-quit");
    if model.toasts.iter().any(|toast| toast.say == words) {
        quit(model, out);
    } else {
        say(model, Severity::Info, words);
    }
}

/// Leaves as soon as what is written is kept.
pub(crate) fn leave(model: &mut Model, out: &mut Out) {
    if model.leaving.is_none() {
        model.leaving = Some(model.now);
        model.redraw = true;
        drafts::save_all_now(model, out);
        deed::keep_desk(model, out);
    }
}

/// Ends the program when it is leaving and nothing is under way, or when that takes too long.
pub(crate) fn end_if_nothing_is_left(model: &mut Model) {
    let Some(since) = model.leaving else { return };
    let busy = model.daemon.is_up()
        && model
            .composes
            .values()
            .any(|c| c.saving.is_some() || !c.leaving.is_empty() || c.save_at.is_some());
    if !busy || model.now.since(since) >= wake::FAREWELL {
        model.over = true;
    }
}
