//! Operators: let in, given roles, sent away. Nobody gives or takes more than they have.

use common::api::problem::{Code, Problem};
use common::id::{KeyId, NumberId, OperatorId, OrgId};
use common::rights::{Role, may_give};
use rusqlite::{OptionalExtension, params};
use serde_json::{Value, json};

use crate::fact::people::{Key, Part, PeopleFact};
use crate::store::apply::batch::Batch;
use crate::store::apply::{Done, audit, org, token};
use crate::store::error::StoreError;
use crate::store::row::content::to_json;
use crate::store::row::people;
use crate::store::scope::Scope;

/// Lets in, gives, takes away.
pub(crate) fn apply(
    batch: &Batch<'_>,
    scope: &Scope,
    fact: &PeopleFact,
) -> Result<Done, StoreError> {
    match fact {
        PeopleFact::OrgRenamed { org, name } => org::renamed(batch, scope, *org, name),
        PeopleFact::OrgRemoved { org } => org::removed(batch, scope, *org),
        PeopleFact::OperatorAdded {
            name,
            uid,
            key,
            part,
        } => added(batch, scope, (name, *uid, key.as_ref()), part),
        PeopleFact::RoleGiven { operator, part } => given(batch, scope, *operator, part),
        PeopleFact::OperatorRemoved { operator, org } => removed(batch, scope, *operator, *org),
        PeopleFact::KeyAdded { operator, key } => {
            let name = whole(batch, scope, *operator)?;
            add_key(batch, *operator, key)?;
            let detail = json!({ "operator": name, "fingerprint": key.fingerprint });
            note(batch, scope, *operator, ("key added", &detail))?;
            Ok(Done::Operator(operator.0))
        }
        PeopleFact::KeyRevoked { operator, key } => key_revoked(batch, scope, *operator, *key),
        PeopleFact::TokenAdded {
            name,
            part,
            expires_at,
            hash,
        } => token::added(batch, scope, name, part, (*expires_at, hash)),
        PeopleFact::TokenRevoked { token } => token::revoked(batch, scope, *token),
    }
}

fn added(
    batch: &Batch<'_>,
    scope: &Scope,
    (name, uid, key): (&str, Option<u32>, Option<&Key>),
    part: &Part,
) -> Result<Done, StoreError> {
    may_be_given(batch, scope, part)?;
    let known: Option<i64> = batch
        .conn
        .prepare_cached("SELECT id FROM operators WHERE uid = ?1 AND removed_at IS NULL")?
        .query_row([uid], |row| row.get(0))
        .optional()?;
    let id = match known {
        // A key would open what others gave them.
        Some(_) if key.is_some() => return Err(taken("user", "This user is an operator already.")),
        Some(id) => id,
        None => make(batch, name, uid)?,
    };
    if membership(batch, OperatorId(id), part.org)?.is_some() {
        return Err(taken(
            "name",
            "They are an operator there already; `recado operator role` changes what as.",
        ));
    }
    if let Some(key) = key {
        add_key(batch, OperatorId(id), key)?;
    }
    put(batch, OperatorId(id), part)?;
    let detail = told(&name_of(batch, OperatorId(id))?, part);
    audit::write(
        batch,
        scope,
        Some(part.org.0),
        ("operator", "added"),
        &detail,
    )?;
    Ok(Done::Operator(id))
}

fn make(batch: &Batch<'_>, name: &str, uid: Option<u32>) -> Result<i64, StoreError> {
    let there = batch
        .conn
        .prepare_cached("SELECT 1 FROM operators WHERE name = ?1 AND removed_at IS NULL")?
        .exists([name])?;
    if there {
        return Err(taken(
            "name",
            "This name is taken on this machine; choose another.",
        ));
    }
    batch
        .conn
        .prepare_cached("INSERT INTO operators (name, uid, created_at) VALUES (?1, ?2, ?3)")?
        .execute(params![name, uid, batch.now.millis()])?;
    Ok(batch.conn.last_insert_rowid())
}

fn given(
    batch: &Batch<'_>,
    scope: &Scope,
    operator: OperatorId,
    part: &Part,
) -> Result<Done, StoreError> {
    let name = known(batch, scope, operator)?;
    may_be_given(batch, scope, part)?;
    let before = membership(batch, operator, part.org)?;
    if let Some(before) = &before {
        has_say(scope, before)?;
    }
    put(batch, operator, part)?;
    let mut detail = told(&name, part);
    if let (Some(before), Some(detail)) = (before, detail.as_object_mut()) {
        detail.insert("before".to_owned(), json!(before.role));
    }
    audit::write(
        batch,
        scope,
        Some(part.org.0),
        ("operator", "role"),
        &detail,
    )?;
    Ok(Done::Operator(operator.0))
}

fn removed(
    batch: &Batch<'_>,
    scope: &Scope,
    operator: OperatorId,
    only: Option<OrgId>,
) -> Result<Done, StoreError> {
    let name = known(batch, scope, operator)?;
    let all = people::parts(batch.conn, operator.0)?;
    let meant =
        |part: &&Part| scope.sees(Some(part.org)) && only.is_none_or(|only| only == part.org);
    let parts: Vec<&Part> = all.iter().filter(meant).collect();
    if parts.is_empty() && !(all.is_empty() && scope.sees(None)) {
        return Err(StoreError::missing("operator"));
    }
    for part in &parts {
        has_say(scope, part)?;
        take(batch, operator, part.org)?;
        let detail = told(&name, part);
        audit::write(
            batch,
            scope,
            Some(part.org.0),
            ("operator", "removed"),
            &detail,
        )?;
    }
    if parts.len() == all.len() {
        retire(batch, operator)?;
    }
    Ok(Done::Nothing)
}

/// Nobody comes in by this name any more.
pub(crate) fn retire(batch: &Batch<'_>, operator: OperatorId) -> Result<(), StoreError> {
    batch
        .conn
        .prepare_cached("DELETE FROM operator_keys WHERE operator = ?1")?
        .execute([operator.0])?;
    batch
        .conn
        .prepare_cached("UPDATE operators SET removed_at = ?2 WHERE id = ?1")?
        .execute(params![operator.0, batch.now.millis()])?;
    Ok(())
}

fn key_revoked(
    batch: &Batch<'_>,
    scope: &Scope,
    operator: OperatorId,
    key: KeyId,
) -> Result<Done, StoreError> {
    let name = whole(batch, scope, operator)?;
    let fingerprint: Option<String> = batch
        .conn
        .prepare_cached(
            "DELETE FROM operator_keys WHERE id = ?1 AND operator = ?2 RETURNING fingerprint",
        )?
        .query_row([key.0, operator.0], |row| row.get(0))
        .optional()?;
    let fingerprint = fingerprint.ok_or_else(|| StoreError::missing("key"))?;
    let detail = json!({ "operator": name, "fingerprint": fingerprint });
    note(batch, scope, operator, ("key revoked", &detail))?;
    Ok(Done::Operator(operator.0))
}

/// Whether there is such an organisation with such numbers, and the asker may give that much.
pub(crate) fn may_be_given(
    batch: &Batch<'_>,
    scope: &Scope,
    part: &Part,
) -> Result<(), StoreError> {
    org::seen(batch, scope, part.org)?;
    has_say(scope, part)?;
    let Some(numbers) = &part.numbers else {
        return Ok(());
    };
    let theirs = |id: &NumberId| {
        batch
            .number(scope, id.0)
            .is_some_and(|n| n.org == part.org.0)
    };
    if numbers.is_empty() || !numbers.iter().all(theirs) {
        return Err(StoreError::Refused(
            Problem::new(
                Code::Invalid,
                "Name numbers of that organisation, or none for all of them.",
            )
            .field("numbers"),
        ));
    }
    Ok(())
}

/// Whether the asker may give this, or take it away.
pub(crate) fn has_say(scope: &Scope, part: &Part) -> Result<(), StoreError> {
    let own = match scope.grant(part.org) {
        Some(grant) => grant.role,
        None if scope.sees(Some(part.org)) => Role::Owner,
        None => return Err(StoreError::missing("organisation")),
    };
    let narrow = scope
        .grant(part.org)
        .and_then(|grant| grant.numbers.as_ref());
    let covers = |own: &Vec<NumberId>| {
        let numbers = part.numbers.as_ref();
        numbers.is_some_and(|numbers| numbers.iter().all(|number| own.contains(number)))
    };
    if may_give(own, part.role) && narrow.is_none_or(covers) {
        return Ok(());
    }
    Err(StoreError::refuse(
        Code::Forbidden,
        format!(
            "You are {own} there and may neither give nor take more than that: not the role {}{}.",
            part.role,
            if narrow.is_some() {
                " beyond your own numbers"
            } else {
                ""
            }
        ),
    ))
}

/// The name of an operator whom the asker may know.
fn known(batch: &Batch<'_>, scope: &Scope, operator: OperatorId) -> Result<String, StoreError> {
    let parts = people::parts(batch.conn, operator.0)?;
    if scope.sees(None) || parts.iter().any(|part| scope.sees(Some(part.org))) {
        return name_of(batch, operator);
    }
    Err(StoreError::missing("operator"))
}

/// The name of an operator all of whose roles the asker may take away: only then may they touch
/// what opens all of them.
fn whole(batch: &Batch<'_>, scope: &Scope, operator: OperatorId) -> Result<String, StoreError> {
    let name = known(batch, scope, operator)?;
    for part in people::parts(batch.conn, operator.0)? {
        has_say(scope, &part).map_err(|_less| {
            StoreError::refuse(
                Code::Forbidden,
                "A key opens everything that its owner may do, and you have no say in all of that; \
                 ask the machine's administrator.",
            )
        })?;
    }
    Ok(name)
}

fn name_of(batch: &Batch<'_>, operator: OperatorId) -> Result<String, StoreError> {
    batch
        .conn
        .prepare_cached("SELECT name FROM operators WHERE id = ?1 AND removed_at IS NULL")?
        .query_row([operator.0], |row| row.get(0))
        .optional()?
        .ok_or_else(|| StoreError::missing("operator"))
}

fn membership(
    batch: &Batch<'_>,
    operator: OperatorId,
    org: OrgId,
) -> Result<Option<Part>, StoreError> {
    let parts = people::parts(batch.conn, operator.0)?;
    Ok(parts.into_iter().find(|part| part.org == org))
}

fn put(batch: &Batch<'_>, operator: OperatorId, part: &Part) -> Result<(), StoreError> {
    batch
        .conn
        .prepare_cached(
            "INSERT INTO memberships (operator, org, role, numbers) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT DO UPDATE SET role = excluded.role, numbers = excluded.numbers",
        )?
        .execute(params![
            operator.0,
            part.org.0,
            part.role.as_str(),
            part.numbers.as_ref().map(to_json).transpose()?
        ])?;
    Ok(())
}

fn take(batch: &Batch<'_>, operator: OperatorId, org: OrgId) -> Result<(), StoreError> {
    batch
        .conn
        .prepare_cached("DELETE FROM memberships WHERE operator = ?1 AND org = ?2")?
        .execute([operator.0, org.0])?;
    Ok(())
}

fn add_key(batch: &Batch<'_>, operator: OperatorId, key: &Key) -> Result<(), StoreError> {
    let there = batch
        .conn
        .prepare_cached("SELECT 1 FROM operator_keys WHERE key = ?1")?
        .exists([&key.key])?;
    if there {
        return Err(taken("ssh_key", "This key lets somebody in already."));
    }
    batch
        .conn
        .prepare_cached(
            "INSERT INTO operator_keys (operator, key, fingerprint, hash, created_at) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            operator.0,
            key.key,
            key.fingerprint,
            key.hash,
            batch.now.millis()
        ])?;
    Ok(())
}

/// Writes something about an operator into the log of each of their organisations.
fn note(
    batch: &Batch<'_>,
    scope: &Scope,
    operator: OperatorId,
    (what, detail): (&str, &Value),
) -> Result<(), StoreError> {
    for part in people::parts(batch.conn, operator.0)? {
        audit::write(batch, scope, Some(part.org.0), ("operator", what), detail)?;
    }
    Ok(())
}

/// A role as the log tells it.
pub(crate) fn told(name: &str, part: &Part) -> Value {
    let mut detail = json!({ "name": name, "role": part.role });
    if let (Some(numbers), Some(detail)) = (&part.numbers, detail.as_object_mut()) {
        detail.insert("numbers".to_owned(), json!(numbers));
    }
    detail
}

fn taken(field: &str, sentence: &str) -> StoreError {
    StoreError::Refused(Problem::new(Code::Conflict, sentence).field(field))
}
