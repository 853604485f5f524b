//! `POST /replay`: reads again what could not be read before.

use axum::Json;
use axum::extract::State;
use common::api::replay::Replayed;
use common::rights::Deed;

use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::table::Table;
use crate::replay::run;

pub(super) fn add(table: Table) -> Table {
    table.on(Deed::Machine, &__path_replay, replay)
}

/// Reads the notifications again that an older version could not read, or that came for a number
/// not known then. What was read before stays as it is.
#[utoipa::path(post, path = "/replay", tag = "daemon", responses((status = 200, body = Replayed)))]
async fn replay(State(api): State<ApiState>) -> Result<Json<Replayed>, Fault> {
    Ok(Json(run(&api.store, &api.keyring).await?))
}
