//! Who may come in, as what and until when; and what is remembered of them though it changes nothing.

use common::id::{KeyId, NumberId, OperatorId, OrgId, TokenId};
use common::rights::Role;
use common::time::Stamp;

/// A role in an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where.
    pub org: OrgId,
    /// As what.
    pub role: Role,
    /// Only these of its numbers.
    pub numbers: Option<Vec<NumberId>>,
}

/// An SSH key, and the hash of what its line presents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Kind and base64.
    pub key: String,
    /// `SHA256:…`.
    pub fingerprint: String,
    /// SHA-256 of the secret.
    pub hash: [u8; 32],
}

/// What is done about organisations, operators and tokens.
#[derive(Debug, Clone)]
pub enum PeopleFact {
    /// An organisation has another name.
    OrgRenamed {
        /// Which.
        org: OrgId,
        /// The name that people read.
        name: String,
    },
    /// An organisation is no more; what it wrote stays on the disk, seen by nobody.
    OrgRemoved {
        /// Which.
        org: OrgId,
    },
    /// Somebody is let in. Whoever is known by this uid gets the role beside those they have.
    OperatorAdded {
        /// The name written beside what they send.
        name: String,
        /// The user of this machine that they are.
        uid: Option<u32>,
        /// The key by which they come in.
        key: Option<Key>,
        /// Where, as what.
        part: Part,
    },
    /// A role in an organisation, in place of the one held there.
    RoleGiven {
        /// Whose.
        operator: OperatorId,
        /// Where, as what.
        part: Part,
    },
    /// Somebody is sent away: from one organisation, or from all that the asker has a say in.
    OperatorRemoved {
        /// Who.
        operator: OperatorId,
        /// From where.
        org: Option<OrgId>,
    },
    /// One more key lets somebody in.
    KeyAdded {
        /// Whom.
        operator: OperatorId,
        /// Which.
        key: Key,
    },
    /// A key lets nobody in any more.
    KeyRevoked {
        /// Whose.
        operator: OperatorId,
        /// Which.
        key: KeyId,
    },
    /// A new bearer token; only its hash is kept.
    TokenAdded {
        /// What it is for.
        name: String,
        /// Where, as what.
        part: Part,
        /// Worth nothing from then on.
        expires_at: Option<Stamp>,
        /// SHA-256 of the token.
        hash: [u8; 32],
    },
    /// A bearer token is worth nothing any more.
    TokenRevoked {
        /// Which.
        token: TokenId,
    },
}

/// Something to remember that changes nothing else.
#[derive(Debug, Clone)]
pub struct Witnessed {
    /// Where; none for the whole machine.
    pub org: Option<OrgId>,
    /// The kind of deed: `read`, `export`, `template`, `key`.
    pub deed: &'static str,
    /// What was done, in a word or two.
    pub what: &'static str,
    /// To what: ids and names, never words of a message.
    pub detail: serde_json::Value,
}
