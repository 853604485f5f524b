//! What a template is made of: Meta's list of components, each in its place; what is unknown is kept raw.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::model::template::ParameterFormat;
use crate::model::template::sample::{
    Sample, example, is_positional, named, samples, texts, words,
};
use crate::model::template::variable;
use crate::model::template::word::{ButtonKind, Format};

/// The components of a template, or of one card of a carousel.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<Value>", into = "Vec<Value>")]
pub struct Parts {
    /// At the top: words, a file or a place.
    pub header: Option<Header>,
    /// The text.
    pub body: Option<Body>,
    /// Small words below it.
    pub footer: Option<Footer>,
    /// What can be pressed, in its order.
    pub buttons: Vec<Button>,
    /// The cards of a carousel.
    pub cards: Vec<Self>,
    /// An offer that ends.
    pub offer: Option<Offer>,
    /// Components that this version does not know, as they came.
    pub others: Vec<Value>,
}

/// What stands at the top.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// What it shows.
    pub format: Format,
    /// Its words, where it shows words; one variable at most.
    pub text: Option<String>,
    /// Examples of its variable.
    pub samples: Vec<Sample>,
    /// Handles of example files, as Meta's upload gave them (a link where Meta answers).
    pub handles: Vec<String>,
    /// What else it holds.
    pub rest: Map<String, Value>,
}

/// The text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    /// The words with their variables.
    pub text: String,
    /// Examples of the variables.
    pub samples: Vec<Sample>,
    /// What else it holds (`add_security_recommendation`).
    pub rest: Map<String, Value>,
}

/// Small words below.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Footer {
    /// The words; Meta writes them itself in templates for codes.
    pub text: String,
    /// What else it holds (`code_expiration_minutes`).
    pub rest: Map<String, Value>,
}

/// Something to press.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Button {
    /// What it does.
    #[serde(rename = "type")]
    pub kind: ButtonKind,
    /// Its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The page that it opens, with a variable at its end or without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The number that it calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// An example: the whole address with a value in it, or the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<Value>,
    /// What else it holds (`otp_type`, `flow_id`, …).
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// An offer that ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offer {
    /// Its words.
    pub text: String,
    /// Whether it shows when it ends.
    pub expires: bool,
}

impl Parts {
    /// How its variables are called, as its texts show.
    pub fn format(&self) -> ParameterFormat {
        let header = self.header.as_ref().and_then(|h| h.text.as_deref());
        let bodies = self
            .body
            .iter()
            .chain(self.cards.iter().flat_map(|c| &c.body));
        let named = bodies
            .map(|body| body.text.as_str())
            .chain(header)
            .flat_map(variable::names)
            .any(|name| variable::number(name).is_none());
        if named {
            ParameterFormat::Named
        } else {
            ParameterFormat::Positional
        }
    }

    /// The example of a body's variable.
    pub fn body_example(&self, name: &str) -> Option<&str> {
        example(&self.body.as_ref()?.samples, name)
    }

    /// The example of the header's variable.
    pub fn header_example(&self, name: &str) -> Option<&str> {
        example(&self.header.as_ref()?.samples, name)
    }

    fn take(&mut self, value: Value) {
        let kind = value.get("type").and_then(Value::as_str);
        let kind = kind.map(str::to_ascii_uppercase).unwrap_or_default();
        let taken = match (kind.as_str(), &value) {
            ("HEADER", Value::Object(map)) if self.header.is_none() => {
                self.header = header(map);
                self.header.is_some()
            }
            ("BODY", Value::Object(map)) if self.body.is_none() => {
                self.body = Some(body(map));
                true
            }
            ("FOOTER", Value::Object(map)) if self.footer.is_none() => {
                self.footer = Some(Footer {
                    text: text(map, "text").unwrap_or_default(),
                    rest: without(map, &["type", "text"]),
                });
                true
            }
            ("BUTTONS", Value::Object(map)) if self.buttons.is_empty() => {
                let list = map.get("buttons").cloned().unwrap_or_default();
                serde_json::from_value(list).is_ok_and(|buttons| {
                    self.buttons = buttons;
                    true
                })
            }
            ("CAROUSEL", Value::Object(map)) if self.cards.is_empty() => {
                self.cards = cards(map);
                !self.cards.is_empty()
            }
            ("LIMITED_TIME_OFFER", Value::Object(map)) if self.offer.is_none() => {
                self.offer = offer(map);
                self.offer.is_some()
            }
            _ => false,
        };
        if !taken {
            self.others.push(value);
        }
    }
}

impl From<Vec<Value>> for Parts {
    fn from(components: Vec<Value>) -> Self {
        let mut parts = Self::default();
        for component in components {
            parts.take(component);
        }
        parts
    }
}

impl From<Parts> for Vec<Value> {
    fn from(parts: Parts) -> Self {
        let mut out = Self::new();
        out.extend(parts.header.as_ref().map(Header::for_meta));
        out.extend(
            parts.offer.as_ref().map(
                |offer| json!({"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": offer.text, "has_expiration": offer.expires}}),
            ),
        );
        out.extend(parts.body.as_ref().map(Body::for_meta));
        out.extend(parts.footer.map(|footer| {
            let mut map = footer.rest;
            put(&mut map, "type", "FOOTER");
            if !footer.text.is_empty() {
                put(&mut map, "text", footer.text);
            }
            Value::Object(map)
        }));
        if !parts.buttons.is_empty() {
            let buttons: Self = parts.buttons.iter().map(Button::for_meta).collect();
            out.push(json!({"type": "BUTTONS", "buttons": buttons}));
        }
        if !parts.cards.is_empty() {
            let cards: Self = parts
                .cards
                .into_iter()
                .map(|card| json!({"components": Self::from(card)}))
                .collect();
            out.push(json!({"type": "CAROUSEL", "cards": cards}));
        }
        out.extend(parts.others);
        out
    }
}

impl Header {
    fn for_meta(&self) -> Value {
        let mut map = self.rest.clone();
        put(&mut map, "type", "HEADER");
        put(&mut map, "format", self.format.for_meta());
        if let Some(text) = &self.text {
            put(&mut map, "text", text.clone());
        }
        let mut example = Map::new();
        if !self.samples.is_empty() {
            let (key, value) = if is_positional(&self.samples) {
                ("header_text", json!(words(&self.samples)))
            } else {
                ("header_text_named_params", named(&self.samples))
            };
            put(&mut example, key, value);
        }
        if !self.handles.is_empty() {
            put(&mut example, "header_handle", json!(self.handles));
        }
        if !example.is_empty() {
            put(&mut map, "example", example);
        }
        Value::Object(map)
    }
}

impl Body {
    fn for_meta(&self) -> Value {
        let mut map = self.rest.clone();
        put(&mut map, "type", "BODY");
        if !self.text.is_empty() {
            put(&mut map, "text", self.text.clone());
        }
        if !self.samples.is_empty() {
            let example = if is_positional(&self.samples) {
                json!({"body_text": [words(&self.samples)]})
            } else {
                json!({"body_text_named_params": named(&self.samples)})
            };
            put(&mut map, "example", example);
        }
        Value::Object(map)
    }
}

impl Button {
    /// A button of this kind with these words.
    pub fn new(kind: ButtonKind, text: Option<String>) -> Self {
        Self {
            kind,
            text,
            url: None,
            phone_number: None,
            example: None,
            rest: Map::new(),
        }
    }

    /// Its words; the kind where it has none of its own.
    pub fn label(&self) -> &str {
        self.text.as_deref().unwrap_or_else(|| self.kind.as_str())
    }

    /// The variable at the end of its address.
    pub fn url_variable(&self) -> Option<&str> {
        let url = self.url.as_deref()?;
        variable::names(url).first().copied()
    }

    /// The first example, whether Meta gave one or a list.
    pub fn first_example(&self) -> Option<&str> {
        let example = self.example.as_ref()?;
        example
            .as_str()
            .or_else(|| example.get(0).and_then(Value::as_str))
    }

    fn for_meta(&self) -> Value {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Some(map) = value.as_object_mut() {
            put(map, "type", self.kind.for_meta());
        }
        value
    }
}

fn header(map: &Map<String, Value>) -> Option<Header> {
    let format = Format::read(&text(map, "format")?);
    let words = text(map, "text");
    let example = map.get("example");
    let variables = words.as_deref().map(variable::ordered).unwrap_or_default();
    Some(Header {
        samples: samples(example, "header_text", &variables),
        handles: example
            .and_then(|e| e.get("header_handle"))
            .map(texts)
            .unwrap_or_default(),
        rest: without(map, &["type", "format", "text", "example"]),
        format,
        text: words,
    })
}

fn body(map: &Map<String, Value>) -> Body {
    let words = text(map, "text").unwrap_or_default();
    let variables = variable::ordered(&words);
    Body {
        samples: samples(map.get("example"), "body_text", &variables),
        rest: without(map, &["type", "text", "example"]),
        text: words,
    }
}

fn cards(map: &Map<String, Value>) -> Vec<Parts> {
    let list = map.get("cards").and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .map(|card| {
            let components = card.get("components").and_then(Value::as_array);
            Parts::from(components.cloned().unwrap_or_default())
        })
        .collect()
}

fn offer(map: &Map<String, Value>) -> Option<Offer> {
    let offer = map.get("limited_time_offer")?;
    Some(Offer {
        text: offer.get("text")?.as_str()?.to_owned(),
        expires: offer
            .get("has_expiration")
            .and_then(Value::as_bool)
            .unwrap_or(false),
    })
}

fn text(map: &Map<String, Value>, key: &str) -> Option<String> {
    map.get(key).and_then(Value::as_str).map(ToOwned::to_owned)
}

fn put(map: &mut Map<String, Value>, key: &str, value: impl Into<Value>) {
    map.insert(key.to_owned(), value.into());
}

fn without(map: &Map<String, Value>, keys: &[&str]) -> Map<String, Value> {
    map.iter()
        .filter(|(key, _)| !keys.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Parts {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let component = utoipa::openapi::ObjectBuilder::new()
            .description(Some("A component in Meta's shape."))
            .build();
        utoipa::openapi::ArrayBuilder::new().items(component).into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Parts {}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Parts;

    #[test]
    fn metas_components_are_read_and_written_again() {
        let meta = json!([
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["https://x/1"]}},
            {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Solo hoy", "has_expiration": true}},
            {"type": "BODY", "text": "Hola {{1}}, {{2}}.", "example": {"body_text": [["Ana", "18:00"]]}},
            {"type": "FOOTER", "text": "Gracias"},
            {"type": "BUTTONS", "buttons": [
                {"type": "URL", "text": "Ver", "url": "https://x.pe/{{1}}", "example": ["https://x.pe/1"]},
                {"type": "OTP", "otp_type": "COPY_CODE", "text": "Copiar"},
                {"type": "NEW_KIND", "text": "?", "answer": 42}]},
            {"type": "CAROUSEL", "cards": [{"components": [{"type": "BODY", "text": "Torta"}]}]},
            {"type": "FROM_NEXT_YEAR", "x": [1]},
        ]);
        let parts: Parts = serde_json::from_value(meta.clone()).unwrap();
        assert_eq!(parts.body_example("2"), Some("18:00"));
        assert_eq!(parts.buttons.len(), 3);
        assert_eq!(parts.others.len(), 1);
        assert_eq!(serde_json::to_value(&parts).unwrap(), meta);
    }

    #[test]
    fn examples_come_by_name_and_in_three_shapes_by_position() {
        let read = |example: Value| {
            let parts: Parts = serde_json::from_value(json!([
                {"type": "body", "text": "Hola {{b}} {{a}} x", "example": example}]))
            .unwrap();
            parts.body_example("a").map(ToOwned::to_owned)
        };
        let named = json!({"body_text_named_params": [{"param_name": "a", "example": "Ana"}]});
        assert_eq!(read(named).as_deref(), Some("Ana"));
        for shape in [json!([["x", "Ana"]]), json!(["x", "Ana"])] {
            assert_eq!(read(json!({"body_text": shape})).as_deref(), Some("Ana"));
        }
        assert_eq!(read(json!(null)), None);
    }

    #[test]
    fn what_makes_no_sense_is_kept_raw() {
        let odd = json!([{"type": "HEADER"}, {"type": "BUTTONS", "buttons": 7}, 3, null]);
        let parts: Parts = serde_json::from_value(odd.clone()).unwrap();
        assert_eq!(parts.others.len(), 4);
        assert_eq!(serde_json::to_value(&parts).unwrap(), odd);
    }
}
