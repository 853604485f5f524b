//! Deeds that mark a chat: read, unread, archived, pinned, muted; each can be taken back for a while.

use std::time::Duration;

use common::api::chats::{ChatMark, PatchChat};
use common::api::event::Severity;
use common::model::chat::{Chat, ChatState};
use common::time::Stamp;

use crate::action::Action;
use crate::effect::Effect;
use crate::model::Model;
use crate::model::toast::Say;
use crate::update::talk::say;
use crate::update::{Out, card, chats, readall, snooze};

/// For how long a deed can be taken back.
const REGRET: Duration = Duration::from_secs(10);

/// Marks the chat that is meant.
pub(crate) fn act(model: &mut Model, action: Action, out: &mut Out) {
    match action {
        Action::TakeBack => return take_back(model, out),
        Action::Snooze => return snooze::open(model),
        Action::ReadAll => return readall::begin(model, out),
        Action::Note | Action::Labels | Action::Rename | Action::OptOut => {
            return card::act(model, action, out);
        }
        _ => {}
    }
    let Some(chat) = chats::meant(model) else {
        return;
    };
    let id = chat.id;
    let Some((word, change, inverse)) = change(chat, action, model.now) else {
        return;
    };
    let name = chat.customer.display_name();
    let blue = model.settings.reading.blue_ticks;
    let (deed, back) = match action {
        Action::MarkRead => (
            Effect::Read { chat: id, blue },
            Effect::PutBack(vec![ChatMark {
                chat: id,
                unread: chat.unread,
                first_unread: chat.first_unread,
            }]),
        ),
        Action::MarkUnread => (
            Effect::Patch(id, change),
            Effect::Read {
                chat: id,
                blue: false,
            },
        ),
        _ => (Effect::Patch(id, change), Effect::Patch(id, inverse)),
    };
    if action == Action::MarkUnread {
        // It stays unread though it is in front, until it is left.
        model.kept_unread = Some(id);
    }
    out.push(deed);
    offer(model, Say::new(word).with("name", name), back);
}

/// Says what was done, and offers to take it back.
pub(crate) fn offer(model: &mut Model, words: Say, back: Effect) {
    let key = model
        .keymap
        .key_of(Action::TakeBack, model.focus.context())
        .unwrap_or_default();
    let words = words.with("key", key);
    let until = model.now.plus(REGRET);
    // Only the last deed can be taken back: what was said of the one before is no longer true.
    if let Some((_, before, _)) = model.regret.take() {
        model.toasts.withdraw(|said| *said == before);
    }
    model.toasts.offer(until, words.clone());
    model.regret = Some((until, words, back));
    model.redraw = true;
}

/// What a deed changes, its word, and what takes it back.
fn change(chat: &Chat, action: Action, now: Stamp) -> Option<(&'static str, PatchChat, PatchChat)> {
    let state = |state| PatchChat {
        state: Some(state),
        ..PatchChat::default()
    };
    let unread = PatchChat {
        unread: Some(true),
        ..PatchChat::default()
    };
    let pinned = |pinned| PatchChat {
        pinned: Some(pinned),
        ..PatchChat::default()
    };
    let muted = |muted| PatchChat {
        muted: Some(muted),
        ..PatchChat::default()
    };
    let none = PatchChat::default;
    Some(match (action, chat.state) {
        (Action::MarkRead, _) if chat.unread > 0 => ("done-read", none(), none()),
        (Action::MarkUnread, _) => ("done-unread", unread, none()),
        (Action::Archive, ChatState::Open) => (
            "done-archived",
            state(ChatState::Closed),
            state(ChatState::Open),
        ),
        (Action::Archive, ChatState::Closed) => (
            "done-unarchived",
            state(ChatState::Open),
            state(ChatState::Closed),
        ),
        (Action::Pin, _) => {
            let word = if chat.pinned {
                "done-unpinned"
            } else {
                "done-pinned"
            };
            (word, pinned(!chat.pinned), pinned(chat.pinned))
        }
        (Action::Mute, _) => {
            let muted_now = chat.is_muted(now);
            let word = if muted_now {
                "done-unmuted"
            } else {
                "done-muted"
            };
            let back = match chat.muted_until.filter(|_| muted_now) {
                Some(until) => PatchChat {
                    muted_until: Some(until),
                    ..PatchChat::default()
                },
                None => muted(muted_now),
            };
            (word, muted(!muted_now), back)
        }
        _ => return None,
    })
}

fn take_back(model: &mut Model, out: &mut Out) {
    let Some((_, words, back)) = model.regret.take().filter(|(until, ..)| *until > model.now)
    else {
        return say(
            model,
            Severity::Info,
            Say::new("toast-nothing-to-take-back"),
        );
    };
    model.toasts.withdraw(|said| *said == words);
    if let Effect::Read { chat, .. } = back
        && model.kept_unread == Some(chat)
    {
        model.kept_unread = None;
    }
    out.push(back);
    say(model, Severity::Info, Say::new("toast-taken-back"));
}
