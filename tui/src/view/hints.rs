//! The hint line: which deeds it tells where the keys are, what may follow a key, what waits.

use std::time::Duration;

use common::tick::Status;
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::action::{Action, Context};
use crate::hit::Pane;
use crate::model::Room;
use crate::speech::Arg;
use crate::view::bar;
use crate::view::canvas::{Desk, Pen};

/// What may follow a begun sequence is shown to those who hesitate.
const PENDING: Duration = Duration::from_millis(400);

/// What the keys of a context do, most wanted first.
pub(crate) fn own(desk: &Desk<'_>, context: Context) -> &'static [Action] {
    match context {
        Context::Text if desk.model.shows_closed_box() => {
            &[Action::Template, Action::KeepWriting, Action::Back]
        }
        Context::Text => &[
            Action::Send,
            Action::NewLine,
            Action::Attach,
            Action::Template,
        ],
        Context::List if desk.model.focus.pane == Pane::Panel => {
            &[Action::Down, Action::Note, Action::Labels, Action::Back]
        }
        Context::List if desk.model.room() == Room::One => &[Action::Open, Action::NextUnread],
        Context::List => &[
            Action::Open,
            Action::NextUnread,
            Action::Write,
            Action::Archive,
        ],
        Context::Talk if desk.model.hunt.is_some() => {
            &[Action::NextHit, Action::PreviousHit, Action::Back]
        }
        Context::Talk if desk.model.on_file() => &[
            Action::Reply,
            Action::OpenLink,
            Action::SaveFile,
            Action::React,
            Action::Details,
            Action::Write,
        ],
        Context::Talk if can_be_sent_again(desk) => &[
            Action::Retry,
            Action::Details,
            Action::Reply,
            Action::Copy,
            Action::Write,
        ],
        Context::Talk => &[
            Action::Reply,
            Action::React,
            Action::Copy,
            Action::Forward,
            Action::Write,
        ],
        Context::Overlay | Context::Anywhere => &[Action::Accept, Action::Back],
    }
}

/// Whether the message with the cursor failed, or nobody knows.
fn can_be_sent_again(desk: &Desk<'_>) -> bool {
    let model = desk.model;
    let picked = model.picked().and_then(|id| model.talk()?.get(id));
    picked.is_some_and(|message| matches!(message.status, Status::Failed | Status::Unknown))
}

/// The hint line: what the keys in hand do here.
pub(crate) fn line(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, inner: bool) {
    let mut end = area.right().saturating_sub(1);
    if let Some(waiting) = waiting(desk) {
        end = pen.right((area.x, end), area.y, &waiting, desk.ink(Slot::Warning));
        end = end.saturating_sub(2);
    }
    let model = desk.model;
    if let Some(spans) = following(desk) {
        pen.spans((area.x + 1, area.y), end.saturating_sub(area.x + 1), &spans);
        return;
    }
    let context = model.focus.context();
    let mut actions: Vec<Action> = Vec::new();
    if !inner || context != Context::Text {
        actions.extend(own(desk, context));
    }
    actions.extend([Action::Switcher, Action::Palette]);
    if inner {
        actions.push(Action::Customer);
    }
    actions.push(Action::Help);
    bar::row(
        desk,
        pen,
        Rect {
            width: end.saturating_sub(area.x),
            ..area
        },
        (context, &actions),
    );
}

/// What may follow a begun sequence.
fn following(desk: &Desk<'_>) -> Option<Vec<Span<'static>>> {
    let focus = &desk.model.focus;
    let begun = focus.pending_since.filter(|_| !focus.pending.is_empty())?;
    if desk.model.now.since(begun) < PENDING {
        return None;
    }
    let mut spans = Vec::new();
    for (keys, action) in desk.model.keymap.following(focus.context(), &focus.pending) {
        spans.push(Span::styled(keys, desk.ink(Slot::Key)));
        spans.push(Span::styled(
            format!(" {}   ", desk.say(action.word())),
            desk.ink(Slot::Dim),
        ));
    }
    Some(spans)
}

/// What stands at the end of the hint line: the hit that one walks along, or what waits to go out.
fn waiting(desk: &Desk<'_>) -> Option<String> {
    if let Some(hunt) = &desk.model.hunt {
        let args = [
            ("at", Arg::from(hunt.at + 1)),
            ("count", Arg::from(hunt.hits.len())),
        ];
        return Some(desk.say_with("search-at", &args).into_owned());
    }
    let queued = desk.model.numbers.queued();
    (queued > 0).then(|| {
        desk.say_with("bar-queued", &[("n", Arg::from(queued))])
            .into_owned()
    })
}
