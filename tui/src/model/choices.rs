//! An interactive message that is being made: reply buttons, a list, a link, the wish for a place; with WhatsApp's limits.

use common::id::ChatId;
use common::wrong::{Fault, Wrong, units};
use serde_json::{Value, json};

use crate::part::field::Field;

/// WhatsApp's limits, in UTF-16 units.
const BODY: usize = 1024;
const LIST_BODY: usize = 4096;
const FOOTER: usize = 60;
const BUTTON: usize = 20;
const ROW: usize = 24;
const DESCRIPTION: usize = 72;
/// The most buttons and rows.
pub const BUTTONS: usize = 3;
/// The most rows of a list.
pub const ROWS: usize = 10;

/// What the customer is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// Up to three buttons.
    Buttons,
    /// A list of up to ten rows.
    List,
    /// A button that opens a page.
    Link,
    /// A button that sends where one is.
    Place,
}

/// What a field is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The words above.
    Body,
    /// A button's words, by its place from 0; the list's own for a list, the link's for a link.
    Button(usize),
    /// A row's title.
    Row(usize),
    /// What stands below a row's title.
    Description(usize),
    /// The page's address.
    Url,
    /// Small words below.
    Footer,
}

/// A message that is being made.
#[derive(Debug)]
pub struct Choices {
    /// The chat that it is for.
    pub chat: ChatId,
    /// What is offered.
    pub offer: Offer,
    /// What is written, part by part.
    pub fields: Vec<(Part, Field)>,
    /// The one with the cursor.
    pub at: usize,
    /// Whether somebody tried to send.
    pub tried: bool,
}

impl Choices {
    /// An empty one.
    pub fn new(chat: ChatId, offer: Offer) -> Self {
        let mut parts = vec![Part::Body];
        match offer {
            Offer::Buttons => parts.extend((0..BUTTONS).map(Part::Button)),
            Offer::List => {
                parts.push(Part::Button(0));
                parts.extend((0..ROWS).flat_map(|n| [Part::Row(n), Part::Description(n)]));
            }
            Offer::Link => parts.extend([Part::Button(0), Part::Url]),
            Offer::Place => {}
        }
        if offer != Offer::Place {
            parts.push(Part::Footer);
        }
        let field = |part| match part {
            Part::Body => Field::new(),
            _ => Field::single(),
        };
        let fields = parts.into_iter().map(|part| (part, field(part)));
        Self {
            chat,
            offer,
            fields: fields.collect(),
            at: 0,
            tried: false,
        }
    }

    /// What is written in a part.
    pub fn text(&self, part: Part) -> String {
        let field = self.fields.iter().find(|(one, _)| *one == part);
        field
            .map(|(_, field)| field.text().trim().to_owned())
            .unwrap_or_default()
    }

    /// How many units a part takes.
    pub const fn most(&self, part: Part) -> usize {
        match part {
            Part::Body if matches!(self.offer, Offer::List) => LIST_BODY,
            Part::Body => BODY,
            Part::Button(_) => BUTTON,
            Part::Row(_) => ROW,
            Part::Description(_) => DESCRIPTION,
            Part::Url => 2000,
            Part::Footer => FOOTER,
        }
    }

    /// The buttons or rows that have words, with their place.
    pub fn filled(&self, part: impl Fn(usize) -> Part, count: usize) -> Vec<(usize, String)> {
        let texts = (0..count).map(|n| (n, self.text(part(n))));
        texts.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// Everything that is wrong, the first that a person meets first.
    pub fn wrong(&self) -> Vec<(Part, Wrong)> {
        let mut all = Vec::new();
        for (part, field) in &self.fields {
            let text = field.text();
            let (found, most) = (units(text.trim()), self.most(*part));
            if found > most {
                all.push((*part, Wrong::new("", Fault::TooLong { most, found })));
            }
            let needed = matches!(
                part,
                Part::Body | Part::Url | Part::Button(0) | Part::Row(0)
            );
            if needed && text.trim().is_empty() {
                all.push((*part, Wrong::new("", Fault::Empty)));
            }
            if *part == Part::Url && !text.trim().is_empty() && !is_address(text.trim()) {
                all.push((*part, Wrong::new("", Fault::NotAnAddress)));
            }
            if let Part::Description(n) = part
                && !text.trim().is_empty()
                && self.text(Part::Row(*n)).is_empty()
            {
                all.push((Part::Row(*n), Wrong::new("", Fault::Empty)));
            }
        }
        let twice = |parts: Vec<(usize, String)>, part: fn(usize) -> Part| {
            let doubled = parts
                .iter()
                .enumerate()
                .find(|(at, (_, text))| parts.iter().take(*at).any(|(_, other)| other == text));
            doubled.map(|(_, (n, _))| (part(*n), Wrong::new("", Fault::Twice)))
        };
        match self.offer {
            Offer::Buttons => all.extend(twice(self.filled(Part::Button, BUTTONS), Part::Button)),
            Offer::List => all.extend(twice(self.filled(Part::Row, ROWS), Part::Row)),
            Offer::Link | Offer::Place => {}
        }
        all
    }

    /// Meta's object.
    pub fn object(&self) -> Value {
        let action = match self.offer {
            Offer::Buttons => {
                let buttons: Vec<Value> = self
                    .filled(Part::Button, BUTTONS)
                    .into_iter()
                    .map(|(n, title)| {
                        json!({"type": "reply", "reply": {"id": format!("b{}", n + 1), "title": title}})
                    })
                    .collect();
                json!({"buttons": buttons})
            }
            Offer::List => {
                let rows: Vec<Value> = self
                    .filled(Part::Row, ROWS)
                    .into_iter()
                    .map(|(n, title)| {
                        let description = self.text(Part::Description(n));
                        let mut row = json!({"id": format!("r{}", n + 1), "title": title});
                        if let (false, Some(row)) = (description.is_empty(), row.as_object_mut()) {
                            row.insert("description".to_owned(), Value::from(description));
                        }
                        row
                    })
                    .collect();
                json!({"button": self.text(Part::Button(0)), "sections": [{"rows": rows}]})
            }
            Offer::Link => json!({
                "name": "cta_url",
                "parameters": {"display_text": self.text(Part::Button(0)), "url": self.text(Part::Url)}
            }),
            Offer::Place => json!({"name": "send_location"}),
        };
        let kind = match self.offer {
            Offer::Buttons => "button",
            Offer::List => "list",
            Offer::Link => "cta_url",
            Offer::Place => "location_request_message",
        };
        let mut object = json!({
            "type": kind, "body": {"text": self.text(Part::Body)}, "action": action
        });
        let footer = self.text(Part::Footer);
        if let (false, Some(object)) = (footer.is_empty(), object.as_object_mut()) {
            object.insert("footer".to_owned(), json!({"text": footer}));
        }
        object
    }
}

fn is_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.contains('.') && !rest.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::{Choices, Offer, Part};
    use common::id::ChatId;

    fn made(offer: Offer, texts: &[(Part, &str)]) -> Choices {
        let mut choices = Choices::new(ChatId(1), offer);
        for (part, text) in texts {
            let field = choices
                .fields
                .iter_mut()
                .find(|(one, _)| one == part)
                .unwrap();
            field.1.set(text);
        }
        choices
    }

    fn codes(choices: &Choices) -> Vec<(Part, &'static str)> {
        let wrong = choices.wrong();
        wrong
            .iter()
            .map(|(part, wrong)| (*part, wrong.fault.code()))
            .collect()
    }

    #[test]
    fn buttons_are_three_short_and_different() {
        let long = "x".repeat(21);
        let wrong = made(
            Offer::Buttons,
            &[
                (Part::Body, "¿Cuándo?"),
                (Part::Button(0), "Hoy"),
                (Part::Button(1), "Hoy"),
                (Part::Button(2), &long),
            ],
        );
        assert_eq!(
            codes(&wrong),
            [(Part::Button(2), "too_long"), (Part::Button(1), "twice")]
        );
        let right = made(
            Offer::Buttons,
            &[
                (Part::Body, "¿Cuándo?"),
                (Part::Button(0), "Hoy"),
                (Part::Button(2), "Mañana"),
            ],
        );
        assert!(right.wrong().is_empty());
        let object = right.object();
        assert_eq!(object["action"]["buttons"][1]["reply"]["title"], "Mañana");
        assert_eq!(object["type"], "button");
    }

    #[test]
    fn a_list_a_link_and_a_place_have_what_they_need() {
        let empty = made(Offer::List, &[]);
        assert_eq!(codes(&empty).len(), 3);
        let list = made(
            Offer::List,
            &[
                (Part::Body, "Elige"),
                (Part::Button(0), "Ver"),
                (Part::Row(0), "Chocolate"),
                (Part::Description(0), "con nueces"),
            ],
        );
        assert!(list.wrong().is_empty());
        assert_eq!(
            list.object()["action"]["sections"][0]["rows"][0]["description"],
            "con nueces"
        );
        let link = made(
            Offer::Link,
            &[
                (Part::Body, "Mira"),
                (Part::Button(0), "Abrir"),
                (Part::Url, "example.com"),
            ],
        );
        assert_eq!(codes(&link), [(Part::Url, "not_an_address")]);
        let place = made(Offer::Place, &[(Part::Body, "¿Dónde?")]);
        assert!(place.wrong().is_empty());
        assert_eq!(place.object()["action"]["name"], "send_location");
    }
}
