//! The layer that asks for the keys of a deed, and says what they do now.

use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::action::{Action, Context};
use crate::keymap::Hidden;
use crate::model::overlay::Bind;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::bar;
use crate::view::canvas::{Desk, Pen};
use crate::view::layout;
use crate::view::over;

/// Clashes that are told; more say no more.
const TOLD: usize = 3;

/// Draws it.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, bind: &Bind) {
    let outer = layout::middle(area, (60.min(area.width), 12));
    let inner = over::open(desk, pen, outer, &desk.say("bind-title"));
    let deed = desk.say(bind.action.word());
    pen.text(
        (inner.x, inner.y),
        inner.width,
        &deed,
        desk.ink(Slot::Strong),
    );
    let place = desk.say(bind.context().word());
    pen.text(
        (inner.x, inner.y + 1),
        inner.width,
        &place,
        desk.ink(Slot::Dim),
    );
    let y = inner.y + 3;
    let keys = crate::keymap::spell(&bind.chords);
    let (words, slot) = if keys.is_empty() {
        (desk.say("bind-press").into_owned(), Slot::Text)
    } else {
        (keys, Slot::Key)
    };
    let end = pen.text((inner.x, y), inner.width, &words, desk.ink(slot));
    pen.cursor = Some((end.min(inner.right().saturating_sub(1)), y).into());
    if !bind.chords.is_empty() {
        clashes(
            desk,
            pen,
            Rect {
                y: y + 1,
                height: 4,
                ..inner
            },
            bind,
        );
    }
    let foot = Rect {
        x: outer.x + 1,
        y: outer.bottom().saturating_sub(2),
        height: 1,
        ..inner
    };
    let all = [Action::Accept, Action::NextPane, Action::Back];
    let actions: &[Action] = match bind.chords.is_empty() {
        true => &[Action::Back],
        false if bind.contexts.len() > 1 => &all,
        false => &[Action::Accept, Action::Back],
    };
    bar::row(desk, pen, foot, (Context::Overlay, actions));
}

/// What these keys do now, and what could not be reached any more.
fn clashes(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, bind: &Bind) {
    let clashes = desk.model.keymap.clashes(bind.context(), &bind.chords);
    let mut y = area.y;
    if clashes.is_empty() {
        pen.text(
            (area.x, y),
            area.width,
            &desk.say("bind-free"),
            desk.ink(Slot::Good),
        );
        return;
    }
    for clash in clashes.iter().take(TOLD) {
        let deed = desk.say(clash.action.word());
        let place = desk.say(clash.context.word());
        let args = [
            ("keys", Arg::from(&clash.keys)),
            ("deed", Arg::from(&*deed)),
            ("place", Arg::from(&*place)),
        ];
        let key = match clash.how {
            Hidden::Taken => "bind-taken",
            Hidden::Longer => "bind-longer",
            Hidden::Shorter => "bind-shorter",
            Hidden::Kept => "bind-kept",
        };
        let words = desk.say_with(key, &args);
        let words = Span::styled(words.into_owned(), desk.ink(Slot::Warning));
        for line in wrap::wrap(&[words], usize::from(area.width)) {
            if y < area.bottom() {
                pen.line((area.x, y), area.width, &line);
                y += 1;
            }
        }
    }
}
