//! For the tests of this crate: a client of the Graph API and a receiver of webhooks.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::get;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::config::{Limits, Retry, SimConfig};
use crate::customer::Customer;
use crate::shop::Shop;
use crate::sim::Sim;
use crate::webhook;

/// Long enough for a busy machine, short enough for a failing test.
pub(crate) const SOON: Duration = Duration::from_secs(20);

/// A simulation with one shop whose webhooks arrive at a receiver.
pub(crate) struct Probe {
    pub(crate) sim: Sim,
    pub(crate) shop: Shop,
    pub(crate) receiver: Receiver,
}

impl Probe {
    /// Without limits, with quick retries.
    pub(crate) async fn new() -> Self {
        Self::with(SimConfig::new().seed(1).limits(Limits::off())).await
    }

    pub(crate) async fn with(config: SimConfig) -> Self {
        let config = config.retry(Retry::every(Duration::from_millis(2)));
        let sim = Sim::start(config).await.unwrap();
        let shop = sim.open_shop(1);
        let receiver = Receiver::start(&shop.app_secret).await;
        sim.set_webhook(&shop.app_id, &receiver.url, "hush hush");
        Self {
            sim,
            shop,
            receiver,
        }
    }

    pub(crate) fn ana() -> Customer {
        Customer::new("Ana").wa_id("51955000111").user_id("PE.111")
    }

    /// A text to Ana.
    pub(crate) fn text(words: &str) -> Value {
        json!({
            "messaging_product": "whatsapp",
            "to": "+51955000111",
            "type": "text",
            "text": { "body": words },
            "biz_opaque_callback_data": format!("id of {words}"),
        })
    }

    /// Posts to `/messages` of the shop's number.
    pub(crate) async fn send(&self, body: &Value) -> Answer {
        self.try_send(body).await.expect("an answer")
    }

    pub(crate) async fn try_send(&self, body: &Value) -> Option<Answer> {
        let path = format!("/v23.0/{}/messages", self.shop.phone_number_id);
        call(
            &self.sim,
            "POST",
            &path,
            Some(&self.shop.token),
            &body.to_string(),
        )
        .await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        call(&self.sim, "GET", path, Some(&self.shop.token), "")
            .await
            .expect("an answer")
    }
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn code(&self) -> (u64, u64) {
        let error = &self.body["error"];
        (
            error["code"].as_u64().unwrap_or(0),
            error["error_subcode"].as_u64().unwrap_or(0),
        )
    }

    pub(crate) fn wamid(&self) -> &str {
        self.body["messages"][0]["id"]
            .as_str()
            .unwrap_or_else(|| panic!("{}", self.body))
    }
}

/// One request on a connection of its own; nothing when the connection closes without an answer.
pub(crate) async fn call(
    sim: &Sim,
    method: &str,
    path: &str,
    token: Option<&str>,
    body: &str,
) -> Option<Answer> {
    let stream = TcpStream::connect(sim.addr()).await.unwrap();
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "graph");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let request = request
        .body(Full::new(Bytes::from(body.to_owned())))
        .unwrap();
    let answer = sender.send_request(request).await.ok()?;
    let (parts, body) = answer.into_parts();
    let bytes = body.collect().await.ok()?.to_bytes();
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    Some(Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body,
    })
}

/// Takes webhooks whose signature is right and keeps their bodies.
#[derive(Clone)]
pub(crate) struct Receiver {
    pub(crate) url: String,
    desk: Arc<Desk>,
}

struct Desk {
    secret: String,
    bodies: watch::Sender<Vec<Value>>,
    /// Statuses for the next POSTs; 200 after them.
    answers: Mutex<VecDeque<u16>>,
}

impl Receiver {
    pub(crate) async fn start(secret: &str) -> Self {
        let desk = Arc::new(Desk {
            secret: secret.to_owned(),
            bodies: watch::Sender::new(Vec::new()),
            answers: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let router = Router::new()
            .route("/hook", get(challenge).post(take))
            .with_state(Arc::clone(&desk));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, desk }
    }

    /// Answers the next POSTs with these statuses.
    pub(crate) fn answers(&self, statuses: impl IntoIterator<Item = u16>) {
        self.desk.answers.lock().unwrap().extend(statuses);
    }

    pub(crate) fn bodies(&self) -> Vec<Value> {
        self.desk.bodies.borrow().clone()
    }

    /// Every object under `messages` or `statuses` so far.
    pub(crate) fn all(&self, list: &str) -> Vec<Value> {
        let mut out = Vec::new();
        for body in self.bodies() {
            for entry in body["entry"].as_array().unwrap() {
                for change in entry["changes"].as_array().unwrap() {
                    out.extend(
                        change["value"][list]
                            .as_array()
                            .cloned()
                            .unwrap_or_default(),
                    );
                }
            }
        }
        out
    }

    /// `sent`, `delivered` … of one message in their order of arrival.
    pub(crate) fn words(&self, wamid: &str) -> Vec<String> {
        let statuses = self
            .all("statuses")
            .into_iter()
            .filter(|s| s["id"] == wamid);
        statuses
            .map(|s| s["status"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Waits for so many bodies.
    pub(crate) async fn wait(&self, count: usize) {
        let mut bodies = self.desk.bodies.subscribe();
        let enough = bodies.wait_for(|bodies| bodies.len() >= count);
        drop(
            tokio::time::timeout(SOON, enough)
                .await
                .expect("webhooks in time")
                .unwrap(),
        );
    }
}

async fn challenge(RawQuery(query): RawQuery) -> (StatusCode, String) {
    let query = query.unwrap_or_default();
    let value = |key: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .into_iter()
            .find(|(k, _)| *k == key)
            .map_or("", |(_, v)| v)
            .to_owned()
    };
    if value("hub.mode") == "subscribe" && value("hub.verify_token") == "hush%20hush" {
        return (StatusCode::OK, value("hub.challenge"));
    }
    (StatusCode::FORBIDDEN, String::new())
}

async fn take(State(desk): State<Arc<Desk>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let given = headers
        .get("x-hub-signature-256")
        .map(|v| v.to_str().unwrap().to_owned());
    if given != Some(webhook::sign(&desk.secret, &body)) {
        return StatusCode::UNAUTHORIZED;
    }
    assert!(
        body.is_ascii() && body.first() == Some(&b'{'),
        "Meta's style"
    );
    let next = desk.answers.lock().unwrap().pop_front().unwrap_or(200);
    desk.bodies
        .send_modify(|bodies| bodies.push(serde_json::from_slice(&body).unwrap()));
    StatusCode::from_u16(next).unwrap()
}
