//! `/key`: the key that opens the credentials, its rotation, and who else can open them. Only public halves are ever shown.

use serde::{Deserialize, Serialize};

/// The key that opens the credentials, as far as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Key {
    /// Its public half.
    pub public: String,
    /// The file that holds it.
    pub path: String,
    /// Who else can open the credentials.
    pub recipients: Vec<Recipient>,
}

/// Somebody else who can open the credentials, with a key of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recipient {
    /// The public half of their age key: `age1…`.
    pub public: String,
    /// Who they are.
    #[serde(default)]
    pub name: String,
}

/// What a rotation, or a change of recipients, did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rekeyed {
    /// The key as it is now.
    #[serde(flatten)]
    pub key: Key,
    /// The public half of the key before.
    pub before: String,
    /// Credentials that were sealed anew.
    pub resealed: u64,
    /// Credentials that no key opens, before as after: they have to be entered again.
    pub unreadable: u64,
}
