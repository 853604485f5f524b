//! Deeds on messages: moving, picking, quoting, copying, opening, trying again; and fetching ahead.

use common::api::event::Severity;
use common::id::MessageId;
use common::model::message::{Direction, Message};
use common::tick::Status;

use crate::action::Action;
use crate::hit::Pane;
use crate::model::Model;
use crate::model::overlay::{Confirm, Deed, Details, Overlay};
use crate::model::talk::{Beyond, Talk};
use crate::model::toast::Say;
use crate::msg::TalkAsk;
use crate::update::{Out, fetch, files, links, modes, react, select, trail};

/// Does a deed in the conversation.
pub(crate) fn act(model: &mut Model, action: Action, out: &mut Out) {
    match action {
        Action::Down => step(model, 1),
        Action::Up => step(model, -1),
        Action::First => {
            trail::note(model);
            first(model);
        }
        Action::Last => {
            if model.talk().is_some_and(|talk| !talk.scroll.is_newest()) {
                trail::note(model);
            }
            last(model, out);
        }
        Action::PageDown => halves(model, 2),
        Action::PageUp => halves(model, -2),
        Action::HalfDown => halves(model, 1),
        Action::HalfUp => halves(model, -1),
        Action::NextDay => day(model, true),
        Action::PreviousDay => day(model, false),
        Action::UnreadAbove => unread(model, false, out),
        Action::UnreadBelow => unread(model, true, out),
        Action::ToQuoted => {
            let quoted = picked(model)
                .and_then(|m| m.reply_to.as_ref())
                .map(|quoted| quoted.id);
            match quoted {
                Some(Some(id)) => {
                    trail::note(model);
                    go_to(model, id, out);
                }
                Some(None) => say(model, Severity::Info, Say::new("toast-quoted-gone")),
                None => {}
            }
        }
        Action::Reply => reply(model),
        Action::Copy => select::copy(model, false, out),
        Action::CopyNamed => select::copy(model, true, out),
        Action::Select => select::mark(model),
        Action::SelectPart => select::part(model),
        Action::Forward => select::forward(model),
        Action::React => react::open(model),
        Action::OpenLink => links::open(model, out),
        Action::SaveFile | Action::FetchFile | Action::Play | Action::Enlarge => {
            let done = files::act(model, action, out);
            let word = if action == Action::Enlarge {
                "toast-no-picture"
            } else {
                "toast-no-file"
            };
            if !done {
                say(model, Severity::Info, Say::new(word));
            }
        }
        Action::Retry => ask_retry(model),
        Action::Details => {
            if let Some(message) = picked(model).map(|m| m.id) {
                model
                    .focus
                    .overlays
                    .push(Overlay::Details(Details { message, top: 0 }));
            }
        }
        _ => {}
    }
}

/// Gives a message the cursor, and the conversation the keys.
pub(crate) fn pick(model: &mut Model, id: MessageId) {
    if let Some(talk) = model.talks.open_mut() {
        talk.cursor = Some(id);
        talk.scroll.reveal(id);
        model.focus.pane = Pane::Talk;
    }
}

/// Goes to a message, fetching what lies round it if it is not here.
pub(crate) fn go_to(model: &mut Model, id: MessageId, out: &mut Out) {
    let up = model.daemon.is_up();
    let Some(talk) = model.talks.open_mut() else {
        return;
    };
    if talk.place(id).is_some() {
        pick(model, id);
    } else if up {
        fetch::aim(talk, TalkAsk::Around(id), out);
    } else {
        say(model, Severity::Info, Say::new("toast-not-loaded"));
    }
}

/// Quotes the message that has the cursor.
pub(crate) fn reply(model: &mut Model) {
    let quote = picked(model).map(|m| (m.id, m.wamid.is_some()));
    let (Some((id, known)), Some(open)) = (quote, model.open_id()) else {
        return;
    };
    if !known {
        return say(model, Severity::Info, Say::new("toast-cannot-quote"));
    }
    let compose = model.composes.entry(open).or_default();
    compose.quote = Some(id);
    compose.version += 1;
    modes::begin(model);
    model.focus.pane = Pane::Compose;
}

/// Scrolls by rows under a cursor that stays where it is.
pub(crate) fn scroll(model: &mut Model, rows: i32) {
    if let Some(talk) = model.talks.open_mut() {
        talk.scroll.by(rows);
    }
}

/// Puts the cursor on something that is in sight, if it has none there.
pub(crate) fn cursor_to_sight(model: &mut Model) {
    let Some(talk) = model.talks.open_mut() else {
        return;
    };
    match talk.scroll.settled() {
        Some(settled) => {
            let (first, last) = (settled.first, settled.last);
            if talk.cursor.is_none() {
                talk.cursor = Some(last);
            }
            pull_cursor(talk, first, last);
        }
        None => talk.cursor = talk.newest(),
    }
}

/// Pulls the cursor between two messages; true if it moved.
pub(crate) fn pull_cursor(talk: &mut Talk, first: MessageId, last: MessageId) -> bool {
    let (Some(low), Some(high)) = (talk.place(first), talk.place(last)) else {
        return false;
    };
    let at = talk.cursor.and_then(|id| talk.place(id)).unwrap_or(high);
    let to = at.clamp(low, high.max(low));
    let moved = talk.messages().get(to).map(|m| m.id);
    let changed = moved != talk.cursor;
    talk.cursor = moved;
    changed
}

fn picked(model: &Model) -> Option<&Message> {
    let talk = model.talk()?;
    talk.get(talk.cursor?)
}

/// Goes to where unread messages begin, if that lies in this direction; below also to what came
/// meanwhile.
fn unread(model: &mut Model, below: bool, out: &mut Out) {
    let Some(talk) = model.talk() else { return };
    let here = talk.cursor.and_then(|id| talk.place(id));
    let there = talk.unread_from.map(|id| (id, talk.place(id)));
    let fits = match there {
        Some((_, Some(at))) => here.is_none_or(|here| if below { at > here } else { at < here }),
        Some((_, None)) => !below,
        None => false,
    };
    match there {
        Some((id, _)) if fits => {
            trail::note(model);
            go_to(model, id, out);
        }
        _ if below && talk.new_below > 0 => last(model, out),
        _ => say(model, Severity::Info, Say::new("toast-no-unread-there")),
    }
}

fn step(model: &mut Model, by: isize) {
    let Some(talk) = model.talks.open_mut() else {
        return;
    };
    let at = talk.cursor.and_then(|id| talk.place(id));
    let to = match at {
        Some(at) => at.saturating_add_signed(by),
        None => talk.messages().len().saturating_sub(1),
    };
    if let Some(id) = talk
        .messages()
        .get(to.min(talk.messages().len().saturating_sub(1)))
        .map(|m| m.id)
    {
        talk.cursor = Some(id);
        if at == Some(to) || to + 1 >= talk.messages().len() && by > 0 && talk.newer == Beyond::End
        {
            talk.scroll.to_newest();
        } else {
            talk.scroll.reveal(id);
        }
    }
}

fn first(model: &mut Model) {
    let Some(talk) = model.talks.open_mut() else {
        return;
    };
    if let Some(id) = talk.oldest() {
        talk.cursor = Some(id);
        talk.scroll.reveal(id);
    }
}

fn last(model: &mut Model, out: &mut Out) {
    let Some(talk) = model.talks.open_mut() else {
        return;
    };
    if talk.newer == Beyond::End {
        talk.cursor = talk.newest();
        talk.new_below = 0;
        talk.scroll.to_newest();
        return;
    }
    let id = talk.chat;
    talk.forget();
    talk.cursor = None;
    (talk.unread_from, talk.unread_count) = (None, 0);
    talk.asked_at = None;
    fetch::ask_newest(model, id, out);
}

fn halves(model: &mut Model, halves: i32) {
    let in_talk = model.focus.pane == Pane::Talk;
    let Some(talk) = model.talks.open_mut() else {
        return;
    };
    talk.scroll.by_halves(halves);
    talk.follow = in_talk;
}

fn day(model: &mut Model, forward: bool) {
    let Some(talk) = model.talk() else { return };
    let date = |m: &Message| model.speech.date(m.timestamp);
    let messages = talk.messages();
    let Some(at) = talk.cursor.and_then(|id| talk.place(id)) else {
        return;
    };
    let Some(today) = messages.get(at).map(&date) else {
        return;
    };
    let to = if forward {
        messages.iter().skip(at).find(|m| date(m) != today)
    } else {
        // The first message of this day, or of the one before when it stands there already.
        let before = messages.iter().take(at).map(&date).next_back();
        let wanted = before.unwrap_or(today);
        messages.iter().find(|m| date(m) == wanted)
    };
    if let Some(id) = to.map(|m| m.id) {
        pick(model, id);
    }
}

fn ask_retry(model: &mut Model) {
    let Some(message) = picked(model) else { return };
    let (id, outbound) = (message.id, message.direction == Direction::Outbound);
    let word = match message.status {
        Status::Failed if outbound => "confirm-retry",
        Status::Unknown if outbound => "confirm-retry-unknown",
        _ => return say(model, Severity::Info, Say::new("toast-nothing-to-retry")),
    };
    let text = message.text.clone().unwrap_or_default();
    let say = Say::new(word).with("text", text);
    model.focus.overlays.push(Overlay::Confirm(Confirm {
        say,
        deed: Deed::Retry(id),
    }));
}

/// Shows a short notice.
pub(crate) fn say(model: &mut Model, severity: Severity, say: Say) {
    model.toasts.show(model.now, severity, say);
    model.redraw = true;
}
