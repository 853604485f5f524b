//! A template as WhatsApp will show it, line by line, with variables that still lack a value.

use crate::model::template::Template;
use crate::model::template::form::{Values, header_key, keyed};
use crate::model::template::parts::Parts;
use crate::model::template::variable;
use crate::model::template::word::{ButtonKind, Format};

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineKind {
    /// A file or a place at the top; its text is the value given for it, empty where none is.
    Media(Format),
    /// Bold words at the top.
    Title,
    /// When an offer ends.
    Offer,
    /// The text, with WhatsApp's markup; it may have line breaks.
    Body,
    /// Small words.
    Footer,
    /// Something to press.
    Button(ButtonKind),
}

/// One line, or one paragraph, of a preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// Its words.
    pub text: String,
    /// Which card it is on, from 0.
    pub card: Option<usize>,
}

/// The template with the values so far.
pub fn preview(template: &Template, values: &Values) -> Vec<Line> {
    let mut lines = part(&template.components, values, None);
    for (at, card) in template.components.cards.iter().enumerate() {
        lines.append(&mut part(card, values, Some(at)));
    }
    lines
}

fn part(parts: &Parts, values: &Values, card: Option<usize>) -> Vec<Line> {
    let value = |key: &str| {
        let value = values.get(&keyed(card, key))?;
        (!value.trim().is_empty()).then_some(value.as_str())
    };
    let line = |kind, text| Line { kind, text, card };
    let mut out = Vec::new();
    if let Some(header) = &parts.header {
        out.push(if let Some(text) = &header.text {
            let text = variable::replace(text, |name| value(header_key(name)));
            line(LineKind::Title, text)
        } else {
            let given = value("header").unwrap_or_default().to_owned();
            line(LineKind::Media(header.format.clone()), given)
        });
    }
    if let Some(offer) = &parts.offer {
        out.push(line(LineKind::Offer, offer.text.clone()));
    }
    if let Some(body) = &parts.body {
        out.push(line(LineKind::Body, variable::replace(&body.text, value)));
    }
    if let Some(footer) = parts.footer.as_ref().filter(|f| !f.text.is_empty()) {
        out.push(line(LineKind::Footer, footer.text.clone()));
    }
    for button in &parts.buttons {
        let kind = LineKind::Button(button.kind.clone());
        out.push(line(kind, button.label().to_owned()));
    }
    out
}
