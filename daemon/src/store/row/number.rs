//! Business numbers, organisations, tokens and notices.

use common::api::event::Notice;
use common::id::{AppId, NumberId, OrgId, PhoneNumberId, WabaId};
use common::model::health::Health;
use common::model::number::Number;
use common::model::org::Org;
use common::phone::Phone;
use common::time::Stamp;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::store::error::StoreError;
use crate::store::row::code;
use crate::store::row::content;

/// A query for the columns that [`read`] expects; it ends where conditions on `nu` follow.
macro_rules! select_number {
    ($after:literal) => {
        concat!(
            "SELECT nu.id, nu.org, nu.label, nu.phone, nu.transport, nu.phone_number_id, ",
            "nu.waba_id, nu.app_id, nu.status, nu.error, nu.verified_name, nu.quality_rating, ",
            "nu.messaging_limit, nu.throughput, nu.verified_at, nu.last_sync_at, ",
            "(SELECT count(*) FROM outbox o WHERE o.number = nu.id AND o.claimed = 0) + ",
            "(SELECT count(*) FROM outbox o WHERE o.number = nu.id AND o.claimed = 1), ",
            "(SELECT coalesce(sum(c.unread), 0) FROM chats c ",
            "WHERE c.number = nu.id AND c.unread > 0 AND c.closed = 0), ",
            "(SELECT count(*) FROM chats c WHERE c.number = nu.id AND c.closed <> 0), ",
            "nu.heard_at, nu.health, nu.revision FROM numbers nu ",
            $after
        )
    };
}
pub(crate) use select_number;

/// Reads a row of `select_number!`.
pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Number> {
    let stamp = |at| {
        row.get::<_, Option<i64>>(at)
            .map(|s| s.map(Stamp::from_millis))
    };
    Ok(Number {
        id: NumberId(row.get(0)?),
        org_id: OrgId(row.get(1)?),
        label: row.get(2)?,
        phone_number: row
            .get::<_, Option<String>>(3)?
            .and_then(|p| Phone::try_from(p).ok()),
        transport: code::transport(row.get(4)?),
        phone_number_id: row.get::<_, Option<String>>(5)?.map(PhoneNumberId),
        waba_id: row.get::<_, Option<String>>(6)?.map(WabaId),
        app_id: row.get::<_, Option<String>>(7)?.map(AppId),
        status: code::number_status(row.get(8)?),
        error: row.get(9)?,
        verified_name: row.get(10)?,
        quality_rating: row.get(11)?,
        messaging_limit: row.get(12)?,
        throughput: row.get(13)?,
        verified_at: stamp(14)?,
        last_sync_at: stamp(15)?,
        queued: row.get(16)?,
        unread: row.get(17)?,
        archived: row.get(18)?,
        health: Health {
            heard_at: stamp(19)?,
            ..health(row.get(20)?)
        },
        revision: row.get(21)?,
    })
}

/// How a number is doing; what an older version wrote otherwise is as if never asked.
fn health(kept: Option<String>) -> Health {
    kept.and_then(|kept| content::parse(&kept).ok())
        .unwrap_or_default()
}

/// One number, whoever asks, also one that was removed.
pub(crate) fn get(conn: &Connection, id: i64) -> Result<Option<Number>, StoreError> {
    Ok(conn
        .prepare_cached(select_number!("WHERE nu.id = ?1"))?
        .query_row([id], read)
        .optional()?)
}

/// Reads id, slug and name.
pub(crate) fn org(row: &Row<'_>) -> rusqlite::Result<Org> {
    Ok(Org {
        id: OrgId(row.get(0)?),
        slug: row.get(1)?,
        name: row.get(2)?,
    })
}

/// The columns that [`notice`] expects, of `notices`.
pub(crate) const NOTICE: &str = "org, number, code, sentence, severity, detail, revision";

/// Reads the columns of [`NOTICE`].
pub(crate) fn notice(row: &Row<'_>) -> Result<Notice, StoreError> {
    let detail: Option<String> = row.get(5)?;
    Ok(Notice {
        org_id: row.get::<_, Option<i64>>(0)?.map(OrgId),
        number_id: row.get::<_, Option<i64>>(1)?.map(NumberId),
        code: row.get(2)?,
        sentence: row.get(3)?,
        severity: code::severity(row.get(4)?),
        detail: detail.as_deref().map(content::parse).transpose()?,
        revision: row.get(6)?,
    })
}
