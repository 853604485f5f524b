//! One message as lines, made once for each revision and width, and kept until it changes.

use std::collections::HashMap;
use std::sync::Arc;

use common::id::MessageId;
use common::model::message::{Direction, Message, Origin};
use common::text::clean::clean_line;
use config::theme::Slot;
use config::tui::Bidi;
use ratatui::text::{Line, Span};

use crate::model::compose::Leaving;
use crate::part::bidi;
use crate::part::spans;
use crate::part::ticks::Tick;
use crate::part::wrap;
use crate::view::brief;
use crate::view::canvas::{Desk, cells, spans_width};
use crate::view::card;
use crate::view::fault;
use crate::view::pictures::{self, Aside, Frame};

/// Conversation panes from this width on give a message's edge a step of its own.
const STEPPED: usize = 50;
/// More bubbles than this are never kept.
const MOST: usize = 2_000;

/// A message, ready to be drawn at the left edge of the conversation.
#[derive(Debug, Default)]
pub(crate) struct Bubble {
    /// Its lines; none is wider than the pane.
    pub(crate) lines: Vec<Line<'static>>,
    /// Column and width of its ticks, in the first line.
    pub(crate) ticks: Option<(u16, u16)>,
    /// The line of the quotation, and whose it is.
    pub(crate) quoted: Option<(u16, MessageId)>,
    /// Where its picture stands.
    pub(crate) picture: Option<Frame>,
    /// The first line of its file and the first after it.
    pub(crate) file: Option<(u16, u16)>,
}

/// What a kept bubble was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Made {
    pub(crate) revision: i64,
    pub(crate) width: u16,
    /// Whether it bears a head; not when it follows another of the same minute.
    pub(crate) head: bool,
    /// What is known of its file beside the message.
    pub(crate) aside: Aside,
}

/// The bubbles made so far.
#[derive(Debug, Default)]
pub(crate) struct Bubbles(HashMap<MessageId, (Made, Arc<Bubble>)>);

impl Bubbles {
    /// The kept bubble, or the one that `fresh` gives.
    pub(crate) fn get(
        &mut self,
        id: MessageId,
        made: Made,
        fresh: impl FnOnce() -> Bubble,
    ) -> Arc<Bubble> {
        if let Some((kept, bubble)) = self.0.get(&id)
            && *kept == made
        {
            return Arc::clone(bubble);
        }
        if self.0.len() >= MOST {
            self.0.clear();
        }
        let bubble = Arc::new(fresh());
        self.0.insert(id, (made, Arc::clone(&bubble)));
        bubble
    }

    /// Forgets all of them.
    pub(crate) fn forget(&mut self) {
        self.0.clear();
    }
}

/// The lines of a message in a pane of `made.width` cells.
pub(crate) fn make(desk: &Desk<'_>, message: &Message, made: Made) -> Bubble {
    let width = usize::from(made.width);
    if card::is_notice(&message.content) {
        return notice(desk, message, width);
    }
    match message.direction {
        Direction::Inbound => inbound(desk, message, made),
        Direction::Outbound => outbound(desk, message, made),
    }
}

/// How much text stands on a line of a message.
pub(crate) fn text_room(desk: &Desk<'_>, width: usize) -> usize {
    let indent = (width / 8).clamp(3, 16);
    let most = usize::from(desk.model.settings.layout.text_width.clamp(40, 200));
    width.saturating_sub(indent + 4).clamp(8, most)
}

fn inbound(desk: &Desk<'_>, message: &Message, made: Made) -> Bubble {
    let width = usize::from(made.width);
    let stepped = width >= STEPPED;
    let edge = format!(
        "{}{}",
        if stepped { "  " } else { " " },
        desk.glyphs.theirs()
    );
    let edge = Span::styled(edge, desk.ink(Slot::Theirs));
    let mut bubble = Bubble::default();
    if made.head {
        let lead = if stepped {
            Span::raw(" ")
        } else {
            edge.clone()
        };
        let mut spans = vec![lead];
        spans.extend(inbound_head(desk, message));
        bubble.lines.push(Line::from(wrap::cut_spans(spans, width)));
    }
    let room = text_room(desk, width);
    let (body, framed) = body(desk, message, (room, made.aside), &mut bubble);
    // What reads from right to left stands at the right of its block.
    let turned = is_turned(desk, message);
    let wide = body.iter().map(|line| spans_width(&line.spans)).max();
    let above = bubble.lines.len();
    for (nth, mut line) in body.into_iter().enumerate() {
        let mut x = spans_width(std::slice::from_ref(&edge));
        if turned {
            let gap = wide.unwrap_or(0).saturating_sub(spans_width(&line.spans));
            line.spans.insert(0, Span::raw(" ".repeat(gap)));
            x += gap;
        }
        if framed == Some(nth) {
            bubble.picture = frame(desk, message, made, (above + nth, x));
        }
        line.spans.insert(0, edge.clone());
        bubble.lines.push(line);
    }
    bubble
}

/// Where the picture of a message stands.
fn frame(
    desk: &Desk<'_>,
    message: &Message,
    made: Made,
    (row, x): (usize, usize),
) -> Option<Frame> {
    let room = text_room(desk, usize::from(made.width));
    Some(Frame {
        row: cells(row),
        x: cells(x),
        size: made.aside.frame?,
        sight: pictures::sight(desk, message, room)?,
    })
}

/// Whether a message reads from right to left, and that matters here.
fn is_turned(desk: &Desk<'_>, message: &Message) -> bool {
    let text = message.text.as_deref().unwrap_or_default();
    desk.model.settings.ui.bidi != Bidi::Off && bidi::is_right_to_left(text)
}

fn inbound_head(desk: &Desk<'_>, message: &Message) -> Vec<Span<'static>> {
    let chat = desk.model.chats.get(message.chat_id);
    let name = chat
        .map(|chat| brief::first_name(&chat.customer))
        .unwrap_or_default();
    let time = desk.speech.time(message.timestamp);
    let mut spans = vec![
        Span::styled(name, desk.ink(Slot::Strong)),
        Span::styled(format!("  {time}"), desk.ink(Slot::Dim)),
    ];
    spans.extend(notes(desk, message));
    spans
}

/// What a head adds: forwarded, edited, from the history.
fn notes(desk: &Desk<'_>, message: &Message) -> Vec<Span<'static>> {
    let mut keys = Vec::new();
    if message.frequently_forwarded {
        keys.push("note-forwarded-often");
    } else if message.forwarded {
        keys.push("note-forwarded");
    }
    if message.edited_at.is_some() && message.revoked_at.is_none() {
        keys.push("note-edited");
    }
    if message.origin == Origin::Standby {
        keys.push("note-standby");
    }
    let note = |key| Span::styled(format!("  {}", desk.say(key)), desk.ink(Slot::Quote));
    keys.into_iter().map(note).collect()
}

fn outbound(desk: &Desk<'_>, message: &Message, made: Made) -> Bubble {
    let width = usize::from(made.width);
    let mut bubble = Bubble::default();
    let (head, ticks) = outbound_head(desk, message);
    let head = wrap::cut_spans(head, width.saturating_sub(2));
    let wide = spans_width(&head);
    let start = width.saturating_sub(wide + 1);
    let mut spans = vec![Span::raw(" ".repeat(start))];
    spans.extend(head);
    bubble.lines.push(Line::from(spans));
    if ticks > 0 {
        bubble.ticks = Some((cells(start + wide - ticks), cells(ticks)));
    }
    let room = text_room(desk, width);
    let (mut rows, framed) = body(desk, message, (room, made.aside), &mut bubble);
    let mut x = 0;
    if is_turned(desk, message) {
        let wide = rows.iter().map(|row| spans_width(&row.spans)).max();
        for (nth, row) in rows.iter_mut().enumerate() {
            let gap = wide.unwrap_or(0).saturating_sub(spans_width(&row.spans));
            row.spans.insert(0, Span::raw(" ".repeat(gap)));
            if framed == Some(nth) {
                x = gap;
            }
        }
    }
    rows.extend(fault::lines(desk, message, room));
    let above = bubble.lines.len();
    let (lines, lead) = flush_right(desk, rows, width);
    bubble.lines.extend(lines);
    bubble.picture = framed.and_then(|row| frame(desk, message, made, (above + row, lead + x)));
    bubble
}

/// Rows as one block with an even left side, against the right edge; and where that side is.
fn flush_right(
    desk: &Desk<'_>,
    rows: Vec<Line<'static>>,
    width: usize,
) -> (Vec<Line<'static>>, usize) {
    let block = rows
        .iter()
        .map(|row| spans_width(&row.spans))
        .max()
        .unwrap_or(0);
    let lead = width.saturating_sub(block + 2);
    let edge = Span::styled(desk.glyphs.ours(), desk.ink(Slot::Ours));
    let lines = rows
        .into_iter()
        .map(|row| {
            let gap = block - spans_width(&row.spans);
            let mut spans = Vec::with_capacity(row.spans.len() + 3);
            spans.push(Span::raw(" ".repeat(lead)));
            spans.extend(row.spans);
            spans.push(Span::raw(" ".repeat(gap)));
            spans.push(edge.clone());
            Line::from(spans)
        })
        .collect();
    (lines, lead)
}

/// Time, who of us, ticks; and how wide the ticks are.
fn outbound_head(desk: &Desk<'_>, message: &Message) -> (Vec<Span<'static>>, usize) {
    let dim = desk.ink(Slot::Dim);
    let mut spans: Vec<Span<'static>> = notes(desk, message);
    if let Some(first) = spans.first_mut() {
        first.content = format!("{}  ", first.content.trim_start()).into();
    }
    spans.push(Span::styled(desk.speech.time(message.timestamp), dim));
    let who = who(desk, message);
    if !who.is_empty() {
        spans.push(Span::styled(format!("  {who}"), dim));
    }
    let Some(tick) = Tick::of(message.status) else {
        return (spans, 0);
    };
    let tick = desk.tick(tick);
    let wide = wrap::width(&tick.content);
    spans.push(Span::raw(" "));
    spans.push(tick);
    (spans, wide)
}

/// Who of us wrote it.
pub(crate) fn who(desk: &Desk<'_>, message: &Message) -> String {
    if let Some(sender) = &message.sender {
        return clean_line(&sender.operator, 24).into_owned();
    }
    match message.origin {
        Origin::Phone => desk.say("from-phone").into_owned(),
        Origin::History => desk.say("from-history").into_owned(),
        Origin::Api | Origin::Standby => String::new(),
    }
}

/// Everything between the edges: quotation, content, reactions; and the first row of a picture.
fn body(
    desk: &Desk<'_>,
    message: &Message,
    (room, aside): (usize, Aside),
    bubble: &mut Bubble,
) -> (Vec<Line<'static>>, Option<usize>) {
    let mut rows = Vec::new();
    if let Some(reply) = &message.reply_to {
        if let Some(id) = reply.id {
            bubble.quoted = Some((cells(bubble.lines.len()), id));
        }
        let chat = desk.model.chats.get(message.chat_id);
        let words = reply.brief.as_ref().map_or_else(
            || desk.say("quote-unknown").into_owned(),
            |brief| brief::quoted(desk.speech, brief, chat),
        );
        let words = format!("{}{words}", desk.glyphs.quote());
        let words = wrap::cut(&words, room).into_owned();
        rows.push(Line::from(Span::styled(words, desk.ink(Slot::Quote))));
    }
    let (lines, places) = card::beside(desk, message, (room, aside));
    let framed = places.framed.map(|row| row + rows.len());
    let above = bubble.lines.len() + rows.len();
    let from_top = |(first, end): (usize, usize)| (cells(above + first), cells(above + end));
    bubble.file = places.file.map(from_top);
    rows.extend(lines);
    if !message.reactions.is_empty() {
        rows.push(reactions(desk, message, room));
    }
    (rows, framed)
}

/// Reactions, each emoji once with how many put it on.
fn reactions(desk: &Desk<'_>, message: &Message, room: usize) -> Line<'static> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for mark in &message.reactions {
        match counted.iter_mut().find(|(emoji, _)| *emoji == mark.emoji) {
            Some((_, count)) => *count += 1,
            None => counted.push((&mark.emoji, 1)),
        }
    }
    let mut spans = vec![Span::styled("+ ", desk.ink(Slot::Dim))];
    for (emoji, count) in counted {
        spans.push(Span::raw(clean_line(emoji, 4).into_owned()));
        let tail = if count > 1 {
            format!(" {count}  ")
        } else {
            "  ".to_owned()
        };
        spans.push(Span::styled(tail, desk.ink(Slot::Dim)));
    }
    Line::from(wrap::cut_spans(spans, room))
}

/// WhatsApp's own words stand in the middle, without an edge.
fn notice(desk: &Desk<'_>, message: &Message, width: usize) -> Bubble {
    let room = width.saturating_sub(8).max(8);
    let lines = card::lines(desk, message, room);
    let centre = |line: Line<'static>| {
        let lead = width.saturating_sub(spans_width(&line.spans)) / 2;
        let mut spans = vec![Span::raw(" ".repeat(lead))];
        spans.extend(line.spans);
        Line::from(spans)
    };
    Bubble {
        lines: lines.into_iter().map(centre).collect(),
        ..Bubble::default()
    }
}

/// A message that the daemon has not answered yet.
pub(crate) fn leaving(desk: &Desk<'_>, leaving: &Leaving, width: u16) -> Bubble {
    let room = usize::from(width).saturating_sub(8).max(8);
    let time = desk.speech.time(leaving.at);
    let head = format!("{time} ");
    let lead = usize::from(width).saturating_sub(wrap::width(&head) + 2);
    let mut lines = vec![Line::from(vec![
        Span::raw(" ".repeat(lead)),
        Span::styled(head, desk.ink(Slot::Dim)),
        desk.tick(Tick::Waiting),
    ])];
    let mut rows = spans::lines(leaving.text.trim_end(), room, card::inks(desk));
    if let Some(parcel) = &leaving.file {
        if leaving.text.trim().is_empty() {
            rows.clear();
        }
        let mut all = card::parcel::lines(desk, parcel, room);
        all.append(&mut rows);
        rows = all;
    }
    lines.extend(flush_right(desk, rows, usize::from(width)).0);
    Bubble {
        lines,
        ..Bubble::default()
    }
}
