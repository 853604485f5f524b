//! What a message can carry: one variant a kind, and `Unsupported` keeps what nobody can read yet.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::id::Wamid;

/// The content of a message. On the wire: `"kind": "text", "content": {"body": "…"}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "content", rename_all = "snake_case")]
pub enum Content {
    /// Plain text with WhatsApp's markup.
    Text(Text),
    /// A picture.
    Image(File),
    /// A film.
    Video(File),
    /// A sound file.
    Audio(File),
    /// A voice note.
    Voice(File),
    /// Any other file.
    Document(File),
    /// A sticker.
    Sticker(File),
    /// A place.
    Location(Location),
    /// Contact cards.
    Contacts(Contacts),
    /// An emoji put on another message, or taken off it.
    Reaction(Reaction),
    /// A tap on a template's quick-reply button.
    Button(Button),
    /// An interactive message of ours, or the answer to one.
    Interactive(Interactive),
    /// A shopping cart.
    Order(Order),
    /// WhatsApp's own words about a customer (number or id changed).
    System(System),
    /// A template message of ours.
    Template(Template),
    /// Something that WhatsApp would not hand over, or that this version does not know; kept whole.
    Unsupported(Unsupported),
}

/// Text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Text {
    /// The words, cleaned of control characters; WhatsApp allows 4,096.
    pub body: String,
    /// Whether WhatsApp should show a preview of the first link (ours only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview_url: Option<bool>,
}

/// A file with its caption; what the file is stands in the message's `media`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct File {
    /// Words under it; WhatsApp allows 1,024.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// A document's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// A sticker that moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub animated: Option<bool>,
}

/// A place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Location {
    /// Degrees north; null if WhatsApp sent nothing readable.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// A link to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Contact cards.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contacts {
    /// One entry a person.
    pub contacts: Vec<ContactCard>,
}

/// One contact card, in Meta's shape; what we do not name is kept beside it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactCard {
    /// Names; `formatted_name` is the one to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<ContactName>,
    /// Telephone numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<ContactPhone>,
    /// Everything else that the card holds (emails, addresses, org, urls, birthday, vcard, origin).
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub rest: Map<String, Value>,
}

/// The names on a contact card.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactName {
    /// The whole name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formatted_name: Option<String>,
    /// Its parts (`first_name`, `last_name`, …).
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub parts: Map<String, Value>,
}

/// A telephone number on a contact card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactPhone {
    /// As written on the card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// WhatsApp's id, if the person is on WhatsApp.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wa_id: Option<String>,
    /// `HOME`, `CELL`, … or free text.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// A reaction; the message it is on carries it too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reaction {
    /// WhatsApp's id of the message reacted to.
    pub target: Option<Wamid>,
    /// The emoji; null takes the reaction off.
    pub emoji: Option<String>,
}

/// A tap on a template's quick-reply button.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Button {
    /// The button's words.
    pub text: Option<String>,
    /// What we put behind it.
    pub payload: Option<String>,
}

/// An interactive message of ours, or the answer to one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Interactive {
    /// Meta's type: `button`, `list`, `cta_url`, … or `button_reply`, `list_reply`, `nfm_reply`, …
    #[serde(rename = "type")]
    pub subtype: Option<String>,
    /// The chosen button's or row's id (answers).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The chosen title (answers), or our header text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A row's second line (answers).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The body text (ours), or a form answer's `body`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// A form's name (`flow`, `address_message`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A form's answers, parsed; a string where they were not JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Value>,
    /// The whole object in Meta's shape: what we sent, or what came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<Value>,
}

/// A shopping cart.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Order {
    /// Catalogue.
    pub catalog_id: Option<String>,
    /// The customer's words with it.
    pub text: Option<String>,
    /// What is in the cart.
    pub items: Vec<OrderItem>,
}

/// One line of a cart.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderItem {
    /// The shop's own product id.
    pub product_retailer_id: Option<String>,
    /// How many.
    pub quantity: Option<f64>,
    /// Price of one, in units of `currency`.
    pub item_price: Option<f64>,
    /// ISO 4217.
    pub currency: Option<String>,
}

/// WhatsApp's own words about a customer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct System {
    /// `user_changed_number`, `user_changed_user_id`, `customer_identity_changed`, …
    #[serde(rename = "type")]
    pub subtype: Option<String>,
    /// The notice as WhatsApp words it.
    pub body: Option<String>,
    /// The new WhatsApp id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wa_id: Option<String>,
    /// The new business-scoped user id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}

/// A template message of ours.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Template {
    /// The template's name.
    pub name: String,
    /// Its language (`es`, `pt_BR`).
    pub language: String,
    /// Meta's components, filled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<Value>,
    /// The filled text, where the template's text is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The words of its buttons, where they are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<String>,
    /// Its price category when it was sent, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
}

/// Something that WhatsApp would not hand over, or that this version does not know.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unsupported {
    /// Meta's type as it came (`unsupported`, `ephemeral`, one from next year); null without one.
    #[serde(rename = "type")]
    pub subtype: Option<String>,
    /// Meta's error code, where there is one (131051, 131060, …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i64>,
    /// Meta's sentence about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The message as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<Value>,
}

/// The kind alone, for lists and filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words are those of Content")]
pub enum Kind {
    Text,
    Image,
    Video,
    Audio,
    Voice,
    Document,
    Sticker,
    Location,
    Contacts,
    Reaction,
    Button,
    Interactive,
    Order,
    System,
    Template,
    Unsupported,
}

impl Kind {
    /// The word on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Voice => "voice",
            Self::Document => "document",
            Self::Sticker => "sticker",
            Self::Location => "location",
            Self::Contacts => "contacts",
            Self::Reaction => "reaction",
            Self::Button => "button",
            Self::Interactive => "interactive",
            Self::Order => "order",
            Self::System => "system",
            Self::Template => "template",
            Self::Unsupported => "unsupported",
        }
    }

    /// Whether messages of this kind carry a file.
    pub const fn has_media(self) -> bool {
        matches!(
            self,
            Self::Image | Self::Video | Self::Audio | Self::Voice | Self::Document | Self::Sticker
        )
    }
}

impl Content {
    /// The kind alone.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Image(_) => Kind::Image,
            Self::Video(_) => Kind::Video,
            Self::Audio(_) => Kind::Audio,
            Self::Voice(_) => Kind::Voice,
            Self::Document(_) => Kind::Document,
            Self::Sticker(_) => Kind::Sticker,
            Self::Location(_) => Kind::Location,
            Self::Contacts(_) => Kind::Contacts,
            Self::Reaction(_) => Kind::Reaction,
            Self::Button(_) => Kind::Button,
            Self::Interactive(_) => Kind::Interactive,
            Self::Order(_) => Kind::Order,
            Self::System(_) => Kind::System,
            Self::Template(_) => Kind::Template,
            Self::Unsupported(_) => Kind::Unsupported,
        }
    }

    /// What a person would read: body, caption, title, name; none where there are no words.
    pub fn text(&self) -> Option<String> {
        let words = match self {
            Self::Text(t) => Some(t.body.clone()),
            Self::Image(f)
            | Self::Video(f)
            | Self::Audio(f)
            | Self::Voice(f)
            | Self::Document(f)
            | Self::Sticker(f) => f.caption.clone(),
            Self::Location(l) => l.name.clone().or_else(|| l.address.clone()),
            Self::Contacts(c) => {
                let names: Vec<&str> = c.contacts.iter().filter_map(ContactCard::shown).collect();
                (!names.is_empty()).then(|| names.join(", "))
            }
            Self::Reaction(_) | Self::Unsupported(_) => None,
            Self::Button(b) => b.text.clone(),
            Self::Interactive(i) => i.body.clone().or_else(|| i.title.clone()),
            Self::Order(o) => o.text.clone(),
            Self::System(s) => s.body.clone(),
            Self::Template(t) => t.text.clone(),
        };
        words.filter(|w| !w.is_empty())
    }
}

impl ContactCard {
    /// The name to show.
    pub fn shown(&self) -> Option<&str> {
        self.name
            .as_ref()?
            .formatted_name
            .as_deref()
            .filter(|n| !n.is_empty())
    }
}
