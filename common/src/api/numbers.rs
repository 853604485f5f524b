//! `POST /numbers`, `PATCH /numbers/{id}` and the connection test.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::{AppId, OrgId, PhoneNumberId, WabaId};
use crate::model::number::{Number, Transport};

/// A secret on its way in. It shows itself to nobody: not to Debug, not to Display.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct SecretText(String);

impl SecretText {
    /// Wraps what a person pasted; surrounding white space and line ends go.
    pub fn new(secret: impl AsRef<str>) -> Self {
        Self(secret.as_ref().trim().to_owned())
    }

    /// The secret itself, for sealing and for signing; never for showing.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(…)")
    }
}

/// A new number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewNumber {
    /// The organisation.
    pub org_id: OrgId,
    /// Our name for it; unique in the organisation.
    pub label: String,
    /// The way messages take; `cloud` if absent.
    #[serde(default)]
    pub transport: Transport,
    /// E.164, if known; otherwise Meta tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// Meta's id of the number.
    pub phone_number_id: PhoneNumberId,
    /// Meta's id of the account.
    pub waba_id: WabaId,
    /// Meta's id of the app.
    pub app_id: AppId,
    /// A system user's token.
    pub access_token: SecretText,
    /// The app's secret, which signs webhooks.
    pub app_secret: SecretText,
    /// What Meta must say at the handshake; made if absent, and returned once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify_token: Option<SecretText>,
}

/// The answer to a new number: the number, and once the verify token and where Meta must call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddedNumber {
    /// The number.
    #[serde(flatten)]
    pub number: Number,
    /// What to paste beside the callback URL; never told again.
    pub verify_token: SecretText,
    /// The path, or the whole URL where `webhook.public_url` is set, to paste at Meta.
    pub callback_url: String,
}

/// What may be changed of a number; absent fields stay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PatchNumber {
    /// Our name for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// `true` pauses sending (status `disconnected`), `false` resumes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<bool>,
    /// A new token; clears an error that the old one caused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_token: Option<SecretText>,
    /// A new app secret; the old one is accepted too until Meta signs with the new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_secret: Option<SecretText>,
    /// A new verify token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify_token: Option<SecretText>,
}
