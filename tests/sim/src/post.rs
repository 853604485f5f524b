//! The HTTP client that webhooks leave through: plain HTTP/1.1 with connections kept for the next one.

use std::collections::HashMap;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::uri::{Authority, Uri};
use axum::http::{Request, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::ledger::{Counters, tally};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// Only `http://` with a host can be reached from here.
    #[error("not a plain http URL: {0}")]
    Url(String),
    /// What was to be sent is no HTTP request.
    #[error("not a request: {0}")]
    Request(#[from] axum::http::Error),
    /// Nobody listens, or the connection broke.
    #[error("no connection: {0}")]
    Connect(#[from] io::Error),
    /// The connection broke before the answer.
    #[error("no answer: {0}")]
    Broken(#[from] hyper::Error),
    /// No answer in time.
    #[error("no answer in time")]
    TimedOut,
}

type Sender = SendRequest<Full<Bytes>>;

/// Kept connections, by host and port.
#[derive(Debug, Default)]
pub(crate) struct Post {
    idle: Mutex<HashMap<Authority, Vec<Sender>>>,
}

impl Post {
    fn with<R>(&self, f: impl FnOnce(&mut HashMap<Authority, Vec<Sender>>) -> R) -> R {
        f(&mut self.idle.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Posts a body; says the status and the answer's body.
    pub(crate) async fn post(
        &self,
        url: &str,
        signature: &str,
        body: Bytes,
        limits: Limits<'_>,
    ) -> Result<(u16, Bytes), PostError> {
        let build = |uri: &Uri| {
            request("POST", uri)
                .header(header::CONTENT_TYPE, "application/json")
                .header("x-hub-signature-256", signature)
                .body(Full::new(body.clone()))
        };
        self.call(url, build, limits).await
    }

    /// Gets a page; for the handshake.
    pub(crate) async fn get(
        &self,
        url: &str,
        limits: Limits<'_>,
    ) -> Result<(u16, Bytes), PostError> {
        self.call(url, |uri| request("GET", uri).body(Full::default()), limits)
            .await
    }

    async fn call(
        &self,
        url: &str,
        build: impl Fn(&Uri) -> Result<Request<Full<Bytes>>, axum::http::Error>,
        limits: Limits<'_>,
    ) -> Result<(u16, Bytes), PostError> {
        let bad = || PostError::Url(url.to_owned());
        let Ok(uri) = url.parse::<Uri>() else {
            return Err(bad());
        };
        let authority = uri.authority().filter(|_| uri.scheme_str() == Some("http"));
        let authority = authority.ok_or_else(bad)?.clone();
        let exchange = async {
            // A kept connection may have been closed at the other end meanwhile: that is not an
            // answer, and a fresh one settles it.
            if let Some(mut sender) = self.kept(&authority)
                && let Ok(done) = exchange(&mut sender, build(&uri)?).await
            {
                self.keep(&authority, sender);
                return Ok(done);
            }
            let mut sender = connect(&authority, limits.counters).await?;
            let done = exchange(&mut sender, build(&uri)?).await?;
            self.keep(&authority, sender);
            Ok(done)
        };
        tokio::time::timeout(limits.timeout, exchange)
            .await
            .unwrap_or(Err(PostError::TimedOut))
    }

    fn kept(&self, authority: &Authority) -> Option<Sender> {
        self.with(|idle| {
            let list = idle.get_mut(authority)?;
            while let Some(sender) = list.pop() {
                if sender.is_ready() {
                    return Some(sender);
                }
            }
            None
        })
    }

    fn keep(&self, authority: &Authority, sender: Sender) {
        if !sender.is_closed() {
            self.with(|idle| idle.entry(authority.clone()).or_default().push(sender));
        }
    }

    /// Closes every kept connection.
    pub(crate) fn forget(&self) {
        self.with(HashMap::clear);
    }
}

/// How long to wait, and where to count.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits<'a> {
    pub(crate) timeout: Duration,
    pub(crate) counters: &'a Counters,
}

fn request(method: &str, uri: &Uri) -> axum::http::request::Builder {
    let host = uri.authority().map_or("", Authority::as_str);
    let path = uri.path_and_query().map_or("/", |p| p.as_str());
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, host)
        .header(header::USER_AGENT, "facebookexternalua")
        .header(header::ACCEPT, "*/*")
}

async fn connect(authority: &Authority, counters: &Counters) -> Result<Sender, PostError> {
    let host = authority.host().trim_matches(['[', ']']);
    let stream = TcpStream::connect((host, authority.port_u16().unwrap_or(80))).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    tally(&counters.connections);
    tokio::spawn(connection);
    Ok(sender)
}

async fn exchange(
    sender: &mut Sender,
    request: Request<Full<Bytes>>,
) -> Result<(u16, Bytes), PostError> {
    sender.ready().await?;
    let answer = sender.send_request(request).await?;
    let status = answer.status().as_u16();
    let body = answer.into_body().collect().await?.to_bytes();
    Ok((status, body))
}
