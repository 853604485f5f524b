//! A template message held against the template: does it exist, may it go, do its values fit.

use serde_json::Value;

use crate::error::GraphError;
use crate::template::{Template, component, variables};

/// Refuses what Meta refuses of a `template` object, given the template it names.
pub(crate) fn fit(known: Option<&Template>, given: &Value) -> Result<(), GraphError> {
    let name = given
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let Some(known) = known else {
        return Err(GraphError::documented(132_001)
            .details(format!("template name ({name}) does not exist")));
    };
    match known.status.as_str() {
        "APPROVED" => {}
        "PAUSED" => return Err(GraphError::documented(132_015)),
        "DISABLED" => return Err(GraphError::documented(132_016)),
        _ => {
            return Err(GraphError::documented(132_001)
                .details(format!("template name ({name}) is not approved")));
        }
    }
    let list = given.get("components").and_then(Value::as_array);
    let list = list.map(Vec::as_slice).unwrap_or_default();
    parts(&known.components, known.named, list, 1024)?;
    carousel(known, list)
}

fn parts(own: &[Value], named: bool, given: &[Value], most: usize) -> Result<(), GraphError> {
    header(own, given)?;
    let text = component(own, "BODY")
        .and_then(|b| b.get("text"))
        .and_then(Value::as_str);
    body(
        text.unwrap_or_default(),
        named,
        component(given, "body"),
        most,
    )?;
    buttons(own, given)
}

fn header(own: &[Value], given: &[Value]) -> Result<(), GraphError> {
    let Some(header) = component(own, "HEADER") else {
        return match component(given, "header") {
            Some(_) => {
                Err(GraphError::documented(132_000).details("header: the template has none"))
            }
            None => Ok(()),
        };
    };
    let format = header
        .get("format")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let format = format.to_ascii_lowercase();
    let text = header
        .get("text")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let wanted = format != "text" || !variables(text).is_empty();
    let sent = component(given, "header").and_then(|h| h.pointer("/parameters/0"));
    match (wanted, sent) {
        (true, Some(parameter)) => {
            let kind = parameter
                .get("type")
                .and_then(Value::as_str)
                .unwrap_or_default();
            if kind == format {
                Ok(())
            } else {
                let why = format!(
                    "header: Format mismatch, expected {}, received {}",
                    format.to_uppercase(),
                    kind.to_uppercase()
                );
                Err(GraphError::documented(132_012).details(why))
            }
        }
        (true, None) => Err(GraphError::documented(132_012).details(format!(
            "header: Format mismatch, expected {}, received UNKNOWN",
            format.to_uppercase()
        ))),
        (false, Some(_)) => Err(GraphError::documented(132_000).details(
            "header: number of parameters (1) does not match the expected number of params (0)",
        )),
        (false, None) => Ok(()),
    }
}

fn body(text: &str, named: bool, given: Option<&Value>, most: usize) -> Result<(), GraphError> {
    let wanted = variables(text);
    let sent = given
        .and_then(|b| b.get("parameters"))
        .and_then(Value::as_array);
    let sent = sent.map(Vec::as_slice).unwrap_or_default();
    // A code to sign in with has a body that Meta writes.
    let expected = if text.is_empty() {
        sent.len()
    } else {
        wanted.len()
    };
    if sent.len() != expected {
        let why = format!(
            "body: number of localizable_params ({}) does not match the expected number of params ({expected})",
            sent.len()
        );
        return Err(GraphError::documented(132_000).details(why));
    }
    let mut filled = text.to_owned();
    for (at, parameter) in sent.iter().enumerate() {
        let name = parameter.get("parameter_name").and_then(Value::as_str);
        let place = match (named, name) {
            (true, Some(name)) if wanted.iter().any(|w| w == name) => name.to_owned(),
            (false, None) => (at + 1).to_string(),
            _ => {
                return Err(GraphError::documented(132_012)
                    .details("body: named and positional parameters do not match the template"));
            }
        };
        let value = [
            "/text",
            "/currency/fallback_value",
            "/date_time/fallback_value",
        ]
        .iter()
        .find_map(|pointer| parameter.pointer(pointer)?.as_str())
        .unwrap_or_default();
        if value.is_empty() {
            return Err(GraphError::documented(131_008).details("body: a text is empty"));
        }
        if value.contains(['\n', '\t']) || value.contains("     ") {
            return Err(GraphError::documented(132_018).details(
                "Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
            ));
        }
        filled = filled.replace(&format!("{{{{{place}}}}}"), value);
    }
    if filled.encode_utf16().count() > most {
        return Err(GraphError::documented(132_005)
            .details(format!("body: the filled text is longer than {most}")));
    }
    Ok(())
}

fn buttons(own: &[Value], given: &[Value]) -> Result<(), GraphError> {
    let buttons = component(own, "BUTTONS")
        .and_then(|b| b.get("buttons"))
        .and_then(Value::as_array);
    let buttons = buttons.map(Vec::as_slice).unwrap_or_default();
    let index = |c: &Value| {
        let index = c.get("index")?;
        index.as_u64().or_else(|| index.as_str()?.parse().ok())
    };
    let sent: Vec<(u64, &str)> = given
        .iter()
        .filter(|c| {
            c.get("type")
                .and_then(Value::as_str)
                .is_some_and(|t| t.eq_ignore_ascii_case("button"))
        })
        .map(|c| {
            (
                index(c).unwrap_or(99),
                c.get("sub_type")
                    .and_then(Value::as_str)
                    .unwrap_or_default(),
            )
        })
        .collect();
    for (at, sub_type) in &sent {
        let kind = usize::try_from(*at).ok().and_then(|at| buttons.get(at));
        let kind = kind
            .and_then(|b| b.get("type"))
            .and_then(Value::as_str)
            .unwrap_or_default();
        let kind = kind.to_ascii_lowercase();
        if kind != sub_type.to_ascii_lowercase() && !(kind == "otp" && *sub_type == "url") {
            return Err(GraphError::documented(132_012).details(format!(
                "buttons: index {at} is no button of type {sub_type}"
            )));
        }
    }
    for (at, button) in (0_u64..).zip(buttons) {
        let kind = button
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let url = button
            .get("url")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let wanted = matches!(kind, "COPY_CODE" | "OTP" | "MPM") || !variables(url).is_empty();
        if wanted && !sent.iter().any(|(index, _)| *index == at) {
            return Err(GraphError::documented(131_008).details(format!(
                "buttons: Button at index {at} of type {kind} requires a parameter"
            )));
        }
    }
    Ok(())
}

fn carousel(known: &Template, given: &[Value]) -> Result<(), GraphError> {
    let Some(own) = known.component("CAROUSEL") else {
        return Ok(());
    };
    let own = own
        .get("cards")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let sent = component(given, "carousel")
        .and_then(|c| c.get("cards"))
        .and_then(Value::as_array);
    let sent = sent.map(Vec::as_slice).unwrap_or_default();
    if sent.len() != own.len() {
        return Err(GraphError::documented(132_000).details(format!(
            "carousel: {} cards, expected {}",
            sent.len(),
            own.len()
        )));
    }
    let list = |card: &Value| -> Vec<Value> {
        card.get("components")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    for (own, sent) in own.iter().zip(sent) {
        parts(&list(own), known.named, &list(sent), 160)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::fit;
    use crate::template::Template;

    #[expect(
        clippy::needless_pass_by_value,
        reason = "the table gives what it made"
    )]
    fn code(known: &Template, components: Value) -> u32 {
        let given = json!({ "name": "a", "language": { "code": "es" }, "components": components });
        fit(Some(known), &given).map_or_else(|error| error.code, |()| 0)
    }

    #[test]
    fn each_mismatch_has_its_documented_code() {
        let known = Template::new("a", "es", "Hola {{1}}, son {{2}} soles.")
            .with(json!({ "type": "HEADER", "format": "IMAGE" }))
            .with(json!({ "type": "BUTTONS", "buttons": [{ "type": "URL", "url": "https://x.pe/{{1}}" }] }));
        let text = |text: &str| json!({ "type": "text", "text": text });
        let all = |values: Value| {
            json!([
                { "type": "header", "parameters": [{ "type": "image", "image": { "id": "1" } }] },
                { "type": "body", "parameters": values },
                { "type": "button", "sub_type": "url", "index": "0", "parameters": [text("7")] }])
        };
        assert_eq!(code(&known, all(json!([text("Ana"), text("25")]))), 0);
        assert_eq!(code(&known, all(json!([text("Ana")]))), 132_000);
        assert_eq!(
            code(&known, all(json!([text("Ana"), text(&"9".repeat(1020))]))),
            132_005
        );
        assert_eq!(
            code(&known, all(json!([text("Ana"), text("a\nb")]))),
            132_018
        );
        let named = json!({ "type": "text", "text": "Ana", "parameter_name": "nombre" });
        assert_eq!(code(&known, all(json!([named, text("25")]))), 132_012);
        assert_eq!(
            code(
                &known,
                json!([{ "type": "body", "parameters": [text("a"), text("b")] }])
            ),
            132_012
        );
        assert_eq!(code(&known.clone().status("PAUSED"), json!([])), 132_015);
        assert_eq!(code(&known.clone().status("DISABLED"), json!([])), 132_016);
        assert_eq!(code(&known.status("PENDING"), json!([])), 132_001);
        assert!(
            fit(None, &json!({ "name": "b" })).is_err_and(|e| e.code == 132_001 && e.http == 404)
        );
    }
}
