//! A key becomes a deed, a step of a sequence, or text.

use config::keys::normal;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::action::{Action, Context};
use crate::hit::Pane;
use crate::keymap::Meaning;
use crate::model::Model;
use crate::model::overlay::Overlay;
use crate::part::field::vim::Mode;
use crate::update::{
    Out, attach, bind, choices, complete, compose, deed, dwell, files, help, modes, overlay,
    parcel, replies, select, templates,
};

/// A key was pressed.
pub(crate) fn press(model: &mut Model, key: KeyEvent, out: &mut Out) {
    if key.kind == KeyEventKind::Release {
        return;
    }
    dwell::pressed(model, model.now);
    model.redraw = true;
    if matches!(model.focus.overlay(), Some(Overlay::Bind(_))) {
        return bind::press(model, key, out);
    }
    if is_letter(key) && asks_why(model, key) {
        return deed::act(model, Action::WhyClosed, out);
    }
    if is_letter(key) && model.focus.is_text() && model.focus.pending.is_empty() {
        let deeds = model
            .vim
            .as_ref()
            .is_some_and(|vim| vim.mode() != Mode::Insert);
        if deeds && model.focus.overlays.is_empty() && key.code == KeyCode::Char(':') {
            return deed::act(model, Action::Palette, out);
        }
        return text(model, key, out);
    }
    let context = model.focus.context();
    if context == Context::Text && model.focus.pending.is_empty() && complete::key(model, key) {
        return;
    }
    model.focus.pending.push(normal(key.code, key.modifiers));
    match model.keymap.meaning(context, &model.focus.pending) {
        Meaning::Deed(action) => {
            forget_sequence(model);
            if !declined(model, action, key, out) {
                deed::act(model, action, out);
            }
        }
        Meaning::Begin => {
            model.focus.pending_since.get_or_insert(model.now);
        }
        Meaning::Off => forget_sequence(model),
        Meaning::Nothing => {
            let alone = model.focus.pending.len() == 1;
            forget_sequence(model);
            if alone {
                text(model, key, out);
            }
        }
    }
}

/// Text was pasted.
pub(crate) fn paste(model: &mut Model, text: &str, out: &mut Out) {
    dwell::pressed(model, model.now);
    forget_sequence(model);
    model.redraw = true;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    match model.focus.overlays.last() {
        Some(layer) if layer.has_field() => {
            overlay::edit(model, out, |field| field.insert_str(&text));
        }
        Some(_) => {}
        None => {
            // What is pasted is meant for the box, wherever the keys are.
            if model.open_id().is_some() && model.talk_shown() {
                model.focus.pane = Pane::Compose;
                if parcel::pasted(model, &text, out) {
                    return;
                }
                compose::edit(model, |field| field.insert_str(&text));
            }
        }
    }
}

/// Keys that mean a deed in general, and something else where they fall: true if they were taken.
fn declined(model: &mut Model, action: Action, key: KeyEvent, out: &mut Out) -> bool {
    let is_stats = matches!(model.focus.overlay(), Some(Overlay::Stats(_)));
    let is_attach = matches!(model.focus.overlay(), Some(Overlay::Attach(_)));
    let of_attach = matches!(
        action,
        Action::Tick | Action::AsDocument | Action::HiddenFiles
    );
    if (action.is_of_stats() && !is_stats) || (of_attach && !is_attach) {
        // The letters of the statistics, or of files, are letters in every other layer.
        text(model, key, out);
        return true;
    }
    if action == Action::Reply && key.code == KeyCode::Enter {
        // Enter on a picture makes it large; `r` answers it.
        return files::act(model, Action::Enlarge, out);
    }
    if action == Action::BindKey && !matches!(model.focus.overlay(), Some(Overlay::Palette(_))) {
        // In every other field it goes back a word.
        text(model, key, out);
        return true;
    }
    if model.focus.context() != Context::Text {
        return false;
    }
    match action {
        Action::PickMessage => {
            let empty = model.compose().is_none_or(|c| c.field.is_empty());
            if !empty {
                text(model, key, out);
            }
            !empty
        }
        // Words are walked over while there are any.
        Action::GoBack | Action::GoForward => {
            let empty = model.compose().is_none_or(|c| c.field.is_empty());
            if !empty {
                text(model, key, out);
            }
            !empty
        }
        _ => false,
    }
}

fn text(model: &mut Model, key: KeyEvent, out: &mut Out) {
    match model.focus.overlays.last() {
        None if model.focus.pane == Pane::Compose => modes::press(model, key, out),
        Some(Overlay::Confirm(_)) => overlay::answer_by_letter(model, key, out),
        Some(Overlay::Part(_)) => select::part_key(model, key, out),
        Some(Overlay::Picture(_)) => {
            // The letters of the conversation mean the same here.
            let meant = model
                .keymap
                .meaning(Context::Talk, &[normal(key.code, key.modifiers)]);
            match meant {
                Meaning::Deed(action @ (Action::OpenLink | Action::SaveFile)) => {
                    files::act(model, action, out);
                }
                Meaning::Deed(Action::Down) => files::step(model, 1),
                Meaning::Deed(Action::Up) => files::step(model, -1),
                _ => {}
            }
        }
        Some(Overlay::React(react)) if react.pick.field.is_empty() && place(key).is_some() => {
            overlay::choose(model, place(key).unwrap_or_default(), out);
        }
        // Behind the first letter a blank is part of a new label.
        Some(Overlay::Labels(labels)) if labels.pick.field.is_empty() && ticks(model, key) => {
            overlay::accept(model, out);
        }
        Some(Overlay::Attach(_)) => attach::key(model, key, out),
        Some(Overlay::Template(_)) => templates::key(model, key, out),
        Some(Overlay::Replies(_)) => replies::key(model, key),
        Some(Overlay::Choices(_)) => choices::key(model, key),
        Some(layer) if layer.has_field() => overlay::edit(model, out, |field| field.input(key)),
        Some(Overlay::Help(_)) if key.code == KeyCode::Char('/') => {
            if let Some(Overlay::Help(help)) = model.focus.overlays.last_mut() {
                help::find(help);
            }
        }
        _ => {}
    }
}

/// Whether a key ticks what stands under the cursor.
fn ticks(model: &Model, key: KeyEvent) -> bool {
    let chord = [normal(key.code, key.modifiers)];
    let meaning = model.keymap.meaning(Context::Overlay, &chord);
    matches!(meaning, Meaning::Deed(Action::Tick))
}

/// Whether a letter asks why the box is closed: the one that tells of a message.
fn asks_why(model: &Model, key: KeyEvent) -> bool {
    let in_box = model.focus.pane == Pane::Compose && model.focus.overlays.is_empty();
    let chord = [normal(key.code, key.modifiers)];
    in_box
        && model.shows_closed_box()
        && matches!(
            model.keymap.meaning(Context::Talk, &chord),
            Meaning::Deed(Action::Details)
        )
}

/// The place in a list that a digit means.
fn place(key: KeyEvent) -> Option<usize> {
    let KeyCode::Char(digit) = key.code else {
        return None;
    };
    let place = digit.to_digit(10)?.checked_sub(1)?;
    usize::try_from(place).ok()
}

fn forget_sequence(model: &mut Model) {
    model.focus.pending.clear();
    model.focus.pending_since = None;
}

/// A key that is a character and nothing else.
fn is_letter(key: KeyEvent) -> bool {
    matches!(key.code, KeyCode::Char(_)) && (key.modifiers - KeyModifiers::SHIFT).is_empty()
}
