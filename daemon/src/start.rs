//! Why the daemon does not start.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use crate::api::door::DoorError;
use crate::rekey::RekeyError;
use crate::store::error::StoreError;
use crate::vault::VaultError;

/// Why the daemon does not start. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data directory cannot be made.
    #[error("the data directory {} cannot be made: {source}; create it, or set daemon.data_dir", path.display())]
    DataDir {
        /// Where.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The webhook port cannot be listened at.
    #[error(
        "the address {address} of webhook.listen cannot be used: {source}; is another recadod running, or another program there?"
    )]
    Webhook {
        /// Which.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// A door of the API does not open.
    #[error(transparent)]
    Door(#[from] DoorError),
    /// The database does not open.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key does not open.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A change of the key that was begun cannot be ended.
    #[error("a change of the key was begun and cannot be ended: {0}")]
    Rekey(#[from] RekeyError),
    /// The client for Meta cannot be built.
    #[error("the HTTP client cannot be built: {0}")]
    Graph(String),
}

impl StartError {
    /// The data directory cannot be made.
    pub(crate) fn folder(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        |source| Self::DataDir { path, source }
    }
}
