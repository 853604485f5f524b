//! One picture over the whole screen, as large as it may be.

use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::layout::Rect;

use crate::action::{Action, Context};
use crate::hit::{Pane, Sight, Source, Target};
use crate::model::overlay::Large;
use crate::part::wrap;
use crate::view::bar;
use crate::view::brief;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::card::file::mime_word;
use crate::view::pictures;

/// Draws it, with its name and facts above and the keys below.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, large: Large) {
    pen.clear(area);
    pen.hit(area, Target::Pane(Pane::Overlay));
    let message = desk.model.talk().and_then(|talk| talk.get(large.message));
    let Some((message, media)) = message.and_then(|m| Some((m, m.media.as_ref()?))) else {
        return;
    };
    let kind = desk.say(brief::kind_word(message.content.kind()));
    let name = clean_line(media.filename.as_deref().unwrap_or(&kind), 80).into_owned();
    let mut facts = vec![desk.speech.moment(message.timestamp, desk.model.now)];
    let source = Source::Media(media.id);
    facts.extend(media.mime.as_deref().map(mime_word));
    if let Some((width, height)) = desk.model.pictures.pixels(&source) {
        facts.push(format!("{width}x{height}"));
    }
    facts.extend(media.bytes.map(|bytes| desk.speech.size(bytes)));
    let room = area.width.saturating_sub(2);
    let x = pen.text((area.x + 1, area.y), room, &name, desk.ink(Slot::Strong));
    let rest = area.right().saturating_sub(x + 3);
    pen.text(
        (x + 2, area.y),
        rest,
        &facts.join("  "),
        desk.ink(Slot::Dim),
    );
    let foot = Rect {
        y: area.bottom().saturating_sub(1),
        height: 1,
        ..area
    };
    let actions = [Action::Back, Action::Down, Action::Up];
    bar::row(desk, pen, foot, (Context::Overlay, &actions));
    let inner = Rect {
        x: area.x + 1,
        y: area.y + 2,
        width: room,
        height: area.height.saturating_sub(4),
    };
    if inner.is_empty() {
        return;
    }
    let sight = Sight {
        source,
        most: (inner.width, inner.height),
    };
    let size = desk
        .model
        .pictures
        .get(&sight)
        .map(|picture| picture.size());
    if let Some((wide, high)) = size {
        let middle = Rect {
            x: inner.x + inner.width.saturating_sub(wide) / 2,
            y: inner.y + inner.height.saturating_sub(high) / 2,
            width: wide,
            height: high,
        };
        pictures::paint(desk, pen, middle, (&sight, 0));
    } else {
        pictures::paint(desk, pen, inner, (&sight, 0));
        if let Some(unseen) = desk.model.pictures.fault(&sight.source) {
            let words = desk.say(unseen.word());
            let x = inner.x + inner.width.saturating_sub(cells(wrap::width(&words))) / 2;
            pen.text((x, inner.y + 1), inner.width, &words, desk.ink(Slot::Quote));
        }
    }
    pen.cursor = Some((area.x + 1, area.y).into());
}
