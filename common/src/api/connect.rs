//! Connecting a number: a token looked through, what it sees, and the steps of a number on its way.

use serde::{Deserialize, Serialize};

use crate::api::numbers::SecretText;
use crate::id::{AppId, ConnectId, NumberId, OrgId, PhoneNumberId, WabaId};
use crate::phone::Phone;
use crate::time::Stamp;

/// Six digits are a code or a PIN.
pub const DIGITS: usize = 6;

/// Whether this is what Meta sends as a code, or takes as a PIN.
pub fn is_six_digits(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|b| b.is_ascii_digit())
}

/// A token and the app it belongs to. Nothing of it is told again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewConnect {
    /// The organisation that the numbers are for.
    pub org_id: OrgId,
    /// Meta's id of the app.
    pub app_id: AppId,
    /// The app's secret.
    pub app_secret: SecretText,
    /// The token.
    pub access_token: SecretText,
    /// What Meta must say at the handshake; made if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify_token: Option<SecretText>,
}

/// What sort of token it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// A system user's that never ends: the right one.
    Permanent,
    /// A system user's that ends after sixty days.
    SixtyDays,
    /// A person's from the App Dashboard: dead within hours.
    Temporary,
    /// A person's that lives for weeks, and dies with that person's password.
    Personal,
}

/// What Meta says of a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenSeen {
    /// What sort it is.
    pub kind: TokenKind,
    /// When it ends; null for never.
    pub expires_at: Option<Stamp>,
    /// What it may do.
    pub scopes: Vec<String>,
    /// What to do about it, where it will not do for long.
    pub advice: Option<String>,
}

/// A token that was looked through and is kept sealed: numbers are connected with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Connect {
    /// Ours.
    pub id: ConnectId,
    /// The organisation.
    pub org_id: OrgId,
    /// The app.
    pub app_id: AppId,
    /// What Meta says of the token.
    pub token: TokenSeen,
    /// When it was given.
    pub created_at: Stamp,
}

/// An account that a token sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeenAccount {
    /// Meta's id.
    pub waba_id: WabaId,
    /// Its name.
    pub name: Option<String>,
    /// The business portfolio that owns it, where Meta tells.
    pub business: Option<String>,
    /// Its numbers.
    pub numbers: Vec<SeenNumber>,
    /// Why its numbers are not told.
    pub error: Option<String>,
}

/// A number of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeenNumber {
    /// Meta's id.
    pub phone_number_id: PhoneNumberId,
    /// E.164.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub phone_number: Option<Phone>,
    /// The display name.
    pub verified_name: Option<String>,
    /// Meta's word: `CONNECTED`, `PENDING`, `DISCONNECTED` …
    pub status: Option<String>,
    /// Whether its owner has proved it by a code.
    pub verified: bool,
    /// Whether it is also in the WhatsApp Business app.
    pub on_phone: bool,
    /// Ours, where recado works for it already and you may see it.
    pub number_id: Option<NumberId>,
}

/// Which number to connect: one that the account has, or a new one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The account.
    pub waba_id: String,
    /// Our name for it; the display name if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Meta's id of a number that the account has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number_id: Option<PhoneNumberId>,
    /// E.164 of a number to be added to the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// The name that customers will see, for a number to be added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_name: Option<String>,
}

/// What comes next for a number on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Its owner proves it with a code.
    Verify,
    /// It is registered with a PIN.
    Register,
    /// Meta is told where its messages go.
    Webhook,
    /// A message shows that it works.
    Proof,
    /// Nothing.
    Done,
}

/// How a code travels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CodeMethod {
    /// A text message.
    #[default]
    Sms,
    /// A call.
    Voice,
}

impl CodeMethod {
    /// Meta's word.
    pub const fn for_meta(self) -> &'static str {
        match self {
            Self::Sms => "SMS",
            Self::Voice => "VOICE",
        }
    }
}

/// Asks for a code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskCode {
    /// How it travels.
    #[serde(default)]
    pub method: CodeMethod,
    /// In which language: `es_ES`, `pt_BR`, `en_US`; the last if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// The code that came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GiveCode {
    /// Six digits; a hyphen or a space between does no harm.
    pub code: SecretText,
}

/// Registers a number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// The PIN that the number has; one is made if absent, and told once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<SecretText>,
}

/// Where Meta's notifications are to go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WebhookBy {
    /// The app's own callback where nobody else has it; a question otherwise.
    #[default]
    Ask,
    /// The app's callback, whoever has it now.
    App,
    /// This account's messages alone; the rest stays where it is.
    Account,
}

/// Tells Meta where the messages go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetWebhook {
    /// By which way.
    #[serde(default)]
    pub by: WebhookBy,
}

/// A code on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verification {
    /// How it travels.
    pub method: CodeMethod,
    /// When it was asked for.
    pub asked_at: Stamp,
    /// When it is worth nothing any more.
    pub expires_at: Stamp,
    /// Wrong codes that may still be given.
    pub tries_left: u32,
}

/// Registrations and deregistrations in the last 72 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Registrations {
    /// So many.
    pub used: u32,
    /// Of so many.
    pub limit: u32,
    /// When one more is free, where none is now.
    pub free_at: Option<Stamp>,
}

/// Where Meta sends a number's notifications, as it said itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookSeen {
    /// Where messages go.
    pub url: Option<String>,
    /// Whether that is this daemon.
    pub ours: bool,
    /// Whether our app is subscribed to the account.
    pub subscribed: bool,
    /// Fields that the app is told of.
    pub fields: Vec<String>,
    /// Fields that it ought to be told of and is not.
    pub missing: Vec<String>,
}

/// How far a number is on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Connection {
    /// The number.
    pub number_id: NumberId,
    /// What comes next.
    pub step: Step,
    /// Whether it was paused or disconnected by us.
    pub paused: bool,
    /// The code that is on its way.
    pub verification: Option<Verification>,
    /// How often it was registered lately.
    pub registrations: Registrations,
    /// Whether its PIN is kept here, sealed.
    pub pin_kept: bool,
    /// The PIN that was just made; never told again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<SecretText>,
    /// Where Meta must call.
    pub callback_url: String,
    /// Where Meta says it calls; null until it was asked.
    pub webhook: Option<WebhookSeen>,
}

/// Takes a number off Meta's hands, or puts it to rest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct Disconnect {
    /// Also ends its registration at Meta; counts among the ten in 72 hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deregister: Option<bool>,
}

/// Hands a number over to another organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MoveNumber {
    /// Which organisation.
    pub org_id: OrgId,
}
