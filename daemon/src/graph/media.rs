//! Files to and from Meta: where one lies, its bytes as they come, and one given to Meta.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::stream::unfold;
use hyper::body::Bytes;
use reqwest::header::{AUTHORIZATION, HeaderValue, LOCATION};
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Response, Url};
use serde_json::Value;
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use tokio::time::timeout;

use crate::graph::error::{GraphError, Refusal};
use crate::graph::{Graph, ODD_TOKEN, reason, retry_after};
use crate::vault::keyring::NumberKey;
use crate::vault::secret::Secret;

/// No transfer takes longer, however steadily it moves.
const WHOLE: Duration = Duration::from_hours(2);
/// One in which nothing moves for so long is over.
pub const STILL: Duration = Duration::from_secs(30);
/// How much is read at once.
const PIECE: usize = 64 * 1024;
/// How many times a download may be sent elsewhere.
const HOPS: usize = 3;

/// What Meta says of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MediaAt {
    /// Where it lies, for five minutes.
    pub url: String,
    /// Its MIME type.
    pub mime: Option<String>,
    /// Its SHA-256, in hex or Base64.
    pub sha256: Option<String>,
    /// Its size.
    pub bytes: Option<u64>,
}

/// Bytes on their way here.
#[derive(Debug)]
pub struct Incoming {
    response: Response,
    /// How many there will be, where it was told.
    pub bytes: Option<u64>,
}

impl Incoming {
    /// The next bytes; `None` when all have come.
    pub async fn next(&mut self) -> Result<Option<Bytes>, GraphError> {
        match timeout(STILL, self.response.chunk()).await {
            Ok(Ok(piece)) => Ok(piece),
            Ok(Err(error)) => Err(GraphError::Lost(reason(error))),
            Err(_elapsed) => Err(GraphError::Lost("nothing has come for a while".to_owned())),
        }
    }
}

/// A file to give to Meta, read as it goes.
#[derive(Debug)]
pub struct Parcel {
    /// Its name, for Meta's records.
    pub name: String,
    /// Its MIME type.
    pub mime: &'static str,
    /// Its size.
    pub bytes: u64,
    /// Its bytes.
    pub file: File,
}

impl Graph {
    /// Asks where a file lies. The answer is good for five minutes.
    pub async fn media_at(&self, key: &NumberKey, id: &str) -> Result<MediaAt, GraphError> {
        let id: String = id.chars().filter(char::is_ascii_alphanumeric).collect();
        let path = format!("{id}?phone_number_id={}", key.phone_number_id);
        let answer = self.get(&key.token, &path).await?;
        media_at(&answer).ok_or_else(|| {
            GraphError::Lost("Meta's answer does not say where the file is".to_owned())
        })
    }

    /// Begins to fetch a file from where it lies. A refusal without a word of Meta's is 404 where
    /// the address is dead.
    pub async fn download(&self, key: &NumberKey, url: &str) -> Result<Incoming, GraphError> {
        let mut at = self.address(url)?;
        for _ in 0..HOPS {
            let mut request = self.client.get(at.clone()).timeout(WHOLE);
            if let Ok(first) = self.address(url)
                && first.host_str() == at.host_str()
            {
                request = request.header(AUTHORIZATION, bearer(&key.token)?);
            }
            let response = match timeout(STILL, request.send()).await {
                Ok(Ok(response)) => response,
                Ok(Err(error)) if error.is_connect() => {
                    return Err(GraphError::Unreached(reason(error)));
                }
                Ok(Err(error)) => return Err(GraphError::Lost(reason(error))),
                Err(_elapsed) => return Err(GraphError::Lost("no answer".to_owned())),
            };
            let status = response.status();
            if status.is_redirection() {
                let next = response.headers().get(LOCATION);
                let next = next.and_then(|next| at.join(next.to_str().ok()?).ok());
                at = match next {
                    Some(next) => self.address(next.as_str())?,
                    None => return Err(GraphError::Lost("sent nowhere".to_owned())),
                };
                continue;
            }
            if !status.is_success() {
                let wait = retry_after(response.headers());
                let refusal = Refusal::bare(status.as_u16(), wait);
                return Err(GraphError::Refused(Box::new(refusal)));
            }
            let bytes = response.content_length();
            return Ok(Incoming { response, bytes });
        }
        Err(GraphError::Lost("sent elsewhere too often".to_owned()))
    }

    /// Gives a file to Meta; the answer is Meta's id of it. `told` hears how many bytes have gone.
    pub async fn upload(
        &self,
        key: &NumberKey,
        parcel: Parcel,
        told: impl FnMut(u64) + Send + 'static,
    ) -> Result<String, GraphError> {
        let moved = Arc::new(AtomicU64::new(0));
        let body = body(parcel.file, Arc::clone(&moved), told);
        let part = Part::stream_with_length(body, parcel.bytes)
            .file_name(parcel.name)
            .mime_str(parcel.mime)
            .map_err(|error| GraphError::Client(reason(error)))?;
        let form = Form::new()
            .text("messaging_product", "whatsapp")
            .text("type", parcel.mime)
            .part("file", part);
        let path = format!("{}/media", key.phone_number_id);
        let request = self
            .client
            .post(self.url(&path))
            .timeout(WHOLE)
            .multipart(form);
        let answering = self.call(request, &key.token);
        tokio::pin!(answering);
        let mut before = None;
        let answer = loop {
            if let Ok(answer) = timeout(STILL, &mut answering).await {
                break answer?;
            }
            let now = moved.load(Ordering::Relaxed);
            if before.replace(now) == Some(now) {
                return Err(GraphError::Lost("the file no longer moves".to_owned()));
            }
        };
        answer
            .get("id")
            .and_then(text_or_number)
            .ok_or_else(|| GraphError::Lost("Meta's answer does not name the file".to_owned()))
    }

    /// An address to fetch from: never one where the token would travel in clear, unless Meta
    /// itself is reached so (a simulation, a proxy on this machine).
    fn address(&self, url: &str) -> Result<Url, GraphError> {
        let parsed =
            Url::parse(url).map_err(|error| GraphError::Client(format!("no address: {error}")))?;
        let plain = self.root.borrow().starts_with("http://");
        match parsed.scheme() {
            "https" => Ok(parsed),
            "http" if plain => Ok(parsed),
            _ => Err(GraphError::Client(
                "the file's address is not https".to_owned(),
            )),
        }
    }
}

/// The bytes of a file from where it stands, a piece at a time.
pub(super) fn stream(file: File) -> Body {
    body(file, Arc::default(), |_moved| {})
}

/// The bytes of a file, a piece at a time.
fn body(file: File, moved: Arc<AtomicU64>, told: impl FnMut(u64) + Send + 'static) -> Body {
    Body::wrap_stream(unfold(
        (file, moved, told),
        |(mut file, moved, mut told)| async move {
            let mut piece = vec![0; PIECE];
            match file.read(&mut piece).await {
                Ok(0) => None,
                Ok(read) => {
                    piece.truncate(read);
                    let read = u64::try_from(read).unwrap_or_default();
                    told(moved.fetch_add(read, Ordering::Relaxed) + read);
                    Some((Ok(Bytes::from(piece)), (file, moved, told)))
                }
                Err(why) => Some((Err(why), (file, moved, told))),
            }
        },
    ))
}

fn bearer(token: &Secret) -> Result<HeaderValue, GraphError> {
    let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.expose()))
        .map_err(|_invalid| GraphError::Client(ODD_TOKEN.to_owned()))?;
    bearer.set_sensitive(true);
    Ok(bearer)
}

fn media_at(answer: &Value) -> Option<MediaAt> {
    let text = |key: &str| {
        let word = answer.get(key).and_then(Value::as_str);
        word.filter(|word| !word.is_empty()).map(ToOwned::to_owned)
    };
    Some(MediaAt {
        url: text("url")?,
        mime: text("mime_type"),
        sha256: text("sha256"),
        bytes: answer
            .get("file_size")
            .and_then(text_or_number)
            .and_then(|size| size.parse().ok()),
    })
}

fn text_or_number(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_size_comes_as_text_or_number() {
        for size in [json!("303833"), json!(303_833)] {
            let told = media_at(&json!({"url": "https://x/y", "file_size": size})).unwrap();
            assert_eq!(told.bytes, Some(303_833));
        }
        assert_eq!(media_at(&json!({"id": "1"})), None);
    }

    #[test]
    fn the_token_travels_in_clear_only_where_meta_does() {
        let meta = Graph::new("https://graph.facebook.com", "v23.0").unwrap();
        assert!(meta.address("http://lookaside.fbsbx.com/x").is_err());
        assert!(meta.address("file:///etc/passwd").is_err());
        assert!(meta.address("https://lookaside.fbsbx.com/x").is_ok());
        let sim = Graph::new("http://127.0.0.1:1", "v23.0").unwrap();
        assert!(sim.address("http://127.0.0.1:1/x").is_ok());
    }
}
