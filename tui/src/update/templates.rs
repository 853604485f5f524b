//! The template picker: choosing, filling in, sending; nothing leaves before every value fits.

use std::collections::hash_map::Entry as MapEntry;

use common::api::event::Severity;
use common::api::messages::Outgoing;
use common::api::templates::Proposal;
use common::file::kind::FileKind;
use common::model::template::Template;
use common::model::template::fill::fill;
use common::model::template::form::FieldKind;
use common::model::template::preview::{LineKind, preview};
use crossterm::event::KeyEvent;

use crate::action::Action;
use crate::effect::Effect;
use crate::model::Model;
use crate::model::attach::For;
use crate::model::compose::Leaving;
use crate::model::overlay::Overlay;
use crate::model::templates::{Form, Picker};
use crate::model::toast::Say;
use crate::part::field::Field;
use crate::saved::{SavedDeed, SavedNews};
use crate::update::answer::tell;
use crate::update::talk::say;
use crate::update::{Out, attach, borrow, overlay};

/// Opens the picker for the open chat; one that could not be sent is there again.
pub(crate) fn open(model: &mut Model, out: &mut Out) {
    let Some(chat) = model.open_chat().map(|chat| (chat.id, chat.number_id)) else {
        return say(model, Severity::Info, Say::new("toast-no-chat"));
    };
    let mut picker = match model.unsent_template.take() {
        Some(picker) if picker.chat == chat.0 => picker,
        _ => Box::new(Picker::new(chat.0, chat.1)),
    };
    picker.listed = false;
    model.focus.overlays.push(Overlay::Template(picker));
    out.push(Effect::Saved(SavedDeed::Templates(chat.1)));
}

pub(crate) fn layer(model: &mut Model) -> Option<&mut Picker> {
    model
        .focus
        .overlays
        .iter_mut()
        .rev()
        .find_map(|layer| match layer {
            Overlay::Template(picker) => Some(&mut **picker),
            _ => None,
        })
}

/// Does a deed in the picker; false if it was none of its.
pub(crate) fn act(model: &mut Model, action: Action, out: &mut Out) -> bool {
    if !matches!(model.focus.overlay(), Some(Overlay::Template(_))) {
        return false;
    }
    let page = isize::try_from(model.seen.overlay_rows.max(2) - 1).unwrap_or(1);
    match action {
        Action::Down => step(model, 1, out),
        Action::Up => step(model, -1, out),
        Action::PageDown => step(model, page, out),
        Action::PageUp => step(model, -page, out),
        Action::NextPane => turn(model, false, out),
        Action::PreviousPane => turn(model, true, out),
        Action::Accept => accept(model, out),
        Action::TemplateLanguage => {
            if let Some(picker) = layer(model).filter(|picker| picker.form.is_none()) {
                picker.turn_language();
            }
            propose(model, out);
        }
        Action::SyncTemplates => {
            if let Some(picker) = layer(model) {
                picker.syncing = true;
                let number = picker.number;
                out.push(Effect::Saved(SavedDeed::Sync(number)));
            }
        }
        Action::Attach => choose_file(model, out),
        Action::Back => {
            if layer(model).is_none_or(|picker| picker.form.take().is_none()) {
                overlay::close(model);
            }
        }
        Action::Template => overlay::close(model),
        _ => return false,
    }
    true
}

/// Up and down: the next template, or the next field.
pub(crate) fn step(model: &mut Model, by: isize, out: &mut Out) {
    let Some(picker) = layer(model) else { return };
    if let Some(form) = &mut picker.form {
        let last = form.fields.len().saturating_sub(1);
        form.at = form.at.saturating_add_signed(by).min(last);
        return;
    }
    picker.pick.list.step(by);
    propose(model, out);
}

/// Tab: into the form, and through its fields in a ring.
fn turn(model: &mut Model, backwards: bool, out: &mut Out) {
    let Some(picker) = layer(model) else { return };
    let Some(form) = &mut picker.form else {
        return fill_in(model, out);
    };
    let count = form.fields.len().max(1);
    let by = if backwards { count - 1 } else { 1 };
    form.at = (form.at + by) % count;
}

/// A letter: of the filter, or of the value.
pub(crate) fn key(model: &mut Model, key: KeyEvent, out: &mut Out) {
    edit(model, out, |field| field.input(key));
}

/// Changes the filter, or the value with the cursor.
pub(crate) fn edit(model: &mut Model, out: &mut Out, change: impl FnOnce(&mut Field) -> bool) {
    let Some(picker) = layer(model) else { return };
    if let Some(form) = &mut picker.form {
        if let Some(field) = form.texts.get_mut(form.at) {
            change(field);
        }
        return;
    }
    if change(&mut picker.pick.field) {
        let query = picker.pick.field.text();
        picker.pick.list.set_query(&query);
    }
    propose(model, out);
}

/// Asks once what may be proposed for the template under the cursor.
fn propose(model: &mut Model, out: &mut Out) {
    let Some(picker) = layer(model) else { return };
    let Some(template) = picker.pick.list.selected().filter(|t| t.can_be_sent()) else {
        return;
    };
    let id = template.id;
    if let MapEntry::Vacant(place) = picker.proposals.entry(id) {
        place.insert(Proposal::default());
        out.push(Effect::Saved(SavedDeed::Proposal(id, picker.chat)));
    }
}

/// Enter: fills in the template under the cursor, or sends the one that is filled in.
pub(crate) fn accept(model: &mut Model, out: &mut Out) {
    let has_form = layer(model).is_some_and(|picker| picker.form.is_some());
    if has_form {
        send(model, out);
    } else {
        fill_in(model, out);
    }
}

fn fill_in(model: &mut Model, out: &mut Out) {
    let Some(picker) = layer(model) else { return };
    let Some(template) = picker.pick.list.selected().cloned() else {
        return;
    };
    if !template.can_be_sent() {
        let words = Say::new("toast-template-status").with("name", &template.name);
        let status = template.status.to_string();
        return say(model, Severity::Warning, words.with("status", status));
    }
    let proposal = picker.proposals.get(&template.id);
    picker.form = Some(Form::new(template, proposal));
    propose(model, out);
}

/// Opens the file picker for a field that wants one.
fn choose_file(model: &mut Model, out: &mut Out) {
    let wanted = layer(model).and_then(|picker| picker.form.as_ref()?.wants_file());
    let kind = match wanted {
        Some(FieldKind::Image) => FileKind::Image,
        Some(FieldKind::Video) => FileKind::Video,
        Some(FieldKind::Document) => FileKind::Document,
        _ => return,
    };
    attach::open_with(model, For::Header(kind), Vec::new(), out);
}

fn send(model: &mut Model, out: &mut Out) {
    let (now, up) = (model.now, model.daemon.is_up());
    let client_id = model.ids.message(now).to_string();
    let Some(picker) = layer(model) else { return };
    let chat = picker.chat;
    let Some(form) = &mut picker.form else { return };
    if form.uploading {
        return say(model, Severity::Info, Say::new("attach-looking"));
    }
    form.tried = true;
    let values = form.values();
    let filled = match fill(&form.template, &values) {
        Ok(filled) => filled,
        Err(wrong) => {
            // The cursor goes to the first that is wrong; an empty file field opens the picker.
            let first = wrong.first().map(|wrong| wrong.field.clone());
            let at = form
                .fields
                .iter()
                .position(|field| Some(&field.key) == first.as_ref());
            form.at = at.unwrap_or(form.at);
            let empty = form.texts.get(form.at).is_some_and(Field::is_empty);
            if empty && form.wants_file().is_some() {
                choose_file(model, out);
            }
            return;
        }
    };
    if !up {
        return say(model, Severity::Warning, Say::new("toast-template-offline"));
    }
    let content = Outgoing::Template {
        name: form.template.name.clone(),
        language: form.template.language.clone(),
        params: values,
        components: Vec::new(),
    };
    let text = if filled.text.is_empty() {
        let lines = preview(&form.template, &form.values());
        let words = lines.into_iter().filter(|line| line.kind == LineKind::Body);
        words.map(|line| line.text).collect()
    } else {
        filled.text
    };
    // Kept until the daemon has the message: what was filled in is there again if it does not.
    if let Some(Overlay::Template(picker)) = model.focus.overlays.pop() {
        model.unsent_template = Some(picker);
    }
    ship(model, chat, (client_id, text, content), out);
}

/// Puts something that is no plain text on its way, as a bubble that waits.
pub(crate) fn ship(
    model: &mut Model,
    chat: common::id::ChatId,
    (client_id, text, content): (String, String, Outgoing),
    out: &mut Out,
) {
    let now = model.now;
    let compose = model.composes.entry(chat).or_default();
    let reply_to = compose.quote.take();
    compose.leaving.push(Leaving {
        client_id: client_id.clone(),
        text,
        reply_to,
        at: now,
        file: None,
        sealed: true,
    });
    compose.version += 1;
    if let Some(talk) = model.talks.get_mut(chat) {
        talk.scroll.to_newest();
        talk.cursor = None;
    }
    model.redraw = true;
    out.push(Effect::Saved(SavedDeed::Send {
        chat,
        client_id,
        content: Box::new(content),
        reply_to,
    }));
}

/// What came.
pub(crate) fn news(model: &mut Model, news: SavedNews, out: &mut Out) {
    model.redraw = true;
    match news {
        SavedNews::Templates(number, Ok(all)) => {
            if let Some(picker) = layer(model).filter(|picker| picker.number == number) {
                picker.take(all);
            }
            propose(model, out);
        }
        SavedNews::Templates(_, Err(problem)) => {
            if let Some(picker) = layer(model) {
                picker.listed = true;
            }
            tell(model, &problem);
        }
        SavedNews::Proposal(id, Ok(proposal)) => proposed(model, id, proposal),
        SavedNews::Proposal(_, Err(problem)) => tell(model, &problem),
        SavedNews::Synced(number, result) => {
            if let Some(picker) = layer(model) {
                picker.syncing = false;
            }
            match result {
                Ok(synced) => {
                    let found: usize = synced.iter().map(|one| one.found).sum();
                    say(
                        model,
                        Severity::Info,
                        Say::new("toast-synced").with("n", found),
                    );
                    out.push(Effect::Saved(SavedDeed::Templates(number)));
                }
                Err(problem) => tell(model, &problem),
            }
        }
        SavedNews::Uploaded(result) => borrow::uploaded(model, result),
        SavedNews::Replies(_) | SavedNews::ReplyKept(_) => {
            crate::update::replies::news(model, news, out);
        }
    }
}

/// A template changed at Meta: an open picker of its account shows it as it is now.
pub(crate) fn fold(model: &mut Model, template: Template, out: &mut Out) {
    let number = layer(model).map(|picker| picker.number);
    let number = number.and_then(|number| model.numbers.get(number));
    if number.is_none_or(|number| number.waba_id.as_ref() != Some(&template.waba_id)) {
        return;
    }
    model.redraw = true;
    if let Some(picker) = layer(model).filter(|picker| picker.listed) {
        picker.fold(template);
        propose(model, out);
    }
}

/// Proposed values fill what is still empty.
fn proposed(model: &mut Model, id: common::id::TemplateId, proposal: Proposal) {
    let Some(picker) = layer(model) else { return };
    if let Some(form) = picker.form.as_mut().filter(|form| form.template.id == id) {
        let empty = form.fields.iter().zip(&mut form.texts);
        for (field, text) in empty.filter(|(_, text)| text.is_empty()) {
            if let Some(value) = proposal.values.get(&field.key) {
                text.set(&value.value);
            }
        }
    }
    picker.proposals.insert(id, proposal);
}
