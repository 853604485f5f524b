//! What lies over the panes, each layer by the file that draws it.

use ratatui::layout::Rect;

use crate::model::overlay::Overlay;
use crate::view::canvas::{Desk, Pen};
use crate::view::{
    attach, bind, choices, choose, enlarged, help, layers, newchat, over, pick, replies, search,
    snooze, stats, templates, wizard,
};

/// Draws a layer over an area.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, overlay: &Overlay) {
    match overlay {
        Overlay::Filter(_) => {}
        Overlay::Search(search) => search::draw(desk, pen, area, search),
        Overlay::Notes(notes) => layers::notes(desk, pen, area, notes),
        Overlay::Labels(labels) => layers::labels(desk, pen, area, labels),
        Overlay::Snooze(snooze) => snooze::draw(desk, pen, area, snooze),
        Overlay::Ask(ask) => over::ask(desk, pen, area, ask),
        Overlay::Switcher(pick) => pick::switcher(desk, pen, area, pick),
        Overlay::Palette(pick) => pick::palette(desk, pen, area, pick),
        Overlay::Forward(forward) => pick::forward(desk, pen, area, forward),
        Overlay::React(react) => choose::react(desk, pen, area, react),
        Overlay::Links(pick) => choose::links(desk, pen, area, pick),
        Overlay::Part(part) => choose::part(desk, pen, area, part),
        Overlay::Attach(attach) => attach::draw(desk, pen, area, attach),
        Overlay::Template(picker) => templates::draw(desk, pen, area, picker),
        Overlay::Replies(layer) => replies::draw(desk, pen, area, layer),
        Overlay::Choices(made) => choices::draw(desk, pen, area, made),
        Overlay::Picture(large) => enlarged::draw(desk, pen, area, *large),
        Overlay::NewChat(new) => newchat::draw(desk, pen, area, new),
        Overlay::Help(help) => help::draw(desk, pen, area, help),
        Overlay::Details(details) => over::details(desk, pen, area, *details),
        Overlay::Wizard(made) => wizard::draw(desk, pen, area, made),
        Overlay::Stats(view) => stats::draw(desk, pen, area, view),
        Overlay::Bind(bind) => bind::draw(desk, pen, area, bind),
        Overlay::Confirm(confirm) => over::confirm(desk, pen, area, confirm),
    }
}
