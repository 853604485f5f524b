//! `/operators`: who may come in, as what, and by which keys.

use serde::{Deserialize, Serialize};

use crate::api::numbers::SecretText;
use crate::id::{KeyId, NumberId, OperatorId, OrgId};
use crate::rights::Role;
use crate::time::Stamp;

/// Somebody to let in: a user of this machine, or the holder of an SSH key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewOperator {
    /// The name written beside what they send; nobody else's on this machine.
    pub name: String,
    /// Where they answer.
    pub org_id: OrgId,
    /// As what.
    pub role: Role,
    /// Only these of its numbers; all of them if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Vec<NumberId>>,
    /// The user of this machine that they are; with neither this nor a key, the one of their name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The text of their SSH public key; they come in through the shared account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ssh_key: Option<String>,
}

/// A role in an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// Where.
    pub org_id: OrgId,
    /// As what.
    pub role: Role,
    /// Only these of its numbers; all of them if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Vec<NumberId>>,
}

/// An SSH key to let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    /// The text of the public key.
    pub ssh_key: String,
}

/// An SSH key that lets somebody in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatorKey {
    /// Ours.
    pub id: KeyId,
    /// Its kind and base64, as in a `.pub` file.
    pub key: String,
    /// What `ssh-keygen -l` calls it: `SHA256:…`.
    pub fingerprint: String,
    /// Since when.
    pub created_at: Stamp,
    /// Where the line is that lets it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorized_keys: Option<String>,
}

/// Somebody who may come in, as far as the asker may know them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Operator {
    /// Ours.
    pub id: OperatorId,
    /// The name written beside what they send.
    pub name: String,
    /// The user of this machine that they are.
    pub uid: Option<u32>,
    /// Their SSH keys.
    pub keys: Vec<OperatorKey>,
    /// Where they answer, as what.
    pub orgs: Vec<Given>,
    /// Since when.
    pub created_at: Stamp,
    /// How the new key comes in; only in the answer to its adding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ssh: Option<WayIn>,
}

/// How a key's holder comes in: by a line in the shared account's `authorized_keys`, whose forced
/// command gives the secret in `RECADO_OPERATOR_KEY`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WayIn {
    /// The shared account.
    pub account: String,
    /// Where its `authorized_keys` are.
    pub authorized_keys: String,
    /// What the line's command presents. Worth something only at that account; told this once.
    pub secret: SecretText,
}
