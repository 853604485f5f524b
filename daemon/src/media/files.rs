//! The files on the disk: written beside, checked, synced, and only then named, by their content alone.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use common::file::facts::Facts;
use common::file::look::look;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{Mutex, MutexGuard};

use crate::fact::media::Digest;

/// How much is read or written at once.
pub const PIECE: usize = 64 * 1024;
/// Where files lie that are not whole yet.
const INCOMING: &str = "incoming";

/// The folder of files. Clones share it.
#[derive(Debug, Clone)]
pub struct Files(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    count: AtomicU64,
    /// Held while a file and what the database says of it change together.
    settling: Mutex<()>,
}

impl Files {
    /// Makes the folder where it is not there; what was not whole at the last end goes.
    pub fn open(data_dir: &Path) -> io::Result<Self> {
        let folder = data_dir.join("media");
        let incoming = folder.join(INCOMING);
        make(&incoming)?;
        for entry in fs::read_dir(&incoming)? {
            fs::remove_file(entry?.path())?;
        }
        Ok(Self(Arc::new(Inner {
            folder,
            count: AtomicU64::new(0),
            settling: Mutex::new(()),
        })))
    }

    /// Where a content lies. Nothing of a name that anybody gave is in it.
    pub fn path(&self, digest: &Digest) -> PathBuf {
        let name = hex::encode(digest);
        let (first, rest) = name.split_at_checked(2).unwrap_or(("", &name));
        self.0.folder.join(first).join(rest)
    }

    /// Holds the right to change a file together with what the database says of it.
    pub async fn settle(&self) -> MutexGuard<'_, ()> {
        self.0.settling.lock().await
    }

    /// A new file, without a name yet.
    pub async fn begin(&self) -> io::Result<Draft> {
        let n = self.0.count.fetch_add(1, Ordering::Relaxed);
        let path = self.0.folder.join(INCOMING).join(n.to_string());
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        let mut file = tokio::fs::OpenOptions::from(options).open(&path).await?;
        file.set_max_buf_size(PIECE);
        Ok(Draft {
            file,
            gone: Some(Trash(path)),
            hash: Sha256::new(),
            bytes: 0,
        })
    }

    /// Opens a content for reading, and says how long it is.
    pub async fn read(&self, digest: &Digest) -> io::Result<(tokio::fs::File, u64)> {
        let mut file = tokio::fs::File::open(self.path(digest)).await?;
        file.set_max_buf_size(PIECE);
        let bytes = file.metadata().await?.len();
        Ok((file, bytes))
    }

    /// What a content is.
    pub async fn facts(&self, digest: &Digest) -> io::Result<Facts> {
        looked(self.path(digest)).await
    }

    /// Takes a content off the disk; it may be gone already.
    pub async fn remove(&self, digest: &Digest) -> io::Result<()> {
        match tokio::fs::remove_file(self.path(digest)).await {
            Err(why) if why.kind() != io::ErrorKind::NotFound => Err(why),
            _ => Ok(()),
        }
    }

    /// The digests of all that lies there, a folder at a time: for finding what nobody knows of.
    pub async fn all(&self) -> io::Result<Vec<Digest>> {
        let folder = self.0.folder.clone();
        blocking(move || {
            let mut all = Vec::new();
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                let first = entry.file_name().to_string_lossy().into_owned();
                if first == INCOMING || !entry.file_type()?.is_dir() {
                    continue;
                }
                for file in fs::read_dir(entry.path())? {
                    let name = format!("{first}{}", file?.file_name().to_string_lossy());
                    all.extend(
                        hex::decode(name)
                            .ok()
                            .and_then(|b| Digest::try_from(b).ok()),
                    );
                }
            }
            Ok(all)
        })
        .await
    }
}

/// A file that is being written.
#[derive(Debug)]
pub struct Draft {
    file: tokio::fs::File,
    gone: Option<Trash>,
    hash: Sha256,
    bytes: u64,
}

impl Draft {
    /// Writes on.
    pub async fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.hash.update(piece);
        self.bytes += piece.len() as u64;
        self.file.write_all(piece).await
    }

    /// How many bytes there are.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Nothing more comes: all of it is on the disk now, still without a name.
    pub async fn seal(mut self) -> io::Result<Sealed> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        Ok(Sealed {
            digest: self.hash.finalize().into(),
            bytes: self.bytes,
            gone: self.gone.take(),
        })
    }
}

/// A whole file on the disk that has no name yet; dropped, it is gone.
#[derive(Debug)]
pub struct Sealed {
    /// Its SHA-256.
    pub digest: Digest,
    /// How many bytes.
    pub bytes: u64,
    gone: Option<Trash>,
}

impl Sealed {
    /// What it is.
    pub async fn facts(&self) -> io::Result<Facts> {
        match &self.gone {
            Some(Trash(path)) => looked(path.clone()).await,
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Gives it its name, durably. A content that is there already stays as it is.
    pub async fn keep(mut self, files: &Files) -> io::Result<()> {
        let to = files.path(&self.digest);
        let Some(trash) = self.gone.take() else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let bytes = self.bytes;
        blocking(move || {
            if fs::metadata(&to).is_ok_and(|there| there.len() == bytes) {
                return Ok(());
            }
            let folder = to.parent().unwrap_or(&to);
            make(folder)?;
            fs::rename(&trash.0, &to)?;
            std::mem::forget(trash);
            fs::File::open(folder)?.sync_all()
        })
        .await
    }
}

/// Goes when it is dropped.
#[derive(Debug)]
struct Trash(PathBuf);

impl Drop for Trash {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0) {
            tracing::debug!(%error, "a file that was not kept stays until the next start");
        }
    }
}

fn make(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

async fn looked(path: PathBuf) -> io::Result<Facts> {
    blocking(move || look(&mut fs::File::open(path)?)).await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|broken| Err(io::Error::other(broken)))
}

/// Reads the next piece of a file, up to so many bytes; empty at the end.
pub async fn piece(file: &mut tokio::fs::File, most: u64) -> io::Result<Vec<u8>> {
    let most = most.min(PIECE as u64);
    let mut bytes = Vec::with_capacity(usize::try_from(most).unwrap_or(PIECE));
    let _read = file.take(most).read_to_end(&mut bytes).await?;
    Ok(bytes)
}

/// Whether the disk is full.
pub fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            // A limit of the system on the size of files is as good as a full disk.
            | io::ErrorKind::FileTooLarge
    )
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    async fn put(files: &Files, bytes: &[u8]) -> Digest {
        let mut draft = files.begin().await.expect("a file");
        draft.write(bytes).await.expect("it writes");
        let sealed = draft.seal().await.expect("it is whole");
        let digest = sealed.digest;
        sealed.keep(files).await.expect("it is kept");
        digest
    }

    #[tokio::test]
    async fn a_content_lies_there_once_under_its_digest_for_us_alone() {
        let dir = tempfile::tempdir().expect("a folder");
        let files = Files::open(dir.path()).expect("a folder");
        let digest = put(&files, b"hola").await;
        assert_eq!(put(&files, b"hola").await, digest);
        assert_eq!(files.all().await.expect("a list"), [digest]);
        let mode = fs::metadata(files.path(&digest))
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(
            fs::read_dir(dir.path().join("media/incoming"))
                .unwrap()
                .count(),
            0
        );
        files.remove(&digest).await.expect("it goes");
        files.remove(&digest).await.expect("it is gone");
        assert!(files.all().await.expect("a list").is_empty());
    }

    #[tokio::test]
    async fn what_is_not_kept_leaves_nothing_and_neither_does_a_crash() {
        let dir = tempfile::tempdir().expect("a folder");
        let files = Files::open(dir.path()).expect("a folder");
        let mut draft = files.begin().await.expect("a file");
        draft.write(b"half").await.expect("it writes");
        drop(draft);
        let incoming = dir.path().join("media/incoming");
        assert_eq!(fs::read_dir(&incoming).unwrap().count(), 0);
        fs::write(incoming.join("9"), "half").expect("a crash left it");
        let _again = Files::open(dir.path()).expect("a folder");
        assert_eq!(fs::read_dir(&incoming).unwrap().count(), 0);
    }
}
