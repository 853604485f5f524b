//! `POST /orgs`, `PATCH /orgs/{id}`.

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

/// An organisation's new name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PatchOrg {
    /// The name that people read.
    pub name: String,
}
