//! Deeds in the box: typing, quoting, sending, and what comes back when a send fails.

use std::time::Duration;

use common::api::event::Severity;
use common::api::problem::{Code, Problem};
use common::id::ChatId;
use common::model::message::Message;
use common::model::number::{Number, NumberStatus};

use crate::action::Action;
use crate::effect::Effect;
use crate::model::Model;
use crate::model::attach::Offered;
use crate::model::compose::{Compose, Leaving};
use crate::model::overlay::{Confirm, Deed, Overlay};
use crate::model::talk::Talk;
use crate::model::toast::Say;
use crate::part::field::Field;
use crate::update::drafts::{SAVE_AFTER, join};
use crate::update::talk::say;
use crate::update::{Out, answer, dwell, editor, leave, parcel, talk, templates};

/// How long a customer's message keeps the window open.
const DAY: Duration = Duration::from_hours(24);
/// WhatsApp's limit of a text, in characters.
const LONGEST: usize = 4096;

/// Does a deed in the box.
pub(crate) fn act(model: &mut Model, action: Action, out: &mut Out) {
    match action {
        Action::Send => send(model, out),
        Action::NewLine => edit(model, Field::newline),
        Action::Undo => edit(model, Field::undo),
        Action::Redo => edit(model, Field::redo),
        Action::KillLine => edit(model, Field::kill_to_end),
        Action::PickMessage => {
            if let Some(newest) = model.talk().and_then(Talk::newest) {
                let seen = model
                    .talk()
                    .and_then(|t| t.scroll.settled())
                    .map(|s| s.last);
                talk::pick(model, seen.unwrap_or(newest));
            }
        }
        Action::Clear => {
            let empty = model.compose().is_none_or(|c| c.field.is_empty());
            if !empty {
                edit(model, Field::clear);
                unclose(model);
                say(model, Severity::Info, Say::new("toast-cleared"));
            } else if !unclose(model) && !drop_quote(model) {
                leave::quit_on_second(model, out);
            }
        }
        Action::Editor => editor::open(model, out),
        Action::PasteClipboard => out.push(Effect::Clipboard),
        Action::KeepWriting => {
            if let Some(open) = model.open_id() {
                model.composes.entry(open).or_default().keep_writing = true;
            }
        }
        _ => {}
    }
}

/// Says why nothing can be written and what opens the window again; a yes goes on to the templates.
pub(crate) fn why_closed(model: &mut Model) {
    let Some(chat) = model.open_chat() else {
        return;
    };
    if model.window_is_open() {
        return say(model, Severity::Info, Say::new("toast-window-open"));
    }
    let words = match chat.window.expires_at {
        Some(end) => {
            let wrote = model.speech.moment(end.minus(DAY), model.now);
            Say::new("confirm-why-closed").with("moment", wrote)
        }
        None => Say::new("confirm-why-never"),
    };
    model.focus.overlays.push(Overlay::Confirm(Confirm {
        say: words,
        deed: Deed::Template,
    }));
}

/// Changes the text of the open chat's box.
pub(crate) fn edit(model: &mut Model, change: impl FnOnce(&mut Field) -> bool) {
    if let Some(open) = model.open_id() {
        edit_in(model, open, change);
    }
}

/// Changes the text of a chat's box.
pub(crate) fn edit_in(model: &mut Model, chat: ChatId, change: impl FnOnce(&mut Field) -> bool) {
    let now = model.now;
    // Whoever writes stays here.
    model.hunt = None;
    let compose = model.composes.entry(chat).or_default();
    compose.complete = None;
    if change(&mut compose.field) {
        compose.version += 1;
        compose.typed_at = Some(now);
        compose.save_at = compose.is_unsaved().then(|| now.plus(SAVE_AFTER));
    }
}

/// Takes the files of a saved reply off; true if there were any.
fn unclose(model: &mut Model) -> bool {
    let compose = model.open_id().and_then(|id| model.composes.get_mut(&id));
    compose.is_some_and(|compose| !std::mem::take(&mut compose.enclosed).is_empty())
}

/// Takes the quotation off; true if there was one.
pub(crate) fn drop_quote(model: &mut Model) -> bool {
    let now = model.now;
    let Some(compose) = model.open_id().and_then(|id| model.composes.get_mut(&id)) else {
        return false;
    };
    let had = compose.quote.take().is_some();
    if had {
        compose.version += 1;
        compose.save_at = compose.is_unsaved().then(|| now.plus(SAVE_AFTER));
    }
    had
}

fn send(model: &mut Model, out: &mut Out) {
    let Some(open) = model.open_id() else { return };
    let Some(compose) = model.composes.get(&open) else {
        return;
    };
    let text = compose.field.text().trim().to_owned();
    if text.is_empty() && compose.enclosed.is_empty() {
        if !model.window_is_open() {
            // Only a template can open the conversation again.
            templates::open(model, out);
        }
        return;
    }
    let letters = text.chars().count();
    if letters > LONGEST {
        let words = Say::new("toast-too-long")
            .with("count", letters)
            .with("most", LONGEST);
        return say(model, Severity::Warning, words);
    }
    if !model.window_is_open() {
        return say(model, Severity::Warning, Say::new("toast-window-closed"));
    }
    if !model.daemon.is_up() {
        return say(model, Severity::Warning, Say::new("toast-kept-as-draft"));
    }
    let paused = |number: &Number| number.status == NumberStatus::Disconnected;
    if model.open_number().is_some_and(paused) {
        return say(model, Severity::Warning, Say::new("compose-paused"));
    }
    let fresh = model.ids.message(model.now).to_string();
    let now = model.now;
    let Some(compose) = model.composes.get_mut(&open) else {
        return;
    };
    let enclosed = std::mem::take(&mut compose.enclosed);
    if text.is_empty() {
        return enclose(model, open, enclosed, out);
    }
    let reply_to = compose.quote.take();
    let same = |l: &Leaving| l.is_words() && l.text == text && l.reply_to == reply_to;
    let client_id = match compose.returned.iter().position(same) {
        Some(at) => compose.returned.remove(at).client_id,
        None => fresh,
    };
    let leaving = Leaving {
        client_id: client_id.clone(),
        text: text.clone(),
        reply_to,
        at: now,
        file: None,
        sealed: false,
    };
    compose.leaving.push(leaving);
    compose.field = Field::new();
    compose.complete = None;
    // A message ends the sign at the customer's side.
    model.typing_told = None;
    compose.version += 1;
    compose.save_at = None;
    if let Some(vim) = &mut model.vim {
        vim.reset();
    }
    if let Some(talk) = model.talks.get_mut(open) {
        talk.scroll.to_newest();
        talk.cursor = None;
        (talk.unread_from, talk.unread_count, talk.new_below) = (None, 0, 0);
    }
    out.push(Effect::Send {
        chat: open,
        client_id,
        text,
        reply_to,
    });
    enclose(model, open, enclosed, out);
    dwell::answered(model, open, out);
}

/// Files of a saved reply go after its words.
fn enclose(model: &mut Model, chat: ChatId, enclosed: Vec<Offered>, out: &mut Out) {
    for offered in enclosed {
        parcel::take_offer(model, chat, offered, out);
    }
}

/// The daemon answered a send.
pub(crate) fn sent(model: &mut Model, chat: ChatId, client_id: &str, result: Result<(), Problem>) {
    model.redraw = true;
    let now = model.now;
    let Some(compose) = model.composes.get_mut(&chat) else {
        return;
    };
    let Some(at) = compose
        .leaving
        .iter()
        .position(|l| l.client_id == client_id)
    else {
        return;
    };
    let leaving = compose.leaving.remove(at);
    let (was_file, sealed) = (leaving.file.is_some(), leaving.sealed);
    let Err(problem) = result else {
        if sealed {
            model.unsent_template = None;
        }
        if compose.is_unsaved() {
            compose.save_at = Some(now);
        }
        return;
    };
    if let Some(parcel) = &leaving.file {
        // It is ticked again when the picker opens next.
        compose.quote = compose.quote.or(leaving.reply_to);
        let unsent = model.habits.unsent.entry(chat).or_default();
        unsent.extend(parcel.chosen.clone());
        if may_have_gone(&problem) {
            compose.returned.push(leaving);
        }
    } else if leaving.sealed {
        compose.quote = compose.quote.or(leaving.reply_to);
        if may_have_gone(&problem) {
            compose.returned.push(leaving);
        }
    } else {
        bring_back(compose, leaving, &problem);
        compose.save_at = Some(now);
    }
    let words = match problem.code {
        Code::Unreachable if sealed => Say::new("toast-template-not-sent"),
        Code::Unreachable if was_file => Say::new("toast-file-not-sent"),
        Code::Unreachable => Say::new("toast-kept-as-draft"),
        Code::OutsideWindow => Say::new("toast-window-closed"),
        _ => answer::of_problem(model, "toast-not-sent", &problem),
    };
    say(model, Severity::Warning, words);
}

/// Puts a message that was not taken back into the box, before what was written since, after what
/// came back before it.
fn bring_back(compose: &mut Compose, leaving: Leaving, problem: &Problem) {
    let now = compose.field.text();
    let earlier = compose.returned.iter().rev().find_map(|l| {
        let words = l.is_words().then_some(l.text.as_str())?;
        now.strip_prefix(words).map(|rest| (l.text.clone(), rest))
    });
    let text = match earlier {
        Some((head, rest)) => join(&[&head, &leaving.text, rest.trim_start_matches('\n')]),
        None => join(&[&leaving.text, &now]),
    };
    compose.field.set(&text);
    compose.quote = compose.quote.or(leaving.reply_to);
    compose.version += 1;
    if may_have_gone(problem) {
        compose.returned.push(leaving);
    }
}

/// Whether the daemon may have it after all: then it goes again under the same name.
const fn may_have_gone(problem: &Problem) -> bool {
    matches!(
        problem.code,
        Code::Unreachable | Code::Internal | Code::Other
    )
}

/// A message turned up that had come back as if it were lost: its words leave the box again.
pub(crate) fn settle_returned(model: &mut Model, message: &Message) {
    let Some(client_id) = message.client_id.as_deref() else {
        return;
    };
    let now = model.now;
    let Some(compose) = model.composes.get_mut(&message.chat_id) else {
        return;
    };
    let Some(at) = compose
        .returned
        .iter()
        .position(|l| l.client_id == client_id)
    else {
        return;
    };
    let gone = compose.returned.remove(at);
    if gone.sealed {
        model.unsent_template = None;
        return;
    }
    if let Some(parcel) = gone.file {
        if let Some(unsent) = model.habits.unsent.get_mut(&message.chat_id) {
            unsent.retain(|one| Some(one) != parcel.chosen.as_ref());
        }
        return;
    }
    let text = compose.field.text();
    if let Some(rest) = text.strip_prefix(gone.text.as_str()) {
        let rest = rest.trim_start_matches('\n').to_owned();
        if rest.is_empty() && compose.quote == gone.reply_to {
            compose.quote = None;
        }
        compose.field.set(&rest);
        compose.version += 1;
        compose.save_at = Some(now);
        model.redraw = true;
    }
}
