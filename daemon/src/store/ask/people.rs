//! Operators as the asker may know them; and for the daemon alone, who comes in.

use common::api::operators::{Given, Operator};
use common::api::tokens::Token;
use common::id::OperatorId;
use rusqlite::OptionalExtension;

use crate::fact::people::Part;
use crate::store::ask::View;
use crate::store::error::StoreError;
use crate::store::row::people;
use crate::store::scope::{Actor, Grant, Scope};

/// Operators of the organisations that the asker sees, with their roles there.
pub fn operators(view: &View<'_>) -> Result<Vec<Operator>, StoreError> {
    let mut statement = view.conn.prepare_cached(
        "SELECT id FROM operators o WHERE removed_at IS NULL AND (?1 IS NULL OR EXISTS \
         (SELECT 1 FROM memberships m WHERE m.operator = o.id \
         AND m.org IN (SELECT value FROM json_each(?1)))) ORDER BY name",
    )?;
    let ids: Vec<i64> = statement
        .query_map([view.orgs()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let operator = people::operator(view.conn, id)?;
        found.extend(operator.map(|operator| known(view, operator)));
    }
    Ok(found)
}

/// One operator, as far as the asker may know them.
pub fn operator(view: &View<'_>, id: OperatorId) -> Result<Option<Operator>, StoreError> {
    let found = people::operator(view.conn, id.0)?.map(|operator| known(view, operator));
    Ok(found.filter(|operator| !operator.orgs.is_empty() || view.sees(None)))
}

fn known(view: &View<'_>, mut operator: Operator) -> Operator {
    let sees = |given: &Given| view.sees(Some(given.org_id.0));
    operator.orgs.retain(sees);
    operator
}

/// The operator who is this user of the machine; only for the daemon's own scope.
pub fn by_uid(view: &View<'_>, uid: u32) -> Result<Option<Scope>, StoreError> {
    view.daemon_only()?;
    let found = view
        .conn
        .prepare_cached("SELECT id FROM operators WHERE uid = ?1 AND removed_at IS NULL")?
        .query_row([uid], |row| row.get(0))
        .optional()?;
    scope(view, found, Some(uid))
}

/// The operator whose key presents what has this hash; only for the daemon's own scope.
pub fn by_key(view: &View<'_>, hash: &[u8; 32]) -> Result<Option<Scope>, StoreError> {
    view.daemon_only()?;
    let found = view
        .conn
        .prepare_cached("SELECT operator FROM operator_keys WHERE hash = ?1")?
        .query_row([hash], |row| row.get(0))
        .optional()?;
    scope(view, found, None)
}

fn scope(
    view: &View<'_>,
    operator: Option<i64>,
    uid: Option<u32>,
) -> Result<Option<Scope>, StoreError> {
    let Some(id) = operator else {
        return Ok(None);
    };
    let Some(operator) = people::operator(view.conn, id)? else {
        return Ok(None);
    };
    let grant = |part: Part| Grant {
        org: part.org,
        role: part.role,
        numbers: part.numbers,
    };
    let actor = Actor {
        name: operator.name,
        uid,
        operator: Some(operator.id),
        token: None,
    };
    let grants = people::parts(view.conn, id)?.into_iter().map(grant);
    Ok(Some(Scope::granted(actor, grants.collect())))
}

/// What a token reaches.
pub fn of_token(token: Token) -> Scope {
    let actor = Actor {
        name: token.name,
        token: Some(token.id),
        ..Actor::default()
    };
    let grant = Grant {
        org: token.org_id,
        role: token.role,
        numbers: token.numbers,
    };
    Scope::granted(actor, vec![grant])
}
