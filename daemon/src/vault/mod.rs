//! Seals and opens credentials with age; the rest of the daemon sees only sealed bytes.

pub mod key;
pub mod keyring;
pub mod recipients;
mod ring;
pub mod sealed;
pub mod secret;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use age::x25519::Recipient;
use age::{Decryptor, Encryptor, Identity};
use common::api::numbers::SecretText;
use thiserror::Error;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zeroize::Zeroizing;

use crate::vault::key::Found;
use crate::vault::recipients::Recipients;
use crate::vault::ring::Ring;
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
    /// Anybody may put another key in its place.
    #[error(
        "everybody can write to the folder {path} of the key file (mode {mode:04o}); run: chmod o-w {path}",
        path = path.display()
    )]
    OpenFolder {
        /// Which folder.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The key is systemd's, and recado cannot change it there.
    #[error(
        "the key is handed over by systemd, so recado cannot make a new one in its place: make one with age-keygen, add its public key as a recipient, put it in the unit's LoadCredential, restart, and remove the old recipient"
    )]
    Systemds,
    /// That is no public key of age's.
    #[error("that is no public key of age's: it begins with age1 and has 62 letters and digits")]
    NoRecipient,
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

/// How many credentials may be on their way from a request to the disk at once.
const SEALING: u32 = 1024;

/// The keys, and what they can do. Clone it freely: there is one set of keys inside, wiped on drop.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    found: Found,
    recipients: PathBuf,
    keys: Mutex<Keys>,
    gate: Arc<Semaphore>,
}

/// What seals and opens now.
#[derive(Clone)]
struct Keys {
    ring: Ring,
    recipients: Recipients,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault")
            .field("path", &self.path())
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
        let found = key::find(identity, credentials.as_deref(), data_dir);
        Self::open_at(found, data_dir)
    }

    fn open_at(found: Found, data_dir: &Path) -> Result<Self, VaultError> {
        let recipients = data_dir.join(recipients::FILE);
        let keys = Keys {
            ring: key::load(&found)?,
            recipients: Recipients::load(&recipients)?,
        };
        if !matches!(found, Found::Credential(_)) {
            key::tidy(found.path());
        }
        key::tidy(&recipients);
        Ok(Self(Arc::new(Inner {
            found,
            recipients,
            keys: Mutex::new(keys),
            gate: Arc::new(Semaphore::new(SEALING as usize)),
        })))
    }

    fn keys(&self) -> MutexGuard<'_, Keys> {
        self.0.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the key lies.
    pub fn path(&self) -> &Path {
        self.0.found.path()
    }

    /// Its public half: what is sealed for.
    pub fn public(&self) -> String {
        self.keys().ring.recipient().to_string()
    }

    /// Whom everything is sealed for beside the daemon's own key.
    pub fn recipients(&self) -> Recipients {
        self.keys().recipients.clone()
    }

    /// Leave to seal. Hold it until what was sealed is on the disk: meanwhile no key goes.
    pub async fn sealing(&self) -> Sealing {
        // The gate is never closed.
        let permit = Arc::clone(&self.0.gate).acquire_owned().await.ok();
        Sealing {
            vault: self.clone(),
            _permit: permit,
        }
    }

    /// Waits until nothing that was sealed is on its way to the disk, and lets nobody seal meanwhile.
    pub async fn still(&self) -> Still {
        let all = Arc::clone(&self.0.gate).acquire_many_owned(SEALING);
        Still {
            vault: self.clone(),
            _permit: all.await.ok(),
        }
    }

    /// Opens a sealed credential. Fails when another key sealed it.
    pub fn open_sealed(&self, sealed: &Sealed) -> Result<Secret, VaultError> {
        let ring = self.keys().ring.clone();
        let identities: Vec<_> = ring.identities().collect();
        opened(&identities, sealed)
    }

    fn seal(&self, secret: &str) -> Result<Sealed, VaultError> {
        let Keys { ring, recipients } = self.keys().clone();
        let own = ring.recipient();
        let all: Vec<Recipient> = recipients.keys(&own)?;
        let failed = |error: &dyn std::fmt::Display| VaultError::Seal(error.to_string());
        let encryptor = Encryptor::with_recipients(all.iter().map(|one| one as _))
            .map_err(|error| failed(&error))?;
        let mut sealed = Vec::with_capacity(secret.len() + 512);
        let mut writer = encryptor
            .wrap_output(&mut sealed)
            .map_err(|error| failed(&error))?;
        writer
            .write_all(secret.as_bytes())
            .map_err(|error| failed(&error))?;
        writer.finish().map_err(|error| failed(&error))?;
        Ok(Sealed(sealed))
    }
}

/// Leave to seal, until it is dropped.
#[derive(Debug)]
pub struct Sealing {
    vault: Vault,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Sealing {
    /// Seals a credential. Fails only when the system has no randomness.
    pub fn seal(&self, secret: &SecretText) -> Result<Sealed, VaultError> {
        self.vault.seal(secret.expose())
    }
}

/// Nobody seals anything until it is dropped: keys may be changed.
#[derive(Debug)]
pub struct Still {
    vault: Vault,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Still {
    /// Whether something that was begun has not been ended: what is sealed must be sealed anew.
    pub fn is_unfinished(&self) -> bool {
        let keys = self.vault.keys();
        keys.ring.is_turning() || keys.recipients.is_unfinished()
    }

    /// Puts a new key before the others. From now on it seals, and all of them open.
    pub fn turn(&self) -> Result<(), VaultError> {
        let ring = self.vault.keys().ring.turned();
        self.put_ring(ring)
    }

    /// Seals from now on for these, beside the own key.
    pub fn seal_for(&self, recipients: Recipients) -> Result<(), VaultError> {
        self.put_recipients(recipients.unfinished())
    }

    /// What was sealed, sealed anew as it is done now. `None` where it does not open at all.
    pub fn anew(&self, sealed: &Sealed) -> Result<Option<Sealed>, VaultError> {
        match self.vault.open_sealed(sealed) {
            Ok(secret) => self.vault.seal(secret.expose()).map(Some),
            Err(VaultError::WrongKey) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// Whether the newest key alone opens it.
    pub fn is_safe(&self, sealed: &Sealed) -> bool {
        let ring = self.vault.keys().ring.settled();
        let identities: Vec<_> = ring.identities().collect();
        opened(&identities, sealed).is_ok()
    }

    /// Everything is sealed anew and on the disk: older keys go.
    pub fn settle(&self) -> Result<(), VaultError> {
        let (ring, recipients) = {
            let keys = self.vault.keys();
            (keys.ring.clone(), keys.recipients.clone())
        };
        if ring.is_turning() {
            self.put_ring(ring.settled())?;
        }
        if recipients.is_unfinished() {
            self.put_recipients(recipients.finished())?;
        }
        Ok(())
    }

    fn put_ring(&self, ring: Ring) -> Result<(), VaultError> {
        if matches!(self.vault.0.found, Found::Credential(_)) {
            return Err(VaultError::Systemds);
        }
        let path = self.vault.path();
        key::write(path, &ring.text()).map_err(|source| unwritable(path, source))?;
        self.vault.keys().ring = ring;
        Ok(())
    }

    fn put_recipients(&self, recipients: Recipients) -> Result<(), VaultError> {
        let path = &self.vault.0.recipients;
        key::write(path, &recipients.text()).map_err(|source| unwritable(path, source))?;
        self.vault.keys().recipients = recipients;
        Ok(())
    }
}

fn unwritable(path: &Path, source: std::io::Error) -> VaultError {
    VaultError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

fn opened(identities: &[&age::x25519::Identity], sealed: &Sealed) -> Result<Secret, VaultError> {
    let wrong = |error: &dyn std::fmt::Display| {
        tracing::debug!(%error, "a credential does not open");
        VaultError::WrongKey
    };
    let decryptor = Decryptor::new_buffered(&*sealed.0).map_err(|error| wrong(&error))?;
    let identities = identities.iter().map(|one| *one as &dyn Identity);
    let mut reader = decryptor
        .decrypt(identities)
        .map_err(|error| wrong(&error))?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(sealed.0.len()));
    let _count = reader
        .read_to_end(&mut bytes)
        .map_err(|error| wrong(&error))?;
    let text = std::str::from_utf8(&bytes).map_err(|error| wrong(&error))?;
    Ok(Secret::new(text))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::{Sealed, SecretText, Vault, VaultError, key::Found};

    fn vault(dir: &std::path::Path) -> Vault {
        Vault::open_at(Found::Ours(dir.join("identity.age-key")), dir).unwrap()
    }

    fn sealed(vault: &Vault, words: &str) -> Sealed {
        vault.seal(SecretText::new(words).expose()).unwrap()
    }

    #[test]
    fn what_was_sealed_opens_after_a_restart_and_only_with_the_same_key() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let sealed = sealed(&vault(one.path()), "EAAG-token\n");
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
        let refused = Vault::open_at(Found::Ours(path.clone()), dir.path()).unwrap_err();
        assert!(refused.to_string().contains("chmod 600"), "{refused}");
        let granted = Vault::open_at(Found::Credential(path), dir.path());
        assert!(
            granted.is_ok(),
            "systemd hands credentials over as 0440 with an access list"
        );
    }

    #[test]
    fn a_named_key_file_that_is_missing_or_empty_is_told_and_never_made() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("elsewhere.key");
        let missing = Vault::open_at(Found::Named(path.clone()), dir.path()).unwrap_err();
        assert!(matches!(missing, VaultError::Missing(_)));
        assert!(!path.exists());
        std::fs::write(&path, "# nothing\n").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(
            Vault::open_at(Found::Named(path), dir.path()),
            Err(VaultError::NoIdentity(_))
        ));
    }

    #[tokio::test]
    async fn at_every_step_of_a_rotation_a_new_start_opens_everything() {
        let dir = tempfile::tempdir().unwrap();
        let running = vault(dir.path());
        let old = sealed(&running, "EAAG");
        let before = running.public();
        let reopened = |what: &Sealed| {
            let started = vault(dir.path());
            assert_eq!(started.open_sealed(what).unwrap().expose(), "EAAG");
            started
        };
        let still = running.still().await;
        still.turn().unwrap();
        assert!(reopened(&old).still().await.is_unfinished());
        let new = still.anew(&old).unwrap().unwrap();
        assert!(still.is_safe(&new) && !still.is_safe(&old));
        assert!(reopened(&new).still().await.is_unfinished());
        still.settle().unwrap();
        drop(still);
        let started = reopened(&new);
        assert!(!started.still().await.is_unfinished());
        assert!(started.open_sealed(&old).is_err(), "the old key is gone");
        assert_ne!(started.public(), before);
        assert_eq!(started.public(), running.public());
    }

    #[test]
    fn half_a_key_that_a_crash_left_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        let public = vault(dir.path()).public();
        let half = dir.path().join("identity.age-key.new");
        std::fs::write(&half, "AGE-SECRET-KEY-1HALF").unwrap();
        assert_eq!(vault(dir.path()).public(), public);
        assert!(!half.exists());
    }

    #[tokio::test]
    async fn no_key_goes_while_something_sealed_is_on_its_way_to_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        let vault = vault(dir.path());
        let sealing = vault.sealing().await;
        let _sealed = sealing.seal(&SecretText::new("EAAG")).unwrap();
        let mut waiting = Box::pin(vault.still());
        assert!(futures_now(&mut waiting).await.is_none(), "it waits");
        drop(sealing);
        assert!(futures_now(&mut waiting).await.is_some());
    }

    /// What a future has now, without waiting.
    async fn futures_now<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
        tokio::select! {
            biased;
            done = future => Some(done),
            () = std::future::ready(()) => None,
        }
    }

    #[tokio::test]
    async fn a_second_recipient_opens_what_is_sealed_for_both_and_no_longer_when_removed() {
        let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let owner = vault(dir.path());
        let agency = vault(other.path());
        let still = owner.still().await;
        let with = owner.recipients().with(&agency.public(), "agency").unwrap();
        still.seal_for(with).unwrap();
        assert!(still.is_unfinished());
        let both = sealed(&owner, "EAAG");
        for vault in [&owner, &agency] {
            assert_eq!(vault.open_sealed(&both).unwrap().expose(), "EAAG");
        }
        let without = owner.recipients().without(&agency.public());
        still.seal_for(without).unwrap();
        let own = still.anew(&both).unwrap().unwrap();
        drop(still);
        assert!(agency.open_sealed(&own).is_err());
        assert!(owner.recipients().with("age1nonsense", "x").is_err());
    }

    #[test]
    fn a_key_in_a_folder_where_anybody_may_write_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let _made = vault(dir.path());
        let mode = |mode| std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(dir.path(), mode(0o777)).unwrap();
        let path = dir.path().join("identity.age-key");
        let refused = Vault::open_at(Found::Ours(path.clone()), dir.path()).unwrap_err();
        assert!(refused.to_string().contains("chmod o-w"), "{refused}");
        std::fs::set_permissions(dir.path(), mode(0o1777)).unwrap();
        assert!(Vault::open_at(Found::Ours(path), dir.path()).is_ok());
    }
}
