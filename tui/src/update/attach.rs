//! Choosing files of this machine and sending them: walking folders, ticking, captions, and the verdict before anything leaves.

use std::path::{Path, PathBuf};

use common::api::event::Severity;
use crossterm::event::{KeyCode, KeyEvent};

use crate::action::Action;
use crate::effect::Effect;
use crate::file::{Entry, FileDeed, FileNews, Looked};
use crate::model::Model;
use crate::model::attach::{Attach, Chosen, For};
use crate::model::overlay::Overlay;
use crate::model::toast::Say;
use crate::part::field::Field;
use crate::part::list::List;
use crate::update::talk::say;
use crate::update::{Out, borrow, compose, overlay, parcel};

/// Opens the picker for the open chat.
pub(crate) fn open(model: &mut Model, out: &mut Out) {
    let Some(chat) = model.open_id() else {
        return say(model, Severity::Info, Say::new("toast-no-chat"));
    };
    if !model.window_is_open() {
        return say(model, Severity::Warning, Say::new("toast-window-closed"));
    }
    let unsent = model.habits.unsent.remove(&chat).unwrap_or_default();
    open_with(model, For::Chat(chat), unsent, out);
}

/// Opens it with files that are ticked already.
pub(crate) fn open_with(model: &mut Model, whose: For, chosen: Vec<Chosen>, out: &mut Out) {
    let first = chosen.first().and_then(|one| one.path.parent());
    let folder = first
        .map(Path::to_owned)
        .or_else(|| model.habits.folder.clone())
        .unwrap_or_else(|| PathBuf::from("~"));
    let mut attach = Attach::new(whose, folder);
    for one in &chosen {
        look(&mut attach, &one.path, out);
    }
    attach.chosen = chosen;
    model.focus.overlays.push(Overlay::Attach(Box::new(attach)));
    list(model, out);
}

pub(crate) fn layer(model: &mut Model) -> Option<&mut Attach> {
    model
        .focus
        .overlays
        .iter_mut()
        .rev()
        .find_map(|layer| match layer {
            Overlay::Attach(attach) => Some(&mut **attach),
            _ => None,
        })
}

/// Asks for what is in the folder.
fn list(model: &mut Model, out: &mut Out) {
    let recent = model.habits.recent.clone();
    if let Some(attach) = layer(model) {
        attach.listed = false;
        out.push(Effect::File(FileDeed::List {
            folder: attach.folder.clone(),
            hidden: attach.hidden,
            recent,
        }));
    }
}

/// Asks what a file is, once.
pub(crate) fn look(attach: &mut Attach, path: &Path, out: &mut Out) {
    if !attach.looked.contains_key(path) {
        attach.looked.insert(path.to_owned(), Looked::Coming);
        out.push(Effect::File(FileDeed::Look(path.to_owned())));
    }
}

fn look_at_current(model: &mut Model, out: &mut Out) {
    if let Some(attach) = layer(model) {
        attach.refusal = None;
        if let Some(entry) = attach.current().filter(|entry| !entry.folder).cloned() {
            look(attach, &entry.path, out);
        }
    }
}

/// Does a deed in the picker; false if it was none of its.
pub(crate) fn act(model: &mut Model, action: Action, out: &mut Out) -> bool {
    if !matches!(model.focus.overlay(), Some(Overlay::Attach(_))) {
        return false;
    }
    let page = isize::try_from(model.seen.overlay_rows.max(2) - 1).unwrap_or(1);
    match action {
        Action::Down => step(model, 1, out),
        Action::Up => step(model, -1, out),
        Action::PageDown => step(model, page, out),
        Action::PageUp => step(model, -page, out),
        Action::First => step(model, isize::MIN, out),
        Action::Last => step(model, isize::MAX, out),
        Action::Tick => tick(model, out),
        Action::NextPane | Action::PreviousPane => caption(model, out),
        Action::AsDocument => as_document(model, out),
        Action::HiddenFiles => {
            if let Some(attach) = layer(model) {
                attach.hidden = !attach.hidden;
            }
            list(model, out);
        }
        Action::PasteClipboard => out.push(Effect::Clipboard),
        Action::Accept => accept(model, out),
        Action::Back => {
            if layer(model).is_none_or(|attach| attach.caption.take().is_none()) {
                overlay::close(model);
            }
        }
        _ => return false,
    }
    true
}

/// Moves the cursor.
pub(crate) fn step(model: &mut Model, by: isize, out: &mut Out) {
    if let Some(attach) = layer(model) {
        attach.caption = None;
        attach.pick.list.step(by);
    }
    look_at_current(model, out);
}

/// A key that is no deed: a letter of the filter or of the caption, or a blank that ticks.
pub(crate) fn key(model: &mut Model, key: KeyEvent, out: &mut Out) {
    let Some(attach) = layer(model) else { return };
    if attach.caption.is_some() {
        return edit(model, out, |field| field.input(key));
    }
    let empty = attach.pick.field.is_empty();
    match key.code {
        KeyCode::Char(' ') => tick(model, out),
        KeyCode::Backspace | KeyCode::Left if empty => up(model, out),
        KeyCode::Right if empty => enter(model, out),
        _ => edit(model, out, |field| field.input(key)),
    }
}

/// Changes the filter or the caption.
pub(crate) fn edit(model: &mut Model, out: &mut Out, change: impl FnOnce(&mut Field) -> bool) {
    let Some(attach) = layer(model) else { return };
    attach.refusal = None;
    if let Some(field) = &mut attach.caption {
        if change(field) {
            let words = field.text();
            if let Some(path) = attach.current().map(|entry| entry.path.clone()) {
                attach.tick_mut(&path).caption = words;
            }
        }
        return;
    }
    if change(&mut attach.pick.field) {
        let query = attach.pick.field.text();
        if !is_path(&query) {
            attach.pick.list.set_query(&query);
        }
    }
    look_at_current(model, out);
}

/// What is typed is a place to go to rather than letters to find.
fn is_path(text: &str) -> bool {
    text.starts_with('/') || text.starts_with('~') || text == ".."
}

/// Goes to a folder.
fn go(model: &mut Model, folder: PathBuf, out: &mut Out) {
    if let Some(attach) = layer(model) {
        attach.folder = folder;
        attach.pick.field = Field::single();
        attach.pick.list = List::new(Vec::new());
        attach.caption = None;
        attach.refusal = None;
    }
    list(model, out);
}

fn up(model: &mut Model, out: &mut Out) {
    let parent = layer(model).and_then(|attach| attach.folder.parent().map(Path::to_owned));
    if let Some(parent) = parent {
        go(model, parent, out);
    }
}

/// Goes into the folder under the cursor; true if it is one.
fn enter(model: &mut Model, out: &mut Out) {
    let folder = layer(model)
        .and_then(|attach| attach.current())
        .filter(|entry| entry.folder)
        .map(|entry| entry.path.clone());
    if let Some(folder) = folder {
        go(model, folder, out);
    }
}

fn tick(model: &mut Model, out: &mut Out) {
    let Some(attach) = layer(model) else { return };
    let Some(entry) = attach.current().filter(|entry| !entry.folder).cloned() else {
        return;
    };
    attach.refusal = None;
    look(attach, &entry.path, out);
    if attach.tick(&entry.path).is_some() {
        attach.chosen.retain(|chosen| chosen.path != entry.path);
    } else {
        if !matches!(attach.whose, For::Chat(_)) {
            attach.chosen.clear();
        }
        attach.chosen.push(Chosen::new(entry.path));
    }
    attach.pick.list.step(1);
    look_at_current(model, out);
}

/// Begins the caption of the file under the cursor, which is ticked by it; or ends it.
fn caption(model: &mut Model, out: &mut Out) {
    let Some(attach) = layer(model) else { return };
    if attach.caption.take().is_some() {
        return;
    }
    if !matches!(attach.whose, For::Chat(_)) {
        return;
    }
    let Some(entry) = attach.current().filter(|entry| !entry.folder).cloned() else {
        return;
    };
    look(attach, &entry.path, out);
    let mut field = Field::single();
    field.set(&attach.tick_mut(&entry.path).caption);
    attach.caption = Some(field);
}

fn as_document(model: &mut Model, out: &mut Out) {
    let Some(attach) = layer(model) else { return };
    let Some(entry) = attach.current().filter(|entry| !entry.folder).cloned() else {
        return;
    };
    attach.refusal = None;
    look(attach, &entry.path, out);
    let tick = attach.tick_mut(&entry.path);
    tick.document = !tick.document;
}

/// Goes into a folder, or sends what is ticked, or the file under the cursor.
fn accept(model: &mut Model, out: &mut Out) {
    let Some(attach) = layer(model) else { return };
    let typed = attach.pick.field.text();
    if attach.caption.is_none() && is_path(&typed) {
        let folder = match typed.as_str() {
            ".." => attach
                .folder
                .parent()
                .map_or_else(|| attach.folder.clone(), Path::to_owned),
            path => PathBuf::from(path),
        };
        return go(model, folder, out);
    }
    let current = attach.current().cloned();
    if attach.caption.is_none() && current.as_ref().is_some_and(|entry| entry.folder) {
        return enter(model, out);
    }
    let chosen = if attach.chosen.is_empty() {
        let alone = current.filter(|entry| !entry.folder);
        alone
            .map(|entry| Chosen::new(entry.path))
            .into_iter()
            .collect()
    } else {
        attach.chosen.clone()
    };
    let mut fits = Vec::new();
    for one in chosen {
        match attach.fit(&one) {
            Ok(fit) => fits.push((one, fit)),
            Err(why) => {
                attach.refusal = Some(why);
                return;
            }
        }
    }
    let (whose, folder) = (attach.whose, attach.folder.clone());
    if fits.is_empty() {
        return;
    }
    model.habits.folder = Some(folder);
    overlay::close(model);
    match whose {
        For::Chat(chat) => parcel::send(model, chat, fits, out),
        For::Header(_) | For::Reply => {
            if let Some((one, fit)) = fits.pop() {
                borrow::chosen(model, one.path, fit.kind, out);
            }
        }
    }
}

/// What came of looking.
pub(crate) fn news(model: &mut Model, news: FileNews, out: &mut Out) {
    model.redraw = true;
    match news {
        FileNews::Listed {
            folder,
            shown,
            entries,
            clipboard,
        } => {
            if let Some(attach) = layer(model) {
                (attach.folder, attach.shown, attach.clipboard) = (folder, shown, clipboard);
            }
            listed(model, entries, out);
        }
        FileNews::Looked(path, looked) => {
            if let Some(attach) = layer(model) {
                attach.looked.insert(path, looked);
            }
        }
        FileNews::Dropped(text, files) if files.is_empty() => {
            compose::edit(model, |field| field.insert_str(&text));
        }
        FileNews::Dropped(_, files) => parcel::tick_all(model, files, out),
        FileNews::Pasted(path) => parcel::tick_all(model, vec![path], out),
        FileNews::Gone(chat, client_id, done, total) => {
            let compose = model.composes.get_mut(&chat);
            let parcel = compose
                .and_then(|compose| {
                    compose
                        .leaving
                        .iter_mut()
                        .find(|l| l.client_id == client_id)
                })
                .and_then(|leaving| leaving.file.as_mut());
            if let Some(parcel) = parcel {
                parcel.moved = Some((done, total));
            }
        }
        _ => {}
    }
}

fn listed(model: &mut Model, entries: Result<Vec<Entry>, String>, out: &mut Out) {
    let Some(attach) = layer(model) else { return };
    attach.listed = true;
    let (entries, fault) = match entries {
        Ok(entries) => (entries, None),
        Err(why) => (Vec::new(), Some(why)),
    };
    attach.fault = fault;
    let named = entries.into_iter().map(|entry| {
        let name = entry.name.clone();
        (entry, name)
    });
    let mut list = List::new(named.collect());
    let query = attach.pick.field.text();
    if !is_path(&query) {
        list.set_query(&query);
    }
    // The cursor begins on what is ticked, and else below the way up.
    let first = attach.chosen.first().map(|chosen| chosen.path.clone());
    let at = list.shown().iter().position(|shown| {
        let entry = list.entry(shown.index).map(|(entry, _)| &entry.path);
        first.is_some() && entry == first.as_ref()
    });
    list.set_cursor(at.unwrap_or(usize::from(list.len() > 1)));
    attach.pick.list = list;
    look_at_current(model, out);
}
