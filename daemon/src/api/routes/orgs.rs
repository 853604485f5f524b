//! `GET|POST /orgs`: the organisations.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use common::api::orgs::{NewOrg, PatchOrg};
use common::api::page::Page;
use common::id::OrgId;
use common::model::org::Org;
use common::rights::Deed;
use common::text::clean::clean_line;

use super::{CREATED, DONE, Part, astray, commit};
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::given::{Asked, Given, Named};
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::fact::Fact;
use crate::fact::people::PeopleFact;
use crate::store::{Outcome, ask};

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Read, &__path_list, list)
        .on(Deed::Machine, &__path_create, create)
        .on(Deed::Org, &__path_rename, rename)
        .on(Deed::Machine, &__path_remove, remove)
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
    let name = checked(name.unwrap_or(&new.slug))?;
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

/// Gives an organisation another name; the short one stays.
#[utoipa::path(patch, path = "/orgs/{id}", tag = "orgs", operation_id = "rename_org",
    params(("id" = OrgId, Path, description = "The organisation")), request_body = PatchOrg,
    responses((status = 200, body = Org)))]
async fn rename(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(org): Named<OrgId>,
    Given(patch): Given<PatchOrg>,
) -> Result<Json<Org>, Fault> {
    let name = checked(patch.name.trim())?;
    let renamed = PeopleFact::OrgRenamed { org, name };
    match commit(&api, &scope, Fact::People(renamed)).await? {
        Outcome::Org(org) => Ok(Json(org)),
        other => Err(astray(&other)),
    }
}

/// Removes an organisation that has no numbers any more: its operators and tokens open nothing
/// there, and what it wrote is seen by nobody. It stays on the disk, its audit log too.
#[utoipa::path(delete, path = "/orgs/{id}", tag = "orgs", operation_id = "remove_org",
    params(("id" = OrgId, Path, description = "The organisation")),
    responses((status = 204, description = "It is no more.")))]
async fn remove(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(org): Named<OrgId>,
) -> Result<StatusCode, Fault> {
    let removed = PeopleFact::OrgRemoved { org };
    commit(&api, &scope, Fact::People(removed)).await?;
    Ok(DONE)
}

fn checked(name: &str) -> Result<String, Fault> {
    let clean = clean_line(name, 100);
    if name.is_empty() || clean != name {
        return Err(Fault::invalid(
            "name",
            "A name has 1 to 100 characters, all of them printable.",
        ));
    }
    Ok(name.to_owned())
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
