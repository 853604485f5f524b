//! Finds the daemon: its socket on this machine, or through ssh on another.

use std::env;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use common::api::numbers::SecretText;
use common::client::Client;
use tokio::net::UnixStream;
use tokio::time::{Instant, sleep};

/// Where a daemon that is a system service listens.
pub(crate) const SYSTEM_SOCKET: &str = "/run/recado/recado.sock";
/// How long ssh may take, the asking for passphrases included.
const SSH_PATIENCE: Duration = Duration::from_mins(1);

/// Why the daemon cannot be found.
#[derive(Debug, thiserror::Error)]
pub enum ReachError {
    /// The address is not of the form `ssh://user@host`.
    #[error("--host takes ssh://USER@HOST or ssh://USER@HOST:PORT, not {0:?}")]
    Address(String),
    /// There is no ssh on this machine.
    #[error("--host needs the program ssh: {0}")]
    NoSsh(#[source] std::io::Error),
    /// ssh gave up.
    #[error("ssh could not reach the daemon there: {0}")]
    Refused(String),
    /// A folder for the local end could not be made.
    #[error("no folder for the local end of the connection: {0}")]
    Folder(#[source] std::io::Error),
}

/// A way to the daemon; a tunnel lives as long as this does.
#[derive(Debug)]
pub struct Reach {
    /// The client that speaks through it.
    pub client: Client,
    _tunnel: Option<Tunnel>,
}

/// The socket to use: the one named, else the user's own, else the system's.
pub fn socket(named: Option<&Path>) -> PathBuf {
    if let Some(named) = named {
        return named.to_owned();
    }
    let own = env::var_os("XDG_RUNTIME_DIR").map(|dir| Path::new(&dir).join("recado.sock"));
    match own {
        Some(own) if own.exists() || !Path::new(SYSTEM_SOCKET).exists() => own,
        _ => PathBuf::from(SYSTEM_SOCKET),
    }
}

/// A way to the daemon on this machine, or behind `host`; as whoever an SSH key's secret says.
///
/// # Errors
/// The address is none, or ssh does not get there.
pub async fn reach(
    named: Option<&Path>,
    host: Option<&str>,
    secret: Option<SecretText>,
) -> Result<Reach, ReachError> {
    let Some(host) = host else {
        let client = match secret {
            Some(secret) => Client::unix_as(socket(named), secret),
            None => Client::unix(socket(named)),
        };
        return Ok(Reach {
            client,
            _tunnel: None,
        });
    };
    let remote = named.unwrap_or(Path::new(SYSTEM_SOCKET));
    let tunnel = Tunnel::open(host, remote).await?;
    Ok(Reach {
        client: Client::unix(tunnel.local()),
        _tunnel: Some(tunnel),
    })
}

/// The system's ssh, forwarding a local socket to the remote one.
#[derive(Debug)]
struct Tunnel {
    folder: PathBuf,
    ssh: Child,
}

impl Tunnel {
    async fn open(host: &str, remote: &Path) -> Result<Self, ReachError> {
        let address = parse(host).ok_or_else(|| ReachError::Address(host.to_owned()))?;
        let folder = private_folder().map_err(ReachError::Folder)?;
        let local = folder.join("daemon.sock");
        let mut command = Command::new("ssh");
        command
            .args([
                "-N",
                "-T",
                "-o",
                "ExitOnForwardFailure=yes",
                "-o",
                "ServerAliveInterval=15",
            ])
            .arg("-L")
            .arg(format!("{}:{}", local.display(), remote.display()))
            .args(address.port.map(|port| format!("-p{port}")))
            .arg("--")
            .arg(&address.target)
            // What is piped into recado is for recado: ssh asks at the terminal itself.
            .stdin(if std::io::stdin().is_terminal() {
                Stdio::inherit()
            } else {
                Stdio::null()
            })
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut ssh = command.spawn().map_err(ReachError::NoSsh)?;
        let deadline = Instant::now() + SSH_PATIENCE;
        loop {
            if UnixStream::connect(&local).await.is_ok() {
                return Ok(Self { folder, ssh });
            }
            let ended = ssh.try_wait().ok().flatten().is_some();
            if ended || Instant::now() > deadline {
                let _stopped = ssh.kill();
                let mut said = String::new();
                if let Some(mut stderr) = ssh.stderr.take() {
                    let _read = stderr.read_to_string(&mut said);
                }
                let said = common::text::clean::clean_line(&said, 200).into_owned();
                return Err(ReachError::Refused(said));
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    fn local(&self) -> PathBuf {
        self.folder.join("daemon.sock")
    }
}

impl Drop for Tunnel {
    fn drop(&mut self) {
        let _stopped = self.ssh.kill().and_then(|()| self.ssh.wait());
        let _gone = std::fs::remove_dir_all(&self.folder);
    }
}

struct SshAddress {
    target: String,
    port: Option<u16>,
}

/// `ssh://user@host[:port]`; nothing that ssh could take for an option.
fn parse(host: &str) -> Option<SshAddress> {
    let rest = host.strip_prefix("ssh://")?.trim_end_matches('/');
    let (target, port) = match rest.rsplit_once(':') {
        Some((target, port)) if !port.ends_with(']') => (target, Some(port.parse().ok()?)),
        _ => (rest, None),
    };
    let plain = !target.is_empty()
        && !target.starts_with('-')
        && target
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-_@:[]".contains(c));
    plain.then(|| SshAddress {
        target: target.to_owned(),
        port,
    })
}

fn private_folder() -> std::io::Result<PathBuf> {
    use std::os::unix::fs::DirBuilderExt;
    let base = env::var_os("XDG_RUNTIME_DIR").map_or_else(env::temp_dir, PathBuf::from);
    let folder = base.join(format!("recado-{}", uuid::Uuid::now_v7().simple()));
    std::fs::DirBuilder::new().mode(0o700).create(&folder)?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ssh_address_has_a_user_a_host_and_perhaps_a_port() {
        let plain = parse("ssh://ana@vps.example").unwrap();
        assert_eq!(
            (plain.target.as_str(), plain.port),
            ("ana@vps.example", None)
        );
        let port = parse("ssh://ana@vps.example:2222/").unwrap();
        assert_eq!(
            (port.target.as_str(), port.port),
            ("ana@vps.example", Some(2222))
        );
    }

    #[test]
    fn what_ssh_could_take_for_an_option_is_refused() {
        for bad in [
            "ana@vps",
            "ssh://",
            "ssh://-oProxyCommand=x",
            "ssh://a b",
            "ssh://a:x",
        ] {
            assert!(parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_named_socket_is_the_one() {
        assert_eq!(
            socket(Some(Path::new("/tmp/x.sock"))),
            PathBuf::from("/tmp/x.sock")
        );
    }
}
