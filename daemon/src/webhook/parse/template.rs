//! Template messages of ours that another program sent and WhatsApp tells us of.

use common::model::content::Template;

use crate::webhook::payload::json::Json;

/// Longer texts are not filled: no template's body comes near it.
const MAX_TEXT: usize = 8 * 1024;

/// Reads `template`; its text is filled where the message holds it.
pub(crate) fn template(message: &Json<'_>) -> Template {
    let template = message.get("template");
    let language = template.get("language");
    let code = if language.is_object() {
        language.get("code")
    } else {
        language
    };
    let components = template.get("components").each();
    Template {
        name: template.get("name").name().unwrap_or_default(),
        // Some of Meta's pages write `en-US` for `en_US`.
        language: code.name().unwrap_or_default().replace('-', "_"),
        components: components.iter().map(Json::value).collect(),
        text: body(components).map(|text| fill(text, components)),
        ..Template::default()
    }
}

/// The template's text from its definition, with the message's parameters in it.
pub(crate) fn defined(definition: &Json<'_>, message: &Json<'_>) -> Option<String> {
    let components = message.get("template").get("components").each();
    body(definition.get("components").each()).map(|text| fill(text, components))
}

/// The text of the body component, where one holds it.
fn body(components: &[Json<'_>]) -> Option<String> {
    components.iter().find(|c| is_body(c))?.get("text").words()
}

fn is_body(component: &Json<'_>) -> bool {
    component
        .get("type")
        .id()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("body"))
}

/// Puts the body's parameters in the places of `{{1}}` or `{{name}}`.
fn fill(text: String, components: &[Json<'_>]) -> String {
    let Some(body) = components.iter().find(|c| is_body(c)) else {
        return text;
    };
    let parameters = body.get("parameters").each();
    parameters
        .iter()
        .enumerate()
        .fold(text, |text, (at, parameter)| {
            let Some(words) = parameter.get("text").words() else {
                return text;
            };
            if text.len() + words.len() > MAX_TEXT {
                return text;
            }
            let name = parameter
                .get("parameter_name")
                .name()
                .unwrap_or_else(|| (at + 1).to_string());
            text.replace(&format!("{{{{{name}}}}}"), &words)
        })
}

#[cfg(test)]
mod tests {
    use super::{defined, template};
    use crate::webhook::payload::grammar::parse;

    #[test]
    fn the_text_is_filled_where_it_is_known() {
        let raw = r#"{"template":{"name":"pedido_listo","language":{"code":"es-PE"},"components":[
            {"type":"body","parameters":[{"type":"text","text":"Ana"},{"type":"text","text":"18:00"}]}]}}"#;
        let message = parse(raw).unwrap();
        let read = template(&message);
        assert_eq!(
            (read.name.as_str(), read.language.as_str()),
            ("pedido_listo", "es_PE")
        );
        assert_eq!(read.text, None);
        let raw = r#"{"components":[{"type":"BODY","text":"Hola {{1}}, a las {{2}}."}]}"#;
        let text = defined(&parse(raw).unwrap(), &message);
        assert_eq!(text.as_deref(), Some("Hola Ana, a las 18:00."));
        assert_eq!(template(&parse("{}").unwrap()).text, None);
    }
}
