//! The number strip at the top, the hint line at the bottom, and the one line of a screen too small.

use std::borrow::Cow;
use std::time::Duration;

use common::model::number::{Number, NumberStatus};
use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use crate::action::{Action, Context};
use crate::hit::Target;
use crate::model::daemon::Link;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::canvas::{Desk, Pen, cells, spans_width};
use crate::view::hints;

/// What may follow a begun sequence is shown to those who hesitate.
const PENDING: Duration = Duration::from_millis(400);
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
        NumberStatus::Connected => return None,
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

/// The hint line: what the keys in hand do here.
pub(crate) fn hints(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, inner: bool) {
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
        actions.extend(hints::own(desk, context));
    }
    actions.extend([Action::Switcher, Action::Palette]);
    if inner {
        actions.push(Action::Customer);
    }
    actions.push(Action::Help);
    row(
        desk,
        pen,
        Rect {
            width: end.saturating_sub(area.x),
            ..area
        },
        (context, &actions),
    );
}

/// A row of hints: each a key and its word, as many as fit whole; help at their end is the last to go.
pub(crate) fn row(
    desk: &Desk<'_>,
    pen: &mut Pen<'_>,
    area: Rect,
    (context, actions): (Context, &[Action]),
) {
    let end = area.right().saturating_sub(1);
    let (key, plain) = (desk.ink(Slot::Key), desk.ink(Slot::Dim));
    let hints: Vec<(Action, String, Cow<'_, str>)> = actions
        .iter()
        .filter_map(|action| hint(desk, *action, context).map(|(k, w)| (*action, k, w)))
        .collect();
    let wide = |keys: &str, word: &str| cells(wrap::width(keys) + 1 + wrap::width(word));
    let help = hints.last().filter(|(action, ..)| *action == Action::Help);
    let last = help.map_or(0, |(_, keys, word)| wide(keys, word) + 2);
    let mut x = area.x + 1;
    for (nth, (action, keys, word)) in hints.iter().enumerate() {
        let wide = wide(keys, word);
        let kept = if nth + 1 < hints.len() { last } else { 0 };
        if x.saturating_add(wide).saturating_add(kept) > end {
            continue;
        }
        let from = x;
        x = pen.text((x, area.y), wide, keys, key) + 1;
        x = pen.text((x, area.y), wide, word, plain);
        pen.hit(
            Rect {
                x: from,
                width: x - from,
                ..area
            },
            Target::Action(*action),
        );
        x += 2;
    }
}

fn hint<'a>(desk: &Desk<'a>, action: Action, context: Context) -> Option<(String, Cow<'a, str>)> {
    let key = key(desk, action, context)?;
    let short = format!("hint-{}", action.name());
    let word = desk
        .speech
        .try_say(&short)
        .unwrap_or_else(|| desk.speech.say(action.word()));
    Some((key, word))
}

/// The first key of a deed; where the window is closed the editor's key lets one write a draft.
pub(crate) fn key(desk: &Desk<'_>, action: Action, context: Context) -> Option<String> {
    let own = desk.model.keymap.key_of(action, context);
    own.or_else(|| match action {
        Action::KeepWriting => desk.model.keymap.key_of(Action::Editor, context),
        _ => None,
    })
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

/// The one line of a screen too small for anything else.
pub(crate) fn too_small(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let unread = desk.model.chats.unread(None);
    let words = desk.say_with("too-small", &[("n", Arg::from(unread))]);
    pen.text((area.x, area.y), area.width, &words, desk.ink(Slot::Strong));
    pen.cursor = Some((area.x, area.y).into());
}
