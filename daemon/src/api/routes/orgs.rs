//! `GET|POST /orgs`: the organisations.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use common::api::orgs::NewOrg;
use common::api::page::Page;
use common::model::org::Org;
use common::rights::Deed;

use super::{CREATED, Part, astray, commit};
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::given::{Asked, Given};
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::fact::Fact;
use crate::store::{Outcome, ask};

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Read, &__path_list, list)
        .on(Deed::Machine, &__path_create, create)
}

/// The organisations that I see.
#[utoipa::path(get, path = "/orgs", tag = "orgs", operation_id = "list_orgs", params(Part),
    responses((status = 200, body = Page<Org>)))]
async fn list(
    State(api): State<ApiState>,
    Who(scope): Who,
    Asked(part): Asked<Part>,
) -> Result<Json<Page<Org>>, Fault> {
    part.of(api.store.ask(&scope, ask::orgs::list).await?)
        .map(Json)
}

/// Makes an organisation.
#[utoipa::path(post, path = "/orgs", tag = "orgs", operation_id = "add_org", request_body = NewOrg,
    responses((status = 201, body = Org)))]
async fn create(
    State(api): State<ApiState>,
    Who(scope): Who,
    Given(new): Given<NewOrg>,
) -> Result<(StatusCode, Json<Org>), Fault> {
    if !is_slug(&new.slug) {
        return Err(Fault::invalid(
            "slug",
            "A slug is 1 to 40 of a-z, 0-9 and -, with no - at either end: like `botica-lima`.",
        ));
    }
    let name = new
        .name
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let name = name.unwrap_or(&new.slug).to_owned();
    if name.chars().count() > 100 {
        return Err(Fault::invalid("name", "A name has 100 characters at most."));
    }
    match commit(
        &api,
        &scope,
        Fact::OrgAdded {
            slug: new.slug,
            name,
        },
    )
    .await?
    {
        Outcome::Org(org) => Ok((CREATED, Json(org))),
        other => Err(astray(&other)),
    }
}

fn is_slug(slug: &str) -> bool {
    (1..=40).contains(&slug.len())
        && slug
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !slug.starts_with('-')
        && !slug.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_plain() {
        assert!(["a", "botica-lima", "24h"].iter().all(|s| is_slug(s)));
        let long = "a".repeat(41);
        assert!(
            !["", "-a", "a-", "Ana", "a b", "ñ", &long]
                .iter()
                .any(|s| is_slug(s))
        );
    }
}
