//! A chat with any number: what is typed, the country it names, what it needs.

use common::phone::{Phone, PhoneError};
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::model::overlay::{NewChat, Search};
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::bar;
use crate::view::canvas::{Desk, Pen};
use crate::view::layout;
use crate::view::pick::seam;

const WIDE: u16 = 64;
const HIGH: u16 = 13;

/// Draws the question for a number.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, new: &NewChat) {
    let outer = layout::middle(area, (WIDE, HIGH));
    pen.clear(outer);
    pen.frame(desk, outer);
    pen.hit(outer, Target::Pane(Pane::Overlay));
    let title = format!(" {} ", desk.say("newchat-title"));
    let room = outer.width.saturating_sub(4);
    pen.text((outer.x + 2, outer.y), room, &title, desk.ink(Slot::Accent));
    let field = Rect::new(outer.x + 2, outer.y + 1, room, 1);
    pen.field(field, &new.field, desk.ink(Slot::Text));
    seam(desk, pen, outer, outer.y + 2);
    let foot = outer.bottom().saturating_sub(2);
    seam(desk, pen, outer, foot.saturating_sub(1));
    let hints = Rect::new(outer.x + 1, foot, outer.width.saturating_sub(2), 1);
    let mut actions = vec![Action::Accept];
    if desk.model.numbers.len() > 1 {
        actions.push(Action::NextPane);
    }
    actions.push(Action::Back);
    bar::row(desk, pen, hints, (Context::Overlay, &actions));
    let mut y = outer.y + 3;
    for (words, slot) in lines(desk, new) {
        for line in wrap::wrap(&[Span::styled(words, desk.ink(slot))], usize::from(room)) {
            if y + 1 < foot {
                pen.line((outer.x + 2, y), room, &line);
                y += 1;
            }
        }
    }
}

/// What there is to say of the number so far.
fn lines(desk: &Desk<'_>, new: &NewChat) -> Vec<(String, Slot)> {
    let through = desk.model.numbers.get(new.number).map(|number| {
        let place = desk.model.numbers.ordinal(new.number).unwrap_or_default();
        let name = format!("#{place} {}", number.label);
        let words = desk.say_with("newchat-through", &[("name", Arg::from(&name))]);
        (words.into_owned(), Slot::Dim)
    });
    let mut lines = Vec::new();
    match Phone::parse(&new.field.text()) {
        Ok(phone) => {
            let country = country(desk, &phone);
            lines.push((format!("{}  {country}", phone.grouped()), Slot::Good));
            lines.extend(through);
            let more = match new.search {
                Search::Idle => ("newchat-template", Slot::Dim),
                Search::Asked => ("newchat-searching", Slot::Dim),
                Search::Nobody => ("newchat-nobody", Slot::Warning),
                Search::Offline => ("newchat-offline", Slot::Warning),
            };
            let to = phone.to_string();
            let words = desk.say_with(more.0, &[("to", Arg::from(&to))]);
            lines.push((words.into_owned(), more.1));
        }
        Err(error) => {
            let slot = match error {
                PhoneError::Empty | PhoneError::NotInternational | PhoneError::TooShort => {
                    Slot::Dim
                }
                _ => Slot::Warning,
            };
            lines.push((desk.say(word(&error)).into_owned(), slot));
            lines.extend(through);
        }
    }
    lines
}

const fn word(error: &PhoneError) -> &'static str {
    match error {
        PhoneError::Empty | PhoneError::NotInternational => "phone-country-first",
        PhoneError::BadCharacter(_) => "phone-bad-character",
        PhoneError::UnknownCountry => "phone-unknown-country",
        PhoneError::TooShort => "phone-too-short",
        PhoneError::TooLong => "phone-too-long",
    }
}

/// The country that the number names, or its calling code.
fn country(desk: &Desk<'_>, phone: &Phone) -> String {
    let code = phone.calling_code().unwrap_or_default();
    let name = desk.speech.try_say(&format!("country-{code}"));
    name.map_or_else(|| format!("+{code}"), std::borrow::Cow::into_owned)
}
