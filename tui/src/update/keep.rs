//! Drafts that the daemon cannot take now: a file of this machine holds them until it does.

use std::time::Duration;

use common::api::event::Severity;

use crate::effect::{Effect, Kept};
use crate::model::Model;
use crate::model::toast::Say;
use crate::update::Out;
use crate::update::talk::say;

/// How long after the last change the file is written.
const AFTER: Duration = Duration::from_millis(500);

/// Puts drafts of an earlier console back into their boxes.
pub(crate) fn restore(model: &mut Model, drafts: Vec<Kept>) {
    if drafts.is_empty() {
        return;
    }
    for kept in &drafts {
        let compose = model.composes.entry(kept.chat).or_default();
        compose.field.set(&kept.text);
        compose.quote = kept.reply_to;
        compose.version += 1;
    }
    let words = Say::new("toast-drafts-restored").with("n", drafts.len());
    say(model, Severity::Info, words);
    model.kept = drafts;
}

/// Has the file written when what it should hold has changed and rests.
pub(crate) fn check(model: &mut Model, out: &mut Out) {
    let calm = model.daemon.is_up() && model.leaving.is_none();
    if calm && model.kept.is_empty() {
        model.keep_at = None;
        return;
    }
    let wanted = wanted(model, calm);
    if wanted == model.kept {
        model.keep_at = None;
        return;
    }
    let due = *model.keep_at.get_or_insert(model.now.plus(AFTER));
    if due <= model.now || model.leaving.is_some() || wanted.is_empty() {
        model.keep_at = None;
        model.kept.clone_from(&wanted);
        out.push(Effect::KeepDrafts(wanted));
    }
}

/// What the file should hold: whatever the daemon does not. While it answers, only what the file
/// holds already: everything else it takes within a moment.
fn wanted(model: &Model, calm: bool) -> Vec<Kept> {
    let mut kept: Vec<Kept> = model
        .composes
        .iter()
        .filter(|(chat, _)| !calm || model.kept.iter().any(|kept| kept.chat == **chat))
        .filter(|(_, compose)| compose.is_unsaved() || !compose.leaving.is_empty())
        .map(|(chat, compose)| {
            let (text, reply_to) = compose.content();
            // What left and was never answered may not have arrived.
            let left = compose.leaving.iter().map(|l| l.text.as_str());
            let texts: Vec<&str> = left.chain([text.as_str()]).collect();
            Kept {
                chat: *chat,
                text: texts.join("\n").trim_end().to_owned(),
                reply_to,
            }
        })
        .filter(|kept| !kept.text.is_empty())
        .collect();
    kept.sort_by_key(|kept| kept.chat);
    kept
}
