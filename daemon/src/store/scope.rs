//! Who asks and which organisations and numbers they may touch; no question or commit can be built without it.

use common::api::problem::{Code, Problem};
use common::id::{NumberId, OperatorId, OrgId, TokenId};
use common::rights::{Deed, Role, may};

/// Who acts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Actor {
    /// The name written beside what they send.
    pub name: String,
    /// The Unix user, for a caller over the socket.
    pub uid: Option<u32>,
    /// The operator, where one was let in by name.
    pub operator: Option<OperatorId>,
    /// The token, for a caller over TCP.
    pub token: Option<TokenId>,
}

/// What somebody is in one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Where.
    pub org: OrgId,
    /// As what.
    pub role: Role,
    /// Only these of its numbers; `None` is all of them.
    pub numbers: Option<Vec<NumberId>>,
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
    /// Everything, as a person: whoever owns the machine.
    Admin,
    /// Everything, as the daemon itself, credentials included.
    Daemon,
    /// Some organisations.
    Some(Vec<Grant>),
    /// What a verified notification may speak of.
    Meta(Vec<NumberId>),
}

impl Scope {
    /// Whoever owns the machine: every organisation.
    pub const fn admin(actor: Actor) -> Self {
        Self {
            actor,
            reach: Reach::Admin,
        }
    }

    /// Somebody who answers for one organisation.
    pub fn org(actor: Actor, org: OrgId) -> Self {
        let role = Role::Agent;
        let numbers = None;
        Self::granted(actor, vec![Grant { org, role, numbers }])
    }

    /// Somebody of some organisations.
    pub const fn granted(actor: Actor, grants: Vec<Grant>) -> Self {
        Self {
            actor,
            reach: Reach::Some(grants),
        }
    }

    /// A verified notification: only numbers whose app secret signed it.
    pub fn meta(numbers: Vec<NumberId>) -> Self {
        Self {
            actor: Actor {
                name: "meta".to_owned(),
                ..Actor::default()
            },
            reach: Reach::Meta(numbers),
        }
    }

    /// The daemon itself: outbox, clock, keys.
    pub fn daemon() -> Self {
        Self {
            actor: Actor {
                name: "recado".to_owned(),
                ..Actor::default()
            },
            reach: Reach::Daemon,
        }
    }

    /// The same person, reaching only where their role lets them do this; refused with a sentence
    /// where it does so nowhere.
    pub fn for_deed(&self, deed: Deed) -> Result<Self, Problem> {
        let Reach::Some(grants) = &self.reach else {
            return Ok(self.clone());
        };
        let fit = |grant: &&Grant| may(grant.role, deed);
        let left: Vec<Grant> = grants.iter().filter(fit).cloned().collect();
        // Who belongs nowhere may still ask who they are.
        if left.is_empty() && deed != Deed::Know {
            return Err(refused(grants, deed));
        }
        Ok(Self {
            actor: self.actor.clone(),
            reach: Reach::Some(left),
        })
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

    /// What it is in an organisation, where it is bound to some.
    pub fn grant(&self, org: OrgId) -> Option<&Grant> {
        self.grants()?.iter().find(|grant| grant.org == org)
    }

    /// The only organisation it sees, where it is bound to one.
    pub fn only_org(&self) -> Option<OrgId> {
        match self.grants()? {
            [only] => Some(only.org),
            _ => None,
        }
    }

    /// Whether something of this organisation may be seen; `None` is the daemon's own business.
    pub(crate) fn sees(&self, org: Option<OrgId>) -> bool {
        match &self.reach {
            Reach::Admin | Reach::Daemon => true,
            Reach::Some(_) => org.is_some_and(|org| self.grant(org).is_some()),
            Reach::Meta(_) => false,
        }
    }

    /// Whether something of this number of this organisation may be seen.
    pub(crate) fn sees_number(&self, org: OrgId, number: NumberId) -> bool {
        let only = self.grant(org).and_then(|grant| grant.numbers.as_ref());
        self.sees(Some(org)) && only.is_none_or(|numbers| numbers.contains(&number))
    }

    /// Whether an event may be heard: one of an organisation, of a number of it where it is about
    /// one. Whoever has only some numbers hears nothing that is about none.
    pub(crate) fn hears(&self, org: Option<OrgId>, number: Option<NumberId>) -> bool {
        match (org, number) {
            (Some(org), Some(number)) => self.sees_number(org, number),
            (Some(org), None) => self.sees(Some(org)) && !self.is_narrow(org),
            (None, _) => self.sees(None),
        }
    }

    /// Whether it sees only some numbers of an organisation.
    pub(crate) fn is_narrow(&self, org: OrgId) -> bool {
        let grant = self.grant(org);
        grant.is_some_and(|grant| grant.numbers.is_some())
    }

    /// Whose a file is that was handed over: the organisation's where there is one, else its own.
    pub(crate) fn drawer(&self) -> i64 {
        match (self.only_org(), self.actor.operator) {
            (Some(org), _) => org.0,
            (None, Some(operator)) => -operator.0,
            (None, None) => 0,
        }
    }

    /// Whether a file of this organisation, or in this drawer, may be seen.
    pub(crate) fn sees_drawer(&self, drawer: i64) -> bool {
        self.sees(Some(OrgId(drawer))) || (drawer < 0 && drawer == self.drawer())
    }

    fn grants(&self) -> Option<&[Grant]> {
        match &self.reach {
            Reach::Some(grants) => Some(grants),
            Reach::Admin | Reach::Daemon | Reach::Meta(_) => None,
        }
    }

    /// How far it reaches.
    pub(crate) const fn reach(&self) -> &Reach {
        &self.reach
    }
}

fn refused(grants: &[Grant], deed: Deed) -> Problem {
    let detail = match (grants, deed.roles()) {
        (_, []) => format!(
            "Only the daemon's own user and root may {}, over the socket.",
            deed.phrase()
        ),
        ([], _) => "You belong to no organisation yet; ask an administrator to give you a role \
             with `recado operator role`."
            .to_owned(),
        ([first, ..], roles) => {
            let roles: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
            format!(
                "The role {} does not let you {}; one of these does: {}.",
                first.role,
                deed.phrase(),
                roles.join(", ")
            )
        }
    };
    Problem {
        deed: Some(deed),
        ..Problem::new(Code::Forbidden, detail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(grants: &[(i64, Role, Option<&[i64]>)]) -> Scope {
        let grant = |&(org, role, numbers): &(i64, Role, Option<&[i64]>)| Grant {
            org: OrgId(org),
            role,
            numbers: numbers.map(|n| n.iter().copied().map(NumberId).collect()),
        };
        Scope::granted(Actor::default(), grants.iter().map(grant).collect())
    }

    #[test]
    fn a_deed_reaches_where_the_role_lets_it() {
        let both = scope(&[(1, Role::Agent, None), (2, Role::Auditor, None)]);
        let send = both.for_deed(Deed::Send).expect("an agent sends");
        assert!(send.sees(Some(OrgId(1))) && !send.sees(Some(OrgId(2))));
        let read = both.for_deed(Deed::Read).expect("both read");
        assert!(read.sees(Some(OrgId(1))) && read.sees(Some(OrgId(2))));
        let problem = both.for_deed(Deed::Number).expect_err("neither");
        assert_eq!(problem.code, Code::Forbidden);
        assert!(problem.detail.contains("owner, admin"), "{problem}");
        assert!(scope(&[]).for_deed(Deed::Read).is_err());
        assert!(scope(&[]).for_deed(Deed::Know).is_ok());
    }

    #[test]
    fn somebody_of_one_number_hears_of_that_number_alone() {
        let narrow = scope(&[(1, Role::Agent, Some(&[7]))]);
        let org = Some(OrgId(1));
        assert!(narrow.hears(org, Some(NumberId(7))));
        assert!(!narrow.hears(org, Some(NumberId(8))));
        assert!(!narrow.hears(org, None));
        assert!(!narrow.hears(Some(OrgId(2)), Some(NumberId(7))));
        assert!(!narrow.hears(None, None));
    }
}
