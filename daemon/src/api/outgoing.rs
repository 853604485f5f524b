//! A request to send, read with care: unknown fields refused, then turned into content.

use common::api::messages::{Outgoing, OutgoingFile, Send, SendTo};
use common::api::problem::{Code, Problem};
use common::id::{MediaId, MessageId, NumberId, UserId};
use common::model::content::{Content, Kind};
use common::model::message::Message;
use common::phone::Phone;
use serde_json::Value;

use crate::api::fault::Fault;
use crate::api::given::{only, read};
use crate::fact::Target;
use crate::limits;

/// A `client_id` is no longer than this.
const MAX_CLIENT_ID: usize = 128;

/// What a request to send comes to, whomever it is for.
#[derive(Debug)]
pub(crate) struct Parcel {
    /// What.
    pub(crate) content: Content,
    /// The message it quotes.
    pub(crate) reply_to: Option<MessageId>,
    /// The message that a reaction is put on.
    pub(crate) react_to: Option<MessageId>,
    /// The file.
    pub(crate) media: Option<MediaId>,
    /// What makes a repeated request harmless.
    pub(crate) client_id: Option<String>,
}

/// The body of `POST /chats/{id}/messages`.
pub(crate) fn in_chat(body: Value) -> Result<Send, Fault> {
    check_keys(&body, &[])?;
    checked(read::<Send>(body)?)
}

/// The body of `POST /messages`: the message, and whom it is for.
pub(crate) fn to_anybody(body: Value) -> Result<(Target, Send), Fault> {
    check_keys(&body, &["number_id", "to"])?;
    let request: SendTo = read(body)?;
    let target = target(request.number_id, &request.to)?;
    Ok((target, checked(request.message)?))
}

fn checked(send: Send) -> Result<Send, Fault> {
    match send.client_id.as_deref() {
        Some("") => Err(Fault::invalid(
            "client_id",
            "client_id is empty; leave it out or fill it.",
        )),
        Some(id) if id.chars().count() > MAX_CLIENT_ID => Err(Fault::invalid(
            "client_id",
            format!("client_id is longer than {MAX_CLIENT_ID} characters; use a shorter one."),
        )),
        _ => Ok(send),
    }
}

/// Whom `to` names: a phone number, or a business-scoped user id.
fn target(number: NumberId, to: &str) -> Result<Target, Fault> {
    let to = to.trim();
    if is_user_id(to) {
        return Ok(Target::User(number, UserId::from(to)));
    }
    Phone::parse(to)
        .map(|phone| Target::Phone(number, phone))
        .map_err(|why| {
            let detail = format!(
                "`to` is neither a phone number nor a user id: {why}. Write the number with + and \
             country code, like +51987654321."
            );
            Fault(Problem::new(Code::InvalidPhoneNumber, detail).field("to"))
        })
}

/// Two capital letters of a country, a dot, and letters and digits (one more dotted word for ids
/// that are shared between businesses).
fn is_user_id(to: &str) -> bool {
    let Some((country, rest)) = to.split_once('.') else {
        return false;
    };
    let word = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_ascii_alphanumeric());
    country.len() == 2
        && country.chars().all(|c| c.is_ascii_uppercase())
        && rest.len() <= 128
        && rest.split('.').all(word)
}

/// serde cannot refuse unknown fields where structures are flattened, so it is done here.
fn check_keys(body: &Value, besides: &[&str]) -> Result<(), Fault> {
    let Some(kind) = body.get("kind").and_then(Value::as_str) else {
        let detail = format!(
            "`kind` says what to send: one of {}.",
            KINDS.map(|(k, _)| k).join(", ")
        );
        return Err(Fault(Problem::new(Code::BadRequest, detail).field("kind")));
    };
    let Some((_, fields)) = KINDS.iter().find(|(known, _)| *known == kind) else {
        let detail = format!(
            "`{kind}` cannot be sent; `kind` is one of {}.",
            KINDS.map(|(k, _)| k).join(", ")
        );
        return Err(Fault(Problem::new(Code::BadRequest, detail).field("kind")));
    };
    let allowed: Vec<&str> = ["kind"]
        .iter()
        .chain(*fields)
        .chain(&["reply_to", "client_id"])
        .chain(besides)
        .copied()
        .collect();
    only(body, &allowed, &format!("a message of kind {kind}"))
}

const FILE: &[&str] = &["media_id", "caption", "filename"];
const KINDS: [(&str, &[&str]); 13] = [
    ("text", &["text", "preview_url"]),
    ("image", FILE),
    ("video", FILE),
    ("audio", FILE),
    ("voice", FILE),
    ("document", FILE),
    ("sticker", FILE),
    ("location", &["latitude", "longitude", "name", "address"]),
    ("contacts", &["contacts"]),
    ("reaction", &["to_message", "emoji"]),
    ("template", &["name", "language", "params", "components"]),
    ("interactive", &["interactive"]),
    ("forward", &["message"]),
];

/// What a message carries, as something to send once more. Files are named by their id; what is
/// neither words nor file nor place nor cards goes as its words.
pub(crate) fn forwarded(message: Message) -> Result<Outgoing, Problem> {
    let refuse = |detail: &str| Problem::new(Code::Invalid, detail).field("message");
    let text = message.text.filter(|text| !text.trim().is_empty());
    if let Some(media) = message.media {
        let file = OutgoingFile {
            media_id: media.id,
            caption: text,
            filename: media.filename,
        };
        return Ok(match message.content.kind() {
            Kind::Image => Outgoing::Image(file),
            Kind::Video => Outgoing::Video(file),
            Kind::Audio => Outgoing::Audio(OutgoingFile {
                caption: None,
                ..file
            }),
            Kind::Voice => Outgoing::Voice(OutgoingFile {
                caption: None,
                ..file
            }),
            Kind::Sticker => Outgoing::Sticker(OutgoingFile {
                caption: None,
                ..file
            }),
            _ => Outgoing::Document(file),
        });
    }
    match (message.content, text) {
        (Content::Location(place), _) => match (place.latitude, place.longitude) {
            (Some(latitude), Some(longitude)) => Ok(Outgoing::Location {
                latitude,
                longitude,
                name: place.name,
                address: place.address,
            }),
            _ => Err(refuse(
                "That message names no place; send the address as text.",
            )),
        },
        (Content::Contacts(cards), _) => Ok(Outgoing::Contacts {
            contacts: cards.contacts,
        }),
        (_, Some(text)) => Ok(Outgoing::Text {
            text,
            preview_url: None,
        }),
        _ => Err(refuse(
            "That message carries nothing that could be sent again.",
        )),
    }
}

/// What the store keeps of it, if WhatsApp would take it.
pub(crate) fn parcel(send: Send) -> Result<Parcel, Fault> {
    let content = limits::check(&send.content)?;
    let (mut react_to, mut media) = (None, None);
    match send.content {
        Outgoing::Reaction { to_message, .. } => react_to = Some(to_message),
        Outgoing::Image(file)
        | Outgoing::Video(file)
        | Outgoing::Audio(file)
        | Outgoing::Voice(file)
        | Outgoing::Document(file)
        | Outgoing::Sticker(file) => media = Some(file.media_id),
        Outgoing::Text { .. }
        | Outgoing::Location { .. }
        | Outgoing::Contacts { .. }
        | Outgoing::Template { .. }
        | Outgoing::Interactive { .. }
        | Outgoing::Forward { .. } => {}
    }
    Ok(Parcel {
        content,
        reply_to: send.reply_to,
        react_to,
        media,
        client_id: send.client_id,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(body: Value) -> Problem {
        in_chat(body).expect_err("it is wrong").0
    }

    #[test]
    fn unknown_fields_and_kinds_are_named() {
        let problem = refused(json!({"kind": "text", "text": "Hola", "txt": 1}));
        assert_eq!(problem.field.as_deref(), Some("txt"));
        assert_eq!(
            refused(json!({"kind": "poem"})).field.as_deref(),
            Some("kind")
        );
        assert_eq!(
            refused(json!({"text": "Hola"})).field.as_deref(),
            Some("kind")
        );
        assert_eq!(
            refused(json!({"kind": "text"})).field.as_deref(),
            Some("text")
        );
        assert_eq!(refused(json!("Hola")).code, Code::BadRequest);
        let problem = refused(json!({"kind": "text", "text": "Hola", "to": "+51987654321"}));
        assert_eq!(problem.field.as_deref(), Some("to"));
    }

    #[test]
    fn a_client_id_has_a_length() {
        let body = |id: String| json!({"kind": "text", "text": "Hola", "client_id": id});
        assert!(in_chat(body("a".repeat(128))).is_ok());
        assert_eq!(
            refused(body("a".repeat(129))).field.as_deref(),
            Some("client_id")
        );
    }

    #[test]
    fn a_recipient_is_a_phone_number_or_a_user_id() {
        let body = |to: &str| json!({"kind": "text", "text": "Hola", "number_id": 1, "to": to});
        let target = |to: &str| to_anybody(body(to)).map(|(target, _)| target);
        assert!(matches!(
            target("+51 987 654 321"),
            Ok(Target::Phone(NumberId(1), _))
        ));
        assert!(matches!(
            target("MX.13491208655302741918"),
            Ok(Target::User(NumberId(1), _))
        ));
        for wrong in ["", "987", "mx.1349", "MX.", "MX.12 4", "ana"] {
            let problem = target(wrong).expect_err("no recipient").0;
            assert_eq!(problem.code, Code::InvalidPhoneNumber, "{wrong}");
        }
    }

    #[test]
    fn every_kind_becomes_content() {
        let id = "0192d3a0-7b5e-7c3f-9d1a-2b4c6d8e0f10";
        let file = json!({"kind": "document", "media_id": 7, "filename": "a.pdf"});
        let carried = parcel(in_chat(file).expect("it is right")).expect("it may go");
        assert_eq!(carried.media, Some(MediaId(7)));
        let bodies = [
            json!({"kind": "text", "text": "Hola", "preview_url": true, "reply_to": id}),
            json!({"kind": "location", "latitude": -12.04, "longitude": -77.03, "name": "Lima"}),
            json!({"kind": "contacts", "contacts": [{"name": {"formatted_name": "Ana", "first_name": "Ana"}, "phones": []}]}),
            json!({"kind": "reaction", "to_message": id, "emoji": ""}),
            json!({"kind": "template", "name": "hola", "language": "es"}),
            json!({"kind": "interactive", "interactive": {"type": "button", "body": {"text": "¿Sí?"},
                "action": {"buttons": [{"type": "reply", "reply": {"id": "si", "title": "Sí"}}]}}}),
        ];
        for body in bodies {
            let kind = body
                .get("kind")
                .and_then(Value::as_str)
                .expect("a kind")
                .to_owned();
            let parcel = parcel(in_chat(body).expect("it is right")).expect("it may go");
            let stored = serde_json::to_value(&parcel.content).expect("JSON");
            assert_eq!(
                stored.get("kind").and_then(Value::as_str),
                Some(kind.as_str())
            );
            assert_eq!(parcel.react_to.is_some(), kind == "reaction");
        }
    }
}
