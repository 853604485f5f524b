//! Deeds on the customer beside a chat: their card, notes, labels, our name for them, their opt-out.

use common::api::chats::{LabelUse, PatchChat};
use common::api::customers::{CustomerCard, PatchCustomer};
use common::api::problem::{Code, Problem};
use common::id::CustomerId;
use common::time::Stamp;

use crate::action::Action;
use crate::effect::{Effect, NoteDeed};
use crate::model::Model;
use crate::model::overlay::{Asked, Labels, Notes, Overlay, Pick};
use crate::model::toast::Say;
use crate::part::field::Field;
use crate::part::there;
use crate::update::link::put_chat;
use crate::update::{Out, answer, ask, chats, mark};

/// Does a deed on the customer of the chat that is meant.
pub(crate) fn act(model: &mut Model, action: Action, out: &mut Out) {
    let Some(chat) = chats::meant(model) else {
        return;
    };
    let (id, number, customer) = (chat.id, chat.number_id, chat.customer.clone());
    match action {
        Action::Note => {
            look(model, customer.id, out);
            model.focus.overlays.push(Overlay::Notes(Notes {
                customer: customer.id,
                field: Field::new(),
                editing: None,
            }));
        }
        Action::Labels => {
            let chosen = chat.labels.clone();
            let mut layer = Labels {
                chat: id,
                pick: Pick::new(Vec::new()),
                chosen,
            };
            offer(&mut layer, &[]);
            model.focus.overlays.push(Overlay::Labels(layer));
            if model.daemon.is_up() {
                out.push(Effect::Labels(number));
            }
        }
        Action::Rename => {
            let name = customer.name.unwrap_or_default();
            ask::open_with(model, Asked::Name(id), &name);
        }
        Action::OptOut => {
            let out_now = customer.opted_out_at.is_none();
            let patch = |opted_out| PatchCustomer {
                opted_out: Some(opted_out),
                ..PatchCustomer::default()
            };
            out.push(Effect::PatchCustomer(customer.id, patch(out_now)));
            let word = if out_now {
                "done-opted-out"
            } else {
                "done-opted-in"
            };
            let back = Effect::PatchCustomer(customer.id, patch(!out_now));
            let words = Say::new(word).with("name", customer.display_name());
            mark::offer(model, words, back);
        }
        _ => {}
    }
}

/// The customer whose card the screen shows now.
fn shown(model: &Model) -> Option<CustomerId> {
    model
        .panel_shown()
        .then(|| model.open_chat().map(|chat| chat.customer.id))
        .flatten()
}

/// When the card on the screen is to be asked for.
pub(crate) fn due(model: &Model) -> Option<Stamp> {
    model.cards.due(shown(model)?)
}

/// Asks for the card on the screen, once that is due.
pub(crate) fn ask_what_is_due(model: &mut Model, out: &mut Out) {
    let due = due(model).is_some_and(|at| at <= model.now);
    if due
        && model.daemon.is_up()
        && let Some(id) = shown(model)
    {
        fetch(model, id, out);
    }
}

fn look(model: &mut Model, id: CustomerId, out: &mut Out) {
    if model.daemon.is_up() && model.cards.due(id).is_some() {
        fetch(model, id, out);
    }
}

fn fetch(model: &mut Model, id: CustomerId, out: &mut Out) {
    let phone = model
        .chats
        .iter()
        .find(|chat| chat.customer.id == id)
        .and_then(|chat| chat.customer.phone_number.as_ref());
    let there = phone.and_then(there::of);
    model.cards.ask(id, model.now, there);
    out.push(Effect::Card(id));
}

/// A card has come, with the customer's chats over every number.
pub(crate) fn came(model: &mut Model, id: CustomerId, result: Result<Box<CustomerCard>, Problem>) {
    match result {
        Ok(card) => {
            for chat in &card.chats {
                put_chat(model, chat.clone());
            }
            model.cards.put(id, *card);
            model.redraw = true;
        }
        Err(problem) if problem.code == Code::Unreachable => model.cards.forget(id),
        // The panel shows what the chat itself tells.
        Err(problem) if problem.code == Code::NotFound => {}
        Err(problem) => answer::tell(model, &problem),
    }
}

/// A note was kept, changed or thrown away, or not.
pub(crate) fn noted(model: &mut Model, id: CustomerId, result: Result<(), Problem>) {
    model.cards.forget(id);
    if let Err(problem) = result {
        answer::tell(model, &problem);
    }
}

/// Goes to another note, or to the new one; words that are not kept yet stay where they are.
pub(crate) fn step(model: &mut Model, by: isize) {
    let Some(Overlay::Notes(layer)) = model.focus.overlays.last_mut() else {
        return;
    };
    let notes = model
        .cards
        .get(layer.customer)
        .map_or(&[][..], |c| &c.notes);
    let here = |id| notes.iter().position(|note| note.id == id);
    let at = layer.editing.and_then(here).map_or(0, |at| at + 1);
    let kept = at.checked_sub(1).and_then(|at| notes.get(at));
    if layer.field.text() != kept.map_or("", |note| &note.text) {
        return;
    }
    let to = at.saturating_add_signed(by).min(notes.len());
    let note = to.checked_sub(1).and_then(|at| notes.get(at));
    layer.editing = note.map(|note| note.id);
    layer.field = Field::new();
    layer.field.set(note.map_or("", |note| &note.text));
}

/// Keeps the words as a note. A note without words is thrown away, and can be taken back.
pub(crate) fn keep(model: &mut Model, layer: &Notes, out: &mut Out) {
    let customer = layer.customer;
    let text = layer.field.text().trim().to_owned();
    let before = layer
        .editing
        .and_then(|id| model.cards.note(customer, id))
        .map(|note| (note.id, note.text.clone()));
    match before {
        None if text.is_empty() => {}
        None => out.push(Effect::Note(customer, NoteDeed::Add(text))),
        Some((id, before)) if text.is_empty() => {
            out.push(Effect::Note(customer, NoteDeed::Delete(id)));
            let back = Effect::Note(customer, NoteDeed::Add(before));
            mark::offer(model, Say::new("done-note-gone"), back);
        }
        Some((id, before)) if before != text => {
            out.push(Effect::Note(customer, NoteDeed::Edit(id, text)));
        }
        Some(_) => {}
    }
}

/// Labels in use have come.
pub(crate) fn labels(model: &mut Model, result: Result<Vec<LabelUse>, Problem>) {
    let used = match result {
        Ok(used) => used,
        Err(problem) => return answer::tell(model, &problem),
    };
    if let Some(Overlay::Labels(layer)) = model.focus.overlays.last_mut() {
        offer(layer, &used);
        model.redraw = true;
    }
}

/// What can be chosen: the chat's own labels, then those in use, most used first.
fn offer(layer: &mut Labels, used: &[LabelUse]) {
    let mut names = layer.chosen.clone();
    for label in used.iter().map(|used| &used.label) {
        if !names.contains(label) {
            names.push(label.clone());
        }
    }
    let entries = names.into_iter().map(|name| (name.clone(), name)).collect();
    layer.pick.list.replace(entries);
}

/// Puts the label under the cursor on the chat or takes it off; one that nobody has used is new.
pub(crate) fn toggle(model: &mut Model, mut layer: Labels, out: &mut Out) {
    let typed = layer.pick.field.text().trim().to_owned();
    let exact = |name: &String| name.to_lowercase() == typed.to_lowercase();
    let picked = layer.pick.list.selected().cloned();
    let name = match picked {
        Some(name) if typed.is_empty() || exact(&name) || layer.pick.list.cursor() > 0 => name,
        Some(name) if name.to_lowercase().starts_with(&typed.to_lowercase()) => name,
        _ if !typed.is_empty() => typed,
        _ => return model.focus.overlays.push(Overlay::Labels(layer)),
    };
    match layer.chosen.iter().position(|chosen| *chosen == name) {
        Some(at) => {
            layer.chosen.remove(at);
        }
        None => layer.chosen.push(name.clone()),
    }
    let patch = PatchChat {
        labels: Some(layer.chosen.clone()),
        ..PatchChat::default()
    };
    out.push(Effect::Patch(layer.chat, patch));
    layer.pick.field.clear();
    layer.pick.list.set_query("");
    let shown = layer.pick.list.shown();
    let known = shown.iter().position(|shown| {
        layer
            .pick
            .list
            .entry(shown.index)
            .is_some_and(|(entry, _)| *entry == name)
    });
    if let Some(at) = known {
        layer.pick.list.set_cursor(at);
    } else {
        let mut names: Vec<(String, String)> = vec![(name.clone(), name)];
        let rest = (0..shown.len()).filter_map(|at| layer.pick.list.entry(at));
        names.extend(rest.map(|(entry, text)| (entry.clone(), text.to_owned())));
        layer.pick.list.replace(names);
        layer.pick.list.set_cursor(0);
    }
    model.focus.overlays.push(Overlay::Labels(layer));
}
