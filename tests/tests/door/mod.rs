//! A whole daemon in this process, and Meta at its webhook port, byte by byte.
#![allow(dead_code, reason = "every test file uses a part of it")]
#![expect(
    clippy::expect_used,
    reason = "a test stops where its world does not stand"
)]

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use common::api::numbers::{NewNumber, SecretText};
use common::api::orgs::NewOrg;
use common::client::Client;
use common::id::{AppId, OrgId, PhoneNumberId, WabaId};
use common::model::number::{Number, Transport};
use config::load::{Flags, daemon};
use config::path::Surroundings;
use hmac::{Hmac, Mac};
use recado_daemon::clock::SystemClock;
use recado_daemon::run::{Daemon, Deps};
use recado_daemon::webhook::Limits;
use sha2::Sha256;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What signs in these tests.
pub(crate) const SECRET: &str = "an-app-secret";
/// What shakes hands in these tests.
pub(crate) const TOKEN: &str = "a-verify-token";

/// A daemon of its own, with an organisation in it.
pub(crate) struct Door {
    _dir: TempDir,
    daemon: Daemon,
    pub(crate) client: Client,
    pub(crate) org: OrgId,
}

/// An answer of the webhook port.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Door {
    pub(crate) async fn open() -> Self {
        Self::with(Limits::default()).await
    }

    pub(crate) async fn with(limits: Limits) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let path = |name: &str| dir.path().join(name).display().to_string();
        let set = |key: &str, value: String| (key.to_owned(), value);
        let flags = Flags {
            set: vec![
                set("daemon.data_dir", path("data")),
                set("daemon.socket", path("recado.sock")),
                set("webhook.listen", "127.0.0.1:0".to_owned()),
                // Nobody answers there.
                set("graph.base_url", "http://127.0.0.1:9".to_owned()),
            ],
            ..Flags::default()
        };
        let settings = daemon(&Surroundings::invented([], false), &flags).expect("settings");
        let deps = Deps {
            webhook: limits,
            ..Deps::real(Arc::new(SystemClock))
        };
        let daemon = Daemon::start(settings, deps).await.expect("a daemon");
        let client = Client::unix(daemon.socket());
        let new = NewOrg {
            slug: "tienda".to_owned(),
            name: None,
        };
        let org = client.add_org(&new).await.expect("an organisation").id;
        Self {
            _dir: dir,
            daemon,
            client,
            org,
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.daemon.webhook_addr()
    }

    pub(crate) async fn stop(self) {
        self.daemon.stop().await;
    }

    /// A number that Meta knows by this id, of this app.
    pub(crate) async fn number(&self, app: &str, meta: &str) -> Number {
        self.add(app, meta, None).await
    }

    /// The same, of which the digits are known too.
    pub(crate) async fn dialled(&self, app: &str, meta: &str, phone: &str) -> Number {
        self.add(app, meta, Some(phone.to_owned())).await
    }

    async fn add(&self, app: &str, meta: &str, phone_number: Option<String>) -> Number {
        let new = NewNumber {
            org_id: self.org,
            label: format!("{app} {meta}"),
            transport: Transport::Cloud,
            phone_number,
            phone_number_id: PhoneNumberId::from(meta),
            waba_id: WabaId::from("102290129340398"),
            app_id: AppId::from(app),
            access_token: SecretText::new("a-token"),
            app_secret: SecretText::new(SECRET),
            verify_token: Some(SecretText::new(TOKEN)),
        };
        self.client.add_number(&new).await.expect("a number").number
    }

    /// Meta delivers a body, rightly signed.
    pub(crate) async fn deliver(&self, app: &str, body: &[u8]) -> Answer {
        self.post(app, Some(&sign(body)), body).await
    }

    /// Somebody posts a body.
    pub(crate) async fn post(&self, app: &str, signature: Option<&str>, body: &[u8]) -> Answer {
        let mut head = format!(
            "POST /webhooks/meta/{app} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n",
            body.len()
        );
        if let Some(signature) = signature {
            write!(head, "X-Hub-Signature-256: {signature}\r\n").expect("a string takes all");
        }
        head.push_str("\r\n");
        self.exchange(&[head.as_bytes(), body].concat()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        self.exchange(head.as_bytes()).await
    }

    /// Writes these bytes and reads until the daemon closes.
    pub(crate) async fn exchange(&self, bytes: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address())
            .await
            .expect("a connection");
        within(async {
            stream.write_all(bytes).await.expect("it is taken");
            let mut all = Vec::new();
            stream.read_to_end(&mut all).await.expect("an answer");
            Answer::of(&all)
        })
        .await
    }
}

impl Answer {
    fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|s| s.parse().ok())
            .unwrap_or(0);
        Self {
            status,
            head: head.to_ascii_lowercase(),
            body: body.to_owned(),
        }
    }
}

/// The header that Meta would send with this body.
pub(crate) fn sign(body: &[u8]) -> String {
    sign_with(SECRET, body)
}

pub(crate) fn sign_with(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length will do");
    mac.update(body);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

/// Nothing here takes longer than this.
pub(crate) async fn within<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), what)
        .await
        .expect("in time")
}
