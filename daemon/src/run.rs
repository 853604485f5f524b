//! Builds every part of the daemon once, joins them, waits for the end; the only file that knows them all.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use common::api::status::ApiStatus;
use common::time::Clock;
use config::daemon::Settings;
use config::load::Flags;
use config::path::Surroundings;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::alarm::Alarm;
use crate::api::door::{TcpDoor, UnixDoor};
use crate::api::entrance::Entrance;
use crate::api::typing::Typing;
use crate::api::{ApiState, Info, serve};
use crate::beacon::Beacon;
use crate::check::Doctor;
use crate::clock::MetaTime;
use crate::connect::Connector;
use crate::fact::Fact;
use crate::graph::Graph;
use crate::hub::Hub;
use crate::log::Log;
use crate::media::files::Files;
use crate::media::{Room, Rules};
use crate::outbox::{self, Outbox};
use crate::private::make_private;
use crate::rekey;
use crate::reload::Watcher;
use crate::start::StartError;
use crate::stop::stopped;
use crate::store::scope::Scope;
use crate::store::{Commit, Options, Store};
use crate::template::Templates;
use crate::tend::Tender;
use crate::timekeeper::Timekeeper;
use crate::vault::Vault;
use crate::vault::keyring::Keyring;
use crate::watch::{Rhythm, Watch};
use crate::webhook::{self, Limits, WebhookState};

/// How many events are kept at hand for consoles that come back.
pub(crate) const EVENTS_AT_HAND: usize = 4096;
/// How long the parts may take to end; systemd and people wait five seconds.
const GRACE: Duration = Duration::from_millis(4500);

/// What the daemon is given beside its settings; tests and benchmarks give their own.
#[derive(Debug)]
pub struct Deps {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// How the store works.
    pub store: Options,
    /// How much strangers may use of the webhook port.
    pub webhook: Limits,
    /// How fast the outbox may go.
    pub outbox: outbox::Limits,
    /// How restlessly numbers are watched.
    pub watch: Rhythm,
    /// Where the configuration is read again from when its file changes; `None` for a fixed one.
    pub source: Option<(Surroundings, Flags)>,
    /// The log, for its level.
    pub log: Option<Log>,
}

impl Deps {
    /// What the real daemon has.
    pub fn real(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            store: Options::default(),
            webhook: Limits::default(),
            outbox: outbox::Limits::default(),
            watch: Rhythm::default(),
            source: None,
            log: None,
        }
    }
}

/// A running daemon.
#[derive(Debug)]
pub struct Daemon {
    webhook: SocketAddr,
    socket: PathBuf,
    tcp: Option<SocketAddr>,
    store: Store,
    stop: watch::Sender<bool>,
    parts: JoinSet<()>,
    reload: watch::Sender<u64>,
}

/// Everything that can fail, opened before anything runs.
struct Opened {
    unix: UnixDoor,
    tcp: Option<TcpDoor>,
    listener: TcpListener,
    hub: Hub,
    store: Store,
    vault: Vault,
    graph: Graph,
    files: Files,
    time: MetaTime,
}

impl Opened {
    async fn open(settings: &Settings, deps: &Deps) -> Result<Self, StartError> {
        make_private(&settings.data_dir).map_err(StartError::folder(&settings.data_dir))?;
        // Reading the machine's certificates takes as long as all the rest, so it goes beside it.
        let own = settings.clone();
        let time = MetaTime::new(Arc::clone(&deps.clock));
        let telling = time.clone();
        let graph = tokio::task::spawn_blocking(move || {
            Graph::new(&own.graph_base_url, &own.graph_version).map(|graph| graph.telling(telling))
        });
        let unix = UnixDoor::open(&settings.socket).await?;
        let hub = Hub::new(EVENTS_AT_HAND);
        let clock = Arc::clone(&deps.clock);
        let options = Options {
            meta: Some(time.clone()),
            ..deps.store.clone()
        };
        let store = Store::open(&settings.database(), clock, hub.clone(), options)?;
        store.hold_files(settings.auto_download_max == 0);
        let vault = Vault::open(settings.identity.as_deref(), &settings.data_dir)?;
        let media = settings.data_dir.join("media");
        let files = Files::open(&settings.data_dir).map_err(StartError::folder(&media))?;
        let address = settings.webhook_listen;
        let refused = |source| StartError::Webhook { address, source };
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let tcp = match settings.api_listen {
            Some(address) => Some(TcpDoor::open(&address.to_string()).await?),
            None => None,
        };
        // Whatever was claimed before a crash is in doubt from now on.
        store
            .commit(Commit {
                scope: Scope::daemon(),
                journal: None,
                facts: vec![Fact::Started],
            })
            .await?;
        let graph = graph
            .await
            .map_err(|why| StartError::Graph(why.to_string()))?;
        let graph = graph.map_err(|why| StartError::Graph(why.to_string()))?;
        Ok(Self {
            unix,
            tcp,
            listener,
            hub,
            store,
            vault,
            graph,
            files,
            time,
        })
    }
}

impl Daemon {
    /// Starts every part. Returns when all of them take requests.
    #[expect(
        clippy::too_many_lines,
        reason = "one part after the other, in their order"
    )]
    pub async fn start(settings: Settings, deps: Deps) -> Result<Self, StartError> {
        let Opened {
            unix,
            tcp,
            listener,
            hub,
            store,
            vault,
            graph,
            files,
            time,
        } = Opened::open(&settings, &deps).await?;
        let webhook = listener.local_addr().unwrap_or(settings.webhook_listen);
        let tcp_address = tcp.as_ref().and_then(|door| door.address().ok());
        let (stop, stopping) = watch::channel(false);
        let public_url = watch::Sender::new(settings.public_url.clone().unwrap_or_default());
        let keyring = Keyring::new();
        let templates = Templates::new(
            store.clone(),
            graph.clone(),
            keyring.clone(),
            Arc::clone(&deps.clock),
        );
        let beacon = Beacon::default();
        let doctor = Doctor {
            store: store.clone(),
            vault: vault.clone(),
            graph: graph.clone(),
            clock: Arc::clone(&deps.clock),
            hub: hub.clone(),
            beacon: beacon.clone(),
            public_url: public_url.subscribe(),
            data_dir: settings.data_dir.clone(),
            extra_ca: settings.extra_ca.clone(),
            turn: Arc::default(),
        };
        let connector = Connector {
            store: store.clone(),
            graph: graph.clone(),
            vault: vault.clone(),
            clock: Arc::clone(&deps.clock),
            public_url: public_url.subscribe(),
        };
        let watch = Watch {
            doctor: doctor.clone(),
            keyring: keyring.clone(),
            rhythm: deps.watch,
            hook: settings.watch_hook.clone(),
        };
        let api = ApiState {
            connector,
            doctor,
            store: store.clone(),
            hub: hub.clone(),
            vault,
            keyring: keyring.clone(),
            clock: Arc::clone(&deps.clock),
            info: Arc::new(Info {
                started_at: deps.clock.now(),
                webhook_listen: webhook.to_string(),
                api: ApiStatus {
                    socket: Some(settings.socket.display().to_string()),
                    listen: tcp_address.map(|address| address.to_string()),
                },
                public_url: public_url.subscribe(),
            }),
            files: files.clone(),
            typing: Typing::new(graph.clone()),
            templates: templates.clone(),
            entrance: Entrance::open(settings.ssh_account.as_deref(), unix.own_uid()),
            stop: stopping.clone(),
        };
        rekey::settle(&api.store, &api.vault).await?;
        api.reload_keys().await?;
        let mut parts = JoinSet::new();
        let state = WebhookState {
            store: store.clone(),
            keyring: keyring.clone(),
            limits: deps.webhook,
            beacon,
            clock: Arc::clone(&deps.clock),
        };
        parts.spawn(hear(listener, state, stopping.clone()));
        parts.spawn(answer(unix, tcp, api));
        let outbox = Outbox {
            store: store.clone(),
            graph: graph.clone(),
            keyring: keyring.clone(),
            files: files.clone(),
            hub: hub.clone(),
            clock: Arc::clone(&deps.clock),
            limits: deps.outbox,
        };
        parts.spawn(outbox.run(stopping.clone()));
        let alarm = Alarm {
            store: store.clone(),
            clock: Arc::clone(&deps.clock),
        };
        parts.spawn(alarm.run(stopping.clone()));
        parts.spawn(templates.run(stopping.clone()));
        let rules = watch::Sender::new(Rules::from(&settings));
        let room = Room {
            store: store.clone(),
            graph: graph.clone(),
            keyring: keyring.clone(),
            hub: hub.clone(),
            clock: Arc::clone(&deps.clock),
            files,
            rules: rules.subscribe(),
        };
        parts.spawn(room.run(stopping.clone()));
        let tender = Tender {
            store: store.clone(),
            graph: graph.clone(),
            keyring,
            clock: Arc::clone(&deps.clock),
        };
        parts.spawn(tender.run(stopping.clone()));
        parts.spawn(watch.run(stopping.clone()));
        let clock = Arc::clone(&deps.clock);
        let timekeeper = Timekeeper::new(time.skews(), hub.clone(), clock);
        parts.spawn(timekeeper.run(stopping.clone()));
        let reload = watch::Sender::new(0);
        let socket = settings.socket.clone();
        if let Some((surroundings, flags)) = deps.source {
            let watcher = Watcher {
                settings,
                surroundings,
                flags,
                store: store.clone(),
                hub,
                graph,
                clock: deps.clock,
                log: deps.log,
                public_url,
                rules,
            };
            parts.spawn(watcher.run(reload.subscribe(), stopping));
        }
        Ok(Self {
            webhook,
            socket,
            tcp: tcp_address,
            store,
            stop,
            parts,
            reload,
        })
    }

    /// Returns when a part has ended though nobody stopped it: the daemon is no longer whole.
    pub async fn broken(&mut self) {
        match self.parts.join_next().await {
            Some(Err(error)) => tracing::error!(%error, "a part of the daemon broke"),
            Some(Ok(())) => tracing::error!("a part of the daemon ended by itself"),
            None => {}
        }
    }

    /// Where the webhook port listens, with the real port.
    pub const fn webhook_addr(&self) -> SocketAddr {
        self.webhook
    }

    /// Where the local API's socket is.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// Where the API listens over TCP, with the real port, if it does.
    pub const fn tcp_addr(&self) -> Option<SocketAddr> {
        self.tcp
    }

    /// Reads the configuration again, as after SIGHUP.
    pub fn reload(&self) {
        self.reload.send_modify(|times| *times += 1);
    }

    /// Ends every part: nothing new comes in, what is under way ends, everything accepted is on the disk.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        let parts = async { while self.parts.join_next().await.is_some() {} };
        if timeout(GRACE, parts).await.is_err() {
            tracing::warn!(
                "some parts did not end in time; what they did is on the disk or will be found in doubt"
            );
            self.parts.abort_all();
        }
        self.store.close().await;
    }
}

async fn hear(listener: TcpListener, state: WebhookState, mut stop: watch::Receiver<bool>) {
    webhook::serve(listener, state, async move { stopped(&mut stop).await }).await;
}

async fn answer(unix: UnixDoor, tcp: Option<TcpDoor>, api: ApiState) {
    if let Err(error) = serve::serve(unix, tcp, api).await {
        tracing::error!(%error, "the local API ended");
    }
}
