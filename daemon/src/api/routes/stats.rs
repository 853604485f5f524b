//! `GET /stats`: figures of a span of time.

use axum::Json;
use axum::extract::State;
use common::api::stats::{Stats, StatsQuery};
use common::rights::Deed;
use common::text::zone;

use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::given::Asked;
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::store::ask;

pub(super) fn add(table: Table) -> Table {
    table.on(Deed::Read, &__path_stats, stats)
}

/// What was written, answered, delivered and lost, by hour or day and by number.
#[utoipa::path(get, path = "/stats", tag = "stats", params(StatsQuery),
    responses((status = 200, body = Stats)))]
async fn stats(
    State(api): State<ApiState>,
    Who(scope): Who,
    Asked(query): Asked<StatsQuery>,
) -> Result<Json<Stats>, Fault> {
    let zone = zone::of(query.zone.as_deref()).ok_or_else(|| {
        Fault::invalid(
            "zone",
            "`zone` is neither the name of a time zone (America/Lima) nor an offset (-05:00).",
        )
    })?;
    let stats = api
        .store
        .ask(&scope, move |view| ask::stats::run(view, &query, &zone))
        .await?;
    Ok(Json(stats))
}
