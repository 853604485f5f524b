//! Saved replies: offered by `/name` in the box, expanded, and kept in a layer of their own.

use common::api::event::Severity;
use common::api::replies::{NewReply, PatchReply};
use common::file::kind::FileKind;
use common::file::name;
use common::model::reply::{Around, Reply, expand};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::action::Action;
use crate::effect::Effect;
use crate::model::Model;
use crate::model::attach::{For, Offered};
use crate::model::compose::{Complete, Found};
use crate::model::overlay::{Confirm, Deed, Overlay};
use crate::model::replies::{Draft, Replies};
use crate::model::toast::Say;
use crate::part::field::Field;
use crate::saved::{SavedDeed, SavedNews};
use crate::update::answer::tell;
use crate::update::talk::say;
use crate::update::{Out, attach, compose, overlay};

/// What the box offers for `/name` at its begin; asks for the replies the first time.
pub(crate) fn offered(model: &mut Model, before: &str, out: &mut Out) -> Option<Complete> {
    let name = before.strip_prefix('/')?;
    if name.contains(char::is_whitespace) {
        return None;
    }
    ask(model, out);
    let found = model.saved.beginning(name);
    let letters = name.chars().count() + 1;
    (!found.is_empty()).then(|| Complete {
        letters,
        found: found
            .into_iter()
            .map(|reply| Found::Reply(Box::new(reply)))
            .collect(),
        cursor: 0,
        moved: false,
    })
}

/// Asks for all of them, once.
fn ask(model: &mut Model, out: &mut Out) {
    if model.saved.all.is_none() && !model.saved.asked && model.daemon.is_up() {
        model.saved.asked = true;
        out.push(Effect::Saved(SavedDeed::Replies));
    }
}

/// The words of a reply with everything in its place.
fn words(model: &Model, reply: &Reply) -> String {
    let customer = model.open_chat().map(|chat| &chat.customer);
    let name = customer.and_then(|customer| {
        let given = customer
            .name
            .as_deref()
            .or(customer.profile_name.as_deref());
        given.and_then(|name| name.split_whitespace().next())
    });
    let number = model.open_number().map(|number| number.label.as_str());
    let around = Around {
        customer_name: name.unwrap_or_default(),
        operator: model.daemon.operator().unwrap_or_default(),
        number: number.unwrap_or_default(),
    };
    expand(&reply.text, &around)
}

/// Puts a reply in the box, in the place of so many letters; its files go with the words.
pub(crate) fn insert(model: &mut Model, reply: &Reply, letters: usize) {
    let Some(open) = model.open_id() else { return };
    let words = words(model, reply);
    compose::edit(model, |field| field.replace_before(letters, &words));
    let enclosed = reply.files.iter().map(|media| {
        let kind = media.kind.unwrap_or(FileKind::Document);
        Offered {
            media: media.id,
            kind,
            name: name::or(
                media.filename.as_deref(),
                kind.as_str(),
                media.mime.as_deref(),
            ),
        }
    });
    let enclosed: Vec<Offered> = enclosed.collect();
    let compose = model.composes.entry(open).or_default();
    compose.enclosed.extend(enclosed);
    compose.version += 1;
    model.redraw = true;
}

/// Opens the layer that keeps them.
pub(crate) fn open(model: &mut Model, out: &mut Out) {
    ask(model, out);
    let replies = Replies::new(model.saved.all.as_deref().unwrap_or_default());
    model
        .focus
        .overlays
        .push(Overlay::Replies(Box::new(replies)));
}

fn layer(model: &mut Model) -> Option<&mut Replies> {
    match model.focus.overlays.last_mut() {
        Some(Overlay::Replies(replies)) => Some(replies),
        _ => None,
    }
}

/// Does a deed in the layer; false if it was none of its.
pub(crate) fn act(model: &mut Model, action: Action, out: &mut Out) -> bool {
    let Some(replies) = layer(model) else {
        return false;
    };
    // Files that have come since belong to the draft.
    let come = std::mem::take(&mut replies.files);
    if let Some(draft) = &mut replies.draft {
        draft.files.extend(come);
    }
    match (action, &mut replies.draft) {
        (Action::NextPane | Action::PreviousPane, Some(draft)) => draft.in_text = !draft.in_text,
        (Action::Down, Some(draft)) if !draft.in_text => draft.in_text = true,
        (Action::Attach, Some(_)) => attach::open_with(model, For::Reply, Vec::new(), out),
        (Action::Accept, Some(_)) => keep(model, out),
        (Action::Back, Some(_)) => replies.draft = None,
        (Action::Down, None) => replies.pick.list.step(1),
        (Action::Up, None) => replies.pick.list.step(-1),
        (Action::NextPane, None) => {
            if let Some(reply) = replies.pick.list.selected() {
                replies.draft = Some(Draft::new(Some(reply)));
            }
        }
        (Action::NewReply, None) => replies.draft = Some(Draft::new(None)),
        (Action::RemoveReply, None) => {
            if let Some(reply) = replies.pick.list.selected() {
                let say = Say::new("confirm-remove-reply").with("name", &reply.name);
                let deed = Deed::RemoveReply(reply.id);
                let ask = Overlay::Confirm(Confirm { say, deed });
                model.focus.overlays.push(ask);
            }
        }
        (Action::Accept, None) => {
            let reply = replies.pick.list.selected().cloned();
            overlay::close(model);
            if let Some(reply) = reply {
                insert(model, &reply, 0);
            }
        }
        _ => return false,
    }
    true
}

/// Keeps what is written.
fn keep(model: &mut Model, out: &mut Out) {
    let org = model.open_chat().map(|chat| chat.org_id);
    let Some(replies) = layer(model) else { return };
    let uploading = replies.uploading > 0;
    let Some(draft) = &mut replies.draft else {
        return;
    };
    draft.fault = draft.wrong();
    if uploading {
        draft.fault = Some(Say::new("attach-looking"));
    }
    if draft.fault.is_some() {
        return;
    }
    let (name, text) = (draft.name.text().trim().to_owned(), draft.text.text());
    let media_ids = draft.media_ids();
    let deed = match draft.id {
        None => SavedDeed::AddReply(NewReply {
            org_id: org,
            name,
            text,
            media_ids,
        }),
        Some(id) => SavedDeed::EditReply(
            id,
            PatchReply {
                name: Some(name),
                text: Some(text),
                media_ids: Some(media_ids),
            },
        ),
    };
    out.push(Effect::Saved(deed));
}

/// A letter: of the filter or of what is written.
pub(crate) fn key(model: &mut Model, key: KeyEvent) {
    let newline = key.code == KeyCode::Enter || key.code == KeyCode::Char('j');
    if newline && !(key.modifiers - KeyModifiers::SHIFT).is_empty() {
        let draft = layer(model).and_then(|replies| replies.draft.as_mut());
        if let Some(draft) = draft.filter(|draft| draft.in_text) {
            draft.text.newline();
        }
        return;
    }
    edit(model, |field| field.input(key));
}

/// Changes the filter or what is written.
pub(crate) fn edit(model: &mut Model, change: impl FnOnce(&mut Field) -> bool) {
    let Some(replies) = layer(model) else { return };
    if let Some(draft) = &mut replies.draft {
        draft.fault = None;
        change(draft.field_mut());
        return;
    }
    if change(&mut replies.pick.field) {
        let query = replies.pick.field.text();
        replies.pick.list.set_query(&query);
    }
}

/// A reply changed, here or elsewhere.
pub(crate) fn fold(model: &mut Model, reply: Reply) {
    model.saved.fold(reply);
    refresh(model);
}

fn refresh(model: &mut Model) {
    let all = model.saved.all.clone().unwrap_or_default();
    for layer in &mut model.focus.overlays {
        if let Overlay::Replies(replies) = layer {
            replies.take(&all);
        }
    }
    model.redraw = true;
}

/// What came.
pub(crate) fn news(model: &mut Model, news: SavedNews, out: &mut Out) {
    match news {
        SavedNews::Replies(Ok(mut all)) => {
            all.sort_by(|a, b| a.name.cmp(&b.name));
            model.saved.all = Some(all);
            model.saved.asked = false;
            refresh(model);
            // Letters that were typed meanwhile find theirs now.
            crate::update::complete::typed(model, out);
        }
        SavedNews::Replies(Err(problem)) => {
            model.saved.asked = false;
            tell(model, &problem);
        }
        SavedNews::ReplyKept(Ok(())) => {
            if let Some(replies) = layer(model) {
                replies.draft = None;
            }
            say(model, Severity::Info, Say::new("toast-reply-kept"));
            // The event tells what it is now; where it is late this does.
            out.push(Effect::Saved(SavedDeed::Replies));
        }
        SavedNews::ReplyKept(Err(problem)) => tell(model, &problem),
        _ => {}
    }
}
