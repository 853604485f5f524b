//! `GET|POST /tokens`: bearer tokens for the TCP API.

use serde::{Deserialize, Serialize};

use crate::id::{NumberId, OrgId, TokenId};
use crate::rights::Role;
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
    /// What it may do there; agent if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Only these of its numbers; all of them if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Vec<NumberId>>,
    /// Worth nothing from then on; never if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Stamp>,
}

impl NewToken {
    /// One that answers for a whole organisation, until it is revoked.
    pub fn agent(name: impl Into<String>, org_id: OrgId) -> Self {
        Self {
            name: name.into(),
            org_id,
            role: None,
            numbers: None,
            expires_at: None,
        }
    }
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
    /// What it may do there.
    pub role: Role,
    /// Only these of its numbers; all of them if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Vec<NumberId>>,
    /// Worth nothing from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Stamp>,
    /// When it was made.
    pub created_at: Stamp,
    /// The token itself; only in the answer to its making.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}
