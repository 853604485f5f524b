//! Files: fetched from Meta by a worker of its own, kept on the disk once a content, and let go in time.

pub mod errand;
pub mod fetch;
pub mod files;
pub mod policy;
pub mod progress;
pub mod tidy;

use std::sync::Arc;

use common::time::Clock;
use config::daemon::{Keep, Settings};
use tokio::sync::watch;

use crate::graph::Graph;
use crate::hub::Hub;
use crate::media::files::Files;
use crate::store::Store;
use crate::vault::keyring::Keyring;

/// What the configuration says of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Larger ones wait until somebody asks for them.
    pub auto_max: u64,
    /// How long, or how many, are kept.
    pub keep: Keep,
}

impl From<&Settings> for Rules {
    fn from(settings: &Settings) -> Self {
        Self {
            auto_max: settings.auto_download_max,
            keep: settings.keep,
        }
    }
}

/// What the worker works with.
#[derive(Debug, Clone)]
pub struct Room {
    /// Which files are wanted, and where what became of them is written.
    pub store: Store,
    /// The way to Meta.
    pub graph: Graph,
    /// What numbers ask with.
    pub keyring: Keyring,
    /// Where progress is told.
    pub hub: Hub,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The disk.
    pub files: Files,
    /// What the configuration says; follows it.
    pub rules: watch::Receiver<Rules>,
}

impl Room {
    /// Fetches and tidies until the daemon stops. What was under way then is fetched anew.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        let room = Arc::new(self);
        let ((), ()) = tokio::join!(
            fetch::run(Arc::clone(&room), stop.clone()),
            tidy::run(room, stop)
        );
    }
}
