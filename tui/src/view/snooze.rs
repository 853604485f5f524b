//! Until when a chat is put off, and what is said of that in the list.

use common::model::chat::Chat;
use config::theme::Slot;
use ratatui::layout::Rect;

use crate::action::Action;
use crate::model::overlay::{Snooze, Until};
use crate::view::canvas::{Desk, Pen};
use crate::view::layout;
use crate::view::pick::{self, Row};

/// The moments to choose from, or the one that is typed.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, snooze: &Snooze) {
    let title = ("snooze-title", Action::Snooze);
    let area = layout::middle(area, (56, 12));
    let rows = pick::open(desk, pen, area, title, &snooze.pick);
    let list = Rect {
        height: rows.height.saturating_sub(2),
        ..rows
    };
    if snooze.pick.list.is_empty() {
        pick::nothing(desk, pen, list, "snooze-unknown");
    }
    pick::each(desk, pen, list, &snooze.pick, |desk, until, _| Row {
        name: None,
        right: match until {
            Until::Moment(then) => desk.speech.weekday_time(*then),
            Until::Never => String::new(),
        },
        unread: String::new(),
    });
    let foot = rows.bottom().saturating_sub(1);
    let room = rows.width.saturating_sub(2);
    let words = desk.say("snooze-help");
    pen.text((rows.x + 1, foot), room, &words, desk.ink(Slot::Dim));
}

/// When a chat that is put off comes back, as its row tells it.
pub(crate) fn comes_back(desk: &Desk<'_>, chat: &Chat) -> Option<String> {
    let now = desk.model.now;
    let until = chat.snoozed_until.filter(|until| *until > now)?;
    let (day, today) = (desk.speech.date(until), desk.speech.date(now));
    Some(if day == today {
        desk.speech.time(until)
    } else if (day - today).get_days() < 7 {
        desk.speech.weekday_time(until)
    } else {
        desk.speech.short_date(until, now)
    })
}
