//! Numbers on their way, and the tokens that they are connected with.

use std::time::Duration;

use common::api::connect::Connect;
use common::id::{AppId, ConnectId, NumberId, OrgId, PhoneNumberId};
use common::model::number::NumberStatus;
use common::tick::Status;
use rusqlite::{OptionalExtension, params};

use crate::fact::enrol::Enrolment;
use crate::store::ask::View;
use crate::store::ask::numbers::{self, Credential};
use crate::store::error::StoreError;
use crate::store::row::code;
use crate::store::row::connect::{CONNECT, read};
use crate::vault::sealed::Sealed;

/// A kept token's sealed parts.
#[derive(Debug, Clone)]
pub struct SealedConnect {
    /// The organisation.
    pub org: OrgId,
    /// The app.
    pub app: AppId,
    /// The token.
    pub access_token: Sealed,
    /// The app secret.
    pub app_secret: Sealed,
    /// The verify token.
    pub verify_token: Sealed,
}

/// What is known of a number on its way.
#[derive(Debug, Clone, Default)]
pub struct Enrolled {
    /// How far it is.
    pub enrolment: Enrolment,
    /// Its PIN, sealed.
    pub pin: Option<Sealed>,
    /// Whether a message has shown that Meta's notifications arrive.
    pub proved: bool,
}

/// Tokens that numbers can be connected with.
pub fn list(view: &View<'_>) -> Result<Vec<Connect>, StoreError> {
    let sql = format!(
        "SELECT {CONNECT} FROM connects WHERE (?1 IS NULL OR org IN (SELECT value FROM json_each(?1))) \
         ORDER BY id DESC"
    );
    let mut statement = view.conn.prepare_cached(&sql)?;
    let rows = statement.query_map([view.orgs()], |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// One of them.
pub fn get(view: &View<'_>, id: ConnectId) -> Result<Option<Connect>, StoreError> {
    let sql = format!(
        "SELECT {CONNECT} FROM connects WHERE id = ?1 \
         AND (?2 IS NULL OR org IN (SELECT value FROM json_each(?2)))"
    );
    view.conn
        .prepare_cached(&sql)?
        .query_row(params![id.0, view.orgs()], |row| Ok(read(row)))
        .optional()?
        .transpose()
}

/// Its sealed parts; only for the daemon's own scope.
pub fn sealed(view: &View<'_>, id: ConnectId) -> Result<Option<SealedConnect>, StoreError> {
    view.daemon_only()?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(SealedConnect {
            org: OrgId(row.get(0)?),
            app: AppId(row.get(1)?),
            access_token: Sealed(row.get(2)?),
            app_secret: Sealed(row.get(3)?),
            verify_token: Sealed(row.get(4)?),
        })
    };
    Ok(view
        .conn
        .prepare_cached(
            "SELECT org, app_id, access_token, app_secret, verify_token FROM connects WHERE id = ?1",
        )?
        .query_row([id.0], read)
        .optional()?)
}

/// How far a number is; only for the daemon's own scope.
pub fn enrolled(view: &View<'_>, number: NumberId) -> Result<Enrolled, StoreError> {
    view.daemon_only()?;
    let found: Option<(String, Option<Vec<u8>>)> = view
        .conn
        .prepare_cached("SELECT state, pin FROM enrolments WHERE number = ?1")?
        .query_row([number.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (enrolment, pin) = match found {
        None => (Enrolment::default(), None),
        Some((state, pin)) => {
            let damaged = |why: serde_json::Error| StoreError::Damaged(format!("a way: {why}"));
            let enrolment = serde_json::from_str(&state).map_err(damaged)?;
            (enrolment, pin.map(Sealed))
        }
    };
    // WhatsApp's times are whole seconds.
    let since = enrolment
        .hooked_at()
        .map(|at| at.minus(Duration::from_secs(1)));
    let proved = match since {
        None => false,
        Some(since) => view
            .conn
            .prepare_cached(
                // Something came in, or a tick beyond what Meta's answer to a send alone can give.
                "SELECT 1 FROM chats c JOIN messages m ON m.chat = c.id AND m.ts >= ?2 \
                 WHERE c.number = ?1 AND c.last_ts >= ?2 \
                 AND (m.bits & 1 = 0 OR m.status BETWEEN ?3 AND ?4)",
            )?
            .exists(params![
                number.0,
                since.millis(),
                code::of_status(Status::Delivered),
                code::of_status(Status::Played)
            ])?,
    };
    Ok(Enrolled {
        enrolment,
        pin,
        proved,
    })
}

/// A number's sealed credentials; only for the daemon's own scope.
pub fn credential(view: &View<'_>, number: NumberId) -> Result<Option<Credential>, StoreError> {
    let all = numbers::credentials(view)?;
    Ok(all.into_iter().find(|c| c.number == number))
}

/// Whether other numbers of the organisations here use the same account, or the same app, at Meta.
pub fn shared(view: &View<'_>, of: &Credential) -> Result<Shared, StoreError> {
    let all = numbers::credentials(view)?;
    let others = || {
        all.iter()
            .filter(|c| c.number != of.number && c.status != NumberStatus::Disconnected)
    };
    Ok(Shared {
        account: others().any(|c| c.waba_id == of.waba_id && c.app_id == of.app_id),
        app: others().any(|c| c.app_id == of.app_id),
    })
}

/// What else depends on what one number has at Meta.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shared {
    /// Another number uses the account's subscription.
    pub account: bool,
    /// Another number uses the app's callback.
    pub app: bool,
}

/// Our numbers by Meta's id, as far as the scope sees them.
pub fn ours(view: &View<'_>) -> Result<Vec<(PhoneNumberId, NumberId)>, StoreError> {
    let own = numbers::list(view)?.into_iter();
    Ok(own
        .filter_map(|n| Some((n.phone_number_id?, n.id)))
        .collect())
}
