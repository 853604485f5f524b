//! `GET /status`: how the daemon is.

use serde::{Deserialize, Serialize};

use crate::id::NumberId;
use crate::model::number::NumberStatus;
use crate::time::Stamp;

/// How the daemon is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DaemonStatus {
    /// Version of recadod.
    pub version: String,
    /// Seconds since it started.
    pub uptime_s: u64,
    /// Its webhook port.
    pub webhook: WebhookStatus,
    /// Where the API is served.
    #[serde(default)]
    pub api: ApiStatus,
    /// Every number that the caller sees.
    pub numbers: Vec<NumberBrief>,
    /// What is on its way out.
    pub outbox: OutboxStatus,
    /// The database.
    pub database: DatabaseStatus,
    /// The newest event's number: where to follow from.
    pub seq: i64,
    /// What a person should know now (broken configuration, full disk), one sentence each.
    #[serde(default)]
    pub notices: Vec<crate::api::event::Notice>,
}

/// The webhook port.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookStatus {
    /// Address it listens at, with the real port.
    pub listen: String,
    /// When Meta last delivered something genuine.
    pub last_received_at: Option<Stamp>,
}

/// Where the API is served.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiStatus {
    /// The Unix socket.
    pub socket: Option<String>,
    /// The TCP address, with the real port; null where there is none.
    pub listen: Option<String>,
}

/// A number in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NumberBrief {
    /// Ours.
    pub id: NumberId,
    /// Our name for it.
    pub label: String,
    /// Whether it works.
    pub status: NumberStatus,
    /// Why not.
    pub error: Option<String>,
}

/// What is on its way out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboxStatus {
    /// Waiting.
    pub queued: u64,
    /// Given to Meta, not answered yet.
    pub sending: u64,
    /// Failed in the last 24 hours.
    pub failed_24h: u64,
}

/// The database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatabaseStatus {
    /// Where it is.
    pub path: String,
    /// How large.
    pub bytes: u64,
    /// Version of its schema.
    pub schema_version: u32,
}
