//! Deeds on the chat list: moving, opening, narrowing to a number, marking; and fetching it page by page.

use common::id::{ChatId, MessageId, NumberId};
use common::model::chat::Chat;

use crate::action::Action;
use crate::effect::Effect;
use crate::hit::Pane;
use crate::model::Model;
use crate::model::chats::Edge;
use crate::model::compose::Compose;
use crate::model::overlay::Overlay;
use crate::msg::{ListAsk, Shelf, View};
use crate::part::field::Field;
use crate::update::{Out, deed, drafts, fetch, mark, modes, trail};

/// Rows below the last one in sight at which the next page is asked for.
const AHEAD: usize = 60;

/// Does a deed on the list, or on the chat that has the cursor.
pub(crate) fn act(model: &mut Model, action: Action, out: &mut Out) {
    let page = isize::try_from(model.seen.list_rows.max(2) - 1).unwrap_or(isize::MAX);
    match action {
        Action::Down => step(model, 1),
        Action::Up => step(model, -1),
        Action::PageDown => step(model, page),
        Action::PageUp => step(model, -page),
        Action::First => step(model, isize::MIN),
        Action::Last => step(model, isize::MAX),
        Action::Open if model.chats.foot => look_at(model, View::Archived),
        Action::Open => {
            if let Some(id) = model.chats.cursor {
                open(model, id, out);
            }
        }
        Action::NextChat => go(model, 1, |_| true, out),
        Action::PreviousChat => go(model, -1, |_| true, out),
        Action::NextUnread => go(model, 1, |chat| chat.unread > 0, out),
        Action::PreviousUnread => go(model, -1, |chat| chat.unread > 0, out),
        Action::ViewAll => look_at(model, View::All),
        Action::ViewUnread => look_at(model, View::Unread),
        Action::ViewWaiting => look_at(model, View::Waiting),
        Action::ViewClosing => look_at(model, View::Closing),
        Action::ViewArchived => look_at(model, View::Archived),
        Action::ViewSnoozed => look_at(model, View::Snoozed),
        Action::Filter => filter(model),
        Action::GoBack => trail::back(model, out),
        Action::GoForward => trail::forward(model, out),
        _ => mark::act(model, action, out),
    }
}

/// Opens a chat: its conversation at the first unread message, its draft in the box.
pub(crate) fn open(model: &mut Model, id: ChatId, out: &mut Out) {
    if model.open_id() != Some(id) {
        trail::note(model);
    }
    enter(model, id, out);
}

/// The same, without a step on the way back.
pub(crate) fn enter(model: &mut Model, id: ChatId, out: &mut Out) {
    come(model, id, None, out);
}

/// Opens a chat at one of its messages.
pub(crate) fn visit(model: &mut Model, id: ChatId, at: MessageId, out: &mut Out) {
    come(model, id, Some(at), out);
}

fn come(model: &mut Model, id: ChatId, at: Option<MessageId>, out: &mut Out) {
    if let Some(other) = model.open_id().filter(|other| *other != id) {
        leave(model, other, out);
    }
    let (unread_from, unread) = model
        .chats
        .get(id)
        .map_or((None, 0), |chat| (chat.first_unread, chat.unread));
    let again = model.open_id() == Some(id);
    if !again {
        modes::begin(model);
    }
    let talk = model.talks.enter(id);
    if !again {
        talk.unread_from = unread_from;
        talk.unread_count = unread;
        talk.new_below = 0;
        talk.cursor = None;
        talk.aim = None;
        model.panel_top = 0;
    }
    let unloaded = !talk.loaded;
    model.chats.hold(Some(id));
    model.chats.cursor = Some(id);
    model.chats.foot = false;
    model.focus.pane = Pane::Compose;
    model.focus.overlays.clear();
    let box_ = model.composes.entry(id).or_default();
    box_.keep_writing = false;
    if !box_.loaded && model.daemon.is_up() {
        out.push(Effect::LoadDraft(id));
    }
    if let Some(at) = at.filter(|_| model.daemon.is_up()) {
        fetch::come(model, id, at, out);
    } else if !again || unloaded {
        fetch::enter(model, id, out);
    }
    if model.chats.get(id).is_none() {
        out.push(Effect::Chat(id));
    }
}

/// Leaves a chat: what is written goes to the daemon, an empty box is let go.
fn leave(model: &mut Model, id: ChatId, out: &mut Out) {
    drafts::save_now(model, id, out);
    model.kept_unread = None;
    if let Some(talk) = model.talks.get_mut(id) {
        talk.unread_from = None;
        talk.unread_count = 0;
    }
    let idle = |c: &Compose| {
        c.field.is_empty()
            && c.leaving.is_empty()
            && c.returned.is_empty()
            && c.saving.is_none()
            && !c.is_unsaved()
    };
    if model.composes.get(&id).is_some_and(idle) {
        model.composes.remove(&id);
    }
}

/// Shows only the chats over one number, or all.
pub(crate) fn narrow(model: &mut Model, number: Option<NumberId>) {
    let view = model.chats.shelf().view;
    show(model, Shelf { number, view });
}

/// Shows another view of the list.
pub(crate) fn look_at(model: &mut Model, view: View) {
    let number = model.filter();
    show(model, Shelf { number, view });
    deed::focus(model, Pane::List);
}

fn show(model: &mut Model, shelf: Shelf) {
    model.redraw = true;
    model.chats.show(shelf, model.now);
    to_first(model);
}

/// Filters the list by letters.
pub(crate) fn find(model: &mut Model, letters: &str) {
    model.redraw = true;
    model.chats.find(letters, model.now);
    model.chats.cursor = None;
    to_first(model);
}

fn to_first(model: &mut Model) {
    model.chats.top = 0;
    model.chats.foot = false;
    if model.chats.cursor_row().is_none() {
        model.chats.row = 0;
        model.chats.cursor = model.chats.rows().first().copied();
    }
}

/// Begins to filter the list.
fn filter(model: &mut Model) {
    let mut field = Field::single();
    field.set(&model.chats.letters);
    model.list_hidden = false;
    model.focus.pane = Pane::List;
    model.focus.overlays.clear();
    model.focus.overlays.push(Overlay::Filter(field));
}

/// One step back in the list: letters, view, number; false if there is nothing left.
pub(crate) fn back(model: &mut Model) -> bool {
    let shelf = model.chats.shelf();
    if model.chats.finds() {
        find(model, "");
    } else if shelf.view != View::All {
        let view = View::All;
        show(model, Shelf { view, ..shelf });
    } else if shelf.number.is_some() {
        narrow(model, None);
    } else {
        return false;
    }
    true
}

/// Scrolls the list under a cursor that stays where it is.
pub(crate) fn scroll(model: &mut Model, rows: i32) {
    // A row of the list is two or three of the screen; one notch moves one chat.
    let by = isize::try_from(rows.signum()).unwrap_or(0);
    let most = model
        .chats
        .rows()
        .len()
        .saturating_sub(model.seen.list_rows.max(1));
    model.chats.top = model.chats.top.saturating_add_signed(by).min(most);
    model.chats.wheeled = true;
}

/// Moves the first row in sight so that the cursor is among those in sight.
pub(crate) fn keep_in_sight(model: &mut Model) {
    let rows = model.seen.list_rows;
    let chats = &mut model.chats;
    if chats.cursor_row().is_none() {
        // What came to the row of a chat that left takes its cursor.
        let last = chats.rows().len().saturating_sub(1);
        chats.cursor = chats.rows().get(chats.row.min(last)).copied();
    }
    chats.row = chats.cursor_row().unwrap_or(0);
    let most = chats.rows().len().saturating_sub(rows.max(1));
    chats.top = chats.top.min(most);
    if rows == 0 || chats.wheeled {
        return;
    }
    if let Some(row) = chats.cursor_row() {
        chats.top = chats.top.clamp((row + 1).saturating_sub(rows), row);
    }
}

/// Asks for the next page when the end of what is loaded comes near.
pub(crate) fn fetch_ahead(model: &mut Model, out: &mut Out) {
    let chats = &mut model.chats;
    if !model.daemon.is_up() || chats.is_complete() {
        return;
    }
    let shelf = chats.shelf();
    let short = chats.rows().len() < chats.top + model.seen.list_rows + AHEAD;
    let wanted = short && !chats.finds();
    let edge = chats.edges.entry(shelf).or_default();
    let cursor = match edge {
        Edge::Unasked => None,
        Edge::More(cursor) if wanted => cursor.clone(),
        Edge::More(_) | Edge::Loading(_) | Edge::End => return,
    };
    *edge = Edge::Loading(cursor.clone());
    if cursor.is_none() {
        chats.asked_at = Some(model.now);
    }
    if cursor.is_none() && shelf.view == View::All {
        // Pinned chats stand at the top, however old they are.
        out.push(Effect::Chats(ListAsk::Pinned, None));
        out.push(Effect::Chats(ListAsk::Snoozed, None));
    }
    out.push(Effect::Chats(ListAsk::Page(shelf), cursor));
}

/// The chat that a deed means: the open one, unless the list has the keys.
pub(crate) fn meant(model: &Model) -> Option<&Chat> {
    match model.focus.pane {
        Pane::List if model.chats.foot => None,
        Pane::List => model.chats.get(model.chats.cursor?),
        _ => model.open_chat(),
    }
}

/// Moves the cursor by rows.
pub(crate) fn step(model: &mut Model, by: isize) {
    let at = model.chats.cursor_row().unwrap_or(0);
    let ends = at + 1 >= model.chats.rows().len() && has_foot(model);
    let was = std::mem::replace(&mut model.chats.foot, by > 0 && ends);
    if model.chats.foot || was && by == -1 {
        // Up from the foot is the last chat.
        return;
    }
    let rows = model.chats.rows();
    let to = at
        .saturating_add_signed(by)
        .min(rows.len().saturating_sub(1));
    model.chats.cursor = rows.get(to).copied();
    model.chats.wheeled = false;
}

/// Whether the list ends with a row that leads to the archived chats.
pub(crate) fn has_foot(model: &Model) -> bool {
    let chats = &model.chats;
    let all = chats.shelf().view == View::All && !chats.finds() && chats.is_complete();
    all && model.archived() > 0
}

/// Opens the nearest chat in a direction that fits; goes round for unread ones.
fn go(model: &mut Model, by: isize, fits: impl Fn(&Chat) -> bool, out: &mut Out) {
    let rows = model.chats.rows();
    let from = model
        .open_id()
        .or(model.chats.cursor)
        .and_then(|id| model.chats.row_of(id));
    let count = rows.len();
    let mut found = None;
    for n in 1..=count {
        let at = match (from, by > 0) {
            (Some(at), true) => (at + n) % count,
            (Some(at), false) => (at + count - n) % count,
            (None, true) => n - 1,
            (None, false) => count - n,
        };
        let Some(id) = rows.get(at) else { continue };
        if model.chats.get(*id).is_some_and(&fits) {
            found = Some(*id);
            break;
        }
    }
    model.chats.wheeled = false;
    if let Some(id) = found.filter(|id| Some(*id) != model.open_id()) {
        open(model, id, out);
    }
}
