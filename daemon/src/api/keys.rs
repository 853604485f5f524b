//! What follows when a number's credentials change: the keyring is filled anew.

use crate::api::ApiState;
use crate::store::ask;
use crate::store::ask::numbers::Credential;
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::vault::VaultError;
use crate::vault::keyring::{NumberKey, Opened};

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
