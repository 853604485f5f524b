//! Organisations and bearer tokens: added, revoked.

use common::api::problem::{Code, Problem};
use common::id::{OrgId, TokenId};
use rusqlite::{OptionalExtension, params};

use crate::store::apply::Done;
use crate::store::apply::batch::Batch;
use crate::store::error::StoreError;
use crate::store::scope::Scope;

/// The longest short name of an organisation.
const MAX_SLUG: usize = 40;

/// A new organisation.
pub(crate) fn org_added(
    batch: &mut Batch<'_>,
    scope: &Scope,
    slug: &str,
    name: &str,
) -> Result<Done, StoreError> {
    if !scope.sees(None) {
        return Err(StoreError::refuse(
            Code::Forbidden,
            "Only an administrator may add organisations.",
        ));
    }
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if slug.is_empty() || slug.len() > MAX_SLUG || !slug.chars().all(fits) {
        return Err(StoreError::Refused(
            Problem::new(
                Code::Invalid,
                "Use 1 to 40 of a-z, 0-9 and - for the short name.",
            )
            .field("slug"),
        ));
    }
    let taken = batch
        .conn
        .prepare_cached("SELECT 1 FROM orgs WHERE slug = ?1")?
        .exists([slug])?;
    if taken {
        return Err(StoreError::Refused(
            Problem::new(
                Code::Conflict,
                format!("There is an organisation {slug} already."),
            )
            .field("slug"),
        ));
    }
    let name = if name.trim().is_empty() {
        slug
    } else {
        name.trim()
    };
    batch
        .conn
        .prepare_cached("INSERT INTO orgs (slug, name, created_at) VALUES (?1, ?2, ?3)")?
        .execute(params![slug, name, batch.now.millis()])?;
    Ok(Done::Org(batch.conn.last_insert_rowid()))
}

/// A new bearer token.
pub(crate) fn token_added(
    batch: &mut Batch<'_>,
    scope: &Scope,
    name: &str,
    org: OrgId,
    hash: &[u8; 32],
) -> Result<Done, StoreError> {
    seen(batch, scope, org)?;
    batch
        .conn
        .prepare_cached("INSERT INTO tokens (org, name, hash, created_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![org.0, name, hash, batch.now.millis()])?;
    Ok(Done::Token(batch.conn.last_insert_rowid()))
}

/// A bearer token is worth nothing any more.
pub(crate) fn token_revoked(
    batch: &mut Batch<'_>,
    scope: &Scope,
    token: TokenId,
) -> Result<Done, StoreError> {
    let org: Option<i64> = batch
        .conn
        .prepare_cached("SELECT org FROM tokens WHERE id = ?1")?
        .query_row([token.0], |row| row.get(0))
        .optional()?;
    if !org.is_some_and(|org| scope.sees(Some(OrgId(org)))) {
        return Err(StoreError::missing("token"));
    }
    batch
        .conn
        .prepare_cached("DELETE FROM tokens WHERE id = ?1")?
        .execute([token.0])?;
    Ok(Done::Nothing)
}

/// Whether there is such an organisation and the asker may touch it; refused if not.
pub(crate) fn seen(batch: &Batch<'_>, scope: &Scope, org: OrgId) -> Result<(), StoreError> {
    let known = scope.sees(Some(org))
        && batch
            .conn
            .prepare_cached("SELECT 1 FROM orgs WHERE id = ?1")?
            .exists([org.0])?;
    if known {
        Ok(())
    } else {
        Err(StoreError::missing("organisation"))
    }
}
