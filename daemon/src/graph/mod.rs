//! The way out to Meta's Graph API: one client, one call function, errors told apart by what to do.

pub mod assets;
pub mod enrol;
pub mod error;
pub mod login;
pub mod media;
pub mod number;
mod sample;
pub mod send;
pub mod standing;
pub mod subscribe;
pub mod template;
mod usage;

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Once};
use std::time::Duration;

use common::time::Stamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Client, RequestBuilder, Response, redirect, retry};
use serde_json::Value;
use tokio::sync::watch;

use crate::clock::MetaTime;
use crate::graph::error::{GraphError, Refusal};
use crate::vault::secret::Secret;

const CONNECT: Duration = Duration::from_secs(10);
/// How long an answer may take. Long, because an answer lost is a message in doubt.
const ANSWER: Duration = Duration::from_secs(30);
const IDLE: Duration = Duration::from_mins(1);
/// No answer that we ask for is nearly this long.
const MAX_ANSWER: usize = 1024 * 1024;
const ODD_TOKEN: &str = "the access token holds characters that no token has; enter it again";

/// The Graph API. Clones share its connections and its address.
#[derive(Debug, Clone)]
pub struct Graph {
    client: Client,
    root: Arc<watch::Sender<String>>,
    /// How much of what Meta allows is used up, in percent, by its newest answer.
    used: Arc<AtomicU8>,
    time: Option<MetaTime>,
}

impl Graph {
    /// A client for this base address and version. Fails when the system has no certificates to
    /// judge Meta's by.
    pub fn new(base_url: &str, version: &str) -> Result<Self, GraphError> {
        Self::patient(base_url, version, ANSWER)
    }

    /// The same, waiting for an answer as long as is said.
    pub fn patient(base_url: &str, version: &str, answer: Duration) -> Result<Self, GraphError> {
        static RING: Once = Once::new();
        RING.call_once(|| {
            // An error says that a provider is there already, which is as good.
            rustls::crypto::ring::default_provider()
                .install_default()
                .ok();
        });
        let client = Client::builder()
            .user_agent(concat!("recado/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .timeout(answer)
            .pool_idle_timeout(IDLE)
            .tcp_nodelay(true)
            .http1_only()
            .redirect(redirect::Policy::none())
            // A send must never be repeated behind our back.
            .retry(retry::never())
            .build()
            .map_err(|error| GraphError::Client(reason(error)))?;
        Ok(Self {
            client,
            root: Arc::new(watch::Sender::new(root(base_url, version))),
            used: Arc::default(),
            time: None,
        })
    }

    /// The same, telling the time of every answer.
    #[must_use]
    pub fn telling(self, time: MetaTime) -> Self {
        Self {
            time: Some(time),
            ..self
        }
    }

    /// From now on calls go to this address and version.
    pub fn point_at(&self, base_url: &str, version: &str) {
        let _before = self.root.send_replace(root(base_url, version));
    }

    fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.root.borrow().as_str())
    }

    async fn post(&self, token: &Secret, path: &str, body: Vec<u8>) -> Result<Value, GraphError> {
        let request = self.client.post(self.url(path)).body(body);
        let json = HeaderValue::from_static("application/json");
        self.call(request.header(CONTENT_TYPE, json), token).await
    }

    async fn delete(&self, token: &Secret, path: &str) -> Result<Value, GraphError> {
        self.call(self.client.delete(self.url(path)), token).await
    }

    async fn get(&self, token: &Secret, path: &str) -> Result<Value, GraphError> {
        self.call(self.client.get(self.url(path)), token).await
    }

    /// How much of what Meta allows is used up, in percent, by its newest answer.
    pub fn used(&self) -> u8 {
        self.used.load(Ordering::Relaxed)
    }

    async fn call(&self, request: RequestBuilder, token: &Secret) -> Result<Value, GraphError> {
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.expose()))
            .map_err(|_invalid| GraphError::Client(ODD_TOKEN.to_owned()))?;
        bearer.set_sensitive(true);
        self.answer(request.header(AUTHORIZATION, bearer), token)
            .await
    }

    /// Sends a request that says who asks, and reads the answer. The token is kept out of it.
    async fn answer(&self, request: RequestBuilder, token: &Secret) -> Result<Value, GraphError> {
        let answer = match request.send().await {
            Ok(answer) => answer,
            // Neither a name nor a connection nor a TLS session: no byte of the request has left.
            Err(error) if error.is_connect() => return Err(GraphError::Unreached(reason(error))),
            Err(error) if error.is_builder() => return Err(GraphError::Client(reason(error))),
            Err(error) => return Err(GraphError::Lost(reason(error))),
        };
        if let (Some(time), Some(date)) = (&self.time, written_at(answer.headers())) {
            time.tell(date);
        }
        let status = answer.status();
        let wait = retry_after(answer.headers());
        if let Some(share) = usage::share(answer.headers()) {
            self.used.store(share, Ordering::Relaxed);
        }
        let body = match read(answer).await {
            Ok(body) => body,
            Err(lost) if status.is_success() || status.is_server_error() => return Err(lost),
            Err(_) => Vec::new(),
        };
        let json: Option<Value> = serde_json::from_slice(&body).ok();
        if let Some(refusal) = json
            .as_ref()
            .and_then(|json| Refusal::read(status.as_u16(), json, wait))
        {
            return Err(GraphError::Refused(Box::new(
                refusal.without(token.expose()),
            )));
        }
        match (status.as_u16(), json) {
            (200..=299, Some(json)) => Ok(json),
            // Something between us and Meta answered; what Meta knows nobody can say.
            (200..=299 | 408 | 500..=599, _) => Err(GraphError::Lost(format!(
                "HTTP {} without an answer of Meta's",
                status.as_u16()
            ))),
            (http, _) => Err(GraphError::Refused(Box::new(Refusal::bare(http, wait)))),
        }
    }
}

/// A query value with everything but letters, digits and `-._~` escaped.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&hex::encode_upper([byte]));
        }
    }
    out
}

fn root(base_url: &str, version: &str) -> String {
    format!("{}/{version}", base_url.trim_end_matches('/'))
}

async fn read(mut answer: Response) -> Result<Vec<u8>, GraphError> {
    let mut body = Vec::new();
    while let Some(chunk) = answer
        .chunk()
        .await
        .map_err(|e| GraphError::Lost(reason(e)))?
    {
        if body.len() + chunk.len() > MAX_ANSWER {
            return Err(GraphError::Lost("the answer does not end".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

impl Graph {
    /// The date that Meta's server writes on its answers, whatever it answers.
    pub async fn date(&self) -> Result<String, GraphError> {
        let asked = self.client.get(self.url("")).send().await;
        let answer = asked.map_err(|error| GraphError::Unreached(reason(error)))?;
        let date = answer
            .headers()
            .get(DATE)
            .and_then(|date| date.to_str().ok());
        date.map(ToOwned::to_owned)
            .ok_or_else(|| GraphError::Lost("an answer without a date".to_owned()))
    }
}

/// Meta's time, where the answer says it.
fn written_at(headers: &HeaderMap) -> Option<Stamp> {
    let words = headers.get(DATE)?.to_str().ok()?;
    let moment = DateTimeParser::new().parse_timestamp(words).ok()?;
    Some(moment.into())
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Some(Duration::from_secs(seconds))
}

/// The innermost reason of a failure, without the address, which would only repeat itself.
fn reason(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut innermost: &dyn std::error::Error = &error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    let timeout = if error.is_timeout() { "timeout: " } else { "" };
    format!("{timeout}{innermost}")
}
