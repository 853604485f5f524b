//! Seals and opens credentials with age; the rest of the daemon sees only sealed bytes.

pub mod key;
pub mod keyring;
pub mod sealed;
pub mod secret;

use std::path::{Path, PathBuf};

use age::x25519::{Identity, Recipient};
use common::api::numbers::SecretText;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::vault::key::Found;
use crate::vault::sealed::Sealed;
use crate::vault::secret::Secret;

/// What can go wrong with the key or with what it seals.
#[derive(Debug, Error)]
pub enum VaultError {
    /// The key file cannot be read or made.
    #[error(
        "cannot use the key file {path}: {source}; look at its owner and its directory",
        path = path.display()
    )]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Others than its owner may read the key file.
    #[error(
        "the key file {path} can be read by others (mode {mode:04o}); run: chmod 600 {path}",
        path = path.display()
    )]
    Exposed {
        /// Which file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// There is no age identity in the key file.
    #[error(
        "the file {path} holds no age identity (a line that begins with AGE-SECRET-KEY-1); make one with age-keygen, or bring back the right file",
        path = .0.display()
    )]
    NoIdentity(PathBuf),
    /// The key file that the configuration names is not there.
    #[error(
        "there is no key file {path}; bring it back, or take the key vault.identity out of the configuration to let recado make a new one",
        path = .0.display()
    )]
    Missing(PathBuf),
    /// A credential was sealed for another key.
    #[error(
        "a credential was sealed with another key; bring back the right key file, or enter the credential again"
    )]
    WrongKey,
    /// Sealing failed.
    #[error("sealing a credential failed: {0}")]
    Seal(String),
}

/// The one key, and what it can do. Clone it freely: there is one key inside, wiped on drop.
#[derive(Clone)]
pub struct Vault {
    identity: std::sync::Arc<Identity>,
    recipient: Recipient,
    path: PathBuf,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Vault {
    /// Opens the vault with the identity file of the configuration, else systemd's credential,
    /// else the data directory's own file, which is made at the first start.
    ///
    /// Fails when the key is missing, unreadable, readable by others, or no age identity.
    pub fn open(identity: Option<&Path>, data_dir: &Path) -> Result<Self, VaultError> {
        let credentials = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
        Self::open_at(&key::find(identity, credentials.as_deref(), data_dir))
    }

    fn open_at(found: &Found) -> Result<Self, VaultError> {
        let identity = key::load(found)?;
        let recipient = identity.to_public();
        Ok(Self {
            identity: std::sync::Arc::new(identity),
            recipient,
            path: found.path().to_owned(),
        })
    }

    /// Where the key lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Seals a credential. Fails only when the system has no randomness.
    pub fn seal(&self, secret: &SecretText) -> Result<Sealed, VaultError> {
        age::encrypt(&self.recipient, secret.expose().as_bytes())
            .map(Sealed)
            .map_err(|error| VaultError::Seal(error.to_string()))
    }

    /// Opens a sealed credential. Fails when another key sealed it.
    pub fn open_sealed(&self, sealed: &Sealed) -> Result<Secret, VaultError> {
        let bytes = age::decrypt(self.identity.as_ref(), &sealed.0)
            .map(Zeroizing::new)
            .map_err(|error| {
                tracing::debug!(%error, "a credential does not open");
                VaultError::WrongKey
            })?;
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            tracing::debug!(%error, "a credential is no text");
            VaultError::WrongKey
        })?;
        Ok(Secret::new(text))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::{SecretText, Vault, VaultError, key::Found};

    fn vault(dir: &std::path::Path) -> Vault {
        Vault::open_at(&Found::Ours(dir.join("identity.age-key"))).unwrap()
    }

    #[test]
    fn what_was_sealed_opens_after_a_restart_and_only_with_the_same_key() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let sealed = vault(one.path())
            .seal(&SecretText::new("EAAG-token\n"))
            .unwrap();
        assert!(!sealed.0.windows(5).any(|w| w == b"token"));
        assert_eq!(
            vault(one.path()).open_sealed(&sealed).unwrap().expose(),
            "EAAG-token"
        );
        let other = vault(two.path()).open_sealed(&sealed);
        assert!(matches!(other, Err(VaultError::WrongKey)));
    }

    #[test]
    fn the_key_is_made_for_its_owner_alone_and_refused_when_others_can_read_it() {
        let dir = tempfile::tempdir().unwrap();
        let _made = vault(dir.path());
        let path = dir.path().join("identity.age-key");
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let refused = Vault::open_at(&Found::Ours(path.clone())).unwrap_err();
        assert!(refused.to_string().contains("chmod 600"), "{refused}");
        let granted = Vault::open_at(&Found::Credential(path));
        assert!(
            granted.is_ok(),
            "systemd hands credentials over as 0440 with an access list"
        );
    }

    #[test]
    fn a_named_key_file_that_is_missing_or_empty_is_told_and_never_made() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("elsewhere.key");
        let missing = Vault::open_at(&Found::Named(path.clone())).unwrap_err();
        assert!(matches!(missing, VaultError::Missing(_)));
        assert!(!path.exists());
        std::fs::write(&path, "# nothing\n").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(
            Vault::open_at(&Found::Named(path)),
            Err(VaultError::NoIdentity(_))
        ));
    }
}
