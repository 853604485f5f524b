//! Business numbers, and for the daemon alone their sealed credentials.

use common::id::{AppId, NumberId, OrgId, PhoneNumberId, WabaId};
use common::model::number::{Number, NumberStatus};
use rusqlite::{OptionalExtension, params};

use crate::store::ask::View;
use crate::store::error::StoreError;
use crate::store::row::code;
use crate::store::row::number::{self, select_number};
use crate::vault::sealed::Sealed;

/// A number's sealed credentials.
#[derive(Debug, Clone)]
pub struct Credential {
    /// The number.
    pub number: NumberId,
    /// Its organisation.
    pub org: OrgId,
    /// The app.
    pub app_id: AppId,
    /// Meta's id.
    pub phone_number_id: PhoneNumberId,
    /// The account.
    pub waba_id: WabaId,
    /// The token.
    pub access_token: Sealed,
    /// App secrets, the newest first; an older one stays valid beside it.
    pub app_secrets: Vec<Sealed>,
    /// The verify token.
    pub verify_token: Sealed,
    /// How the number stands.
    pub status: NumberStatus,
    /// Meta's throughput level.
    pub throughput: Option<String>,
}

/// Numbers that are worked for.
pub fn list(view: &View<'_>) -> Result<Vec<Number>, StoreError> {
    let mut statement = view.conn.prepare_cached(select_number!(
        "WHERE nu.removed_at IS NULL \
         AND (?1 IS NULL OR nu.id IN (SELECT value FROM json_each(?1))) ORDER BY nu.id"
    ))?;
    let rows = statement.query_map([view.numbers()?], number::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One number, also one that was removed: its chats still name it.
pub fn get(view: &View<'_>, id: NumberId) -> Result<Option<Number>, StoreError> {
    Ok(view
        .conn
        .prepare_cached(select_number!(
            "WHERE nu.id = ?1 AND (?2 IS NULL OR nu.id IN (SELECT value FROM json_each(?2)))"
        ))?
        .query_row(params![id.0, view.numbers()?], number::read)
        .optional()?)
}

/// Every number's credentials; only the daemon's own scope gets any.
pub fn credentials(view: &View<'_>) -> Result<Vec<Credential>, StoreError> {
    view.daemon_only()?;
    let mut statement = view.conn.prepare_cached(
        "SELECT id, org, app_id, phone_number_id, waba_id, access_token, app_secret, \
         app_secret_old, verify_token, status, throughput FROM numbers \
         WHERE removed_at IS NULL ORDER BY id",
    )?;
    let rows = statement.query_map([], |row| {
        let old: Option<Vec<u8>> = row.get(7)?;
        Ok(Credential {
            number: NumberId(row.get(0)?),
            org: OrgId(row.get(1)?),
            app_id: AppId(row.get(2)?),
            phone_number_id: PhoneNumberId(row.get(3)?),
            waba_id: WabaId(row.get(4)?),
            access_token: Sealed(row.get(5)?),
            app_secrets: std::iter::once(row.get(6)?)
                .chain(old)
                .map(Sealed)
                .collect(),
            verify_token: Sealed(row.get(8)?),
            status: code::number_status(row.get(9)?),
            throughput: row.get(10)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
