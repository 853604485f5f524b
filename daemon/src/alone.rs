//! What is done on the data of a daemon that does not run: nothing listens and nothing is sent.

use std::sync::Arc;

use common::api::key::Rekeyed;
use common::api::replay::Replayed;
use common::time::Clock;
use config::daemon::Settings;

use crate::api::keys::fill;
use crate::hub::Hub;
use crate::private::make_private;
use crate::rekey;
use crate::replay;
use crate::run::EVENTS_AT_HAND;
use crate::start::StartError;
use crate::store::{Options, Store};
use crate::vault::Vault;
use crate::vault::keyring::Keyring;

/// Reads again what could not be read before, where no daemon runs: nothing listens and nothing is
/// sent. Fails with `StoreError::Taken` where a daemon works on the same data after all.
pub async fn replay_alone(
    settings: &Settings,
    clock: Arc<dyn Clock>,
) -> Result<Replayed, StartError> {
    make_private(&settings.data_dir).map_err(StartError::folder(&settings.data_dir))?;
    let hub = Hub::new(EVENTS_AT_HAND);
    let store = Store::open(&settings.database(), clock, hub, Options::default())?;
    let replayed: Result<Replayed, StartError> = async {
        let vault = Vault::open(settings.identity.as_deref(), &settings.data_dir)?;
        let keyring = Keyring::new();
        fill(&store, &vault, &keyring).await?;
        Ok(replay::run(&store, &keyring).await?)
    }
    .await;
    store.close().await;
    replayed
}

/// Seals every credential under a new key, where no daemon runs. Fails with `StoreError::Taken` where one works on
/// the same data after all.
pub async fn rotate_alone(
    settings: &Settings,
    clock: Arc<dyn Clock>,
) -> Result<Rekeyed, StartError> {
    make_private(&settings.data_dir).map_err(StartError::folder(&settings.data_dir))?;
    let hub = Hub::new(EVENTS_AT_HAND);
    let store = Store::open(&settings.database(), clock, hub, Options::default())?;
    let rotated: Result<Rekeyed, StartError> = async {
        let vault = Vault::open(settings.identity.as_deref(), &settings.data_dir)?;
        Ok(rekey::rotate(&store, &vault).await?)
    }
    .await;
    store.close().await;
    rotated
}
