//! What a customer can send, kind by kind, and how a webhook carries it.

use serde_json::{Map, Value, json};

use crate::attachment::{Media, OrderItem, Place, SystemNote};
use crate::ids::Ids;
use crate::object::set;

/// The content of one inbound message.
#[derive(Clone, Debug, PartialEq)]
pub enum InboundContent {
    /// Text.
    Text(String),
    /// A picture.
    Image(Media),
    /// A film.
    Video(Media),
    /// A sound file.
    Audio(Media),
    /// A voice note.
    Voice(Media),
    /// Any other file.
    Document(Media),
    /// A sticker.
    Sticker(Media),
    /// A place.
    Location(Place),
    /// Contact cards, as Meta writes them.
    Contacts(Vec<Value>),
    /// A reaction; without emoji (or with an empty one) it is taken back.
    Reaction {
        /// The message reacted to.
        message_id: String,
        /// The emoji.
        emoji: Option<String>,
    },
    /// The quick reply of a template.
    Button {
        /// What the business put behind the button.
        payload: String,
        /// What the customer saw.
        text: String,
    },
    /// A reply button of an interactive message.
    ButtonReply {
        /// The button's id.
        id: String,
        /// The button's title.
        title: String,
    },
    /// A row of a list message.
    ListReply {
        /// The row's id.
        id: String,
        /// The row's title.
        title: String,
        /// The row's description.
        description: Option<String>,
    },
    /// A flow or an address form, filled in.
    FormReply {
        /// `flow` or `address_message`.
        name: String,
        /// The line the chat shows.
        body: String,
        /// The answers; they travel as a JSON string.
        answers: Value,
    },
    /// The answer to a question for permission to call.
    CallPermission {
        /// Accepted, or rejected.
        accepted: bool,
    },
    /// An order out of the catalogue.
    Order {
        /// The catalogue.
        catalog_id: String,
        /// The customer's words.
        text: String,
        /// The items.
        items: Vec<OrderItem>,
    },
    /// Something happened to the customer's account.
    System(SystemNote),
    /// An earlier message with other words.
    Edit {
        /// The message as it was sent first.
        original: String,
        /// What it says now.
        content: Box<Self>,
    },
    /// An earlier message taken back.
    Revoke {
        /// The message.
        original: String,
    },
    /// Something the Cloud API cannot show, such as a poll.
    Unsupported {
        /// Its kind, where told.
        what: Option<String>,
        /// 131051, or 131060 for a companion device.
        code: u32,
    },
    /// A kind not listed here, with its object.
    Other {
        /// The `type`.
        kind: String,
        /// The object under the same name; `null` leaves it out.
        value: Value,
    },
}

/// Texts are the commonest content.
impl From<&str> for InboundContent {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for InboundContent {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl InboundContent {
    /// Meta's word for the kind.
    pub fn kind(&self) -> &str {
        match self {
            Self::Text(_) => "text",
            Self::Image(_) => "image",
            Self::Video(_) => "video",
            Self::Audio(_) | Self::Voice(_) => "audio",
            Self::Document(_) => "document",
            Self::Sticker(_) => "sticker",
            Self::Location(_) => "location",
            Self::Contacts(_) => "contacts",
            Self::Reaction { .. } => "reaction",
            Self::Button { .. } => "button",
            Self::ButtonReply { .. }
            | Self::ListReply { .. }
            | Self::FormReply { .. }
            | Self::CallPermission { .. } => "interactive",
            Self::Order { .. } => "order",
            Self::System(_) => "system",
            Self::Edit { .. } => "edit",
            Self::Revoke { .. } => "revoke",
            Self::Unsupported { .. } => "unsupported",
            Self::Other { kind, .. } => kind,
        }
    }

    /// Puts `type` and the object of that name into a message.
    pub(crate) fn write(&self, message: &mut Map<String, Value>, ids: &Ids) {
        message.insert("type".to_owned(), self.kind().into());
        if let Self::Unsupported { what, code } = self {
            let error = crate::error::GraphError::documented(*code)
                .details("Message type is currently not supported.");
            message.insert("errors".to_owned(), json!([error.webhook()]));
            if let Some(what) = what {
                message.insert("unsupported".to_owned(), json!({ "type": what }));
            }
            return;
        }
        let value = self.value(ids);
        if !value.is_null() {
            message.insert(self.kind().to_owned(), value);
        }
    }

    fn value(&self, ids: &Ids) -> Value {
        match self {
            Self::Text(body) => json!({ "body": body }),
            Self::Image(media) => media.json("image/jpeg", ids).into(),
            Self::Video(media) => media.json("video/mp4", ids).into(),
            Self::Document(media) => media.json("application/pdf", ids).into(),
            Self::Audio(media) => with(media.json("audio/mpeg", ids), "voice", false),
            Self::Voice(media) => with(media.json("audio/ogg; codecs=opus", ids), "voice", true),
            Self::Sticker(media) => with(media.json("image/webp", ids), "animated", media.animated),
            Self::Location(place) => place.json(),
            Self::Contacts(cards) => json!(cards),
            Self::Reaction {
                message_id,
                emoji: None,
            } => json!({ "message_id": message_id }),
            Self::Reaction {
                message_id,
                emoji: Some(emoji),
            } => {
                json!({ "message_id": message_id, "emoji": emoji })
            }
            Self::Button { payload, text } => json!({ "payload": payload, "text": text }),
            Self::Order {
                catalog_id,
                text,
                items,
            } => {
                let items: Vec<Value> = items.iter().map(OrderItem::json).collect();
                json!({ "catalog_id": catalog_id, "text": text, "product_items": items })
            }
            Self::System(note) => note.json(),
            Self::Edit { original, content } => {
                let mut inner = Map::new();
                content.write(&mut inner, ids);
                json!({ "original_message_id": original, "message": inner })
            }
            Self::Revoke { original } => json!({ "original_message_id": original }),
            Self::Other { value, .. } => value.clone(),
            _ => self.reply(),
        }
    }

    /// The object of an interactive reply.
    fn reply(&self) -> Value {
        match self {
            Self::ButtonReply { id, title } => {
                json!({ "type": "button_reply", "button_reply": { "id": id, "title": title } })
            }
            Self::ListReply {
                id,
                title,
                description,
            } => {
                let mut reply = json!({ "id": id, "title": title });
                if let Some(description) = description {
                    set(&mut reply, "description", json!(description));
                }
                json!({ "type": "list_reply", "list_reply": reply })
            }
            Self::FormReply {
                name,
                body,
                answers,
            } => json!({
                "type": "nfm_reply",
                "nfm_reply": { "name": name, "body": body, "response_json": answers.to_string() },
            }),
            Self::CallPermission { accepted } => json!({
                "type": "call_permission_reply",
                "call_permission_reply": {
                    "response": if *accepted { "accept" } else { "reject" },
                    "is_permanent": false,
                    "response_source": "user_action",
                },
            }),
            _ => Value::Null,
        }
    }
}

fn with(mut map: Map<String, Value>, key: &str, flag: bool) -> Value {
    map.insert(key.to_owned(), flag.into());
    map.into()
}
