//! What must be filled in before a template can be sent: its fields, by keys that scripts and forms share.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::template::Template;
use crate::model::template::limit;
use crate::model::template::parts::{Button, Parts};
use crate::model::template::variable;
use crate::model::template::word::{ButtonKind, Category, Format};
use crate::wrong::units;

/// Values by the keys of their fields.
pub type Values = BTreeMap<String, String>;

/// Where a field belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// At the top.
    Header,
    /// In the text.
    Body,
    /// The offer's end.
    Offer,
    /// A button, by its place from 0 as Meta counts.
    Button(usize),
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Words in one line.
    Text,
    /// A picture: `media:ID` or an https link.
    Image,
    /// A film: `media:ID` or an https link.
    Video,
    /// A file: `media:ID` or an https link.
    Document,
    /// A file's name as the customer sees it.
    Filename,
    /// `latitude, longitude, name, address`.
    Location,
    /// The end of a page's address.
    UrlSuffix,
    /// A code.
    Code,
    /// What a quick reply sends back.
    Payload,
    /// A moment: RFC 3339, or milliseconds since 1970.
    Time,
    /// Meta's own object for products and forms.
    Json,
}

/// Something to fill in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its key: `1` or `first_name` (body), `header`, `header.filename`, `expires`, `button.2`
    /// (from 1), and the same behind `card.1.` (from 1).
    pub key: String,
    /// Where it belongs.
    pub place: Place,
    /// Which card it is on, from 0; none outside a carousel.
    pub card: Option<usize>,
    /// What to call it: the variable's name, or the button's words.
    pub label: String,
    /// What it takes.
    pub kind: FieldKind,
    /// Whether the template cannot go without.
    pub required: bool,
    /// How many UTF-16 units its own value can have at most.
    pub most: usize,
    /// What Meta's reviewers were shown.
    pub example: Option<String>,
}

/// Everything that must or may be filled in, from top to bottom.
pub fn fields(template: &Template) -> Vec<Field> {
    let mut list = List {
        fields: Vec::new(),
        card: None,
    };
    list.parts(&template.components, &template.category);
    for (at, card) in template.components.cards.iter().enumerate() {
        list.card = Some(at);
        list.parts(card, &template.category);
    }
    list.fields
}

/// The most that a body may hold once it is filled.
pub(super) const fn body_limit(parts: &Parts, on_card: bool) -> usize {
    if on_card {
        limit::CARD_BODY
    } else if parts.offer.is_some() {
        limit::OFFER_BODY
    } else {
        limit::BODY
    }
}

/// Whether a code to sign in with fills body and button alike.
pub(super) fn is_code(parts: &Parts, category: &Category) -> bool {
    *category == Category::Authentication && parts.buttons.iter().any(|b| b.kind == ButtonKind::Otp)
}

/// The key of a field outside a card, with its card before it.
pub(super) fn keyed(card: Option<usize>, key: &str) -> String {
    card.map_or_else(|| key.to_owned(), |card| format!("card.{}.{key}", card + 1))
}

struct List {
    fields: Vec<Field>,
    card: Option<usize>,
}

impl List {
    fn parts(&mut self, parts: &Parts, category: &Category) {
        self.header(parts);
        if parts.offer.as_ref().is_some_and(|offer| offer.expires) {
            let ends = self.field(Place::Offer, "expires", FieldKind::Time, 40);
            self.fields.push(ends);
        }
        self.body(parts, category);
        for (at, button) in parts.buttons.iter().enumerate() {
            self.button(at, button, parts);
        }
    }

    fn header(&mut self, parts: &Parts) {
        let Some(header) = &parts.header else {
            return;
        };
        let (kind, most) = match &header.format {
            Format::Text => {
                let text = header.text.as_deref().unwrap_or_default();
                if let Some(name) = variable::names(text).first() {
                    let most = room(text, limit::HEADER);
                    self.fields.push(Field {
                        label: (*name).to_owned(),
                        example: parts.header_example(name).map(ToOwned::to_owned),
                        ..self.field(Place::Header, header_key(name), FieldKind::Text, most)
                    });
                }
                return;
            }
            Format::Image => (FieldKind::Image, limit::URL),
            Format::Video | Format::Gif => (FieldKind::Video, limit::URL),
            Format::Document => (FieldKind::Document, limit::URL),
            Format::Location => (FieldKind::Location, limit::BODY),
            Format::Product => (FieldKind::Json, limit::BODY),
            Format::Other(_) => return,
        };
        let field = self.field(Place::Header, "header", kind, most);
        self.fields.push(field);
        if kind == FieldKind::Document {
            let most = limit::FILENAME;
            self.fields.push(Field {
                required: false,
                ..self.field(Place::Header, "header.filename", FieldKind::Filename, most)
            });
        }
    }

    fn body(&mut self, parts: &Parts, category: &Category) {
        if is_code(parts, category) {
            self.fields.push(Field {
                label: "code".to_owned(),
                ..self.field(Place::Body, "1", FieldKind::Code, limit::SHORT_CODE)
            });
            return;
        }
        let Some(body) = &parts.body else { return };
        let most = room(&body.text, body_limit(parts, self.card.is_some()));
        for name in variable::ordered(&body.text) {
            let example = parts.body_example(name).map(ToOwned::to_owned);
            // A named variable may stand in the header too: one value serves both.
            let key = keyed(self.card, name);
            if let Some(same) = self.fields.iter_mut().find(|field| field.key == key) {
                same.example = same.example.take().or(example);
                continue;
            }
            self.fields.push(Field {
                example,
                ..self.field(Place::Body, name, FieldKind::Text, most)
            });
        }
    }

    fn button(&mut self, at: usize, button: &Button, parts: &Parts) {
        let (kind, required, most) = match &button.kind {
            ButtonKind::Url => {
                if button.url_variable().is_none() {
                    return;
                }
                let url = button.url.as_deref().unwrap_or_default();
                (FieldKind::UrlSuffix, true, room(url, limit::URL))
            }
            ButtonKind::CopyCode => (FieldKind::Code, true, code_limit(parts)),
            ButtonKind::QuickReply => (FieldKind::Payload, false, limit::PAYLOAD),
            ButtonKind::Flow | ButtonKind::Catalog => (FieldKind::Json, false, limit::BODY),
            ButtonKind::Mpm => (FieldKind::Json, true, 4 * limit::BODY),
            _ => return,
        };
        let key = format!("button.{}", at + 1);
        self.fields.push(Field {
            label: button.label().to_owned(),
            required,
            example: button.first_example().map(ToOwned::to_owned),
            ..self.field(Place::Button(at), &key, kind, most)
        });
    }

    /// A field that must be filled and is called as its key.
    fn field(&self, place: Place, key: &str, kind: FieldKind, most: usize) -> Field {
        Field {
            key: keyed(self.card, key),
            place,
            card: self.card,
            label: key.to_owned(),
            kind,
            required: true,
            most,
            example: None,
        }
    }
}

/// The key of a header's variable: its name, or `header` where it is a number (as the body's are).
pub(super) fn header_key(name: &str) -> &str {
    if variable::number(name).is_some() {
        "header"
    } else {
        name
    }
}

/// The most that an offer's code may hold.
pub(super) const fn code_limit(parts: &Parts) -> usize {
    if parts.offer.is_some() {
        limit::SHORT_CODE
    } else {
        limit::CODE
    }
}

/// What a limit leaves to the variables of a text.
pub(super) fn room(text: &str, most: usize) -> usize {
    let words: usize = variable::pieces(text)
        .iter()
        .map(|piece| match piece {
            variable::Piece::Words(words) => units(words),
            variable::Piece::Variable(_) => 0,
        })
        .sum();
    most.saturating_sub(words)
}
