//! Help: found in, and turned from pane to pane.

use crate::action::Context;
use crate::model::Model;
use crate::model::overlay::{Help, Overlay};
use crate::part::field::Field;

/// The panes that help turns through.
const PANES: [Context; 3] = [Context::List, Context::Talk, Context::Text];

/// Opens help for what has the keys.
pub(crate) fn open(model: &mut Model) {
    let context = model.focus.context();
    model.focus.overlays.push(Overlay::Help(Help {
        context,
        top: 0,
        find: None,
    }));
}

/// Shows the keys of the next pane.
pub(crate) fn turn(help: &mut Help, backwards: bool) {
    let at = PANES.iter().position(|pane| *pane == help.context);
    let step = if backwards { PANES.len() - 1 } else { 1 };
    let next = at.map_or(0, |at| (at + step) % PANES.len());
    if let Some(pane) = PANES.get(next) {
        help.context = *pane;
        help.top = 0;
    }
}

/// Begins to look for something.
pub(crate) fn find(help: &mut Help) {
    help.find.get_or_insert_with(Field::single);
    help.top = 0;
}
