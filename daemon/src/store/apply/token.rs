//! Bearer tokens: made, revoked.

use common::id::TokenId;
use common::time::Stamp;
use rusqlite::params;
use serde_json::json;

use crate::fact::people::Part;
use crate::store::apply::batch::Batch;
use crate::store::apply::people::{has_say, may_be_given, told};
use crate::store::apply::{Done, audit};
use crate::store::error::StoreError;
use crate::store::row::content::to_json;
use crate::store::row::people;
use crate::store::scope::Scope;

/// A new token.
pub(crate) fn added(
    batch: &Batch<'_>,
    scope: &Scope,
    name: &str,
    part: &Part,
    (expires_at, hash): (Option<Stamp>, &[u8; 32]),
) -> Result<Done, StoreError> {
    may_be_given(batch, scope, part)?;
    batch
        .conn
        .prepare_cached(
            "INSERT INTO tokens (org, name, hash, created_at, role, numbers, expires_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            part.org.0,
            name,
            hash,
            batch.now.millis(),
            part.role.as_str(),
            part.numbers.as_ref().map(to_json).transpose()?,
            expires_at.map(Stamp::millis)
        ])?;
    let id = batch.conn.last_insert_rowid();
    let mut detail = told(name, part);
    if let Some(detail) = detail.as_object_mut() {
        detail.insert("token".to_owned(), json!(id));
    }
    audit::write(batch, scope, Some(part.org.0), ("token", "added"), &detail)?;
    Ok(Done::Token(id))
}

/// A token is worth nothing any more.
pub(crate) fn revoked(
    batch: &Batch<'_>,
    scope: &Scope,
    token: TokenId,
) -> Result<Done, StoreError> {
    let found = people::token(batch.conn, token.0)?;
    let found = found.filter(|found| scope.sees(Some(found.org_id)));
    let token = found.ok_or_else(|| StoreError::missing("token"))?;
    let part = Part {
        org: token.org_id,
        role: token.role,
        numbers: token.numbers,
    };
    has_say(scope, &part)?;
    batch
        .conn
        .prepare_cached("DELETE FROM tokens WHERE id = ?1")?
        .execute([token.id.0])?;
    let detail = json!({ "name": token.name, "token": token.id });
    audit::write(
        batch,
        scope,
        Some(part.org.0),
        ("token", "revoked"),
        &detail,
    )?;
    Ok(Done::Nothing)
}
