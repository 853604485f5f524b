//! A credential as it lies on the disk: age ciphertext, safe to store and to show.

/// A sealed credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);
