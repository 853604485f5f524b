//! One request over the Unix socket or TCP: connections kept and used again, problems decoded, time bounded.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue, RETRY_AFTER};
use hyper::http::request::Builder;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpStream, UnixStream};

use crate::api::numbers::SecretText;
use crate::api::problem::{Code, Problem};

/// How long an ordinary call may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// How long a call may take that reads much.
const LONG_PATIENCE: Duration = Duration::from_mins(10);
/// How many idle connections are kept.
const IDLE: usize = 4;

type Sender = SendRequest<Full<Bytes>>;
type Broken = Box<dyn std::error::Error + Send + Sync>;

/// What a request carries.
#[derive(Debug, Clone)]
pub(super) struct Payload {
    bytes: Bytes,
    kind: HeaderValue,
}

impl Payload {
    /// JSON text.
    pub(super) fn json(text: Vec<u8>) -> Self {
        Self {
            bytes: text.into(),
            kind: HeaderValue::from_static("application/json"),
        }
    }
}

/// Where the daemon listens.
#[derive(Debug)]
pub(super) enum Address {
    /// Its Unix socket.
    Unix(PathBuf),
    /// Its Unix socket, with what an SSH key presents.
    UnixAs(PathBuf, SecretText),
    /// Its TCP port, with the token that says who calls.
    Tcp(String, SecretText),
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) | Self::UnixAs(path, _) => path.display().fmt(f),
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
        body: Option<Payload>,
    ) -> Result<Bytes, Problem> {
        self.call_for(PATIENCE, method, path, body).await
    }

    /// The same for what may take long.
    pub(super) async fn call_patiently(
        &self,
        method: Method,
        path: &str,
        body: Option<Payload>,
    ) -> Result<Bytes, Problem> {
        self.call_for(LONG_PATIENCE, method, path, body).await
    }

    async fn call_for(
        &self,
        patience: Duration,
        method: Method,
        path: &str,
        body: Option<Payload>,
    ) -> Result<Bytes, Problem> {
        let exchange = async {
            let (response, sender) = self.send(method, path, body, "application/json").await?;
            let answer = whole(response)
                .await
                .map_err(|why| self.away(&why.to_string()))?;
            self.keep(sender);
            answer
        };
        tokio::time::timeout(patience, exchange)
            .await
            .unwrap_or_else(|_elapsed| {
                Err(self.away(&format!("no answer within {} seconds", patience.as_secs())))
            })
    }

    /// Opens a stream: a connection of its own, and no limit on how long it lasts.
    pub(super) async fn stream(&self, path: &str) -> Result<Incoming, Problem> {
        let open = async {
            let mut sender = self.connect::<Full<Bytes>>().await?;
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
        body: Option<Payload>,
        accept: &'static str,
    ) -> Result<(Response<Incoming>, Sender), Problem> {
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
        let mut sender = self.connect::<Full<Bytes>>().await?;
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
        body: Option<Payload>,
        accept: &'static str,
    ) -> Result<Request<Full<Bytes>>, Problem> {
        let mut request = self.head(method, path, accept)?;
        if let Some(body) = &body {
            request = request.header(CONTENT_TYPE, body.kind.clone());
        }
        request
            .body(Full::new(body.map(|body| body.bytes).unwrap_or_default()))
            .map_err(|why| Problem::new(Code::BadRequest, format!("Not a request: {why}.")))
    }

    /// A request without its body: where to, and who asks.
    pub(super) fn head(
        &self,
        method: &Method,
        path: &str,
        accept: &'static str,
    ) -> Result<Builder, Problem> {
        let mut request = Request::builder()
            .method(method.clone())
            .uri(format!("/api/v1{path}"))
            .header(HOST, "recado")
            .header(ACCEPT, accept);
        if let Address::Tcp(_, token) | Address::UnixAs(_, token) = &self.address {
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
        Ok(request)
    }

    pub(super) async fn connect<B>(&self) -> Result<SendRequest<B>, Problem>
    where
        B: Body + Send + 'static,
        B::Data: Send,
        B::Error: Into<Broken>,
    {
        match &self.address {
            Address::Unix(path) | Address::UnixAs(path, _) => match UnixStream::connect(path).await
            {
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

    async fn greet<I, B>(&self, io: I) -> Result<SendRequest<B>, Problem>
    where
        I: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
        B: Body + Send + 'static,
        B::Data: Send,
        B::Error: Into<Broken>,
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

    pub(super) fn away(&self, why: &str) -> Problem {
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
pub(super) async fn whole(
    response: Response<Incoming>,
) -> Result<Result<Bytes, Problem>, hyper::Error> {
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::UnixListener;

    use super::Code;
    use crate::client::Client;

    /// Answers one request a connection with this, and closes it.
    fn serve(path: &Path, answer: &'static str) -> tokio::task::JoinHandle<()> {
        let listener = UnixListener::bind(path).expect("a socket");
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut asked = [0; 4096];
                let _read = stream.read(&mut asked).await;
                let _written = stream.write_all(answer.as_bytes()).await;
            }
        })
    }

    fn socket() -> std::path::PathBuf {
        std::env::temp_dir().join(format!("recado-client-{}.sock", uuid::Uuid::now_v7()))
    }

    #[tokio::test]
    async fn a_connection_that_died_between_two_calls_is_made_anew() {
        let path = socket();
        let body = "HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n{\"items\":[],\"next\":null}";
        let served = serve(&path, body);
        let client = Client::unix(&path);
        for _ in 0..5 {
            assert!(client.orgs().await.expect("it answers").is_empty());
        }
        served.abort();
        std::fs::remove_file(&path).expect("its file");
        let problem = client.orgs().await.expect_err("away");
        assert_eq!(problem.code, Code::Unreachable);
        assert!(
            problem.detail.contains("recado-client-"),
            "{}",
            problem.detail
        );
    }

    #[tokio::test]
    async fn an_answer_that_is_no_problem_of_ours_keeps_its_status() {
        let path = socket();
        let served = serve(
            &path,
            "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 5\r\n\r\nnginx",
        );
        let problem = Client::unix(&path).status().await.expect_err("not recado");
        assert_eq!((problem.code, problem.status), (Code::Other, 502));
        served.abort();
        std::fs::remove_file(&path).expect("its file");
    }
}
