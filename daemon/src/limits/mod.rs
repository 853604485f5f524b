//! WhatsApp's limits on what may be sent, checked before a message is stored; and the message as it is stored.

use common::api::messages::{Outgoing, OutgoingFile};
use common::api::problem::{Code, Problem};
use common::file::kind::FileKind;
use common::limits::interactive;
use common::limits::measure::{at_most, invalid, some_words};
use common::model::content::{
    ContactCard, Contacts, Content, File, Interactive, Location, Reaction, Template, Text,
};
use common::model::template::draft::is_language;
use common::text::emoji::is_only_emoji;
use serde_json::Value;

/// Longest text.
pub const TEXT: usize = 4096;
/// Longest words under a file.
pub const CAPTION: usize = 1024;
/// Most cards in one message.
pub const CONTACTS: usize = 257;
const TEMPLATE_NAME: usize = 512;
const FILENAME: usize = 240;

/// What is stored and sent for a request, or why WhatsApp would not take it.
///
/// Lengths are counted in UTF-16 units, as WhatsApp's own apps do: an emoji counts as two or more.
pub fn check(outgoing: &Outgoing) -> Result<Content, Problem> {
    match outgoing {
        Outgoing::Text { text, preview_url } => {
            some_words("text", text)?;
            at_most("text", text, TEXT)?;
            Ok(Content::Text(Text {
                body: text.clone(),
                preview_url: *preview_url,
            }))
        }
        Outgoing::Image(sent) => captioned(sent).map(Content::Image),
        Outgoing::Video(sent) => captioned(sent).map(Content::Video),
        Outgoing::Audio(sent) => bare(sent, "A sound file").map(Content::Audio),
        Outgoing::Voice(sent) => bare(sent, "A voice note").map(Content::Voice),
        Outgoing::Sticker(sent) => bare(sent, "A sticker").map(Content::Sticker),
        Outgoing::Document(sent) => document(sent).map(Content::Document),
        Outgoing::Location {
            latitude,
            longitude,
            name,
            address,
        } => {
            within("latitude", *latitude, 90.0)?;
            within("longitude", *longitude, 180.0)?;
            Ok(Content::Location(Location {
                latitude: Some(*latitude),
                longitude: Some(*longitude),
                name: name.clone(),
                address: address.clone(),
                url: None,
            }))
        }
        Outgoing::Contacts { contacts } => cards(contacts),
        Outgoing::Reaction { emoji, .. } => reaction(emoji),
        Outgoing::Template {
            name,
            language,
            components,
            ..
        } => template(name, language, components),
        // What is forwarded takes the place of this before anything is checked.
        Outgoing::Forward { .. } => Err(invalid(
            "message",
            "The message to forward was not found; name one of ours by its id.",
        )),
        Outgoing::Interactive { interactive } => {
            interactive::check(interactive)?;
            Ok(Content::Interactive(Interactive {
                subtype: word(interactive, "/type"),
                title: word(interactive, "/header/text"),
                body: word(interactive, "/body/text"),
                object: Some(interactive.clone()),
                ..Interactive::default()
            }))
        }
    }
}

fn word(object: &Value, pointer: &str) -> Option<String> {
    object
        .pointer(pointer)
        .and_then(Value::as_str)
        .map(ToOwned::to_owned)
}

fn captioned(sent: &OutgoingFile) -> Result<File, Problem> {
    if let Some(caption) = &sent.caption {
        at_most("caption", caption, CAPTION)?;
    }
    if sent.filename.is_some() {
        return Err(invalid(
            "filename",
            "Only documents have a file name; leave it out.",
        ));
    }
    let caption = sent
        .caption
        .clone()
        .filter(|words| !words.trim().is_empty());
    Ok(File {
        caption,
        ..File::default()
    })
}

fn bare(sent: &OutgoingFile, what: &str) -> Result<File, Problem> {
    if sent.caption.as_ref().is_some_and(|words| !words.is_empty()) {
        let detail = format!("{what} has no caption at WhatsApp; send the words as a text.");
        return Err(invalid("caption", detail));
    }
    captioned(sent)
}

fn document(sent: &OutgoingFile) -> Result<File, Problem> {
    if let Some(name) = &sent.filename {
        at_most("filename", name, FILENAME)?;
        if name.contains(['/', '\\', '\0']) {
            return Err(invalid(
                "filename",
                "Give the file's name alone, without folders.",
            ));
        }
    }
    let plain = captioned(&OutgoingFile {
        filename: None,
        ..sent.clone()
    })?;
    Ok(File {
        filename: sent.filename.clone(),
        ..plain
    })
}

fn within(field: &str, degrees: f64, most: f64) -> Result<(), Problem> {
    if degrees.is_finite() && degrees.abs() <= most {
        return Ok(());
    }
    Err(invalid(
        field,
        format!("Give {field} in degrees from −{most} to {most}."),
    ))
}

fn cards(contacts: &[ContactCard]) -> Result<Content, Problem> {
    if contacts.is_empty() {
        return Err(invalid("contacts", "Give at least one contact card."));
    }
    if contacts.len() > CONTACTS {
        let detail = format!(
            "WhatsApp takes {CONTACTS} contact cards in one message; send the rest in another."
        );
        return Err(Problem::new(Code::TooLong, detail).field("contacts"));
    }
    for (at, card) in contacts.iter().enumerate() {
        let name = card.name.as_ref();
        let formatted = name
            .and_then(|n| n.formatted_name.as_deref())
            .unwrap_or_default();
        if formatted.trim().is_empty() {
            let field = format!("contacts[{at}].name.formatted_name");
            return Err(invalid(
                field,
                "Give the whole name: WhatsApp shows it on the card.",
            ));
        }
        let another = name.is_some_and(|n| {
            n.parts
                .values()
                .any(|part| part.as_str().is_some_and(|s| !s.trim().is_empty()))
        });
        if !another {
            let field = format!("contacts[{at}].name");
            let detail = "Beside formatted_name WhatsApp wants one more part of the name, first_name for example.";
            return Err(invalid(field, detail));
        }
    }
    Ok(Content::Contacts(Contacts {
        contacts: contacts.to_vec(),
    }))
}

fn reaction(emoji: &str) -> Result<Content, Problem> {
    if !emoji.is_empty() && !is_only_emoji(emoji, 1) {
        return Err(invalid(
            "emoji",
            "Give exactly one emoji, or an empty text to take it off.",
        ));
    }
    let emoji = (!emoji.is_empty()).then(|| emoji.to_owned());
    Ok(Content::Reaction(Reaction {
        target: None,
        emoji,
    }))
}

fn template(name: &str, language: &str, components: &[Value]) -> Result<Content, Problem> {
    let in_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.is_empty() || name.len() > TEMPLATE_NAME || !name.chars().all(in_name) {
        let detail = "A template's name has small letters, digits and _ alone, as WhatsApp Manager shows it.";
        return Err(invalid("name", detail));
    }
    if !is_language(language) {
        let detail = "Give the template's language as WhatsApp writes it: es, es_MX, pt_BR, en_US.";
        return Err(invalid("language", detail));
    }
    for (at, component) in components.iter().enumerate() {
        if !component.get("type").is_some_and(Value::is_string) {
            let field = format!("components[{at}].type");
            return Err(invalid(
                field,
                "Every component has a type: header, body or button.",
            ));
        }
    }
    Ok(Content::Template(Template {
        name: name.to_owned(),
        language: language.to_owned(),
        components: components.to_vec(),
        ..Template::default()
    }))
}

/// The file of ours that a template carries: as what, and which. WhatsApp takes one at its top;
/// of several the second is named as the error.
pub(crate) fn template_file(template: &Template) -> Result<Option<(FileKind, i64)>, i64> {
    fn walk(value: &Value, found: &mut Vec<(FileKind, i64)>) {
        match value {
            Value::Object(map) => {
                for (key, inner) in map {
                    let id = inner.get("media_id").and_then(Value::as_i64);
                    match (key.parse(), id) {
                        (Ok(kind), Some(id)) => found.push((kind, id)),
                        _ => walk(inner, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for component in &template.components {
        walk(component, &mut found);
    }
    match found.as_slice() {
        [] => Ok(None),
        [first, rest @ ..] => match rest.iter().find(|other| *other != first) {
            None => Ok(Some(*first)),
            Some((_, other)) => Err(*other),
        },
    }
}

/// The kind of file that a message carries.
pub(crate) fn file_kind(content: &Content) -> Option<FileKind> {
    Some(match content {
        Content::Image(_) => FileKind::Image,
        Content::Video(_) => FileKind::Video,
        Content::Audio(_) => FileKind::Audio,
        Content::Voice(_) => FileKind::Voice,
        Content::Document(_) => FileKind::Document,
        Content::Sticker(_) => FileKind::Sticker,
        Content::Template(template) => return template_file(template).ok()?.map(|(kind, _)| kind),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Code, Content, Outgoing, check};

    fn outgoing(value: serde_json::Value) -> Outgoing {
        serde_json::from_value(value).unwrap()
    }

    fn refused(value: serde_json::Value) -> (Code, String) {
        let problem = check(&outgoing(value)).unwrap_err();
        assert!(problem.detail.ends_with('.'), "{}", problem.detail);
        (problem.code, problem.field.unwrap_or_default())
    }

    #[test]
    fn a_text_has_1_to_4096_units() {
        let of = |text: String| json!({"kind": "text", "text": text});
        assert!(check(&outgoing(of("ñ".repeat(4096)))).is_ok());
        assert_eq!(
            refused(of("a".repeat(4097))),
            (Code::TooLong, "text".to_owned())
        );
        assert_eq!(refused(of("😀".repeat(2049))).0, Code::TooLong);
        assert_eq!(
            refused(of(" \n".to_owned())),
            (Code::Invalid, "text".to_owned())
        );
    }

    #[test]
    fn captions_file_names_and_places_have_limits() {
        let image = json!({"kind": "image", "media_id": 1, "caption": "a".repeat(1025)});
        assert_eq!(refused(image), (Code::TooLong, "caption".to_owned()));
        let voice = json!({"kind": "voice", "media_id": 1, "caption": "hola"});
        assert_eq!(refused(voice), (Code::Invalid, "caption".to_owned()));
        let path = json!({"kind": "document", "media_id": 1, "filename": "../etc/passwd"});
        assert_eq!(refused(path), (Code::Invalid, "filename".to_owned()));
        let north = json!({"kind": "location", "latitude": 90.01, "longitude": 0.0});
        assert_eq!(refused(north), (Code::Invalid, "latitude".to_owned()));
        let lima = json!({"kind": "location", "latitude": -12.05, "longitude": -77.04});
        assert!(matches!(check(&outgoing(lima)), Ok(Content::Location(_))));
    }

    #[test]
    fn a_card_needs_two_names_and_a_reaction_one_emoji() {
        let card =
            |name: serde_json::Value| json!({"kind": "contacts", "contacts": [{"name": name}]});
        assert!(
            check(&outgoing(card(
                json!({"formatted_name": "Ana P", "first_name": "Ana"})
            )))
            .is_ok()
        );
        assert_eq!(
            refused(card(json!({"formatted_name": "Ana"}))).1,
            "contacts[0].name"
        );
        assert_eq!(
            refused(card(json!({"first_name": "Ana"}))).1,
            "contacts[0].name.formatted_name"
        );
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let react = |emoji: &str| json!({"kind": "reaction", "to_message": id, "emoji": emoji});
        for good in ["👍", "", "👨‍👩‍👧", "❤️", "🇵🇪"] {
            assert!(check(&outgoing(react(good))).is_ok(), "{good}");
        }
        for bad in ["👍👍", "ok", "1"] {
            assert!(check(&outgoing(react(bad))).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_template_is_named_as_whatsapp_names_it() {
        let of = |name: &str, language: &str| json!({"kind": "template", "name": name, "language": language});
        for language in ["es", "pt_BR", "fil", "es_419", "zh_HK"] {
            assert!(
                check(&outgoing(of("order_1", language))).is_ok(),
                "{language}"
            );
        }
        assert_eq!(refused(of("Order", "es")).1, "name");
        for language in ["", "español", "ES", "es_", "es_MX_x"] {
            assert_eq!(refused(of("order", language)).1, "language", "{language}");
        }
        let untyped =
            json!({"kind": "template", "name": "a", "language": "es", "components": [{}]});
        assert_eq!(refused(untyped).1, "components[0].type");
    }
}
