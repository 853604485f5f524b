//! The screen for the ear: no frames, one thing a line, words for marks, the newest at the bottom.

use common::model::chat::Chat;
use common::model::message::{Direction, Message};
use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::model::compose::Leaving;
use crate::model::overlay::Overlay;
use crate::part::clock::WindowClock;
use crate::part::ticks::Tick;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::bar;
use crate::view::brief;
use crate::view::bubble::{Bubble, Bubbles};
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::card;
use crate::view::fault;
use crate::view::over;
use crate::view::sifted;
use crate::view::talk;

/// Draws the whole screen.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, bubbles: &mut Bubbles, area: Rect) {
    let model = desk.model;
    let foot = Rect {
        y: area.bottom().saturating_sub(1),
        height: 1,
        ..area
    };
    let mut body = Rect {
        height: area.height.saturating_sub(2),
        ..area
    };
    let toast = model
        .toasts
        .iter()
        .last()
        .map(|toast| over::words(desk, &toast.say).into_owned());
    last_line(desk, pen, foot, toast);
    if let Some(overlay) = model
        .focus
        .overlay()
        .filter(|overlay| !matches!(overlay, Overlay::Filter(_)))
    {
        layer(desk, pen, body, overlay);
        return;
    }
    if model.focus.pane == Pane::List || model.open_id().is_none() {
        list(desk, pen, body);
        return;
    }
    if let Some(chat) = model.open_chat() {
        pen.text(
            (body.x, body.y),
            body.width,
            &head(desk, chat),
            desk.ink(Slot::Strong),
        );
    }
    let rows = compose_rows(desk, area.width).min(body.height / 2).max(1);
    let write = Rect {
        y: body.bottom().saturating_sub(rows),
        height: rows,
        ..body
    };
    body.y += 2;
    body.height = write.y.saturating_sub(body.y + 1);
    talk::draw(desk, pen, bubbles, body, true);
    compose(desk, pen, write);
}

/// Name, number, how long one may still write freely.
fn head(desk: &Desk<'_>, chat: &Chat) -> String {
    let name = brief::name(&chat.customer);
    let place = desk
        .model
        .numbers
        .ordinal(chat.number_id)
        .unwrap_or_default();
    let clock = WindowClock::of(chat.window, desk.model.now);
    let window = if clock.is_open() {
        let span = clock.spoken(desk.speech);
        desk.say_with("plain-window", &[("span", Arg::from(&span))])
            .into_owned()
    } else {
        clock.words(desk.speech)
    };
    desk.say_with(
        "plain-head",
        &[
            ("name", Arg::from(&name)),
            ("number", Arg::from(place)),
            ("window", Arg::from(&window)),
        ],
    )
    .into_owned()
}

fn compose_rows(desk: &Desk<'_>, width: u16) -> u16 {
    let lead = cells(wrap::width(&lead(desk)));
    desk.model.compose().map_or(1, |compose| {
        compose.field.height(width.saturating_sub(lead))
    })
}

fn lead(desk: &Desk<'_>) -> String {
    let name = desk
        .model
        .daemon
        .operator()
        .map(|name| clean_line(name, 24));
    let words = match name {
        Some(name) => desk
            .say_with("compose-as", &[("name", Arg::from(&name))])
            .into_owned(),
        None => desk.say("compose").into_owned(),
    };
    format!("{words}: ")
}

fn compose(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    pen.hit(area, Target::Pane(Pane::Compose));
    let Some(compose) = desk.model.compose() else {
        return;
    };
    let lead = lead(desk);
    let x = pen.text((area.x, area.y), area.width, &lead, desk.ink(Slot::Text));
    let field = Rect {
        x,
        width: area.right().saturating_sub(x),
        ..area
    };
    for (y, row) in (field.y..).zip(compose.field.rows_in(field)) {
        pen.text((field.x, y), field.width, &row, desk.ink(Slot::Text));
    }
    if desk.model.focus.pane == Pane::Compose {
        pen.cursor = Some(compose.field.cursor_in(field));
    }
}

/// Unread chats, the state of the daemon, where help is; or what has just happened.
fn last_line(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, toast: Option<String>) {
    let model = desk.model;
    let mut words = toast.unwrap_or_default();
    if words.is_empty() {
        let key = model
            .keymap
            .key_of(Action::Help, Context::Anywhere)
            .unwrap_or_default();
        words = desk
            .say_with(
                "plain-foot",
                &[
                    ("n", Arg::from(model.chats.unread_chats())),
                    ("key", Arg::from(&key)),
                ],
            )
            .into_owned();
        if !model.daemon.is_up() {
            let state: String = bar::daemon(desk, false)
                .iter()
                .map(|span| span.content.as_ref())
                .collect();
            words = format!("{state}. {words}");
        }
    }
    pen.text((area.x, area.y), area.width, &words, desk.ink(Slot::Text));
}

fn list(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    pen.hit(area, Target::Pane(Pane::List));
    let model = desk.model;
    sifted::head(desk, pen, Rect { height: 1, ..area });
    let rows = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    let fit = usize::from(rows.height).max(1);
    pen.hits.seen.list_rows = fit;
    let cursor = model.chats.cursor_row().unwrap_or(0);
    let all = model.chats.rows();
    let top = model
        .chats
        .top
        .min(cursor)
        .max((cursor + 1).saturating_sub(fit));
    for (y, id) in (rows.y..rows.bottom()).zip(all.iter().skip(top)) {
        let Some(chat) = model.chats.get(*id) else {
            continue;
        };
        pen.text(
            (rows.x, y),
            rows.width,
            &row(desk, chat),
            desk.ink(Slot::Text),
        );
        pen.hit(
            Rect {
                y,
                height: 1,
                ..rows
            },
            Target::Chat(*id),
        );
        if model.chats.cursor == Some(*id) {
            pen.cursor = Some((rows.x, y).into());
        }
    }
    if all.is_empty() {
        sifted::empty(desk, pen, rows);
    }
}

fn row(desk: &Desk<'_>, chat: &Chat) -> String {
    let mut words = brief::name(&chat.customer);
    if chat.unread > 0 {
        let unread = desk.say_with("plain-unread", &[("n", Arg::from(chat.unread))]);
        words = format!("{words}, {unread}");
    }
    if let Some(at) = chat.last_message_at {
        words = format!("{words}, {}", desk.speech.brief_time(at, desk.model.now));
    }
    if let Some(last) = &chat.last_message {
        let said = brief::of(desk.speech, last.kind, last.text.as_deref());
        let who = match (last.direction, Tick::of(last.status)) {
            (Direction::Outbound, Some(tick)) => {
                format!("{} ({}): ", desk.say("you"), desk.say(tick.word()))
            }
            _ => String::new(),
        };
        words = format!("{words}: {who}{said}");
    }
    words
}

fn layer(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, overlay: &Overlay) {
    match overlay {
        Overlay::Filter(_) => {}
        Overlay::Switcher(pick) => super::pick::switcher(desk, pen, area, pick),
        Overlay::Palette(pick) => super::pick::palette(desk, pen, area, pick),
        Overlay::Help(help) => super::help::draw(desk, pen, area, *help),
        Overlay::Details(details) => over::details(desk, pen, area, *details),
        Overlay::Confirm(confirm) => over::confirm(desk, pen, area, confirm),
    }
}

/// A message as a sentence: who, when, how far it got, what it says.
pub(crate) fn bubble(desk: &Desk<'_>, message: &Message, width: u16) -> Bubble {
    let time = desk.speech.time(message.timestamp);
    let who = match message.direction {
        Direction::Inbound => desk
            .model
            .chats
            .get(message.chat_id)
            .map(|chat| brief::first_name(&chat.customer))
            .unwrap_or_default(),
        Direction::Outbound => {
            let name = super::bubble::who(desk, message);
            let you = desk.say("you");
            if name.is_empty() {
                you.into_owned()
            } else {
                format!("{you} ({name})")
            }
        }
    };
    let mut words = format!("{who}, {time}");
    if let Some(tick) = Tick::of(message.status) {
        words = format!("{words}, {}", desk.say(tick.word()));
    }
    let said: Vec<String> = card::lines(desk, message, 10_000)
        .iter()
        .map(ToString::to_string)
        .collect();
    words = format!("{words}: {}", said.join("\n"));
    if let Some(reply) = message
        .reply_to
        .as_ref()
        .and_then(|reply| reply.brief.as_ref())
    {
        let chat = desk.model.chats.get(message.chat_id);
        let quoted = brief::quoted(desk.speech, reply, chat);
        let note = desk.say_with("plain-quoted", &[("words", Arg::from(&quoted))]);
        words = format!("{words} ({note})");
    }
    if !message.reactions.is_empty() {
        let all: Vec<&str> = message
            .reactions
            .iter()
            .map(|mark| mark.emoji.as_str())
            .collect();
        let emoji = clean_line(&all.join(" "), 40).into_owned();
        let note = desk.say_with("plain-reaction", &[("emoji", Arg::from(&emoji))]);
        words = format!("{words} {note}");
    }
    let mut lines = wrap::wrap(&[Span::raw(words)], usize::from(width));
    lines.extend(fault::lines(desk, message, usize::from(width)));
    Bubble {
        lines,
        ..Bubble::default()
    }
}

/// A message of ours that the daemon has not answered yet, as a sentence.
pub(crate) fn leaving(desk: &Desk<'_>, leaving: &Leaving, width: u16) -> Bubble {
    let words = format!(
        "{}, {}, {}: {}",
        desk.say("you"),
        desk.speech.time(leaving.at),
        desk.say(Tick::Waiting.word()),
        leaving.text
    );
    let lines = wrap::wrap(&[Span::raw(words)], usize::from(width));
    Bubble {
        lines,
        ..Bubble::default()
    }
}
