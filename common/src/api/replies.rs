//! `/replies`: saved replies of an organisation.

use serde::{Deserialize, Serialize};

use crate::id::{MediaId, OrgId};

/// Which saved replies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ReplyQuery {
    /// Of this organisation; of all that you see if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<i64>))]
    pub org: Option<OrgId>,
    /// With this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A new saved reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewReply {
    /// The organisation; may be absent where you see only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org_id: Option<OrgId>,
    /// What is typed behind `/`: small letters, digits, `-` and `_`.
    pub name: String,
    /// The words, with `{{customer.name}}`, `{{operator}}` and `{{number}}`.
    pub text: String,
    /// Files that go with it, uploaded before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media_ids: Vec<MediaId>,
}

/// What may be changed of a saved reply; absent fields stay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PatchReply {
    /// Another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Other words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Other files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_ids: Option<Vec<MediaId>>,
}
