//! Meta's check of a callback URL: a GET with a challenge that must come back bare.

use std::fmt::Write;
use std::str;
use std::time::Duration;

use crate::post::{Limits, PostError};
use crate::world::World;

/// Why a callback URL was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum HandshakeError {
    /// Nobody answered.
    #[error(transparent)]
    Post(#[from] PostError),
    /// The answer had another status than 200.
    #[error("the callback answered {0}")]
    Status(u16),
    /// The answer was not the challenge.
    #[error("the callback did not answer with the challenge")]
    Challenge,
    /// The app has no callback to check.
    #[error("app {0} has no callback URL")]
    NoCallback(String),
}

/// Asks the callback for the challenge.
pub(crate) async fn verify(
    world: &World,
    url: &str,
    verify_token: &str,
) -> Result<(), HandshakeError> {
    let digits = world.ids.node();
    let challenge = digits.get(..10).unwrap_or(&digits);
    let joint = if url.contains('?') { '&' } else { '?' };
    let token = percent(verify_token);
    let url = format!(
        "{url}{joint}hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={token}"
    );
    let limits = Limits {
        timeout: Duration::from_secs(10),
        counters: &world.ledger.counters,
    };
    let (status, body) = world.post.get(&url, limits).await?;
    if status != 200 {
        return Err(HandshakeError::Status(status));
    }
    // Proxies and frameworks like to end a body with a newline; Meta does not mind.
    if str::from_utf8(&body).is_ok_and(|text| text.trim_end() == challenge) {
        return Ok(());
    }
    Err(HandshakeError::Challenge)
}

/// A query value with everything but letters, digits and `-._~` escaped.
fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else if write!(out, "%{byte:02X}").is_err() {
            // Writing to a `String` does not fail.
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn query_values_are_escaped() {
        assert_eq!(percent("a b&ñ~"), "a%20b%26%C3%B1~");
    }
}
