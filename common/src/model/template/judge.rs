//! Judges a template that somebody filled in Meta's shape: what its texts are, and what is wrong with them.

use serde_json::Value;

use crate::model::template::Template;
use crate::model::template::fill::{self, faults};
use crate::model::template::form::{Field, FieldKind, Values, fields, header_key, keyed};
use crate::model::template::parts::Parts;
use crate::model::template::variable;
use crate::wrong::Wrong;

/// Judges components that somebody filled in Meta's shape, as far as their texts go; gives the
/// text that a person reads.
pub fn judge(template: &Template, components: &[Value]) -> Result<String, Vec<Wrong>> {
    let list = fields(template);
    let given = Given {
        list: &list,
        values: Values::new(),
    }
    .read(&template.components, components, None);
    let texts: Vec<Field> = list
        .into_iter()
        .filter(|field| {
            let text = matches!(
                field.kind,
                FieldKind::Text | FieldKind::Code | FieldKind::UrlSuffix
            );
            // What is no text is only looked for.
            text || (field.required && !given.contains_key(&field.key))
        })
        .collect();
    let judged: Values = given
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let wrong = faults(template, &texts, &judged);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(fill::text(template, &given))
}

/// Values read out of Meta's shape; something that is no text is there with an empty one.
struct Given<'a> {
    list: &'a [Field],
    values: Values,
}

impl Given<'_> {
    fn read(mut self, parts: &Parts, components: &[Value], card: Option<usize>) -> Values {
        self.take(parts, components, card);
        self.values
    }

    fn take(&mut self, parts: &Parts, components: &[Value], card: Option<usize>) {
        for component in components {
            let word = |key: &str| {
                component
                    .get(key)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
            };
            let parameters = component.get("parameters").and_then(Value::as_array);
            let parameters = parameters.map(Vec::as_slice).unwrap_or_default();
            match word("type").to_ascii_lowercase().as_str() {
                "header" => {
                    let text = parts.header.as_ref().and_then(|h| h.text.as_deref());
                    let name = text.and_then(|text| variable::names(text).first().copied());
                    let key = name.map_or("header", header_key);
                    self.put(card, key, parameters.first());
                }
                "body" => {
                    let text = parts.body.as_ref().map_or("", |body| body.text.as_str());
                    let names = variable::ordered(text);
                    for (at, parameter) in parameters.iter().enumerate() {
                        let place = (at + 1).to_string();
                        let name = parameter.get("parameter_name").and_then(Value::as_str);
                        let by_place = names.get(at).copied().unwrap_or(&place);
                        self.put(card, name.unwrap_or(by_place), Some(parameter));
                    }
                }
                "button" => {
                    let index = component.get("index");
                    let index = index
                        .and_then(|index| index.as_u64().or_else(|| index.as_str()?.parse().ok()));
                    let key = format!("button.{}", index.unwrap_or_default() + 1);
                    let known = keyed(card, &key);
                    if self.list.iter().any(|field| field.key == known) {
                        self.put(card, &key, parameters.first());
                    }
                }
                "limited_time_offer" => self.put(card, "expires", None),
                "carousel" if card.is_none() => {
                    let cards = component.get("cards").and_then(Value::as_array);
                    for (at, (given, card)) in
                        cards.into_iter().flatten().zip(&parts.cards).enumerate()
                    {
                        let list = given.get("components").and_then(Value::as_array);
                        let list = list.map(Vec::as_slice).unwrap_or_default();
                        self.take(card, list, Some(at));
                    }
                }
                _ => {}
            }
        }
    }

    fn put(&mut self, card: Option<usize>, key: &str, parameter: Option<&Value>) {
        let text = parameter.and_then(|parameter| {
            [
                "/text",
                "/coupon_code",
                "/currency/fallback_value",
                "/date_time/fallback_value",
            ]
            .iter()
            .find_map(|pointer| parameter.pointer(pointer)?.as_str())
        });
        let text = text.unwrap_or_default().to_owned();
        self.values.insert(keyed(card, key), text);
    }
}
