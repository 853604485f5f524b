//! Searches that operators alone make: they reach the last message there is, page by page, with a bounded look at each.

use common::api::page::Page;
use common::api::search::{Hit, SearchQuery};
use jiff::tz::TimeZone;
use rusqlite::Connection;

use super::kit::{Kit, START, person, received, text};
use crate::fact::Fact;
use crate::store::ask::seek;

/// Two customers called Rosa, and what an import would have brought of them: `of(chat, how many,
/// seconds between)`, every one of `hits` with a link.
async fn imported(of: &[(i64, i64, i64)], hits: &[i64]) -> Kit {
    let kit = Kit::new().await;
    for (n, wa_id) in ["51987654321", "51900000002"].into_iter().enumerate() {
        let hola = received(&format!("wamid.{n}"), person(wa_id), text("Hola"));
        kit.told(vec![Fact::Received(Box::new(hola))]).await;
    }
    let conn = Connection::open(kit.dir.path().join("recado.db")).unwrap();
    let mut from = 3;
    for (chat, many, seconds) in of {
        conn.execute(
            "WITH RECURSIVE i (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM i WHERE n < ?1 + ?3 - 1) \
             INSERT INTO messages (n, id, chat, number, bits, kind, status, ts, lag, text, revision) \
             SELECT n, randomblob(16), ?2, 1, 0, 0, 1, ?4 - (?1 + ?3 - n) * ?5 * 1000, 0, 'a', 0 FROM i",
            [from, *chat, *many, START, *seconds],
        )
        .unwrap();
        from += many;
    }
    for n in hits {
        let changed = conn
            .execute(
                "UPDATE messages SET text = 'https://ejemplo.pe/' || n WHERE n = ?1",
                [n],
            )
            .unwrap();
        assert_eq!(changed, 1, "message {n}");
    }
    kit
}

/// Every page of a search, to the end.
async fn pages(kit: &Kit, q: &str, limit: u32) -> Vec<Page<Hit>> {
    let mut pages: Vec<Page<Hit>> = Vec::new();
    let mut query = SearchQuery {
        q: q.to_owned(),
        limit: Some(limit),
        ..SearchQuery::default()
    };
    loop {
        let asked = query.clone();
        let page = kit
            .ask(move |view| seek::run(view, &asked, &TimeZone::UTC))
            .await;
        query.cursor.clone_from(&page.next);
        pages.push(page);
        if query.cursor.is_none() {
            return pages;
        }
        assert!(pages.len() < 100, "it does not end");
    }
}

fn texts(pages: &[Page<Hit>]) -> Vec<i64> {
    let hits = pages.iter().flat_map(|page| &page.items);
    hits.map(|hit| {
        let text = hit.message.text.as_deref().unwrap();
        text.rsplit('/').next().unwrap().parse().unwrap()
    })
    .collect()
}

#[tokio::test]
async fn a_rare_thing_is_found_however_far_back_it_is() {
    let kit = imported(&[(1, 120_000, 1)], &[3, 4, 60_000, 119_999]).await;
    let found = pages(&kit, "has:link", 50).await;
    assert_eq!(texts(&found), [119_999, 60_000, 4, 3]);
    assert_eq!(found.len(), 3, "120,000 messages, so many at once");
    let counts: Vec<usize> = found.iter().map(|page| page.items.len()).collect();
    assert_eq!(counts, [1, 1, 2], "a page may be short and not the last");
    let singly = pages(&kit, "has:link", 1).await;
    assert_eq!(
        texts(&singly),
        [119_999, 60_000, 4, 3],
        "page by page the same"
    );
    assert!(texts(&pages(&kit, "has:sticker", 50).await).is_empty());
}

#[tokio::test]
async fn conversations_of_different_length_are_told_in_the_order_of_time() {
    // One customer wrote every second, the other once in five hours.
    let busy: Vec<i64> = vec![5, 20_000, 39_000];
    let calm: Vec<i64> = vec![40_010, 40_100, 40_199];
    let hits = [busy, calm].concat();
    let kit = imported(&[(1, 40_000, 1), (2, 200, 18_000)], &hits).await;
    for limit in [1, 2, 50] {
        let found = pages(&kit, "from:rosa has:link", limit).await;
        let times: Vec<_> = found
            .iter()
            .flat_map(|page| &page.items)
            .map(|hit| hit.message.timestamp)
            .collect();
        assert!(times.is_sorted_by(|newer, older| newer >= older), "{limit}");
        let mut all = texts(&found);
        assert_eq!(all.first(), Some(&39_000), "{limit}");
        all.sort_unstable();
        assert_eq!(all, hits, "{limit}: each once");
    }
}
