//! Telling Meta where notifications go: an app's callback, an account's subscription and its exception.

use common::id::{AppId, WabaId};
use serde_json::json;

use crate::graph::error::GraphError;
use crate::graph::{Graph, escaped};
use crate::vault::secret::Secret;

/// The object that WhatsApp's webhooks are about.
const OBJECT: &str = "whatsapp_business_account";

impl Graph {
    /// Sets an app's callback and the fields it is told of. Meta checks the address at once.
    pub async fn set_callback(
        &self,
        app: &AppId,
        app_token: &Secret,
        (url, verify_token): (&str, &Secret),
        fields: &[&str],
    ) -> Result<(), GraphError> {
        let body = json!({
            "object": OBJECT,
            "callback_url": url,
            "verify_token": verify_token.expose(),
            "fields": fields.join(","),
            "include_values": "true",
        });
        let path = format!("{app}/subscriptions");
        self.post(app_token, &path, body.to_string().into_bytes())
            .await
            .map(drop)
    }

    /// Takes an app's callback away.
    pub async fn remove_callback(&self, app: &AppId, app_token: &Secret) -> Result<(), GraphError> {
        let path = format!("{app}/subscriptions?object={}", escaped(OBJECT));
        self.delete(app_token, &path).await.map(drop)
    }

    /// Subscribes the token's app to an account. Without an exception an earlier one ends.
    pub async fn subscribe(
        &self,
        token: &Secret,
        waba: &WabaId,
        exception: Option<(&str, &Secret)>,
    ) -> Result<(), GraphError> {
        let body = match exception {
            None => json!({}),
            Some((url, verify_token)) => json!({
                "override_callback_uri": url,
                "verify_token": verify_token.expose(),
            }),
        };
        let path = format!("{waba}/subscribed_apps");
        self.post(token, &path, body.to_string().into_bytes())
            .await
            .map(drop)
    }

    /// Ends the subscription of the token's app to an account.
    pub async fn unsubscribe(&self, token: &Secret, waba: &WabaId) -> Result<(), GraphError> {
        self.delete(token, &format!("{waba}/subscribed_apps"))
            .await
            .map(drop)
    }
}
