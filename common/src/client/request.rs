//! One request over the Unix socket or TCP: connections kept and used again, problems decoded, time bounded.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue, RETRY_AFTER};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpStream, UnixStream};

use crate::api::numbers::SecretText;
use crate::api::problem::{Code, Problem};

/// How long an ordinary call may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many idle connections are kept.
const IDLE: usize = 4;

type Sender = SendRequest<Full<Bytes>>;

/// Where the daemon listens.
#[derive(Debug)]
pub(super) enum Address {
    /// Its Unix socket.
    Unix(PathBuf),
    /// Its TCP port, with the token that says who calls.
    Tcp(String, SecretText),
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => path.display().fmt(f),
            Self::Tcp(address, _) => f.write_str(address),
        }
    }
}

/// The way to one daemon, with the connections that are open and idle.
pub(super) struct Wire {
    address: Address,
    idle: Mutex<Vec<Sender>>,
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Wire {
    pub(super) fn new(address: Address) -> Self {
        Self {
            address,
            idle: Mutex::new(Vec::new()),
        }
    }

    pub(super) fn address(&self) -> &Address {
        &self.address
    }

    /// Asks and reads the whole answer; a problem is the `Err`.
    pub(super) async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
    ) -> Result<Bytes, Problem> {
        let exchange = async {
            let (response, sender) = self.send(method, path, body, "application/json").await?;
            let answer = whole(response)
                .await
                .map_err(|why| self.away(&why.to_string()))?;
            self.keep(sender);
            answer
        };
        tokio::time::timeout(PATIENCE, exchange)
            .await
            .unwrap_or_else(|_elapsed| {
                Err(self.away(&format!("no answer within {} seconds", PATIENCE.as_secs())))
            })
    }

    /// Opens a stream: a connection of its own, and no limit on how long it lasts.
    pub(super) async fn stream(&self, path: &str) -> Result<Incoming, Problem> {
        let open = async {
            let mut sender = self.connect().await?;
            let request = self.request(&Method::GET, path, None, "text/event-stream")?;
            let response = sender
                .send_request(request)
                .await
                .map_err(|why| self.away(&why.to_string()))?;
            if response.status().is_success() {
                return Ok(response.into_body());
            }
            match whole(response).await {
                Ok(Err(problem)) => Err(problem),
                Ok(Ok(_)) => Err(self.away("an answer that is no stream")),
                Err(why) => Err(self.away(&why.to_string())),
            }
        };
        tokio::time::timeout(PATIENCE, open)
            .await
            .unwrap_or_else(|_elapsed| Err(self.away("the stream did not open")))
    }

    /// Sends over an idle connection, or over a new one where none is left. A request that a dead
    /// connection never took is sent again; one that it may have taken only if it changes nothing.
    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
        accept: &'static str,
    ) -> Result<(Response<Incoming>, Sender), Problem> {
        let body = body.map(Bytes::from);
        while let Some(mut sender) = self.take() {
            if sender.ready().await.is_err() {
                continue;
            }
            let request = self.request(&method, path, body.clone(), accept)?;
            match sender.try_send_request(request).await {
                Ok(response) => return Ok((response, sender)),
                Err(mut failed) => {
                    let never_left = failed.take_message().is_some();
                    if !never_left && method != Method::GET {
                        return Err(self.away(&failed.into_error().to_string()));
                    }
                }
            }
        }
        let mut sender = self.connect().await?;
        let request = self.request(&method, path, body, accept)?;
        let response = sender
            .send_request(request)
            .await
            .map_err(|why| self.away(&why.to_string()))?;
        Ok((response, sender))
    }

    fn request(
        &self,
        method: &Method,
        path: &str,
        body: Option<Bytes>,
        accept: &'static str,
    ) -> Result<Request<Full<Bytes>>, Problem> {
        let mut request = Request::builder()
            .method(method.clone())
            .uri(format!("/api/v1{path}"))
            .header(HOST, "recado")
            .header(ACCEPT, accept);
        if let Address::Tcp(_, token) = &self.address {
            let mut bearer =
                HeaderValue::from_str(&format!("Bearer {}", token.expose())).map_err(|_bad| {
                    Problem::new(
                        Code::Unauthorized,
                        "The token holds characters that no token has.",
                    )
                })?;
            bearer.set_sensitive(true);
            request = request.header(AUTHORIZATION, bearer);
        }
        if body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        request
            .body(Full::new(body.unwrap_or_default()))
            .map_err(|why| Problem::new(Code::BadRequest, format!("Not a request: {why}.")))
    }

    async fn connect(&self) -> Result<Sender, Problem> {
        match &self.address {
            Address::Unix(path) => match UnixStream::connect(path).await {
                Ok(stream) => self.greet(TokioIo::new(stream)).await,
                Err(why) => Err(self.refused(&why)),
            },
            Address::Tcp(address, _) => match TcpStream::connect(address).await {
                Ok(stream) => {
                    // Requests are small and wait for their answer: never hold one back.
                    stream.set_nodelay(true).ok();
                    self.greet(TokioIo::new(stream)).await
                }
                Err(why) => Err(self.refused(&why)),
            },
        }
    }

    async fn greet<I>(&self, io: I) -> Result<Sender, Problem>
    where
        I: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
    {
        let (sender, connection) = http1::handshake(io)
            .await
            .map_err(|why| self.away(&why.to_string()))?;
        // Ends with the connection; whoever waits for an answer hears of an error there.
        tokio::spawn(async move {
            connection.await.ok();
        });
        Ok(sender)
    }

    fn take(&self) -> Option<Sender> {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
    }

    fn keep(&self, sender: Sender) {
        if sender.is_closed() {
            return;
        }
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE {
            idle.push(sender);
        }
    }

    fn refused(&self, why: &io::Error) -> Problem {
        match why.kind() {
            io::ErrorKind::PermissionDenied => Problem::new(
                Code::Forbidden,
                format!(
                    "You may not open {}. Ask as the daemon's own user: sudo -u recado recado.",
                    self.address
                ),
            ),
            io::ErrorKind::NotFound => self.away("there is no such socket"),
            io::ErrorKind::ConnectionRefused => self.away("nobody listens there"),
            _ => self.away(&why.to_string()),
        }
    }

    fn away(&self, why: &str) -> Problem {
        Problem::new(
            Code::Unreachable,
            format!(
                "recadod does not answer at {} ({why}). Start it, or name another socket with --socket.",
                self.address
            ),
        )
    }
}

/// The whole body: what was asked for, or the problem that it describes.
async fn whole(response: Response<Incoming>) -> Result<Result<Bytes, Problem>, hyper::Error> {
    let (head, body) = response.into_parts();
    let bytes = body.collect().await?.to_bytes();
    if head.status.is_success() {
        return Ok(Ok(bytes));
    }
    let mut problem = serde_json::from_slice::<Problem>(&bytes).unwrap_or_else(|_other| {
        let mut unknown = Problem::new(
            Code::Other,
            format!(
                "The answer was {} and not recado's. Is something in between?",
                head.status
            ),
        );
        unknown.status = head.status.as_u16();
        unknown
    });
    if problem.retry_after.is_none() {
        problem.retry_after = head
            .headers
            .get(RETRY_AFTER)
            .and_then(|v| v.to_str().ok()?.parse().ok());
    }
    Ok(Err(problem))
}
