//! Fills a template with values: the components that Meta takes and the text that a person reads, or all that is wrong.

use serde_json::{Map, Value, json};

use crate::id::MediaId;
use crate::model::template::ParameterFormat;
use crate::model::template::Template;
use crate::model::template::form::{
    Field, FieldKind, Values, body_limit, fields, header_key, is_code, keyed,
};
use crate::model::template::limit;
use crate::model::template::parts::{Button, Parts};
use crate::model::template::variable;
use crate::model::template::word::{ButtonKind, Category, Format};
use crate::time::Stamp;
use crate::wrong::{Fault, Wrong, units};

/// A template with its values.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filled {
    /// What Meta takes as `components`. A file of ours stands as `{"media_id": 7}` where Meta
    /// wants `{"id": "…"}`: Meta's id is known only once the file was uploaded.
    pub components: Vec<Value>,
    /// What a person reads: header, body, footer, cards, each on a line of its own.
    pub text: String,
    /// The words of the buttons.
    pub buttons: Vec<String>,
    /// The files of ours that it carries, in their order.
    pub media: Vec<MediaId>,
}

/// Fills a template, or says everything that is wrong with the values.
pub fn fill(template: &Template, values: &Values) -> Result<Filled, Vec<Wrong>> {
    let list = fields(template);
    let wrong = faults(template, &list, values);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let filler = Filler {
        values,
        named: template.parameter_format == ParameterFormat::Named,
        category: &template.category,
    };
    let parts = &template.components;
    let mut components = filler.components(parts, None);
    if !parts.cards.is_empty() {
        let cards: Vec<Value> = (0..)
            .zip(&parts.cards)
            .map(|(at, card): (usize, _)| {
                json!({"card_index": at, "components": filler.components(card, Some(at))})
            })
            .collect();
        components.push(json!({"type": "carousel", "cards": cards}));
    }
    let media = list
        .iter()
        .filter_map(|field| media(filler.value(&field.key)?))
        .collect();
    Ok(Filled {
        components,
        text: filler.text(parts),
        buttons: parts.buttons.iter().map(|b| b.label().to_owned()).collect(),
        media,
    })
}

/// What a file's value names, where it is one of ours.
pub fn media(value: &str) -> Option<MediaId> {
    value.trim().strip_prefix("media:")?.trim().parse().ok()
}

/// A place as people write it: `latitude, longitude, name, address`.
pub fn place(value: &str) -> Option<Value> {
    let mut parts = value.splitn(4, ',').map(str::trim);
    let (latitude, longitude) = (
        degrees(parts.next()?, 90.0)?,
        degrees(parts.next()?, 180.0)?,
    );
    let (name, address) = (parts.next()?, parts.next()?);
    if name.is_empty() || address.is_empty() {
        return None;
    }
    // Meta takes both as texts in a template.
    Some(json!({"latitude": latitude, "longitude": longitude, "name": name, "address": address}))
}

/// A moment as people write it: RFC 3339, or milliseconds since 1970.
pub fn moment(value: &str) -> Option<Stamp> {
    let value = value.trim();
    if let Ok(millis) = value.parse::<i64>() {
        // Seconds would end in January 1970.
        return (millis >= 100_000_000_000).then(|| Stamp::from_millis(millis));
    }
    let time: jiff::Timestamp = value.parse().ok()?;
    Some(Stamp::from_millis(time.as_millisecond()))
}

/// All that is wrong with the values, in the order of the fields.
pub fn faults(template: &Template, list: &[Field], values: &Values) -> Vec<Wrong> {
    let mut out: Vec<Wrong> = Vec::new();
    for field in list {
        match values
            .get(&field.key)
            .filter(|value| !value.trim().is_empty())
        {
            Some(value) => out.extend(fault(field, value).map(|f| Wrong::new(&field.key, f))),
            None if field.required => out.push(Wrong::new(&field.key, Fault::Empty)),
            None => {}
        }
    }
    let known = || {
        let keys: Vec<&str> = list.iter().map(|field| field.key.as_str()).collect();
        keys.join(", ")
    };
    for key in values.keys() {
        if !list.iter().any(|field| field.key == *key) {
            out.push(Wrong::new(key, Fault::UnknownField { known: known() }));
        }
    }
    if out.is_empty() {
        let parts = &template.components;
        out.extend(body_fault(parts, &template.category, values, None));
        for (at, card) in parts.cards.iter().enumerate() {
            out.extend(body_fault(card, &template.category, values, Some(at)));
        }
    }
    out
}

/// What is wrong with one value by itself.
fn fault(field: &Field, value: &str) -> Option<Fault> {
    let too_long = || {
        let found = units(value);
        (found > field.most).then_some(Fault::TooLong {
            most: field.most,
            found,
        })
    };
    match field.kind {
        FieldKind::Text | FieldKind::Code | FieldKind::Payload | FieldKind::Filename => {
            one_line(value).or_else(too_long)
        }
        FieldKind::UrlSuffix => {
            let spaced = value.trim().contains(char::is_whitespace);
            spaced.then_some(Fault::NotAnAddress).or_else(too_long)
        }
        FieldKind::Image | FieldKind::Video | FieldKind::Document => {
            let good = media(value).is_some() || is_link(value);
            (!good).then_some(Fault::NotAFile)
        }
        FieldKind::Location => place(value).is_none().then_some(Fault::NotAPlace),
        FieldKind::Time => moment(value).is_none().then_some(Fault::NotATime),
        FieldKind::Json => {
            let object = serde_json::from_str::<Value>(value).is_ok_and(|v| v.is_object());
            (!object).then_some(Fault::NotJson)
        }
    }
}

/// Meta refuses line breaks, tabs and more than four spaces in a row inside a value.
fn one_line(value: &str) -> Option<Fault> {
    if value.contains(['\n', '\r', '\t']) {
        return Some(Fault::LineBreak);
    }
    value
        .contains(&" ".repeat(limit::SPACES + 1))
        .then_some(Fault::Spaces)
}

/// A body that is too long once it is filled; the longest value is named.
fn body_fault(
    parts: &Parts,
    category: &Category,
    values: &Values,
    card: Option<usize>,
) -> Option<Wrong> {
    let body = parts.body.as_ref()?;
    if is_code(parts, category) {
        return None;
    }
    let value = |name: &str| values.get(&keyed(card, name)).map(String::as_str);
    let found = units(&variable::replace(&body.text, value));
    let over = found.checked_sub(body_limit(parts, card.is_some()))?;
    if over == 0 {
        return None;
    }
    let names = variable::names(&body.text);
    let longest = names
        .iter()
        .max_by_key(|name| value(name).map_or(0, units))?;
    let has = value(longest).map_or(0, units);
    let fault = Fault::TooLong {
        most: has.saturating_sub(over),
        found: has,
    };
    Some(Wrong::new(keyed(card, longest), fault))
}

/// The text that a person reads, with these values.
pub(super) fn text(template: &Template, values: &Values) -> String {
    let filler = Filler {
        values,
        named: false,
        category: &template.category,
    };
    filler.text(&template.components)
}

struct Filler<'a> {
    values: &'a Values,
    named: bool,
    category: &'a Category,
}

impl Filler<'_> {
    fn value(&self, key: &str) -> Option<&str> {
        let value = self.values.get(key).map(String::as_str)?;
        (!value.trim().is_empty()).then_some(value)
    }

    fn components(&self, parts: &Parts, card: Option<usize>) -> Vec<Value> {
        let mut out = Vec::new();
        out.extend(self.header(parts, card));
        if parts.offer.as_ref().is_some_and(|offer| offer.expires)
            && let Some(ends) = self.value(&keyed(card, "expires")).and_then(moment)
        {
            out.push(json!({"type": "limited_time_offer", "parameters": [{
                "type": "limited_time_offer",
                "limited_time_offer": {"expiration_time_ms": ends.millis()}}]}));
        }
        out.extend(self.body(parts, card));
        for (at, button) in parts.buttons.iter().enumerate() {
            out.extend(self.button(at, button, card));
        }
        out
    }

    fn header(&self, parts: &Parts, card: Option<usize>) -> Option<Value> {
        let header = parts.header.as_ref()?;
        let parameter = match &header.format {
            Format::Text => {
                let text = header.text.as_deref()?;
                let name = *variable::names(text).first()?;
                self.text_parameter(name, self.value(&keyed(card, header_key(name)))?)
            }
            Format::Other(_) => return None,
            format => {
                let value = self.value(&keyed(card, "header"))?;
                let word = format.as_str();
                let object = match format {
                    Format::Location => place(value)?,
                    Format::Product => serde_json::from_str(value).ok()?,
                    _ => self.file(value, card),
                };
                let mut parameter = json!({"type": word});
                put(&mut parameter, word, object);
                parameter
            }
        };
        Some(json!({"type": "header", "parameters": [parameter]}))
    }

    fn file(&self, value: &str, card: Option<usize>) -> Value {
        let mut file = media(value).map_or_else(
            || json!({"link": value.trim()}),
            |id| json!({"media_id": id}),
        );
        if let Some(name) = self.value(&keyed(card, "header.filename")) {
            put(&mut file, "filename", json!(name.trim()));
        }
        file
    }

    fn body(&self, parts: &Parts, card: Option<usize>) -> Option<Value> {
        let parameters: Vec<Value> = if is_code(parts, self.category) {
            let code = self.value(&keyed(card, "1"))?;
            vec![json!({"type": "text", "text": code.trim()})]
        } else {
            let names = variable::ordered(&parts.body.as_ref()?.text);
            names
                .into_iter()
                .filter_map(|name| Some(self.text_parameter(name, self.value(&keyed(card, name))?)))
                .collect()
        };
        (!parameters.is_empty()).then(|| json!({"type": "body", "parameters": parameters}))
    }

    fn button(&self, at: usize, button: &Button, card: Option<usize>) -> Option<Value> {
        let (sub_type, parameter) = match &button.kind {
            // A code to sign in with goes into the text and into the button.
            ButtonKind::Otp => {
                let code = self.value(&keyed(card, "1"))?.trim();
                ("url", json!({"type": "text", "text": code}))
            }
            kind => {
                let value = self
                    .value(&keyed(card, &format!("button.{}", at + 1)))?
                    .trim();
                let parameter = match kind {
                    ButtonKind::Url => json!({"type": "text", "text": value}),
                    ButtonKind::CopyCode => json!({"type": "coupon_code", "coupon_code": value}),
                    ButtonKind::QuickReply => json!({"type": "payload", "payload": value}),
                    ButtonKind::Flow | ButtonKind::Catalog | ButtonKind::Mpm => {
                        let action: Value = serde_json::from_str(value).ok()?;
                        json!({"type": "action", "action": action})
                    }
                    _ => return None,
                };
                (kind.as_str(), parameter)
            }
        };
        Some(
            json!({"type": "button", "sub_type": sub_type, "index": at.to_string(),
            "parameters": [parameter]}),
        )
    }

    fn text_parameter(&self, name: &str, value: &str) -> Value {
        let mut parameter = json!({"type": "text", "text": value});
        if self.named {
            put(&mut parameter, "parameter_name", json!(name));
        }
        parameter
    }

    fn text(&self, parts: &Parts) -> String {
        let mut lines = self.lines(parts, None);
        for (at, card) in parts.cards.iter().enumerate() {
            lines.append(&mut self.lines(card, Some(at)));
        }
        lines.join("\n")
    }

    fn lines(&self, parts: &Parts, card: Option<usize>) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(text) = parts.header.as_ref().and_then(|h| h.text.as_deref()) {
            lines.push(variable::replace(text, |name| {
                self.value(&keyed(card, header_key(name)))
            }));
        }
        if let Some(body) = &parts.body {
            lines.push(variable::replace(&body.text, |name| {
                self.value(&keyed(card, name))
            }));
        }
        lines.extend(parts.footer.as_ref().map(|footer| footer.text.clone()));
        lines.retain(|line| !line.is_empty());
        lines
    }
}

fn put(object: &mut Value, key: &str, value: Value) {
    if let Some(map) = object.as_object_mut() {
        let map: &mut Map<String, Value> = map;
        map.insert(key.to_owned(), value);
    }
}

fn is_link(value: &str) -> bool {
    let value = value.trim();
    let host = value
        .strip_prefix("https://")
        .or_else(|| value.strip_prefix("http://"));
    host.is_some_and(|host| host.contains('.'))
        && !value.contains(char::is_whitespace)
        && value.len() <= limit::URL
}

fn degrees(text: &str, most: f64) -> Option<f64> {
    text.parse()
        .ok()
        .filter(|d: &f64| d.is_finite() && d.abs() <= most)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::{Filled, fill, moment};
    use crate::id::{MediaId, OrgId, TemplateId};
    use crate::model::template::form::{Values, fields};
    use crate::model::template::judge::judge;
    use crate::model::template::parts::Parts;
    use crate::model::template::preview::preview;
    use crate::model::template::variable;
    use crate::model::template::word::{Category, TemplateStatus};
    use crate::model::template::{ParameterFormat, Template};
    use crate::wrong::{Fault, Wrong};

    fn template(components: Value) -> Template {
        Template {
            id: TemplateId(1),
            meta_id: None,
            waba_id: "1".into(),
            org_id: OrgId(1),
            name: "pedido".to_owned(),
            language: "es".to_owned(),
            category: Category::Utility,
            status: TemplateStatus::Approved,
            quality: None,
            rejected_reason: None,
            reason_detail: None,
            pause_reason: None,
            previous_category: None,
            correct_category: None,
            parameter_format: ParameterFormat::Positional,
            components: serde_json::from_value(components).unwrap(),
            message_send_ttl_seconds: None,
            last_synced_at: None,
            revision: 1,
        }
    }

    fn values(list: &[(&str, &str)]) -> Values {
        let own = |(k, v): &(&str, &str)| ((*k).to_owned(), (*v).to_owned());
        list.iter().map(own).collect()
    }

    fn filled(template: &Template, list: &[(&str, &str)]) -> Filled {
        fill(template, &values(list)).unwrap()
    }

    fn wrong(template: &Template, list: &[(&str, &str)]) -> Vec<(String, &'static str)> {
        let wrong: Vec<Wrong> = fill(template, &values(list)).unwrap_err();
        wrong
            .into_iter()
            .map(|w| (w.field, w.fault.code()))
            .collect()
    }

    fn order() -> Template {
        template(json!([
            {"type": "HEADER", "format": "TEXT", "text": "Pedido {{1}}", "example": {"header_text": ["4471"]}},
            {"type": "BODY", "text": "Hola {{1}}, estará a las {{2}} hoy.", "example": {"body_text": [["Ana", "18:00"]]}},
            {"type": "FOOTER", "text": "Panadería Luz"},
            {"type": "BUTTONS", "buttons": [
                {"type": "QUICK_REPLY", "text": "Voy"},
                {"type": "URL", "text": "Ver", "url": "https://x.pe/{{1}}", "example": ["https://x.pe/4471"]},
                {"type": "PHONE_NUMBER", "text": "Llamar", "phone_number": "+51987654321"}]}
        ]))
    }

    #[test]
    fn the_fields_are_those_of_the_components_from_top_to_bottom() {
        let list = fields(&order());
        let seen: Vec<(&str, bool, Option<&str>)> = list
            .iter()
            .map(|f| (f.key.as_str(), f.required, f.example.as_deref()))
            .collect();
        assert_eq!(
            seen,
            [
                ("header", true, Some("4471")),
                ("1", true, Some("Ana")),
                ("2", true, Some("18:00")),
                ("button.1", false, None),
                ("button.2", true, Some("https://x.pe/4471")),
            ]
        );
        assert_eq!(list[0].most, 60 - 7);
    }

    #[test]
    fn a_filled_template_is_what_meta_takes_and_what_a_person_reads() {
        let order = order();
        let list = [
            ("header", "4471"),
            ("1", "Ana"),
            ("2", "18:00"),
            ("button.2", "4471"),
        ];
        let filled = filled(&order, &list);
        assert_eq!(
            filled.components,
            [
                json!({"type": "header", "parameters": [{"type": "text", "text": "4471"}]}),
                json!({"type": "body", "parameters": [{"type": "text", "text": "Ana"}, {"type": "text", "text": "18:00"}]}),
                json!({"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "4471"}]}),
            ]
        );
        assert_eq!(
            filled.text,
            "Pedido 4471\nHola Ana, estará a las 18:00 hoy.\nPanadería Luz"
        );
        assert_eq!(filled.buttons, ["Voy", "Ver", "Llamar"]);
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let list = [("1", " "), ("2", "a\nb"), ("3", "x"), ("button.2", "a b")];
        assert_eq!(
            wrong(&order(), &list),
            [
                ("header".to_owned(), "empty"),
                ("1".to_owned(), "empty"),
                ("2".to_owned(), "line_break"),
                ("button.2".to_owned(), "not_an_address"),
                ("3".to_owned(), "unknown_field"),
            ]
        );
        let spaced = [
            ("header", "1"),
            ("1", "a     b"),
            ("2", "x"),
            ("button.2", "1"),
        ];
        assert_eq!(wrong(&order(), &spaced), [("1".to_owned(), "spaces")]);
    }

    #[test]
    fn a_text_that_two_values_make_too_long_names_the_longer_one() {
        let (short, long) = ("a".repeat(400), "b".repeat(700));
        let list = [
            ("header", "1"),
            ("1", &short),
            ("2", &long),
            ("button.2", "1"),
        ];
        let found = fill(&order(), &values(&list)).unwrap_err();
        // "Hola , estará a las  hoy." has 25 units.
        let fault = Fault::TooLong {
            most: 1024 - 25 - 400,
            found: 700,
        };
        assert_eq!(found, [Wrong::new("2", fault)]);
        assert_eq!(
            wrong(
                &order(),
                &[
                    ("header", &"9".repeat(54)),
                    ("1", "a"),
                    ("2", "b"),
                    ("button.2", "1")
                ]
            ),
            [("header".to_owned(), "too_long")]
        );
    }

    #[test]
    fn named_variables_bear_their_names_and_one_value_serves_header_and_body() {
        let mut template = template(json!([
            {"type": "HEADER", "format": "TEXT", "text": "Hola {{nombre}}"},
            {"type": "BODY", "text": "Ya está {{pedido}}, {{nombre}}."}]));
        template.parameter_format = ParameterFormat::Named;
        assert_eq!(fields(&template).len(), 2);
        let filled = filled(&template, &[("nombre", "Ana"), ("pedido", "la torta")]);
        assert_eq!(
            filled.components,
            [
                json!({"type": "header", "parameters": [{"type": "text", "text": "Ana", "parameter_name": "nombre"}]}),
                json!({"type": "body", "parameters": [
                    {"type": "text", "text": "la torta", "parameter_name": "pedido"},
                    {"type": "text", "text": "Ana", "parameter_name": "nombre"}]}),
            ]
        );
        assert_eq!(filled.text, "Hola Ana\nYa está la torta, Ana.");
    }

    #[test]
    fn files_places_and_names_of_files() {
        let of = |format: &str| {
            template(json!([
            {"type": "HEADER", "format": format}, {"type": "BODY", "text": "Mira."}]))
        };
        let sent = filled(&of("IMAGE"), &[("header", "media:7")]);
        assert_eq!(
            sent.components[0],
            json!({"type": "header", "parameters": [{"type": "image", "image": {"media_id": 7}}]})
        );
        assert_eq!(sent.media, [MediaId(7)]);
        let sent = filled(
            &of("DOCUMENT"),
            &[
                ("header", "https://x.pe/a.pdf"),
                ("header.filename", "carta.pdf"),
            ],
        );
        assert_eq!(
            sent.components[0]["parameters"][0]["document"],
            json!({"link": "https://x.pe/a.pdf", "filename": "carta.pdf"})
        );
        let sent = filled(
            &of("LOCATION"),
            &[("header", "-12.05, -77.04, Luz, Av. Sol 12, Lima")],
        );
        assert_eq!(
            sent.components[0]["parameters"][0]["location"],
            json!({"latitude": -12.05, "longitude": -77.04, "name": "Luz", "address": "Av. Sol 12, Lima"})
        );
        for (format, value, code) in [
            ("IMAGE", "foto.jpg", "not_a_file"),
            ("VIDEO", "ftp://x.pe/a", "not_a_file"),
            ("LOCATION", "-12.05, -77.04", "not_a_place"),
            ("LOCATION", "-92, 0, a, b", "not_a_place"),
        ] {
            assert_eq!(
                wrong(&of(format), &[("header", value)]),
                [("header".to_owned(), code)]
            );
        }
    }

    #[test]
    fn codes_offers_and_carousels() {
        let mut code = template(json!([
            {"type": "BODY", "add_security_recommendation": true, "text": "*{{1}}* es tu código."},
            {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE", "text": "Copiar"}]}]));
        code.category = Category::Authentication;
        let sent = filled(&code, &[("1", "482913")]);
        assert_eq!(sent.components[1]["sub_type"], "url");
        assert_eq!(sent.components[1]["parameters"][0]["text"], "482913");
        assert_eq!(wrong(&code, &[("1", &"9".repeat(16))])[0].1, "too_long");

        let offer = template(json!([
            {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Solo hoy", "has_expiration": true}},
            {"type": "BODY", "text": "Usa el código."},
            {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE", "example": "LUZ25"}]}]));
        let sent = filled(
            &offer,
            &[("expires", "2026-12-24T18:00:00Z"), ("button.1", "LUZ25")],
        );
        let ends = &sent.components[0]["parameters"][0]["limited_time_offer"];
        assert_eq!(ends["expiration_time_ms"], 1_798_135_200_000_i64);
        assert_eq!(sent.components[1]["parameters"][0]["coupon_code"], "LUZ25");
        assert_eq!(moment("1798135200"), None, "seconds are not milliseconds");

        let card = json!({"components": [
            {"type": "HEADER", "format": "IMAGE"},
            {"type": "BODY", "text": "Torta de {{1}} fresca"},
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Quiero"}]}]});
        let carousel = template(json!([
            {"type": "BODY", "text": "Para ti, {{1}}:"}, {"type": "CAROUSEL", "cards": [card, card]}]));
        let list = [
            ("1", "Ana"),
            ("card.1.header", "media:1"),
            ("card.1.1", "lúcuma"),
            ("card.2.header", "media:2"),
            ("card.2.1", "chocolate"),
            ("card.2.button.1", "torta-2"),
        ];
        let sent = filled(&carousel, &list);
        assert_eq!(sent.media, [MediaId(1), MediaId(2)]);
        assert_eq!(
            sent.text,
            "Para ti, Ana:\nTorta de lúcuma fresca\nTorta de chocolate fresca"
        );
        let cards = &sent.components[1]["cards"];
        assert_eq!(cards[1]["card_index"], 1);
        assert_eq!(
            cards[1]["components"][2]["parameters"][0]["payload"],
            "torta-2"
        );
        assert_eq!(
            wrong(&carousel, &list[..5][..4])[0],
            ("card.2.1".to_owned(), "empty")
        );
    }

    #[test]
    fn components_in_metas_shape_are_judged_by_their_texts() {
        let order = order();
        let list = [
            ("header", "4471"),
            ("1", "Ana"),
            ("2", "18:00"),
            ("button.2", "4471"),
        ];
        let sent = filled(&order, &list);
        assert_eq!(judge(&order, &sent.components).unwrap(), sent.text);
        let codes = |components: Value| -> Vec<(String, &'static str)> {
            let wrong = judge(&order, components.as_array().unwrap()).unwrap_err();
            wrong
                .into_iter()
                .map(|w| (w.field, w.fault.code()))
                .collect()
        };
        let text = |text: &str| json!({"type": "text", "text": text});
        assert_eq!(
            codes(json!([
                {"type": "header", "parameters": [text("4471")]},
                {"type": "BODY", "parameters": [text("Ana"), text("a\nb"), text("c")]},
                {"type": "button", "sub_type": "url", "index": 1, "parameters": [text("4471")]}])),
            [
                ("2".to_owned(), "line_break"),
                ("3".to_owned(), "unknown_field")
            ]
        );
        assert_eq!(codes(json!([])).len(), 4);
        // What is no text only has to be there.
        let photo = template(json!([
            {"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Son {{1}} ya."}]));
        let money = json!({"type": "currency", "currency": {"fallback_value": "S/ 25", "code": "PEN", "amount_1000": 25000}});
        let good = json!([
            {"type": "header", "parameters": [{"type": "image", "image": {"id": "99"}}]},
            {"type": "body", "parameters": [money]}]);
        assert_eq!(
            judge(&photo, good.as_array().unwrap()).unwrap(),
            "Son S/ 25 ya."
        );
        let bare = json!([{"type": "body", "parameters": [text("x")]}]);
        let wrong = judge(&photo, bare.as_array().unwrap()).unwrap_err();
        assert_eq!(wrong, [Wrong::new("header", Fault::Empty)]);
    }

    #[test]
    fn a_preview_shows_what_is_missing() {
        let shown = preview(&order(), &values(&[("1", "Ana")]));
        let text: Vec<&str> = shown.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            text,
            [
                "Pedido {{1}}",
                "Hola Ana, estará a las {{2}} hoy.",
                "Panadería Luz",
                "Voy",
                "Ver",
                "Llamar"
            ]
        );
    }

    proptest! {
        /// Whatever stands in the text and the values: what is accepted keeps Meta's limits, has
        /// one parameter for each variable, and reads without a variable left of its own.
        #[test]
        fn what_is_accepted_is_complete_and_within_limits(
            text in "(Hola )?(\\{\\{[1-3]\\}\\}|[a-zñ😀 ]{0,30}){0,6}",
            given in proptest::collection::btree_map("[1-4]", "[a-zñ😀 \n\t]{0,500}", 0..4),
        ) {
            let template = template(json!([{"type": "BODY", "text": text}]));
            let wanted = variable::names(&text).len();
            match fill(&template, &given) {
                Ok(filled) => {
                    prop_assert!(filled.text.encode_utf16().count() <= 1024);
                    let sent = filled.components.first().map_or(0, |c| c["parameters"].as_array().unwrap().len());
                    prop_assert_eq!(sent, wanted);
                    for (name, value) in &given {
                        let variable = format!("{{{{{name}}}}}");
                        prop_assert!(text.contains(&variable));
                        prop_assert!(!value.contains(['\n', '\t']));
                    }
                }
                Err(wrong) => prop_assert!(!wrong.is_empty()),
            }
        }

        /// Any JSON that Meta may answer is read without a panic, and its fields can be listed.
        #[test]
        fn any_components_have_fields(
            kind in "HEADER|BODY|FOOTER|BUTTONS|CAROUSEL|LIMITED_TIME_OFFER|X",
            text in ".{0,40}", format in "TEXT|IMAGE|LOCATION|Y",
        ) {
            let parts: Parts = serde_json::from_value(json!([
                {"type": kind, "text": text, "format": format,
                 "cards": [{"components": [{"type": "BODY", "text": text}]}],
                 "limited_time_offer": {"text": text, "has_expiration": true},
                 "buttons": [{"type": "URL", "url": text}]}])).unwrap();
            let mut template = order();
            template.components = parts;
            let list = fields(&template);
            let keys: std::collections::BTreeSet<_> = list.iter().map(|f| &f.key).collect();
            prop_assert_eq!(keys.len(), list.len(), "every key once");
            let _shown = preview(&template, &Values::new());
        }
    }
}
