//! Deeds in the layers above: switcher, palette, help, details, confirmation.

use common::id::ChatId;
use crossterm::event::{KeyCode, KeyEvent};

use crate::action::Action;
use crate::effect::Effect;
use crate::file::FileDeed;
use crate::model::Model;
use crate::model::overlay::{Deed, Overlay, Pick, Search};
use crate::model::sift::found_by;
use crate::msg::ListAsk;
use crate::part::field::Field;
use crate::part::list::List;
use crate::saved::SavedDeed;
use crate::update::{
    Out, ask, attach, bind, card, chats, choices, deed, files, help, leave, newchat, palette,
    parcel, react, readall, replies, search, select, snooze, stats, templates, wizard,
};

/// From so many letters on the daemon is asked for chats that are not loaded.
const ASK_FROM: usize = 2;

/// Does a deed in the uppermost layer; true if it was one of a layer.
pub(crate) fn act(model: &mut Model, action: Action, out: &mut Out) -> bool {
    let rows = model.seen.overlay_rows.max(2);
    let page = isize::try_from(rows - 1).unwrap_or(1);
    if model.focus.overlays.is_empty() {
        return false;
    }
    if stats::act(model, action, out)
        || attach::act(model, action, out)
        || templates::act(model, action, out)
        || replies::act(model, action, out)
        || choices::act(model, action, out)
        || wizard::act(model, action, out)
    {
        return true;
    }
    match action {
        Action::Down => go(model, 1, out),
        Action::Up => go(model, -1, out),
        Action::PageDown => go(model, page, out),
        Action::PageUp => go(model, -page, out),
        Action::First => go(model, isize::MIN, out),
        Action::Last => go(model, isize::MAX, out),
        Action::Accept if matches!(model.focus.overlay(), Some(Overlay::Bind(_))) => {
            bind::accept(model, out);
        }
        Action::Accept => accept(model, out),
        Action::BindKey => bind::open(model),
        Action::Back => back(model),
        Action::NextPane => turn(model, false),
        Action::PreviousPane => turn(model, true),
        Action::Search if matches!(model.focus.overlay(), Some(Overlay::Search(_))) => {
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

/// One step back: the words looked for in help, then the layer.
fn back(model: &mut Model) {
    if let Some(Overlay::Help(help)) = model.focus.overlays.last_mut()
        && help.find.take().is_some()
    {
        help.top = 0;
        return;
    }
    if matches!(model.focus.overlay(), Some(Overlay::Filter(_))) {
        chats::find(model, "");
    }
    close(model);
}

/// Tab: the next pane's help, the next of our numbers.
fn turn(model: &mut Model, backwards: bool) {
    match model.focus.overlays.last_mut() {
        Some(Overlay::Help(help)) => help::turn(help, backwards),
        Some(Overlay::NewChat(_)) => newchat::next_number(model, backwards),
        // The letters stay, and the list has the keys.
        Some(Overlay::Filter(_)) => close(model),
        Some(Overlay::Search(_)) => search::turn(model),
        Some(Overlay::Bind(bind)) => bind::turn(bind),
        _ => {}
    }
}

/// Takes the uppermost layer away.
pub(crate) fn close(model: &mut Model) {
    model.focus.overlays.pop();
    model.redraw = true;
}

/// Go to a chat.
pub(crate) fn open_switcher(model: &mut Model) {
    close_picks(model);
    let pick = Pick::new(chats_by_name(model));
    model.focus.overlays.push(Overlay::Switcher(pick));
}

/// Every chat with what it is found by.
pub(crate) fn chats_by_name(model: &Model) -> Vec<(ChatId, String)> {
    let found = model.chats.iter().map(|chat| (chat.id, found_by(chat)));
    found.collect()
}

/// Changes the field of the uppermost layer, and filters by it.
pub(crate) fn edit(model: &mut Model, out: &mut Out, change: impl FnOnce(&mut Field) -> bool) {
    model.redraw = true;
    match model.focus.overlay() {
        Some(Overlay::Attach(_)) => return attach::edit(model, out, change),
        Some(Overlay::Template(_)) => return templates::edit(model, out, change),
        Some(Overlay::Replies(_)) => return replies::edit(model, change),
        Some(Overlay::Choices(_)) => return choices::edit(model, change),
        Some(Overlay::Wizard(_)) => return wizard::edit(model, out, change),
        _ => {}
    }
    let Some(field) = model.focus.overlays.last_mut().and_then(Overlay::field_mut) else {
        return;
    };
    if !change(field) {
        return;
    }
    let query = field.text();
    let far = query.trim().chars().count() >= ASK_FROM && !model.chats.is_complete();
    let asks = match model.focus.overlays.last_mut() {
        Some(Overlay::Switcher(_)) if query.starts_with('>') => {
            palette::open(model);
            let rest = query.trim_start_matches('>').to_owned();
            if let Some(Overlay::Palette(pick)) = model.focus.overlays.last_mut() {
                pick.field.insert_str(&rest);
                pick.list.set_query(&rest);
            }
            false
        }
        Some(Overlay::Switcher(pick)) => {
            pick.list.set_query(&query);
            far
        }
        Some(Overlay::Filter(_)) => {
            chats::find(model, &query);
            far
        }
        Some(Overlay::Forward(forward)) => {
            forward.pick.list.set_query(&query);
            far
        }
        Some(layer) => {
            told(layer, &query);
            false
        }
        None => false,
    };
    match model.focus.overlay() {
        Some(Overlay::Search(_)) => search::edited(model),
        Some(Overlay::Snooze(_)) => snooze::typed(model),
        _ => {}
    }
    if asks && model.daemon.is_up() {
        out.push(Effect::Chats(ListAsk::Find(query), None));
    }
}

/// A layer's words changed: it filters by them.
fn told(layer: &mut Overlay, query: &str) {
    match layer {
        Overlay::Palette(pick) => palette::told(pick, query),
        Overlay::React(react) => react.pick.list.set_query(query),
        Overlay::Links(pick) => pick.list.set_query(query),
        Overlay::Labels(labels) => labels.pick.list.set_query(query),
        Overlay::NewChat(new) => new.search = Search::Idle,
        Overlay::Help(help) => help.top = 0,
        Overlay::Ask(ask) => ask.fault = None,
        _ => {}
    }
}

/// Chats that were asked for have come: the switcher finds them too.
pub(crate) fn refresh_switcher(model: &mut Model) {
    let entries = chats_by_name(model);
    match model.focus.overlays.last_mut() {
        Some(Overlay::Switcher(pick)) => pick.list.replace(entries),
        Some(Overlay::Forward(forward)) => forward.pick.list.replace(entries),
        _ => return,
    }
    model.redraw = true;
}

/// Scrolls the uppermost layer, or moves the cursor of its list.
pub(crate) fn scroll(model: &mut Model, rows: i32, out: &mut Out) {
    go(model, isize::try_from(rows).unwrap_or(0), out);
}

/// A row of the uppermost layer was clicked.
pub(crate) fn choose(model: &mut Model, row: usize, out: &mut Out) {
    let there = match model.focus.overlays.last_mut() {
        Some(Overlay::Switcher(pick)) => put(&mut pick.list, row),
        Some(Overlay::Forward(forward)) => put(&mut forward.pick.list, row),
        Some(Overlay::Palette(pick)) => put(&mut pick.list, row),
        Some(Overlay::React(react)) => put(&mut react.pick.list, row),
        Some(Overlay::Links(pick)) => put(&mut pick.list, row),
        Some(Overlay::Labels(labels)) => put(&mut labels.pick.list, row),
        Some(Overlay::Snooze(snooze)) => put(&mut snooze.pick.list, row),
        Some(Overlay::Attach(attach)) => {
            // A click ticks a file, and goes into a folder.
            if put(&mut attach.pick.list, row) {
                let folder = attach.current().is_some_and(|entry| entry.folder);
                let deed = if folder { Action::Accept } else { Action::Tick };
                attach::act(model, deed, out);
            }
            false
        }
        Some(Overlay::Template(picker)) => {
            if put(&mut picker.pick.list, row) {
                templates::accept(model, out);
            }
            false
        }
        Some(Overlay::Replies(replies)) => {
            put(&mut replies.pick.list, row);
            false
        }
        Some(Overlay::Choices(choices)) => {
            choices.at = row.min(choices.fields.len().saturating_sub(1));
            false
        }
        Some(Overlay::Search(search)) if row < search.hits.len() => {
            search.cursor = row;
            true
        }
        _ => false,
    };
    if there {
        accept(model, out);
    }
}

fn put<T>(list: &mut List<T>, row: usize) -> bool {
    let there = row < list.len();
    if there {
        list.set_cursor(row);
    }
    there
}

/// `y`, `s` and `n` answer a question too.
pub(crate) fn answer_by_letter(model: &mut Model, key: KeyEvent, out: &mut Out) {
    match key.code {
        KeyCode::Char('y' | 'Y' | 's' | 'S') => accept(model, out),
        KeyCode::Char('n' | 'N') => close(model),
        _ => {}
    }
}

pub(crate) fn close_picks(model: &mut Model) {
    model.focus.overlays.retain(|layer| !layer.has_field());
}

fn go(model: &mut Model, by: isize, out: &mut Out) {
    let most = model
        .seen
        .overlay_lines
        .saturating_sub(model.seen.overlay_rows);
    match model.focus.overlays.last_mut() {
        Some(Overlay::Switcher(pick)) => pick.list.step(by),
        Some(Overlay::Palette(pick)) => pick.list.step(by),
        Some(Overlay::Filter(_)) => chats::step(model, by),
        Some(Overlay::Forward(forward)) => forward.pick.list.step(by),
        Some(Overlay::React(react)) => react.pick.list.step(by),
        Some(Overlay::Links(pick)) => pick.list.step(by),
        Some(Overlay::Part(part)) => select::stride(part, by),
        Some(Overlay::Picture(_)) => files::step(model, by),
        Some(Overlay::Attach(_)) => attach::step(model, by, out),
        Some(Overlay::Template(_)) => templates::step(model, by, out),
        Some(Overlay::Replies(replies)) => replies.pick.list.step(by),
        Some(Overlay::Search(_)) => search::step(model, by, out),
        Some(Overlay::Notes(_)) => card::step(model, by),
        Some(Overlay::Labels(labels)) => labels.pick.list.step(by),
        Some(Overlay::Snooze(snooze)) => snooze.pick.list.step(by),
        Some(Overlay::Help(help)) => help.top = help.top.saturating_add_signed(by).min(most),
        Some(Overlay::Details(details)) => {
            details.top = details.top.saturating_add_signed(by).min(most);
        }
        Some(
            Overlay::Confirm(_)
            | Overlay::Ask(_)
            | Overlay::Choices(_)
            | Overlay::NewChat(_)
            | Overlay::Bind(_)
            | Overlay::Wizard(_)
            | Overlay::Stats(_),
        )
        | None => {}
    }
}

/// Does what is chosen in the uppermost layer.
pub(crate) fn accept(model: &mut Model, out: &mut Out) {
    if matches!(model.focus.overlay(), Some(Overlay::NewChat(_))) {
        return newchat::accept(model, out);
    }
    let Some(layer) = model.focus.overlays.pop() else {
        return;
    };
    match layer {
        Overlay::Switcher(pick) => {
            if let Some(id) = pick.list.selected().copied() {
                go_to_chat(model, id, out);
            } else if pick.field.text().starts_with('+') {
                newchat::open(model, &pick.field.text());
            }
        }
        Overlay::Forward(forward) => {
            if let Some(id) = forward.pick.list.selected().copied() {
                select::forward_to(model, id, &forward.text, out);
            }
        }
        Overlay::React(react) => react::send(model, &react, out),
        Overlay::Links(pick) => match pick.list.selected() {
            Some(link) if link.is_empty() => {
                files::act(model, Action::OpenLink, out);
            }
            link => out.extend(link.cloned().map(Effect::OpenLink)),
        },
        Overlay::Part(part) => {
            let words = part.text.get(part.chosen()).unwrap_or_default();
            out.push(Effect::Copy(words.to_owned()));
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
        Overlay::Search(search) => search::go(model, *search, out),
        Overlay::Ask(ask) => ask::accept(model, ask, out),
        Overlay::Notes(notes) => card::keep(model, &notes, out),
        Overlay::Labels(labels) => card::toggle(model, labels, out),
        Overlay::Snooze(chosen) => snooze::accept(model, chosen, out),
        Overlay::Attach(_)
        | Overlay::Template(_)
        | Overlay::Replies(_)
        | Overlay::Choices(_)
        | Overlay::Help(_)
        | Overlay::Details(_)
        | Overlay::NewChat(_)
        | Overlay::Picture(_)
        | Overlay::Bind(_)
        | Overlay::Wizard(_)
        | Overlay::Stats(_) => {}
        Overlay::Confirm(confirm) => match confirm.deed {
            Deed::Retry(id) => out.push(Effect::Retry(id)),
            Deed::Open(address) => out.push(Effect::OpenLink(address)),
            Deed::Attach(chat, offered) => parcel::take_offer(model, chat, offered, out),
            Deed::OpenFile(media, name) => {
                out.push(Effect::File(FileDeed::Open { media, name }));
            }
            Deed::Leave => leave::leave(model, out),
            Deed::ReadAll(chats) => readall::mark_all(chats, out),
            Deed::RemoveReply(id) => out.push(Effect::Saved(SavedDeed::DeleteReply(id))),
            Deed::Template => templates::open(model, out),
        },
    }
}

/// Goes to a chat wherever it is, widening the list if it must.
pub(crate) fn go_to_chat(model: &mut Model, id: ChatId, out: &mut Out) {
    let number = model.chats.get(id).map(|chat| chat.number_id);
    if model.filter().is_some() && model.filter() != number {
        chats::narrow(model, None);
    }
    chats::open(model, id, out);
}
