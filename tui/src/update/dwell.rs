//! Reading is a decision: what counts as "in front", and when the daemon is told that a chat was read.

use std::time::Duration;

use common::id::ChatId;
use common::time::Stamp;
use config::tui::ReadReceipts;

use crate::effect::Effect;
use crate::hit::Pane;
use crate::model::{Dwell, Model};
use crate::update::Out;

/// A focus report older than this, with no key since, is not believed.
const AWAY: Duration = Duration::from_mins(5);

/// The chat that a person has before the eyes: open, its pane in use, its newest message in
/// sight, the terminal looked at.
pub(crate) fn in_front(model: &Model) -> Option<ChatId> {
    let open = model.open_id()?;
    let (chat, settled) = model.seen.talk?;
    let awake = model.looked_at && model.now.since(model.last_key) < AWAY;
    let in_use = matches!(model.focus.pane, Pane::Talk | Pane::Compose) && model.talk_shown();
    let seen = chat == open && settled.below == 0;
    (awake && in_use && seen).then_some(open)
}

/// Begins, ends or concludes the moment that a chat must be in front.
pub(crate) fn check(model: &mut Model, out: &mut Out) {
    if model.settings.reading.read_receipts != ReadReceipts::Dwell || !model.daemon.is_up() {
        model.dwell = None;
        return;
    }
    let unread = in_front(model)
        .and_then(|id| model.chats.get(id))
        .filter(|chat| chat.unread > 0 && model.kept_unread != Some(chat.id))
        .map(|chat| (chat.id, chat.revision));
    let Some((chat, revision)) = unread else {
        if model.dwell.is_some_and(|d| d.told.is_none()) || in_front(model).is_none() {
            model.dwell = None;
        }
        return;
    };
    let fresh = Dwell {
        chat,
        since: model.now,
        told: None,
    };
    let dwell = match model.dwell {
        Some(d) if d.chat == chat && d.told.is_none_or(|told| told >= revision) => d,
        _ => fresh,
    };
    model.dwell = Some(dwell);
    let due = dwell
        .since
        .plus(Duration::from_millis(model.settings.reading.dwell_ms));
    if dwell.told.is_none() && model.now >= due {
        model.dwell = Some(Dwell {
            told: Some(revision),
            ..dwell
        });
        tell(model, chat, out);
    }
}

/// An answer is the surest sign of reading: the chat is read, whatever its moment in front. Where
/// marking is left to the person it is so only here, and the customer is told nothing.
pub(crate) fn answered(model: &mut Model, id: ChatId, out: &mut Out) {
    let Some(chat) = model.chats.get(id).filter(|chat| chat.unread > 0) else {
        return;
    };
    model.kept_unread = None;
    let told = model
        .dwell
        .is_some_and(|d| d.chat == id && d.told.is_some_and(|told| told >= chat.revision));
    if told {
        return;
    }
    model.dwell = Some(Dwell {
        chat: id,
        since: model.now,
        told: Some(chat.revision),
    });
    let reading = model.settings.reading;
    let blue = reading.blue_ticks && reading.read_receipts != ReadReceipts::Manual;
    out.push(Effect::Read { chat: id, blue });
}

/// Tells the daemon that a chat was read.
fn tell(model: &Model, chat: ChatId, out: &mut Out) {
    out.push(Effect::Read {
        chat,
        blue: model.settings.reading.blue_ticks,
    });
}

/// Keeps in mind that a key was pressed.
pub(crate) const fn pressed(model: &mut Model, at: Stamp) {
    model.last_key = at;
    model.looked_at = true;
}
