//! The doors of the API: the Unix socket, made and removed with care, and the TCP port.

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::api::peer::{Caller, user_name};

/// The group whose members may open the socket.
const GROUP: &str = "recado";
/// More connections than this at once wait at the door.
const CONNECTIONS: usize = 1024;

/// Why a door does not open.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// Another daemon answers there.
    #[error("another recadod answers at {}: stop it first, or set daemon.socket to another path", .0.display())]
    Taken(PathBuf),
    /// Something that is no socket lies there.
    #[error("{} is there and is no socket: remove it, or set daemon.socket to another path", .0.display())]
    NoSocket(PathBuf),
    /// Anybody may put another socket in its place.
    #[error("everybody can write to the folder {} of the socket (mode {mode:04o}); run: chmod o-w {}", path.display(), path.display())]
    OpenFolder {
        /// Which folder.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file system does not keep others away from it.
    #[error("the socket {} can be reached by everybody (mode {mode:04o}), and its file system does not let recado change that; set daemon.socket to a path in /run", path.display())]
    Exposed {
        /// Where.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The system says no.
    #[error("the socket {} cannot be made: {source}; check the folder's owner, or set daemon.socket to another path", path.display())]
    Socket {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The port cannot be listened at.
    #[error("the address {address} of api.listen cannot be used: {source}")]
    Tcp {
        /// Which.
        address: String,
        /// Why.
        source: io::Error,
    },
}

/// The Unix socket. Its file goes when it is dropped, if it is still this one's.
#[derive(Debug)]
pub struct UnixDoor {
    listener: UnixListener,
    path: PathBuf,
    inode: (u64, u64),
    own_uid: u32,
    names: Vec<(u32, String)>,
    room: Arc<Semaphore>,
}

impl UnixDoor {
    /// Makes the socket: a live one is never overtaken, a dead one's file is removed.
    pub async fn open(path: &Path) -> Result<Self, DoorError> {
        let failed = |source| DoorError::Socket {
            path: path.to_owned(),
            source,
        };
        if let Some(parent) = path
            .parent()
            .filter(|p| !p.as_os_str().is_empty() && !p.exists())
        {
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o755)
                .create(parent)
                .map_err(failed)?;
        }
        private_folder(path)?;
        match fs::symlink_metadata(path) {
            Err(why) if why.kind() == io::ErrorKind::NotFound => {}
            Err(why) => return Err(failed(why)),
            Ok(there) if !there.file_type().is_socket() => {
                return Err(DoorError::NoSocket(path.to_owned()));
            }
            Ok(_) => match UnixStream::connect(path).await {
                Err(why) if why.kind() == io::ErrorKind::ConnectionRefused => {
                    tracing::info!(path = %path.display(), "removing the socket of a daemon that is gone");
                    fs::remove_file(path).map_err(failed)?;
                }
                Err(why) if why.kind() == io::ErrorKind::NotFound => {}
                Err(why) if why.kind() == io::ErrorKind::PermissionDenied => {
                    return Err(failed(why));
                }
                _ => return Err(DoorError::Taken(path.to_owned())),
            },
        }
        // Until the mode is set nobody but its owner can write to the file, so nobody comes in early.
        let listener = UnixListener::bind(path).map_err(failed)?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o660)).map_err(failed)?;
        hand_to_group(path);
        let made = fs::symlink_metadata(path).map_err(failed)?;
        let bits = made.permissions().mode() & 0o7777;
        if bits & 0o007 != 0 {
            fs::remove_file(path).ok();
            return Err(DoorError::Exposed {
                path: path.to_owned(),
                mode: bits,
            });
        }
        // A socket pair has the daemon itself at both ends: the kernel says who that is.
        let own_uid = UnixStream::pair()
            .and_then(|(end, _other)| end.peer_cred())
            .map_err(failed)?
            .uid();
        Ok(Self {
            listener,
            path: path.to_owned(),
            inode: (made.dev(), made.ino()),
            own_uid,
            names: Vec::new(),
            room: Arc::new(Semaphore::new(CONNECTIONS)),
        })
    }

    /// Who the daemon itself is.
    pub const fn own_uid(&self) -> u32 {
        self.own_uid
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn name(&mut self, uid: u32) -> String {
        if let Some((_, name)) = self.names.iter().find(|(known, _)| *known == uid) {
            return name.clone();
        }
        let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let name = user_name(&passwd, uid);
        if self.names.len() < 64 {
            self.names.push((uid, name.clone()));
        }
        name
    }
}

impl Drop for UnixDoor {
    fn drop(&mut self) {
        let still_ours =
            fs::symlink_metadata(&self.path).is_ok_and(|m| (m.dev(), m.ino()) == self.inode);
        if still_ours && let Err(error) = fs::remove_file(&self.path) {
            tracing::warn!(%error, path = %self.path.display(), "the socket's file stays behind");
        }
    }
}

impl Listener for UnixDoor {
    type Io = Guest<UnixStream>;
    type Addr = Caller;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let place = place(&self.room).await;
            let (stream, _) = match self.listener.accept().await {
                Ok(come) => come,
                Err(error) => {
                    rest(&error).await;
                    continue;
                }
            };
            let Ok(cred) = stream.peer_cred() else {
                continue;
            };
            let uid = cred.uid();
            let trusted = uid == 0 || uid == self.own_uid;
            let caller = Caller::Unix {
                uid,
                name: self.name(uid),
                trusted,
            };
            return (
                Guest {
                    stream,
                    _place: place,
                },
                caller,
            );
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(Caller::Unix {
            uid: self.own_uid,
            name: String::new(),
            trusted: true,
        })
    }
}

/// The TCP port.
#[derive(Debug)]
pub struct TcpDoor {
    listener: TcpListener,
    room: Arc<Semaphore>,
}

impl TcpDoor {
    /// Listens at an address such as `127.0.0.1:8481`.
    pub async fn open(address: &str) -> Result<Self, DoorError> {
        let failed = |source| DoorError::Tcp {
            address: address.to_owned(),
            source,
        };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        Ok(Self {
            listener,
            room: Arc::new(Semaphore::new(CONNECTIONS)),
        })
    }

    /// Where it listens, with the real port.
    pub fn address(&self) -> io::Result<std::net::SocketAddr> {
        self.listener.local_addr()
    }
}

impl Listener for TcpDoor {
    type Io = Guest<TcpStream>;
    type Addr = Caller;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let place = place(&self.room).await;
            match self.listener.accept().await {
                Ok((stream, from)) => {
                    // Events are small and must not wait for each other.
                    stream.set_nodelay(true).ok();
                    return (
                        Guest {
                            stream,
                            _place: place,
                        },
                        Caller::Tcp { address: from.ip() },
                    );
                }
                Err(error) => rest(&error).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        let address = self.listener.local_addr()?.ip();
        Ok(Caller::Tcp { address })
    }
}

async fn place(room: &Arc<Semaphore>) -> Option<OwnedSemaphorePermit> {
    // The semaphore is never closed.
    Arc::clone(room).acquire_owned().await.ok()
}

/// A failed accept is the client's affair, or the sign of too many open files: then wait a little.
async fn rest(error: &io::Error) {
    let clients = matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    );
    if !clients {
        tracing::error!(%error, "the local API cannot take a connection");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// A connection, with its place among those that may be open.
#[derive(Debug)]
pub struct Guest<S> {
    stream: S,
    _place: Option<OwnedSemaphorePermit>,
}

mod through {
    //! A guest reads and writes as its stream does.

    use std::io::{IoSlice, Result};
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

    use super::Guest;

    impl<S: AsyncRead + Unpin> AsyncRead for Guest<S> {
        fn poll_read(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            buf: &mut ReadBuf<'_>,
        ) -> Poll<Result<()>> {
            Pin::new(&mut self.stream).poll_read(cx, buf)
        }
    }

    impl<S: AsyncWrite + Unpin> AsyncWrite for Guest<S> {
        fn poll_write(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            buf: &[u8],
        ) -> Poll<Result<usize>> {
            Pin::new(&mut self.stream).poll_write(cx, buf)
        }

        fn poll_write_vectored(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            bufs: &[IoSlice<'_>],
        ) -> Poll<Result<usize>> {
            Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
        }

        fn is_write_vectored(&self) -> bool {
            self.stream.is_write_vectored()
        }

        fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
            Pin::new(&mut self.stream).poll_flush(cx)
        }

        fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
            Pin::new(&mut self.stream).poll_shutdown(cx)
        }
    }
}

/// In a folder where anybody may write, anybody could put another socket in the place of ours and be told what is meant for us.
fn private_folder(path: &Path) -> Result<(), DoorError> {
    let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) else {
        return Ok(());
    };
    let mode = fs::metadata(folder).map_or(0, |there| there.permissions().mode() & 0o7777);
    // In a folder with the sticky bit nobody can replace what is another's.
    if mode & 0o002 != 0 && mode & 0o1000 == 0 {
        return Err(DoorError::OpenFolder {
            path: folder.to_owned(),
            mode,
        });
    }
    Ok(())
}

/// Gives the socket to the group `recado` where there is one and we may.
fn hand_to_group(path: &Path) {
    let groups = fs::read_to_string("/etc/group").unwrap_or_default();
    if let Some(gid) = group_id(&groups, GROUP)
        && let Err(error) = std::os::unix::fs::chown(path, None, Some(gid))
    {
        tracing::debug!(%error, "the socket stays with the daemon's own group");
    }
}

/// The id of a group in the text of `/etc/group`.
fn group_id(groups: &str, name: &str) -> Option<u32> {
    groups.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next()? == name).then_some(())?;
        fields.nth(1)?.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_is_found_by_name() {
        let groups = "root:x:0:\nrecado:x:997:ana\n";
        assert_eq!(group_id(groups, "recado"), Some(997));
        assert_eq!(group_id(groups, "wheel"), None);
        assert_eq!(group_id("recado\nrecado:x:no:", "recado"), None);
    }

    #[tokio::test]
    async fn a_live_socket_is_never_overtaken_and_a_dead_one_is_removed() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("deep/recado.sock");
        let door = UnixDoor::open(&path).await.expect("a new socket");
        let mode = fs::metadata(&path)
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o660);
        let second = UnixDoor::open(&path).await.expect_err("it is taken");
        assert!(matches!(second, DoorError::Taken(_)), "{second}");
        drop(door);
        assert!(!path.exists(), "its file went with it");

        drop(std::os::unix::net::UnixListener::bind(&path).expect("a socket"));
        assert!(path.exists(), "a dead socket leaves its file");
        let door = UnixDoor::open(&path)
            .await
            .expect("the dead one is replaced");
        drop(door);

        fs::write(&path, "precious").expect("a file");
        let error = UnixDoor::open(&path).await.expect_err("not a socket");
        assert!(matches!(error, DoorError::NoSocket(_)), "{error}");
        assert!(path.exists(), "nothing of others is removed");
    }

    #[tokio::test]
    async fn the_file_of_a_successor_is_left_alone() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("recado.sock");
        let door = UnixDoor::open(&path).await.expect("a socket");
        fs::remove_file(&path).expect("somebody removes it");
        let _next = UnixDoor::open(&path).await.expect("another daemon");
        drop(door);
        assert!(path.exists(), "the successor's file stays");
    }
}
