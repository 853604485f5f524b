//! Binding a key to a deed from the palette: the keys are pressed, what they do now is told, the file gets a line.

use common::api::event::Severity;
use config::keys::{Binding, normal};
use crossterm::event::{KeyCode, KeyEvent};

use crate::action::{Action, Context};
use crate::effect::Effect;
use crate::keymap::{Keymap, Meaning};
use crate::model::Model;
use crate::model::overlay::{Bind, Overlay};
use crate::model::toast::Say;
use crate::update::Out;
use crate::update::talk::say;

/// More keys nobody presses for one deed.
const MOST: usize = 3;

/// Asks for the keys of the deed under the palette's cursor.
pub(crate) fn open(model: &mut Model) {
    let Some(Overlay::Palette(pick)) = model.focus.overlays.pop() else {
        return;
    };
    let Some(action) = pick.list.selected().copied() else {
        return;
    };
    let here = model.focus.context();
    let mut contexts: Vec<Context> = action.places().iter().map(|(at, _)| *at).collect();
    contexts.dedup();
    if contexts.contains(&Context::Anywhere) && !contexts.contains(&here) {
        contexts.push(here);
    }
    let at = contexts.iter().position(|at| *at == here).unwrap_or(0);
    let layer = Bind {
        action,
        contexts,
        at,
        chords: Vec::new(),
    };
    model.focus.overlays.push(Overlay::Bind(layer));
}

/// A key was pressed while one is asked for: it is the key, unless one stands there already and
/// it ends the question.
pub(crate) fn press(model: &mut Model, key: KeyEvent, out: &mut Out) {
    let chord = normal(key.code, key.modifiers);
    let meaning = model.keymap.meaning(Context::Overlay, &[chord]);
    let Some(Overlay::Bind(bind)) = model.focus.overlays.last_mut() else {
        return;
    };
    let some = !bind.chords.is_empty();
    match (meaning, key.code) {
        (Meaning::Deed(Action::Back), _) => {
            model.focus.overlays.pop();
        }
        (Meaning::Deed(Action::Accept), _) if some => accept(model, out),
        (Meaning::Deed(Action::NextPane), _) if some => turn(bind),
        (_, KeyCode::Backspace) if some => {
            bind.chords.pop();
        }
        _ => {
            if bind.chords.len() >= MOST {
                bind.chords.clear();
            }
            bind.chords.push(chord);
        }
    }
}

/// The next table that the keys may stand in.
pub(crate) fn turn(bind: &mut Bind) {
    bind.at = (bind.at + 1) % bind.contexts.len().max(1);
}

/// Has the line written.
pub(crate) fn accept(model: &mut Model, out: &mut Out) {
    let Some(Overlay::Bind(bind)) = model.focus.overlays.last() else {
        return;
    };
    if bind.chords.is_empty() {
        return;
    }
    out.push(Effect::Bind {
        context: bind.context(),
        chords: bind.chords.clone(),
        action: bind.action,
    });
    model.focus.overlays.pop();
}

/// The file was written, or why not: the keys hold from now on.
pub(crate) fn bound(
    model: &mut Model,
    action: Action,
    context: Context,
    result: Result<Vec<Binding>, String>,
) {
    let preset = model.settings.keys.preset;
    let map = result.and_then(|all| Keymap::new(preset, &all).map_err(|fault| fault.to_string()));
    match map {
        Ok(map) => {
            model.keymap = map;
            let keys = model.keymap.keys_of(action, context);
            let deed = model.speech.say(action.word()).into_owned();
            let words = Say::new("done-bound")
                .with("keys", keys.last().map_or("", String::as_str))
                .with("deed", deed);
            say(model, Severity::Info, words);
        }
        Err(why) => say(
            model,
            Severity::Warning,
            Say::new("toast-not-bound").with("why", why),
        ),
    }
    model.redraw = true;
}
