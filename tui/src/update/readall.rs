//! Marking every unread chat of a number, or of all, as read: asked first, told how many, taken back at once.

use common::api::chats::ChatMark;
use common::api::event::Severity;
use common::api::problem::Problem;
use common::id::{ChatId, NumberId};

use crate::effect::Effect;
use crate::model::Model;
use crate::model::overlay::{Confirm, Deed, Overlay};
use crate::model::toast::Say;
use crate::update::talk::say;
use crate::update::{Out, answer, mark};

/// Asks the daemon which chats are unread; the list may not have them all.
pub(crate) fn begin(model: &mut Model, out: &mut Out) {
    if model.daemon.is_up() {
        out.push(Effect::FindUnread(model.filter()));
    } else {
        say(model, Severity::Info, Say::new("read-all-offline"));
    }
}

/// They are known: asks whether to mark them all.
pub(crate) fn found(
    model: &mut Model,
    number: Option<NumberId>,
    result: Result<Vec<ChatId>, Problem>,
) {
    let chats = match result {
        Ok(chats) => chats,
        Err(problem) => return answer::tell(model, &problem),
    };
    if chats.is_empty() {
        return say(model, Severity::Info, Say::new("read-all-none"));
    }
    let place = number.and_then(|id| model.numbers.ordinal(id));
    let ask = match place {
        Some(place) => Say::new("confirm-read-all-of").with("place", place),
        None => Say::new("confirm-read-all"),
    };
    model.focus.overlays.push(Overlay::Confirm(Confirm {
        say: ask.with("n", chats.len()),
        deed: Deed::ReadAll(chats),
    }));
    model.redraw = true;
}

/// Marks them; the customers are told nothing.
pub(crate) fn mark_all(chats: Vec<ChatId>, out: &mut Out) {
    out.push(Effect::ReadAll(chats));
}

/// They are marked: each can be put back to where it was.
pub(crate) fn done(model: &mut Model, result: Result<Vec<ChatMark>, Problem>) {
    let before = match result {
        Ok(before) => before,
        Err(problem) => return answer::tell(model, &problem),
    };
    let words = Say::new("done-read-all").with("n", before.len());
    mark::offer(model, words, Effect::PutBack(before));
}
