//! The threads: order of events, resuming, drafts, a full disk, two daemons, close and open again.

use std::sync::Arc;
use std::time::Duration;

use common::api::event::{Change, Reloaded};
use common::id::{ChatId, OrgId, Seq};
use common::model::chat::Draft;
use common::time::Stamp;
use tokio::time::timeout;

use super::kit::{Kit, START, actor, admin, hola, meta, person, received, text};
use crate::fact::Fact;
use crate::hub::{Followed, Follower, Hub};
use crate::store::ask::{chats, events, status};
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::store::{Commit, Options, Outcome, Store};

async fn hear(follower: &mut Follower) -> (Seq, &'static str) {
    let next = timeout(Duration::from_secs(10), follower.next())
        .await
        .unwrap();
    match next {
        Followed::Line(line) => (line.seq, line.kind),
        Followed::Reset => panic!("nothing was missed"),
    }
}

#[tokio::test]
async fn events_come_in_order_and_can_be_asked_for_again() {
    let kit = Kit::new().await;
    let mut follower = kit.hub.follow(&admin());
    let mut foreign = kit.hub.follow(&Scope::org(actor(), OrgId(2)));
    let before = kit.ask(events::bounds).await.1;
    kit.told(vec![hola("wamid.AAAA"), hola("wamid.BBBB")]).await;
    let mut heard = Vec::new();
    while heard.len() < 5 {
        // What was stored before may still be on its way.
        let next = hear(&mut follower).await;
        heard.extend(Some(next).filter(|(seq, _)| *seq > before));
    }
    assert!(heard.windows(2).all(|w| w[0].0 < w[1].0));
    let kinds: Vec<_> = heard.iter().map(|h| h.1).collect();
    let expected = [
        "number.updated",
        "customer.updated",
        "message.new",
        "chat.updated",
        "message.new",
    ];
    assert_eq!(kinds, expected);
    let after = Seq(heard[0].0.0 - 1);
    let again = kit.ask(move |v| events::since(v, after, 100)).await;
    assert_eq!(
        again
            .iter()
            .map(|e| (e.seq, e.change.kind()))
            .collect::<Vec<_>>(),
        heard
    );
    let (oldest, newest) = kit.ask(events::bounds).await;
    assert_eq!((oldest, newest), (Seq(1), heard[4].0));
    kit.told(vec![hola("wamid.AAAA")]).await;
    assert_eq!(kit.ask(events::bounds).await.1, newest);
    let reload = Reloaded {
        applied: vec!["log.level".into()],
        restart: vec![],
        revision: 0,
    };
    kit.commit(Scope::daemon(), vec![Fact::Reloaded(Box::new(reload))])
        .await
        .unwrap();
    assert_eq!(hear(&mut follower).await.1, "config.reloaded");
    while let Some(Followed::Line(line)) = foreign.ready() {
        assert!(line.seq <= before && line.org == Some(OrgId(2)));
    }
    let last = kit.ask(move |v| events::since(v, newest, 10)).await;
    assert!(matches!(&last[0].change, Change::ConfigReloaded(r) if r.applied == ["log.level"]));
    assert!(
        kit.ask(|v| status::notices(v, Stamp::from_millis(0)))
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn the_receipt_names_the_last_event() {
    let kit = Kit::new().await;
    let receipt = kit.commit(meta(), vec![hola("wamid.AAAA")]).await.unwrap();
    assert_eq!(kit.ask(events::bounds).await.1, receipt.seq);
    let draft = Draft {
        text: "Ya te…".into(),
        reply_to: None,
        operator: None,
        updated_at: None,
    };
    let fact = Fact::Drafted {
        chat: ChatId(1),
        draft: Some(draft),
    };
    let receipt = kit.commit(admin(), vec![fact]).await.unwrap();
    let Outcome::Draft(Some(draft)) = &receipt.outcomes[0] else {
        panic!("{receipt:?}")
    };
    assert_eq!(draft.operator.as_deref(), Some("ana"));
    assert_eq!(kit.chats().await[0].draft.as_deref(), Some("Ya te…"));
    let gone = Fact::Drafted {
        chat: ChatId(1),
        draft: None,
    };
    kit.commit(admin(), vec![gone]).await.unwrap();
    assert_eq!(kit.ask(|v| chats::draft(v, ChatId(1))).await, None);
}

#[tokio::test]
async fn many_at_once_are_all_stored_once_and_refusals_hurt_nobody() {
    let kit = Kit::new().await;
    let mut waiting = Vec::new();
    for i in 0..200 {
        let store = kit.store.clone();
        waiting.push(tokio::spawn(async move {
            let from = person(&format!("5191{:07}", i % 20));
            let fact = Fact::Received(Box::new(received(
                &format!("wamid.{i:04}"),
                from,
                text("Hola"),
            )));
            // A user's commit whose second fact is refused after the first has written.
            let scope = if i % 10 == 9 { admin() } else { meta() };
            let facts = if i % 10 == 9 {
                vec![
                    Fact::OrgAdded {
                        slug: format!("o{i}"),
                        name: String::new(),
                    },
                    Fact::ReadMarked {
                        chat: ChatId(9999),
                        receipts: true,
                    },
                ]
            } else {
                vec![fact.clone(), fact]
            };
            store
                .commit(Commit {
                    scope,
                    journal: None,
                    facts,
                })
                .await
                .is_ok()
        }));
    }
    let mut stored = 0;
    for task in waiting {
        stored += usize::from(task.await.unwrap());
    }
    assert_eq!(stored, 180);
    let chats = kit.chats().await;
    assert_eq!(chats.iter().map(|c| c.unread).sum::<u32>(), 180);
    assert_eq!(kit.ask(crate::store::ask::orgs::list).await.len(), 2);
}

#[tokio::test]
async fn a_second_daemon_is_refused_and_the_first_leaves_all_behind() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA")]).await;
    let path = kit.dir.path().join("recado.db");
    let open = || {
        Store::open(
            &path,
            Arc::new(kit.clock.clone()),
            Hub::new(16),
            Options::default(),
        )
    };
    assert!(matches!(open(), Err(StoreError::Taken(_))));
    kit.store.close().await;
    assert!(matches!(
        kit.commit(meta(), vec![]).await,
        Err(StoreError::Closed)
    ));
    let again = open().unwrap();
    let listed = again
        .ask(&Scope::daemon(), |v| {
            chats::list(v, &super::kit::all_chats(), v.now())
        })
        .await
        .unwrap();
    assert_eq!(listed.items.len(), 1);
    again.close().await;
}

#[tokio::test]
async fn a_full_disk_is_told_and_goes_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("recado.db");
    let clock = common::time::ManualClock::new(Stamp::from_millis(START));
    let hub = Hub::new(64);
    let options = Options {
        journal_days: 1,
        ..Options::default()
    };
    let store = Store::open(&path, Arc::new(clock), hub.clone(), options).unwrap();
    let add = |slug: &str| Commit {
        scope: admin(),
        journal: None,
        facts: vec![Fact::OrgAdded {
            slug: slug.to_owned(),
            name: String::new(),
        }],
    };
    store.commit(add("norte")).await.unwrap();
    // Another program holds the write lock: the writer cannot begin, as with a disk that fails.
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(store.commit(add("sur")).await.is_err());
    assert!(!store.is_writable());
    let codes = || -> Vec<String> {
        let told = hub.notices(Stamp::from_millis(0));
        told.into_iter().map(|n| n.code).collect()
    };
    assert_eq!(codes(), ["storage_busy"]);
    other.execute_batch("ROLLBACK").unwrap();
    store.commit(add("sur")).await.unwrap();
    assert!(store.is_writable());
    assert_eq!(codes(), ["storage_ok"], "the first one holds no longer");
    store.close().await;
}

#[tokio::test]
async fn old_things_are_swept_and_numbers_go_on() {
    let kit = Kit::new().await;
    kit.notification("{\"a\":1}", vec![hola("wamid.AAAA")])
        .await;
    kit.notification("{\"b\":1}", vec![Fact::Unreadable { why: "new".into() }])
        .await;
    kit.commit(Scope::daemon(), vec![Fact::Swept])
        .await
        .unwrap();
    let before = kit.ask(events::bounds).await.1;
    kit.pass(24 * 31);
    kit.commit(Scope::daemon(), vec![Fact::Swept])
        .await
        .unwrap();
    assert_eq!(kit.ask(events::bounds).await, (before, before));
    let unread = kit
        .ask(|v| crate::store::ask::journal::unread(v, 0, 10))
        .await;
    assert_eq!(unread.len(), 1);
    let receipt = kit.commit(meta(), vec![hola("wamid.BBBB")]).await.unwrap();
    assert!(receipt.seq > before);
}
