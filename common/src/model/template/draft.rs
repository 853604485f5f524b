//! A template that somebody wants to have: everything that Meta would refuse about it, said at once.

use serde::{Deserialize, Serialize};

use crate::model::template::ParameterFormat;
use crate::model::template::limit;
use crate::model::template::parts::{Header, Parts};
use crate::model::template::variable::{self, Piece};
use crate::model::template::word::{Category, Format};
use crate::wrong::{Fault, Wrong};

/// A template before Meta has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Draft {
    /// Small letters, digits and `_`.
    pub name: String,
    /// `es`, `pt_BR`, …
    pub language: String,
    /// What it is for.
    pub category: Category,
    /// How its variables are called; found out from its text if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter_format: Option<ParameterFormat>,
    /// What it is made of, in Meta's shape, with examples.
    pub components: Parts,
    /// After how many seconds an undelivered message of it is dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_send_ttl_seconds: Option<i64>,
}

/// Words that a text needs for each of its variables, or Meta calls it too bare.
const WORDS_PER_VARIABLE: usize = 2;

impl Draft {
    /// How its variables are called.
    pub fn format(&self) -> ParameterFormat {
        self.parameter_format
            .unwrap_or_else(|| self.components.format())
    }

    /// All that Meta would refuse, as far as its rules are written down.
    pub fn faults(&self) -> Vec<Wrong> {
        let mut judge = Judge {
            out: Vec::new(),
            path: String::new(),
            card: false,
            category: &self.category,
        };
        if self.name.is_empty() {
            judge.add("name", Fault::Empty);
        } else if !variable::is_name(&self.name) || self.name.contains(' ') {
            judge.add("name", Fault::NotAName);
        }
        judge.fits("name", &self.name, limit::NAME);
        if !is_language(&self.language) {
            judge.add("language", Fault::NotALanguage);
        }
        judge.category();
        judge.lifetime(self.message_send_ttl_seconds);
        judge.parts(&self.components);
        let named = self.format() == ParameterFormat::Named;
        judge.calling(&self.components, named);
        judge.out
    }
}

/// Whether WhatsApp could write a language so: `es`, `es_MX`, `fil`, `zh_HK`.
pub fn is_language(code: &str) -> bool {
    let mut parts = code.split('_');
    let language = parts.next().unwrap_or_default();
    let region = parts.next();
    let letters = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric());
    matches!(language.len(), 2..=3)
        && language.chars().all(|c| c.is_ascii_lowercase())
        && region.is_none_or(|r| matches!(r.len(), 2..=4) && letters(r))
        && parts.next().is_none()
}

/// Gathers what is wrong, part by part.
pub(super) struct Judge<'a> {
    out: Vec<Wrong>,
    path: String,
    pub(super) card: bool,
    category: &'a Category,
}

impl Judge<'_> {
    pub(super) fn add(&mut self, field: &str, fault: Fault) {
        self.out
            .push(Wrong::new(format!("{}{field}", self.path), fault));
    }

    pub(super) fn fits(&mut self, field: &str, text: &str, most: usize) {
        let field = format!("{}{field}", self.path);
        self.out.extend(Wrong::unless_fits(&field, text, most));
    }

    fn category(&mut self) {
        if !self.category.is_known() {
            let allowed = Category::known();
            self.add("category", Fault::NotOneOf { allowed });
        }
    }

    fn lifetime(&mut self, seconds: Option<i64>) {
        let Some(seconds) = seconds else { return };
        let (least, most) = match self.category {
            Category::Authentication => (30, 900),
            Category::Marketing => (43_200, 2_592_000),
            _ => (30, 43_200),
        };
        let forever = seconds == -1 && *self.category != Category::Marketing;
        if !forever && !(least..=most).contains(&seconds) {
            let allowed = format!("{least} to {most} seconds");
            self.add("message_send_ttl_seconds", Fault::NotOneOf { allowed });
        }
    }

    fn parts(&mut self, parts: &Parts) {
        for other in &parts.others {
            let kind = other.get("type").and_then(serde_json::Value::as_str);
            self.add(kind.unwrap_or("components"), Fault::Misplaced);
        }
        if let Some(header) = &parts.header {
            self.header(header);
        }
        if let Some(offer) = &parts.offer {
            self.fits("limited_time_offer.text", &offer.text, limit::OFFER_TEXT);
        }
        self.body(parts);
        if let Some(footer) = &parts.footer {
            self.fits("footer.text", &footer.text, limit::FOOTER);
            if !variable::names(&footer.text).is_empty() {
                self.add("footer.text", Fault::VariableForbidden);
            }
            if parts.offer.is_some() || self.card {
                self.add("footer", Fault::Misplaced);
            }
        }
        self.buttons(parts);
        self.cards(parts);
    }

    fn header(&mut self, header: &Header) {
        match &header.format {
            Format::Text if self.card => self.add("header.format", Fault::Misplaced),
            Format::Text => {
                let text = header.text.as_deref().unwrap_or_default();
                if text.trim().is_empty() {
                    self.add("header.text", Fault::Empty);
                }
                self.fits("header.text", text, limit::HEADER);
                let variables = variable::names(text);
                if variables.len() > 1 {
                    let (most, found) = (1, variables.len());
                    self.add("header.text variables", Fault::TooMany { most, found });
                }
                if is_marked(text) {
                    self.add("header.text", Fault::MarkupForbidden);
                }
                for name in variables {
                    let known = header.samples.iter().any(|s| s.name == name);
                    if !known {
                        let variable = format!("{{{{{name}}}}}");
                        self.add("header.examples", Fault::ExampleMissing { variable });
                    }
                }
            }
            Format::Image | Format::Video | Format::Document | Format::Gif => {
                if header.handles.is_empty() {
                    let variable = header.format.to_string();
                    self.add("header.example", Fault::ExampleMissing { variable });
                }
            }
            Format::Location | Format::Product => {}
            Format::Other(_) => {
                let allowed = Format::known();
                self.add("header.format", Fault::NotOneOf { allowed });
            }
        }
    }

    fn body(&mut self, parts: &Parts) {
        let Some(body) = parts.body.as_ref().filter(|b| !b.text.trim().is_empty()) else {
            // Meta writes the text of codes itself; a card may go without.
            if *self.category != Category::Authentication && !self.card {
                self.add("body.text", Fault::Empty);
            }
            return;
        };
        let most = match (self.card, &parts.offer) {
            (true, _) => limit::CARD_BODY,
            (_, Some(_)) => limit::OFFER_BODY,
            _ => limit::BODY,
        };
        self.fits("body.text", &body.text, most);
        let pieces = variable::pieces(body.text.trim());
        let is_variable = |piece: Option<&Piece<'_>>| matches!(piece, Some(Piece::Variable(_)));
        if is_variable(pieces.first()) || is_variable(pieces.last()) {
            self.add("body.text", Fault::VariableAtEdge);
        }
        let beside = pieces.windows(2).any(|pair| {
            matches!(pair, [Piece::Variable(_), Piece::Variable(_)])
        }) || pieces.windows(3).any(|three| {
            matches!(three, [Piece::Variable(_), Piece::Words(w), Piece::Variable(_)] if w.trim().is_empty())
        });
        if beside {
            self.add("body.text", Fault::VariablesAdjacent);
        }
        let names = variable::ordered(&body.text);
        let words: usize = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.split_whitespace().filter(|w| has_letter(w)).count(),
                Piece::Variable(_) => 0,
            })
            .sum();
        let variables = names.len();
        if words < variables * WORDS_PER_VARIABLE {
            self.add("body.text", Fault::VariablesTooMany { variables, words });
        }
        for name in names {
            let known = body
                .samples
                .iter()
                .any(|s| s.name == name && !s.example.trim().is_empty());
            if !known {
                let variable = format!("{{{{{name}}}}}");
                self.add("body.examples", Fault::ExampleMissing { variable });
            }
        }
    }

    fn cards(&mut self, parts: &Parts) {
        if parts.cards.is_empty() {
            return;
        }
        if self.card {
            self.add("cards", Fault::Misplaced);
            return;
        }
        let found = parts.cards.len();
        if found < limit::CARDS_LEAST {
            let least = limit::CARDS_LEAST;
            self.add("cards", Fault::TooFew { least, found });
        }
        self.count("cards", found, limit::CARDS);
        if parts.header.is_some() {
            self.add("header", Fault::Misplaced);
        }
        self.card = true;
        let shape = |card: &Parts| {
            let kinds: Vec<&str> = card.buttons.iter().map(|b| b.kind.as_str()).collect();
            let format = card.header.as_ref().map(|h| h.format.to_string());
            format!("{format:?} {}", kinds.join(" "))
        };
        let first = parts.cards.first().map(shape);
        for (at, card) in (1..).zip(&parts.cards) {
            self.path = format!("cards[{at}].");
            if first.as_ref() != Some(&shape(card)) {
                let allowed = "the same header and buttons as the first card".to_owned();
                self.add("components", Fault::NotOneOf { allowed });
            }
            self.parts(card);
        }
        self.path.clear();
        self.card = false;
    }

    /// Variables are numbers from 1 without a gap, or names; not both.
    fn calling(&mut self, parts: &Parts, named: bool) {
        let header = parts.header.as_ref().and_then(|h| h.text.as_deref());
        self.called("header.text", header.unwrap_or_default(), named);
        let body = parts.body.as_ref().map(|b| b.text.as_str());
        self.called("body.text", body.unwrap_or_default(), named);
        for (at, card) in (1..).zip(&parts.cards) {
            let body = card.body.as_ref().map(|b| b.text.as_str());
            let field = format!("cards[{at}].body.text");
            self.called(&field, body.unwrap_or_default(), named);
        }
    }

    fn called(&mut self, field: &str, text: &str, named: bool) {
        let variables = variable::ordered(text);
        let numbers: Vec<u32> = variables
            .iter()
            .filter_map(|name| variable::number(name))
            .collect();
        if named {
            if !numbers.is_empty() {
                self.add(field, Fault::VariablesMixed);
            }
        } else if numbers.len() < variables.len() {
            self.add(field, Fault::VariablesMixed);
        } else if !numbers.iter().copied().eq((1..).take(numbers.len())) {
            self.add(field, Fault::VariablesOutOfOrder);
        }
    }

    pub(super) fn count(&mut self, field: &str, found: usize, most: usize) {
        if found > most {
            self.add(field, Fault::TooMany { most, found });
        }
    }
}

fn has_letter(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

/// Marks, line breaks and emoji, which a header must not have.
fn is_marked(text: &str) -> bool {
    variable::pieces(text).iter().any(|piece| match piece {
        Piece::Words(words) => words.chars().any(|c| {
            matches!(c, '*' | '~' | '`' | '_' | '\n' | '\r')
                || ('\u{1F000}'..'\u{20000}').contains(&c)
        }),
        Piece::Variable(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Draft;
    use crate::model::template::ParameterFormat;

    fn draft(components: &Value) -> Draft {
        serde_json::from_value(json!({
            "name": "pedido_listo", "language": "es", "category": "utility", "components": components,
        }))
        .unwrap()
    }

    fn faults(components: &Value) -> Vec<(String, &'static str)> {
        let wrong = draft(components).faults();
        for one in &wrong {
            assert!(one.to_string().ends_with('.'), "{one}");
        }
        wrong
            .into_iter()
            .map(|w| (w.field, w.fault.code()))
            .collect()
    }

    fn body(text: &str, examples: &[&str]) -> Value {
        json!({"type": "BODY", "text": text, "example": {"body_text": [examples]}})
    }

    fn body_faults(text: &str, examples: &[&str]) -> Vec<&'static str> {
        let found = faults(&json!([body(text, examples)]));
        found.into_iter().map(|(_, code)| code).collect()
    }

    #[test]
    fn a_good_template_has_no_faults() {
        let good = json!([
            {"type": "HEADER", "format": "TEXT", "text": "Pedido {{1}}", "example": {"header_text": ["4471"]}},
            body("Hola {{1}}, tu pedido llega a las {{2}} hoy.", &["Ana", "18:00"]),
            {"type": "FOOTER", "text": "Panadería Luz"},
            {"type": "BUTTONS", "buttons": [
                {"type": "QUICK_REPLY", "text": "Gracias"},
                {"type": "URL", "text": "Ver", "url": "https://x.pe/{{1}}", "example": ["https://x.pe/1"]},
                {"type": "PHONE_NUMBER", "text": "Llamar", "phone_number": "+51987654321"}]}]);
        assert_eq!(faults(&good), []);
        assert_eq!(draft(&good).format(), ParameterFormat::Positional);
    }

    #[test]
    fn all_faults_are_listed_at_once() {
        let mut bad = draft(&json!([
            {"type": "HEADER", "format": "TEXT", "text": format!("*{}*", "a".repeat(60))},
            {"type": "FOOTER", "text": "Hasta {{1}}"},
            {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "x".repeat(26), "url": "x.pe"}]}]));
        bad.name = "Pedido Listo".to_owned();
        bad.language = "español".to_owned();
        bad.category = super::Category::read("shopping");
        bad.message_send_ttl_seconds = Some(5);
        let codes: Vec<(String, &str)> = bad
            .faults()
            .into_iter()
            .map(|w| (w.field, w.fault.code()))
            .collect();
        let expected = [
            ("name", "not_a_name"),
            ("language", "not_a_language"),
            ("category", "not_one_of"),
            ("message_send_ttl_seconds", "not_one_of"),
            ("header.text", "too_long"),
            ("header.text", "markup_forbidden"),
            ("body.text", "empty"),
            ("footer.text", "variable_forbidden"),
            ("buttons[1].text", "too_long"),
            ("buttons[1].url", "not_an_address"),
        ];
        let expected: Vec<(String, &str)> = expected
            .into_iter()
            .map(|(field, code)| (field.to_owned(), code))
            .collect();
        assert_eq!(codes, expected);
    }

    #[test]
    fn variables_stand_among_words_in_order_with_examples() {
        assert_eq!(
            body_faults("{{1}} llega hoy", &["Ana"]),
            ["variable_at_edge"]
        );
        assert_eq!(
            body_faults("Hoy llega ya {{1}}", &["Ana"]),
            ["variable_at_edge"]
        );
        let beside = "Hola mi buen amigo {{1}} {{2}} hasta luego.";
        assert_eq!(body_faults(beside, &["a", "b"]), ["variables_adjacent"]);
        assert_eq!(
            body_faults("Hola {{1}} y {{2}} .", &["a", "b"]),
            ["variables_too_many"]
        );
        assert_eq!(
            body_faults("Hola {{1}}, hasta luego.", &[]),
            ["example_missing"]
        );
        assert_eq!(
            body_faults("Hola {{2}}, hasta luego.", &["a"]),
            ["variables_out_of_order"]
        );
        let mixed = "Hola {{1}}, hasta luego, {{nombre}}, y adiós.";
        assert_eq!(body_faults(mixed, &["a", "b"]), ["variables_mixed"]);
        assert_eq!(body_faults(&"a".repeat(1025), &[]), ["too_long"]);
    }

    #[test]
    fn buttons_are_counted_by_kind_and_quick_replies_stand_together() {
        let of = |buttons: Value| {
            faults(&json!([body("Hola a todos", &[]), {"type": "BUTTONS", "buttons": buttons}]))
        };
        let quick = |text: &str| json!({"type": "QUICK_REPLY", "text": text});
        let url = |text: &str| json!({"type": "URL", "text": text, "url": "https://x.pe"});
        assert_eq!(of(json!([quick("a"), quick("b"), url("c")])), []);
        assert_eq!(
            of(json!([quick("a"), url("b"), quick("c")])),
            [("buttons".to_owned(), "scattered")]
        );
        assert_eq!(
            of(json!([url("a"), url("b"), url("c")])),
            [("buttons of type url".to_owned(), "too_many")]
        );
        let many: Vec<Value> = (0..11).map(|n| quick(&n.to_string())).collect();
        assert_eq!(of(json!(many)), [("buttons".to_owned(), "too_many")]);
        assert_eq!(
            of(json!([quick("a"), quick("a")])),
            [("buttons[2].text".to_owned(), "twice")]
        );
        let middle = json!({"type": "URL", "text": "a", "url": "https://x.pe/{{1}}/b", "example": "https://x.pe/1/b"});
        assert_eq!(
            of(json!([middle])),
            [("buttons[1].url".to_owned(), "variable_not_at_end")]
        );
        assert_eq!(
            of(json!([{"type": "PHONE_NUMBER", "text": "a", "phone_number": "123"}])),
            [("buttons[1].phone_number".to_owned(), "not_a_phone")]
        );
        assert_eq!(
            of(json!([{"type": "COPY_CODE"}, {"type": "DANCE", "text": "a"}])),
            [
                ("buttons[1].example".to_owned(), "example_missing"),
                ("buttons[2].type".to_owned(), "not_one_of")
            ]
        );
    }

    #[test]
    fn cards_are_two_to_ten_of_one_shape() {
        let card = |format: &str| {
            json!({"components": [
            {"type": "HEADER", "format": format, "example": {"header_handle": ["4:x"]}},
            {"type": "BODY", "text": "Torta"},
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Quiero"}]}]})
        };
        let of = |cards: &[Value]| {
            faults(&json!([body("Mira esto", &[]), {"type": "CAROUSEL", "cards": cards}]))
        };
        assert_eq!(of(&[card("IMAGE"), card("IMAGE")]), []);
        assert_eq!(of(&[card("IMAGE")]), [("cards".to_owned(), "too_few")]);
        assert_eq!(
            of(&[card("IMAGE"), card("VIDEO")]),
            [("cards[2].components".to_owned(), "not_one_of")]
        );
        assert_eq!(
            faults(&json!([{"type": "HEADER", "format": "IMAGE"}, body("Mira esto", &[])])),
            [("header.example".to_owned(), "example_missing")]
        );
        assert_eq!(
            faults(&json!([body("Mira esto", &[]), {"type": "SONG"}])),
            [("SONG".to_owned(), "misplaced")]
        );
    }
}
