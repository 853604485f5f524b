//! Toasts, confirmations, and the details of one message.

use std::borrow::Cow;

use common::api::event::Severity;
use common::model::message::Message;
use common::text::clean::clean_line;
use common::tick::Status;
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::action::{Action, Context};
use crate::advice;
use crate::hit::{Pane, Target};
use crate::model::overlay::{Ask, Asked, Confirm, Deed, Details};
use crate::model::toast::Say;
use crate::part::ticks::Tick;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::bar;
use crate::view::brief;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::fault;
use crate::view::layout;
use crate::view::pick::seam;

/// The words of a sentence that the model keeps by its key. A problem's code is said in the
/// screen's language where the catalogue knows it; otherwise the daemon's own sentence stands.
pub(crate) fn words<'a>(desk: &Desk<'a>, say: &Say) -> Cow<'a, str> {
    let told = say.with.iter().find(|(name, _)| *name == "code");
    let known = told.and_then(|(_, code)| {
        desk.speech
            .try_say(&format!("problem-{}", code.replace('_', "-")))
    });
    // The daemon speaks English; what it says of an error of Meta's is known in every language.
    let told = say.with.iter().find(|(name, _)| *name == "sentence");
    let known = known.or_else(|| {
        let (_, sentence) = told?;
        Some(advice::retold(desk.speech, sentence).into_owned().into())
    });
    let args: Vec<(&'static str, Arg<'_>)> = say
        .with
        .iter()
        .map(|(name, value)| match (*name, &known) {
            ("detail" | "sentence", Some(words)) => (*name, Arg::from(words)),
            _ => (
                *name,
                value.parse().map_or(Arg::Text(value.as_str()), Arg::Count),
            ),
        })
        .collect();
    desk.speech.say_with(say.word, &args)
}

/// Short notices, under the number strip, right.
pub(crate) fn toasts(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let most = usize::from(area.width.saturating_sub(4)).min(70);
    let mut y = area.y;
    for toast in desk.model.toasts.iter() {
        let slot = match toast.severity {
            Severity::Info => Slot::Pill,
            Severity::Warning => Slot::Warning,
            Severity::Error => Slot::Alarm,
        };
        let style = desk.ink(slot).add_modifier(Modifier::REVERSED);
        let words = clean_line(&words(desk, &toast.say), 320).into_owned();
        let lines = wrap::wrap(&[Span::styled(words, style)], most);
        let wide = lines
            .iter()
            .map(|line| wrap::width(&line.to_string()))
            .max()
            .unwrap_or(0);
        let x = area.right().saturating_sub(cells(wide) + 3);
        for line in lines {
            if y >= area.bottom() {
                return;
            }
            let gap = wide.saturating_sub(wrap::width(&line.to_string()));
            let room = cells(wide) + 2;
            pen.clear(Rect::new(x, y, room, 1));
            pen.text((x, y), room, &format!(" {line}{} ", " ".repeat(gap)), style);
            y += 1;
        }
    }
}

/// A question before a deed.
pub(crate) fn confirm(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, confirm: &Confirm) {
    let words = words(desk, &confirm.say);
    let wide = 56.min(area.width);
    let room = usize::from(wide.saturating_sub(4));
    let lines = wrap::wrap(&[Span::styled(words, desk.ink(Slot::Text))], room);
    let outer = layout::middle(area, (wide, cells(lines.len()) + 4));
    // Whoever asked why is not asked whether they are sure.
    let title = match confirm.deed {
        Deed::Template => "window-why",
        _ => "confirm-title",
    };
    let inner = open(desk, pen, outer, &desk.say(title));
    for (y, line) in (inner.y..inner.bottom()).zip(&lines) {
        pen.line((inner.x, y), inner.width, line);
    }
    let keys = desk
        .model
        .keymap
        .key_of(Action::Accept, Context::Overlay)
        .unwrap_or_default();
    let no = desk
        .model
        .keymap
        .key_of(Action::Back, Context::Overlay)
        .unwrap_or_default();
    let y = outer.bottom().saturating_sub(2);
    let mut x = inner.x;
    let start = x;
    for (key, word, action) in [
        (keys, "confirm-yes", Action::Accept),
        (no, "confirm-no", Action::Back),
    ] {
        let from = x;
        let end = inner.right();
        x = pen.text((x, y), end.saturating_sub(x), &key, desk.ink(Slot::Key)) + 1;
        x = pen.text(
            (x, y),
            end.saturating_sub(x),
            &desk.say(word),
            desk.ink(Slot::Text),
        );
        pen.hit(
            Rect::new(from, y, x.saturating_sub(from), 1),
            Target::Action(action),
        );
        x += 3;
    }
    pen.cursor = Some((start, y).into());
}

/// One line to be typed, with what it is for, and why what stands there does not do.
pub(crate) fn ask(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, ask: &Ask) {
    let (title, help) = match ask.what {
        Asked::Day => ("ask-day", "ask-day-help"),
        Asked::Name(_) => ("ask-name", "ask-name-help"),
        Asked::SaveAs(_) => ("ask-save", "ask-save-help"),
    };
    let outer = layout::middle(area, (56.min(area.width), 7));
    let inner = open(desk, pen, outer, &desk.say(title));
    let field = Rect { height: 1, ..inner };
    pen.field(field, &ask.field, desk.ink(Slot::Text));
    let (told, slot) = match &ask.fault {
        Some(fault) => (words(desk, fault), Slot::Warning),
        None => (desk.say(help), Slot::Dim),
    };
    pen.text((inner.x, inner.y + 2), inner.width, &told, desk.ink(slot));
    let foot = Rect {
        x: outer.x + 1,
        y: outer.bottom().saturating_sub(2),
        height: 1,
        ..inner
    };
    let actions = [Action::Accept, Action::Back];
    bar::row(desk, pen, foot, (Context::Overlay, &actions));
}

/// Frame with a title and a foot; gives what lies between.
pub(super) fn open(desk: &Desk<'_>, pen: &mut Pen<'_>, outer: Rect, title: &str) -> Rect {
    pen.clear(outer);
    pen.frame(desk, outer);
    pen.hit(outer, Target::Pane(Pane::Overlay));
    let room = outer.width.saturating_sub(4);
    pen.text(
        (outer.x + 2, outer.y),
        room,
        &format!(" {title} "),
        desk.ink(Slot::Accent),
    );
    seam(desk, pen, outer, outer.bottom().saturating_sub(3));
    Rect {
        x: outer.x + 2,
        y: outer.y + 1,
        width: outer.width.saturating_sub(4),
        height: outer.height.saturating_sub(4),
    }
}

/// Times, ids and errors of one message.
pub(crate) fn details(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, details: Details) {
    let Some(message) = desk.model.talk().and_then(|talk| talk.get(details.message)) else {
        return;
    };
    let wide = 76.min(area.width);
    let rows = rows(desk, message, usize::from(wide.saturating_sub(4)));
    let outer = layout::middle(area, (wide, cells(rows.len()) + 4));
    let inner = open(desk, pen, outer, &desk.say("details-title"));
    let fit = usize::from(inner.height);
    pen.hits.seen.overlay_rows = fit;
    pen.hits.seen.overlay_lines = rows.len();
    let top = details.top.min(rows.len().saturating_sub(fit));
    for (y, row) in (inner.y..inner.bottom()).zip(rows.iter().skip(top)) {
        pen.line((inner.x, y), inner.width, row);
    }
    let foot = Rect {
        x: outer.x + 1,
        y: outer.bottom().saturating_sub(2),
        height: 1,
        ..inner
    };
    bar::row(
        desk,
        pen,
        foot,
        (Context::Overlay, &[Action::Down, Action::Up, Action::Back]),
    );
    pen.cursor = Some((inner.x, inner.y).into());
}

struct Table<'a> {
    desk: &'a Desk<'a>,
    room: usize,
    rows: Vec<Line<'static>>,
}

/// Cells for the names of facts.
const NAMES: usize = 16;

impl Table<'_> {
    fn fact(&mut self, key: &'static str, value: &str) {
        let name = wrap::cut(&self.desk.say(key), NAMES - 1).into_owned();
        self.row(&name, value);
    }

    fn row(&mut self, name: &str, value: &str) {
        let value = clean_line(value, 300).into_owned();
        let style = self.desk.ink(Slot::Text);
        let lines = wrap::wrap(
            &[Span::styled(value, style)],
            self.room.saturating_sub(NAMES),
        );
        for (nth, mut line) in lines.into_iter().enumerate() {
            let name = if nth == 0 { name } else { "" };
            let gap = NAMES.saturating_sub(wrap::width(name));
            let lead = format!("{name}{}", " ".repeat(gap));
            line.spans
                .insert(0, Span::styled(lead, self.desk.ink(Slot::Dim)));
            self.rows.push(line);
        }
    }
}

fn rows(desk: &Desk<'_>, message: &Message, room: usize) -> Vec<Line<'static>> {
    let mut table = Table {
        desk,
        room,
        rows: Vec::new(),
    };
    let now = desk.model.now;
    table.fact(
        "details-kind",
        &desk.say(brief::kind_word(message.content.kind())),
    );
    table.fact("details-time", &desk.speech.moment(message.timestamp, now));
    if let Some(sender) = &message.sender {
        table.fact("details-by", &sender.operator);
    }
    if let Some(tick) = Tick::of(message.status) {
        let words = format!("{} {}", tick.mark(desk.glyphs), desk.say(tick.word()));
        table.fact("details-status", &words);
    }
    for report in &message.statuses {
        let word = Status::from_name(&report.status).and_then(Tick::of);
        let word = word.map_or_else(
            || report.status.clone(),
            |t| desk.say(t.word()).into_owned(),
        );
        let category = report
            .pricing
            .as_ref()
            .and_then(|pricing| pricing.category.as_deref());
        let category = category.map(|c| format!("  {c}")).unwrap_or_default();
        let value = format!("{word}{category}");
        table.row(&format!("  {}", desk.speech.clock_time(report.at)), &value);
    }
    if message.status == Status::Failed {
        table.fact("details-why", &fault::reason(desk, message));
        if let Some(remedy) = fault::remedy(desk, message) {
            table.fact("details-do", &remedy);
        }
        if let Some(way) = fault::way(desk, message) {
            table.fact("details-way", &way);
        }
    }
    if let Some(error) = &message.error {
        let details = error.details.as_deref().unwrap_or_default();
        table.fact(
            "details-meta",
            &format!("{} {} {details}", error.code, error.title),
        );
    }
    table.fact("details-id", &message.id.to_string());
    if let Some(wamid) = &message.wamid {
        table.fact("details-wamid", wamid.as_str());
    }
    table.rows
}
