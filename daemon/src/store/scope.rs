//! Who asks and which organisations they may touch; no question or commit can be built without it.

use common::id::{NumberId, OrgId};

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The name written beside what they send.
    pub name: String,
    /// The Unix user, for a caller over the socket.
    pub uid: Option<u32>,
}

/// Who asks, and what they may see and change.
#[derive(Debug, Clone)]
pub struct Scope {
    actor: Actor,
    reach: Reach,
}

/// How far a scope reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Everything, as a person.
    Admin,
    /// Everything, as the daemon itself, credentials included.
    Daemon,
    /// One organisation.
    Org(OrgId),
    /// What a verified notification may speak of.
    Meta(Vec<NumberId>),
}

impl Scope {
    /// An administrator: every organisation.
    pub const fn admin(actor: Actor) -> Self {
        Self {
            actor,
            reach: Reach::Admin,
        }
    }

    /// Somebody of one organisation.
    pub const fn org(actor: Actor, org: OrgId) -> Self {
        Self {
            actor,
            reach: Reach::Org(org),
        }
    }

    /// A verified notification: only numbers whose app secret signed it.
    pub fn meta(numbers: Vec<NumberId>) -> Self {
        Self {
            actor: Actor {
                name: "meta".to_owned(),
                uid: None,
            },
            reach: Reach::Meta(numbers),
        }
    }

    /// The daemon itself: outbox, clock, keys.
    pub fn daemon() -> Self {
        Self {
            actor: Actor {
                name: "recado".to_owned(),
                uid: None,
            },
            reach: Reach::Daemon,
        }
    }

    /// The name written beside what this scope sends.
    pub fn operator(&self) -> &str {
        &self.actor.name
    }

    /// The actor behind it.
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Whether it reaches every organisation as a person.
    pub fn is_admin(&self) -> bool {
        self.reach == Reach::Admin
    }

    /// The only organisation it sees, where it is bound to one.
    pub const fn only_org(&self) -> Option<OrgId> {
        match self.reach {
            Reach::Org(org) => Some(org),
            Reach::Admin | Reach::Daemon | Reach::Meta(_) => None,
        }
    }

    /// Whether something of this organisation may be seen; `None` is the daemon's own business.
    pub(crate) fn sees(&self, org: Option<OrgId>) -> bool {
        match &self.reach {
            Reach::Admin | Reach::Daemon => true,
            Reach::Org(own) => org == Some(*own),
            Reach::Meta(_) => false,
        }
    }

    /// How far it reaches.
    pub(crate) const fn reach(&self) -> &Reach {
        &self.reach
    }
}
