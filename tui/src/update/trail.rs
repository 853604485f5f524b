//! Back to where one was, and forth again.

use common::api::event::Severity;

use crate::hit::Pane;
use crate::model::Model;
use crate::model::toast::Say;
use crate::model::trail::Stand;
use crate::msg::TalkAsk;
use crate::part::scroll::Anchor;
use crate::update::talk::say;
use crate::update::{Out, chats, fetch};

/// Where one stands now.
pub(crate) fn here(model: &Model) -> Option<Stand> {
    let talk = model.talk()?;
    let at = match talk.scroll.anchor {
        Anchor::Newest => None,
        Anchor::Row { id, row } => Some((id, row)),
    };
    Some(Stand {
        chat: talk.chat,
        at,
        cursor: talk.cursor.filter(|_| model.focus.pane == Pane::Talk),
    })
}

/// Keeps where one stands, before going elsewhere.
pub(crate) fn note(model: &mut Model) {
    if let Some(stand) = here(model) {
        model.trail.note(stand);
    }
}

/// Back.
pub(crate) fn back(model: &mut Model, out: &mut Out) {
    let from = here(model);
    let to = model.trail.back(from);
    step(model, to, out);
}

/// Forth.
pub(crate) fn forward(model: &mut Model, out: &mut Out) {
    let from = here(model);
    let to = model.trail.forward(from);
    step(model, to, out);
}

fn step(model: &mut Model, to: Option<Stand>, out: &mut Out) {
    match to {
        Some(stand) => go(model, stand, out),
        None => say(model, Severity::Info, Say::new("toast-no-way")),
    }
}

/// Goes to a place.
pub(crate) fn go(model: &mut Model, stand: Stand, out: &mut Out) {
    if model.open_id() != Some(stand.chat) {
        chats::enter(model, stand.chat, out);
    }
    model.focus.overlays.clear();
    model.focus.pane = if stand.cursor.is_some() {
        Pane::Talk
    } else {
        Pane::Compose
    };
    let up = model.daemon.is_up();
    let Some(talk) = model.talks.open_mut() else {
        return;
    };
    talk.cursor = stand.cursor;
    match stand.at {
        None => talk.scroll.to_newest(),
        Some((id, row)) if talk.place(id).is_some() => talk.scroll.anchor = Anchor::Row { id, row },
        Some((id, _)) if up => fetch::aim(talk, TalkAsk::Around(id), out),
        Some(_) => {}
    }
}
