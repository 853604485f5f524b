//! An organisation, and who speaks to the daemon.

use serde::{Deserialize, Serialize};

use crate::id::{NumberId, OrgId};
use crate::rights::{Deed, Role, may};

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

/// A membership: which organisation, as what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Membership {
    /// The organisation.
    pub org: Org,
    /// The role held there.
    pub role: Role,
    /// Only these of its numbers; all of them if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Vec<NumberId>>,
}

/// Who I am, as the daemon knows it (`GET /me`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The name written beside what this caller sends.
    pub operator: String,
    /// The Unix user id, for a caller over the socket.
    pub uid: Option<u32>,
    /// True for the daemon's own user and for root: everything, everywhere.
    pub admin: bool,
    /// The organisations that this caller sees.
    pub orgs: Vec<Membership>,
}

impl Me {
    /// Whether I may do this in some organisation.
    pub fn may(&self, deed: Deed) -> bool {
        self.admin || self.orgs.iter().any(|of| may(of.role, deed))
    }

    /// Whether I may do this in that organisation.
    pub fn may_in(&self, org: OrgId, deed: Deed) -> bool {
        let here = |of: &&Membership| of.org.id == org;
        self.admin || self.orgs.iter().filter(here).any(|of| may(of.role, deed))
    }
}
