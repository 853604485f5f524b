//! Where the age identity comes from: a file that the configuration names, systemd's credential, or our own file.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use age::secrecy::ExposeSecret;
use age::x25519::Identity;
use zeroize::Zeroizing;

use crate::vault::VaultError;

const CREDENTIAL: &str = "recado-identity";
const OURS: &str = "identity.age-key";
const PREFIX: &str = "AGE-SECRET-KEY-1";

/// Where the key is expected, and by whose word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// Named in the configuration: must be there.
    Named(PathBuf),
    /// Handed over by systemd: must be there, systemd looks after its mode.
    Credential(PathBuf),
    /// In the data directory: made at the first start.
    Ours(PathBuf),
}

impl Found {
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Named(path) | Self::Credential(path) | Self::Ours(path) => path,
        }
    }
}

/// The place that holds the key, by the order of the contract.
pub(crate) fn find(named: Option<&Path>, credentials: Option<&Path>, data_dir: &Path) -> Found {
    if let Some(path) = named {
        return Found::Named(path.to_owned());
    }
    let credential = credentials
        .map(|dir| dir.join(CREDENTIAL))
        .filter(|path| path.exists());
    credential.map_or_else(|| Found::Ours(data_dir.join(OURS)), Found::Credential)
}

/// Reads the key; makes our own one where there is none yet.
pub(crate) fn load(found: &Found) -> Result<Identity, VaultError> {
    let path = found.path();
    match File::open(path) {
        Ok(file) => read(found, file),
        Err(error) if error.kind() == ErrorKind::NotFound => match found {
            Found::Ours(_) => make(path).map_err(|source| unreadable(path, source)),
            Found::Named(_) | Found::Credential(_) => Err(VaultError::Missing(path.to_owned())),
        },
        Err(source) => Err(unreadable(path, source)),
    }
}

fn read(found: &Found, mut file: File) -> Result<Identity, VaultError> {
    let path = found.path();
    let mode = file
        .metadata()
        .map_err(|e| unreadable(path, e))?
        .permissions()
        .mode()
        & 0o7777;
    // systemd grants the service's user through an access list, whose mask shows as group bits.
    let forbidden = if matches!(found, Found::Credential(_)) {
        0o007
    } else {
        0o077
    };
    if mode & forbidden != 0 {
        return Err(VaultError::Exposed {
            path: path.to_owned(),
            mode,
        });
    }
    let mut text = Zeroizing::new(String::new());
    let _bytes = file
        .read_to_string(&mut text)
        .map_err(|source| unreadable(path, source))?;
    text.lines()
        .map(str::trim)
        .find(|line| line.starts_with(PREFIX))
        .and_then(|line| line.parse().ok())
        .ok_or_else(|| VaultError::NoIdentity(path.to_owned()))
}

fn make(path: &Path) -> std::io::Result<Identity> {
    let identity = Identity::generate();
    let text = Zeroizing::new(format!(
        "# The key that opens recado's credentials. Keep a copy in a safe place, show it to nobody.\n\
         # public key: {}\n{}\n",
        identity.to_public(),
        identity.to_string().expose_secret(),
    ));
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    if let Some(directory) = path.parent() {
        File::open(directory)?.sync_all()?;
    }
    tracing::info!(path = %path.display(), "made the key that seals credentials; keep a copy of it");
    Ok(identity)
}

fn unreadable(path: &Path, source: std::io::Error) -> VaultError {
    VaultError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{Found, find};

    #[test]
    fn the_configured_file_comes_before_systemds_and_that_before_ours() {
        let dir = tempfile::tempdir().unwrap();
        let data = Path::new("/data");
        let named = Path::new("/etc/recado/key");
        assert_eq!(
            find(Some(named), Some(dir.path()), data),
            Found::Named(named.to_owned())
        );
        let ours = Found::Ours(PathBuf::from("/data/identity.age-key"));
        assert_eq!(
            find(None, Some(dir.path()), data),
            ours,
            "systemd gave no such credential"
        );
        let credential = dir.path().join("recado-identity");
        std::fs::write(&credential, "").unwrap();
        assert_eq!(
            find(None, Some(dir.path()), data),
            Found::Credential(credential)
        );
        assert_eq!(find(None, None, data), ours);
    }
}
