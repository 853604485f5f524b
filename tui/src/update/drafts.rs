//! Drafts kept at the daemon, so that every desk has them and a console that dies loses nothing.

use std::time::Duration;

use common::api::event::Severity;
use common::api::problem::{Code, Problem};
use common::id::{ChatId, MessageId};
use common::model::chat::Draft;
use common::rights::Deed;

use crate::effect::Effect;
use crate::model::Model;
use crate::model::compose::Compose;
use crate::model::toast::Say;
use crate::update::Out;
use crate::update::talk::say;

/// How long after the last key a draft is kept.
pub(crate) const SAVE_AFTER: Duration = Duration::from_millis(500);
/// How long after a full or busy daemon it is tried again.
const SAVE_AGAIN: Duration = Duration::from_secs(5);

/// The draft that the daemon had for a chat has come.
pub(crate) fn loaded(model: &mut Model, chat: ChatId, draft: Option<Draft>) {
    let now = model.now;
    let compose = model.composes.entry(chat).or_default();
    let before = std::mem::replace(&mut compose.loaded, true);
    let (whole, quote): (String, Option<MessageId>) =
        draft.map_or((String::new(), None), |d| (d.text, d.reply_to));
    // What is on its way does not come back into the box.
    let held = compose.held();
    let text = match whole.strip_prefix(held.as_str()) {
        Some(rest) if !held.is_empty() => rest.trim_start_matches('\n').to_owned(),
        _ => whole.clone(),
    };
    let typed = compose.field.text();
    let clean = typed.trim().is_empty() || (before && !compose.is_unsaved());
    if clean {
        if typed != text {
            compose.field.set(&text);
        }
        compose.quote = compose.quote.or(quote);
    } else if !text.is_empty() && !typed.contains(text.as_str()) {
        compose.field.set(&join(&[&text, &typed]));
    }
    compose.saved = (whole, quote);
    compose.version += 1;
    compose.save_at = compose.is_unsaved().then(|| now.plus(SAVE_AFTER));
    model.redraw = true;
}

/// The daemon's draft could not be had. While it is away that is asked again when it is back;
/// otherwise what is typed here is kept without it.
pub(crate) fn not_loaded(model: &mut Model, chat: ChatId, problem: &Problem) {
    let now = model.now;
    if problem.code != Code::Unreachable
        && let Some(compose) = model.composes.get_mut(&chat)
    {
        compose.loaded = true;
        compose.save_at = compose.is_unsaved().then_some(now);
    }
}

/// The daemon kept a draft, or could not.
pub(crate) fn saved(model: &mut Model, chat: ChatId, result: Result<(), Problem>) {
    let now = model.now;
    let Some(compose) = model.composes.get_mut(&chat) else {
        return;
    };
    let Some(carried) = compose.saving.take() else {
        return;
    };
    match result {
        Ok(()) => {
            compose.saved = carried;
            if compose.is_unsaved() && compose.save_at.is_none() {
                compose.save_at = Some(now.plus(SAVE_AFTER));
            }
        }
        // When the daemon is back everything unsaved is saved.
        Err(problem) if problem.code == Code::Unreachable => compose.save_at = None,
        Err(problem) => {
            let again = matches!(
                problem.code,
                Code::Busy | Code::StorageFull | Code::Internal
            );
            compose.save_at = again.then(|| now.plus(SAVE_AGAIN));
            let words = Say::new("toast-draft-not-kept").with("detail", &problem.detail);
            say(model, Severity::Warning, words);
        }
    }
}

/// Saves every draft whose time has come.
pub(crate) fn save_what_is_due(model: &mut Model, out: &mut Out) {
    if !model.daemon.is_up() || !model.may(Deed::Keep) {
        return;
    }
    let operator = model.daemon.operator().map(str::to_owned);
    for (chat, compose) in &mut model.composes {
        if compose.save_at.is_some_and(|at| at <= model.now) {
            save(*chat, compose, operator.as_deref(), out);
        }
    }
}

/// Saves one chat's draft without waiting for its time.
pub(crate) fn save_now(model: &mut Model, chat: ChatId, out: &mut Out) {
    let operator = model.daemon.operator().map(str::to_owned);
    if model.daemon.is_up()
        && model.may(Deed::Keep)
        && let Some(compose) = model.composes.get_mut(&chat)
    {
        save(chat, compose, operator.as_deref(), out);
    }
}

/// Saves every draft that the daemon does not have.
pub(crate) fn save_all_now(model: &mut Model, out: &mut Out) {
    for compose in model.composes.values_mut().filter(|c| c.is_unsaved()) {
        compose.save_at = Some(model.now);
    }
    save_what_is_due(model, out);
}

fn save(chat: ChatId, compose: &mut Compose, operator: Option<&str>, out: &mut Out) {
    // What is on its way out is still the draft: a console that dies now loses nothing. Behind a
    // file that may take long; then what is held is kept together with what is written since.
    let soon = !compose.leaving.is_empty() && !compose.carries_file();
    if compose.saving.is_some() || soon {
        return;
    }
    compose.save_at = None;
    // What the daemon has must be known before it is written over; it is on its way.
    if !compose.loaded {
        return;
    }
    if !compose.is_unsaved() {
        return;
    }
    let (text, reply_to) = compose.draft();
    compose.saving = Some((text.clone(), reply_to));
    let draft = Draft {
        text,
        reply_to,
        operator: operator.map(str::to_owned),
        updated_at: None,
    };
    out.push(Effect::SaveDraft(chat, draft));
}

pub(crate) fn join(parts: &[&str]) -> String {
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join("\n")
}
