//! What follows when numbers or their credentials change: the keyring is filled anew, what waited is read.

use std::time::Duration;

use common::id::NumberId;
use common::model::number::NumberStatus;

use crate::api::ApiState;
use crate::fact::Fact;
use crate::replay;
use crate::store::ask;
use crate::store::ask::numbers::Credential;
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::store::{Commit, Store};
use crate::vault::keyring::{Keyring, NumberKey, Opened};
use crate::vault::{Vault, VaultError};

/// How long the adding of a number waits for what came before it.
const REPLAY: Duration = Duration::from_secs(5);

impl ApiState {
    /// Opens every number's credentials again. One that does not open harms no other.
    pub(crate) async fn reload_keys(&self) -> Result<(), StoreError> {
        fill(&self.store, &self.vault, &self.keyring).await
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
}

/// Fills a keyring with every number's credentials. One that does not open harms no other.
pub(crate) async fn fill(
    store: &Store,
    vault: &Vault,
    keyring: &Keyring,
) -> Result<(), StoreError> {
    let sealed = store
        .ask(&Scope::daemon(), ask::numbers::credentials)
        .await?;
    let mut all = Vec::with_capacity(sealed.len());
    for credential in sealed {
        let number = credential.number;
        match opened(vault, credential) {
            Ok(keys) => all.push(keys),
            Err(error) => cannot_open(store, number, &error).await?,
        }
    }
    keyring.replace(all);
    Ok(())
}

/// A number whose credentials do not open can neither send nor hear: it says so.
async fn cannot_open(
    store: &Store,
    number: NumberId,
    error: &VaultError,
) -> Result<(), StoreError> {
    tracing::error!(%number, %error, "a number's credentials do not open");
    let (status, error) = (NumberStatus::Error, Some(error.to_string()));
    let facts = vec![Fact::NumberStood {
        number,
        status,
        error,
    }];
    let commit = Commit {
        scope: Scope::daemon(),
        journal: None,
        facts,
    };
    store.commit(commit).await.map(|_stored| ())
}

fn opened(vault: &Vault, sealed: Credential) -> Result<Opened, VaultError> {
    Ok(Opened {
        app: sealed.app_id,
        key: NumberKey {
            number: sealed.number,
            phone_number_id: sealed.phone_number_id,
            token: vault.open_sealed(&sealed.access_token)?,
        },
        app_secrets: sealed
            .app_secrets
            .iter()
            .map(|secret| vault.open_sealed(secret))
            .collect::<Result<_, _>>()?,
        verify_token: vault.open_sealed(&sealed.verify_token)?,
    })
}
