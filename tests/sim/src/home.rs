//! A temporary home: the real daemon on a folder that goes away, with the simulated Meta behind it and a shop opened in it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use common::api::numbers::{NewNumber, SecretText};
use common::api::orgs::NewOrg;
use common::client::Client;
use common::id::{NumberId, OrgId};
use common::model::number::{NumberStatus, Transport};
use common::time::Clock;
use config::daemon::Settings;
use config::load::{self, Flags};
use config::path::Surroundings;
use recado_daemon::clock::SystemClock;
use recado_daemon::run::{Daemon, Deps};
use recado_daemon::watch::Rhythm;
use tempfile::TempDir;

use crate::app::{App, Token, Waba};
use crate::number::{Level, Number};
use crate::sim::Sim;

/// The app's id at the simulated Meta.
pub const APP: &str = "670000000000001";
/// Its secret.
pub const SECRET: &str = "0000000000000000000000005eed0001";
/// The account.
pub const WABA: &str = "102290129340398";
/// A token that sees the account.
pub const TOKEN: &str = "EAASIMULATEDTOKENZZZZZZZZZZZZZZZZZZZZZZ";
/// What Meta says at the handshake.
pub const VERIFY_TOKEN: &str = "rc-SIMU-LATE";

/// One number of the shop.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Our name for it.
    pub label: &'static str,
    /// Its digits.
    pub digits: &'static str,
    /// Meta's id of it.
    pub phone_number_id: &'static str,
    /// How fast it may send.
    pub level: Level,
}

/// The daemon at home.
#[derive(Debug)]
pub struct Home {
    folder: TempDir,
    settings: Settings,
    clock: Arc<dyn Clock>,
    rhythm: Rhythm,
    daemon: Option<Daemon>,
}

impl Home {
    /// An empty home whose daemon runs and speaks with `sim`, on the system's clock.
    ///
    /// # Errors
    /// No temporary folder, or the daemon does not start.
    pub async fn open(sim: &Sim) -> anyhow::Result<Self> {
        Self::open_at(sim, Arc::new(SystemClock)).await
    }

    /// The same, on another clock.
    ///
    /// # Errors
    /// As [`Home::open`].
    pub async fn open_at(sim: &Sim, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("recado-").tempdir()?;
        let settings = settings(folder.path(), &sim.base_url())?;
        let mut home = Self {
            folder,
            settings,
            clock,
            rhythm: Rhythm::default(),
            daemon: None,
        };
        home.start().await?;
        Ok(home)
    }

    /// The same with other settings, watching its numbers at this rhythm.
    ///
    /// # Errors
    /// As [`Home::open`].
    pub async fn open_with(
        sim: &Sim,
        clock: Arc<dyn Clock>,
        rhythm: Rhythm,
        change: impl FnOnce(&mut Settings) + Send,
    ) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("recado-").tempdir()?;
        let mut settings = settings(folder.path(), &sim.base_url())?;
        change(&mut settings);
        let mut home = Self {
            folder,
            settings,
            clock,
            rhythm,
            daemon: None,
        };
        home.start().await?;
        Ok(home)
    }

    /// Starts the daemon again after [`Home::stop`].
    ///
    /// # Errors
    /// The daemon does not start.
    pub async fn start(&mut self) -> anyhow::Result<()> {
        let deps = Deps {
            watch: self.rhythm,
            ..Deps::real(Arc::clone(&self.clock))
        };
        self.daemon = Some(Daemon::start(self.settings.clone(), deps).await?);
        Ok(())
    }

    /// Stops the daemon; what it stored stays.
    pub async fn stop(&mut self) {
        if let Some(daemon) = self.daemon.take() {
            daemon.stop().await;
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The settings that the daemon runs with.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The running daemon.
    ///
    /// # Errors
    /// It was stopped.
    pub fn daemon(&self) -> anyhow::Result<&Daemon> {
        self.daemon.as_ref().context("the daemon was stopped")
    }

    /// A client of its local API.
    pub fn client(&self) -> Client {
        Client::unix(&self.settings.socket)
    }

    /// What Meta calls.
    ///
    /// # Errors
    /// The daemon was stopped.
    pub fn webhook_url(&self) -> anyhow::Result<String> {
        let address = self.daemon()?.webhook_addr();
        Ok(format!("http://{address}/webhooks/meta/{APP}"))
    }

    /// Opens a shop with these numbers: at Meta, in the daemon, and the webhook between them with its real handshake.
    ///
    /// # Errors
    /// A step is refused.
    pub async fn open_shop(
        &self,
        sim: &Sim,
        lines: &[Line],
    ) -> anyhow::Result<(OrgId, Vec<NumberId>)> {
        open_shop(sim, &self.client(), &self.webhook_url()?, lines).await
    }
}

/// Opens a shop at Meta and in the daemon behind `client`, which Meta calls at `webhook`.
///
/// # Errors
/// A step is refused.
pub async fn open_shop(
    sim: &Sim,
    client: &Client,
    webhook: &str,
    lines: &[Line],
) -> anyhow::Result<(OrgId, Vec<NumberId>)> {
    sim.add_app(App::new(APP, SECRET));
    sim.add_waba(Waba::new(WABA).subscribed(APP));
    sim.add_token(Token::new(TOKEN, APP).wabas([WABA]));
    let org = NewOrg {
        slug: "demo".to_owned(),
        name: Some("La Panadería".to_owned()),
    };
    let org = client.add_org(&org).await?.id;
    let mut ids = Vec::new();
    for line in lines {
        ids.push(add_line(sim, client, org, line).await?);
    }
    sim.set_webhook(APP, webhook, VERIFY_TOKEN);
    sim.verify_webhook(APP).await?;
    connected(client, &ids).await?;
    Ok((org, ids))
}

/// One more number of the shop, at Meta and in the daemon.
///
/// # Errors
/// The daemon refuses it.
pub async fn add_line(
    sim: &Sim,
    client: &Client,
    org: OrgId,
    line: &Line,
) -> anyhow::Result<NumberId> {
    let number = Number::new(line.phone_number_id, WABA, line.digits);
    sim.add_number(number.verified_name(line.label).level(line.level));
    let new = NewNumber {
        org_id: org,
        label: line.label.to_owned(),
        transport: Transport::Cloud,
        phone_number: None,
        phone_number_id: line.phone_number_id.into(),
        waba_id: WABA.into(),
        app_id: APP.into(),
        access_token: SecretText::new(TOKEN),
        app_secret: SecretText::new(SECRET),
        verify_token: Some(SecretText::new(VERIFY_TOKEN)),
    };
    Ok(client.add_number(&new).await?.number.id)
}

/// Waits until Meta has told about each number.
async fn connected(client: &Client, ids: &[NumberId]) -> anyhow::Result<()> {
    let mut stream = client.events(None).await?;
    let patience = Duration::from_secs(20);
    for id in ids {
        while client.number(*id).await?.status != NumberStatus::Connected {
            let next = tokio::time::timeout(patience, stream.next()).await;
            next.context("Meta did not tell how a number stands")?;
        }
    }
    Ok(())
}

/// Settings of a daemon that lives in `folder` alone and takes any free port.
///
/// # Errors
/// Never for a path that is text.
pub fn settings(folder: &Path, graph: &str) -> anyhow::Result<Settings> {
    let home = folder.display().to_string();
    let surroundings = Surroundings::invented([("HOME", home.as_str())], false);
    let set = [
        ("daemon.data_dir", format!("{home}/data")),
        ("daemon.socket", format!("{home}/recado.sock")),
        ("webhook.listen", "127.0.0.1:0".to_owned()),
        ("graph.base_url", graph.to_owned()),
    ];
    let set = set
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    load::daemon(&surroundings, &Flags { config: None, set })
        .map_err(|errors| anyhow::anyhow!(load::told(&errors)))
}
