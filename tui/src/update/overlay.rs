//! Deeds in the layers above: switcher, palette, help, details, confirmation.

use common::id::ChatId;
use crossterm::event::{KeyCode, KeyEvent};

use crate::action::{Action, Context};
use crate::effect::Effect;
use crate::model::Model;
use crate::model::overlay::{Deed, Overlay, Pick};
use crate::model::sift::found_by;
use crate::msg::ListAsk;
use crate::part::field::Field;
use crate::update::{Out, chats, deed, leave};

/// From so many letters on the daemon is asked for chats that are not loaded.
const ASK_FROM: usize = 2;

/// Does a deed in the uppermost layer; true if it was one of a layer.
pub(crate) fn act(model: &mut Model, action: Action, out: &mut Out) -> bool {
    let rows = model.seen.overlay_rows.max(2);
    let page = isize::try_from(rows - 1).unwrap_or(1);
    if model.focus.overlays.is_empty() {
        return false;
    }
    match action {
        Action::Down => go(model, 1),
        Action::Up => go(model, -1),
        Action::PageDown => go(model, page),
        Action::PageUp => go(model, -page),
        Action::First => go(model, isize::MIN),
        Action::Last => go(model, isize::MAX),
        Action::Accept => accept(model, out),
        Action::Back => {
            if matches!(model.focus.overlay(), Some(Overlay::Filter(_))) {
                chats::find(model, "");
            }
            close(model);
        }
        // The letters stay, and the list has the keys.
        Action::NextPane | Action::PreviousPane
            if matches!(model.focus.overlay(), Some(Overlay::Filter(_))) =>
        {
            close(model);
        }
        Action::Help if matches!(model.focus.overlay(), Some(Overlay::Help(_))) => close(model),
        Action::Switcher if matches!(model.focus.overlay(), Some(Overlay::Switcher(_))) => {
            close(model);
        }
        _ => return false,
    }
    true
}

/// Takes the uppermost layer away.
pub(crate) fn close(model: &mut Model) {
    model.focus.overlays.pop();
    model.redraw = true;
}

/// Go to a chat.
pub(crate) fn open_switcher(model: &mut Model) {
    close_picks(model);
    let entries = model
        .chats
        .iter()
        .map(|chat| (chat.id, found_by(chat)))
        .collect();
    model
        .focus
        .overlays
        .push(Overlay::Switcher(Pick::new(entries)));
}

/// Do something by its name.
pub(crate) fn open_palette(model: &mut Model) {
    close_picks(model);
    let contexts = [
        Context::List,
        Context::Talk,
        Context::Text,
        Context::Anywhere,
    ];
    let here = model.focus.context();
    let fits = |a: &&Action| a.is_for(here) || contexts.iter().any(|c| a.is_for(*c));
    let entries = Action::ALL
        .iter()
        .filter(|a| fits(a) && a.is_told())
        .map(|action| (*action, model.speech.say(action.word()).into_owned()))
        .collect();
    model
        .focus
        .overlays
        .push(Overlay::Palette(Pick::new(entries)));
}

/// Changes the field of the uppermost layer, and filters by it.
pub(crate) fn edit(model: &mut Model, out: &mut Out, change: impl FnOnce(&mut Field) -> bool) {
    model.redraw = true;
    let field = match model.focus.overlays.last_mut() {
        Some(Overlay::Switcher(pick)) => &mut pick.field,
        Some(Overlay::Palette(pick)) => &mut pick.field,
        Some(Overlay::Filter(field)) => field,
        _ => return,
    };
    if !change(field) {
        return;
    }
    let query = field.text();
    match model.focus.overlays.last_mut() {
        Some(Overlay::Switcher(_)) if query.starts_with('>') => open_palette(model),
        Some(Overlay::Switcher(pick)) => {
            pick.list.set_query(&query);
            ask_for(model, query, out);
        }
        Some(Overlay::Filter(_)) => {
            chats::find(model, &query);
            ask_for(model, query, out);
        }
        Some(Overlay::Palette(pick)) => pick.list.set_query(&query),
        _ => {}
    }
}

/// Asks for chats that are not loaded.
fn ask_for(model: &Model, query: String, out: &mut Out) {
    let enough = query.trim().chars().count() >= ASK_FROM;
    if enough && !model.chats.is_complete() && model.daemon.is_up() {
        out.push(Effect::Chats(ListAsk::Find(query), None));
    }
}

/// Chats that were asked for have come: the switcher finds them too.
pub(crate) fn refresh_switcher(model: &mut Model) {
    if let Some(Overlay::Switcher(pick)) = model.focus.overlays.last_mut() {
        let entries = model
            .chats
            .iter()
            .map(|chat| (chat.id, found_by(chat)))
            .collect();
        pick.list.replace(entries);
        model.redraw = true;
    }
}

/// Scrolls the uppermost layer, or moves the cursor of its list.
pub(crate) fn scroll(model: &mut Model, rows: i32) {
    go(model, isize::try_from(rows).unwrap_or(0));
}

/// A row of the uppermost layer was clicked.
pub(crate) fn choose(model: &mut Model, row: usize, out: &mut Out) {
    match model.focus.overlays.last_mut() {
        Some(Overlay::Switcher(pick)) if row < pick.list.len() => pick.list.set_cursor(row),
        Some(Overlay::Palette(pick)) if row < pick.list.len() => pick.list.set_cursor(row),
        _ => return,
    }
    accept(model, out);
}

/// `y`, `s` and `n` answer a question too.
pub(crate) fn answer_by_letter(model: &mut Model, key: KeyEvent, out: &mut Out) {
    match key.code {
        KeyCode::Char('y' | 'Y' | 's' | 'S') => accept(model, out),
        KeyCode::Char('n' | 'N') => close(model),
        _ => {}
    }
}

fn close_picks(model: &mut Model) {
    model.focus.overlays.retain(|layer| !layer.has_field());
}

fn go(model: &mut Model, by: isize) {
    let most = model
        .seen
        .overlay_lines
        .saturating_sub(model.seen.overlay_rows);
    match model.focus.overlays.last_mut() {
        Some(Overlay::Switcher(pick)) => pick.list.step(by),
        Some(Overlay::Palette(pick)) => pick.list.step(by),
        Some(Overlay::Filter(_)) => chats::step(model, by),
        Some(Overlay::Help(help)) => help.top = help.top.saturating_add_signed(by).min(most),
        Some(Overlay::Details(details)) => {
            details.top = details.top.saturating_add_signed(by).min(most);
        }
        Some(Overlay::Confirm(_)) | None => {}
    }
}

fn accept(model: &mut Model, out: &mut Out) {
    let Some(layer) = model.focus.overlays.pop() else {
        return;
    };
    match layer {
        Overlay::Switcher(pick) => {
            if let Some(id) = pick.list.selected().copied() {
                go_to_chat(model, id, out);
            }
        }
        Overlay::Palette(pick) => {
            if let Some(action) = pick.list.selected().copied() {
                deed::act(model, action, out);
            }
        }
        Overlay::Filter(_) => {
            if let Some(id) = model.chats.cursor {
                chats::open(model, id, out);
            }
        }
        Overlay::Help(_) | Overlay::Details(_) => {}
        Overlay::Confirm(confirm) => match confirm.deed {
            Deed::Retry(id) => out.push(Effect::Retry(id)),
            Deed::Leave => leave::leave(model, out),
        },
    }
}

fn go_to_chat(model: &mut Model, id: ChatId, out: &mut Out) {
    let number = model.chats.get(id).map(|chat| chat.number_id);
    if model.filter().is_some() && model.filter() != number {
        chats::narrow(model, None);
    }
    chats::open(model, id, out);
}
