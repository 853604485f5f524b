//! `GET /labels`: the labels in use, shared by every operator.

use axum::Json;
use axum::extract::State;
use common::api::chats::{LabelQuery, LabelUse};
use common::api::page::Page;
use common::rights::Deed;

use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::given::Asked;
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::store::ask;

pub(super) fn add(table: Table) -> Table {
    table.on(Deed::Read, &__path_list, list)
}

/// Every label that a chat has, most used first.
#[utoipa::path(get, path = "/labels", tag = "chats", operation_id = "list_labels",
    params(LabelQuery), responses((status = 200, body = Page<LabelUse>)))]
async fn list(
    State(api): State<ApiState>,
    Who(scope): Who,
    Asked(query): Asked<LabelQuery>,
) -> Result<Json<Page<LabelUse>>, Fault> {
    let items = api
        .store
        .ask(&scope, move |view| ask::desk::labels(view, query.number))
        .await?;
    Ok(Json(Page { items, next: None }))
}
