//! A template as the customer will see it, and its facts in words.

use common::model::template::Template;
use common::model::template::form::Values;
use common::model::template::preview::{LineKind, preview};
use common::model::template::word::{ButtonKind, Category, Format, TemplateStatus};
use common::text::clean::clean;
use config::theme::Slot;
use ratatui::text::{Line, Span};

use crate::part::{spans, wrap};
use crate::speech::Arg;
use crate::view::canvas::Desk;
use crate::view::card;

/// The template as a bubble on a telephone.
pub(crate) fn shown(
    desk: &Desk<'_>,
    template: &Template,
    values: &Values,
    room: usize,
) -> Vec<Line<'static>> {
    let edge = Span::styled(desk.glyphs.theirs(), desk.ink(Slot::Theirs));
    let room = room.saturating_sub(2).max(8);
    let mut rows: Vec<Line<'static>> = Vec::new();
    let mut buttons = Vec::new();
    let mut card = None;
    for line in preview(template, values) {
        if line.card != card {
            card = line.card;
            flush(&mut rows, &mut buttons, room);
            let n = line.card.map_or(1, |card| card + 1);
            let words = desk
                .say_with("template-card", &[("n", Arg::from(n))])
                .into_owned();
            rows.push(Line::from(Span::styled(words, desk.ink(Slot::Dim))));
        }
        let text = clean(&line.text).into_owned();
        match line.kind {
            LineKind::Media(format) => {
                let kind = desk.say(format_word(&format)).into_owned();
                let words = if text.is_empty() {
                    desk.say_with("template-media-missing", &[("kind", Arg::from(&kind))])
                        .into_owned()
                } else {
                    format!("[{kind}: {text}]")
                };
                rows.extend(wrap::wrap(
                    &[Span::styled(words, desk.ink(Slot::Card))],
                    room,
                ));
            }
            LineKind::Title => {
                rows.extend(wrap::wrap(
                    &[Span::styled(text, desk.ink(Slot::Strong))],
                    room,
                ));
            }
            LineKind::Body => rows.extend(spans::lines(&text, room, card::inks(desk))),
            LineKind::Offer | LineKind::Footer => {
                rows.extend(wrap::wrap(&[Span::styled(text, desk.ink(Slot::Dim))], room));
            }
            LineKind::Button(kind) => {
                let text = match kind {
                    ButtonKind::CopyCode => desk.say("template-copy-code").into_owned(),
                    _ => text,
                };
                buttons.push(Span::styled(format!("[ {text} ]  "), desk.ink(Slot::Card)));
            }
        }
    }
    flush(&mut rows, &mut buttons, room);
    for row in &mut rows {
        row.spans.insert(0, edge.clone());
    }
    rows
}

fn flush(rows: &mut Vec<Line<'static>>, buttons: &mut Vec<Span<'static>>, room: usize) {
    if !buttons.is_empty() {
        rows.extend(wrap::wrap(&std::mem::take(buttons), room));
    }
}

/// A category in words.
pub(crate) const fn category_word(category: &Category) -> &'static str {
    match category {
        Category::Marketing => "template-marketing",
        Category::Utility => "template-utility",
        Category::Authentication => "template-authentication",
        Category::Other(_) => "template-other",
    }
}

/// A status in words.
pub(crate) const fn status_word(status: &TemplateStatus) -> &'static str {
    match status {
        TemplateStatus::Approved | TemplateStatus::Flagged | TemplateStatus::Locked => {
            "template-approved"
        }
        TemplateStatus::Pending | TemplateStatus::InAppeal => "template-pending",
        TemplateStatus::Rejected | TemplateStatus::LimitExceeded => "template-rejected",
        TemplateStatus::Paused => "template-paused",
        _ => "template-gone",
    }
}

const fn format_word(format: &Format) -> &'static str {
    match format {
        Format::Image => "kind-image",
        Format::Video | Format::Gif => "kind-video",
        Format::Location => "kind-location",
        _ => "kind-document",
    }
}
