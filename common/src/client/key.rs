//! What the client asks about the key that opens the credentials.

use hyper::Method;

use crate::api::key::{Key, Recipient, Rekeyed};
use crate::api::problem::Problem;
use crate::client::Client;

impl Client {
    /// The key, and who else can open the credentials.
    pub async fn key(&self) -> Result<Key, Problem> {
        self.get("/key").await
    }

    /// Seals every credential under a new key.
    pub async fn rotate_key(&self) -> Result<Rekeyed, Problem> {
        self.patiently(Method::POST, "/key/rotate", None::<&()>)
            .await
    }

    /// Lets somebody else open the credentials too.
    pub async fn add_recipient(&self, recipient: &Recipient) -> Result<Rekeyed, Problem> {
        self.patiently(Method::POST, "/key/recipients", Some(recipient))
            .await
    }

    /// Lets somebody open them no longer.
    pub async fn remove_recipient(&self, public: &str) -> Result<Rekeyed, Problem> {
        let path = format!("/key/recipients/{public}");
        self.ask(Method::DELETE, &path, None::<&()>).await
    }
}
