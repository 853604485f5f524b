//! Organisations: added, renamed, removed.

use common::api::problem::{Code, Problem};
use common::id::{OperatorId, OrgId};
use rusqlite::params;
use serde_json::json;

use crate::store::apply::batch::Batch;
use crate::store::apply::{Done, audit, people};
use crate::store::error::StoreError;
use crate::store::row;
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
    let id = batch.conn.last_insert_rowid();
    let detail = json!({ "org": id, "slug": slug });
    audit::write(batch, scope, None, ("org", "added"), &detail)?;
    Ok(Done::Org(id))
}

/// An organisation has another name.
pub(crate) fn renamed(
    batch: &Batch<'_>,
    scope: &Scope,
    org: OrgId,
    name: &str,
) -> Result<Done, StoreError> {
    seen(batch, scope, org)?;
    batch
        .conn
        .prepare_cached("UPDATE orgs SET name = ?2 WHERE id = ?1")?
        .execute(params![org.0, name])?;
    let detail = json!({ "name": name });
    audit::write(batch, scope, Some(org.0), ("org", "renamed"), &detail)?;
    Ok(Done::Org(org.0))
}

/// An organisation is no more: its operators and tokens open nothing there. What it wrote stays on
/// the disk, its log too. One whose numbers still work is not removed by mistake.
pub(crate) fn removed(batch: &Batch<'_>, scope: &Scope, org: OrgId) -> Result<Done, StoreError> {
    seen(batch, scope, org)?;
    if !scope.sees(None) {
        return Err(StoreError::refuse(
            Code::Forbidden,
            "Only the daemon's own user and root may remove organisations.",
        ));
    }
    let works = batch
        .conn
        .prepare_cached("SELECT 1 FROM numbers WHERE org = ?1 AND removed_at IS NULL")?
        .exists([org.0])?;
    if works {
        return Err(StoreError::refuse(
            Code::Conflict,
            "This organisation still has numbers; remove them first (`recado number remove`).",
        ));
    }
    let slug: String = batch
        .conn
        .prepare_cached("SELECT slug FROM orgs WHERE id = ?1")?
        .query_row([org.0], |row| row.get(0))?;
    audit::write(
        batch,
        scope,
        None,
        ("org", "removed"),
        &json!({ "org": org, "slug": slug }),
    )?;
    batch
        .conn
        .prepare_cached("DELETE FROM tokens WHERE org = ?1")?
        .execute([org.0])?;
    let mut statement = batch
        .conn
        .prepare_cached("DELETE FROM memberships WHERE org = ?1 RETURNING operator")?;
    let rows = statement.query_map([org.0], |row| row.get(0).map(OperatorId))?;
    for operator in rows.collect::<Result<Vec<_>, _>>()? {
        if row::people::parts(batch.conn, operator.0)?.is_empty() {
            people::retire(batch, operator)?;
        }
    }
    batch
        .conn
        .prepare_cached("UPDATE orgs SET removed_at = ?2, slug = slug || '~' || id WHERE id = ?1")?
        .execute(params![org.0, batch.now.millis()])?;
    Ok(Done::Nothing)
}

/// Whether there is such an organisation and the asker may touch it; refused if not.
pub(crate) fn seen(batch: &Batch<'_>, scope: &Scope, org: OrgId) -> Result<(), StoreError> {
    let known = scope.sees(Some(org))
        && batch
            .conn
            .prepare_cached("SELECT 1 FROM orgs WHERE id = ?1 AND removed_at IS NULL")?
            .exists([org.0])?;
    if known {
        Ok(())
    } else {
        Err(StoreError::missing("organisation"))
    }
}
