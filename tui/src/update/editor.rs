//! The person's own editor: the words go there and come back, and are never sent by themselves.

use common::api::event::Severity;
use common::id::ChatId;

use crate::effect::Effect;
use crate::hit::Pane;
use crate::model::Model;
use crate::model::toast::Say;
use crate::update::talk::say;
use crate::update::{Out, compose, drafts};

/// Opens it; where the window is closed the first time only the box.
pub(crate) fn open(model: &mut Model, out: &mut Out) {
    let Some(open) = model.open_id() else { return };
    if model.shows_closed_box() {
        model.composes.entry(open).or_default().keep_writing = true;
        model.focus.pane = Pane::Compose;
        return;
    }
    drafts::save_now(model, open, out);
    let text = model.compose().map(|c| c.field.text());
    out.push(Effect::Edit(open, text.unwrap_or_default()));
}

/// It was left.
pub(crate) fn closed(model: &mut Model, chat: ChatId, result: Result<String, String>) {
    model.redraw = true;
    match result {
        Ok(text) => {
            compose::edit_in(model, chat, |field| field.replace(text.trim_end()));
            if model.open_id() == Some(chat) {
                model.focus.pane = Pane::Compose;
            }
        }
        Err(why) => {
            let words = Say::new("toast-editor-failed").with("why", why);
            say(model, Severity::Warning, words);
        }
    }
}
