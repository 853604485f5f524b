//! Which deeds the hint line tells where the keys are.

use crate::action::{Action, Context};
use crate::hit::Pane;
use crate::model::Room;
use crate::view::canvas::Desk;

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
        Context::Talk => &[
            Action::Reply,
            Action::React,
            Action::Copy,
            Action::Retry,
            Action::Details,
            Action::Write,
        ],
        Context::Overlay | Context::Anywhere => &[Action::Accept, Action::Back],
    }
}
