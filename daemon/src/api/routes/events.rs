//! `GET /events`: what happens, as it happens.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use common::id::Seq;
use common::rights::Deed;
use serde::Deserialize;

use crate::api::ApiState;
use crate::api::events::stream;
use crate::api::fault::Fault;
use crate::api::given::Asked;
use crate::api::peer::{Known, Who};
use crate::api::table::Table;

pub(super) fn add(table: Table) -> Table {
    table.on(Deed::Read, &__path_events, events)
}

/// Where to go on.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Place {
    /// After this event; from now on if absent. The header `Last-Event-ID` says the same.
    after: Option<Seq>,
}

/// A stream of `id:`, `event:` and `data:` lines: the sequence number, the kind, the object itself
/// as JSON with its `revision`. Nothing is missed after a number that is still kept (7 days); one
/// that is not gets `event: reset`, and everything after it. A comment comes every 30 seconds.
#[utoipa::path(get, path = "/events", tag = "events", params(Place),
    responses((status = 200, content_type = "text/event-stream", body = String)))]
async fn events(
    State(api): State<ApiState>,
    Who(scope): Who,
    Known(identity): Known,
    Asked(place): Asked<Place>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    // A client that comes back by itself repeats its first address and says in the header how far
    // it got, so the header counts.
    let last = headers
        .get("last-event-id")
        .and_then(|v| v.to_str().ok()?.trim().parse().ok());
    let after = last.map(Seq).or(place.after);
    if after.is_some_and(|after| after.0 < 0) {
        return Err(Fault::invalid(
            "after",
            "`after` is the number of an event, or 0 for all.",
        ));
    }
    Ok(stream(api, (scope, identity), after).await?)
}
