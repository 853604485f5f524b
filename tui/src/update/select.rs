//! Choosing messages, or a part of one, and what is done with the words: copying and forwarding.

use common::api::event::Severity;
use common::id::ChatId;
use common::model::message::{Direction, Message};
use crossterm::event::{KeyCode, KeyEvent};

use crate::effect::Effect;
use crate::model::Model;
use crate::model::overlay::{Forward, Overlay, Part, Pick};
use crate::model::toast::Say;
use crate::part::field::Field;
use crate::update::talk::say;
use crate::update::{Out, chats, compose, overlay};

/// Words that one step up or down goes.
const STRIDE: isize = 8;

/// Begins to choose several messages; on the one where that began, chooses a part of it.
pub(crate) fn mark(model: &mut Model) {
    let Some(talk) = model.talks.open_mut() else {
        return;
    };
    if talk.mark.is_none() {
        talk.mark = talk.cursor;
    } else if talk.mark == talk.cursor {
        part(model);
    } else {
        talk.mark = None;
    }
}

/// Lets go of what is chosen; true if anything was.
pub(crate) fn let_go(model: &mut Model) -> bool {
    let mark = model.talks.open_mut().and_then(|talk| talk.mark.take());
    mark.is_some()
}

/// Chooses a part of the message that has the cursor.
pub(crate) fn part(model: &mut Model) {
    let message = model.talk().and_then(|talk| talk.get(talk.cursor?));
    let part = message.and_then(words).and_then(|text| Part::new(&text));
    match part {
        Some(part) => {
            let_go(model);
            model.focus.overlays.push(Overlay::Part(part));
        }
        None => say(model, Severity::Info, Say::new("toast-no-words")),
    }
}

/// A key while a part is being chosen.
pub(crate) fn part_key(model: &mut Model, key: KeyEvent, out: &mut Out) {
    let Some(Overlay::Part(part)) = model.focus.overlays.last_mut() else {
        return;
    };
    match key.code {
        KeyCode::Left | KeyCode::Char('h' | 'b') => go(part, -1),
        KeyCode::Right | KeyCode::Char('l' | 'w') => go(part, 1),
        KeyCode::Char('k') => go(part, -STRIDE),
        KeyCode::Char('j') => go(part, STRIDE),
        KeyCode::Char('0') => go(part, isize::MIN),
        KeyCode::Char('$' | 'G') => go(part, isize::MAX),
        KeyCode::Char('v' | ' ') => {
            part.from = if part.from.is_some() {
                None
            } else {
                Some(part.at)
            };
        }
        KeyCode::Char('y') => overlay::accept(model, out),
        _ => {}
    }
}

/// Moves the cursor of a part by words.
pub(crate) fn go(part: &mut Part, by: isize) {
    let last = part.words.len().saturating_sub(1);
    part.at = part.at.saturating_add_signed(by).min(last);
}

/// Moves the cursor of a part by lines, or what comes near to that.
pub(crate) fn stride(part: &mut Part, by: isize) {
    go(part, by.saturating_mul(STRIDE));
}

/// Copies what is chosen: texts, each with name and time if `named`.
pub(crate) fn copy(model: &mut Model, is_named: bool, out: &mut Out) {
    let text = chosen(model, is_named);
    if text.is_empty() {
        return say(model, Severity::Info, Say::new("toast-no-words"));
    }
    let_go(model);
    out.push(Effect::Copy(text));
}

/// Asks for the chat that the chosen words go to.
pub(crate) fn forward(model: &mut Model) {
    let text = chosen(model, false);
    if text.is_empty() {
        return say(model, Severity::Info, Say::new("toast-forward-words-only"));
    }
    let_go(model);
    let pick = Pick::new(overlay::chats_by_name(model));
    let layer = Overlay::Forward(Forward { pick, text });
    model.focus.overlays.push(layer);
}

/// Puts words into the box of a chat and opens it: what is forwarded is read once more before it
/// goes.
pub(crate) fn forward_to(model: &mut Model, chat: ChatId, text: &str, out: &mut Out) {
    overlay::go_to_chat(model, chat, out);
    let begun = model.compose().is_some_and(|c| !c.field.is_empty());
    let lead = if begun { "\n" } else { "" };
    compose::edit(model, |field: &mut Field| {
        field.bottom();
        field.insert_str(&format!("{lead}{text}"))
    });
    if !model.window_is_open() {
        model.composes.entry(chat).or_default().keep_writing = true;
    }
    chats::keep_in_sight(model);
    say(model, Severity::Info, Say::new("toast-forwarded"));
}

/// The chosen messages as text, one after the other.
fn chosen(model: &Model, is_named: bool) -> String {
    let Some(talk) = model.talk() else {
        return String::new();
    };
    let texts: Vec<String> = talk
        .chosen()
        .iter()
        .filter_map(|message| {
            if is_named {
                named(model, message)
            } else {
                words(message)
            }
        })
        .collect();
    texts.join("\n")
}

/// What there is to read in a message.
fn words(message: &Message) -> Option<String> {
    let text = message.text.clone().or_else(|| message.content.text());
    text.filter(|text| !text.trim().is_empty())
}

/// `[12.03. 14:02] Ana: Is it ready?`
fn named(model: &Model, message: &Message) -> Option<String> {
    let text = words(message)?;
    let who = match (message.direction, &message.sender) {
        (Direction::Inbound, _) => model.chats.get(message.chat_id)?.customer.display_name(),
        (Direction::Outbound, Some(sender)) => sender.operator.clone(),
        (Direction::Outbound, None) => model
            .numbers
            .get(message.number_id)
            .map(|n| n.label.clone())
            .unwrap_or_default(),
    };
    Some(format!(
        "[{}] {who}: {text}",
        model.speech.moment(message.timestamp, model.now)
    ))
}
