//! A deed by name, whoever asked for it: a key, a click, the palette.

use crate::action::{Action, Section};
use crate::effect::Effect;
use crate::hit::Pane;
use crate::model::choices::Offer;
use crate::model::overlay::Asked;
use crate::model::{Model, Room};
use crate::update::{
    Out, ask, attach, chats, choices, compose, drafts, help, leave, modes, newchat, overlay,
    palette, replies, rights, search, select, stats, talk, templates, wizard,
};

/// What finds messages that carry a file.
const FILES: &str = "has:file";
/// How many cells a step of the list's width is, and its bounds.
const WIDTH_STEP: u16 = 2;
const WIDTH_LEAST: u16 = 20;
const WIDTH_MOST: u16 = 60;

/// Does it.
pub(crate) fn act(model: &mut Model, action: Action, out: &mut Out) {
    model.redraw = true;
    if rights::refuses(model, action)
        || overlay::act(model, action, out)
        || anywhere(model, action, out)
    {
        return;
    }
    match action {
        _ if action.section() == Section::Chat => chats::act(model, action, out),
        _ if action.section() == Section::Move && model.focus.pane == Pane::Panel => {
            turn_panel(model, action);
        }
        _ if action.section() == Section::Move && model.focus.pane == Pane::List => {
            chats::act(model, action, out);
        }
        Action::Send
        | Action::NewLine
        | Action::PickMessage
        | Action::Clear
        | Action::Undo
        | Action::Redo
        | Action::KillLine
        | Action::Editor
        | Action::PasteClipboard
        | Action::KeepWriting => compose::act(model, action, out),
        _ => talk::act(model, action, out),
    }
}

/// Gives a pane the keys, if it is there.
pub(crate) fn focus(model: &mut Model, pane: Pane) {
    let wanted = match pane {
        Pane::Talk | Pane::Compose | Pane::Panel if model.open_id().is_none() => Pane::List,
        Pane::Overlay => return,
        other => other,
    };
    if wanted == Pane::Talk {
        talk::cursor_to_sight(model);
    }
    model.focus.pane = wanted;
}

fn anywhere(model: &mut Model, action: Action, out: &mut Out) -> bool {
    match action {
        Action::Switcher => overlay::open_switcher(model),
        Action::Palette => palette::open(model),
        Action::ToDate if model.open_id().is_some() => ask::open(model, Asked::Day),
        Action::Search => search::open(model),
        Action::Files => search::open_with(model, FILES),
        Action::NextHit => search::along(model, true, out),
        Action::PreviousHit => search::along(model, false, out),
        Action::Help => help::open(model),
        Action::Attach => attach::open(model, out),
        Action::Template => templates::open(model, out),
        Action::WhyClosed => compose::why_closed(model),
        Action::Replies => replies::open(model, out),
        Action::AskButtons => choices::open(model, Offer::Buttons),
        Action::AskList => choices::open(model, Offer::List),
        Action::AskLink => choices::open(model, Offer::Link),
        Action::AskPlace => choices::open(model, Offer::Place),
        Action::NewChat => newchat::open(model, ""),
        Action::AllNumbers => chats::narrow(model, None),
        Action::Statistics => stats::toggle(model, out),
        Action::Connect => wizard::toggle(model, out),
        Action::Customer => panel(model),
        Action::NextPane => turn(model, false),
        Action::PreviousPane => turn(model, true),
        Action::Back => back(model, out),
        Action::ToggleList => {
            model.list_hidden = !model.list_hidden;
            if model.list_hidden && model.focus.pane == Pane::List && model.open_id().is_some() {
                model.focus.pane = Pane::Compose;
            }
        }
        Action::Narrower => widen(model, false, out),
        Action::Wider => widen(model, true, out),
        Action::ToggleMouse => {
            model.mouse = !model.mouse;
            out.push(Effect::Mouse(model.mouse));
        }
        Action::Redraw => {
            model.pictures.forget();
            out.push(Effect::Repaint);
        }
        Action::Suspend => {
            drafts::save_all_now(model, out);
            out.push(Effect::Suspend);
        }
        Action::Quit => leave::quit(model, out),
        Action::Write => {
            if model.open_id().is_none()
                && let Some(chat) = model.chats.cursor
            {
                chats::open(model, chat, out);
            }
            modes::begin(model);
            focus(model, Pane::Compose);
        }
        _ => {
            let Some(place) = action.number() else {
                return false;
            };
            if let Some(number) = model.numbers.at(place).map(|n| n.id) {
                chats::narrow(model, Some(number));
            }
        }
    }
    true
}

fn panel(model: &mut Model) {
    if model.open_id().is_none() {
        return;
    }
    if model.room() == Room::Three {
        model.panel = !model.panel;
        if model.focus.pane == Pane::Panel {
            model.focus.pane = Pane::Compose;
        }
    } else {
        model.focus.pane = if model.focus.pane == Pane::Panel {
            Pane::Compose
        } else {
            Pane::Panel
        };
    }
}

/// Scrolls the customer panel.
fn turn_panel(model: &mut Model, action: Action) {
    let by = match action {
        Action::Down => 1,
        Action::Up => -1,
        Action::PageDown | Action::HalfDown => 8,
        Action::PageUp | Action::HalfUp => -8,
        Action::First => isize::MIN,
        Action::Last => isize::MAX,
        _ => return,
    };
    scroll_panel(model, by);
}

/// Scrolls the customer panel by rows.
pub(crate) fn scroll_panel(model: &mut Model, by: isize) {
    let top = model.panel_top.min(model.seen.panel_most);
    model.panel_top = top.saturating_add_signed(by).min(model.seen.panel_most);
}

fn turn(model: &mut Model, backwards: bool) {
    let mut ring = vec![Pane::List, Pane::Talk, Pane::Compose];
    if model.open_id().is_none() {
        ring.truncate(1);
    }
    if model.list_hidden && model.room() >= Room::Two && ring.len() > 1 {
        ring.remove(0);
    }
    if model.room() == Room::Three && model.panel_shown() && ring.len() > 1 {
        ring.push(Pane::Panel);
    }
    if backwards {
        ring.reverse();
    }
    let at = ring.iter().position(|pane| *pane == model.focus.pane);
    let next = at.map_or(0, |at| (at + 1) % ring.len());
    if let Some(pane) = ring.get(next) {
        focus(model, *pane);
    }
}

/// One step back: what lies above, the quotation, the focus, the filter.
fn back(model: &mut Model, out: &mut Out) {
    if !model.focus.pending.is_empty() {
        model.focus.pending.clear();
        model.focus.pending_since = None;
        return;
    }
    let pane = model.focus.pane;
    match pane {
        Pane::Talk if select::let_go(model) => {}
        Pane::Talk | Pane::Panel => {
            if !search::back(model, out) {
                model.focus.pane = Pane::Compose;
            }
        }
        Pane::Compose if modes::escape(model) => {}
        Pane::Compose => {
            if !compose::drop_quote(model) {
                model.list_hidden = false;
                model.focus.pane = Pane::List;
            }
        }
        Pane::List | Pane::Overlay => {
            if !chats::back(model) {
                model.toasts.clear();
            }
        }
    }
}

fn widen(model: &mut Model, wider: bool, out: &mut Out) {
    let layout = model.settings.layout;
    let usual = if model.room() == Room::Three {
        layout.list_width
    } else {
        layout.list_width_narrow
    };
    let now = model.list_width.unwrap_or(usual);
    let then = if wider {
        now.saturating_add(WIDTH_STEP)
    } else {
        now.saturating_sub(WIDTH_STEP)
    };
    set_width(model, then);
    keep_desk(model, out);
}

/// Gives the chat list a width.
pub(crate) fn set_width(model: &mut Model, width: u16) {
    model.list_width = Some(width.clamp(WIDTH_LEAST, WIDTH_MOST));
}

/// Remembers how the desk stands.
pub(crate) fn keep_desk(model: &Model, out: &mut Out) {
    out.push(Effect::KeepDesk {
        list_width: model.list_width,
        last_chat: model.open_id(),
    });
}
