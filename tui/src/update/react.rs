//! Reactions: the picker, and the emoji on its way.

use common::api::event::Severity;
use common::api::problem::{Code, Problem};
use common::id::MessageId;

use crate::effect::Effect;
use crate::model::Model;
use crate::model::overlay::{Overlay, Pick, React};
use crate::model::toast::Say;
use crate::part::emoji;
use crate::update::Out;
use crate::update::talk::say;

/// Opens the picker for the message that has the cursor.
pub(crate) fn open(model: &mut Model) {
    let message = model.talk().and_then(|talk| talk.get(talk.cursor?));
    let Some(message) = message else { return };
    let id = message.id;
    let own = message
        .reactions
        .iter()
        .find(|mark| mark.from == "me")
        .map(|mark| mark.emoji.clone());
    let refused = if message.wamid.is_none() {
        Some("toast-cannot-react")
    } else if !model.window_is_open() {
        Some("toast-react-closed")
    } else if !model.daemon.is_up() {
        Some("toast-react-offline")
    } else {
        None
    };
    if let Some(word) = refused {
        return say(model, Severity::Info, Say::new(word));
    }
    let mut entries: Vec<(String, String)> = emoji::all();
    if let Some(own) = &own {
        entries.retain(|(emoji, _)| emoji != own);
        entries.insert(0, (own.clone(), emoji::names(own)));
    }
    model.focus.overlays.push(Overlay::React(React {
        message: id,
        own,
        pick: Pick::new(entries),
    }));
}

/// Sends the chosen emoji; the one that is there already comes off.
pub(crate) fn send(model: &mut Model, react: &React, out: &mut Out) {
    let (Some(chat), Some(chosen)) = (model.open_id(), react.pick.list.selected()) else {
        return;
    };
    let emoji = (react.own.as_ref() != Some(chosen)).then(|| chosen.clone());
    put(model, (chat, react.message), emoji, out);
}

fn put(
    model: &mut Model,
    (chat, message): (common::id::ChatId, MessageId),
    emoji: Option<String>,
    out: &mut Out,
) {
    let client_id = model.ids.message(model.now).to_string();
    out.push(Effect::React {
        chat,
        message,
        emoji,
        client_id,
    });
}

/// The daemon took a reaction, or did not.
pub(crate) fn sent(model: &mut Model, emoji: Option<String>, result: Result<(), Problem>) {
    match (result, emoji) {
        (Ok(()), Some(emoji)) => {
            let words = Say::new("toast-reacted").with("emoji", emoji);
            say(model, Severity::Info, words);
        }
        (Ok(()), None) => say(model, Severity::Info, Say::new("toast-unreacted")),
        (Err(problem), _) if problem.code == Code::Unreachable => {
            say(model, Severity::Warning, Say::new("toast-react-offline"));
        }
        (Err(problem), _) => {
            let words = Say::new("toast-not-sent")
                .with("code", problem.code)
                .with("detail", &problem.detail);
            say(model, Severity::Warning, words);
        }
    }
}
