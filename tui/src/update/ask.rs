//! One line that is typed for a deed: a day to go to, our name for a customer.

use common::api::chats::PatchChat;
use common::api::event::Severity;
use common::text::day;
use jiff::civil::Date;

use crate::effect::Effect;
use crate::file::FileDeed;
use crate::model::Model;
use crate::model::overlay::{Ask, Asked, Overlay};
use crate::model::toast::Say;
use crate::msg::TalkAsk;
use crate::part::field::Field;
use crate::update::talk::say;
use crate::update::{Out, fetch, talk, trail};

/// Asks for a line.
pub(crate) fn open(model: &mut Model, what: Asked) {
    open_with(model, what, "");
}

/// Asks for a line that something stands in already.
pub(crate) fn open_with(model: &mut Model, what: Asked, text: &str) {
    let mut field = Field::single();
    field.set(text);
    let layer = Ask {
        what,
        field,
        fault: None,
    };
    model.focus.overlays.push(Overlay::Ask(layer));
}

/// Says why what was typed does not do.
pub(crate) fn fault(model: &mut Model, why: Say) {
    if let Some(Overlay::Ask(ask)) = model.focus.overlays.last_mut() {
        ask.fault = Some(why);
    }
}

/// Takes the line; one that does not do stays, with why.
pub(crate) fn accept(model: &mut Model, mut ask: Ask, out: &mut Out) {
    let text = ask.field.text();
    match ask.what {
        Asked::Day => {
            if let Some(day) = day::read(&text, model.speech.date(model.now)) {
                go_to_day(model, day, out);
            } else {
                ask.fault = Some(Say::new("ask-day-unknown").with("text", text.trim()));
                model.focus.overlays.push(Overlay::Ask(ask));
            }
        }
        Asked::Name(chat) => {
            let patch = PatchChat {
                customer_name: Some(text.trim().to_owned()),
                ..PatchChat::default()
            };
            out.push(Effect::Patch(chat, patch));
        }
        Asked::SaveAs(media) => {
            let path = text.trim().to_owned();
            if !path.is_empty() {
                out.push(Effect::File(FileDeed::Save { media, path }));
            }
        }
    }
}

/// Goes to the first message of a day, or of the next that has one.
fn go_to_day(model: &mut Model, day: Date, out: &mut Out) {
    let Some(at) = model.speech.begin_of(day) else {
        return;
    };
    trail::note(model);
    let up = model.daemon.is_up();
    let Some(talk) = model.talks.open_mut() else {
        return;
    };
    let messages = talk.messages();
    let first = messages.iter().position(|m| m.timestamp >= at);
    // With one before it, it is surely the first of its day.
    let known = first
        .filter(|place| *place > 0)
        .and_then(|at| messages.get(at));
    match known.map(|m| m.id) {
        Some(id) => {
            talk::pick(model, id);
            if let Some(talk) = model.talks.open_mut() {
                talk.scroll = fetch::above(id);
            }
        }
        None if up => fetch::aim(talk, TalkAsk::At(at), out),
        None => say(model, Severity::Info, Say::new("toast-not-loaded")),
    }
}
