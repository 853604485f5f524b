//! Who may do what: the one table of roles and deeds, which daemon and console both ask.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What somebody is inside an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// It is theirs: everything, who else may come in included.
    Owner,
    /// Runs it: numbers, templates, tokens, and who answers.
    Admin,
    /// Answers customers.
    Agent,
    /// Reads everything, the audit log too, and changes nothing.
    Auditor,
}

macro_rules! deeds {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $phrase:literal, [$($role:ident)*];)*) => {
        /// What a request does, as far as rights go. Every route of the API names one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Deed { $($(#[$doc])* $name,)* }

        impl Deed {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word for programs.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// How a sentence names it: "… does not let you *send messages*".
            pub const fn phrase(self) -> &'static str {
                match self { $(Self::$name => $phrase,)* }
            }

            /// The key of the sentence that says one may not, in the console's catalogues.
            pub const fn forbidden(self) -> &'static str {
                match self { $(Self::$name => concat!("forbidden-", $word),)* }
            }

            /// The roles that let one do it.
            pub const fn roles(self) -> &'static [Role] {
                match self { $(Self::$name => &[$(Role::$role,)*],)* }
            }
        }
    };
}

// The table. What no role lets one do is left to whoever owns the machine: root and the daemon's
// own user, who may do everything everywhere.
deeds! {
    /// Knows that recado is there and who one is.
    Know = "know", "ask how recado is", [Owner Admin Agent Auditor];
    /// Reads chats, messages, customers, files, figures, and how numbers and templates stand.
    Read = "read", "read messages", [Owner Admin Agent Auditor];
    /// Something reaches a customer: a message, a tick, a sign that somebody writes.
    Send = "send", "send messages", [Owner Admin Agent];
    /// Marks chats, writes notes and drafts, names customers, hands files over.
    Keep = "keep", "change chats, customers and drafts", [Owner Admin Agent];
    /// Keeps, changes and removes saved replies.
    Reply = "reply", "change saved replies", [Owner Admin Agent];
    /// Makes, changes and deletes templates at Meta.
    Template = "template", "change templates", [Owner Admin];
    /// Adds, connects, changes, pauses and removes numbers and their credentials.
    Number = "number", "change numbers", [Owner Admin];
    /// Lists, makes and revokes tokens.
    Token = "token", "manage tokens", [Owner Admin];
    /// Lists operators, lets them in, gives roles, sends them away.
    Operator = "operator", "manage operators", [Owner Admin];
    /// Renames the organisation.
    Org = "org", "change the organisation", [Owner];
    /// Reads and verifies the audit log.
    Audit = "audit", "read the audit log", [Owner Auditor];
    /// The machine's own affairs: organisations made and removed, notifications read again.
    Machine = "machine", "run the machine", [];
}

/// Whether a role lets one do it.
pub fn may(role: Role, deed: Deed) -> bool {
    deed.roles().contains(&role)
}

/// Whether one of this role may give another that role, take it away, or revoke a token that has it.
/// Nobody gives more than they have: an auditor reads what an admin may not.
pub const fn may_give(own: Role, other: Role) -> bool {
    match own {
        Role::Owner => true,
        Role::Admin => matches!(other, Role::Admin | Role::Agent),
        Role::Agent | Role::Auditor => false,
    }
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Admin, Self::Agent, Self::Auditor];

    /// The word for programs and command lines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Agent => "agent",
            Self::Auditor => "auditor",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// No role has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a role is owner, admin, agent or auditor")]
pub struct NoRole;

impl FromStr for Role {
    type Err = NoRole;

    fn from_str(word: &str) -> Result<Self, NoRole> {
        let known = Self::ALL.into_iter().find(|role| role.as_str() == word);
        known.ok_or(NoRole)
    }
}

impl fmt::Display for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_the_roles_promise() {
        for deed in Deed::ALL.iter().copied() {
            let machine = deed == Deed::Machine;
            assert_eq!(may(Role::Owner, deed), !machine, "{deed}: an owner");
            let looks = matches!(deed, Deed::Know | Deed::Read | Deed::Audit);
            assert_eq!(may(Role::Auditor, deed), looks, "{deed}: an auditor");
            if may(Role::Agent, deed) {
                assert!(may(Role::Admin, deed), "{deed}: an admin is an agent too");
            }
        }
        assert!(!may(Role::Admin, Deed::Audit));
        assert!(!may(Role::Agent, Deed::Number));
    }

    #[test]
    fn nobody_gives_what_they_do_not_have() {
        for own in Role::ALL {
            for other in Role::ALL {
                let all = |deed: &&Deed| may(other, **deed) && !may(own, **deed);
                if may_give(own, other) {
                    assert_eq!(Deed::ALL.iter().find(all), None, "{own} gives {other}");
                }
            }
        }
        assert!(!may_give(Role::Agent, Role::Agent));
    }

    #[test]
    fn words_are_read_back() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
            let json = serde_json::to_string(&role).expect("a word");
            assert_eq!(json, format!("\"{role}\""));
        }
        assert_eq!("boss".parse::<Role>(), Err(NoRole));
        for deed in Deed::ALL {
            let json = serde_json::to_string(deed).expect("a word");
            assert_eq!(json, format!("\"{deed}\""));
        }
    }
}
