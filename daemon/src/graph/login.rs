//! Tokens from Meta: an app's own, a longer life for one that ends.

use common::api::numbers::SecretText;
use common::id::AppId;
use serde_json::Value;

use crate::graph::error::GraphError;
use crate::graph::{Graph, escaped};
use crate::vault::secret::Secret;

/// The app's own token, good for its webhooks and for looking through other tokens.
pub fn app_token(app: &AppId, secret: &Secret) -> Secret {
    Secret::new(&format!("{app}|{}", secret.expose()))
}

/// A token, and for how many seconds it lives.
#[derive(Debug, Clone)]
pub struct Granted {
    /// The token.
    pub token: SecretText,
    /// Seconds until its end; `None` for never.
    pub lives_s: Option<i64>,
}

impl Graph {
    /// A token like this one that lives sixty days from now. The old one lives to its own end.
    pub async fn renewed(
        &self,
        app: &AppId,
        secret: &Secret,
        token: &Secret,
    ) -> Result<Granted, GraphError> {
        let asked = format!(
            "&grant_type=fb_exchange_token&set_token_expires_in_60_days=true&fb_exchange_token={}",
            escaped(token.expose())
        );
        let granted = self.grant(app, secret, &asked).await;
        granted.map_err(|error| without(error, token.expose()))
    }

    async fn grant(
        &self,
        app: &AppId,
        secret: &Secret,
        asked: &str,
    ) -> Result<Granted, GraphError> {
        let path = format!(
            "oauth/access_token?client_id={app}&client_secret={}{asked}",
            escaped(secret.expose())
        );
        let own = app_token(app, secret);
        let answer = self.get(&own, &path).await;
        let answer = answer.map_err(|error| without(error, secret.expose()))?;
        let token = answer
            .get("access_token")
            .and_then(Value::as_str)
            .ok_or_else(|| GraphError::Lost("an answer without a token".to_owned()))?;
        Ok(Granted {
            token: SecretText::new(token),
            lives_s: answer.get("expires_in").and_then(Value::as_i64),
        })
    }
}

/// An error that does not repeat what must not be told.
fn without(error: GraphError, secret: &str) -> GraphError {
    match error {
        GraphError::Refused(refusal) => GraphError::Refused(Box::new(refusal.without(secret))),
        other => other,
    }
}
