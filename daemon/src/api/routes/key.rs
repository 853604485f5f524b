//! `GET /key`, `POST /key/rotate`, `POST /key/recipients`, `DELETE /key/recipients/{public}`.

use axum::Json;
use axum::extract::State;
use common::api::key::{Key, Recipient, Rekeyed};
use common::api::problem::Code;
use common::rights::Deed;
use serde_json::{Value, json};

use super::commit;
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::given::{Given, Named};
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::fact::Fact;
use crate::fact::people::Witnessed;
use crate::rekey::{self, RekeyError};
use crate::store::scope::Scope;
use crate::vault::VaultError;

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Machine, &__path_get, get)
        .on(Deed::Machine, &__path_rotate, rotate)
        .on(Deed::Machine, &__path_add_recipient, add_recipient)
        .on(Deed::Machine, &__path_remove_recipient, remove_recipient)
}

/// The key that opens the credentials, and who else can open them. Only public halves.
#[utoipa::path(get, path = "/key", tag = "daemon", operation_id = "get_key",
    responses((status = 200, body = Key)))]
async fn get(State(api): State<ApiState>) -> Json<Key> {
    Json(rekey::shown(&api.vault))
}

/// Seals every credential under a new key; the old one goes when that is on the disk. A crash at any point
/// leaves everything readable, and the next start ends it.
#[utoipa::path(post, path = "/key/rotate", tag = "daemon", operation_id = "rotate_key",
    responses((status = 200, body = Rekeyed)))]
async fn rotate(State(api): State<ApiState>, Who(scope): Who) -> Result<Json<Rekeyed>, Fault> {
    // It goes on to its end also when whoever asked has gone.
    let (store, vault) = (api.store.clone(), api.vault.clone());
    let rotating = tokio::spawn(async move { rekey::rotate(&store, &vault).await });
    let done = rotating.await.map_err(|why| broke(&why))??;
    let detail = json!({ "before": done.before, "now": done.key.public });
    write_down(&api, &scope, "rotated", detail).await?;
    Ok(Json(done))
}

/// Lets somebody else, an agency for instance, open the credentials with their own age key too.
#[utoipa::path(post, path = "/key/recipients", tag = "daemon", operation_id = "add_recipient",
    request_body = Recipient, responses((status = 200, body = Rekeyed)))]
async fn add_recipient(
    State(api): State<ApiState>,
    Who(scope): Who,
    Given(new): Given<Recipient>,
) -> Result<Json<Rekeyed>, Fault> {
    let detail = json!({ "public": new.public, "name": new.name });
    let (store, vault) = (api.store.clone(), api.vault.clone());
    let sealing = tokio::spawn(async move {
        let with = |vault: &crate::vault::Vault| vault.recipients().with(&new.public, &new.name);
        rekey::seal_for(&store, &vault, with).await
    });
    let done = sealing.await.map_err(|why| broke(&why))??;
    write_down(&api, &scope, "recipient added", detail).await?;
    Ok(Json(done))
}

/// Seals every credential anew without somebody. What they could open before, they may have kept.
#[utoipa::path(delete, path = "/key/recipients/{public}", tag = "daemon", operation_id = "remove_recipient",
    params(("public" = String, Path, description = "The public half of their key")),
    responses((status = 200, body = Rekeyed)))]
async fn remove_recipient(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(public): Named<String>,
) -> Result<Json<Rekeyed>, Fault> {
    let detail = json!({ "public": public });
    let known = api.vault.recipients();
    if !known.named().iter().any(|(key, _)| *key == public) {
        return Err(Fault::missing("recipient"));
    }
    let (store, vault) = (api.store.clone(), api.vault.clone());
    let sealing = tokio::spawn(async move {
        let without = |vault: &crate::vault::Vault| Ok(vault.recipients().without(&public));
        rekey::seal_for(&store, &vault, without).await
    });
    let done = sealing.await.map_err(|why| broke(&why))??;
    write_down(&api, &scope, "recipient removed", detail).await?;
    Ok(Json(done))
}

/// Into the audit log: who changed the key.
async fn write_down(
    api: &ApiState,
    scope: &Scope,
    what: &'static str,
    detail: Value,
) -> Result<(), Fault> {
    let seen = Witnessed {
        org: None,
        deed: "key",
        what,
        detail,
    };
    commit(api, scope, Fact::Witnessed(seen)).await.map(drop)
}

fn broke(why: &tokio::task::JoinError) -> Fault {
    Fault::internal(&why.to_string())
}

impl From<RekeyError> for Fault {
    fn from(error: RekeyError) -> Self {
        match error {
            RekeyError::Store(error) => error.into(),
            RekeyError::Vault(VaultError::NoRecipient) => {
                Self::invalid("public", VaultError::NoRecipient.to_string())
            }
            RekeyError::Vault(VaultError::Systemds) => {
                Self::new(Code::Conflict, VaultError::Systemds.to_string())
            }
            // What is told of the key is a path and what the system says of it: no secret.
            RekeyError::Vault(error @ VaultError::Unreadable { .. }) => {
                Self::new(Code::Internal, error.to_string())
            }
            other => Self::internal(&other.to_string()),
        }
    }
}
