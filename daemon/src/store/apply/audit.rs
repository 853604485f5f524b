//! Who did what when: written in the transaction of the deed, each entry chained to the one before.

use common::id::MessageId;
use rusqlite::{OptionalExtension, params};
use serde_json::{Value, json};

use crate::fact::enrol::ConnectFact;
use crate::fact::people::Witnessed;
use crate::fact::{Fact, NumberPatched};
use crate::store::apply::Done;
use crate::store::apply::batch::Batch;
use crate::store::error::StoreError;
use crate::store::row::audit::{COLUMNS, Entry, MACHINE};
use crate::store::row::content::to_json;
use crate::store::scope::{Actor, Reach, Scope};

/// Writes down what a person did, where it is something that the log is for. `None` is the deed's
/// organisation where it concerns the machine. What the daemon and Meta do is no person's deed.
pub(crate) fn write(
    batch: &Batch<'_>,
    scope: &Scope,
    org: Option<i64>,
    (deed, what): (&str, &str),
    detail: &Value,
) -> Result<(), StoreError> {
    if !is_person(scope) {
        return Ok(());
    }
    let chain = org.unwrap_or(MACHINE);
    let last: Option<Entry> = batch
        .conn
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM audit WHERE chain = ?1 ORDER BY n DESC LIMIT 1"
        ))?
        .query_row([chain], Entry::read)
        .optional()?;
    let (n, at, before) = last.map_or((0, 0, Vec::new()), |last| (last.n, last.at, last.hash));
    let mut entry = Entry {
        chain,
        n: n + 1,
        // A clock that was put back does not make a deed older than the one before.
        at: batch.now.millis().max(at),
        who: scope.operator().to_owned(),
        by: by(scope.actor()),
        deed: deed.to_owned(),
        what: what.to_owned(),
        detail: to_json(detail)?,
        hash: Vec::new(),
    };
    entry.hash = entry.chained(&before).to_vec();
    batch
        .conn
        .prepare_cached(&format!(
            "INSERT INTO audit ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        ))?
        .execute(params![
            entry.chain,
            entry.n,
            entry.at,
            entry.who,
            entry.by,
            entry.deed,
            entry.what,
            entry.detail,
            entry.hash
        ])?;
    Ok(())
}

const fn is_person(scope: &Scope) -> bool {
    matches!(scope.reach(), Reach::Admin | Reach::Some(_))
}

fn by(actor: &Actor) -> String {
    match (actor.operator, actor.token, actor.uid) {
        (Some(operator), ..) => format!("operator {operator}"),
        (_, Some(token), _) => format!("token {token}"),
        (_, _, Some(uid)) => format!("uid {uid}"),
        (None, None, None) => "unknown".to_owned(),
    }
}

/// Writes down a fact that was applied. Every kind of fact stands here, so that none is forgotten:
/// what is about operators, tokens and organisations is written where it is done.
pub(crate) fn record(
    batch: &Batch<'_>,
    scope: &Scope,
    fact: &Fact,
    done: &Done,
) -> Result<(), StoreError> {
    if !is_person(scope) {
        return Ok(());
    }
    match fact {
        Fact::Queued(queued) => sent(batch, scope, "queued", (done, queued.id)),
        Fact::Retried { message } => sent(batch, scope, "retried", (done, *message)),
        Fact::NumberAdded(_) => number(batch, scope, done, ("added", &[])),
        Fact::NumberPatched(patch) => number(batch, scope, done, ("changed", &changes(patch))),
        Fact::NumberRemoved { number: id } => {
            let removed = Done::Number(id.0);
            number(batch, scope, &removed, ("removed", &[]))
        }
        Fact::Connect(fact) => connecting(batch, scope, fact, done),
        Fact::OrgAdded { .. }
        | Fact::People(_)
        | Fact::Witnessed(_)
        | Fact::Received(_)
        | Fact::Reported(_)
        | Fact::Edited(_)
        | Fact::Revoked(_)
        | Fact::Renamed(_)
        | Fact::Contact(_)
        | Fact::NumberTold(_)
        | Fact::Preferred(_)
        | Fact::TemplateTold(_)
        | Fact::Noticed(_)
        | Fact::Unreadable { .. }
        | Fact::ReadMarked { .. }
        | Fact::ChatsMarked(_)
        | Fact::CameBack { .. }
        | Fact::ChatPatched(_)
        | Fact::Drafted { .. }
        | Fact::CustomerPatched { .. }
        | Fact::NoteAdded { .. }
        | Fact::NoteEdited { .. }
        | Fact::NoteRemoved { .. }
        | Fact::Reply(_)
        | Fact::Claimed { .. }
        | Fact::Accepted { .. }
        | Fact::Refused { .. }
        | Fact::Postponed { .. }
        | Fact::Doubtful { .. }
        | Fact::Started
        | Fact::ClockJumped { .. }
        | Fact::Searched
        | Fact::ReceiptSent { .. }
        | Fact::NumberStood { .. }
        | Fact::NumberProfile { .. }
        | Fact::Template(_)
        | Fact::Reloaded(_)
        | Fact::Resealed(_)
        | Fact::Swept
        | Fact::Looked(_)
        | Fact::Diagnosed(_)
        | Fact::Media(_) => Ok(()),
    }
}

/// Something that changes nothing was done.
pub(crate) fn witnessed(
    batch: &Batch<'_>,
    scope: &Scope,
    seen: &Witnessed,
) -> Result<Done, StoreError> {
    if scope.sees(seen.org) {
        let deed = (seen.deed, seen.what);
        let org = seen.org.map(|org| org.0);
        write(batch, scope, org, deed, &seen.detail)?;
    }
    Ok(Done::Nothing)
}

/// A message was given to be sent. One that was stored before under the same `client_id` was
/// written down then.
fn sent(
    batch: &Batch<'_>,
    scope: &Scope,
    what: &str,
    (done, id): (&Done, MessageId),
) -> Result<(), StoreError> {
    let Done::Message(n) = done else {
        return Ok(());
    };
    let (org, stored, chat, number): (i64, [u8; 16], i64, i64) = batch
        .conn
        .prepare_cached(
            "SELECT nu.org, m.id, m.chat, m.number FROM messages m \
             JOIN numbers nu ON nu.id = m.number WHERE m.n = ?1",
        )?
        .query_row([n], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
    if &stored != id.as_bytes() {
        return Ok(());
    }
    let detail = json!({ "message": id, "chat": chat, "number": number });
    write(batch, scope, Some(org), ("send", what), &detail)
}

fn number(
    batch: &Batch<'_>,
    scope: &Scope,
    done: &Done,
    (what, changed): (&str, &[&str]),
) -> Result<(), StoreError> {
    let Done::Number(id) = done else {
        return Ok(());
    };
    let (org, label): (i64, String) = batch
        .conn
        .prepare_cached("SELECT org, label FROM numbers WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut detail = json!({ "number": id, "label": label });
    if let (false, Some(detail)) = (changed.is_empty(), detail.as_object_mut()) {
        detail.insert("changed".to_owned(), json!(changed));
    }
    write(batch, scope, Some(org), ("number", what), &detail)
}

/// A token given for connecting, a step of a number on its way, a number handed over.
fn connecting(
    batch: &Batch<'_>,
    scope: &Scope,
    fact: &ConnectFact,
    done: &Done,
) -> Result<(), StoreError> {
    match fact {
        ConnectFact::Begun(begun) => {
            let detail = json!({ "app": begun.app });
            write(
                batch,
                scope,
                Some(begun.org.0),
                ("connect", "token given"),
                &detail,
            )
        }
        ConnectFact::Ended { .. } => Ok(()),
        ConnectFact::Enrolled { change, .. } => match change.deed() {
            Some(what) => number(batch, scope, done, (what, &[])),
            None => Ok(()),
        },
        ConnectFact::Moved { number: old, .. } => {
            number(batch, scope, &Done::Number(old.0), ("handed over", &[]))?;
            number(batch, scope, done, ("taken over", &[]))
        }
    }
}

/// Which parts were changed; never to what.
fn changes(patch: &NumberPatched) -> Vec<&'static str> {
    let parts = [
        ("label", patch.label.is_some()),
        ("paused", patch.paused == Some(true)),
        ("resumed", patch.paused == Some(false)),
        ("access_token", patch.access_token.is_some()),
        ("app_secret", patch.app_secret.is_some()),
        ("verify_token", patch.verify_token.is_some()),
    ];
    let given = parts.into_iter().filter(|(_, given)| *given);
    given.map(|(name, _)| name).collect()
}
