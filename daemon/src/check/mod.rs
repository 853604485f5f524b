//! The doctor: walks the way of a message from Meta to here, hop by hop, and says where it breaks.

mod certificate;
mod house;
mod meta;
mod reach;
mod walk;
mod way;

use std::path::PathBuf;
use std::sync::Arc;

use common::id::{AppId, NumberId, WabaId};
use common::model::check::Diagnosis;
use common::time::{Clock, Stamp};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio::sync::{Mutex, watch};
use tokio::task::spawn_blocking;

use crate::beacon::Beacon;
use crate::check::meta::Asked;
use crate::check::reach::Roots;
use crate::check::walk::Told;
use crate::fact::Fact;
use crate::graph::Graph;
use crate::graph::error::GraphError;
use crate::graph::standing::{Account, Callback, Inspected, Standing, Subscriber};
use crate::hub::Hub;
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::store::{Commit, Store, ask};
use crate::vault::keyring::NumberKey;
use crate::vault::secret::Secret;
use crate::vault::{Vault, VaultError};

/// Why there is no diagnosis.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// There is no such number.
    #[error("there is no such number")]
    Unknown,
    /// The store cannot be asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its credentials do not open.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The system has no randomness, or no certificates.
    #[error("{0}")]
    System(String),
}

/// What the doctor works with. Clones share it.
#[derive(Debug, Clone)]
pub struct Doctor {
    /// What is known of numbers; where a diagnosis is kept.
    pub store: Store,
    /// Opens their credentials.
    pub vault: Vault,
    /// The way to Meta.
    pub graph: Graph,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Tells of each check as it comes.
    pub hub: Hub,
    /// What this daemon recognises itself by.
    pub beacon: Beacon,
    /// What Meta calls.
    pub public_url: watch::Receiver<String>,
    /// Where the database lies.
    pub data_dir: PathBuf,
    /// Authorities trusted beside the system's: a PEM file.
    pub extra_ca: Option<PathBuf>,
    /// One examination of a number at a time.
    pub turn: Arc<Mutex<()>>,
}

/// A number with its credentials in clear.
#[derive(Debug)]
pub(crate) struct Patient {
    pub(crate) number: NumberId,
    pub(crate) org: common::id::OrgId,
    pub(crate) app: AppId,
    pub(crate) account: WabaId,
    pub(crate) key: NumberKey,
    pub(crate) app_token: Secret,
    pub(crate) app_secret: Secret,
    pub(crate) verify_token: Secret,
    pub(crate) heard: Option<Stamp>,
}

/// What Meta answered to all questions about a number.
struct Answers {
    callback: Asked<Option<Callback>>,
    subscribers: Asked<Vec<Subscriber>>,
    token: Asked<Inspected>,
    standing: Asked<Standing>,
    account: Asked<Account>,
    messaging: Asked<()>,
    date: Result<String, GraphError>,
}

impl Doctor {
    /// Examines a number; tells of each check as it comes, and keeps what came of all.
    pub async fn examine(&self, scope: &Scope, number: NumberId) -> Result<Diagnosis, CheckError> {
        let _turn = self.turn.lock().await;
        let patient = self.patient(scope, number).await?;
        let mut told = Told::new(self, &patient);
        let (answers, way) = tokio::join!(self.ask_meta(&patient), told.walk());
        way?;
        told.meta(&answers);
        told.house(&answers).await;
        let diagnosis = Diagnosis {
            number_id: number,
            at: self.clock.now(),
            checks: told.checks(),
        };
        let commit = Commit {
            scope: Scope::daemon(),
            journal: None,
            facts: vec![Fact::Diagnosed(Box::new(diagnosis.clone()))],
        };
        if let Err(error) = self.store.commit(commit).await {
            tracing::warn!(%error, "a diagnosis was not kept");
        }
        Ok(diagnosis)
    }

    pub(crate) async fn patient(&self, scope: &Scope, id: NumberId) -> Result<Patient, CheckError> {
        let seen = self
            .store
            .ask(scope, move |view| ask::numbers::get(view, id));
        let number = seen.await?.ok_or(CheckError::Unknown)?;
        let all = self
            .store
            .ask(&Scope::daemon(), ask::numbers::credentials)
            .await?;
        let found = all.into_iter().find(|one| one.number == id);
        let sealed = found.ok_or(CheckError::Unknown)?;
        let newest = sealed.app_secrets.first().ok_or(CheckError::Unknown)?;
        let app_secret = self.vault.open_sealed(newest)?;
        Ok(Patient {
            number: id,
            org: sealed.org,
            app_token: Secret::new(&format!("{}|{}", sealed.app_id, app_secret.expose())),
            app: sealed.app_id,
            account: sealed.waba_id,
            key: NumberKey {
                number: id,
                phone_number_id: sealed.phone_number_id,
                token: self.vault.open_sealed(&sealed.access_token)?,
            },
            app_secret,
            verify_token: self.vault.open_sealed(&sealed.verify_token)?,
            heard: number.health.heard_at,
        })
    }

    async fn ask_meta(&self, patient: &Patient) -> Answers {
        let Patient {
            app,
            account,
            key,
            app_token,
            ..
        } = patient;
        let graph = &self.graph;
        let (callback, subscribers, token, standing, account, messaging, date) = tokio::join!(
            graph.callback(app, app_token),
            graph.subscribers(&key.token, account),
            graph.inspect(&key.token, app_token),
            graph.standing(key),
            graph.account(&key.token, account),
            graph.may_message(key),
            graph.date(),
        );
        Answers {
            callback,
            subscribers,
            token,
            standing,
            account,
            messaging,
            date,
        }
    }

    async fn roots(&self) -> Result<Roots, CheckError> {
        let extra = self.extra_ca.clone();
        let loading = spawn_blocking(move || {
            let extra = extra.map_or_else(|| Ok(Vec::new()), |file| authorities(&file))?;
            Roots::load(&extra)
        });
        let loaded = loading
            .await
            .map_err(|why| CheckError::System(why.to_string()))?;
        loaded.map_err(CheckError::System)
    }
}

/// The certificates of a PEM file.
fn authorities(file: &std::path::Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let told = |why: &dyn std::fmt::Display| format!("tls.extra_ca: {}: {why}", file.display());
    CertificateDer::pem_file_iter(file)
        .map_err(|why| told(&why))?
        .collect::<Result<Vec<_>, _>>()
        .map_err(|why| told(&why))
}
