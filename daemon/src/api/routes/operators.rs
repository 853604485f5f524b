//! `/operators`: who may come in, as what, and by which SSH keys.

use std::fs;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use common::api::numbers::SecretText;
use common::api::operators::{Given as Role, NewKey, NewOperator, Operator, WayIn};
use common::api::page::Page;
use common::api::problem::Code;
use common::id::{KeyId, OperatorId, OrgId};
use common::rights::Deed;
use common::ssh::{PublicKey, fingerprint};
use common::text::clean::clean_line;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{CREATED, DONE, Part as Slice, astray, commit};
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::fresh;
use crate::api::given::{Asked, Given, Named};
use crate::api::peer::{Who, hash, user_id};
use crate::api::table::Table;
use crate::fact::Fact;
use crate::fact::people::{Key, Part, PeopleFact};
use crate::store::scope::Scope;
use crate::store::{Outcome, ask};

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Operator, &__path_list, list)
        .on(Deed::Operator, &__path_create, create)
        .on(Deed::Operator, &__path_give, give)
        .on(Deed::Operator, &__path_remove, remove)
        .on(Deed::Operator, &__path_add_key, add_key)
        .on(Deed::Operator, &__path_revoke_key, revoke_key)
}

/// Operators of my organisations, with what they are there.
#[utoipa::path(get, path = "/operators", tag = "operators", operation_id = "list_operators",
    params(Slice), responses((status = 200, body = Page<Operator>)))]
async fn list(
    State(api): State<ApiState>,
    Who(scope): Who,
    Asked(part): Asked<Slice>,
) -> Result<Json<Page<Operator>>, Fault> {
    let mut operators = api.store.ask(&scope, ask::people::operators).await?;
    let account = api.entrance.account.as_ref();
    let file = account.map(|account| account.authorized_keys().display().to_string());
    for key in operators.iter_mut().flat_map(|o| &mut o.keys) {
        key.authorized_keys.clone_from(&file);
    }
    part.of(operators).map(Json)
}

/// Lets somebody in: a user of this machine, or the holder of an SSH key. Whoever is an operator
/// elsewhere already, as the same user, gets this role beside. For a key the answer says how it
/// comes in, with its secret, this once.
#[utoipa::path(post, path = "/operators", tag = "operators", operation_id = "add_operator",
    request_body = NewOperator, responses((status = 201, body = Operator)))]
async fn create(
    State(api): State<ApiState>,
    Who(scope): Who,
    Given(new): Given<NewOperator>,
) -> Result<(StatusCode, Json<Operator>), Fault> {
    let name = new.name.trim().to_owned();
    if name.is_empty() || clean_line(&name, 40) != name || name.starts_with('-') {
        return Err(Fault::invalid(
            "name",
            "An operator's name has 1 to 40 printable characters.",
        ));
    }
    let user = match (&new.user, &new.ssh_key) {
        (Some(user), _) => Some(user.as_str()),
        (None, None) => Some(name.as_str()),
        (None, Some(_)) => None,
    };
    let uid = user.map(|user| uid_of(&api, user)).transpose()?;
    let keyed = new.ssh_key.as_deref().map(|text| keyed(&api, text));
    let (key, way) = keyed.transpose()?.unzip();
    let part = Part {
        org: new.org_id,
        role: new.role,
        numbers: new.numbers,
    };
    let added = PeopleFact::OperatorAdded {
        name,
        uid,
        key,
        part,
    };
    let operator = told(&api, &scope, added).await?;
    Ok((
        CREATED,
        Json(Operator {
            ssh: way,
            ..operator
        }),
    ))
}

/// Gives a role in an organisation, in place of the one held there.
#[utoipa::path(put, path = "/operators/{id}/role", tag = "operators", operation_id = "give_role",
    params(("id" = OperatorId, Path, description = "The operator")), request_body = Role,
    responses((status = 200, body = Operator)))]
async fn give(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(operator): Named<OperatorId>,
    Given(role): Given<Role>,
) -> Result<Json<Operator>, Fault> {
    let part = Part {
        org: role.org_id,
        role: role.role,
        numbers: role.numbers,
    };
    let given = PeopleFact::RoleGiven { operator, part };
    told(&api, &scope, given).await.map(Json)
}

/// From where somebody is sent away.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct From {
    /// Only from this organisation; from all that I have a say in if absent.
    org: Option<OrgId>,
}

/// Sends somebody away, at once: their consoles are closed, their keys open nothing.
#[utoipa::path(delete, path = "/operators/{id}", tag = "operators", operation_id = "remove_operator",
    params(("id" = OperatorId, Path, description = "The operator"), From),
    responses((status = 204, description = "They are gone.")))]
async fn remove(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(operator): Named<OperatorId>,
    Asked(from): Asked<From>,
) -> Result<StatusCode, Fault> {
    let org = from.org;
    let removed = PeopleFact::OperatorRemoved { operator, org };
    commit(&api, &scope, Fact::People(removed)).await?;
    Ok(DONE)
}

/// Lets in one more SSH key of somebody. The answer says how it comes in, with its secret, this once.
#[utoipa::path(post, path = "/operators/{id}/keys", tag = "operators", operation_id = "add_key",
    params(("id" = OperatorId, Path, description = "The operator")), request_body = NewKey,
    responses((status = 201, body = Operator)))]
async fn add_key(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(operator): Named<OperatorId>,
    Given(new): Given<NewKey>,
) -> Result<(StatusCode, Json<Operator>), Fault> {
    let (key, way) = keyed(&api, &new.ssh_key)?;
    let added = PeopleFact::KeyAdded { operator, key };
    let operator = told(&api, &scope, added).await?;
    let ssh = Some(way);
    Ok((CREATED, Json(Operator { ssh, ..operator })))
}

/// Makes an SSH key worthless, at once: whoever came in by it is out.
#[utoipa::path(delete, path = "/operators/{id}/keys/{key}", tag = "operators",
    operation_id = "revoke_key",
    params(("id" = OperatorId, Path, description = "The operator"),
        ("key" = KeyId, Path, description = "The key")),
    responses((status = 204, description = "It opens nothing any more.")))]
async fn revoke_key(
    State(api): State<ApiState>,
    Who(scope): Who,
    path: Result<Path<(OperatorId, KeyId)>, axum::extract::rejection::PathRejection>,
) -> Result<StatusCode, Fault> {
    let Path((operator, key)) = path.map_err(|_no_ids| Fault::missing("key"))?;
    let revoked = PeopleFact::KeyRevoked { operator, key };
    commit(&api, &scope, Fact::People(revoked)).await?;
    Ok(DONE)
}

/// Does it, and gives the operator as the asker may know them.
async fn told(api: &ApiState, scope: &Scope, fact: PeopleFact) -> Result<Operator, Fault> {
    let id = match commit(api, scope, Fact::People(fact)).await? {
        Outcome::Operator(operator) => operator.id,
        other => return Err(astray(&other)),
    };
    let asked = api
        .store
        .ask(scope, move |view| ask::people::operator(view, id));
    asked.await?.ok_or_else(|| Fault::missing("operator"))
}

fn uid_of(api: &ApiState, user: &str) -> Result<u32, Fault> {
    let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let uid = user_id(&passwd, user).ok_or_else(|| {
        Fault::invalid(
            "user",
            format!(
                "This machine has no user {user}. Make one, or let an SSH key in: \
                 recado operator add {user} --ssh-key FILE."
            ),
        )
    })?;
    if uid == 0 || api.entrance.is_shared(uid) {
        return Err(Fault::invalid(
            "user",
            format!("{user} is no single person's account; let people in as themselves."),
        ));
    }
    Ok(uid)
}

/// A key to let in, with a secret of its own.
fn keyed(api: &ApiState, text: &str) -> Result<(Key, WayIn), Fault> {
    let Some(account) = &api.entrance.account else {
        return Err(Fault::new(
            Code::Conflict,
            "SSH keys come in through a shared account, and api.ssh_account names none that is on \
             this machine.",
        ));
    };
    let key = PublicKey::parse(text).map_err(|why| Fault::invalid("ssh_key", format!("{why}.")))?;
    let secret: SecretText = fresh::key_secret()?;
    let digest: [u8; 32] = Sha256::digest(key.blob()).into();
    let authorized_keys = account.authorized_keys();
    let way = WayIn {
        account: account.name.clone(),
        authorized_keys: authorized_keys.display().to_string(),
        secret: secret.clone(),
    };
    let key = Key {
        key: key.to_string(),
        fingerprint: fingerprint(&digest),
        hash: hash(secret.expose()),
    };
    Ok((key, way))
}
