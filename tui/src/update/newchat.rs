//! A chat with any number: checked while it is typed, found if there is one, told what it needs if not.

use common::api::event::Severity;
use common::api::problem::Problem;
use common::id::NumberId;
use common::model::chat::Chat;
use common::phone::Phone;

use crate::effect::Effect;
use crate::model::Model;
use crate::model::overlay::{NewChat, Overlay, Search};
use crate::model::toast::Say;
use crate::part::field::Field;
use crate::update::link::put_chat;
use crate::update::talk::say;
use crate::update::{Out, overlay};

/// Asks for the number.
pub(crate) fn open(model: &mut Model, typed: &str) {
    let number = model
        .filter()
        .or_else(|| model.open_chat().map(|chat| chat.number_id))
        .or_else(|| model.numbers.at(0).map(|number| number.id));
    let Some(number) = number else {
        return say(model, Severity::Info, Say::new("toast-no-number"));
    };
    let mut field = Field::single();
    field.set(if typed.is_empty() { "+" } else { typed });
    model.focus.overlays.push(Overlay::NewChat(NewChat {
        field,
        number,
        search: Search::Idle,
    }));
}

/// The next of our numbers to write from.
pub(crate) fn next_number(model: &mut Model, backwards: bool) {
    let count = model.numbers.len();
    let Some(Overlay::NewChat(new)) = model.focus.overlays.last_mut() else {
        return;
    };
    let at = model.numbers.ordinal(new.number).unwrap_or(1);
    let next = if backwards { at + count - 2 } else { at };
    if let Some(number) = model.numbers.at(next % count.max(1)) {
        new.number = number.id;
        new.search = Search::Idle;
    }
}

/// Goes to the chat with the typed number, or looks for it at the daemon.
pub(crate) fn accept(model: &mut Model, out: &mut Out) {
    let Some(Overlay::NewChat(new)) = model.focus.overlays.last() else {
        return;
    };
    let Ok(phone) = Phone::parse(&new.field.text()) else {
        return;
    };
    let number = new.number;
    let known = model
        .chats
        .iter()
        .find(|chat| chat.number_id == number && is_with(chat, &phone))
        .map(|chat| chat.id);
    if let Some(chat) = known {
        overlay::close(model);
        return overlay::go_to_chat(model, chat, out);
    }
    let up = model.daemon.is_up();
    if let Some(Overlay::NewChat(new)) = model.focus.overlays.last_mut() {
        new.search = if up { Search::Asked } else { Search::Offline };
    }
    if up {
        out.push(Effect::Find(number, phone));
    }
}

/// The daemon looked for the chat.
pub(crate) fn found(
    model: &mut Model,
    number: NumberId,
    phone: &Phone,
    result: Result<Option<Box<Chat>>, Problem>,
    out: &mut Out,
) {
    let Some(Overlay::NewChat(new)) = model.focus.overlays.last_mut() else {
        return;
    };
    let asked = new.number == number && Phone::parse(&new.field.text()).as_ref() == Ok(phone);
    if !asked || new.search != Search::Asked {
        return;
    }
    model.redraw = true;
    match result {
        Ok(Some(chat)) => {
            let id = chat.id;
            put_chat(model, *chat);
            overlay::close(model);
            overlay::go_to_chat(model, id, out);
        }
        Ok(None) => new.search = Search::Nobody,
        Err(_) => new.search = Search::Offline,
    }
}

/// Whether a chat is with that subscriber, however the number is spelt.
pub(crate) fn is_with(chat: &Chat, phone: &Phone) -> bool {
    let theirs = chat.customer.phone_number.as_ref();
    theirs.is_some_and(|theirs| theirs.match_key() == phone.match_key())
}
