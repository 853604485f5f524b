//! `GET /stats`: what was written, answered, delivered and lost, by hour or day and by number.

use serde::{Deserialize, Serialize};

use crate::id::NumberId;
use crate::time::Stamp;

/// Which figures; absent means the last seven days of every number, by day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct StatsQuery {
    /// Of one number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<NumberId>,
    /// From then on; taken back to the beginning of its quarter of an hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub since: Option<Stamp>,
    /// Before then; now if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub until: Option<Stamp>,
    /// How long a step of the series is; a day if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<StatsBy>,
    /// Where days and hours begin: an IANA name (`America/Lima`) or an offset (`-05:00`); UTC if
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

/// How long a step of the series is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StatsBy {
    /// An hour.
    Hour,
    /// A day of the asker's zone.
    #[default]
    Day,
}

/// Figures of a span of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stats {
    /// Where the span begins.
    pub since: Stamp,
    /// Where it ends.
    pub until: Stamp,
    /// How long a step is.
    pub by: StatsBy,
    /// The zone that the steps go by.
    pub zone: String,
    /// All of it.
    pub total: Figures,
    /// Every step of the span in order, also those without a message.
    pub series: Vec<Step>,
    /// The same by number; those without anything are left out.
    pub numbers: Vec<NumberStats>,
}

/// One step of the series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Step {
    /// When it begins.
    pub at: Stamp,
    /// What happened in it.
    #[serde(flatten)]
    pub figures: Figures,
}

/// One number's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NumberStats {
    /// Which.
    pub number_id: NumberId,
    /// Our name for it.
    pub label: String,
    /// Its figures.
    #[serde(flatten)]
    pub figures: Figures,
}

/// What happened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Figures {
    /// Messages of customers.
    pub inbound: u64,
    /// Messages of ours.
    pub outbound: u64,
    /// Customers who had never exchanged a message with the number before.
    pub new_customers: u64,
    /// Conversations: customers who wrote after a day or more without a word of theirs.
    pub conversations: u64,
    /// Conversations whose window closed before anybody answered; counted when it closed.
    pub windows_lost: u64,
    /// How our messages fared, counted when they were written.
    pub delivery: Delivery,
    /// How long customers waited for the first answer, counted when they asked.
    pub first_answer: Waits,
}

/// How messages of ours fared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Delivery {
    /// Taken by WhatsApp, whatever became of them then.
    pub sent: u64,
    /// Delivered, read ones among them.
    pub delivered: u64,
    /// Read.
    pub read: u64,
    /// Failed.
    pub failed: u64,
    /// Why they failed, most frequent first.
    pub failures: Vec<Failures>,
}

/// So many failed for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Failures {
    /// Meta's code; 0 for a reason of our own.
    pub code: i64,
    /// How many.
    pub count: u64,
}

/// How long customers waited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Waits {
    /// How many were answered.
    pub answered: u64,
    /// Half of them within so many seconds; null when there is none.
    pub p50_s: Option<u64>,
    /// Nine of ten within so many seconds.
    pub p90_s: Option<u64>,
}
