//! Saved replies: kept, changed, thrown away.

use common::api::problem::{Code, Problem};
use common::id::{MediaId, OrgId, ReplyId};
use rusqlite::{OptionalExtension, params};

use crate::fact::reply::ReplyFact;
use crate::store::apply::batch::{About, Batch};
use crate::store::apply::{Done, media, org};
use crate::store::error::StoreError;
use crate::store::row::content;
use crate::store::scope::Scope;

/// Nobody finds anything among more.
const MOST: i64 = 2000;

/// Keeps, changes or throws away.
pub(crate) fn apply(
    batch: &mut Batch<'_>,
    scope: &Scope,
    fact: &ReplyFact,
) -> Result<Done, StoreError> {
    match fact {
        ReplyFact::Added {
            org,
            name,
            text,
            media,
        } => added(batch, scope, *org, (name, text, media)),
        ReplyFact::Edited {
            reply,
            name,
            text,
            media,
        } => {
            let of = of(batch, scope, *reply)?;
            if let Some(name) = name {
                free(batch, of, name, reply.0)?;
            }
            let media = match media {
                Some(ids) => Some(files(batch, scope, of, ids)?),
                None => None,
            };
            let revision = batch.touch(About::Reply, Some(of), reply.0);
            batch
                .conn
                .prepare_cached(
                    "UPDATE replies SET name = coalesce(?2, name), text = coalesce(?3, text), \
                     media = CASE WHEN ?4 IS NULL THEN media ELSE ?4 END, operator = ?5, \
                     updated_at = ?6, revision = ?7 WHERE id = ?1",
                )?
                .execute(params![
                    reply.0,
                    name,
                    text,
                    media,
                    scope.operator(),
                    batch.now.millis(),
                    revision
                ])?;
            Ok(Done::Reply(reply.0))
        }
        ReplyFact::Removed { reply } => {
            let of = of(batch, scope, *reply)?;
            let revision = batch.touch(About::Reply, Some(of), reply.0);
            batch
                .conn
                .prepare_cached(
                    "UPDATE replies SET text = '', media = NULL, deleted_at = ?2, operator = ?3, \
                     revision = ?4 WHERE id = ?1",
                )?
                .execute(params![
                    reply.0,
                    batch.now.millis(),
                    scope.operator(),
                    revision
                ])?;
            Ok(Done::Nothing)
        }
    }
}

fn added(
    batch: &mut Batch<'_>,
    scope: &Scope,
    org: Option<OrgId>,
    (name, text, media): (&str, &str, &[MediaId]),
) -> Result<Done, StoreError> {
    let org = match org.or_else(|| scope.only_org()) {
        Some(org) => org,
        None => only(batch)?,
    };
    org::seen(batch, scope, org)?;
    free(batch, org.0, name, 0)?;
    let count: i64 = batch
        .conn
        .prepare_cached("SELECT count(*) FROM replies WHERE org = ?1 AND deleted_at IS NULL")?
        .query_row([org.0], |row| row.get(0))?;
    if count >= MOST {
        return Err(StoreError::refuse(
            Code::TooLong,
            format!(
                "An organisation has {MOST} saved replies at most; remove some that nobody uses."
            ),
        ));
    }
    let media = files(batch, scope, org.0, media)?;
    batch
        .conn
        .prepare_cached(
            "INSERT INTO replies (org, name, text, media, operator, updated_at, revision) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
        )?
        .execute(params![
            org.0,
            name,
            text,
            media,
            scope.operator(),
            batch.now.millis()
        ])?;
    let id = batch.conn.last_insert_rowid();
    let revision = batch.touch(About::Reply, Some(org.0), id);
    batch
        .conn
        .prepare_cached("UPDATE replies SET revision = ?2 WHERE id = ?1")?
        .execute([id, revision])?;
    Ok(Done::Reply(id))
}

/// The only organisation there is.
fn only(batch: &Batch<'_>) -> Result<OrgId, StoreError> {
    let all: Vec<i64> = batch
        .conn
        .prepare_cached("SELECT id FROM orgs LIMIT 2")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    match all.as_slice() {
        [only] => Ok(OrgId(*only)),
        _ => Err(StoreError::Refused(
            Problem::new(
                Code::Invalid,
                "Say which organisation the reply is for: there are several, or none yet.",
            )
            .field("org_id"),
        )),
    }
}

/// A name leads to one reply.
fn free(batch: &Batch<'_>, org: i64, name: &str, besides: i64) -> Result<(), StoreError> {
    let taken = batch
        .conn
        .prepare_cached(
            "SELECT 1 FROM replies WHERE org = ?1 AND name = ?2 AND id <> ?3 \
             AND deleted_at IS NULL",
        )?
        .exists(params![org, name, besides])?;
    if taken {
        return Err(StoreError::Refused(
            Problem::new(
                Code::Conflict,
                format!("There is a reply /{name} already; change that one, or take another name."),
            )
            .field("name"),
        ));
    }
    Ok(())
}

/// The files as they are kept, each of this organisation.
fn files(
    batch: &Batch<'_>,
    scope: &Scope,
    org: i64,
    files: &[MediaId],
) -> Result<String, StoreError> {
    let own = files
        .iter()
        .map(|id| media::carried(batch, scope, org, *id));
    let own: Vec<i64> = own.collect::<Result<_, _>>()?;
    content::to_json(&own)
}

/// The organisation of a reply that the asker may touch.
fn of(batch: &Batch<'_>, scope: &Scope, reply: ReplyId) -> Result<i64, StoreError> {
    let org: Option<i64> = batch
        .conn
        .prepare_cached("SELECT org FROM replies WHERE id = ?1 AND deleted_at IS NULL")?
        .query_row([reply.0], |row| row.get(0))
        .optional()?;
    org.filter(|org| scope.sees(Some(OrgId(*org))))
        .ok_or_else(|| StoreError::missing("saved reply"))
}
