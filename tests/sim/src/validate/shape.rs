//! What Meta refuses of a new template, with its finer codes.

use serde_json::{Value, json};

use crate::error::GraphError;
use crate::object::set;
use crate::template::{Template, component, variables};

const CATEGORIES: [&str; 3] = ["MARKETING", "UTILITY", "AUTHENTICATION"];
const FORMATS: [&str; 5] = ["TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION"];

/// An error of the template family: the coarse code is 100, the finer one says what it is.
pub(crate) fn wrong(subcode: u32, title: &str) -> GraphError {
    GraphError::documented(100).subcode(subcode).title(title)
}

/// A new template, if Meta would take it.
pub(crate) fn template(body: &Value) -> Result<Template, GraphError> {
    let word = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let missing = |key: &str| {
        GraphError::documented(100).details(format!("The parameter {key} is required."))
    };
    for key in ["name", "language", "category"] {
        if word(key).is_empty() {
            return Err(missing(key));
        }
    }
    let name = word("name");
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.len() > 512 || !name.chars().all(plain) {
        return Err(GraphError::documented(100)
            .details("name may have lowercase letters, digits and underscores only."));
    }
    let category = word("category").to_ascii_uppercase();
    if !CATEGORIES.contains(&category.as_str()) {
        return Err(GraphError::documented(100).details("category is not one of those there are."));
    }
    let named = word("parameter_format").eq_ignore_ascii_case("named");
    let list = body.get("components").and_then(Value::as_array);
    let list = list.ok_or_else(|| missing("components"))?;
    components(list, named, &category)?;
    let mut template = Template::new(name, word("language"), "").category(&category);
    template.components = upper(list);
    template.named = named;
    template.ttl = body.get("message_send_ttl_seconds").and_then(Value::as_i64);
    Ok(template)
}

/// The components with their words in capitals, as Meta answers them.
pub(crate) fn upper(components: &[Value]) -> Vec<Value> {
    let mut out = components.to_vec();
    for component in &mut out {
        for key in ["type", "format"] {
            if let Some(word) = component.get(key).and_then(Value::as_str) {
                let word = word.to_ascii_uppercase();
                set(component, key, json!(word));
            }
        }
        // Handles come back as links to what was uploaded.
        if let Some(example) = component.get_mut("example")
            && example.get("header_handle").is_some()
        {
            set(
                example,
                "header_handle",
                json!(["https://scontent.example/1"]),
            );
        }
    }
    out
}

/// The components, if Meta would take them.
pub(crate) fn components(list: &[Value], named: bool, category: &str) -> Result<(), GraphError> {
    if let Some(header) = component(list, "HEADER") {
        self::header(header)?;
    }
    let text = component(list, "BODY")
        .and_then(|b| b.get("text"))
        .and_then(Value::as_str);
    match text {
        Some(text) => body(text, component(list, "BODY").unwrap_or(&Value::Null), named)?,
        None if category == "AUTHENTICATION" => {}
        None => return Err(wrong(2_388_072, "The body is missing")),
    }
    if let Some(text) = component(list, "FOOTER")
        .and_then(|f| f.get("text"))
        .and_then(Value::as_str)
    {
        if text.encode_utf16().count() > 60 {
            return Err(wrong(2_388_040, "The footer is too long"));
        }
        if !variables(text).is_empty() {
            return Err(wrong(2_388_073, "The footer can't have variables"));
        }
    }
    buttons(list)
}

fn header(header: &Value) -> Result<(), GraphError> {
    let word = |key: &str| header.get(key).and_then(Value::as_str).unwrap_or_default();
    let format = word("format").to_ascii_uppercase();
    if !FORMATS.contains(&format.as_str()) {
        return Err(wrong(2_388_047, "The header has no such format"));
    }
    if format != "TEXT" {
        let handle = header.pointer("/example/header_handle/0").is_some();
        if format != "LOCATION" && !handle {
            return Err(wrong(2_388_047, "The header needs an example"));
        }
        return Ok(());
    }
    let text = word("text");
    if text.encode_utf16().count() > 60 {
        return Err(wrong(2_388_040, "The header is too long"));
    }
    let found = variables(text);
    if found.len() > 1 || text.contains(['*', '_', '~', '\n']) {
        return Err(wrong(2_388_047, "The header can't have this format"));
    }
    let example = header.get("example");
    if !found.is_empty() && example.is_none() {
        return Err(wrong(2_388_047, "The header's variable needs an example"));
    }
    Ok(())
}

fn body(text: &str, component: &Value, named: bool) -> Result<(), GraphError> {
    if text.encode_utf16().count() > 1024 {
        return Err(wrong(2_388_040, "The body is too long"));
    }
    let found = variables(text);
    let numbers = found.iter().filter(|v| v.parse::<u32>().is_ok()).count();
    if named && numbers > 0 || !named && numbers < found.len() {
        return Err(wrong(
            2_388_072,
            "The body's variables have the wrong format",
        ));
    }
    let trimmed = text.trim();
    if trimmed.starts_with("{{") || trimmed.ends_with("}}") {
        return Err(wrong(
            2_388_299,
            "Variables can't be at the start or end of the template",
        ));
    }
    let words = text
        .split_whitespace()
        .filter(|w| !w.contains("{{"))
        .count();
    if words < found.len() * 2 {
        return Err(wrong(
            2_388_293,
            "This template has too many variables for its length",
        ));
    }
    let examples = if named {
        component.pointer("/example/body_text_named_params")
    } else {
        component.pointer("/example/body_text/0")
    };
    let examples = examples.and_then(Value::as_array).map_or(0, Vec::len);
    if examples < found.len() {
        return Err(wrong(2_388_072, "The body's variables need examples"));
    }
    Ok(())
}

fn buttons(list: &[Value]) -> Result<(), GraphError> {
    let buttons = component(list, "BUTTONS")
        .and_then(|b| b.get("buttons"))
        .and_then(Value::as_array);
    let Some(buttons) = buttons else {
        return Ok(());
    };
    let refuse = |why: &str| GraphError::documented(100).details(why);
    if buttons.len() > 10 {
        return Err(refuse("A template has at most 10 buttons."));
    }
    let kinds: Vec<String> = buttons
        .iter()
        .map(|b| {
            b.get("type")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_ascii_uppercase()
        })
        .collect();
    let count = |kind: &str| kinds.iter().filter(|k| *k == kind).count();
    if count("URL") > 2 || count("PHONE_NUMBER") > 1 || count("COPY_CODE") > 1 {
        return Err(refuse("There are too many buttons of one type."));
    }
    let turns = kinds
        .windows(2)
        .filter(|pair| matches!(pair, [a, b] if (a == "QUICK_REPLY") != (b == "QUICK_REPLY")))
        .count();
    if turns > 1 {
        return Err(refuse("Quick replies must stand together."));
    }
    for button in buttons {
        let text = button
            .get("text")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if text.encode_utf16().count() > 25 {
            return Err(wrong(2_388_040, "The button's text is too long"));
        }
        let url = button
            .get("url")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !variables(url).is_empty() && (!url.ends_with("}}") || button.get("example").is_none()) {
            return Err(refuse(
                "A URL's variable stands at its end and has an example.",
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::template;

    #[expect(
        clippy::needless_pass_by_value,
        reason = "the table gives what it made"
    )]
    fn refused(components: Value) -> (u32, Option<u32>) {
        let body = json!({ "name": "a", "language": "es", "category": "utility", "components": components });
        let error = template(&body).unwrap_err();
        (error.code, error.subcode)
    }

    fn body(text: &str, examples: &[&str]) -> Value {
        json!({ "type": "body", "text": text, "example": { "body_text": [examples] } })
    }

    #[test]
    fn each_fault_has_its_finer_code() {
        let ok = body("Hola a todos", &[]);
        let table = [
            (json!([]), 2_388_072),
            (json!([body(&"a".repeat(1025), &[])]), 2_388_040),
            (json!([body("{{1}} llega hoy mismo", &["a"])]), 2_388_299),
            (
                json!([body("Hola {{1}} y {{2}} ya", &["a", "b"])]),
                2_388_293,
            ),
            (json!([body("Hola {{1}}, hasta luego", &[])]), 2_388_072),
            (
                json!([ok, { "type": "HEADER", "format": "SONG" }]),
                2_388_047,
            ),
            (
                json!([ok, { "type": "HEADER", "format": "IMAGE" }]),
                2_388_047,
            ),
            (
                json!([ok, { "type": "FOOTER", "text": "{{1}}" }]),
                2_388_073,
            ),
            (
                json!([ok, { "type": "BUTTONS", "buttons": [{ "type": "QUICK_REPLY", "text": "x".repeat(26) }] }]),
                2_388_040,
            ),
        ];
        for (components, subcode) in table {
            assert_eq!(
                refused(components.clone()),
                (100, Some(subcode)),
                "{components}"
            );
        }
        let good = json!({ "name": "a", "language": "es", "category": "utility",
            "components": [body("Hola {{1}}, hasta luego", &["Ana"])] });
        assert_eq!(template(&good).unwrap().components[0]["type"], "BODY");
        assert!(
            template(
                &json!({ "name": "A", "language": "es", "category": "utility", "components": [] })
            )
            .is_err()
        );
    }
}
