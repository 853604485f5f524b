//! Reads the configuration again when its file changes or somebody says so; a broken edit changes nothing and is told.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use common::api::event::{Notice, Reloaded, Severity};
use common::time::Clock;
use config::daemon::Settings;
use config::error::ConfigError;
use config::load::{self, Flags};
use config::path::Surroundings;
use notify::{RecursiveMode, Watcher as _};
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};

use crate::fact::Fact;
use crate::graph::Graph;
use crate::hub::Hub;
use crate::log::Log;
use crate::media::Rules;
use crate::stop::stopped;
use crate::store::scope::Scope;
use crate::store::{Commit, Store};

/// Editors write a file in several steps: wait until it has been quiet for so long.
const QUIET: Duration = Duration::from_millis(150);

/// What it works with.
#[derive(Debug)]
pub struct Watcher {
    /// What holds now.
    pub settings: Settings,
    /// The environment that the daemon was started in.
    pub surroundings: Surroundings,
    /// The command line that it was started with.
    pub flags: Flags,
    /// Where the change is told.
    pub store: Store,
    /// Where a broken edit is told.
    pub hub: Hub,
    /// Follows `graph.*`.
    pub graph: Graph,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Follows `log.level`.
    pub log: Option<Log>,
    /// Follows `webhook.public_url`.
    pub public_url: watch::Sender<String>,
    /// Follows `media.*`.
    pub rules: watch::Sender<Rules>,
}

impl Watcher {
    /// Works until the daemon stops. `asked` changes when a signal asks for it.
    pub async fn run(mut self, mut asked: watch::Receiver<u64>, mut stop: watch::Receiver<bool>) {
        let (tell, mut changed) = mpsc::channel(1);
        let watching = watch_file(&self.settings.file, tell);
        match &watching {
            Ok(_watcher) => {}
            Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => {
                tracing::info!("there is no configuration folder; send SIGHUP once there is one");
            }
            Err(error) => {
                tracing::warn!(%error, "changes of the configuration file are not seen; send SIGHUP after an edit");
            }
        }
        loop {
            tokio::select! {
                () = stopped(&mut stop) => return,
                Ok(()) = asked.changed() => {}
                Some(()) = changed.recv() => {
                    sleep(QUIET).await;
                    while timeout(QUIET, changed.recv()).await.is_ok_and(|more| more.is_some()) {}
                }
            }
            self.read_again().await;
        }
    }

    async fn read_again(&mut self) {
        match load::daemon(&self.surroundings, &self.flags) {
            Ok(new) => self.take(new).await,
            Err(errors) => {
                let told = load::told(&errors);
                tracing::error!("the configuration stays as it was: {told}");
                let first = errors.first().map(ConfigError::line).unwrap_or_default();
                let sentence = format!(
                    "The configuration is broken and stays as it was: {first} Mend it and save again."
                );
                self.notice("config_broken", sentence, Severity::Error);
            }
        }
    }

    async fn take(&mut self, new: Settings) {
        let (applied, restart) = self.settings.changed(&new);
        if applied.is_empty() && restart.is_empty() {
            self.notice_mended();
            return;
        }
        self.graph.point_at(&new.graph_base_url, &new.graph_version);
        if let Some(log) = &self.log {
            log.set(new.log_level);
        }
        self.public_url
            .send_replace(new.public_url.clone().unwrap_or_default());
        let _before = self.rules.send_replace(Rules::from(&new));
        self.store.hold_files(new.auto_download_max == 0);
        self.settings = self.settings.with_live(&new);
        tracing::info!(?applied, ?restart, "the configuration was read again");
        if !restart.is_empty() {
            tracing::warn!(
                ?restart,
                "these hold after the next start: systemctl restart recadod"
            );
        }
        let facts = vec![Fact::Reloaded(Box::new(Reloaded {
            applied,
            restart,
            revision: 0,
        }))];
        let commit = Commit {
            scope: Scope::daemon(),
            journal: None,
            facts,
        };
        if let Err(error) = self.store.commit(commit).await {
            tracing::warn!(%error, "the change of the configuration is in force but was not told");
        }
        self.notice_mended();
    }

    /// A configuration that is good again takes the notice of the broken one back.
    fn notice_mended(&self) {
        self.hub.withdraw("config_broken");
    }

    fn notice(&self, code: &str, sentence: String, severity: Severity) {
        let notice = Notice {
            code: code.to_owned(),
            sentence,
            severity,
            org_id: None,
            number_id: None,
            detail: None,
            revision: 0,
        };
        self.hub.notice(self.clock.now(), notice);
    }
}

/// Watches the file's folder: editors replace files, and a file may not be there yet.
fn watch_file(
    file: &Path,
    changes: mpsc::Sender<()>,
) -> Result<notify::RecommendedWatcher, notify::Error> {
    let name = file.file_name().map(ToOwned::to_owned);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let concerns = event.is_ok_and(|event| {
            !event.kind.is_access() && event.paths.iter().any(|p| p.file_name() == name.as_deref())
        });
        if concerns {
            // One waiting is enough.
            let _full_or_gone = changes.try_send(());
        }
    })?;
    let folder = file.parent().unwrap_or(Path::new("/"));
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    Ok(watcher)
}
