//! `GET /audit`, `GET /audit/verify`: who did what when, and whether the log is whole.

use axum::Json;
use axum::extract::State;
use common::api::audit::{AuditChain, AuditEntry, AuditQuery, VerifyQuery};
use common::api::page::Page;
use common::rights::Deed;

use super::check_limit;
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::given::Asked;
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::store::ask;

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Audit, &__path_list, list)
        .on(Deed::Audit, &__path_verify, verify)
}

/// Who did what when, newest first.
#[utoipa::path(get, path = "/audit", tag = "audit", operation_id = "audit", params(AuditQuery),
    responses((status = 200, body = Page<AuditEntry>)))]
async fn list(
    State(api): State<ApiState>,
    Who(scope): Who,
    Asked(query): Asked<AuditQuery>,
) -> Result<Json<Page<AuditEntry>>, Fault> {
    check_limit(query.limit)?;
    let asked = api
        .store
        .ask(&scope, move |view| ask::audit::list(view, &query));
    Ok(Json(asked.await?))
}

/// Walks along every chain that I see and names the first entry that does not fit. The hash of the
/// last good one, written down elsewhere, shows later that nothing was cut off.
#[utoipa::path(get, path = "/audit/verify", tag = "audit", operation_id = "verify_audit",
    params(VerifyQuery), responses((status = 200, body = Page<AuditChain>)))]
async fn verify(
    State(api): State<ApiState>,
    Who(scope): Who,
    Asked(query): Asked<VerifyQuery>,
) -> Result<Json<Page<AuditChain>>, Fault> {
    let asked = api
        .store
        .ask(&scope, move |view| ask::audit::verify(view, query.org));
    Ok(Json(Page {
        items: asked.await?,
        next: None,
    }))
}
