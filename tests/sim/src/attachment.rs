//! What content is made of: files, places, items of an order, notes of the system.

use serde_json::{Map, Value, json};

use crate::ids::{Ids, base64};

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

    pub(crate) fn json(&self, mime: &str, ids: &Ids) -> Map<String, Value> {
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

impl Place {
    pub(crate) fn json(&self) -> Value {
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
    pub(crate) fn json(&self) -> Value {
        json!({
            "product_retailer_id": self.product_retailer_id,
            "quantity": self.quantity,
            "item_price": self.item_price,
            "currency": self.currency,
        })
    }
}

impl SystemNote {
    pub(crate) fn json(&self) -> Value {
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
