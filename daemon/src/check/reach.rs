//! The way from outside to this daemon, walked as Meta walks it: name, port, TLS, HTTP.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use common::time::Stamp;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{HOST, HeaderName, LOCATION, SERVER, USER_AGENT};
use hyper::{Method, Request, Uri};
use hyper_util::rt::TokioIo;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use rustls_platform_verifier::Verifier;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;

/// How long each step may take; Meta waits no longer.
const STEP: Duration = Duration::from_secs(8);
/// An answer of ours is never longer.
const MOST: usize = 16 * 1024;

/// Where `webhook.public_url` leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) https: bool,
    pub(super) host: String,
    pub(super) port: u16,
    /// The path before ours, without a slash at its end.
    pub(super) base: String,
}

impl Place {
    /// Reads an address; `None` where it is none.
    pub(super) fn read(url: &str) -> Option<Self> {
        let uri: Uri = url.trim().parse().ok()?;
        let https = match uri.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        Some(Self {
            https,
            host: uri.host()?.trim_matches(['[', ']']).to_owned(),
            port: uri.port_u16().unwrap_or(if https { 443 } else { 80 }),
            base: uri.path().trim_end_matches('/').to_owned(),
        })
    }

    /// Whether the address itself says that it is this machine.
    pub(super) fn is_local(&self) -> bool {
        let loopback = self.host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        loopback || self.host == "localhost"
    }
}

/// The addresses of a name.
pub(super) async fn resolve(place: &Place) -> Result<Vec<SocketAddr>, String> {
    let asked = tokio::net::lookup_host((place.host.as_str(), place.port));
    let found: Vec<SocketAddr> = timeout(STEP, asked)
        .await
        .map_err(|_late| "no answer in time".to_owned())?
        .map_err(|why| why.to_string())?
        .collect();
    if found.is_empty() {
        return Err("no address".to_owned());
    }
    Ok(found)
}

/// Why a port does not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shut {
    /// Nothing listens there.
    Refused,
    /// Nothing answers: mostly a firewall.
    Silent,
    /// Something else.
    Other(String),
}

/// Opens a port.
pub(super) async fn open(address: SocketAddr) -> Result<TcpStream, Shut> {
    match timeout(STEP, TcpStream::connect(address)).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(why)) if why.kind() == ErrorKind::ConnectionRefused => Err(Shut::Refused),
        Ok(Err(why)) if why.kind() == ErrorKind::TimedOut => Err(Shut::Silent),
        Ok(Err(why)) => Err(Shut::Other(why.to_string())),
        Err(_late) => Err(Shut::Silent),
    }
}

/// The authorities that certificates are judged by.
#[derive(Debug, Clone)]
pub(super) struct Roots(Arc<Verifier>);

impl Roots {
    /// The system's, and those of a PEM file beside them. Reads files: not for a busy thread.
    pub(super) fn load(extra: &[CertificateDer<'static>]) -> Result<Self, String> {
        let provider = Arc::new(ring::default_provider());
        Verifier::new_with_extra_roots(extra.to_vec(), provider)
            .map(|verifier| Self(Arc::new(verifier)))
            .map_err(|why| why.to_string())
    }
}

/// What a server showed of itself.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// Its certificate, and those that came with it.
    pub(super) chain: Vec<CertificateDer<'static>>,
    /// What a browser, and Meta, makes of them.
    pub(super) verdict: Result<(), rustls::Error>,
}

/// Notes what a server shows, and goes on whatever it is.
#[derive(Debug)]
struct Witness {
    roots: Roots,
    now: Stamp,
    shown: Mutex<Option<Shown>>,
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let seconds = u64::try_from(self.now.seconds()).unwrap_or_default();
        let now = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        let judged = self
            .roots
            .0
            .verify_server_cert(certificate, others, name, ocsp, now);
        let chain = std::iter::once(certificate).chain(others);
        let shown = Shown {
            chain: chain.map(|one| one.clone().into_owned()).collect(),
            verdict: judged.map(|_good| ()),
        };
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown);
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.roots
            .0
            .verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.roots
            .0
            .verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.roots.0.supported_verify_schemes()
    }
}

/// What is asked of the place.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) method: Method,
    /// Path and query, after the place's own.
    pub(super) path: String,
    pub(super) headers: Vec<(HeaderName, String)>,
    pub(super) body: Vec<u8>,
}

impl Ask {
    /// A page.
    pub(super) fn get(path: String) -> Self {
        Self {
            method: Method::GET,
            path,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Where it sends us instead.
    pub(super) location: Option<String>,
    /// What the server calls itself.
    pub(super) server: Option<String>,
    pub(super) body: Vec<u8>,
    pub(super) took: Duration,
}

/// The way to the place, with the address that opened.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub(super) place: Place,
    pub(super) address: SocketAddr,
    pub(super) roots: Roots,
    pub(super) now: Stamp,
}

impl Way {
    /// Shakes hands, to see the certificate. What went wrong before one was shown is the error.
    pub(super) async fn certificate(&self) -> Result<Shown, String> {
        let stream = self.stream().await?;
        let (_stream, shown) = self.secure(stream).await?;
        shown.ok_or_else(|| "no certificate was shown".to_owned())
    }

    /// Asks something over a connection of its own.
    pub(super) async fn ask(&self, ask: Ask) -> Result<Answer, String> {
        let stream = self.stream().await?;
        let exchange = async {
            if self.place.https {
                let (stream, _shown) = self.secure(stream).await?;
                self.exchange(stream, ask).await
            } else {
                self.exchange(stream, ask).await
            }
        };
        timeout(STEP, exchange)
            .await
            .map_err(|_late| "no answer in time".to_owned())?
    }

    async fn stream(&self) -> Result<TcpStream, String> {
        open(self.address).await.map_err(|shut| match shut {
            Shut::Refused => "the connection was refused".to_owned(),
            Shut::Silent => "no answer in time".to_owned(),
            Shut::Other(why) => why,
        })
    }

    async fn secure(
        &self,
        stream: TcpStream,
    ) -> Result<(tokio_rustls::client::TlsStream<TcpStream>, Option<Shown>), String> {
        let witness = Arc::new(Witness {
            roots: self.roots.clone(),
            now: self.now,
            shown: Mutex::default(),
        });
        let verifier: Arc<dyn ServerCertVerifier> = Arc::<Witness>::clone(&witness);
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|why| why.to_string())?
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth();
        let name = ServerName::try_from(self.place.host.clone()).map_err(|why| why.to_string())?;
        let shaking = TlsConnector::from(Arc::new(config)).connect(name, stream);
        let stream = timeout(STEP, shaking)
            .await
            .map_err(|_late| "no answer in time".to_owned())?
            .map_err(|why| why.to_string())?;
        let shown = witness
            .shown
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        Ok((stream, shown))
    }

    async fn exchange<S>(&self, stream: S, ask: Ask) -> Result<Answer, String>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let begin = Instant::now();
        let told = |why: &dyn std::error::Error| why.to_string();
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(|why| told(&why))?;
        let going = tokio::spawn(connection);
        let mut request = Request::builder()
            .method(ask.method)
            .uri(format!("{}{}", self.place.base, ask.path))
            .header(HOST, self.host_header())
            .header(
                USER_AGENT,
                concat!("recado-doctor/", env!("CARGO_PKG_VERSION")),
            );
        for (name, value) in ask.headers {
            request = request.header(name, value);
        }
        let request = request
            .body(Full::new(Bytes::from(ask.body)))
            .map_err(|why| told(&why))?;
        let response = sender
            .send_request(request)
            .await
            .map_err(|why| told(&why))?;
        let (head, body) = response.into_parts();
        let header = |name: HeaderName| {
            let value = head.headers.get(name)?.to_str().ok()?;
            Some(value.to_owned())
        };
        let body = Limited::new(body, MOST).collect().await;
        going.abort();
        Ok(Answer {
            status: head.status.as_u16(),
            location: header(LOCATION),
            server: header(SERVER),
            body: body.map(|all| all.to_bytes().to_vec()).unwrap_or_default(),
            took: begin.elapsed(),
        })
    }

    fn host_header(&self) -> String {
        let Place {
            https, host, port, ..
        } = &self.place;
        let host = if host.contains(':') {
            format!("[{host}]")
        } else {
            host.clone()
        };
        match (https, port) {
            (true, 443) | (false, 80) => host,
            _ => format!("{host}:{port}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn an_address_is_taken_apart() {
        let place = Place::read("https://wa.example.com/").unwrap();
        assert_eq!((place.host.as_str(), place.port), ("wa.example.com", 443));
        assert!(place.https && place.base.is_empty() && !place.is_local());
        let place = Place::read("http://[::1]:8480/hook/").unwrap();
        assert_eq!((place.host.as_str(), place.port), ("::1", 8480));
        assert_eq!(place.base, "/hook");
        assert!(place.is_local() && !place.https);
        assert_eq!(Place::read("wa.example.com"), None);
        assert_eq!(Place::read(""), None);
    }
}
