//! `/connect`: a token looked through and kept, what it sees, a number taken.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use common::api::connect::{Choice, Connect, NewConnect, SeenAccount};
use common::api::numbers::SecretText;
use common::api::page::Page;
use common::id::ConnectId;
use common::model::number::Number;
use common::rights::Deed;

use super::numbers::{label, secret};
use super::{CREATED, DONE, Part};
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::fresh;
use crate::api::given::{Asked, Given, Named};
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::store::ask;

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Number, &__path_list, list)
        .on(Deed::Number, &__path_begin, begin)
        .on(Deed::Number, &__path_get, get)
        .on(Deed::Number, &__path_end, end)
        .on(Deed::Number, &__path_accounts, accounts)
        .on(Deed::Number, &__path_choose, choose)
}

/// Tokens that numbers can be connected with, the newest first.
#[utoipa::path(get, path = "/connect", tag = "connect", operation_id = "list_connects", params(Part),
    responses((status = 200, body = Page<Connect>)))]
async fn list(
    State(api): State<ApiState>,
    Who(scope): Who,
    Asked(part): Asked<Part>,
) -> Result<Json<Page<Connect>>, Fault> {
    part.of(api.store.ask(&scope, ask::connect::list).await?)
        .map(Json)
}

/// Looks a token through with Meta and keeps it, sealed. One that will not do is not kept.
#[utoipa::path(post, path = "/connect", tag = "connect", operation_id = "begin_connect",
    request_body = NewConnect, responses((status = 201, body = Connect)))]
async fn begin(
    State(api): State<ApiState>,
    Who(scope): Who,
    Given(new): Given<NewConnect>,
) -> Result<(StatusCode, Json<Connect>), Fault> {
    let id = new.app_id.as_str();
    if !(1..=64).contains(&id.len()) || !id.bytes().all(|b| b.is_ascii_digit()) {
        let detail = "`app_id` is the number that Meta's dashboard shows beside the app's name.";
        return Err(Fault::invalid("app_id", detail));
    }
    secret("app_secret", &new.app_secret)?;
    secret("access_token", &new.access_token)?;
    let verify_token = match &new.verify_token {
        Some(given) => {
            secret("verify_token", given)?;
            SecretText::new(given.expose())
        }
        None => fresh::verify_token()?,
    };
    let new = NewConnect {
        app_secret: SecretText::new(new.app_secret.expose()),
        access_token: SecretText::new(new.access_token.expose()),
        ..new
    };
    let begun = api.connector.begin(&scope, &new, &verify_token).await?;
    Ok((CREATED, Json(begun)))
}

/// One of them.
#[utoipa::path(get, path = "/connect/{id}", tag = "connect", operation_id = "get_connect",
    params(("id" = ConnectId, Path, description = "The token")),
    responses((status = 200, body = Connect)))]
async fn get(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<ConnectId>,
) -> Result<Json<Connect>, Fault> {
    let found = api
        .store
        .ask(&scope, move |view| ask::connect::get(view, id))
        .await?;
    found
        .map(Json)
        .ok_or_else(|| Fault::missing("token for connecting"))
}

/// Forgets a kept token. Numbers that were connected with it keep theirs.
#[utoipa::path(delete, path = "/connect/{id}", tag = "connect", operation_id = "end_connect",
    params(("id" = ConnectId, Path, description = "The token")),
    responses((status = 204, description = "It is forgotten.")))]
async fn end(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<ConnectId>,
) -> Result<StatusCode, Fault> {
    api.connector.end(&scope, id).await?;
    Ok(DONE)
}

/// The accounts and numbers that a kept token sees, asked from Meta now.
#[utoipa::path(get, path = "/connect/{id}/accounts", tag = "connect",
    operation_id = "seen_accounts", params(("id" = ConnectId, Path, description = "The token")),
    responses((status = 200, body = Page<SeenAccount>)))]
async fn accounts(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<ConnectId>,
) -> Result<Json<Page<SeenAccount>>, Fault> {
    let items = api.connector.accounts(&scope, id).await?;
    Ok(Json(Page { items, next: None }))
}

/// Takes a number that an account has, or adds a new one to it. `GET /numbers/{id}/connection`
/// tells what comes next.
#[utoipa::path(post, path = "/connect/{id}/number", tag = "connect",
    operation_id = "choose_number", params(("id" = ConnectId, Path, description = "The token")),
    request_body = Choice, responses((status = 201, body = Number)))]
async fn choose(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<ConnectId>,
    Given(choice): Given<Choice>,
) -> Result<(StatusCode, Json<Number>), Fault> {
    if let Some(text) = &choice.label {
        label(text)?;
    }
    let number = api.connector.choose(&scope, id, &choice).await?;
    api.reload_keys().await?;
    api.catch_up().await;
    Ok((CREATED, Json(number)))
}
