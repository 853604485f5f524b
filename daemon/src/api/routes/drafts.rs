//! `GET|PUT|DELETE /chats/{id}/draft`: what somebody is writing.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use common::id::ChatId;
use common::model::chat::Draft;
use common::rights::Deed;

use super::{DONE, astray, commit};
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::given::{GivenValue, Named, only, read};
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::fact::Fact;
use crate::store::{Outcome, ask};

/// A draft is no essay.
const MAX_DRAFT: usize = 65_536;

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Read, &__path_get, get)
        .on(Deed::Keep, &__path_put, put)
        .on(Deed::Keep, &__path_delete, delete)
}

/// What somebody was writing here.
#[utoipa::path(get, path = "/chats/{id}/draft", tag = "drafts", operation_id = "get_draft",
    params(("id" = ChatId, Path, description = "The chat")),
    responses((status = 200, body = Draft)))]
async fn get(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(chat): Named<ChatId>,
) -> Result<Json<Draft>, Fault> {
    let draft = api
        .store
        .ask(&scope, move |view| ask::chats::draft(view, chat))
        .await?;
    draft.map(Json).ok_or_else(|| Fault::missing("draft"))
}

/// Keeps what is being written; an empty one takes it away. Whose hand it was, the daemon knows.
#[utoipa::path(put, path = "/chats/{id}/draft", tag = "drafts", operation_id = "keep_draft",
    params(("id" = ChatId, Path, description = "The chat")), request_body = Draft,
    responses((status = 200, body = Draft), (status = 204, description = "It was empty and is gone.")))]
async fn put(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(chat): Named<ChatId>,
    GivenValue(body): GivenValue,
) -> Result<Response, Fault> {
    only(
        &body,
        &["text", "reply_to", "operator", "updated_at"],
        "a draft",
    )?;
    let mut draft: Draft = read(body)?;
    if draft.text.len() > MAX_DRAFT {
        return Err(Fault::invalid(
            "text",
            format!("A draft has {MAX_DRAFT} bytes at most."),
        ));
    }
    draft.operator = Some(scope.operator().to_owned());
    draft.updated_at = Some(api.clock.now());
    let empty = draft.text.is_empty() && draft.reply_to.is_none();
    let fact = Fact::Drafted {
        chat,
        draft: Some(draft).filter(|_| !empty),
    };
    match commit(&api, &scope, fact).await? {
        Outcome::Draft(Some(draft)) => Ok(Json(draft).into_response()),
        Outcome::Draft(None) | Outcome::Nothing => Ok(DONE.into_response()),
        other => Err(astray(&other)),
    }
}

/// Throws it away.
#[utoipa::path(delete, path = "/chats/{id}/draft", tag = "drafts", operation_id = "drop_draft",
    params(("id" = ChatId, Path, description = "The chat")),
    responses((status = 204, description = "There is none any more.")))]
async fn delete(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(chat): Named<ChatId>,
) -> Result<StatusCode, Fault> {
    commit(&api, &scope, Fact::Drafted { chat, draft: None }).await?;
    Ok(DONE)
}
