//! `/replies`: saved replies of an organisation.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use common::api::page::Page;
use common::api::problem::{Code, Problem};
use common::api::replies::{NewReply, PatchReply, ReplyQuery};
use common::id::{MediaId, ReplyId};
use common::model::reply::{FILES, Reply, VARIABLES, is_name, unknown};
use common::rights::Deed;
use common::text::clean::clean;
use common::wrong::units;

use super::{CREATED, DONE, astray, commit};
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::given::{Asked, Given, Named};
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::fact::Fact;
use crate::fact::reply::ReplyFact;
use crate::limits::TEXT;
use crate::store::scope::Scope;
use crate::store::{Outcome, ask};

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Read, &__path_list, list)
        .on(Deed::Reply, &__path_create, create)
        .on(Deed::Read, &__path_get, get)
        .on(Deed::Reply, &__path_edit, edit)
        .on(Deed::Reply, &__path_remove, remove)
}

/// The saved replies, by name.
#[utoipa::path(get, path = "/replies", tag = "replies", operation_id = "list_replies",
    params(ReplyQuery), responses((status = 200, body = Page<Reply>)))]
async fn list(
    State(api): State<ApiState>,
    Who(scope): Who,
    Asked(query): Asked<ReplyQuery>,
) -> Result<Json<Page<Reply>>, Fault> {
    let items = api
        .store
        .ask(&scope, move |view| ask::replies::list(view, &query))
        .await?;
    Ok(Json(Page { items, next: None }))
}

/// Keeps a reply.
#[utoipa::path(post, path = "/replies", tag = "replies", operation_id = "add_reply",
    request_body = NewReply, responses((status = 201, body = Reply)))]
async fn create(
    State(api): State<ApiState>,
    Who(scope): Who,
    Given(new): Given<NewReply>,
) -> Result<(StatusCode, Json<Reply>), Fault> {
    let fact = ReplyFact::Added {
        org: new.org_id,
        name: name(&new.name)?,
        text: words(&new.text, !new.media_ids.is_empty())?,
        media: files(new.media_ids)?,
    };
    stored(&api, &scope, fact)
        .await
        .map(|reply| (CREATED, Json(reply)))
}

/// One saved reply.
#[utoipa::path(get, path = "/replies/{id}", tag = "replies", operation_id = "get_reply",
    params(("id" = ReplyId, Path, description = "The reply")),
    responses((status = 200, body = Reply)))]
async fn get(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<ReplyId>,
) -> Result<Json<Reply>, Fault> {
    let found = api
        .store
        .ask(&scope, move |view| ask::replies::get(view, id))
        .await?;
    found.map(Json).ok_or_else(|| Fault::missing("saved reply"))
}

/// Changes a saved reply.
#[utoipa::path(patch, path = "/replies/{id}", tag = "replies", operation_id = "change_reply",
    params(("id" = ReplyId, Path, description = "The reply")), request_body = PatchReply,
    responses((status = 200, body = Reply)))]
async fn edit(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<ReplyId>,
    Given(patch): Given<PatchReply>,
) -> Result<Json<Reply>, Fault> {
    let with_files = patch.media_ids.as_ref().is_some_and(|ids| !ids.is_empty());
    let text = patch.text.as_deref().map(|text| words(text, with_files));
    let fact = ReplyFact::Edited {
        reply: id,
        name: patch.name.as_deref().map(name).transpose()?,
        text: text.transpose()?,
        media: patch.media_ids.map(files).transpose()?,
    };
    stored(&api, &scope, fact).await.map(Json)
}

/// Throws a saved reply away.
#[utoipa::path(delete, path = "/replies/{id}", tag = "replies", operation_id = "delete_reply",
    params(("id" = ReplyId, Path, description = "The reply")),
    responses((status = 204, description = "It is gone.")))]
async fn remove(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(reply): Named<ReplyId>,
) -> Result<StatusCode, Fault> {
    commit(&api, &scope, Fact::Reply(ReplyFact::Removed { reply })).await?;
    Ok(DONE)
}

async fn stored(api: &ApiState, scope: &Scope, fact: ReplyFact) -> Result<Reply, Fault> {
    match commit(api, scope, Fact::Reply(fact)).await? {
        Outcome::Reply(reply) => Ok(*reply),
        other => Err(astray(&other)),
    }
}

fn name(name: &str) -> Result<String, Fault> {
    let name = name.trim().trim_start_matches('/').to_owned();
    if is_name(&name) {
        return Ok(name);
    }
    Err(Fault::invalid(
        "name",
        "A reply's name has 1 to 32 small letters, digits, - and _, without spaces: like `gracias`.",
    ))
}

fn words(text: &str, with_files: bool) -> Result<String, Fault> {
    let text = clean(text).trim().to_owned();
    if text.is_empty() && !with_files {
        return Err(Fault::invalid("text", "Give the reply some words."));
    }
    if units(&text) > TEXT {
        let detail = format!("A message has {TEXT} characters at most: shorten the reply.");
        return Err(Fault(Problem::new(Code::TooLong, detail).field("text")));
    }
    if let Some(name) = unknown(&text).first() {
        let known = VARIABLES.map(|name| format!("{{{{{name}}}}}")).join(", ");
        let detail = format!("There is no variable {{{{{name}}}}}; there are {known}.");
        return Err(Fault::invalid("text", detail));
    }
    Ok(text)
}

fn files(ids: Vec<MediaId>) -> Result<Vec<MediaId>, Fault> {
    if ids.len() > FILES {
        let detail = format!("A reply carries {FILES} files at most.");
        return Err(Fault(
            Problem::new(Code::TooLong, detail).field("media_ids"),
        ));
    }
    Ok(ids)
}
