//! A reverse proxy before the daemon, with certificates of its own, that can be set up wrongly.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use common::time::Clock;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use recado_daemon::clock::SystemClock;
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// What the proxy does with a request whose path begins so.
#[derive(Debug, Clone)]
pub enum Deed {
    /// Hands it to this server, as it is.
    Pass(SocketAddr),
    /// Hands it on with a body that has one more space.
    Alter(SocketAddr),
    /// Answers with this status, these header lines and this body.
    Answer(u16, &'static str, String),
}

type Rules = Arc<Mutex<Vec<(&'static str, &'static str, Deed)>>>;

/// A reverse proxy on a free port of this machine.
#[derive(Debug)]
pub struct Front {
    address: SocketAddr,
    rules: Rules,
    serving: JoinHandle<()>,
}

impl Drop for Front {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Front {
    /// Listens; with a certificate it speaks TLS.
    ///
    /// # Errors
    /// No port is free.
    pub async fn open(certificate: Option<&Papers>) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let acceptor = certificate.map(Papers::acceptor).transpose()?;
        let rules = Rules::default();
        let told = Arc::clone(&rules);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (rules, acceptor) = (Arc::clone(&told), acceptor.clone());
                tokio::spawn(async move {
                    match acceptor {
                        None => serve(stream, &rules).await.ok(),
                        Some(acceptor) => match acceptor.accept(stream).await {
                            Ok(stream) => serve(stream, &rules).await.ok(),
                            Err(_refused) => None,
                        },
                    }
                });
            }
        });
        Ok(Self {
            address,
            rules,
            serving,
        })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on requests of this method (empty for all) and with this beginning of their path
    /// are treated so; what was said last decides.
    pub fn rule(&self, method: &'static str, path: &'static str, deed: Deed) -> &Self {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        rules.insert(0, (method, path, deed));
        drop(rules);
        self
    }
}

async fn serve<S>(mut stream: S, rules: &Rules) -> anyhow::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (head, mut body) = request(&mut stream).await?;
    let mut words = head.split(' ');
    let method = words.next().unwrap_or_default().to_owned();
    let path = words.next().unwrap_or_default().to_owned();
    let found = {
        let rules = rules.lock().unwrap_or_else(PoisonError::into_inner);
        let fits =
            |(m, p, _): &&(&str, &str, Deed)| (m.is_empty() || *m == method) && path.starts_with(p);
        rules.iter().find(fits).map(|(_, _, deed)| deed.clone())
    };
    let target = match found {
        Some(Deed::Pass(target)) => target,
        Some(Deed::Alter(target)) => {
            body.push(b' ');
            target
        }
        Some(Deed::Answer(status, lines, words)) => {
            let length = words.len();
            let answer = format!(
                "HTTP/1.1 {status} X\r\nServer: front\r\n{lines}Content-Length: {length}\r\nConnection: close\r\n\r\n{words}"
            );
            stream.write_all(answer.as_bytes()).await?;
            return Ok(stream.shutdown().await?);
        }
        None => return Ok(()),
    };
    let mut lines: Vec<String> = Vec::new();
    for line in head.split("\r\n").filter(|line| !line.is_empty()) {
        let lower = line.to_ascii_lowercase();
        if !lower.starts_with("content-length:") && !lower.starts_with("connection:") {
            lines.push(line.to_owned());
        }
    }
    lines.push(format!("Content-Length: {}", body.len()));
    lines.push("Connection: close\r\n\r\n".to_owned());
    let mut server = TcpStream::connect(target).await?;
    server.write_all(lines.join("\r\n").as_bytes()).await?;
    server.write_all(&body).await?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).await?;
    stream.write_all(&answer).await?;
    Ok(stream.shutdown().await?)
}

/// Head and body of one request.
async fn request<S: AsyncRead + Unpin>(stream: &mut S) -> anyhow::Result<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let end = bytes.windows(4).position(|w| w == b"\r\n\r\n");
        if let Some(end) = end {
            let (head, body) = bytes.split_at_checked(end + 4).context("a whole head")?;
            let head = String::from_utf8(head.to_vec())?;
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                let is_length = name.eq_ignore_ascii_case("content-length");
                is_length.then(|| value.trim().parse::<usize>().ok())?
            });
            if body.len() >= length.unwrap_or_default() {
                let body = body.to_vec();
                return Ok((head, body));
            }
        }
        let read = stream.read(&mut piece).await?;
        anyhow::ensure!(read > 0, "the request broke off");
        bytes.extend_from_slice(piece.get(..read).unwrap_or_default());
    }
}

/// A certificate with its key, and the authority that signed it as PEM.
#[derive(Debug)]
pub struct Papers {
    chain: Vec<CertificateDer<'static>>,
    key: Vec<u8>,
    /// The authority, for `tls.extra_ca`.
    pub authority: String,
}

impl Papers {
    /// A certificate for this name, good from and until so many days from now, by an authority that
    /// nobody knows.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn new(name: &str, from: i64, until: i64) -> anyhow::Result<Self> {
        let authority = Self::authority(name)?;
        let key = KeyPair::generate()?;
        let params = Self::params(name, from, until)?;
        let leaf = params.signed_by(&key, &authority)?;
        Ok(Self {
            chain: vec![leaf.der().clone()],
            key: key.serialize_der(),
            authority: authority.as_ref().pem(),
        })
    }

    /// One that signed itself.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn alone(name: &str) -> anyhow::Result<Self> {
        let key = KeyPair::generate()?;
        let leaf = Self::params(name, -1, 90)?.self_signed(&key)?;
        Ok(Self {
            chain: vec![leaf.der().clone()],
            key: key.serialize_der(),
            authority: Self::authority(name)?.as_ref().pem(),
        })
    }

    fn params(name: &str, from: i64, until: i64) -> anyhow::Result<CertificateParams> {
        let mut params = CertificateParams::new(vec![name.to_owned()])?;
        params.distinguished_name.push(DnType::CommonName, name);
        let day = |days: i64| {
            let now = SystemClock.now().timestamp();
            let at = now.saturating_add(jiff::SignedDuration::from_hours(24 * days));
            let date = at.map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date());
            date.map(|d| {
                rcgen::date_time_ymd(
                    d.year().into(),
                    d.month().unsigned_abs(),
                    d.day().unsigned_abs(),
                )
            })
        };
        params.not_before = day(from)?;
        params.not_after = day(until)?;
        Ok(params)
    }

    fn authority(name: &str) -> anyhow::Result<CertifiedIssuer<'static, KeyPair>> {
        let mut params = CertificateParams::new(Vec::new())?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params
            .distinguished_name
            .push(DnType::OrganizationName, format!("Authority of {name}"));
        Ok(CertifiedIssuer::self_signed(params, KeyPair::generate()?)?)
    }

    fn acceptor(&self) -> anyhow::Result<TlsAcceptor> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(self.key.clone()));
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(self.chain.clone(), key)?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}
