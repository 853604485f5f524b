//! A number at Meta: added, proved by a code, registered with a PIN, let go.

use common::api::connect::CodeMethod;
use common::id::{PhoneNumberId, WabaId};
use common::phone::Phone;
use serde_json::{Value, json};

use crate::graph::Graph;
use crate::graph::error::GraphError;
use crate::vault::keyring::NumberKey;
use crate::vault::secret::Secret;

impl Graph {
    /// Adds a number to an account; it must be proved and registered before it sends.
    pub async fn add_number(
        &self,
        token: &Secret,
        waba: &WabaId,
        phone: &Phone,
        name: &str,
    ) -> Result<PhoneNumberId, GraphError> {
        let code = phone.calling_code().unwrap_or_default();
        let national = phone.digits().strip_prefix(code).unwrap_or_default();
        let body = json!({ "cc": code, "phone_number": national, "verified_name": name });
        let path = format!("{waba}/phone_numbers");
        let answer = self
            .post(token, &path, body.to_string().into_bytes())
            .await?;
        let id = answer.get("id").and_then(|id| {
            id.as_str()
                .map(ToOwned::to_owned)
                .or_else(|| id.as_u64().map(|n| n.to_string()))
        });
        id.map(PhoneNumberId::from)
            .ok_or_else(|| GraphError::Lost("Meta did not say the new number's id".to_owned()))
    }

    /// Has a code sent to the number.
    pub async fn request_code(
        &self,
        key: &NumberKey,
        method: CodeMethod,
        language: &str,
    ) -> Result<(), GraphError> {
        let body = json!({ "code_method": method.for_meta(), "language": language });
        self.deed(key, "request_code", &body).await
    }

    /// Gives the code back.
    pub async fn verify_code(&self, key: &NumberKey, code: &str) -> Result<(), GraphError> {
        self.deed(key, "verify_code", &json!({ "code": code }))
            .await
    }

    /// Registers the number with its PIN, or with its first one.
    pub async fn register(&self, key: &NumberKey, pin: &Secret) -> Result<(), GraphError> {
        let body = json!({ "messaging_product": "whatsapp", "pin": pin.expose() });
        self.deed(key, "register", &body).await
    }

    /// Ends the number's registration.
    pub async fn deregister(&self, key: &NumberKey) -> Result<(), GraphError> {
        let body = json!({ "messaging_product": "whatsapp" });
        self.deed(key, "deregister", &body).await
    }

    async fn deed(&self, key: &NumberKey, edge: &str, body: &Value) -> Result<(), GraphError> {
        let path = format!("{}/{edge}", key.phone_number_id);
        self.post(&key.token, &path, body.to_string().into_bytes())
            .await
            .map(drop)
    }
}
