//! `/templates`: listing, making, changing, deleting, asking Meta anew, and proposed values.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{ChatId, NumberId, WabaId};
use crate::model::template::ParameterFormat;
use crate::model::template::parts::Parts;
use crate::model::template::word::Category;

/// Which templates; deleted ones only when asked for by `status=deleted`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct TemplateQuery {
    /// Those that can go through this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<i64>))]
    pub number: Option<NumberId>,
    /// Whose name or text holds these words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// With this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `approved`, `pending`, `rejected`, `paused`, `disabled`, `deleted`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// In this language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// `marketing`, `utility`, `authentication`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// At most so many; 100 if absent, 500 at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Where the last page ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A template to be made at Meta.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewTemplate {
    /// The number whose account gets it.
    pub number_id: NumberId,
    /// Small letters, digits and `_`.
    pub name: String,
    /// `es`, `pt_BR`, …
    pub language: String,
    /// What it is for.
    pub category: Category,
    /// How its variables are called; found out from its text if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter_format: Option<ParameterFormat>,
    /// What it is made of, in Meta's shape, with examples.
    pub components: Parts,
    /// After how many seconds an undelivered message of it is dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_send_ttl_seconds: Option<i64>,
}

/// What may be changed of a template; components are replaced whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PatchTemplate {
    /// What it is for (not of an approved one).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// What it is made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub components: Option<Parts>,
    /// After how many seconds an undelivered message of it is dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_send_ttl_seconds: Option<i64>,
}

/// `DELETE /templates/{id}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct DeleteTemplate {
    /// All languages of its name, not this one alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub all_languages: Option<bool>,
}

/// Which accounts to ask: that of one number, or all that you see.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SyncTemplates {
    /// The number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_id: Option<NumberId>,
}

/// What Meta answered about one account's templates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Synced {
    /// The account.
    pub waba_id: WabaId,
    /// How many templates it has.
    pub found: usize,
    /// How many are new or changed.
    pub changed: usize,
    /// How many are gone.
    pub deleted: usize,
    /// Why not all could be asked for; what was known before stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// Who the values are for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ProposalQuery {
    /// The chat it would be sent in.
    #[cfg_attr(feature = "openapi", param(value_type = i64))]
    pub chat: ChatId,
}

/// Where a proposed value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// It was sent to this customer in this template before.
    Remembered,
    /// What is known of the customer.
    Customer,
}

/// A value to begin with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proposed {
    /// The value.
    pub value: String,
    /// Where it comes from.
    pub source: Source,
}

/// Values to begin with, by the keys of the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proposal {
    /// By key; fields without a proposal are missing.
    pub values: BTreeMap<String, Proposed>,
}
