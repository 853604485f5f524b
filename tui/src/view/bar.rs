//! The number strip at the top, a row of hints at the bottom, and the one line of a screen too small.

use std::borrow::Cow;

use common::model::health::Trouble;
use common::model::number::{Number, NumberStatus};
use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;

use crate::action::{Action, Context};
use crate::hit::Target;
use crate::model::daemon::Link;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::canvas::{Desk, Pen, cells, spans_width};

/// Columns from which the strip has its full words.
const FULL: u16 = 110;

/// The number strip with the daemon's state and the time.
pub(crate) fn strip(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let state = state(desk, area.width);
    let wide = cells(spans_width(&state));
    let end = area.right().saturating_sub(1);
    let start = end.saturating_sub(wide);
    pen.spans((start, area.y), wide, &state);
    let mut x = area.x + 1;
    if area.width >= FULL {
        x = pen.text((x, area.y), 8, "recado", desk.ink(Slot::Strong)) + 3;
    }
    numbers(
        desk,
        pen,
        Rect {
            x,
            width: start.saturating_sub(x + 2),
            ..area
        },
    );
}

fn numbers(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let gap = if area.width >= 60 { 3 } else { 2 };
    let tabs = [24, 10, 0].iter().map(|most| tabs(desk, *most));
    let fits = |tabs: &Vec<Tab>| {
        let wide: usize = tabs.iter().map(|tab| spans_width(&tab.spans) + gap).sum();
        wide <= usize::from(area.width) + gap
    };
    let mut last = Vec::new();
    for tabs in tabs {
        let good = fits(&tabs);
        last = tabs;
        if good {
            break;
        }
    }
    let mut x = area.x;
    for tab in &last {
        let wide = cells(spans_width(&tab.spans));
        if x.saturating_add(wide) > area.right() {
            pen.text(
                (area.right(), area.y),
                1,
                desk.glyphs.more(),
                desk.ink(Slot::Dim),
            );
            break;
        }
        let end = pen.spans((x, area.y), wide, &tab.spans);
        pen.hit(
            Rect {
                x,
                width: wide,
                ..area
            },
            Target::Number(tab.number),
        );
        x = end.saturating_add(cells(gap));
    }
}

struct Tab {
    number: Option<common::id::NumberId>,
    spans: Vec<Span<'static>>,
}

/// "All" and each number: place, name of at most `most` cells, unread messages, mark.
fn tabs(desk: &Desk<'_>, most: usize) -> Vec<Tab> {
    let model = desk.model;
    let chosen = |number| {
        if model.filter() == number {
            desk.ink(Slot::Chosen)
        } else {
            Style::new()
        }
    };
    let total = model.unread(None);
    let all = tab(desk, desk.say("bar-all").into_owned(), chosen(None), total);
    let mut tabs = vec![Tab {
        number: None,
        spans: all,
    }];
    for (place, number) in model.numbers.iter().enumerate() {
        let mut words = (place + 1).to_string();
        if most > 0 {
            words = format!(
                "{words} {}",
                wrap::cut(&clean_line(&number.label, 80), most)
            );
        }
        let unread = model.unread(Some(number.id));
        let mut spans = tab(desk, words, chosen(Some(number.id)), unread);
        if let Some(mark) = mark(desk, number, most > 10) {
            spans.push(mark);
        }
        tabs.push(Tab {
            number: Some(number.id),
            spans,
        });
    }
    tabs
}

fn tab(desk: &Desk<'_>, words: String, style: Style, unread: u32) -> Vec<Span<'static>> {
    let mut spans = vec![Span::styled(words, style)];
    if unread > 0 {
        spans.push(Span::styled(format!(" {unread}"), desk.ink(Slot::Unread)));
    }
    spans
}

fn mark(desk: &Desk<'_>, number: &Number, words: bool) -> Option<Span<'static>> {
    let (mark, key, slot) = match number.status {
        NumberStatus::Error => (desk.glyphs.trouble(), "number-broken", Slot::Alarm),
        NumberStatus::Pending => ("", "number-pending", Slot::Warning),
        NumberStatus::Disconnected => ("", "number-paused", Slot::Dim),
        NumberStatus::Connected => match Trouble::of(number, desk.model.now)? {
            Trouble::Error => (desk.glyphs.trouble(), "number-broken", Slot::Alarm),
            Trouble::Webhook => (desk.glyphs.trouble(), "number-webhook", Slot::Alarm),
            Trouble::Blocked => (desk.glyphs.trouble(), "number-blocked", Slot::Alarm),
            Trouble::Token => (desk.glyphs.trouble(), "number-token", Slot::Warning),
            Trouble::Limited => (desk.glyphs.trouble(), "number-limited", Slot::Warning),
            Trouble::Quality => (desk.glyphs.trouble(), "number-quality", Slot::Warning),
            Trouble::Name => (desk.glyphs.trouble(), "number-name", Slot::Warning),
        },
    };
    let word = if words || mark.is_empty() {
        format!(" {}", desk.say(key))
    } else {
        String::new()
    };
    Some(Span::styled(format!("{mark}{word}"), desk.ink(slot)))
}

/// The right end of the bar: how the daemon is, when Meta last called, the time.
fn state(desk: &Desk<'_>, width: u16) -> Vec<Span<'static>> {
    let full = width >= FULL;
    let gap = if full { "   " } else { "  " };
    let mut spans = daemon(desk, full);
    if full && let Some(call) = last_call(desk) {
        spans.push(Span::raw(gap));
        spans.push(Span::styled(call, desk.ink(Slot::Dim)));
    }
    spans.push(Span::raw(gap));
    spans.push(Span::raw(desk.speech.time(desk.model.now)));
    spans
}

/// How the daemon is, in words as many as there is room for.
pub(crate) fn daemon(desk: &Desk<'_>, full: bool) -> Vec<Span<'static>> {
    let model = desk.model;
    match &model.daemon.link {
        Link::Up => {
            let key = if full { "bar-daemon-ok" } else { "bar-ok" };
            vec![Span::styled(
                desk.say(key).into_owned(),
                desk.ink(Slot::Good),
            )]
        }
        Link::Connecting { .. } => {
            vec![Span::styled(
                desk.say("bar-connecting").into_owned(),
                desk.ink(Slot::Warning),
            )]
        }
        Link::Lost {
            since, retry_at, ..
        } => {
            let age = desk.speech.short_span(model.now.since(*since));
            let lost = desk
                .say_with("bar-lost", &[("span", Arg::from(&age))])
                .into_owned();
            let mut spans = vec![Span::styled(lost, desk.ink(Slot::Alarm))];
            if full {
                let again = match retry_at {
                    Some(at) => {
                        let span = desk.speech.short_span(at.since(model.now));
                        desk.say_with("bar-retry-in", &[("span", Arg::from(&span))])
                            .into_owned()
                    }
                    None => desk.say("bar-retrying").into_owned(),
                };
                spans.push(Span::styled(format!(", {again}"), desk.ink(Slot::Warning)));
            }
            spans.push(Span::raw("   "));
            let reading = desk.say("bar-reading-only").into_owned();
            spans.push(Span::styled(reading, desk.ink(Slot::Warning)));
            spans
        }
    }
}

fn last_call(desk: &Desk<'_>) -> Option<String> {
    let daemon = &desk.model.daemon;
    if !daemon.is_up() {
        return None;
    }
    let told = daemon
        .status
        .as_ref()
        .and_then(|status| status.webhook.last_received_at);
    let Some(last) = daemon.last_webhook.max(told) else {
        return Some(desk.say("bar-webhook-never").into_owned());
    };
    let age = desk.model.now.since(last);
    // Seconds are not shown: the bar of an idle screen would never rest.
    if age.as_secs() < 60 {
        return Some(desk.say("bar-webhook-now").into_owned());
    }
    let span = desk.speech.short_span(age);
    Some(
        desk.say_with("bar-webhook-ago", &[("span", Arg::from(&span))])
            .into_owned(),
    )
}

/// A row of hints: each a key and its word, as many as fit whole; help at their end is the last to go. What can be done
/// everywhere stands at the right, in the same place whatever is in hand.
pub(crate) fn row(
    desk: &Desk<'_>,
    pen: &mut Pen<'_>,
    area: Rect,
    (context, actions): (Context, &[Action]),
) {
    let (mut x, end) = (area.x + 1, area.right().saturating_sub(1));
    let hints: Vec<Hint<'_>> = actions
        .iter()
        .filter_map(|action| hint(desk, *action, context))
        .collect();
    let is_help = |hint: &&Hint<'_>| hint.action == Action::Help;
    let last = hints.last().filter(is_help).map_or(0, |help| help.wide + 2);
    let mut left = end.saturating_sub(x);
    let mut fit: Vec<&Hint<'_>> = Vec::new();
    for (nth, hint) in hints.iter().enumerate() {
        let kept = if nth + 1 < hints.len() { last } else { 0 };
        if hint.wide + kept <= left {
            left = left.saturating_sub(hint.wide + 2);
            fit.push(hint);
        }
    }
    let is_own = |hint: &&Hint<'_>| last == 0 || !EVERYWHERE.contains(&hint.action);
    let (own, everywhere): (Vec<_>, Vec<_>) = fit.into_iter().partition(is_own);
    for hint in own {
        hint.draw(desk, pen, Rect { x, ..area });
        x += hint.wide + 2;
    }
    let mut x = end;
    for hint in everywhere.into_iter().rev() {
        x = x.saturating_sub(hint.wide);
        hint.draw(desk, pen, Rect { x, ..area });
        x = x.saturating_sub(2);
    }
}

/// What can be done everywhere, in the order in which it is told.
const EVERYWHERE: [Action; 4] = [
    Action::Switcher,
    Action::Palette,
    Action::Customer,
    Action::Help,
];

/// A key and its word.
struct Hint<'a> {
    action: Action,
    keys: String,
    word: Cow<'a, str>,
    /// How many cells both take.
    wide: u16,
}

impl Hint<'_> {
    fn draw(&self, desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
        let (key, word) = (desk.ink(Slot::Key), desk.ink(Slot::Dim));
        // Beside quiet words a plain key stands out, and costs a slow line half of what a bold one does.
        let plain = Style {
            add_modifier: key.add_modifier - Modifier::BOLD,
            ..key
        };
        let key = if plain == word { key } else { plain };
        let x = pen.text((area.x, area.y), self.wide, &self.keys, key) + 1;
        pen.text((x, area.y), self.wide, &self.word, word);
        let area = Rect {
            width: self.wide,
            ..area
        };
        pen.hit(area, Target::Action(self.action));
    }
}

fn hint<'a>(desk: &Desk<'a>, action: Action, context: Context) -> Option<Hint<'a>> {
    let keys = key(desk, action, context)?;
    let short = format!("hint-{}", action.name());
    let word = desk
        .speech
        .try_say(&short)
        .unwrap_or_else(|| desk.speech.say(action.word()));
    let wide = cells(wrap::width(&keys) + 1 + wrap::width(&word));
    Some(Hint {
        action,
        keys,
        word,
        wide,
    })
}

/// The first key of a deed; where the window is closed the editor's key lets one write a draft.
pub(crate) fn key(desk: &Desk<'_>, action: Action, context: Context) -> Option<String> {
    let own = desk.model.keymap.key_of(action, context);
    own.or_else(|| match action {
        Action::KeepWriting => desk.model.keymap.key_of(Action::Editor, context),
        _ => None,
    })
}

/// The one line of a screen too small for anything else.
pub(crate) fn too_small(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let unread = desk.model.chats.unread(None);
    let words = desk.say_with("too-small", &[("n", Arg::from(unread))]);
    pen.text((area.x, area.y), area.width, &words, desk.ink(Slot::Strong));
    pen.cursor = Some((area.x, area.y).into());
}
