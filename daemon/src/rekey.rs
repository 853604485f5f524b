//! A new key, or other recipients, for every credential: safe against a crash at any point.
//!
//! The file with the new key before the old one is on the disk before anything is sealed with it; the old one goes from the file
//! after everything is sealed anew and synced. In between both open, and the next start ends what was begun.

use common::api::key::{Key, Recipient, Rekeyed};

use crate::fact::{Fact, Resealed};
use crate::store::ask::sealed::{self, Kept};
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::store::{Commit, Store};
use crate::vault::{Still, Vault, VaultError};

/// Why the credentials were not sealed anew. What was begun can be ended by doing it again, or by a restart.
#[derive(Debug, thiserror::Error)]
pub enum RekeyError {
    /// The vault says no.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The store says no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// After sealing there is something that the new key does not open.
    #[error(
        "{0} credentials are not sealed with the new key; the old one stays beside it, run it again"
    )]
    Unsafe(usize),
}

/// The key as it may be shown.
pub fn shown(vault: &Vault) -> Key {
    let recipients = vault.recipients();
    let named = recipients.named().iter();
    Key {
        public: vault.public(),
        path: vault.path().display().to_string(),
        recipients: named
            .map(|(public, name)| Recipient {
                public: public.clone(),
                name: name.clone(),
            })
            .collect(),
    }
}

/// Ends what a crash interrupted; mostly there is nothing.
pub async fn settle(store: &Store, vault: &Vault) -> Result<(), RekeyError> {
    let still = vault.still().await;
    if still.is_unfinished() {
        let (resealed, _) = reseal(store, &still).await?;
        drop(still);
        tracing::info!(
            resealed,
            "ended a change of the key that a stop had interrupted"
        );
    }
    Ok(())
}

/// A new key in the place of the present one.
pub async fn rotate(store: &Store, vault: &Vault) -> Result<Rekeyed, RekeyError> {
    let still = vault.still().await;
    let before = vault.public();
    // One that was begun and failed is ended first: no key is ever dropped unsettled.
    if still.is_unfinished() {
        reseal(store, &still).await?;
    }
    still.turn()?;
    let done = reseal(store, &still).await?;
    drop(still);
    tracing::info!(key = %vault.public(), "every credential is sealed with a new key");
    Ok(told(vault, before, done))
}

/// Lets these open the credentials beside the own key, and nobody else.
pub async fn seal_for(
    store: &Store,
    vault: &Vault,
    change: impl FnOnce(&Vault) -> Result<crate::vault::recipients::Recipients, VaultError>,
) -> Result<Rekeyed, RekeyError> {
    let still = vault.still().await;
    let before = vault.public();
    still.seal_for(change(vault)?)?;
    let done = reseal(store, &still).await?;
    drop(still);
    Ok(told(vault, before, done))
}

fn told(vault: &Vault, before: String, (resealed, unreadable): (u64, u64)) -> Rekeyed {
    Rekeyed {
        key: shown(vault),
        before,
        resealed,
        unreadable,
    }
}

/// Seals everything as it is sealed now, makes sure of it, and lets older keys go. Says how many were sealed, and how many no
/// key opens.
async fn reseal(store: &Store, still: &Still) -> Result<(u64, u64), RekeyError> {
    let all = store.ask(&Scope::daemon(), sealed::all).await?;
    let mut anew = Vec::with_capacity(all.len());
    let mut unreadable = Vec::new();
    for Kept { place, row, sealed } in all {
        match still.anew(&sealed)? {
            Some(to) => anew.push(Resealed {
                place,
                row,
                from: sealed,
                to,
            }),
            None => unreadable.push((place, row)),
        }
    }
    let count = anew.len();
    let commit = Commit {
        scope: Scope::daemon(),
        journal: None,
        facts: vec![Fact::Resealed(anew)],
    };
    store.commit(commit).await?;
    let now = store.ask(&Scope::daemon(), sealed::all).await?;
    let left = now
        .iter()
        .filter(|kept| !unreadable.contains(&(kept.place, kept.row)))
        .filter(|kept| !still.is_safe(&kept.sealed))
        .count();
    if left > 0 {
        return Err(RekeyError::Unsafe(left));
    }
    still.settle()?;
    let whole = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    Ok((whole(count), whole(unreadable.len())))
}
