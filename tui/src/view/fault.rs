//! Why a message failed, what to do, and with which key: in the words of the screen.

use common::model::message::Message;
use common::text::clean::clean_line;
use common::tick::Status;
use config::theme::Slot;
use ratatui::text::{Line, Span};

use crate::action::{Action, Context};
use crate::advice;
use crate::part::ticks::Tick;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::canvas::Desk;

/// The sentence under a message that failed or is in doubt; nothing under others.
pub(crate) fn lines(desk: &Desk<'_>, message: &Message, room: usize) -> Vec<Line<'static>> {
    let (tick, slot) = match message.status {
        Status::Failed => (Tick::Failed, Slot::Failed),
        Status::Unknown => (Tick::Unknown, Slot::Warning),
        _ => return Vec::new(),
    };
    let mut rows = Vec::new();
    let reason = format!("{} {}", tick.mark(desk.glyphs), reason(desk, message));
    // A reversed mark in the head is enough: a reversed sentence shouts.
    let style = if desk.ink(slot).fg.is_none() {
        desk.ink(Slot::Strong)
    } else {
        desk.ink(slot)
    };
    rows.extend(wrap::wrap(&[Span::styled(reason, style)], room));
    if let Some(remedy) = remedy(desk, message) {
        rows.extend(wrap::wrap(
            &[Span::styled(remedy, desk.ink(Slot::Text))],
            room,
        ));
    }
    if let Some(key) = again(desk, message) {
        rows.push(Line::from(vec![
            Span::styled(key, desk.ink(Slot::Key)),
            Span::styled(format!(" {}", desk.say("fail-again")), desk.ink(Slot::Dim)),
        ]));
    }
    rows
}

/// Why: our sentence for Meta's code, or Meta's own words where we have none.
pub(crate) fn reason(desk: &Desk<'_>, message: &Message) -> String {
    if message.status == Status::Unknown {
        return desk.say("fail-unknown").into_owned();
    }
    let Some(error) = &message.error else {
        return desk.say("fail-no-reason").into_owned();
    };
    if let Some(advice) = advice::of_error(desk.speech, error) {
        return advice.means.into_owned();
    }
    let title = clean_line(&error.title, 160);
    let code = error.code.to_string();
    desk.say_with(
        "fail-other",
        &[("title", Arg::from(&title)), ("code", Arg::from(&code))],
    )
    .into_owned()
}

/// What to do about it.
pub(crate) fn remedy(desk: &Desk<'_>, message: &Message) -> Option<String> {
    if message.status == Status::Unknown {
        return Some(desk.say("fail-unknown-do").into_owned());
    }
    let error = message.error.as_ref()?;
    if let Some(advice) = advice::of_error(desk.speech, error) {
        return Some(advice.todo.into_owned());
    }
    let key = if error.retryable {
        "fail-later-do"
    } else {
        "fail-never-do"
    };
    Some(desk.say(key).into_owned())
}

/// The exact way in Meta's menus to where it is mended.
pub(crate) fn way(desk: &Desk<'_>, message: &Message) -> Option<String> {
    let error = message.error.as_ref()?;
    let way = advice::of_error(desk.speech, error)?.way?;
    Some(way.into_owned())
}

/// The key that sends it again, where that can help.
fn again(desk: &Desk<'_>, message: &Message) -> Option<String> {
    let helps = message.status == Status::Unknown
        || message.error.as_ref().is_none_or(|error| error.retryable);
    helps
        .then(|| desk.model.keymap.key_of(Action::Retry, Context::Talk))
        .flatten()
}
