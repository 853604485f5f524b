//! A business phone number as its owner sees it in WhatsApp Manager.

use serde_json::{Map, Value, json};

use crate::phone;

/// Messages a second a number may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// 80 a second.
    Standard,
    /// 1,000 a second.
    High,
    /// 20 a second: the number also lives in the WhatsApp Business app.
    Coexistence,
    /// Another rate, for tests.
    Custom(u32),
}

impl Level {
    /// Messages a second.
    pub fn per_second(self) -> u32 {
        match self {
            Self::Standard => 80,
            Self::High => 1_000,
            Self::Coexistence => 20,
            Self::Custom(rate) => rate.max(1),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::High => "HIGH",
            Self::Standard | Self::Coexistence | Self::Custom(_) => "STANDARD",
        }
    }
}

/// What customers' reactions have made of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// Good.
    Green,
    /// Middling.
    Yellow,
    /// Bad.
    Red,
    /// Not yet known.
    Unknown,
}

impl Quality {
    /// Meta's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Green => "GREEN",
            Self::Yellow => "YELLOW",
            Self::Red => "RED",
            Self::Unknown => "UNKNOWN",
        }
    }
}

/// A business phone number.
#[derive(Clone, Debug)]
pub struct Number {
    pub(crate) id: String,
    pub(crate) waba_id: String,
    pub(crate) digits: String,
    pub(crate) verified_name: String,
    pub(crate) level: Level,
    pub(crate) quality: Quality,
    pub(crate) status: String,
    pub(crate) override_url: Option<String>,
    pub(crate) fields: Map<String, Value>,
}

impl Number {
    /// A connected, green number at the standard level, with the given `phone_number_id`,
    /// account and display number (any way of writing it, with its country code).
    pub fn new(
        id: impl Into<String>,
        waba_id: impl Into<String>,
        display: impl AsRef<str>,
    ) -> Self {
        let digits: String = display
            .as_ref()
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        let fields = Map::from_iter([
            ("code_verification_status".to_owned(), json!("VERIFIED")),
            ("name_status".to_owned(), json!("APPROVED")),
            ("platform_type".to_owned(), json!("CLOUD_API")),
            ("account_mode".to_owned(), json!("LIVE")),
            ("is_official_business_account".to_owned(), json!(false)),
            ("is_pin_enabled".to_owned(), json!(true)),
            ("is_on_biz_app".to_owned(), json!(false)),
            ("is_preverified_number".to_owned(), json!(false)),
            ("search_visibility".to_owned(), json!("VISIBLE")),
            (
                "last_onboarded_time".to_owned(),
                json!("2025-01-15T10:00:00+0000"),
            ),
            (
                "whatsapp_business_manager_messaging_limit".to_owned(),
                json!("TIER_2K"),
            ),
        ]);
        Self {
            id: id.into(),
            waba_id: waba_id.into(),
            verified_name: "Jasper's Market".to_owned(),
            digits,
            level: Level::Standard,
            quality: Quality::Green,
            status: "CONNECTED".to_owned(),
            override_url: None,
            fields,
        }
    }

    /// The display name.
    #[must_use]
    pub fn verified_name(mut self, name: impl Into<String>) -> Self {
        self.verified_name = name.into();
        self
    }

    /// The throughput level.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// The quality rating.
    #[must_use]
    pub fn quality(mut self, quality: Quality) -> Self {
        self.quality = quality;
        self
    }

    /// Added, but its owner has proved nothing yet: no code, no PIN, not registered.
    #[must_use]
    pub fn unverified(self) -> Self {
        self.status("PENDING")
            .field("code_verification_status", "NOT_VERIFIED")
            .field("platform_type", "NOT_APPLICABLE")
            .field("is_pin_enabled", false)
    }

    /// `CONNECTED` or another state; only a connected number may send.
    #[must_use]
    pub fn status(mut self, status: impl Into<String>) -> Self {
        self.status = status.into();
        self
    }

    /// Any other field of the node.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.fields.insert(name.into(), value.into());
        self
    }

    /// One field of the node as the Graph API shows it; nothing if there is no such field.
    pub(crate) fn show(&self, field: &str) -> Option<Value> {
        Some(match field {
            "id" => json!(self.id),
            "display_phone_number" => json!(phone::readable(&self.digits)),
            "verified_name" => json!(self.verified_name),
            "status" => json!(self.status),
            "quality_rating" => json!(self.quality.word()),
            "quality_score" => json!({ "score": self.quality.word() }),
            "throughput" => json!({ "level": self.level.word() }),
            "country_code" => json!(phone::country_code(&self.digits)),
            "health_status" => self
                .fields
                .get(field)
                .cloned()
                .unwrap_or_else(|| self.health()),
            other => return self.fields.get(other).cloned(),
        })
    }

    fn health(&self) -> Value {
        let verdict = if self.status == "CONNECTED" {
            "AVAILABLE"
        } else {
            "BLOCKED"
        };
        json!({
            "can_send_message": verdict,
            "entities": [
                { "entity_type": "PHONE_NUMBER", "id": self.id, "can_send_message": verdict },
                { "entity_type": "WABA", "id": self.waba_id, "can_send_message": "AVAILABLE" },
            ],
        })
    }
}
