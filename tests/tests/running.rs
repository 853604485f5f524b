//! The daemon as a whole: one to a folder and one to a socket, reconfigured while it runs, stopped in time.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "what fails here fails the test"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::api::event::Change;
use common::client::Client;
use config::daemon::Settings;
use config::load::{self, Flags};
use config::path::Surroundings;
use recado_daemon::clock::SystemClock;
use recado_daemon::run::{Daemon, Deps};
use recado_daemon::start::StartError;
use tempfile::TempDir;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(20);

struct Home {
    dir: TempDir,
}

impl Home {
    fn new() -> Self {
        Self {
            dir: tempfile::tempdir().expect("a folder"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, text: &str) {
        fs::write(self.path("recado.toml"), text).expect("the configuration is written");
    }

    /// The daemon of this folder, with the last part of its paths as given.
    async fn start(&self, data: &str, socket: &str) -> Result<Daemon, StartError> {
        let (data, socket) = (self.path(data), self.path(socket));
        let file = self.path("recado.toml");
        let text = |path: &Path| path.to_str().expect("a plain path").to_owned();
        let vars = [
            ("RECADO_CONFIG", text(&file)),
            ("RECADO__DAEMON__DATA_DIR", text(&data)),
            ("RECADO__DAEMON__SOCKET", text(&socket)),
            ("RECADO__WEBHOOK__LISTEN", "127.0.0.1:0".to_owned()),
            ("RECADO__GRAPH__BASE_URL", "http://127.0.0.1:9".to_owned()),
        ];
        let vars = vars.iter().map(|(name, value)| (*name, value.as_str()));
        let around = Surroundings::invented(vars, false);
        let settings: Settings = load::daemon(&around, &Flags::default()).expect("good settings");
        let deps = Deps {
            source: Some((around, Flags::default())),
            ..Deps::real(Arc::new(SystemClock))
        };
        Daemon::start(settings, deps).await
    }
}

#[tokio::test]
async fn a_second_daemon_on_the_same_folder_or_socket_is_refused_with_a_sentence() {
    let home = Home::new();
    home.write("");
    let first = home
        .start("data", "one.sock")
        .await
        .expect("the first starts");
    let same_data = home
        .start("data", "two.sock")
        .await
        .expect_err("the folder is taken");
    assert!(
        same_data.to_string().contains("another recadod works in"),
        "{same_data}"
    );
    let same_socket = home
        .start("other", "one.sock")
        .await
        .expect_err("the socket is taken");
    assert!(
        same_socket.to_string().contains("another recadod answers"),
        "{same_socket}"
    );
    let answer = Client::unix(first.socket()).status().await;
    assert!(answer.is_ok(), "the first one is unharmed");
    let begin = Instant::now();
    first.stop().await;
    assert!(
        begin.elapsed() < Duration::from_secs(5),
        "{:?}",
        begin.elapsed()
    );
    let again = home
        .start("data", "one.sock")
        .await
        .expect("the folder is free again");
    again.stop().await;
}

#[tokio::test]
async fn the_data_folder_and_the_key_are_the_daemons_alone() {
    let home = Home::new();
    home.write("");
    fs::create_dir(home.path("data")).expect("a folder");
    fs::set_permissions(home.path("data"), fs::Permissions::from_mode(0o755)).expect("its mode");
    let daemon = home.start("data", "one.sock").await.expect("it starts");
    let mode = |path: &str| {
        fs::metadata(home.path(path))
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(mode("data"), 0o700);
    assert_eq!(mode("data/identity.age-key"), 0o600);
    assert_eq!(mode("one.sock"), 0o660);
    daemon.stop().await;
    assert!(!home.path("one.sock").exists());
}

#[tokio::test]
async fn a_broken_edit_changes_nothing_and_is_told_until_it_is_mended() {
    let home = Home::new();
    home.write("[log]\nlevel = \"info\"\n");
    let daemon = home.start("data", "one.sock").await.expect("it starts");
    let client = Client::unix(daemon.socket());
    let mut events = client.events(None).await.expect("events");
    home.write("[log]\nlevel = \"info\"\n\n[webhok]\nlisten = 1\n");
    let notice = loop {
        let event = timeout(PATIENCE, events.next())
            .await
            .expect("in time")
            .expect("runs");
        if let Change::Notice(notice) = event.expect("an event").change {
            break notice;
        }
    };
    assert_eq!(notice.code, "config_broken");
    assert!(
        notice.sentence.contains("recado.toml:4:2: webhok"),
        "{}",
        notice.sentence
    );
    let told = |notices: &[common::api::event::Notice]| {
        notices.iter().any(|notice| notice.code == "config_broken")
    };
    assert!(told(&client.status().await.expect("status").notices));
    home.write("[log]\nlevel = \"debug\"\n\n[media]\nkeep = \"90 days\"\n\n[log]\n");
    home.write("[log]\nlevel = \"debug\"\nformat = \"json\"\n");
    let reloaded = loop {
        let event = timeout(PATIENCE, events.next())
            .await
            .expect("in time")
            .expect("runs");
        if let Change::ConfigReloaded(reloaded) = event.expect("an event").change {
            break reloaded;
        }
    };
    assert_eq!(reloaded.applied, ["log.level"]);
    assert_eq!(reloaded.restart, ["log.format"]);
    assert!(!told(&client.status().await.expect("status").notices));
    daemon.stop().await;
}
