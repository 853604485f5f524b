//! A click and the wheel; both come with what lay under the pointer, never with cells.

use std::time::Duration;

use crate::effect::Effect;
use crate::hit::{Pane, Target};
use crate::model::Model;
use crate::model::overlay::{Details, Overlay};
use crate::update::{Out, chats, deed, dwell, overlay, talk};

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
        Target::Ticks(message) => {
            talk::pick(model, message);
            model
                .focus
                .overlays
                .push(Overlay::Details(Details { message, top: 0 }));
        }
        Target::Quoted(id) => talk::go_to(model, id, out),
        Target::Number(number) => chats::narrow(model, number),
        Target::Action(action) => deed::act(model, action, out),
        Target::Link(address) => out.push(Effect::OpenLink(address)),
        Target::Row(row) => overlay::choose(model, row, out),
        Target::Pane(Pane::Overlay) => {}
        Target::Pane(pane) => deed::focus(model, pane),
    }
}

/// The wheel scrolls what lies under the pointer; the focus stays.
pub(crate) fn wheel(model: &mut Model, pane: Option<Pane>, rows: i32) {
    match pane {
        Some(Pane::Overlay) => overlay::scroll(model, rows),
        Some(Pane::List) if model.focus.overlays.is_empty() => chats::scroll(model, rows),
        Some(Pane::Talk) if model.focus.overlays.is_empty() => talk::scroll(model, rows),
        _ => return,
    }
    model.redraw = true;
}
