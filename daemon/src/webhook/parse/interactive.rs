//! Answers to our buttons, lists and forms, and interactive messages of ours that come back as echoes.

use common::model::content::Interactive;
use serde_json::Value;

use crate::webhook::payload::grammar::parse;
use crate::webhook::payload::json::Json;

/// Answers whose every part has a place of its own; of all others the whole object is kept.
const PLAIN: [&str; 3] = ["button_reply", "list_reply", "nfm_reply"];
/// The longest that a form's answers are looked at as JSON.
const MAX_RESPONSE: usize = 256 * 1024;

/// Reads `interactive`.
pub(crate) fn interactive(object: &Json<'_>) -> Interactive {
    let subtype = object.get("type").word().or_else(|| {
        let suffix = |(key, value): &&(std::borrow::Cow<'_, str>, Json<'_>)| {
            key.ends_with("_reply") && !value.is_null()
        };
        object
            .fields()
            .iter()
            .find(suffix)
            .map(|(key, _)| key.to_ascii_lowercase())
    });
    let plain = subtype.as_deref().is_some_and(|word| PLAIN.contains(&word));
    let answer = subtype.as_deref().map_or(object, |word| object.get(word));
    let kept = !plain && !object.is_blank();
    Interactive {
        id: answer.get("id").words(),
        title: answer
            .get("title")
            .words()
            .or_else(|| object.get("header").get("text").words()),
        description: answer.get("description").words(),
        body: answer
            .get("body")
            .words()
            .or_else(|| body(object.get("body"))),
        name: answer.get("name").words(),
        response: response(answer),
        object: kept.then(|| object.value()),
        subtype,
    }
}

fn body(body: &Json<'_>) -> Option<String> {
    body.get("text").words().or_else(|| body.words())
}

/// A form's answers: JSON inside a string, a plain object, or whatever else came.
fn response(answer: &Json<'_>) -> Option<Value> {
    match answer.get("response_json") {
        Json::Null => None,
        Json::Text(text) if text.len() <= MAX_RESPONSE => {
            let parsed = parse(text).ok().map(|json| json.value());
            parsed.or_else(|| answer.get("response_json").words().map(Value::String))
        }
        other => Some(other.value()),
    }
}

#[cfg(test)]
mod tests {
    use super::interactive;
    use crate::webhook::payload::grammar::parse;
    use common::model::content::{Content, Interactive};
    use serde_json::json;

    fn read(raw: &str) -> Interactive {
        interactive(&parse(raw).unwrap())
    }

    #[test]
    fn buttons_and_rows() {
        let button = read(r#"{"type":"button_reply","button_reply":{"id":"si","title":"Sí"}}"#);
        assert_eq!(
            (button.id.as_deref(), button.title.as_deref()),
            (Some("si"), Some("Sí"))
        );
        assert_eq!(button.object, None);
        let row = read(
            r#"{"type":"list_reply","list_reply":{"id":"r1","title":"Café","description":"250 g"},"nfm_reply":{"body":"no"}}"#,
        );
        assert_eq!(row.description.as_deref(), Some("250 g"));
        assert_eq!(Content::Interactive(row).text().as_deref(), Some("Café"));
        let untyped = read(r#"{"button_reply":{"title":"Sí"}}"#);
        assert_eq!(untyped.subtype.as_deref(), Some("button_reply"));
    }

    #[test]
    fn forms_hold_json_in_a_string_or_not() {
        let form = |json: &str| {
            read(&format!(
                r#"{{"type":"nfm_reply","nfm_reply":{{"name":"flow","body":"Sent","response_json":{json}}}}}"#
            ))
        };
        let sent = form(r#""{\"flow_token\":\"t\",\"hora\":\"9\"}""#);
        assert_eq!(sent.response, Some(json!({"flow_token": "t", "hora": "9"})));
        assert_eq!(sent.name.as_deref(), Some("flow"));
        assert_eq!(form(r#"{"hora":9}"#).response, Some(json!({"hora": 9})));
        assert_eq!(form(r#""{broken}""#).response, Some(json!("{broken}")));
        assert_eq!(form("null").response, None);
        assert_eq!(
            Content::Interactive(form("null")).text().as_deref(),
            Some("Sent")
        );
    }

    #[test]
    fn what_is_new_is_kept_whole() {
        let call = read(
            r#"{"type":"call_permission_reply","call_permission_reply":{"response":"accept","is_permanent":true}}"#,
        );
        assert_eq!(
            call.object.as_ref().unwrap()["call_permission_reply"]["response"],
            "accept"
        );
        assert_eq!(Content::Interactive(call).text(), None);
        assert_eq!(read("null"), Interactive::default());
        let ours = read(
            r#"{"type":"button","header":{"type":"text","text":"Turno"},"body":{"text":"¿Confirma?"},"action":{}}"#,
        );
        assert_eq!(ours.title.as_deref(), Some("Turno"));
        assert_eq!(
            Content::Interactive(ours).text().as_deref(),
            Some("¿Confirma?")
        );
    }
}
