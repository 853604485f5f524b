//! `GET|POST /tokens`, `DELETE /tokens/{id}`: bearer tokens for the TCP port.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use common::api::page::Page;
use common::api::tokens::{NewToken, Token};
use common::id::TokenId;
use common::rights::{Deed, Role};

use super::{CREATED, DONE, Part as Slice, astray, commit};
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::fresh;
use crate::api::given::{Asked, Given, Named};
use crate::api::peer::{Who, hash};
use crate::api::table::Table;
use crate::fact::Fact;
use crate::fact::people::{Part, PeopleFact};
use crate::store::{Outcome, ask};

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Token, &__path_list, list)
        .on(Deed::Token, &__path_create, create)
        .on(Deed::Token, &__path_revoke, revoke)
}

/// The tokens that are valid, without their words.
#[utoipa::path(get, path = "/tokens", tag = "tokens", operation_id = "list_tokens", params(Slice),
    responses((status = 200, body = Page<Token>)))]
async fn list(
    State(api): State<ApiState>,
    Who(scope): Who,
    Asked(part): Asked<Slice>,
) -> Result<Json<Page<Token>>, Fault> {
    part.of(api.store.ask(&scope, ask::tokens::list).await?)
        .map(Json)
}

/// Makes a token for one organisation; its words are told this once.
#[utoipa::path(post, path = "/tokens", tag = "tokens", operation_id = "add_token",
    request_body = NewToken, responses((status = 201, body = Token)))]
async fn create(
    State(api): State<ApiState>,
    Who(scope): Who,
    Given(new): Given<NewToken>,
) -> Result<(StatusCode, Json<Token>), Fault> {
    let name = new.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Fault::invalid(
            "name",
            "A token's name has 1 to 100 characters: say what it is for.",
        ));
    }
    let words = fresh::bearer_token()?;
    if new.expires_at.is_some_and(|at| at <= api.clock.now()) {
        return Err(Fault::invalid(
            "expires_at",
            "This moment is over; name one that is to come, or none.",
        ));
    }
    let added = PeopleFact::TokenAdded {
        name,
        part: Part {
            org: new.org_id,
            role: new.role.unwrap_or(Role::Agent),
            numbers: new.numbers,
        },
        expires_at: new.expires_at,
        hash: hash(&words),
    };
    match commit(&api, &scope, Fact::People(added)).await? {
        Outcome::Token(token) => Ok((
            CREATED,
            Json(Token {
                token: Some(words),
                ..token
            }),
        )),
        other => Err(astray(&other)),
    }
}

/// Makes a token worthless, at once.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "tokens", operation_id = "revoke_token",
    params(("id" = TokenId, Path, description = "The token")),
    responses((status = 204, description = "It opens nothing any more.")))]
async fn revoke(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(token): Named<TokenId>,
) -> Result<StatusCode, Fault> {
    let revoked = PeopleFact::TokenRevoked { token };
    commit(&api, &scope, Fact::People(revoked)).await?;
    Ok(DONE)
}
