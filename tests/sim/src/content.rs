//! What a customer can send, kind by kind, and how a webhook carries it.

use serde_json::{Map, Value, json};

use crate::ids::{Ids, base64};
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

/// A file as a webhook tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Media {
    pub(crate) id: Option<String>,
    pub(crate) mime: Option<String>,
    pub(crate) sha256: Option<String>,
    pub(crate) caption: Option<String>,
    pub(crate) filename: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) animated: bool,
}

impl Media {
    /// A file of the usual type of its kind, with an id and a digest from the seed.
    pub fn new() -> Self {
        Self::default()
    }

    /// With this id.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// With this MIME type.
    #[must_use]
    pub fn mime(mut self, mime: impl Into<String>) -> Self {
        self.mime = Some(mime.into());
        self
    }

    /// With this digest, in Base64 as webhooks carry it.
    #[must_use]
    pub fn sha256(mut self, digest: impl Into<String>) -> Self {
        self.sha256 = Some(digest.into());
        self
    }

    /// With words under it.
    #[must_use]
    pub fn caption(mut self, caption: impl Into<String>) -> Self {
        self.caption = Some(caption.into());
        self
    }

    /// With a file name, which may say anything.
    #[must_use]
    pub fn filename(mut self, filename: impl Into<String>) -> Self {
        self.filename = Some(filename.into());
        self
    }

    /// With a place to fetch it from.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// A sticker that moves.
    #[must_use]
    pub fn animated(mut self) -> Self {
        self.animated = true;
        self
    }

    fn json(&self, mime: &str, ids: &Ids) -> Map<String, Value> {
        let mut map = Map::new();
        let id = self.id.clone().unwrap_or_else(|| ids.node());
        let digest = self.sha256.clone().unwrap_or_else(|| base64(&ids.digest()));
        map.insert("id".to_owned(), id.into());
        map.insert(
            "mime_type".to_owned(),
            self.mime.as_deref().unwrap_or(mime).into(),
        );
        map.insert("sha256".to_owned(), digest.into());
        let optional = [
            ("caption", &self.caption),
            ("filename", &self.filename),
            ("url", &self.url),
        ];
        for (key, value) in optional {
            if let Some(value) = value {
                map.insert(key.to_owned(), value.as_str().into());
            }
        }
        map
    }
}

/// A place; a current position has no name and no address.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Its name.
    pub name: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// A page about it.
    pub url: Option<String>,
}

/// One item of an order.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderItem {
    /// The shop's own id of the product.
    pub product_retailer_id: String,
    /// How many.
    pub quantity: u32,
    /// Price of one.
    pub item_price: f64,
    /// Three letters.
    pub currency: String,
}

/// What a `system` message tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SystemNote {
    /// The customer has another phone number now.
    NumberChanged {
        /// The new `wa_id`.
        wa_id: String,
        /// The word of old webhooks, `customer_changed_number`.
        old_word: bool,
    },
    /// The customer has another business-scoped user id now.
    UserIdChanged {
        /// The new one.
        user_id: String,
    },
    /// The customer's keys are new.
    IdentityChanged {
        /// The new hash.
        hash: String,
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

impl Place {
    fn json(&self) -> Value {
        let mut map = Map::new();
        map.insert("latitude".to_owned(), self.latitude.into());
        map.insert("longitude".to_owned(), self.longitude.into());
        let texts = [
            ("name", &self.name),
            ("address", &self.address),
            ("url", &self.url),
        ];
        for (key, text) in texts {
            if let Some(text) = text {
                map.insert(key.to_owned(), text.as_str().into());
            }
        }
        map.into()
    }
}

impl OrderItem {
    fn json(&self) -> Value {
        json!({
            "product_retailer_id": self.product_retailer_id,
            "quantity": self.quantity,
            "item_price": self.item_price,
            "currency": self.currency,
        })
    }
}

impl SystemNote {
    fn json(&self) -> Value {
        match self {
            Self::NumberChanged { wa_id, old_word } => json!({
                "type": if *old_word { "customer_changed_number" } else { "user_changed_number" },
                "body": format!("User changed number to {wa_id}"),
                "wa_id": wa_id,
            }),
            Self::UserIdChanged { user_id } => json!({
                "type": "user_changed_user_id",
                "body": format!("User changed user id to {user_id}"),
                "user_id": user_id,
            }),
            Self::IdentityChanged { .. } => json!({
                "type": "customer_identity_changed",
                "body": "User's security code has changed",
            }),
        }
    }
}

fn with(mut map: Map<String, Value>, key: &str, flag: bool) -> Value {
    map.insert(key.to_owned(), flag.into());
    map.into()
}
