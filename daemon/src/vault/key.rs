//! Where the age identities come from: a file that the configuration names, systemd's credential, or our own file.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::vault::VaultError;
use crate::vault::ring::Ring;

const CREDENTIAL: &str = "recado-identity";
const OURS: &str = "identity.age-key";

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

/// Reads the keys; makes our own one where there is none yet.
pub(crate) fn load(found: &Found) -> Result<Ring, VaultError> {
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

fn read(found: &Found, mut file: File) -> Result<Ring, VaultError> {
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
    if let Found::Ours(_) | Found::Named(_) = found {
        private_folder(path)?;
    }
    let mut text = Zeroizing::new(String::new());
    let _bytes = file
        .read_to_string(&mut text)
        .map_err(|source| unreadable(path, source))?;
    Ring::parse(&text).ok_or_else(|| VaultError::NoIdentity(path.to_owned()))
}

/// In a folder where anybody may write, anybody could put another key in the place of ours.
fn private_folder(path: &Path) -> Result<(), VaultError> {
    let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) else {
        return Ok(());
    };
    let mode = std::fs::metadata(folder)
        .map_err(|source| unreadable(path, source))?
        .permissions()
        .mode()
        & 0o7777;
    // In a folder with the sticky bit nobody can replace what is another's.
    if mode & 0o002 != 0 && mode & 0o1000 == 0 {
        return Err(VaultError::OpenFolder {
            path: folder.to_owned(),
            mode,
        });
    }
    Ok(())
}

fn make(path: &Path) -> std::io::Result<Ring> {
    let ring = Ring::fresh();
    write(path, &ring.text())?;
    tracing::info!(path = %path.display(), "made the key that seals credentials; keep a copy of it");
    Ok(ring)
}

/// Writes a key file whole, or leaves the old one whole: whatever happens, one of both is there, and it is synced.
pub(crate) fn write(path: &Path, text: &str) -> std::io::Result<()> {
    // Through a link the file that it points to is replaced, not the link.
    let path = std::fs::canonicalize(path).unwrap_or_else(|_not_there| path.to_owned());
    let beside = beside(&path);
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)?;
    // One that a crash left behind may have another mode.
    file.set_permissions(Permissions::from_mode(0o600))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&beside, &path)?;
    if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Removes the new version of a file that a crash left unfinished: nothing was sealed with it yet.
pub(crate) fn tidy(path: &Path) {
    let path = std::fs::canonicalize(path).unwrap_or_else(|_not_there| path.to_owned());
    let half = beside(&path);
    match std::fs::remove_file(&half) {
        Ok(()) => {
            tracing::info!(path = %half.display(), "removed a key file that was never finished");
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => {
            tracing::warn!(path = %half.display(), %error, "an unfinished key file stays");
        }
    }
}

/// Where a new version of a file is written before it takes its place.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    path.with_file_name(name)
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
