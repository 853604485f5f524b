//! Values to begin with, from what is known of the customer.

use crate::model::customer::Customer;
use crate::model::template::Template;
use crate::model::template::form::{FieldKind, Place, Values, fields};
use crate::phone::Phone;
use crate::text::fold::fold;

/// Names of variables that stand for a first name, in the three languages.
const FIRST_NAMES: [&str; 13] = [
    "name",
    "first_name",
    "firstname",
    "customer",
    "customer_name",
    "client_name",
    "nombre",
    "primer_nombre",
    "cliente",
    "nombre_cliente",
    "nome",
    "primeiro_nome",
    "nome_cliente",
];
/// And for the whole one.
const FULL_NAMES: [&str; 4] = [
    "full_name",
    "nombre_completo",
    "nome_completo",
    "contact_name",
];
/// And for the telephone number.
const PHONES: [&str; 6] = [
    "phone",
    "phone_number",
    "telefono",
    "celular",
    "telefone",
    "numero",
];
/// Words of greeting, without accents: the variable behind one is a name.
const GREETINGS: [&str; 14] = [
    "hola", "estimado", "estimada", "buenas", "querido", "querida", "ola", "prezado", "prezada",
    "oi", "hi", "hello", "dear", "hey",
];

/// Values for the fields that ask for something that is known. The customer's own words are used
/// only where they make a value: one line, no markup.
pub fn propose(template: &Template, customer: &Customer) -> Values {
    let full = customer
        .name
        .clone()
        .or_else(|| customer.profile_name.clone())
        .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|name| name.chars().any(char::is_alphabetic));
    let first = full
        .as_deref()
        .and_then(|name| name.split(' ').find(|w| w.chars().any(char::is_alphabetic)))
        .map(ToOwned::to_owned);
    let mut out = Values::new();
    for field in fields(template) {
        if field.kind != FieldKind::Text {
            continue;
        }
        let label = field.label.as_str();
        let value = if FIRST_NAMES.contains(&label) || is_greeted(template, field.place, label) {
            first.clone()
        } else if FULL_NAMES.contains(&label) {
            full.clone()
        } else if PHONES.contains(&label) {
            customer.phone_number.as_ref().map(Phone::grouped)
        } else {
            None
        };
        if let Some(value) = value.filter(|v| crate::wrong::units(v) <= field.most) {
            out.insert(field.key, value);
        }
    }
    out
}

/// Whether the variable stands right behind a word of greeting.
fn is_greeted(template: &Template, place: Place, name: &str) -> bool {
    let parts = &template.components;
    let text = match place {
        Place::Header => parts.header.as_ref().and_then(|h| h.text.as_deref()),
        Place::Body => parts.body.as_ref().map(|b| b.text.as_str()),
        Place::Offer | Place::Button(_) => None,
    };
    let variable = format!("{{{{{name}}}}}");
    let Some((before, _)) = text.and_then(|text| text.split_once(&variable)) else {
        return false;
    };
    let Some(word) = before.split_whitespace().next_back() else {
        return false;
    };
    let bare: String = fold(word).chars().filter(|c| c.is_alphanumeric()).collect();
    // "Hola, {{1}}" greets; "…dijo hola. {{1}}" does not.
    !word.ends_with(['.', '!', '?', ':']) && GREETINGS.contains(&bare.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::propose;
    use crate::model::customer::Customer;
    use crate::model::template::Template;

    fn template(text: &str) -> Template {
        serde_json::from_value(json!({
            "id": 1, "meta_id": null, "waba_id": "1", "org_id": 1, "name": "a", "language": "es",
            "category": "utility", "status": "approved", "quality": null, "last_synced_at": null,
            "revision": 1, "components": [{"type": "BODY", "text": text}],
        }))
        .unwrap()
    }

    fn customer(name: Option<&str>, profile: Option<&str>) -> Customer {
        serde_json::from_value(json!({
            "id": 1, "phone_number": "+51987654321", "wa_id": "51987654321", "user_id": null,
            "username": null, "name": name, "profile_name": profile,
        }))
        .unwrap()
    }

    fn proposed(text: &str) -> Vec<(String, String)> {
        let customer = customer(None, Some("Ana  María Prado"));
        propose(&template(text), &customer).into_iter().collect()
    }

    #[test]
    fn a_greeting_and_a_name_ask_for_the_first_name() {
        for text in [
            "¡Hola {{1}}! Llegó.",
            "Olá {{1}}, chegou.",
            "Estimada, {{1}}: llegó.",
            "Hi {{1}}, it came.",
        ] {
            assert_eq!(
                proposed(text),
                [("1".to_owned(), "Ana".to_owned())],
                "{text}"
            );
        }
        assert_eq!(proposed("Son {{1}} soles hoy."), []);
        assert_eq!(proposed("Dijo hola. {{1}} llegó."), []);
        assert_eq!(
            proposed("Para {{nombre_completo}}, al {{celular}}, de {{tienda}} hoy."),
            [
                ("celular".to_owned(), "+51 987 654 321".to_owned()),
                ("nombre_completo".to_owned(), "Ana María Prado".to_owned())
            ]
        );
    }

    #[test]
    fn our_name_comes_before_theirs_and_no_letters_are_no_name() {
        let text = template("Hola {{1}}, ya.");
        let both = customer(Some("Doña Ana"), Some("anita"));
        assert_eq!(propose(&text, &both)["1"], "Doña");
        let none = customer(None, Some("🌸🌸"));
        assert!(propose(&text, &none).is_empty());
    }
}
