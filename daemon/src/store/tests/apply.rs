//! What Meta's notifications do: messages, chats, customers, changes, numbers.

use common::api::problem::Code;
use common::id::{ChatId, PhoneNumberId, UserId, WaId, Wamid};
use common::model::chat::ChatState;
use common::model::content::{Content, File, Kind};
use common::model::message::{Direction, Origin};
use common::model::number::NumberStatus;
use common::tick::Status;
use common::time::Stamp;

use super::kit::{
    Kit, ONE, START, TWO, admin, hola, meta, number, person, reaction, received, report, text, user,
};
use crate::fact::told::{Edited, MediaTold, Person, Renamed, Revoked};
use crate::fact::{ChatPatched, Fact, NumberPatched};
use crate::store::ask::{chats, history, journal, numbers, status};
use crate::store::error::StoreError;
use crate::store::scope::{Actor, Scope};

fn refused(error: &StoreError) -> Code {
    match error {
        StoreError::Refused(problem) => problem.code,
        other => panic!("not refused: {other}"),
    }
}

#[tokio::test]
async fn a_message_makes_customer_chat_and_unread() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA"), hola("wamid.AAAA")]).await;
    kit.told(vec![hola("wamid.AAAA"), hola("wamid.BBBB")]).await;
    let chat = kit.chats().await.remove(0);
    assert_eq!((chat.unread, chat.state), (2, ChatState::Open));
    assert_eq!(chat.customer.phone_number.unwrap().as_str(), "+51987654321");
    assert!(chat.window.open);
    let messages = kit.messages(chat.id.0).await;
    assert_eq!(messages.len(), 2);
    assert_eq!(chat.first_unread, Some(messages[1].id));
    assert_eq!(chat.last_message.unwrap().id, messages[0].id);
    assert_eq!(messages[0].wamid, Some(Wamid::from("wamid.BBBB")));
    assert_eq!(messages[0].status, Status::Received);
    assert!(messages[0].revision > 0);
    let one = kit
        .ask(|v| numbers::get(v, common::id::NumberId(1)))
        .await
        .unwrap();
    assert_eq!((one.status, one.unread), (NumberStatus::Connected, 2));
    assert_eq!(one.last_sync_at, Some(Stamp::from_millis(START)));
}

#[tokio::test]
async fn the_window_is_the_customers_own_and_never_lasts_longer() {
    let kit = Kit::new().await;
    let mut ahead = received("wamid.AAAA", person("51987654321"), text("Hola"));
    ahead.timestamp = Some(Stamp::from_millis(START + 900_000_000));
    kit.told(vec![Fact::Received(Box::new(ahead))]).await;
    let chat = kit.chats().await.remove(0);
    assert_eq!(
        chat.window.expires_at,
        Some(Stamp::from_millis(START + 86_400_000))
    );
    kit.pass(25);
    assert!(!kit.chats().await[0].window.open);
    let mut echo = received("wamid.BBBB", person("51987654321"), text("Buenas"));
    echo.direction = Direction::Outbound;
    echo.origin = Origin::Phone;
    kit.told(vec![Fact::Received(Box::new(echo))]).await;
    let chat = kit.chats().await.remove(0);
    assert!(!chat.window.open);
    assert_eq!(chat.unread, 1);
    assert_eq!(kit.by_wamid("wamid.BBBB").await.status, Status::Sent);
}

#[tokio::test]
async fn history_counts_as_nothing_new_and_media_placeholders_are_filled() {
    let kit = Kit::new().await;
    let mut past = received("wamid.AAAA", person("51987654321"), text("antes"));
    past.origin = Origin::History;
    past.content = Content::Unsupported(common::model::content::Unsupported {
        subtype: Some("media_placeholder".to_owned()),
        ..Default::default()
    });
    kit.told(vec![Fact::Received(Box::new(past.clone()))]).await;
    past.content = Content::Image(File::default());
    past.media = Some(MediaTold {
        meta_id: Some("9".to_owned()),
        ..MediaTold::default()
    });
    kit.told(vec![Fact::Received(Box::new(past.clone()))]).await;
    kit.told(vec![Fact::Received(Box::new(past))]).await;
    let message = kit.by_wamid("wamid.AAAA").await;
    assert_eq!(message.content.kind(), Kind::Image);
    assert!(message.media.is_some());
    let chat = kit.chats().await.remove(0);
    assert_eq!(chat.unread, 0);
    assert_eq!(chat.window.expires_at, None);
}

#[tokio::test]
async fn reactions_are_folded_and_the_newest_word_stays() {
    let kit = Kit::new().await;
    kit.told(vec![
        hola("wamid.AAAA"),
        reaction("wamid.R1R1", "wamid.AAAA", "👍"),
    ])
    .await;
    let chat = kit.chats().await.remove(0);
    assert_eq!(kit.messages(chat.id.0).await.len(), 1);
    assert_eq!(chat.unread, 1);
    let marks = kit.by_wamid("wamid.AAAA").await.reactions;
    assert_eq!(
        (marks[0].emoji.as_str(), marks[0].from.as_str()),
        ("👍", "+51987654321")
    );
    assert_eq!(
        kit.by_wamid("wamid.R1R1").await.content.kind(),
        Kind::Reaction
    );
    kit.told(vec![reaction("wamid.R2R2", "wamid.AAAA", "")])
        .await;
    kit.told(vec![reaction("wamid.R1R1", "wamid.AAAA", "👍")])
        .await;
    assert!(kit.by_wamid("wamid.AAAA").await.reactions.is_empty());
    kit.told(vec![reaction("wamid.R3R3", "wamid.ZZZZ", "❤")])
        .await;
    assert_eq!(kit.messages(chat.id.0).await.len(), 2);
}

#[tokio::test]
async fn edits_and_revocations_keep_what_was_said() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA")]).await;
    let edit = |wamid: &str, body: &str| {
        Fact::Edited(Box::new(Edited {
            event: received(wamid, person("51987654321"), text(body)),
            target: Some(Wamid::from("wamid.AAAA")),
        }))
    };
    kit.told(vec![edit("wamid.E1E1", "Hola, ¿abren mañana?")])
        .await;
    kit.told(vec![edit("wamid.E1E1", "otra cosa")]).await;
    let message = kit.by_wamid("wamid.E1E1").await;
    assert_eq!(message.wamid, Some(Wamid::from("wamid.AAAA")));
    assert_eq!(message.text.as_deref(), Some("Hola, ¿abren mañana?"));
    let original = message.original.unwrap();
    assert_eq!(original.text.as_deref(), Some("Hola, ¿está abierto?"));
    assert!(message.edited_at.is_some());
    let revoke = Fact::Revoked(Box::new(Revoked {
        event: received("wamid.V1V1", person("51987654321"), text("")),
        target: Some(Wamid::from("wamid.AAAA")),
    }));
    kit.told(vec![revoke.clone(), revoke]).await;
    let message = kit.by_wamid("wamid.V1V1").await;
    assert_eq!((message.text, message.content.kind()), (None, Kind::Text));
    assert!(message.revoked_at.is_some());
    assert_eq!(
        message.original.unwrap().text.as_deref(),
        Some("Hola, ¿está abierto?")
    );
    assert_eq!(kit.messages(1).await.len(), 1);
}

#[tokio::test]
async fn spellings_of_one_number_meet_and_the_raw_id_stays() {
    let kit = Kit::new().await;
    kit.told(vec![Fact::Received(Box::new(received(
        "wamid.AAAA",
        person("551187654321"),
        text("oi"),
    )))])
    .await;
    kit.told(vec![Fact::Received(Box::new(received(
        "wamid.BBBB",
        person("5511987654321"),
        text("oi"),
    )))])
    .await;
    let chats = kit.chats().await;
    assert_eq!(chats.len(), 1);
    assert_eq!(chats[0].unread, 2);
    assert_eq!(chats[0].customer.wa_id, Some(WaId::from("5511987654321")));
}

#[tokio::test]
async fn two_that_prove_to_be_one_are_merged() {
    let kit = Kit::new().await;
    let from = |wamid: &str, person: Person| {
        Fact::Received(Box::new(received(wamid, person, text("palabra"))))
    };
    kit.told(vec![from("wamid.AAAA", person("51987654321"))])
        .await;
    kit.told(vec![from("wamid.BBBB", user("PE.13491208655302741918"))])
        .await;
    assert_eq!(kit.chats().await.len(), 2);
    let both = Person {
        user_id: Some(UserId::from("PE.13491208655302741918")),
        ..person("51987654321")
    };
    kit.told(vec![from("wamid.CCCC", both)]).await;
    let chats = kit.chats().await;
    assert_eq!(chats.len(), 1);
    assert_eq!((chats[0].id, chats[0].unread), (ChatId(1), 3));
    assert_eq!(kit.messages(1).await.len(), 3);
    assert!(chats[0].customer.user_id.is_some() && chats[0].customer.wa_id.is_some());
    let query = common::api::search::SearchQuery {
        q: "palabra".to_owned(),
        chat: Some(ChatId(1)),
        ..Default::default()
    };
    let hits = kit
        .ask(move |v| crate::store::ask::search::run(v, &query))
        .await;
    assert_eq!(hits.items.len(), 3);
}

#[tokio::test]
async fn a_changed_number_keeps_the_chat_and_frees_the_old_one() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA")]).await;
    let renamed = Fact::Renamed(Box::new(Renamed {
        number: Some(PhoneNumberId::from(ONE)),
        old: Person {
            wa_id: Some(WaId::from("51987654321")),
            ..Person::default()
        },
        new: Person {
            wa_id: Some(WaId::from("51911111111")),
            ..Person::default()
        },
        timestamp: None,
    }));
    kit.told(vec![renamed.clone(), renamed]).await;
    let chat = kit.chats().await.remove(0);
    assert_eq!(chat.customer.phone_number.unwrap().as_str(), "+51911111111");
    kit.told(vec![Fact::Received(Box::new(received(
        "wamid.BBBB",
        person("51911111111"),
        text("yo"),
    )))])
    .await;
    assert_eq!(kit.chats().await.len(), 1);
    kit.told(vec![hola("wamid.CCCC")]).await;
    assert_eq!(kit.chats().await.len(), 2);
}

#[tokio::test]
async fn unknown_numbers_wait_in_the_journal_until_they_are_added() {
    let kit = Kit::new().await;
    let mut stranger = received("wamid.AAAA", person("51987654321"), text("Hola"));
    stranger.number = Some(PhoneNumberId::from("15550783881"));
    let facts = vec![Fact::Received(Box::new(stranger))];
    kit.notification("{\"a\":1}", facts.clone()).await;
    kit.notification("{\"a\":1}", facts.clone()).await;
    kit.notification("{\"b\":1}", vec![hola("wamid.BBBB")])
        .await;
    let unread = kit.ask(|v| journal::unread(v, 0, 10)).await;
    assert_eq!(unread.len(), 1);
    assert_eq!(unread[0].2, b"{\"a\":1}");
    let notices = kit.ask(|v| status::notices(v, Stamp::from_millis(0))).await;
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].code, "unknown_number");
    kit.commit(admin(), vec![number(1, "15550783881", "Tercera")])
        .await
        .unwrap();
    let scope = Scope::meta(vec![common::id::NumberId(3)]);
    let body = super::super::Journal {
        app: "app".into(),
        body: b"{\"a\":1}".to_vec(),
    };
    let again = super::super::Commit {
        scope,
        journal: Some(body),
        facts,
    };
    kit.store.commit(again).await.unwrap();
    assert!(kit.ask(|v| journal::unread(v, 0, 10)).await.is_empty());
    assert_eq!(kit.chats().await.len(), 2);
}

#[tokio::test]
async fn a_secret_speaks_only_of_its_own_numbers() {
    let kit = Kit::new().await;
    let mut foreign = received("wamid.AAAA", person("51987654321"), text("Hola"));
    foreign.number = Some(PhoneNumberId::from(TWO));
    let scope = Scope::meta(vec![common::id::NumberId(1)]);
    kit.commit(scope, vec![Fact::Received(Box::new(foreign))])
        .await
        .unwrap();
    assert!(kit.chats().await.is_empty());
}

#[tokio::test]
async fn what_has_no_id_is_known_by_its_digest() {
    let kit = Kit::new().await;
    let mut nameless = received("x", person("51987654321"), text("Hola"));
    nameless.wamid = None;
    let mut other = nameless.clone();
    other.fingerprint = [8; 16];
    let facts: Vec<Fact> = [&nameless, &nameless, &other]
        .map(|r| Fact::Received(Box::new(r.clone())))
        .into();
    kit.told(facts.clone()).await;
    kit.told(facts).await;
    assert_eq!(kit.messages(1).await.len(), 2);
    let mut nobody = received("wamid.NNNN", Person::default(), text("¿Quién?"));
    nobody.timestamp = None;
    kit.told(vec![Fact::Received(Box::new(nobody))]).await;
    assert_eq!(
        kit.by_wamid("wamid.NNNN").await.timestamp,
        Stamp::from_millis(START)
    );
}

#[tokio::test]
async fn groups_have_a_chat_of_their_own() {
    let kit = Kit::new().await;
    let mut one = received("wamid.AAAA", person("51987654321"), text("Hola grupo"));
    one.group_id = Some("g1".to_owned());
    let mut two = received("wamid.BBBB", person("51911111111"), text("Hola"));
    two.group_id = Some("g1".to_owned());
    kit.told(vec![
        Fact::Received(Box::new(one)),
        Fact::Received(Box::new(two)),
    ])
    .await;
    let chat = kit.chats().await.remove(0);
    assert_eq!(
        (chat.unread, chat.customer.name.as_deref()),
        (2, Some("group g1"))
    );
    assert_eq!(chat.window.expires_at, None);
    let error = kit.send(chat.id.0, "hola").await.unwrap_err();
    assert_eq!(refused(&error), Code::Invalid);
}

#[tokio::test]
async fn chats_are_marked_closed_renamed_and_reopened() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA")]).await;
    let patch = ChatPatched {
        chat: Some(ChatId(1)),
        state: Some(ChatState::Closed),
        pinned: Some(true),
        assignee: Some("luis".to_owned()),
        labels: Some(vec!["vip".to_owned()]),
        customer_name: Some("Rosa de Surco".to_owned()),
        ..ChatPatched::default()
    };
    kit.commit(admin(), vec![Fact::ChatPatched(Box::new(patch))])
        .await
        .unwrap();
    let chat = kit.chats().await.remove(0);
    assert_eq!((chat.state, chat.pinned), (ChatState::Closed, true));
    assert_eq!(chat.customer.display_name(), "Rosa de Surco");
    kit.told(vec![hola("wamid.BBBB")]).await;
    let filter = common::api::chats::ChatFilter {
        state: Some(ChatState::Open),
        label: Some("vip".to_owned()),
        assignee: Some("luis".to_owned()),
        unread: Some(true),
        q: Some("SURCO 987654".to_owned()),
        ..Default::default()
    };
    assert_eq!(
        kit.ask(move |v| chats::list(v, &filter, v.now()))
            .await
            .items
            .len(),
        1
    );
    kit.commit(
        admin(),
        vec![Fact::ReadMarked {
            chat: ChatId(1),
            receipts: true,
        }],
    )
    .await
    .unwrap();
    assert_eq!(kit.chats().await[0].unread, 0);
    let receipts = kit.ask(crate::store::ask::outbox::receipts).await;
    assert_eq!(receipts[0].wamid, Wamid::from("wamid.BBBB"));
    let sent = Fact::ReceiptSent {
        chat: ChatId(1),
        wamid: Wamid::from("wamid.BBBB"),
    };
    kit.commit(Scope::daemon(), vec![sent]).await.unwrap();
    kit.commit(
        admin(),
        vec![Fact::ReadMarked {
            chat: ChatId(1),
            receipts: true,
        }],
    )
    .await
    .unwrap();
    assert!(
        kit.ask(crate::store::ask::outbox::receipts)
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn numbers_belong_to_one_and_keep_their_history() {
    let kit = Kit::new().await;
    let taken = kit
        .commit(admin(), vec![number(2, ONE, "Otra")])
        .await
        .unwrap_err();
    assert_eq!(refused(&taken), Code::Conflict);
    kit.told(vec![hola("wamid.AAAA")]).await;
    let id = common::id::NumberId(1);
    let patch = NumberPatched {
        number: Some(id),
        app_secret: Some(crate::vault::sealed::Sealed(vec![9])),
        ..NumberPatched::default()
    };
    kit.commit(admin(), vec![Fact::NumberPatched(Box::new(patch))])
        .await
        .unwrap();
    let credentials = kit.ask(numbers::credentials).await;
    let secrets: Vec<_> = credentials[0].app_secrets.iter().map(|s| s.0[0]).collect();
    assert_eq!(secrets, [9, 2]);
    kit.commit(admin(), vec![Fact::NumberRemoved { number: id }])
        .await
        .unwrap();
    assert_eq!(kit.ask(numbers::credentials).await.len(), 1);
    assert_eq!(kit.chats().await.len(), 1);
    let error = kit.send(1, "hola").await.unwrap_err();
    assert_eq!(refused(&error), Code::NumberNotReady);
    kit.commit(admin(), vec![number(1, ONE, "Tienda")])
        .await
        .unwrap();
    assert_eq!(kit.ask(numbers::list).await[0].id, id);
    assert!(kit.send(1, "hola").await.is_ok());
}

#[tokio::test]
async fn a_poisoned_fact_fails_alone() {
    let kit = Kit::new().await;
    let report = Fact::Reported(Box::new(crate::fact::told::Reported {
        wamid: None,
        ..report("x", "sent", 1)
    }));
    let odd = Fact::Unreadable {
        why: "no messages".to_owned(),
    };
    kit.notification(
        "{}",
        vec![hola("wamid.AAAA"), report, odd, hola("wamid.BBBB")],
    )
    .await;
    assert_eq!(kit.messages(1).await.len(), 2);
    assert_eq!(kit.ask(|v| journal::unread(v, 0, 10)).await.len(), 1);
}

#[tokio::test]
async fn nobody_sees_or_touches_another_organisation() {
    let kit = Kit::new().await;
    kit.told(vec![hola("wamid.AAAA")]).await;
    let id = kit.by_wamid("wamid.AAAA").await.id;
    let other = Scope::org(
        Actor {
            name: "eva".to_owned(),
            uid: None,
            ..Actor::default()
        },
        common::id::OrgId(2),
    );
    let seen = kit
        .store
        .ask(&other, move |v| {
            assert!(
                chats::list(v, &super::kit::all_chats(), v.now())?
                    .items
                    .is_empty()
            );
            assert!(chats::get(v, ChatId(1), v.now())?.is_none());
            assert!(history::message(v, id)?.is_none());
            assert!(history::by_wamid(v, &Wamid::from("wamid.AAAA"))?.is_empty());
            assert!(history::slice(v, ChatId(1), &super::kit::whole()).is_err());
            assert!(chats::totals(v)?.is_empty());
            let query = common::api::search::SearchQuery {
                q: "hola".into(),
                ..Default::default()
            };
            assert!(crate::store::ask::search::run(v, &query)?.items.is_empty());
            assert!(numbers::credentials(v).is_err());
            assert!(journal::unread(v, 0, 1).is_err());
            Ok(numbers::list(v)?.len())
        })
        .await
        .unwrap();
    assert_eq!(seen, 1);
    for fact in [
        Fact::ReadMarked {
            chat: ChatId(1),
            receipts: false,
        },
        Fact::Retried { message: id },
        Fact::NumberRemoved {
            number: common::id::NumberId(1),
        },
        Fact::Drafted {
            chat: ChatId(1),
            draft: None,
        },
        Fact::OrgAdded {
            slug: "x".into(),
            name: "x".into(),
        },
    ] {
        assert!(kit.commit(other.clone(), vec![fact]).await.is_err());
    }
    assert_eq!(kit.chats().await[0].unread, 1);
    assert!(kit.commit(meta(), vec![]).await.is_ok());
}

#[tokio::test]
async fn search_finds_whole_words_first_then_beginnings_without_accents() {
    let kit = Kit::new().await;
    let said = [
        "Mañana abrimos",
        "mañanas de sol",
        "MANANA 😊",
        "otra cosa",
        "mananitas",
    ];
    for (i, body) in said.iter().enumerate() {
        let from = person(if i == 2 { "51911111111" } else { "51987654321" });
        let fact = received(&format!("wamid.S{i:03}"), from, text(body));
        kit.told(vec![Fact::Received(Box::new(fact))]).await;
    }
    let find = async |q: &str, chat: Option<i64>, limit: u32, cursor: Option<String>| {
        let query = common::api::search::SearchQuery {
            q: q.to_owned(),
            chat: chat.map(ChatId),
            limit: Some(limit),
            cursor,
            ..Default::default()
        };
        let page = kit
            .ask(move |v| crate::store::ask::search::run(v, &query))
            .await;
        let texts: Vec<_> = page
            .items
            .iter()
            .filter_map(|h| h.message.text.clone())
            .collect();
        (
            texts,
            page.next,
            page.items.first().map(|h| h.snippet.clone()),
        )
    };
    let all = ["MANANA 😊", "Mañana abrimos", "mañanas de sol"];
    assert_eq!(find("mañana", None, 50, None).await.0, all);
    assert_eq!(find("mañana ", None, 50, None).await.0, all[..2]);
    let (first, next, snippet) = find("manana", None, 2, None).await;
    assert_eq!(
        (first.as_slice(), next.is_some()),
        (&["MANANA 😊".to_owned(), all[1].to_owned()][..], true)
    );
    assert_eq!(snippet.as_deref(), Some("\u{2}MANANA\u{3} 😊"));
    assert_eq!(
        find("manana", None, 2, next).await,
        (
            vec![all[2].to_owned()],
            None,
            Some("\u{2}mañanas\u{3} de sol".to_owned())
        )
    );
    assert_eq!(find("man", None, 50, None).await.0.len(), 4);
    assert_eq!(
        find("MAÑ", Some(1), 50, None).await.0,
        ["mananitas", "mañanas de sol", "Mañana abrimos"]
    );
    assert_eq!(
        find("abrimos man", None, 50, None).await.0,
        ["Mañana abrimos"]
    );
    assert_eq!(find("😊", Some(2), 50, None).await.0, ["MANANA 😊"]);
    assert_eq!(find("manana 😊", None, 50, None).await.0, ["MANANA 😊"]);
    assert!(find("\" OR * NEAR(", None, 50, None).await.0.is_empty());
    assert!(find("c1", None, 50, None).await.0.is_empty());
}
