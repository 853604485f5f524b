//! `GET /search`: full text, accents and case ignored, and operators.

use axum::Json;
use axum::extract::State;
use common::api::page::Page;
use common::api::search::{Hit, SearchQuery};
use common::rights::Deed;
use common::text::zone;

use super::check_limit;
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::given::Asked;
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::store::ask;

/// Longer than this nobody searches.
const MAX_QUERY: usize = 500;

pub(super) fn add(table: Table) -> Table {
    table.on(Deed::Read, &__path_search, search)
}

/// Messages that hold these words, newest first. The last word may be a beginning. A page may hold
/// few hits, or none, and still not be the last: only a `next` of null ends the search.
#[utoipa::path(get, path = "/search", tag = "search", params(SearchQuery),
    responses((status = 200, body = Page<Hit>)))]
async fn search(
    State(api): State<ApiState>,
    Who(scope): Who,
    Asked(query): Asked<SearchQuery>,
) -> Result<Json<Page<Hit>>, Fault> {
    check_limit(query.limit)?;
    if query.q.trim().is_empty() {
        return Err(Fault::invalid(
            "q",
            "`q` is empty; give a word to look for.",
        ));
    }
    if query.q.chars().count() > MAX_QUERY {
        return Err(Fault::invalid(
            "q",
            format!("`q` has {MAX_QUERY} characters at most."),
        ));
    }
    let zone = zone::of(query.zone.as_deref()).ok_or_else(|| {
        Fault::invalid(
            "zone",
            "`zone` is neither the name of a time zone (America/Lima) nor an offset (-05:00).",
        )
    })?;
    api.store.settle().await;
    let page = api
        .store
        .ask(&scope, move |view| ask::seek::run(view, &query, &zone))
        .await?;
    Ok(Json(page))
}
