//! What follows when numbers or their credentials change: the keyring is filled anew, what waited is read.

use std::time::Duration;

use crate::api::ApiState;
use crate::replay;
use crate::store::ask;
use crate::store::ask::numbers::Credential;
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::vault::VaultError;
use crate::vault::keyring::{NumberKey, Opened};

/// How long the adding of a number waits for what came before it.
const REPLAY: Duration = Duration::from_secs(5);

impl ApiState {
    /// Opens every number's credentials again. One that does not open harms no other.
    pub(crate) async fn reload_keys(&self) -> Result<(), StoreError> {
        let sealed = self
            .store
            .ask(&Scope::daemon(), ask::numbers::credentials)
            .await?;
        let opened = sealed.into_iter().filter_map(|credential| {
            let number = credential.number;
            self.opened(credential)
                .map_err(
                    |error| tracing::error!(%number, %error, "a number's credentials do not open"),
                )
                .ok()
        });
        self.keyring.replace(opened.collect());
        Ok(())
    }

    /// Reads again what came before its number was known. Waits a little, and goes on behind the
    /// caller's back where there is much.
    pub(crate) async fn catch_up(&self) {
        let (store, keyring) = (self.store.clone(), self.keyring.clone());
        let reading = tokio::spawn(async move {
            match replay::run(&store, &keyring).await {
                Ok(done) if done.bodies > 0 => {
                    tracing::info!(
                        bodies = done.bodies,
                        still_unread = done.still_unread,
                        "read again"
                    );
                }
                Ok(_nothing) => {}
                Err(error) => {
                    tracing::warn!(%error, "what waits was not read; recadod replay does it");
                }
            }
        });
        tokio::time::timeout(REPLAY, reading).await.ok();
    }

    fn opened(&self, sealed: Credential) -> Result<Opened, VaultError> {
        Ok(Opened {
            app: sealed.app_id,
            key: NumberKey {
                number: sealed.number,
                phone_number_id: sealed.phone_number_id,
                token: self.vault.open_sealed(&sealed.access_token)?,
            },
            app_secrets: sealed
                .app_secrets
                .iter()
                .map(|secret| self.vault.open_sealed(secret))
                .collect::<Result<_, _>>()?,
            verify_token: self.vault.open_sealed(&sealed.verify_token)?,
        })
    }
}
