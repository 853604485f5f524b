//! Interactive messages: what we offer, what the customer chose, and filled-in forms.

use common::model::content::Interactive;
use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::text::Span;
use serde_json::Value;

use crate::view::card::{Card, FACT, ROWS};

impl Card<'_> {
    pub(super) fn interactive(&mut self, interactive: &Interactive) {
        let subtype = interactive.subtype.as_deref().unwrap_or_default();
        if subtype.ends_with("_reply") && subtype != "nfm_reply" {
            self.answer("card-chose", interactive.title.as_deref());
            if let Some(description) = &interactive.description {
                self.dim(&clean_line(description, FACT));
            }
            return;
        }
        if interactive.response.is_some() || subtype == "nfm_reply" {
            self.form(interactive);
            return;
        }
        if let Some(title) = &interactive.title {
            let title = clean_line(title, FACT).into_owned();
            self.push(&[Span::styled(title, self.desk.ink(Slot::Strong))]);
        }
        self.words(interactive.body.as_deref().unwrap_or_default());
        if let Some(object) = &interactive.object {
            self.choices(object);
        }
    }

    fn form(&mut self, interactive: &Interactive) {
        self.note("card-form");
        self.words(interactive.body.as_deref().unwrap_or_default());
        match &interactive.response {
            Some(Value::Object(answers)) => {
                for (name, value) in answers
                    .iter()
                    .filter(|(name, _)| *name != "flow_token")
                    .take(ROWS)
                {
                    let value = match value {
                        Value::String(text) => text.clone(),
                        other => other.to_string(),
                    };
                    let (name, value) = (clean_line(name, 40), clean_line(&value, FACT));
                    self.push(&[
                        Span::styled(format!("{name}  "), self.desk.ink(Slot::Dim)),
                        Span::raw(value.into_owned()),
                    ]);
                }
                self.rest(answers.len());
            }
            Some(other) => self.dim(&clean_line(&other.to_string(), FACT)),
            None => {}
        }
    }

    /// Buttons, rows and links of an interactive message of ours.
    fn choices(&mut self, object: &Value) {
        let text = |value: &Value, path: &str| {
            value
                .pointer(path)
                .and_then(Value::as_str)
                .map(|t| clean_line(t, 60).into_owned())
        };
        if let Some(footer) = text(object, "/footer/text") {
            self.dim(&footer);
        }
        let mut shown = Vec::new();
        for button in array(object, "/action/buttons") {
            shown.extend(text(button, "/reply/title"));
        }
        shown.extend(text(object, "/action/parameters/display_text"));
        shown.extend(text(object, "/action/button"));
        if !shown.is_empty() {
            let row: Vec<String> = shown.iter().map(|title| format!("[ {title} ]")).collect();
            self.push(&[Span::styled(row.join("  "), self.desk.ink(Slot::Card))]);
        }
        for section in array(object, "/action/sections").take(ROWS) {
            for row in array(section, "/rows").take(ROWS) {
                if let Some(title) = text(row, "/title") {
                    self.dim(&format!("· {title}"));
                }
            }
        }
    }
}

/// The items of an array somewhere inside; none where there is none.
pub(super) fn array<'a>(value: &'a Value, path: &str) -> impl Iterator<Item = &'a Value> {
    value
        .pointer(path)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
}
