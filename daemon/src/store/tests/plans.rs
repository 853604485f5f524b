//! The plans of the queries that must stay quick: no scan of a table that grows, no sort.

use rusqlite::Connection;

use crate::store::ask::{
    chats, customers, desk, events, history, journal, media, outbox, search, seek, sift, stats,
    templates,
};
use crate::store::migrate::{migrate, steady_plans};

/// Tables with a handful of rows: numbers, organisations.
const SMALL: [&str; 2] = ["numbers", "orgs"];

fn check(conn: &Connection, sql: &str) {
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let steps: Vec<String> = statement
        .raw_query()
        .mapped(|row| row.get(3))
        .collect::<Result<_, _>>()
        .unwrap();
    for step in &steps {
        let small = SMALL.iter().any(|table| step.contains(table));
        let scans = step.starts_with("SCAN") && !step.contains("VIRTUAL TABLE") && !small;
        assert!(!scans && !step.contains("TEMP B-TREE"), "{sql}\n{steps:#?}");
    }
}

#[test]
fn no_question_scans_or_sorts() {
    let conn = Connection::open_in_memory().unwrap();
    migrate(&conn).unwrap();
    steady_plans(&conn).unwrap();
    let all = chats::PLANS
        .iter()
        .chain(&history::PLANS)
        .chain(&search::PLANS)
        .chain(&events::PLANS)
        .chain(&journal::PLANS)
        .chain(&media::PLANS)
        .chain(&outbox::PLANS)
        .chain(&customers::PLANS)
        .chain(&desk::PLANS)
        .chain(&seek::PLANS)
        .chain(&sift::PLANS)
        .chain(&stats::PLANS)
        .chain(&templates::PLANS);
    for sql in all {
        check(&conn, sql);
    }
    for sql in [
        "SELECT n FROM messages WHERE number = ?1 AND wamid = ?2",
        "SELECT n FROM messages WHERE id = ?1",
        "SELECT message FROM aliases WHERE number = ?1 AND wamid = ?2",
        "SELECT id FROM orphans WHERE number = ?1 AND wamid = ?2",
        "SELECT id FROM chats WHERE customer = ?1",
        "SELECT n, wamid FROM messages WHERE chat = ?1 AND wamid IS NOT NULL AND bits & 1 = 0 \
         ORDER BY ts DESC, n DESC LIMIT 1",
        crate::store::journal::WAITS,
        "SELECT 1 FROM outbox e WHERE e.chat = ?1 AND e.message < ?2",
        "SELECT seq FROM events WHERE seq > ?1 ORDER BY seq LIMIT 10",
    ] {
        check(&conn, sql);
    }
}

#[test]
fn the_index_of_words_gives_the_newest_first_by_itself() {
    let conn = Connection::open_in_memory().unwrap();
    migrate(&conn).unwrap();
    steady_plans(&conn).unwrap();
    let mut statement = conn
        .prepare("EXPLAIN QUERY PLAN SELECT rowid FROM search WHERE search MATCH 'a' ORDER BY rowid DESC")
        .unwrap();
    let steps: Vec<String> = statement
        .raw_query()
        .mapped(|row| row.get(3))
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(steps.iter().all(|s| !s.contains("TEMP")), "{steps:?}");
}
