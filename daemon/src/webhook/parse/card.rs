//! Contact cards: names and telephone numbers in our types, the rest in Meta's shape.

use common::model::content::{ContactCard, ContactName, ContactPhone, Contacts};

use crate::webhook::payload::json::Json;

/// Reads `contacts[]` of a message.
pub(crate) fn contacts(list: &Json<'_>) -> Contacts {
    Contacts {
        contacts: list
            .each()
            .iter()
            .filter(|c| c.is_object())
            .map(card)
            .collect(),
    }
}

fn card(card: &Json<'_>) -> ContactCard {
    let phone = |phone: &Json<'_>| ContactPhone {
        phone: phone.get("phone").name().or_else(|| phone.name()),
        wa_id: phone.get("wa_id").name(),
        label: phone.get("type").name(),
    };
    ContactCard {
        name: name(card.get("name")),
        phones: card.get("phones").each().iter().map(phone).collect(),
        rest: card.rest(&["name", "phones"]),
    }
}

fn name(name: &Json<'_>) -> Option<ContactName> {
    let whole = if name.is_object() {
        name.get("formatted_name")
    } else {
        name
    };
    let name = ContactName {
        formatted_name: whole.name(),
        parts: name.rest(&["formatted_name"]),
    };
    (name != ContactName::default()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::contacts;
    use crate::webhook::payload::grammar::parse;
    use common::model::content::Content;

    #[test]
    fn names_phones_and_everything_else() {
        let raw = r#"[{"name":{"formatted_name":"Ana Quispe","first_name":"Ana"},"phones":[{"phone":"+51 987 654 321","wa_id":"51987654321","type":"CELL"}],"org":{"company":"Panadería"},"origin":"other"},
            {"name":"Beto","phones":null},{"origin":"contact_request","phones":{"phone":"+51987"}},null,7]"#;
        let cards = contacts(&parse(raw).unwrap());
        assert_eq!(cards.contacts.len(), 3);
        assert_eq!(cards.contacts[0].rest["org"]["company"], "Panadería");
        assert_eq!(
            cards.contacts[0].name.as_ref().unwrap().parts["first_name"],
            "Ana"
        );
        assert_eq!(
            cards.contacts[0].phones[0].wa_id.as_deref(),
            Some("51987654321")
        );
        assert_eq!(cards.contacts[2].phones[0].phone.as_deref(), Some("+51987"));
        assert_eq!(
            Content::Contacts(cards).text().as_deref(),
            Some("Ana Quispe, Beto")
        );
    }
}
