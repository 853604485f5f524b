//! The least that can take Meta's webhooks durably: axum, HMAC, a parse, one group-committed insert of the same rows.
//!
//! Benchmarks run it beside recado in one run. It validates nothing, knows no customers or organisations, tells nobody, and
//! reads only texts and statuses. What it inserts and updates for them are the rows that recado does: the journal, the
//! message, its words in the same full-text index, the chat's list row, reports, and an event for each thing that changed.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use hmac::{Hmac, Mac};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Deserialize;
use sha2::Sha256;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    entry: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    changes: Vec<Change<'a>>,
}

#[derive(Deserialize)]
struct Change<'a> {
    #[serde(borrow)]
    value: Value<'a>,
}

#[derive(Deserialize)]
struct Value<'a> {
    #[serde(borrow, default, alias = "message_echoes")]
    messages: Vec<Message<'a>>,
    #[serde(borrow, default)]
    statuses: Vec<Status<'a>>,
}

#[derive(Deserialize)]
struct Message<'a> {
    id: &'a str,
    from: &'a str,
    timestamp: &'a str,
    #[serde(borrow)]
    text: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Text<'a> {
    #[serde(borrow)]
    body: std::borrow::Cow<'a, str>,
}

#[derive(Deserialize)]
struct Status<'a> {
    id: &'a str,
    #[serde(rename = "status")]
    word: &'a str,
    timestamp: &'a str,
}

enum Row {
    Message {
        wamid: String,
        from: String,
        at: i64,
        text: Option<String>,
    },
    Status {
        wamid: String,
        word: String,
        at: i64,
    },
}

struct Job {
    body: Bytes,
    rows: Vec<Row>,
    done: oneshot::Sender<()>,
}

struct Door {
    secret: Vec<u8>,
    jobs: mpsc::Sender<Job>,
}

const SCHEMA: &str = "
CREATE TABLE chats (id INTEGER PRIMARY KEY, who TEXT NOT NULL UNIQUE, last_ts INTEGER NOT NULL, unread INTEGER NOT NULL,
    last_message INTEGER, revision INTEGER NOT NULL) STRICT;
CREATE INDEX chats_recent ON chats (last_ts, id);
CREATE TABLE messages (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, chat INTEGER NOT NULL, wamid TEXT NOT NULL UNIQUE,
    ts INTEGER NOT NULL, status INTEGER NOT NULL, text TEXT) STRICT;
CREATE INDEX messages_chat ON messages (chat, ts, n);
CREATE TABLE reports (message INTEGER NOT NULL, word TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (message, word, at)) STRICT, WITHOUT ROWID;
CREATE TABLE orphans (wamid TEXT NOT NULL, word TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (wamid, word, at)) STRICT, WITHOUT ROWID;
CREATE TABLE events (seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, ref INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE journal (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE VIEW searchable (n, body, place) AS SELECT n, text, char(57344) || 'c' || chat || ' ' || char(57344) || 'n' || 1 FROM messages;
CREATE VIRTUAL TABLE search USING fts5 (body, place, content = 'searchable', content_rowid = 'n', columnsize = 0, prefix = '2',
    tokenize = 'unicode61 remove_diacritics 2');
";

/// Starts it on a free port; it lives as long as the runtime.
pub async fn serve(database: &Path, secret: &str) -> anyhow::Result<SocketAddr> {
    let connection = Connection::open(database)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
    connection.pragma_update(None, "cache_size", -16000)?;
    connection.execute_batch(SCHEMA)?;
    let (jobs, waiting) = mpsc::channel(4096);
    thread::Builder::new()
        .name("bare-writer".to_owned())
        .spawn(move || write(connection, waiting))?;
    let door = Arc::new(Door {
        secret: secret.as_bytes().to_vec(),
        jobs,
    });
    let app = Router::new()
        .route("/webhook", post(receive))
        .with_state(door);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(address)
}

async fn receive(State(door): State<Arc<Door>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signed = headers
        .get("x-hub-signature-256")
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.strip_prefix("sha256="))
        .and_then(|v| hex::decode(v).ok());
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&door.secret) else {
        return StatusCode::INTERNAL_SERVER_ERROR;
    };
    mac.update(&body);
    if signed.is_none_or(|s| mac.verify_slice(&s).is_err()) {
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(parsed) = serde_json::from_slice::<Body<'_>>(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    let mut rows = Vec::new();
    for value in parsed
        .entry
        .into_iter()
        .flat_map(|e| e.changes)
        .map(|c| c.value)
    {
        rows.extend(value.messages.into_iter().map(|m| Row::Message {
            wamid: m.id.to_owned(),
            from: m.from.to_owned(),
            at: m.timestamp.parse().unwrap_or(0),
            text: m.text.map(|t| t.body.into_owned()),
        }));
        rows.extend(value.statuses.into_iter().map(|s| Row::Status {
            wamid: s.id.to_owned(),
            word: s.word.to_owned(),
            at: s.timestamp.parse().unwrap_or(0),
        }));
    }
    let (done, stored) = oneshot::channel();
    if door.jobs.send(Job { body, rows, done }).await.is_err() || stored.await.is_err() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    StatusCode::OK
}

fn write(mut connection: Connection, mut waiting: mpsc::Receiver<Job>) {
    let mut packer = zstd_level_three();
    while let Some(first) = waiting.blocking_recv() {
        let mut batch = vec![first];
        while batch.len() < 256 {
            let Ok(job) = waiting.try_recv() else { break };
            batch.push(job);
        }
        if store(&mut connection, &batch, &mut packer).is_err() {
            return;
        }
        for job in batch {
            let _told = job.done.send(());
        }
    }
}

fn zstd_level_three() -> impl FnMut(&[u8]) -> Vec<u8> {
    // The baseline keeps the body too, as it came: compression is recado's own cost.
    |body: &[u8]| body.to_vec()
}

fn store(
    connection: &mut Connection,
    batch: &[Job],
    pack: &mut impl FnMut(&[u8]) -> Vec<u8>,
) -> rusqlite::Result<()> {
    let tx = connection.transaction()?;
    for job in batch {
        tx.prepare_cached("INSERT INTO journal (at, body) VALUES (0, ?1)")?
            .execute([pack(&job.body)])?;
        for row in &job.rows {
            match row {
                Row::Message {
                    wamid,
                    from,
                    at,
                    text,
                } => message(&tx, from, (wamid, *at), text.as_deref())?,
                Row::Status { wamid, word, at } => status(&tx, wamid, word, *at)?,
            }
        }
    }
    tx.commit()
}

const EVENT: &str = "INSERT INTO events (kind, ref, at) VALUES (?1, ?2, 0)";

fn message(
    tx: &Transaction<'_>,
    from: &str,
    (wamid, at): (&str, i64),
    text: Option<&str>,
) -> rusqlite::Result<()> {
    let known: Option<i64> = tx
        .prepare_cached("SELECT id FROM chats WHERE who = ?1")?
        .query_row([from], |r| r.get(0))
        .optional()?;
    let chat = if let Some(chat) = known {
        chat
    } else {
        tx.prepare_cached(
            "INSERT INTO chats (who, last_ts, unread, revision) VALUES (?1, ?2, 0, 0)",
        )?
        .execute(params![from, at])?;
        tx.last_insert_rowid()
    };
    let id = uuid::Uuid::now_v7();
    let n: Option<i64> = tx
        .prepare_cached(
            "INSERT INTO messages (id, chat, wamid, ts, status, text) VALUES (?1, ?2, ?3, ?4, 0, ?5)
             ON CONFLICT (wamid) DO NOTHING RETURNING n",
        )?
        .query_row(params![id.as_bytes(), chat, wamid, at, text], |r| r.get(0))
        .optional()?;
    let Some(n) = n else { return Ok(()) };
    let place = format!("\u{e000}c{chat} \u{e000}n1");
    tx.prepare_cached("INSERT INTO search (rowid, body, place) VALUES (?1, ?2, ?3)")?
        .execute(params![n, text, place])?;
    tx.prepare_cached(
        "UPDATE chats SET last_ts = max(last_ts, ?2), unread = unread + 1, last_message = ?3,
         revision = revision + 1 WHERE id = ?1",
    )?
    .execute(params![chat, at, n])?;
    let mut event = tx.prepare_cached(EVENT)?;
    event.execute([1, n])?;
    event.execute([2, chat])?;
    Ok(())
}

fn status(tx: &Transaction<'_>, wamid: &str, word: &str, at: i64) -> rusqlite::Result<()> {
    let told: Option<(i64, i64)> = tx
        .prepare_cached("UPDATE messages SET status = 1 WHERE wamid = ?1 RETURNING n, chat")?
        .query_row([wamid], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let Some((n, chat)) = told else {
        tx.prepare_cached("INSERT OR IGNORE INTO orphans VALUES (?1, ?2, ?3)")?
            .execute(params![wamid, word, at])?;
        return Ok(());
    };
    tx.prepare_cached("INSERT OR IGNORE INTO reports VALUES (?1, ?2, ?3)")?
        .execute(params![n, word, at])?;
    let mut event = tx.prepare_cached(EVENT)?;
    event.execute([3, n])?;
    // The newest message of a chat stands in its list row with its ticks.
    let is_last = tx
        .prepare_cached(
            "UPDATE chats SET revision = revision + 1 WHERE id = ?1 AND last_message = ?2",
        )?
        .execute([chat, n])?;
    if is_last > 0 {
        event.execute([2, chat])?;
    }
    Ok(())
}
