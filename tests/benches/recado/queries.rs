//! The store's questions on a grown database, each beside the same without what makes it fast; and what a message costs on disk.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::api::chats::ChatFilter;
use common::api::messages::Slice;
use common::api::search::SearchQuery;
use common::id::ChatId;
use recado_daemon::clock::SystemClock;
use recado_daemon::hub::Hub;
use recado_daemon::store::ask::{View, chats, history, search};
use recado_daemon::store::error::StoreError;
use recado_daemon::store::scope::{Actor, Scope};
use recado_daemon::store::{Options, Store};
use recado_tests::load::{Dice, word};
use rusqlite::{Connection, OpenFlags};
use serde_json::json;

use crate::Plan;
use crate::measure::Spread;
use crate::report::{Figure, Report};
use crate::server::Grown;

/// Asks the store as a person at the console does.
struct Asker {
    store: Store,
    scope: Scope,
    times: usize,
}

impl Asker {
    /// Asks one question many times over; the first pass warms up and is not counted.
    async fn ask<T, F>(&self, mut question: impl FnMut(usize) -> F) -> anyhow::Result<Spread>
    where
        F: FnOnce(&View<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        for i in 0..self.times {
            let _warm = self.store.ask(&self.scope, question(i)).await?;
        }
        let mut all = Vec::with_capacity(self.times);
        for i in 0..self.times {
            let question = question(i);
            let begin = Instant::now();
            let _answer = self.store.ask(&self.scope, question).await?;
            all.push(begin.elapsed());
        }
        Ok(Spread::of(all))
    }
}

pub(crate) async fn run(plan: &Plan, grown: &Grown, report: &mut Report) -> anyhow::Result<()> {
    let folder = grown.copy()?;
    let path = folder.path().join("data").join("recado.db");
    size(&path, grown, report)?;
    let conn = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let ids = chat_ids(&conn)?;
    let store = Store::open(
        &path,
        Arc::new(SystemClock),
        Hub::new(16),
        Options::default(),
    )?;
    let asker = Asker {
        store: store.clone(),
        scope: Scope::admin(Actor {
            name: "bench".to_owned(),
            uid: None,
            ..Actor::default()
        }),
        times: plan.size(300, 1_000),
    };
    lists(&asker, &conn, &ids, report).await?;
    words(&asker, &conn, &ids, report).await?;
    store.close().await;
    Ok(())
}

/// Chats, those with the most messages first.
fn chat_ids(conn: &Connection) -> anyhow::Result<Vec<ChatId>> {
    let mut all = conn.prepare("SELECT chat FROM messages GROUP BY chat ORDER BY count(*) DESC")?;
    let rows = all.query_map([], |row| row.get(0).map(ChatId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The same in plain SQL, a few times.
fn plain(conn: &Connection, sql: &str) -> anyhow::Result<Spread> {
    let mut statement = conn.prepare(sql)?;
    let mut all = Vec::new();
    for _ in 0..10 {
        let begin = Instant::now();
        let mut rows = statement.query([])?;
        while rows.next()?.is_some() {}
        all.push(begin.elapsed());
    }
    Ok(Spread::of(all))
}

fn add(report: &mut Report, what: &str, limit_ms: u64, spread: Spread, beside: String) {
    let what = format!("{what}, p50 / p99, warm");
    let target = format!("p99 ≤ {limit_ms} ms");
    report.add(Figure {
        what: &what,
        target: &target,
        measured: spread.told(),
        baseline: beside,
        met: Some(spread.p99 <= Duration::from_millis(limit_ms)),
        figures: json!({ "p50_us": spread.p50.as_micros(), "p99_us": spread.p99.as_micros() }),
    });
}

async fn lists(
    asker: &Asker,
    conn: &Connection,
    ids: &[ChatId],
    report: &mut Report,
) -> anyhow::Result<()> {
    let list = asker
        .ask(|_| |view: &View<'_>| chats::list(view, &ChatFilter::default(), view.now()))
        .await?;
    let sorted = plain(
        conn,
        "SELECT * FROM chats ORDER BY +last_ts DESC, id DESC LIMIT 50",
    )?;
    add(
        report,
        "chat list, 50 of all numbers",
        1,
        list,
        format!("rows alone, sorted without an index: {}", sorted.told()),
    );
    let mut dice = Dice::new(1);
    let mut any = || {
        let at = usize::try_from(dice.below(ids.len() as u64)).unwrap_or(0);
        ids.get(at).copied().unwrap_or(ChatId(1))
    };
    let last = || Slice {
        limit: Some(60),
        ..Slice::default()
    };
    let open = asker
        .ask(|_| {
            let chat = any();
            move |view: &View<'_>| history::slice(view, chat, &last())
        })
        .await?;
    let most = ids.first().copied().unwrap_or(ChatId(1));
    let sorted = plain(
        conn,
        &format!("SELECT * FROM messages WHERE chat = {most} ORDER BY +ts DESC LIMIT 60"),
    )?;
    add(
        report,
        "opening a chat, 60 messages",
        5,
        open,
        format!("largest chat's rows alone, sorted: {}", sorted.told()),
    );
    let mut before = None;
    for _ in 0..50 {
        let slice = Slice { before, ..last() };
        let page = asker
            .store
            .ask(&asker.scope, move |view| history::slice(view, most, &slice));
        before = page
            .await?
            .items
            .last()
            .map(|message| message.id)
            .or(before);
    }
    let back = asker
        .ask(|_| {
            let slice = Slice { before, ..last() };
            move |view: &View<'_>| history::slice(view, most, &slice)
        })
        .await?;
    let sql = format!(
        "SELECT * FROM messages WHERE chat = {most} ORDER BY ts DESC, n DESC LIMIT 60 OFFSET 3000"
    );
    let offset = plain(conn, &sql)?;
    add(
        report,
        "paging back 3,000 messages deep",
        5,
        back,
        format!("rows alone, by OFFSET: {}", offset.told()),
    );
    Ok(())
}

async fn words(
    asker: &Asker,
    conn: &Connection,
    ids: &[ChatId],
    report: &mut Report,
) -> anyhow::Result<()> {
    let most = ids.first().copied();
    let rare: Vec<String> = (0..200).map(|i| word(9_000 + 37 * i)).collect();
    let rare_word = rare.first().cloned().unwrap_or_default();
    let like = |word: &str| {
        format!("SELECT n FROM messages WHERE text LIKE '%{word}%' ORDER BY n DESC LIMIT 50")
    };
    let ranked =
        "SELECT rowid FROM search WHERE search MATCH '{body} : hola' ORDER BY rank LIMIT 50";
    let in_chat = |id: ChatId| {
        format!("SELECT n FROM messages WHERE chat = {id} AND text LIKE '%hola%' ORDER BY ts DESC")
    };
    let find = |q: &str, chat: Option<ChatId>| SearchQuery {
        q: q.to_owned(),
        chat,
        limit: Some(50),
        ..SearchQuery::default()
    };
    let spread = asker
        .ask(|i| {
            let word = rare.get(i % rare.len()).cloned().unwrap_or_default();
            let query = find(&format!("{word} "), None);
            move |view: &View<'_>| search::run(view, &query)
        })
        .await?;
    add(
        report,
        "search, a rare word",
        5,
        spread,
        format!("LIKE: {}", plain(conn, &like(&rare_word))?.told()),
    );
    for (what, q, chat, limit) in [
        ("search, a common word (hola)", "hola", None, 5),
        ("search, the commonest word (de)", "de ", None, 5),
        ("search, a two-letter beginning (pe)", "pe", None, 20),
        ("search in one chat, a common word", "hola", most, 5),
        ("search in one chat, the commonest word", "de", most, 5),
    ] {
        let spread = asker
            .ask(|_| {
                let query = find(q, chat);
                move |view: &View<'_>| search::run(view, &query)
            })
            .await?;
        let beside = match chat {
            Some(id) => format!("LIKE over the chat: {}", plain(conn, &in_chat(id))?.told()),
            None => format!(
                "the best ranked instead of the newest: {}",
                plain(conn, ranked)?.told()
            ),
        };
        add(report, what, limit, spread, beside);
    }
    Ok(())
}

/// Bytes a message on disk, by table, without the journal.
fn size(path: &Path, grown: &Grown, report: &mut Report) -> anyhow::Result<()> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut sizes = conn.prepare(
        "SELECT d.name, sum(d.pgsize) FROM dbstat d LEFT JOIN sqlite_schema s ON s.name = d.name \
         WHERE coalesce(s.tbl_name, d.name) <> 'journal' GROUP BY d.name ORDER BY 2 DESC",
    )?;
    let rows = sizes.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
    })?;
    let rows: Vec<(String, i64)> = rows.collect::<Result<_, _>>()?;
    let messages = i64::try_from(grown.messages)?;
    let per = |bytes: i64| bytes / messages;
    let all: i64 = rows.iter().map(|(_, bytes)| bytes).sum();
    let parts: Vec<String> = rows
        .iter()
        .take(9)
        .map(|(name, bytes)| format!("{name} {}", per(*bytes)))
        .collect();
    let what = format!("bytes a message on disk at {messages}, all indices, without the journal");
    report.add(Figure {
        what: &what,
        target: "≤ 400",
        measured: per(all).to_string(),
        baseline: format!("of it: {}", parts.join(", ")),
        met: Some(per(all) <= 400),
        figures: json!({ "bytes": per(all), "parts": parts }),
    });
    Ok(())
}
