//! The API over a real socket and a real port, on a store of its own: no Meta, no console.
#![allow(dead_code, reason = "every test file uses a part of it")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "what fails here fails the test"
)]
#![allow(clippy::similar_names, reason = "wa_id and wamid are WhatsApp's words")]

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use common::api::chats::ChatFilter;
use common::api::numbers::{NewNumber, SecretText};
use common::api::orgs::NewOrg;
use common::api::status::ApiStatus;
use common::client::Client;
use common::id::{AppId, NumberId, OrgId, PhoneNumberId, WaId, WabaId, Wamid};
use common::model::chat::Chat;
use common::model::content::{Content, Text};
use common::model::message::{Direction, Origin};
use common::model::number::{Number, Transport};
use common::time::{Clock, ManualClock, Stamp};
use recado_daemon::api::door::{TcpDoor, UnixDoor};
use recado_daemon::api::doorman::Pace;
use recado_daemon::api::entrance::{Account, Entrance};
use recado_daemon::api::serve::serve;
use recado_daemon::api::typing::Typing;
use recado_daemon::api::{ApiState, Info};
use recado_daemon::beacon::Beacon;
use recado_daemon::check::Doctor;
use recado_daemon::connect::Connector;
use recado_daemon::fact::Fact;
use recado_daemon::fact::told::{Person, Received};
use recado_daemon::graph::Graph;
use recado_daemon::hub::Hub;
use recado_daemon::media::files::Files;
use recado_daemon::store::scope::Scope;
use recado_daemon::store::{Commit, Options, Receipt, Store};
use recado_daemon::template::Templates;
use recado_daemon::vault::Vault;
use recado_daemon::vault::keyring::Keyring;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A daemon's API and store.
pub(crate) struct Local {
    pub(crate) dir: TempDir,
    pub(crate) socket: PathBuf,
    pub(crate) tcp: SocketAddr,
    pub(crate) store: Store,
    pub(crate) hub: Hub,
    pub(crate) clock: ManualClock,
    pub(crate) keyring: Keyring,
    stop: watch::Sender<bool>,
    _public_url: watch::Sender<String>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Local {
    pub(crate) async fn start() -> Self {
        Self::with_hub(4096).await
    }

    /// One whose hub keeps so many events for clients that lag.
    pub(crate) async fn with_hub(events: usize) -> Self {
        Self::with(events, Pace::default()).await
    }

    /// One whose tokens may go so fast.
    pub(crate) async fn with(events: usize, pace: Pace) -> Self {
        Self::sharing(events, pace, None).await
    }

    /// One whose shared account is this user.
    pub(crate) async fn sharing(events: usize, pace: Pace, uid: Option<u32>) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let clock = ManualClock::new(Stamp::from_seconds(1_780_000_000));
        let hub = Hub::new(events);
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        let database = dir.path().join("recado.db");
        let store = Store::open(
            &database,
            Arc::clone(&shared),
            hub.clone(),
            Options::default(),
        )
        .expect("a store");
        let (stop, stopped) = watch::channel(false);
        let (public_url, url) = watch::channel("https://wa.example.com".to_owned());
        let keyring = Keyring::new();
        let entrance = Entrance::new(Some(account(dir.path(), uid)), pace);
        let vault = Vault::open(None, dir.path()).expect("a vault");
        let state = ApiState {
            connector: Connector {
                store: store.clone(),
                graph: graph(),
                vault: vault.clone(),
                clock: Arc::clone(&shared),
                public_url: url.clone(),
            },
            doctor: Doctor {
                store: store.clone(),
                vault: vault.clone(),
                graph: graph(),
                clock: Arc::clone(&shared),
                hub: hub.clone(),
                beacon: Beacon::default(),
                public_url: url.clone(),
                data_dir: dir.path().to_owned(),
                extra_ca: None,
                turn: Arc::default(),
            },
            store: store.clone(),
            hub: hub.clone(),
            vault,
            keyring: keyring.clone(),
            clock: shared,
            info: Arc::new(Info {
                started_at: clock.now(),
                webhook_listen: "127.0.0.1:8480".to_owned(),
                api: ApiStatus::default(),
                public_url: url,
            }),
            files: Files::open(dir.path()).expect("a folder for files"),
            typing: Typing::new(graph()),
            templates: Templates::new(
                store.clone(),
                graph(),
                keyring.clone(),
                Arc::new(clock.clone()),
            ),
            entrance: entrance.clone(),
            stop: stopped,
        };
        let socket = dir.path().join("recado.sock");
        let unix = UnixDoor::open(&socket).await.expect("a socket");
        let port = TcpDoor::open("127.0.0.1:0").await.expect("a port");
        let tcp = port.address().expect("its address");
        let serving = tokio::spawn(serve(unix, Some(port), state));
        Self {
            dir,
            socket,
            tcp,
            store,
            hub,
            clock,
            keyring,
            stop,
            _public_url: public_url,
            serving,
        }
    }

    /// Somebody at the socket.
    pub(crate) fn client(&self) -> Client {
        Client::unix(&self.socket)
    }

    /// Somebody at the port.
    pub(crate) fn bearer(&self, token: &str) -> Client {
        Client::tcp(self.tcp.to_string(), SecretText::new(token))
    }

    /// Stops the API; returns when it has.
    pub(crate) async fn stop(self) {
        self.stop.send_replace(true);
        within(self.serving)
            .await
            .expect("no panic")
            .expect("it served");
        self.store.close().await;
    }

    pub(crate) async fn org(&self, slug: &str) -> OrgId {
        let new = NewOrg {
            slug: slug.to_owned(),
            name: None,
        };
        self.client()
            .add_org(&new)
            .await
            .expect("an organisation")
            .id
    }

    /// A number of this organisation, with Meta's id for it.
    pub(crate) async fn number(&self, org: OrgId, label: &str, meta: &str) -> Number {
        let added = self
            .client()
            .add_number(&new_number(org, label, meta))
            .await;
        added.expect("a number").number
    }

    /// A customer writes; the chat it ends in.
    pub(crate) async fn hears(
        &self,
        number: &Number,
        wa_id: &str,
        wamid: &str,
        text: &str,
    ) -> Chat {
        self.commit(
            number.id,
            received(number, wa_id, wamid, text, self.clock.now()),
        )
        .await;
        let filter = ChatFilter {
            number: Some(number.id),
            ..ChatFilter::default()
        };
        let page = self.client().chats(&filter).await.expect("chats");
        let of = |chat: &Chat| {
            chat.customer
                .wa_id
                .as_ref()
                .is_some_and(|w| w.as_str() == wa_id)
        };
        page.items.into_iter().find(of).expect("the chat")
    }

    /// Stores what a verified notification for this number would.
    pub(crate) async fn commit(&self, number: NumberId, fact: Fact) -> Receipt {
        let commit = Commit {
            scope: Scope::meta(vec![number]),
            journal: None,
            facts: vec![fact],
        };
        self.store.commit(commit).await.expect("it is stored")
    }
}

/// The account of whoever runs this test, at home in the test's own folder.
fn account(home: &std::path::Path, uid: Option<u32>) -> Account {
    let me = std::fs::metadata(home).expect("the folder");
    Account {
        name: "desk".to_owned(),
        uid: uid.unwrap_or_else(|| std::os::unix::fs::MetadataExt::uid(&me)),
        home: home.to_owned(),
    }
}

/// A Meta that is not there.
fn graph() -> Graph {
    Graph::new("http://127.0.0.1:9", "v23.0").expect("a client")
}

pub(crate) fn new_number(org: OrgId, label: &str, meta: &str) -> NewNumber {
    NewNumber {
        org_id: org,
        label: label.to_owned(),
        transport: Transport::Cloud,
        phone_number: None,
        phone_number_id: PhoneNumberId::from(meta),
        waba_id: WabaId::from("102290129340398"),
        app_id: AppId::from("4815162342"),
        access_token: SecretText::new("EAAG-very-secret"),
        app_secret: SecretText::new("0123456789abcdef0123456789abcdef"),
        verify_token: None,
    }
}

/// A customer's text.
pub(crate) fn received(number: &Number, wa_id: &str, wamid: &str, text: &str, at: Stamp) -> Fact {
    let mut fingerprint = [0; 16];
    for (slot, byte) in fingerprint.iter_mut().zip(wamid.bytes().rev()) {
        *slot = byte;
    }
    Fact::Received(Box::new(Received {
        number: number.phone_number_id.clone(),
        wamid: Some(Wamid::from(wamid)),
        fingerprint,
        person: Person {
            wa_id: Some(WaId::from(wa_id)),
            ..Person::default()
        },
        direction: Direction::Inbound,
        origin: Origin::Api,
        timestamp: Some(at),
        content: Content::Text(Text {
            body: text.to_owned(),
            preview_url: None,
        }),
        media: None,
        reply_to: None,
        forwarded: false,
        frequently_forwarded: false,
        referral: None,
        group_id: None,
        status: None,
        error: None,
    }))
}

/// Waits, but not for ever.
pub(crate) async fn within<F: Future>(what: F) -> F::Output {
    tokio::time::timeout(Duration::from_secs(20), what)
        .await
        .expect("it happens in time")
}

/// An answer as it stood on the wire.
pub(crate) struct Raw {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Raw {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|why| panic!("{why}: {}", self.body))
    }
}

/// One request as any program could make it.
pub(crate) async fn raw(socket: &PathBuf, method: &str, path: &str, body: &str) -> Raw {
    let stream = UnixStream::connect(socket).await.expect("the socket");
    exchange(stream, method, path, "", body).await
}

/// The same over any connection, with more header lines (each ending in a line end).
pub(crate) async fn exchange<S>(
    mut stream: S,
    method: &str,
    path: &str,
    more: &str,
    body: &str,
) -> Raw
where
    S: AsyncReadExt + AsyncWriteExt + Unpin,
{
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: recado\r\nConnection: close\r\n{more}\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    stream
        .write_all(head.as_bytes())
        .await
        .expect("the head goes");
    // An answer may come before the whole body was taken.
    stream.write_all(body.as_bytes()).await.ok();
    let mut answer = Vec::new();
    within(stream.read_to_end(&mut answer)).await.ok();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer");
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|word| word.parse().ok())
        .expect("a status");
    Raw {
        status,
        head: head.to_ascii_lowercase(),
        body: body.to_owned(),
    }
}
