//! A business number: what Meta says of it, and whether it works.

use serde::{Deserialize, Serialize};

use crate::id::{AppId, NumberId, OrgId, PhoneNumberId, WabaId};
use crate::model::health::Health;
use crate::phone::Phone;
use crate::time::Stamp;

/// The way messages take.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    /// Meta's Cloud API.
    #[default]
    Cloud,
    /// A linked device.
    Linked,
    /// Twilio.
    Twilio,
}

/// Whether a number works.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NumberStatus {
    /// Added; Meta has neither delivered nor accepted anything yet.
    #[default]
    Pending,
    /// Works.
    Connected,
    /// Paused by us.
    Disconnected,
    /// Something is wrong; `error` says what.
    Error,
}

/// A business number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Number {
    /// Ours.
    pub id: NumberId,
    /// The organisation.
    pub org_id: OrgId,
    /// Our name for it.
    pub label: String,
    /// E.164; null until Meta has told it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub phone_number: Option<Phone>,
    /// The way messages take.
    pub transport: Transport,
    /// Meta's id of the number.
    pub phone_number_id: Option<PhoneNumberId>,
    /// Meta's id of the account.
    pub waba_id: Option<WabaId>,
    /// Meta's id of the app.
    pub app_id: Option<AppId>,
    /// Whether it works.
    pub status: NumberStatus,
    /// Why not.
    pub error: Option<String>,
    /// The display name that Meta approved.
    pub verified_name: Option<String>,
    /// `GREEN`, `YELLOW`, `RED`, or what Meta invents next.
    pub quality_rating: Option<String>,
    /// `TIER_250` … `TIER_UNLIMITED`.
    pub messaging_limit: Option<String>,
    /// Meta's throughput level: `STANDARD` (80 a second), `HIGH` (1,000 a second).
    pub throughput: Option<String>,
    /// When Meta last confirmed that the number works.
    pub verified_at: Option<Stamp>,
    /// When Meta last delivered something genuine, or answered a question about it.
    pub last_sync_at: Option<Stamp>,
    /// Messages waiting to be sent.
    #[serde(default)]
    pub queued: u32,
    /// Unread inbound messages in chats that are not archived.
    #[serde(default)]
    pub unread: u32,
    /// Archived chats.
    #[serde(default)]
    pub archived: u32,
    /// How it is doing.
    #[serde(default)]
    pub health: Health,
    /// Grows with every change.
    pub revision: i64,
}
