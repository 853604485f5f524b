//! An organisation, and who speaks to the daemon.

use serde::{Deserialize, Serialize};

use crate::id::OrgId;

/// An organisation: numbers, customers and messages belong to exactly one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Org {
    /// Ours.
    pub id: OrgId,
    /// Short name for command lines: `a-z`, `0-9`, `-`; unique.
    pub slug: String,
    /// The name that people read.
    pub name: String,
}

/// What somebody may do inside an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, in every organisation.
    Admin,
    /// Reads and writes the messages of one organisation (a bearer token).
    Agent,
}

/// A membership: which organisation, as what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Membership {
    /// The organisation.
    pub org: Org,
    /// The role held there.
    pub role: Role,
}

/// Who I am, as the daemon knows it (`GET /me`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The name written beside what this caller sends.
    pub operator: String,
    /// The Unix user id, for a caller over the socket.
    pub uid: Option<u32>,
    /// True for the daemon's own user and for root.
    pub admin: bool,
    /// The organisations that this caller sees.
    pub orgs: Vec<Membership>,
}
