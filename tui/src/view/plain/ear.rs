//! What is said to the ear, once each: the model is compared with what was said before.

use std::collections::HashMap;

use common::id::{ChatId, MessageId};
use common::model::message::{Direction, Message};
use common::time::Stamp;

use crate::hit::{Pane, Seen};
use crate::model::daemon::Link;
use crate::model::talk::{Beyond, Talk};
use crate::model::toast::Say;
use crate::msg::View;
use crate::part::scroll::{Anchor, Settled};
use crate::part::ticks::Tick;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::canvas::Desk;
use crate::view::over;
use crate::view::plain::aside::{self, Aside};
use crate::view::plain::words;
use crate::view::sifted;

/// Rows that a page of the list or of help counts as.
const PAGE: u16 = 20;
/// Messages that are read out when a chat is opened: so many old ones, or what is unread.
const OLD: usize = 3;
/// At most so many.
const MOST: usize = 12;

/// What has been said.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each stands for itself")]
pub struct Ear {
    greeted: bool,
    lost: bool,
    pane: Option<Pane>,
    listed: bool,
    view: Option<View>,
    empty: bool,
    row: Option<ChatId>,
    /// The row below the chats was said.
    foot: bool,
    talk: Option<ChatId>,
    window: Option<bool>,
    picked: Option<MessageId>,
    heard: HashMap<MessageId, (Option<Tick>, String)>,
    newest: Option<(Stamp, MessageId)>,
    lasts: HashMap<ChatId, MessageId>,
    begun: Option<Stamp>,
    toasts: Vec<Say>,
    aside: Aside,
}

/// What is to be said now, and where one writes.
#[derive(Debug, Default)]
pub struct Told {
    /// One thing each, to be appended.
    pub lines: Vec<String>,
    /// What stands at the foot; empty where nothing is written.
    pub prompt: String,
    /// Where the cursor stands in it, in cells.
    pub cursor: usize,
    /// What the model learns of it.
    pub seen: Seen,
}

/// Compares the model with what was said, and says what is new.
pub(crate) fn listen(desk: &Desk<'_>, ear: &mut Ear) -> Told {
    let mut told = Told::default();
    let model = desk.model;
    link(desk, ear, &mut told);
    news(desk, ear, &mut told);
    let pane = model.focus.pane;
    let reads = matches!(pane, Pane::Talk | Pane::Compose) && model.open_id().is_some();
    if reads {
        talk(desk, ear, &mut told);
    } else if pane != Pane::Panel || model.open_id().is_none() {
        list(desk, ear, &mut told);
    }
    let over = aside::listen(desk, &mut ear.aside, &mut told.lines);
    toasts(desk, ear, &mut told);
    told.seen.list_rows = usize::from(PAGE);
    told.seen.overlay_rows = over.rows;
    told.seen.overlay_lines = over.rows;
    if let Some((prompt, cursor)) = over.prompt {
        (told.prompt, told.cursor) = (prompt, cursor);
    } else if reads && pane == Pane::Compose && model.focus.overlay().is_none() {
        (told.prompt, told.cursor) = words::prompt(desk);
    }
    ear.pane = Some(pane);
    told
}

fn link(desk: &Desk<'_>, ear: &mut Ear, told: &mut Told) {
    let lost = matches!(desk.model.daemon.link, Link::Lost { .. });
    if lost != ear.lost {
        told.lines.push(words::daemon(desk));
    }
    ear.lost = lost;
}

/// What came for chats that are not read now.
fn news(desk: &Desk<'_>, ear: &mut Ear, told: &mut Told) {
    let model = desk.model;
    let begun = *ear.begun.get_or_insert(model.now);
    let reads = matches!(model.focus.pane, Pane::Talk | Pane::Compose);
    let mut fresh = Vec::new();
    for chat in model.chats.iter() {
        let Some(last) = chat.last_message.as_ref() else {
            continue;
        };
        let known = ear.lasts.insert(chat.id, last.id);
        let lately = chat.last_message_at.is_some_and(|at| at >= begun);
        let is_new = known.map_or(lately, |known| known != last.id);
        let elsewhere = !(reads && model.open_id() == Some(chat.id));
        if is_new
            && elsewhere
            && last.direction == Direction::Inbound
            && !chat.is_muted(desk.model.now)
        {
            fresh.push(words::row(desk, chat));
        }
    }
    // The list begins with the newest.
    told.lines.extend(fresh.into_iter().rev());
}

fn list(desk: &Desk<'_>, ear: &mut Ear, told: &mut Told) {
    let model = desk.model;
    let loaded = model.chats.is_loaded();
    let enters = ear.pane != Some(Pane::List) || ear.listed != loaded || !ear.greeted;
    if enters && loaded {
        told.lines.push(words::foot(desk));
        ear.greeted = true;
    }
    let view = model.chats.shelf().view;
    if ear.view.replace(view).is_some_and(|before| before != view) {
        let count = model.chats.rows().len();
        told.lines
            .push(format!("{}: {count}", desk.say(view.word())));
        ear.empty = false;
    }
    let empty = model.chats.rows().is_empty();
    if empty && (enters || !ear.empty) {
        told.lines.push(sifted::why_empty(desk));
    }
    (ear.listed, ear.empty) = (loaded, empty);
    let row = model.chats.cursor;
    let foot = model.chats.foot;
    if foot && !ear.foot {
        let args = [("n", Arg::from(model.archived()))];
        let words = desk.say_with("chats-archived", &args).into_owned();
        told.lines.push(words);
    } else if (enters || row != ear.row || ear.foot != foot)
        && let Some(chat) = row.and_then(|id| model.chats.get(id))
    {
        told.lines.push(words::row(desk, chat));
    }
    (ear.row, ear.foot) = (row, model.chats.foot);
    // Whoever comes back to the chat hears it anew.
    (ear.talk, ear.picked) = (None, None);
}

fn talk(desk: &Desk<'_>, ear: &mut Ear, told: &mut Told) {
    let model = desk.model;
    let (Some(chat), Some(talk)) = (model.open_chat(), model.talk()) else {
        return;
    };
    let open = model.window_is_open();
    if ear.talk != Some(chat.id) {
        told.lines.push(words::head(desk, chat));
        ear.talk = Some(chat.id);
        ear.window = Some(open);
        ear.heard.clear();
        (ear.newest, ear.picked, ear.row) = (None, None, None);
    } else if ear.window != Some(open) {
        told.lines.push(words::head(desk, chat));
        ear.window = Some(open);
    }
    told.seen.talk = settled(talk).map(|settled| (chat.id, settled));
    if !talk.loaded {
        return;
    }
    let opens = ear.newest.is_none();
    messages(desk, ear, told, talk);
    if opens {
        told.lines.push(words::foot(desk));
    }
    let picked = model.picked();
    if picked != ear.picked
        && let Some(message) = picked.and_then(|id| talk.get(id))
    {
        told.lines.push(words::sentence(desk, message));
        told.lines.extend(words::fault(desk, message));
    }
    ear.picked = picked;
}

fn messages(desk: &Desk<'_>, ear: &mut Ear, told: &mut Told, talk: &Talk) {
    let all = talk.messages();
    let first = if let Some(newest) = ear.newest {
        all.partition_point(|m| (m.timestamp, m.id) <= newest)
    } else {
        let unread = talk.unread_from.and_then(|id| talk.place(id));
        let from = all.len().saturating_sub(OLD);
        let from = unread.map_or(from, |unread| unread.min(from));
        from.max(all.len().saturating_sub(MOST))
    };
    if all.is_empty() && ear.newest.is_none() {
        told.lines.push(desk.say("talk-empty").into_owned());
        ear.newest = Some((Stamp::default(), MessageId(uuid::Uuid::nil())));
    }
    for (at, message) in all.iter().enumerate() {
        let tick = Tick::of(message.status);
        // Old ones are only remembered.
        let body = words::body(desk, message);
        let known = ear.heard.insert(message.id, (tick, body.clone()));
        match known {
            None if at >= first => {
                told.lines.push(words::sentence(desk, message));
                told.lines.extend(words::fault(desk, message));
            }
            Some((_, before)) if before != body => {
                told.lines.push(words::sentence(desk, message));
            }
            Some((before, _)) if before != tick => {
                told.lines.push(words::status(desk, message));
                told.lines.extend(words::fault(desk, message));
            }
            _ => {}
        }
    }
    let newest = all.last().map(newest_key);
    ear.newest = ear.newest.max(newest);
}

const fn newest_key(message: &Message) -> (Stamp, MessageId) {
    (message.timestamp, message.id)
}

/// A conversation that is heard is at its end; older pages are wanted when its begin is near.
fn settled(talk: &Talk) -> Option<Settled> {
    let (first, last) = (talk.oldest()?, talk.newest()?);
    let near = |id: MessageId| talk.place(id).is_some_and(|at| at < usize::from(PAGE));
    Some(Settled {
        anchor: Anchor::Newest,
        top: (first, 0),
        first,
        last,
        rows: PAGE,
        below: usize::from(talk.newer != Beyond::End),
        near_top: talk.cursor.is_some_and(near),
        near_bottom: true,
    })
}

fn toasts(desk: &Desk<'_>, ear: &mut Ear, told: &mut Told) {
    let all: Vec<Say> = desk.model.toasts.iter().map(|t| t.say.clone()).collect();
    for say in &all {
        if !ear.toasts.contains(say) {
            told.lines.push(over::words(desk, say).into_owned());
        }
    }
    ear.toasts = all;
}

/// The part of a prompt that fits into a row of so many cells, with its cursor.
pub(crate) fn fit(prompt: &str, cursor: usize, room: usize) -> (String, usize) {
    if wrap::width(prompt) <= room {
        return (prompt.to_owned(), cursor);
    }
    // The cursor stays in sight: what is left of it goes first.
    let mut from = 0;
    while wrap::width(prompt.get(from..).unwrap_or_default()) > room
        && cursor.saturating_sub(wrap::width(prompt.get(..from).unwrap_or_default())) > room / 2
    {
        let rest = prompt.get(from..).unwrap_or_default();
        let Some(step) = unicode_segmentation::UnicodeSegmentation::graphemes(rest, true)
            .next()
            .map(str::len)
        else {
            break;
        };
        from += step;
    }
    let gone = wrap::width(prompt.get(..from).unwrap_or_default());
    let rest = wrap::head(prompt.get(from..).unwrap_or_default(), room).to_owned();
    let cursor = cursor.saturating_sub(gone).min(wrap::width(&rest));
    (rest, cursor)
}
