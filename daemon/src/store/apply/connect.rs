//! Connecting: tokens kept for it, numbers on their way, a number given to another organisation.

use common::api::problem::{Code, Problem};
use common::id::{AppId, NumberId, OrgId, PhoneNumberId, WabaId};
use common::phone::Phone;
use rusqlite::{OptionalExtension, params};

use crate::fact::NumberAdded;
use crate::fact::enrol::{Begun, Change, ConnectFact, Enrolment};
use crate::store::apply::batch::Batch;
use crate::store::apply::{Done, number, org};
use crate::store::error::StoreError;
use crate::store::row::code;
use crate::store::scope::Scope;
use crate::vault::sealed::Sealed;

/// Keeps a token, forgets one, takes a number a step further or to another organisation.
pub(crate) fn apply(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &ConnectFact,
) -> Result<Done, StoreError> {
    match fact {
        ConnectFact::Begun(begun) => self::begun(batch, scope, begun),
        ConnectFact::Ended { connect } => {
            let owner: Option<i64> = batch
                .conn
                .prepare_cached("SELECT org FROM connects WHERE id = ?1")?
                .query_row([connect.0], |row| row.get(0))
                .optional()?;
            if !owner.is_some_and(|org| scope.sees(Some(OrgId(org)))) {
                return Err(StoreError::missing("token for connecting"));
            }
            batch
                .conn
                .prepare_cached("DELETE FROM connects WHERE id = ?1")?
                .execute([connect.0])?;
            Ok(Done::Nothing)
        }
        ConnectFact::Enrolled { number, change } => enrolled(batch, scope, *number, change),
        ConnectFact::Moved { number, org } => moved(batch, scope, *number, *org),
    }
}

/// One token an app and organisation: a second one takes the place of the first.
fn begun(batch: &mut Batch<'_>, scope: &Scope, fact: &Begun) -> Result<Done, StoreError> {
    org::seen(batch, scope, fact.org)?;
    let seen = serde_json::to_string(&fact.seen)
        .map_err(|why| StoreError::Damaged(format!("what Meta said of a token: {why}")))?;
    let id = batch
        .conn
        .prepare_cached(
            "INSERT INTO connects (org, app_id, access_token, app_secret, verify_token, seen, \
             created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT (org, app_id) DO UPDATE SET access_token = excluded.access_token, \
             app_secret = excluded.app_secret, verify_token = excluded.verify_token, \
             seen = excluded.seen, created_at = excluded.created_at RETURNING id",
        )?
        .query_row(
            params![
                fact.org.0,
                fact.app.as_str(),
                fact.access_token.0,
                fact.app_secret.0,
                fact.verify_token.0,
                seen,
                batch.now.millis()
            ],
            |row| row.get(0),
        )?;
    Ok(Done::Connect(id))
}

fn enrolled(
    batch: &mut Batch<'_>,
    scope: &Scope,
    id: NumberId,
    change: &Change,
) -> Result<Done, StoreError> {
    let seen = number::seen(batch, scope, id)?;
    let state: Option<String> = batch
        .conn
        .prepare_cached("SELECT state FROM enrolments WHERE number = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    let mut way: Enrolment = match &state {
        None => Enrolment::default(),
        Some(text) => serde_json::from_str(text)
            .map_err(|why| StoreError::Damaged(format!("how far a number is: {why}")))?,
    };
    way.take(change, batch.now);
    let state = serde_json::to_string(&way)
        .map_err(|why| StoreError::Damaged(format!("how far a number is: {why}")))?;
    let pin = match change {
        Change::Registered(pin) => Some(&pin.0),
        _ => None,
    };
    batch
        .conn
        .prepare_cached(
            "INSERT INTO enrolments (number, state, pin) VALUES (?1, ?2, ?3) ON CONFLICT (number) \
             DO UPDATE SET state = excluded.state, pin = coalesce(excluded.pin, pin)",
        )?
        .execute(params![id.0, state, pin])?;
    number::changed(batch, seen.org, seen.id)?;
    Ok(Done::Number(seen.id))
}

/// The number begins anew over there with its credentials and how far it is; what was written
/// stays with the organisation that wrote it.
fn moved(
    batch: &mut Batch<'_>,
    scope: &Scope,
    id: NumberId,
    to: OrgId,
) -> Result<Done, StoreError> {
    let from = number::seen(batch, scope, id)?;
    org::seen(batch, scope, to)?;
    if from.org == to.0 {
        let problem = Problem::new(Code::Conflict, "The number is that organisation's already.");
        return Err(StoreError::Refused(problem.field("org_id")));
    }
    let (added, old): (NumberAdded, Option<Vec<u8>>) = batch
        .conn
        .prepare_cached(
            "SELECT label, transport, phone, phone_number_id, waba_id, app_id, access_token, \
             app_secret, verify_token, app_secret_old FROM numbers WHERE id = ?1",
        )?
        .query_row([id.0], |row| {
            let phone: Option<String> = row.get(2)?;
            let added = NumberAdded {
                org: to,
                label: row.get(0)?,
                transport: code::transport(row.get(1)?),
                phone: phone.and_then(|phone| Phone::parse(&phone).ok()),
                phone_number_id: PhoneNumberId(row.get(3)?),
                waba_id: WabaId(row.get(4)?),
                app_id: AppId(row.get(5)?),
                access_token: Sealed(row.get(6)?),
                app_secret: Sealed(row.get(7)?),
                verify_token: Sealed(row.get(8)?),
            };
            Ok((added, row.get(9)?))
        })?;
    number::removed(batch, scope, id)?;
    let Done::Number(new) = number::added(batch, scope, &added)? else {
        return Ok(Done::Nothing);
    };
    batch
        .conn
        .prepare_cached("UPDATE numbers SET app_secret_old = ?2 WHERE id = ?1")?
        .execute(params![new, old])?;
    batch
        .conn
        .prepare_cached("DELETE FROM enrolments WHERE number = ?1")?
        .execute([new])?;
    batch
        .conn
        .prepare_cached("UPDATE enrolments SET number = ?2 WHERE number = ?1")?
        .execute([id.0, new])?;
    Ok(Done::Number(new))
}
