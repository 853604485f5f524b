//! `/audit`: who did what when, each entry chained to the one before.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::OrgId;
use crate::time::Stamp;

/// One entry. Every organisation has a chain of its own, counted from 1, and so has the machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// Whose chain; null for the machine's.
    pub org_id: Option<OrgId>,
    /// Its place in the chain.
    pub n: i64,
    /// When.
    pub at: Stamp,
    /// The name of whoever did it.
    pub who: String,
    /// How they came in: `uid 1000`, `operator 3`, `token 7`.
    pub by: String,
    /// What kind of deed: `send`, `read`, `export`, `number`, `token`, `operator`, `org`, `template`, `rule`.
    pub deed: String,
    /// What was done, in a few words: `queued`, `added`, `revoked`.
    pub what: String,
    /// To what: ids and names, never a message's words or a secret.
    pub detail: Value,
    /// SHA-256 over the hash before it and everything above, in hex.
    pub hash: String,
}

/// What of the log is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    /// Only of this organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgId>,
    /// Only by this person or token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// Only deeds of this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deed: Option<String>,
    /// At most so many; 50 if absent, 200 at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Where the last page ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// Which chains to verify.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct VerifyQuery {
    /// Only this organisation's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgId>,
}

/// What the walk along one chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditChain {
    /// Whose; null for the machine's.
    pub org_id: Option<OrgId>,
    /// How many entries are good, from the first on.
    pub entries: i64,
    /// The hash of the last good one: write it down elsewhere, and no later cut goes unseen.
    pub head: Option<String>,
    /// The first entry that does not fit, where one does not.
    pub broken: Option<BrokenLink>,
}

/// The first entry of a chain that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BrokenLink {
    /// Its place.
    pub n: i64,
    /// What is wrong with it.
    pub why: BrokenWhy,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BrokenWhy {
    /// It is not there; later ones are.
    Missing,
    /// It, or its hash, was changed.
    Changed,
}
