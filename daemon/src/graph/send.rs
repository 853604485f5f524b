//! Messages out: Meta's JSON for every kind that can be sent, and the read mark.

use common::id::{MessageId, UserId, WaId, Wamid};
use common::model::content::{Content, File, Location, Reaction, Template};
use common::model::message::SendError;
use common::phone::Phone;
use serde_json::{Map, Value, json};

use crate::advice;
use crate::graph::Graph;
use crate::graph::error::GraphError;
use crate::vault::keyring::NumberKey;

/// Whom a message goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// The raw digits that WhatsApp gave, never corrected.
    WaId(WaId),
    /// The number that a person typed.
    Phone(Phone),
    /// A business-scoped user id, where there is no number.
    User(UserId),
}

/// A message on its way out.
#[derive(Debug, Clone, PartialEq)]
pub struct Outbound {
    /// Our id, which Meta gives back with every status.
    pub id: MessageId,
    /// Whom it goes to.
    pub to: Address,
    /// What it carries.
    pub content: Content,
    /// The message it quotes.
    pub reply_to: Option<Wamid>,
    /// For a reaction: the message it goes on.
    pub react_to: Option<Wamid>,
    /// For a file: Meta's id of it.
    pub media: Option<String>,
}

/// What Meta said when it took a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// WhatsApp's id of the message.
    pub wamid: Wamid,
    /// WhatsApp's id of the recipient, which may differ from what was sent to.
    pub wa_id: Option<WaId>,
    /// The recipient's user id.
    pub user_id: Option<UserId>,
}

impl Graph {
    /// Gives a message to Meta. What an error means for the message its fate tells.
    pub async fn send(&self, key: &NumberKey, message: &Outbound) -> Result<Sent, GraphError> {
        let body = body(message).map_err(|error| GraphError::Unsendable(Box::new(error)))?;
        let bytes = serde_json::to_vec(&body).map_err(|e| GraphError::Client(e.to_string()))?;
        let path = format!("{}/messages", key.phone_number_id);
        let answer = self.post(&key.token, &path, bytes).await?;
        sent(&answer)
            .ok_or_else(|| GraphError::Lost("Meta's answer does not name the message".to_owned()))
    }

    /// Shows the customer that this message and all before it were read.
    pub async fn mark_read(&self, key: &NumberKey, wamid: &Wamid) -> Result<(), GraphError> {
        self.read(key, wamid, false).await
    }

    /// Shows the customer that somebody writes an answer to this message; it is marked read too.
    pub async fn typing(&self, key: &NumberKey, wamid: &Wamid) -> Result<(), GraphError> {
        self.read(key, wamid, true).await
    }

    async fn read(&self, key: &NumberKey, wamid: &Wamid, typing: bool) -> Result<(), GraphError> {
        let mut body = json!({
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": wamid,
        });
        if let Some(body) = body.as_object_mut().filter(|_| typing) {
            body.insert("typing_indicator".to_owned(), json!({ "type": "text" }));
        }
        let path = format!("{}/messages", key.phone_number_id);
        self.post(&key.token, &path, body.to_string().into_bytes())
            .await
            .map(|_| ())
    }
}

fn sent(answer: &Value) -> Option<Sent> {
    let text = |pointer: &str| {
        answer
            .pointer(pointer)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    Some(Sent {
        wamid: Wamid::from(text("/messages/0/id")?),
        wa_id: text("/contacts/0/wa_id").map(WaId::from),
        user_id: text("/contacts/0/user_id").map(UserId::from),
    })
}

/// Meta's JSON for a message. Fails for kinds that cannot be sent.
fn body(message: &Outbound) -> Result<Value, SendError> {
    let mut body = Map::new();
    let mut put = |key: &str, value: Value| {
        let _none = body.insert(key.to_owned(), value);
    };
    put("messaging_product", json!("whatsapp"));
    put("recipient_type", json!("individual"));
    match &message.to {
        // Without the + Meta would put our own country's code in front.
        Address::WaId(digits) => put(
            "to",
            json!(format!("+{}", digits.as_str().trim_start_matches('+'))),
        ),
        Address::Phone(phone) => put("to", json!(phone.as_str())),
        Address::User(user) => put("recipient", json!(user)),
    }
    let (kind, content) = content(message)?;
    put("type", json!(kind));
    put(kind, content);
    if let Some(quoted) = &message.reply_to
        && kind != "reaction"
    {
        put("context", json!({ "message_id": quoted }));
    }
    put("biz_opaque_callback_data", json!(message.id.to_string()));
    Ok(Value::Object(body))
}

fn content(message: &Outbound) -> Result<(&'static str, Value), SendError> {
    Ok(match &message.content {
        Content::Text(text) => {
            let mut object = json!({ "body": text.body });
            if let Some(preview) = text.preview_url {
                with(&mut object, "preview_url", json!(preview));
            }
            ("text", object)
        }
        Content::Location(place) => ("location", location(place)),
        Content::Contacts(cards) => ("contacts", json!(cards.contacts)),
        Content::Reaction(Reaction { target, emoji }) => {
            let target = message
                .react_to
                .as_ref()
                .or(target.as_ref())
                .ok_or_else(|| {
                    advice::own(
                        "reaction-too-early",
                        "The message to react to is not known to WhatsApp",
                        "Wait until that message has been sent, then react to it again.",
                        true,
                    )
                })?;
            let emoji = emoji.as_deref().unwrap_or_default();
            ("reaction", json!({ "message_id": target, "emoji": emoji }))
        }
        Content::Interactive(interactive) => match &interactive.object {
            Some(object) => ("interactive", object.clone()),
            None => return Err(unsendable()),
        },
        Content::Template(template) => ("template", with_file(filled(template), message)?),
        Content::Image(sent) => ("image", file(message, sent)?),
        Content::Video(sent) => ("video", file(message, sent)?),
        Content::Document(sent) => ("document", file(message, sent)?),
        Content::Audio(_) => ("audio", file(message, &File::default())?),
        Content::Voice(_) => {
            let mut object = file(message, &File::default())?;
            with(&mut object, "voice", json!(true));
            ("audio", object)
        }
        Content::Sticker(_) => ("sticker", file(message, &File::default())?),
        Content::Button(_) | Content::Order(_) | Content::System(_) | Content::Unsupported(_) => {
            return Err(unsendable());
        }
    })
}

/// A file by Meta's id of it.
fn file(message: &Outbound, sent: &File) -> Result<Value, SendError> {
    let Some(id) = &message.media else {
        return Err(unsendable());
    };
    let mut object = json!({ "id": id });
    if let Some(caption) = &sent.caption {
        with(&mut object, "caption", json!(caption));
    }
    if let (Content::Document(_), Some(name)) = (&message.content, &sent.filename) {
        with(&mut object, "filename", json!(name));
    }
    Ok(object)
}

fn unsendable() -> SendError {
    advice::own(
        "unsendable",
        "This kind of message cannot be sent",
        "Send it in another form, as text for example.",
        false,
    )
}

fn with(object: &mut Value, key: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        let _none = object.insert(key.to_owned(), value);
    }
}

fn location(place: &Location) -> Value {
    let mut object = json!({ "latitude": place.latitude, "longitude": place.longitude });
    if let Some(name) = &place.name {
        with(&mut object, "name", json!(name));
    }
    if let Some(address) = &place.address {
        with(&mut object, "address", json!(address));
    }
    object
}

/// Where a template names a file of ours, Meta's id of it stands instead.
fn with_file(mut object: Value, message: &Outbound) -> Result<Value, SendError> {
    fn put(value: &mut Value, id: Option<&str>) -> bool {
        match value {
            Value::Object(map) if map.contains_key("media_id") => {
                let _ours = map.remove("media_id");
                let named = id.map(|id| map.insert("id".to_owned(), json!(id)));
                named.is_some()
            }
            Value::Object(map) => map.values_mut().all(|inner| put(inner, id)),
            Value::Array(items) => items.iter_mut().all(|inner| put(inner, id)),
            _ => true,
        }
    }
    if put(&mut object, message.media.as_deref()) {
        Ok(object)
    } else {
        Err(unsendable())
    }
}

fn filled(template: &Template) -> Value {
    let mut object = json!({ "name": template.name, "language": { "code": template.language } });
    if !template.components.is_empty() {
        with(&mut object, "components", json!(template.components));
    }
    object
}

#[cfg(test)]
mod tests {
    use common::model::content::Text;
    use uuid::Uuid;

    use super::*;

    fn outbound(to: Address, content: Content) -> Outbound {
        let id = MessageId(Uuid::from_u128(0x0189_0a5d_ac96_774b_bcce_b302_099a_8057));
        let quoted = Some(Wamid::from("wamid.quoted"));
        Outbound {
            id,
            to,
            content,
            reply_to: quoted.clone(),
            react_to: quoted,
            media: None,
        }
    }

    fn text(body: &str) -> Content {
        Content::Text(Text {
            body: body.to_owned(),
            preview_url: None,
        })
    }

    #[test]
    fn a_text_carries_our_id_the_quote_and_a_plus() {
        let to = Address::WaId(WaId::from("5491122334455"));
        assert_eq!(
            body(&outbound(to, text("Hola"))).unwrap(),
            json!({
                "messaging_product": "whatsapp", "recipient_type": "individual",
                "to": "+5491122334455", "type": "text", "text": {"body": "Hola"},
                "context": {"message_id": "wamid.quoted"},
                "biz_opaque_callback_data": "01890a5d-ac96-774b-bcce-b302099a8057",
            })
        );
    }

    #[test]
    fn a_person_without_a_number_is_a_recipient() {
        let to = Address::User(UserId::from("MX.13491208655302741918"));
        let body = body(&outbound(to, text("Hola"))).unwrap();
        assert_eq!(body["recipient"], "MX.13491208655302741918");
        assert!(body.get("to").is_none());
    }

    #[test]
    fn a_reaction_names_its_message_quotes_nothing_and_comes_off_with_an_empty_emoji() {
        let to = || Address::WaId(WaId::from("51987654321"));
        let react = |emoji: Option<&str>| {
            let emoji = emoji.map(ToOwned::to_owned);
            body(&outbound(
                to(),
                Content::Reaction(Reaction {
                    target: None,
                    emoji,
                }),
            ))
            .unwrap()
        };
        let expected = json!({"message_id": "wamid.quoted", "emoji": "👍"});
        assert_eq!(react(Some("👍"))["reaction"], expected);
        assert_eq!(react(None)["reaction"]["emoji"], "");
        assert!(react(None).get("context").is_none());
        let mut lost = outbound(
            to(),
            Content::Reaction(Reaction {
                target: None,
                emoji: None,
            }),
        );
        lost.react_to = None;
        assert!(body(&lost).is_err());
    }

    #[test]
    fn a_file_goes_by_metas_id_with_its_words_and_a_voice_note_says_so() {
        let to = || Address::WaId(WaId::from("51987654321"));
        let sent = File {
            caption: Some("Así".into()),
            filename: Some("menú.pdf".into()),
            animated: None,
        };
        let made = |content: Content| {
            let mut message = outbound(to(), content);
            message.media = Some("99".into());
            body(&message).unwrap()
        };
        let expected = json!({"id": "99", "caption": "Así", "filename": "menú.pdf"});
        assert_eq!(made(Content::Document(sent.clone()))["document"], expected);
        let expected = json!({"id": "99", "caption": "Así"});
        assert_eq!(made(Content::Image(sent.clone()))["image"], expected);
        let voice = made(Content::Voice(sent.clone()));
        assert_eq!(voice["type"], "audio");
        assert_eq!(voice["audio"], json!({"id": "99", "voice": true}));
        assert!(body(&outbound(to(), Content::Image(sent))).is_err());
    }

    #[test]
    fn a_template_without_values_has_no_components() {
        let template = Template {
            name: "hola".into(),
            language: "es".into(),
            ..Template::default()
        };
        assert_eq!(
            filled(&template),
            json!({"name": "hola", "language": {"code": "es"}})
        );
    }

    #[test]
    fn an_answer_names_the_message_and_the_person_as_whatsapp_knows_them() {
        let answer = json!({
            "messaging_product": "whatsapp",
            "contacts": [{"input": "+5215512345678", "wa_id": "525512345678"}],
            "messages": [{"id": "wamid.new", "message_status": "accepted"}],
        });
        let sent = sent(&answer).unwrap();
        assert_eq!(sent.wamid, Wamid::from("wamid.new"));
        assert_eq!(sent.wa_id, Some(WaId::from("525512345678")));
        assert_eq!(super::sent(&json!({"messages": []})), None);
    }
}
