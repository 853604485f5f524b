//! The webhook port byte by byte: what no well-behaved client would send, and whole answers.

use std::net::SocketAddr;

use anyhow::Context;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::seen::PATIENCE;

/// An answer of the webhook port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Status line and headers, in small letters.
    pub head: String,
}

/// The head of a POST of `length` bytes.
pub fn head(app: &str, signature: &str, length: usize) -> String {
    format!(
        "POST /webhooks/meta/{app} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\nX-Hub-Signature-256: {signature}\r\n\r\n"
    )
}

/// Posts a body.
///
/// # Errors
/// Nobody answers.
pub async fn post(
    at: SocketAddr,
    app: &str,
    signature: &str,
    body: &[u8],
) -> anyhow::Result<Answer> {
    exchange(
        at,
        &[head(app, signature, body.len()).as_bytes(), body].concat(),
    )
    .await
}

/// Asks for a path.
///
/// # Errors
/// Nobody answers.
pub async fn get(at: SocketAddr, path: &str) -> anyhow::Result<Answer> {
    let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    exchange(at, head.as_bytes()).await
}

/// Writes these bytes and reads until the other side closes.
///
/// # Errors
/// Nobody answers in time.
pub async fn exchange(at: SocketAddr, bytes: &[u8]) -> anyhow::Result<Answer> {
    let exchange = async {
        let mut stream = TcpStream::connect(at).await?;
        stream.write_all(bytes).await?;
        read(&mut stream).await
    };
    timeout(PATIENCE, exchange)
        .await
        .context("no answer in time")?
}

/// Reads an answer to its end.
///
/// # Errors
/// It breaks off.
pub async fn read(stream: &mut TcpStream) -> anyhow::Result<Answer> {
    let mut all = Vec::new();
    stream.read_to_end(&mut all).await?;
    let text = String::from_utf8_lossy(&all).to_ascii_lowercase();
    let (head, _) = text.split_once("\r\n\r\n").context("an answer")?;
    let status = head.split(' ').nth(1).context("a status")?.parse()?;
    Ok(Answer {
        status,
        head: head.to_owned(),
    })
}
