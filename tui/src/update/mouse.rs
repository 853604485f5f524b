//! Clicks, drags and the wheel; each comes with what lay under the pointer.

use std::time::Duration;

use crate::action::{Context, Section};
use crate::effect::Effect;
use crate::hit::{Pane, Spot, Target};
use crate::model::Model;
use crate::model::overlay::{Details, Overlay};
use crate::update::{
    Out, chats, complete, deed, dwell, files, links, overlay, palette, select, talk, trail,
};

/// Two clicks within this are a double one.
const DOUBLE: Duration = Duration::from_millis(400);

/// A click on a target, or beside all of them.
pub(crate) fn click(model: &mut Model, target: Option<Target>, pane: Option<Pane>, out: &mut Out) {
    dwell::pressed(model, model.now);
    model.redraw = true;
    let covered = !model.focus.overlays.is_empty();
    let Some(target) = target else {
        if covered {
            overlay::close(model);
        }
        return;
    };
    if let Target::Caret { rows, cell } = target
        && (pane == Some(Pane::Overlay) || !covered || pane == Some(Pane::List))
    {
        return caret(model, rows, cell);
    }
    if matches!(model.focus.overlay(), Some(Overlay::Filter(_))) {
        // The letters stay: what was found may be pointed at.
        overlay::close(model);
    } else if covered && pane != Some(Pane::Overlay) && !matches!(target, Target::Action(_)) {
        return overlay::close(model);
    }
    let last = model.last_click.replace((model.now, target.clone()));
    let double = last.is_some_and(|(at, same)| same == target && model.now.since(at) < DOUBLE);
    match target {
        Target::Chat(id) => chats::open(model, id, out),
        Target::Message(id) => {
            talk::pick(model, id);
            if double {
                talk::reply(model);
            }
        }
        Target::Picture(id) => {
            talk::pick(model, id);
            files::enlarge(model, id);
        }
        Target::File(id) => {
            talk::pick(model, id);
            files::touch(model, id, out);
        }
        Target::Ticks(message) => {
            talk::pick(model, message);
            model
                .focus
                .overlays
                .push(Overlay::Details(Details { message, top: 0 }));
        }
        Target::Quoted(id) => {
            trail::note(model);
            talk::go_to(model, id, out);
        }
        Target::Number(number) => chats::narrow(model, number),
        Target::Action(action) => deed::act(model, action, out),
        Target::Link(address) => links::ask(model, address),
        Target::Row(row) => overlay::choose(model, row, out),
        Target::Offer(place) => complete::choose(model, Some(place)),
        Target::Pane(Pane::Overlay) | Target::Border | Target::Text(_) => {}
        Target::Caret { rows, cell } => caret(model, rows, cell),
        Target::Pane(pane) => deed::focus(model, pane),
    }
}

/// Puts the cursor of the uppermost field, or of the box, under the pointer.
fn caret(model: &mut Model, rows: u16, (column, row): (u16, u16)) {
    model.last_click = None;
    if let Some(layer) = model.focus.overlays.last_mut() {
        if let Some(field) = layer.field_mut() {
            field.click(rows, column, row);
        }
        return;
    }
    deed::focus(model, Pane::Compose);
    if let Some(open) = model.open_id()
        && let Some(compose) = model.composes.get_mut(&open)
    {
        compose.field.click(rows, column, row);
    }
}

/// The wheel scrolls what lies under the pointer; the focus stays.
pub(crate) fn wheel(model: &mut Model, pane: Option<Pane>, rows: i32, out: &mut Out) {
    match pane {
        Some(Pane::Overlay) => overlay::scroll(model, rows, out),
        Some(Pane::List) if model.focus.overlays.is_empty() => chats::scroll(model, rows),
        Some(Pane::Talk) if model.focus.overlays.is_empty() => talk::scroll(model, rows),
        Some(Pane::Panel) if model.focus.overlays.is_empty() => {
            deed::scroll_panel(model, isize::try_from(rows).unwrap_or(0));
        }
        _ => return,
    }
    model.redraw = true;
}

/// The mouse moves with its button held: a border goes along, messages are chosen.
pub(crate) fn drag(model: &mut Model, from: Spot, to: Spot) {
    if !model.focus.overlays.is_empty() {
        return;
    }
    if from.target == Some(Target::Border) {
        deed::set_width(model, to.cell.0);
        model.redraw = true;
        return;
    }
    if from.pane != Some(Pane::Talk) || from.message().is_none() {
        return;
    }
    // Beyond the edge the conversation goes along.
    if to.pane != Some(Pane::Talk) {
        let up = to.cell.1 < from.cell.1;
        talk::scroll(model, if up { -1 } else { 1 });
    }
    let end = to.message();
    if let Some(talk) = model.talks.open_mut() {
        let several = end.is_some() && end != from.message();
        if several || talk.mark.is_some() {
            talk.mark = from.message();
            talk.cursor = end.or(talk.cursor);
            model.focus.pane = Pane::Talk;
        }
    }
    model.drag = Some((from, to));
    model.redraw = true;
}

/// The button is let go: what was chosen is copied, and said how.
pub(crate) fn drop(model: &mut Model, words: String, out: &mut Out) {
    let Some((from, to)) = model.drag.take() else {
        // Nothing but a border can have been drawn along.
        return deed::keep_desk(model, out);
    };
    model.redraw = true;
    let several = model.talk().is_some_and(|talk| talk.mark.is_some());
    if several && from.message() != to.message() {
        select::copy(model, false, out);
    } else {
        select::let_go(model);
        if from.cell != to.cell && !words.is_empty() {
            out.push(Effect::Copy(words));
        }
    }
}

/// The other button: what can be done with what lies there.
pub(crate) fn menu(model: &mut Model, spot: &Spot) {
    dwell::pressed(model, model.now);
    model.redraw = true;
    model.focus.overlays.clear();
    match spot.target {
        Some(
            Target::Message(id)
            | Target::Ticks(id)
            | Target::Quoted(id)
            | Target::Picture(id)
            | Target::File(id),
        ) => {
            talk::pick(model, id);
            palette::menu(model, Section::Message, Context::Talk);
        }
        Some(Target::Chat(id)) => {
            model.chats.cursor = Some(id);
            model.chats.foot = false;
            model.focus.pane = Pane::List;
            palette::menu(model, Section::Chat, Context::List);
        }
        Some(Target::Pane(Pane::Compose) | Target::Caret { .. }) => {
            deed::focus(model, Pane::Compose);
            palette::menu(model, Section::Write, Context::Text);
        }
        _ => palette::open(model),
    }
}
