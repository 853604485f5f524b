//! Example files for Meta's reviewers: given through the upload that can be taken up again, answered by a handle.

use common::id::AppId;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use serde_json::Value;

use crate::graph::error::GraphError;
use crate::graph::media::{Parcel, stream};
use crate::graph::{Graph, ODD_TOKEN, escaped};
use crate::vault::keyring::NumberKey;

/// How often a broken upload is taken up again.
const AGAIN: usize = 2;

impl Graph {
    /// Gives a file to Meta as an example. Says the handle that stands for it; `open` gives the
    /// file from the beginning as often as it is needed.
    pub async fn sample<F>(
        &self,
        (key, app): (&NumberKey, &AppId),
        about: (&str, &str, u64),
        open: impl Fn(u64) -> F,
    ) -> Result<String, GraphError>
    where
        F: Future<Output = Result<Parcel, GraphError>>,
    {
        let (name, mime, bytes) = about;
        let path = format!(
            "{app}/uploads?file_name={}&file_length={bytes}&file_type={}",
            escaped(name),
            escaped(mime)
        );
        let begun = self
            .call(self.client.post(self.url(&path)), &key.token)
            .await?;
        let session = word(&begun, "id").filter(|id| is_session(id));
        let session = session.ok_or_else(|| GraphError::Lost("Meta names no upload".to_owned()))?;
        let mut offset = 0;
        for _ in 0..AGAIN {
            match self.rest(key, session, (offset, open(offset).await?)).await {
                Err(GraphError::Lost(_)) => {
                    // How much of it has come only Meta knows.
                    let stands = self.session(key, session).await?;
                    offset = stands.min(bytes);
                }
                done => return done,
            }
        }
        self.rest(key, session, (offset, open(offset).await?)).await
    }

    async fn rest(
        &self,
        key: &NumberKey,
        session: &str,
        (offset, parcel): (u64, Parcel),
    ) -> Result<String, GraphError> {
        let request = self
            .client
            .post(self.url(session))
            .header("file_offset", offset)
            .header(AUTHORIZATION, oauth(key)?)
            .body(stream(parcel.file));
        let done = self.answer(request, &key.token).await?;
        let handle = word(&done, "h").map(ToOwned::to_owned);
        handle.ok_or_else(|| GraphError::Lost("Meta gives no handle".to_owned()))
    }

    async fn session(&self, key: &NumberKey, session: &str) -> Result<u64, GraphError> {
        let request = self.client.get(self.url(session));
        let told = self
            .answer(request.header(AUTHORIZATION, oauth(key)?), &key.token)
            .await?;
        let offset = told.get("file_offset");
        Ok(offset.and_then(Value::as_u64).unwrap_or(0))
    }
}

fn word<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

/// What can stand in a path as it is.
fn is_session(id: &str) -> bool {
    id.starts_with("upload:")
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b":-_=.~?&".contains(&b))
}

/// This one way wants another word before the token than all others.
fn oauth(key: &NumberKey) -> Result<HeaderValue, GraphError> {
    let mut value = HeaderValue::try_from(format!("OAuth {}", key.token.expose()))
        .map_err(|_invalid| GraphError::Client(ODD_TOKEN.to_owned()))?;
    value.set_sensitive(true);
    Ok(value)
}
