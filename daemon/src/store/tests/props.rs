//! What holds for every sequence of facts: twice is once, and the order of reports does not matter.

use common::id::ChatId;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::kit::{Kit, accepted, hola, person, reaction, received, report, text, user};
use crate::fact::Fact;
use crate::fact::told::{ContactSync, Edited, Person, Reported, Revoked};

/// One of a small world of facts, so that they meet each other often.
fn any_fact() -> impl Strategy<Value = Fact> {
    let wamid = |n: u8| format!("wamid.{n:04}");
    let from = |n: u8| match n % 4 {
        0 => person("51987654321"),
        1 => person("51911111111"),
        2 => user("PE.1"),
        _ => Person {
            user_id: Some("PE.1".into()),
            ..person("51987654321")
        },
    };
    let message = (0..6_u8, 0..4_u8, "[a-c]{1,3}").prop_map(move |(w, p, body)| {
        Fact::Received(Box::new(received(&wamid(w), from(p), text(&body))))
    });
    let mark = (6..9_u8, 0..6_u8, prop::sample::select(vec!["👍", "❤", ""]))
        .prop_map(move |(w, target, emoji)| reaction(&wamid(w), &wamid(target), emoji));
    let edit = (9..12_u8, 0..6_u8).prop_map(move |(w, target)| {
        let event = received(&wamid(w), from(0), text("cambiado"));
        Fact::Edited(Box::new(Edited {
            event,
            target: Some(wamid(target).into()),
        }))
    });
    let revoke = (12..14_u8, 0..6_u8).prop_map(move |(w, target)| {
        let event = received(&wamid(w), from(0), text(""));
        Fact::Revoked(Box::new(Revoked {
            event,
            target: Some(wamid(target).into()),
        }))
    });
    let told = (0..6_u8, 0..3_i64)
        .prop_map(move |(w, at)| Fact::Reported(Box::new(report(&wamid(w), "delivered", at))));
    let named = (0..4_u8).prop_map(move |p| {
        let contact = ContactSync {
            number: Some(super::kit::ONE.into()),
            person: from(p),
            name: Some("Rosa".to_owned()),
        };
        Fact::Contact(Box::new(contact))
    });
    prop_oneof![4 => message, 2 => mark, 1 => edit, 1 => revoke, 1 => told, 1 => named]
}

fn any_report() -> impl Strategy<Value = (&'static str, i64, i64)> {
    let words = vec!["sent", "delivered", "read", "played", "failed", "warning"];
    (prop::sample::select(words), 0..4_i64, 1..4_i64)
}

fn reported((word, at, code): (&'static str, i64, i64), wamid: &str) -> Fact {
    let error = (word == "failed").then(|| common::model::message::SendError {
        code,
        title: format!("error {code}"),
        details: None,
        advice: String::new(),
        retryable: false,
        ..Default::default()
    });
    // The same moment always fails for the same reason, as it does at Meta.
    let at = at * 10 + if error.is_some() { code } else { 0 };
    Fact::Reported(Box::new(Reported {
        error,
        ..report(wamid, word, at)
    }))
}

fn run<S: Strategy>(cases: u32, strategy: &S, test: impl AsyncFn(S::Value)) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(strategy, |value| {
            runtime.block_on(test(value));
            Ok(())
        })
        .unwrap();
}

#[test]
fn facts_twice_are_facts_once() {
    run(
        24,
        &prop::collection::vec(any_fact(), 1..24),
        async |facts| {
            let kit = Kit::new().await;
            kit.told(facts.clone()).await;
            let once = kit.picture().await;
            kit.told(facts.clone()).await;
            assert_eq!(kit.picture().await, once);
            // One by one and in one piece is the same too.
            let other = Kit::new().await;
            for fact in facts {
                other.told(vec![fact]).await;
            }
            assert_eq!(other.picture().await, once);
        },
    );
}

#[test]
fn reports_in_any_order_end_alike() {
    let strategy = (
        prop::collection::vec(any_report(), 0..10),
        prop::collection::vec(any::<prop::sample::Index>(), 0..10),
        any::<prop::sample::Index>(),
    );
    run(32, &strategy, async |(reports, again, answer)| {
        let mut ends = Vec::new();
        for shuffled in [false, true] {
            let kit = Kit::new().await;
            kit.told(vec![hola("wamid.AAAA")]).await;
            let id = kit.send(1, "hola").await.unwrap().id;
            let mut order: Vec<Fact> = reports.iter().map(|r| reported(*r, "wamid.SSSS")).collect();
            if shuffled && !order.is_empty() {
                order.reverse();
                let twice: Vec<Fact> = again
                    .iter()
                    .map(|index| reported(*index.get(&reports), "wamid.SSSS"))
                    .collect();
                order.extend(twice);
            }
            // The answer to the send comes anywhere among them.
            let at = if shuffled {
                answer.index(order.len() + 1)
            } else {
                0
            };
            for (i, fact) in order.iter().enumerate() {
                if i == at {
                    kit.told_daemon(accepted(id, "wamid.SSSS")).await;
                }
                kit.told(vec![fact.clone()]).await;
            }
            kit.told_daemon(accepted(id, "wamid.SSSS")).await;
            let m = kit.message(id).await;
            let mut history: Vec<_> = m
                .statuses
                .iter()
                .map(|s| (s.status.clone(), s.at))
                .collect();
            history.sort();
            ends.push((m.status, m.error, history, m.wamid));
            assert!(kit.chats().await.iter().all(|c| c.id == ChatId(1)));
        }
        assert_eq!(ends[0], ends[1]);
    });
}
