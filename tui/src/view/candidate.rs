//! The file under the picker's cursor: its picture, what it is, and the words that go with it.

use common::file::facts::Facts;
use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::file::Looked;
use crate::hit::{Sight, Source};
use crate::model::attach::{Attach, For};
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::canvas::{Desk, Pen};
use crate::view::card::file::length;
use crate::view::card::parcel::kind_word;
use crate::view::pictures;

/// The picture, or what is known; then the caption.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, attach: &Attach) {
    let Some(entry) = attach.current().filter(|entry| !entry.folder) else {
        return;
    };
    let high = area.height.saturating_sub(6);
    let is_picture = attach.facts(&entry.path).is_some_and(is_shown);
    let source = Source::File(entry.path.clone());
    let unseen = desk.model.pictures.fault(&source);
    let mut y = area.y;
    if is_picture && unseen.is_none() && high > 1 && desk.model.pictures.means().is_some() {
        let sight = Sight {
            source,
            most: (area.width, high),
        };
        let size = desk
            .model
            .pictures
            .get(&sight)
            .map(|picture| picture.size());
        let place = Rect {
            y: area.y,
            width: size.map_or(area.width, |size| size.0),
            height: size.map_or(high, |size| size.1),
            ..area
        };
        pictures::paint(desk, pen, place, (&sight, 0));
        y += high + 1;
    }
    if let Some(unseen) = unseen.filter(|_| is_picture) {
        let words = desk.say(unseen.word());
        pen.text((area.x, y), area.width, &words, desk.ink(Slot::Quote));
        y += 2;
    }
    let facts = Rect {
        y,
        height: 2,
        ..area
    };
    described(desk, pen, facts, attach);
    let words = Rect {
        y: y + 3,
        height: area.bottom().saturating_sub(y + 3),
        ..area
    };
    caption(desk, pen, words, attach);
}

const fn is_shown(facts: &Facts) -> bool {
    use common::file::facts::Format;
    matches!(facts.format, Format::Jpeg | Format::Png | Format::Webp)
}

/// Name, size and kind of the file under the cursor, and as what it goes.
pub(crate) fn described(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, attach: &Attach) {
    let Some(entry) = attach.current().filter(|entry| !entry.folder) else {
        return;
    };
    let name = clean_line(&entry.name, 80);
    let x = pen.text((area.x, area.y), area.width, &name, desk.ink(Slot::Strong));
    let words = match attach.looked.get(&entry.path) {
        Some(Looked::Facts(facts)) => {
            let mut words = vec![facts.found()];
            words.extend(facts.seconds.map(length));
            words.push(desk.speech.size(facts.bytes));
            words.join("  ")
        }
        Some(Looked::Cannot(why)) => clean_line(why, 120).into_owned(),
        Some(Looked::Coming) | None => desk.say("attach-looking").into_owned(),
    };
    let room = area.right().saturating_sub(x + 2);
    pen.text((x + 2, area.y), room, &words, desk.ink(Slot::Dim));
    if let Some(Ok(fit)) = attach.verdict(&entry.path) {
        let kind = desk.say(kind_word(fit.kind)).into_owned();
        let words = desk.say_with("attach-goes-as", &[("kind", Arg::from(&kind))]);
        pen.text(
            (area.x, area.y + 1),
            area.width,
            &words,
            desk.ink(Slot::Dim),
        );
    }
}

/// The words under the file: written, or a wish for them.
pub(crate) fn caption(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, attach: &Attach) {
    if !matches!(attach.whose, For::Chat(_)) || area.height == 0 {
        return;
    }
    let head = desk.say("attach-caption");
    let x = pen.text((area.x, area.y), area.width, &head, desk.ink(Slot::Dim));
    let place = if area.height > 1 {
        Rect {
            x: area.x + 2,
            y: area.y + 1,
            width: area.width.saturating_sub(2),
            height: area.height - 1,
        }
    } else {
        Rect {
            x: x + 2,
            width: area.right().saturating_sub(x + 2),
            ..area
        }
    };
    if let Some(field) = &attach.caption {
        for (y, row) in (place.y..place.bottom()).zip(field.rows_in(place)) {
            pen.text((place.x, y), place.width, &row, desk.ink(Slot::Text));
        }
        pen.cursor = Some(field.cursor_in(place));
        return;
    }
    let current = attach.current().and_then(|entry| attach.tick(&entry.path));
    if let Some(chosen) = current {
        let words = clean_line(&chosen.caption, 400).into_owned();
        let lines = wrap::wrap(&[Span::raw(words)], usize::from(place.width));
        for (y, line) in (place.y..place.bottom()).zip(&lines) {
            pen.line((place.x, y), place.width, line);
        }
    }
}
