//! `GET|POST /tokens`: bearer tokens for the TCP API.

use serde::{Deserialize, Serialize};

use crate::id::{OrgId, TokenId};
use crate::time::Stamp;

/// A new token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What it is for; written beside what it sends.
    pub name: String,
    /// The only organisation that it sees.
    pub org_id: OrgId,
}

/// A token as it is listed; its words are told once, when it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Token {
    /// Ours.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// The only organisation that it sees.
    pub org_id: OrgId,
    /// When it was made.
    pub created_at: Stamp,
    /// The token itself; only in the answer to its making.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}
