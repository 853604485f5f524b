//! Sentences for the ear: one thing each, with words for marks.

use common::model::chat::Chat;
use common::model::message::{Direction, Message};
use common::text::clean::clean_line;
use ratatui::layout::Rect;

use crate::action::{Action, Context};
use crate::part::clock::WindowClock;
use crate::part::ticks::Tick;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::bar;
use crate::view::brief;
use crate::view::bubble;
use crate::view::canvas::Desk;
use crate::view::card;
use crate::view::fault as reasons;

/// Cells of a message by which it is known again.
const FEW: usize = 40;
/// What stands between two lines of a reply.
const NEXT_LINE: &str = " / ";
/// A field of this size shows each line whole.
const WIDE: u16 = 4_000;

/// Name, number, how long one may still write freely.
pub(crate) fn head(desk: &Desk<'_>, chat: &Chat) -> String {
    let name = brief::name(&chat.customer);
    let place = desk
        .model
        .numbers
        .ordinal(chat.number_id)
        .unwrap_or_default();
    let clock = WindowClock::of(chat.window, desk.model.meta_now());
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

/// How the daemon is.
pub(crate) fn daemon(desk: &Desk<'_>) -> String {
    if desk.model.daemon.is_up() {
        return desk.say("toast-daemon-back").into_owned();
    }
    let state: String = bar::daemon(desk, false)
        .iter()
        .map(|span| span.content.as_ref())
        .collect();
    format!("{state}.")
}

/// Unread chats, and where help is.
pub(crate) fn foot(desk: &Desk<'_>) -> String {
    let model = desk.model;
    let key = model
        .keymap
        .key_of(Action::Help, Context::Anywhere)
        .unwrap_or_default();
    let args = [
        ("n", Arg::from(model.chats.unread_chats())),
        ("key", Arg::from(&key)),
    ];
    desk.say_with("plain-foot", &args).into_owned()
}

/// `Reply as Lia: ` and what is written, in one line; with the cell of the cursor.
pub(crate) fn prompt(desk: &Desk<'_>) -> (String, usize) {
    let name = desk
        .model
        .daemon
        .operator()
        .map(|name| clean_line(name, 24));
    let lead = match name {
        Some(name) => desk
            .say_with("compose-as", &[("name", Arg::from(&name))])
            .into_owned(),
        None => desk.say("compose").into_owned(),
    };
    let mut text = format!("{lead}: ");
    let mut cursor = wrap::width(&text);
    if let Some(compose) = desk.model.compose() {
        let area = Rect::new(0, 0, WIDE, compose.field.height(WIDE).max(1));
        let rows = compose.field.rows_in(area);
        let at = compose.field.cursor_in(area);
        for (y, row) in rows.iter().enumerate() {
            if y > 0 {
                text.push_str(NEXT_LINE);
            }
            if y == usize::from(at.y) {
                cursor = wrap::width(&text) + usize::from(at.x);
            }
            text.push_str(row.trim_end_matches('\n'));
        }
    }
    let gap = cursor.saturating_sub(wrap::width(&text));
    (format!("{text}{}", " ".repeat(gap)), cursor)
}

/// A chat of the list.
pub(crate) fn row(desk: &Desk<'_>, chat: &Chat) -> String {
    let mut words = brief::name(&chat.customer);
    if chat.unread > 0 {
        let unread = desk.say_with("plain-unread", &[("n", Arg::from(chat.unread))]);
        words = format!("{words}, {unread}");
    }
    if let Some(until) = chat.snoozed_until {
        let moment = desk.speech.moment(until, desk.model.now);
        let key = if chat.is_snoozed(desk.model.now) {
            "plain-snoozed"
        } else {
            "plain-back"
        };
        let told = desk.say_with(key, &[("moment", Arg::from(&moment))]);
        words = format!("{words}, {told}");
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

fn who(desk: &Desk<'_>, message: &Message) -> String {
    if message.direction == Direction::Inbound {
        let chat = desk.model.chats.get(message.chat_id);
        return chat
            .map(|chat| brief::first_name(&chat.customer))
            .unwrap_or_default();
    }
    let name = bubble::who(desk, message);
    let you = desk.say("you");
    if name.is_empty() {
        you.into_owned()
    } else {
        format!("{you} ({name})")
    }
}

/// A message as a sentence: who, when, how far it got, what it says.
pub(crate) fn sentence(desk: &Desk<'_>, message: &Message) -> String {
    let now = desk.model.now;
    let today = desk.speech.date(message.timestamp) == desk.speech.date(now);
    let time = if today {
        desk.speech.time(message.timestamp)
    } else {
        desk.speech.moment(message.timestamp, now)
    };
    let mut words = format!("{}, {time}", who(desk, message));
    if let Some(tick) = Tick::of(message.status) {
        words = format!("{words}, {}", desk.say(tick.word()));
    }
    format!("{words}: {}", body(desk, message))
}

/// What a message says, what it answers, what was put on it.
pub(crate) fn body(desk: &Desk<'_>, message: &Message) -> String {
    let said: Vec<String> = card::lines(desk, message, 10_000)
        .iter()
        .map(ToString::to_string)
        .collect();
    let mut words = said.join("\n");
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
    words
}

/// How far a message of ours has come now.
pub(crate) fn status(desk: &Desk<'_>, message: &Message) -> String {
    let tick = Tick::of(message.status).map_or("", Tick::word);
    let status = desk.say(tick);
    let all = message.text.as_deref().unwrap_or_default();
    let words = clean_line(all, FEW).into_owned();
    let args = [("status", Arg::from(&status)), ("words", Arg::from(&words))];
    desk.say_with("plain-status", &args).into_owned()
}

/// Why it failed, what to do, and with which key.
pub(crate) fn fault(desk: &Desk<'_>, message: &Message) -> Vec<String> {
    let lines = reasons::lines(desk, message, 10_000);
    lines.iter().map(ToString::to_string).collect()
}
