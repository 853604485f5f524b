//! A template as a person writes it in a file, and back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::model::template::draft::Draft;
use crate::model::template::parts::{Body, Button, Footer, Header, Offer, Parts};
use crate::model::template::sample::Sample;
use crate::model::template::word::{Category, Format};
use crate::model::template::{ParameterFormat, Template};

/// A template in a TOML or JSON file. `components` in Meta's shape may stand instead of the parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateFile {
    /// Small letters, digits and `_`.
    pub name: String,
    /// `es`, `pt_BR`, …
    pub language: String,
    /// `marketing`, `utility`, `authentication`.
    pub category: Category,
    /// `positional` or `named`; found out from the text if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter_format: Option<ParameterFormat>,
    /// After how many seconds an undelivered message of it is dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_send_ttl_seconds: Option<i64>,
    /// The parts.
    #[serde(flatten)]
    pub parts: PartsFile,
    /// The parts in Meta's shape, instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub components: Option<Vec<Value>>,
    /// The cards of a carousel.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<PartsFile>,
}

/// The parts of a template, or of a card.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PartsFile {
    /// Small words below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<String>,
    /// At the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<HeaderFile>,
    /// The text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyFile>,
    /// An offer that ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<OfferFile>,
    /// What can be pressed: `type`, `text`, `url`, `phone_number`, `example`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Button>,
}

/// The top.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeaderFile {
    /// Its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// `image`, `video`, `document` or `location`, where it shows no words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// An example file: its path, beside this one; `media:ID` of one that was handed over; or the
    /// handle that Meta's upload gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// An example of its variable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub examples: Option<Examples>,
}

/// The text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BodyFile {
    /// The words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Examples of the variables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub examples: Option<Examples>,
    /// What else Meta takes (`add_security_recommendation`).
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// An offer that ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferFile {
    /// Its words.
    pub text: String,
    /// Whether it shows when it ends.
    #[serde(default)]
    pub expires: bool,
}

/// Examples: `["Ana", "18:00"]` for numbers, `{ nombre = "Ana" }` for names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Examples {
    /// By place.
    List(Vec<String>),
    /// By name.
    Named(BTreeMap<String, String>),
}

impl TemplateFile {
    /// What is to be given to Meta.
    pub fn draft(self) -> Draft {
        let components = match self.components {
            Some(components) => Parts::from(components),
            None => Parts {
                cards: self.cards.into_iter().map(PartsFile::parts).collect(),
                ..self.parts.parts()
            },
        };
        Draft {
            name: self.name,
            language: self.language,
            category: self.category,
            parameter_format: self.parameter_format,
            components,
            message_send_ttl_seconds: self.message_send_ttl_seconds,
        }
    }

    /// A template as a file; what a file cannot say well stands in Meta's shape.
    pub fn of(template: &Template) -> Self {
        let parts = &template.components;
        let plain = parts.others.is_empty() && parts.cards.iter().all(|c| c.others.is_empty());
        Self {
            name: template.name.clone(),
            language: template.language.clone(),
            category: template.category.clone(),
            parameter_format: (template.parameter_format == ParameterFormat::Named)
                .then_some(ParameterFormat::Named),
            message_send_ttl_seconds: template.message_send_ttl_seconds,
            components: (!plain).then(|| parts.clone().into()),
            parts: if plain {
                PartsFile::of(parts)
            } else {
                PartsFile::default()
            },
            cards: if plain {
                parts.cards.iter().map(PartsFile::of).collect()
            } else {
                Vec::new()
            },
        }
    }
}

impl PartsFile {
    fn parts(self) -> Parts {
        Parts {
            header: self.header.map(|header| Header {
                format: header.format.unwrap_or(Format::Text),
                text: header.text,
                samples: samples(header.examples),
                handles: header.example.into_iter().collect(),
                rest: Map::new(),
            }),
            body: self.body.map(|body| Body {
                text: body.text,
                samples: samples(body.examples),
                rest: body.rest,
            }),
            footer: self.footer.map(|text| Footer {
                text,
                rest: Map::new(),
            }),
            buttons: self.buttons.into_iter().map(listed).collect(),
            offer: self.offer.map(|offer| Offer {
                text: offer.text,
                expires: offer.expires,
            }),
            ..Parts::default()
        }
    }

    fn of(parts: &Parts) -> Self {
        Self {
            header: parts.header.as_ref().map(|header| HeaderFile {
                text: header.text.clone(),
                format: (header.format != Format::Text).then(|| header.format.clone()),
                example: header.handles.first().cloned(),
                examples: examples(&header.samples),
            }),
            body: parts.body.as_ref().map(|body| BodyFile {
                text: body.text.clone(),
                examples: examples(&body.samples),
                rest: body.rest.clone(),
            }),
            footer: parts.footer.as_ref().map(|footer| footer.text.clone()),
            offer: parts.offer.as_ref().map(|offer| OfferFile {
                text: offer.text.clone(),
                expires: offer.expires,
            }),
            buttons: parts.buttons.clone(),
        }
    }
}

/// Meta wants a link's example in a list; in a file it may stand alone.
fn listed(mut button: Button) -> Button {
    if button.url.is_some()
        && let Some(Value::String(example)) = &button.example
    {
        button.example = Some(json!([example]));
    }
    button
}

fn samples(examples: Option<Examples>) -> Vec<Sample> {
    let sample = |(name, example)| Sample { name, example };
    match examples {
        None => Vec::new(),
        Some(Examples::List(list)) => (1..)
            .map(|n: u32| n.to_string())
            .zip(list)
            .map(sample)
            .collect(),
        Some(Examples::Named(map)) => map.into_iter().map(sample).collect(),
    }
}

fn examples(samples: &[Sample]) -> Option<Examples> {
    if samples.is_empty() {
        return None;
    }
    let numbered = samples
        .iter()
        .zip(1_u32..)
        .all(|(sample, n)| sample.name == n.to_string());
    Some(if numbered {
        Examples::List(samples.iter().map(|s| s.example.clone()).collect())
    } else {
        let pair = |s: &Sample| (s.name.clone(), s.example.clone());
        Examples::Named(samples.iter().map(pair).collect())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::TemplateFile;

    #[test]
    fn a_file_says_what_meta_wants() {
        let file: TemplateFile = serde_json::from_value(json!({
            "name": "pedido_listo", "language": "es", "category": "utility",
            "header": {"text": "Pedido {{1}}", "examples": ["4471"]},
            "body": {"text": "Hola {{1}}, tu pedido llega a las {{2}} hoy.", "examples": ["Ana", "18:00"]},
            "footer": "Panadería Luz",
            "buttons": [
                {"type": "quick_reply", "text": "Gracias"},
                {"type": "url", "text": "Ver", "url": "https://x.pe/{{1}}", "example": "https://x.pe/1"}],
        }))
        .unwrap();
        let draft = file.draft();
        assert_eq!(draft.faults(), []);
        assert_eq!(
            serde_json::to_value(&draft.components).unwrap(),
            json!([
                {"type": "HEADER", "format": "TEXT", "text": "Pedido {{1}}", "example": {"header_text": ["4471"]}},
                {"type": "BODY", "text": "Hola {{1}}, tu pedido llega a las {{2}} hoy.", "example": {"body_text": [["Ana", "18:00"]]}},
                {"type": "FOOTER", "text": "Panadería Luz"},
                {"type": "BUTTONS", "buttons": [
                    {"type": "QUICK_REPLY", "text": "Gracias"},
                    {"type": "URL", "text": "Ver", "url": "https://x.pe/{{1}}", "example": ["https://x.pe/1"]}]}
            ])
        );
    }

    #[test]
    fn names_cards_and_metas_own_shape() {
        let file: TemplateFile = serde_json::from_value(json!({
            "name": "tortas", "language": "es", "category": "marketing",
            "body": {"text": "Para ti, {{nombre}}, hay tortas nuevas.", "examples": {"nombre": "Ana"}},
            "cards": [
                {"header": {"format": "image", "example": "4:a"}, "body": {"text": "Lúcuma"}, "buttons": [{"type": "quick_reply", "text": "Quiero"}]},
                {"header": {"format": "image", "example": "4:b"}, "body": {"text": "Chocolate"}, "buttons": [{"type": "quick_reply", "text": "Quiero"}]}],
        }))
        .unwrap();
        let draft = file.draft();
        assert_eq!(draft.faults(), []);
        assert_eq!(draft.components.cards.len(), 2);
        let raw: TemplateFile = serde_json::from_value(json!({
            "name": "a", "language": "es", "category": "utility",
            "components": [{"type": "BODY", "text": "Hola a todos"}],
        }))
        .unwrap();
        assert_eq!(raw.draft().components.body.unwrap().text, "Hola a todos");
    }
}
