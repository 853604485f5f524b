//! `POST /orgs`.

use serde::{Deserialize, Serialize};

/// A new organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewOrg {
    /// Short name: `a-z`, `0-9`, `-`, at most 40.
    pub slug: String,
    /// The name that people read; the slug if absent.
    #[serde(default)]
    pub name: Option<String>,
}
