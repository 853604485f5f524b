//! A socket before the daemon's socket, that can hold a file back on its way: what is slow in life is as slow as a test wants it.

use std::path::{Path, PathBuf};

use anyhow::Context;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// With this a file begins.
const FILE: &[u8] = b"POST /api/v1/media ";
/// At most so much is carried at once.
const PIECE: usize = 16 * 1024;

/// What of a file may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lets {
    /// Everything.
    All,
    /// So many bytes of each file.
    Only(usize),
}

/// The socket; it is gone with this value.
#[derive(Debug)]
pub struct Bridge {
    path: PathBuf,
    lets: watch::Sender<Lets>,
    files: watch::Receiver<usize>,
    work: JoinHandle<()>,
}

impl Bridge {
    /// Listens at `path` and carries everything to the daemon at `daemon`.
    ///
    /// # Errors
    /// The path is taken.
    pub fn open(path: &Path, daemon: &Path) -> anyhow::Result<Self> {
        let listener = UnixListener::bind(path).context("a socket")?;
        let (lets, _) = watch::channel(Lets::All);
        let (seen, files) = watch::channel(0);
        let (daemon, gate) = (daemon.to_owned(), lets.subscribe());
        let work = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let (daemon, gate, seen) = (daemon.clone(), gate.clone(), seen.clone());
                tokio::spawn(async move {
                    if let Ok(far) = UnixStream::connect(daemon).await {
                        // Whoever ends it ends it.
                        let _over = carry(near, far, gate, seen).await;
                    }
                });
            }
        });
        Ok(Self {
            path: path.to_owned(),
            lets,
            files,
            work,
        })
    }

    /// Where it listens.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// From now on so much of each file goes; what waits goes on at once if it may.
    pub fn lets(&self, lets: Lets) {
        self.lets.send_replace(lets);
    }

    /// Waits until so many files have set out.
    ///
    /// # Errors
    /// The bridge is gone.
    pub async fn saw(&self, files: usize) -> anyhow::Result<()> {
        let mut seen = self.files.clone();
        let _seen = seen.wait_for(|seen| *seen >= files).await?;
        Ok(())
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.work.abort();
        let _gone = std::fs::remove_file(&self.path);
    }
}

async fn carry(
    near: UnixStream,
    far: UnixStream,
    gate: watch::Receiver<Lets>,
    seen: watch::Sender<usize>,
) -> std::io::Result<()> {
    let (mut from_console, mut to_console) = near.into_split();
    let (mut from_daemon, mut to_daemon) = far.into_split();
    let back = async {
        tokio::io::copy(&mut from_daemon, &mut to_console).await?;
        to_console.shutdown().await
    };
    let there = there(&mut from_console, &mut to_daemon, gate, seen);
    tokio::try_join!(there, back).map(drop)
}

async fn there(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    mut gate: watch::Receiver<Lets>,
    seen: watch::Sender<usize>,
) -> std::io::Result<()> {
    let mut buffer = vec![0; PIECE];
    let mut gone = None;
    loop {
        let count = from.read(&mut buffer).await?;
        let piece = buffer.get(..count).unwrap_or_default();
        if piece.is_empty() {
            return to.shutdown().await;
        }
        if piece.windows(FILE.len()).any(|at| at == FILE) {
            gone = Some(0_usize);
            seen.send_modify(|files| *files += 1);
        }
        if let Some(gone) = &mut gone {
            let may = |lets: &Lets| match lets {
                Lets::All => true,
                Lets::Only(bytes) => *gone < *bytes,
            };
            let _opened = gate.wait_for(may).await;
            *gone += count;
        }
        to.write_all(piece).await?;
    }
}
