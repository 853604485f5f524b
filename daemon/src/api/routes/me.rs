//! `GET /me`: who asks, as the daemon knows them.

use axum::Json;
use axum::extract::State;
use common::model::org::{Me, Membership};
use common::rights::{Deed, Role};

use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::store::ask;

pub(super) fn add(table: Table) -> Table {
    table.on(Deed::Know, &__path_me, me)
}

/// Who I am, my organisations and what I may do there.
#[utoipa::path(get, path = "/me", tag = "daemon", responses((status = 200, body = Me)))]
async fn me(State(api): State<ApiState>, Who(scope): Who) -> Result<Json<Me>, Fault> {
    let orgs = api.store.ask(&scope, ask::orgs::list).await?;
    Ok(Json(Me {
        operator: scope.operator().to_owned(),
        uid: scope.actor().uid,
        admin: scope.is_admin(),
        orgs: orgs
            .into_iter()
            .map(|org| {
                let grant = scope.grant(org.id);
                Membership {
                    role: grant.map_or(Role::Owner, |grant| grant.role),
                    numbers: grant.and_then(|grant| grant.numbers.clone()),
                    org,
                }
            })
            .collect(),
    }))
}
