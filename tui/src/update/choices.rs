//! An interactive message that is being made: its fields, its limits while typing, and sending.

use common::api::event::Severity;
use common::api::messages::Outgoing;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::action::Action;
use crate::model::Model;
use crate::model::choices::{Choices, Offer, Part};
use crate::model::overlay::Overlay;
use crate::model::toast::Say;
use crate::part::field::Field;
use crate::update::talk::say;
use crate::update::{Out, overlay, templates};

/// Begins one for the open chat.
pub(crate) fn open(model: &mut Model, offer: Offer) {
    let Some(chat) = model.open_id() else {
        return say(model, Severity::Info, Say::new("toast-no-chat"));
    };
    if !model.window_is_open() {
        return say(model, Severity::Warning, Say::new("toast-window-closed"));
    }
    let choices = Choices::new(chat, offer);
    model
        .focus
        .overlays
        .push(Overlay::Choices(Box::new(choices)));
}

fn layer(model: &mut Model) -> Option<&mut Choices> {
    match model.focus.overlays.last_mut() {
        Some(Overlay::Choices(choices)) => Some(choices),
        _ => None,
    }
}

/// Does a deed in the form; false if it was none of its.
pub(crate) fn act(model: &mut Model, action: Action, out: &mut Out) -> bool {
    let Some(choices) = layer(model) else {
        return false;
    };
    let count = choices.fields.len();
    match action {
        Action::Down => choices.at = (choices.at + 1).min(count.saturating_sub(1)),
        Action::Up => choices.at = choices.at.saturating_sub(1),
        Action::NextPane => choices.at = (choices.at + 1) % count.max(1),
        Action::PreviousPane => choices.at = (choices.at + count.max(1) - 1) % count.max(1),
        Action::Accept => send(model, out),
        _ => return false,
    }
    true
}

/// A letter, or a new line of the words.
pub(crate) fn key(model: &mut Model, key: KeyEvent) {
    let newline = key.code == KeyCode::Enter || key.code == KeyCode::Char('j');
    if newline && !(key.modifiers - KeyModifiers::SHIFT).is_empty() {
        let field = layer(model).and_then(|choices| choices.fields.get_mut(choices.at));
        if let Some((Part::Body, field)) = field {
            field.newline();
        }
        return;
    }
    edit(model, |field| field.input(key));
}

/// Changes the field with the cursor.
pub(crate) fn edit(model: &mut Model, change: impl FnOnce(&mut Field) -> bool) {
    if let Some(choices) = layer(model)
        && let Some((_, field)) = choices.fields.get_mut(choices.at)
    {
        change(field);
    }
}

fn send(model: &mut Model, out: &mut Out) {
    let up = model.daemon.is_up();
    let client_id = model.ids.message(model.now).to_string();
    let Some(choices) = layer(model) else { return };
    choices.tried = true;
    if let Some((part, _)) = choices.wrong().first() {
        let at = choices.fields.iter().position(|(one, _)| one == part);
        choices.at = at.unwrap_or(choices.at);
        return;
    }
    if !up {
        return say(model, Severity::Warning, Say::new("toast-template-offline"));
    }
    let (chat, text) = (choices.chat, choices.text(Part::Body));
    let content = Outgoing::Interactive {
        interactive: choices.object(),
    };
    overlay::close(model);
    templates::ship(model, chat, (client_id, text, content), out);
}
