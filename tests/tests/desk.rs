//! What a desk of several people needs, through the socket: notes, opt-outs, who waits, figures, operators, slices.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what fails here fails the test"
)]

mod local;

use std::time::Duration;

use common::api::chats::{ChatFilter, ChatSort, LabelQuery, PatchChat, ReadMark, TypingMark};
use common::api::customers::{FileQuery, NoteText, PatchCustomer};
use common::api::messages::{Outgoing, Send, Slice};
use common::api::problem::Code;
use common::api::search::SearchQuery;
use common::api::stats::{StatsBy, StatsQuery};
use common::client::Client;
use common::id::{ChatId, MessageId, Wamid};
use common::model::chat::ChatState;
use common::model::content::{Content, File};
use common::model::number::Number;
use common::tick::Status;
use common::time::Clock;
use local::{Local, received, within};
use recado_daemon::fact::Fact;
use recado_daemon::fact::told::{MediaTold, Preferred, Reported, TemplateTold};
use recado_daemon::store::Commit;
use recado_daemon::store::scope::Scope;
use recado_tests::seen::text;

const META: &str = "106540352242922";

fn template(name: &str) -> Send {
    Send {
        content: Outgoing::Template {
            params: std::collections::BTreeMap::new(),
            name: name.to_owned(),
            language: "es".to_owned(),
            components: Vec::new(),
        },
        reply_to: None,
        client_id: None,
    }
}

async fn shop() -> (Local, Client, Number) {
    let local = Local::start().await;
    let client = local.client();
    let org = local.org("a").await;
    let number = local.number(org, "Ventas", META).await;
    (local, client, number)
}

async fn ids(client: &Client, filter: ChatFilter) -> Vec<i64> {
    let page = client.chats(&filter).await.expect("a list");
    page.items.iter().map(|chat| chat.id.0).collect()
}

async fn found(client: &Client, q: &str) -> Vec<String> {
    let query = SearchQuery {
        q: q.to_owned(),
        zone: Some("America/Lima".to_owned()),
        ..SearchQuery::default()
    };
    let page = client.search(&query).await.expect("hits");
    let texts = page
        .items
        .into_iter()
        .map(|hit| hit.message.text.unwrap_or_default());
    texts.collect()
}

#[tokio::test]
async fn notes_are_kept_for_every_desk_with_their_author() {
    let (local, client, number) = shop().await;
    let chat = local
        .hears(&number, "51987654321", "wamid.in1", "Hola")
        .await;
    let id = chat.customer.id;
    let words = |words: &str| NoteText {
        text: words.to_owned(),
    };
    let first = client
        .add_note(id, &words("Alérgica a las nueces"))
        .await
        .expect("kept");
    local.clock.advance(Duration::from_mins(5));
    let second = client
        .add_note(id, &words("Prefiere audios"))
        .await
        .expect("kept");
    assert!(!first.author.is_empty() && first.edited_at.is_none());
    let edited = client
        .edit_note(first.id, &words("Alérgica a la nuez"))
        .await
        .expect("changed");
    assert_eq!(
        (edited.author, edited.created_at),
        (first.author, first.created_at)
    );
    assert!(edited.edited_at.is_some());
    let card = local.client().customer(id).await.expect("a card");
    let notes: Vec<&str> = card.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["Prefiere audios", "Alérgica a la nuez"]);
    client.delete_note(second.id).await.expect("gone");
    assert_eq!(client.customer(id).await.expect("a card").notes.len(), 1);
    let gone = client.delete_note(second.id).await.expect_err("gone");
    assert_eq!(gone.code, Code::NotFound);
    let empty = client
        .add_note(id, &words(" \u{1b}[31m "))
        .await
        .expect_err("no words");
    assert_eq!(
        (empty.code, empty.field.as_deref()),
        (Code::Invalid, Some("text"))
    );
    local.stop().await;
}

#[tokio::test]
async fn a_card_tells_since_when_how_much_and_which_files() {
    let (local, client, number) = shop().await;
    let chat = local
        .hears(&number, "51987654321", "wamid.in1", "Hola")
        .await;
    let since = local.clock.now();
    local.clock.advance(Duration::from_mins(1));
    let mut photo = received(&number, "51987654321", "wamid.in2", "", local.clock.now());
    if let Fact::Received(fact) = &mut photo {
        fact.content = Content::Image(File::default());
        fact.media = Some(MediaTold {
            meta_id: Some("1".to_owned()),
            mime: Some("image/jpeg".to_owned()),
            ..MediaTold::default()
        });
    }
    local.commit(number.id, photo).await;
    client
        .send(chat.id, &text("Sí, abrimos", None))
        .await
        .expect("queued");
    local.clock.advance(Duration::from_mins(1));
    client
        .send(chat.id, &template("pedido_listo"))
        .await
        .expect("queued");
    for name in ["aviso", "pedido_listo"] {
        local.clock.advance(Duration::from_mins(1));
        client.send(chat.id, &template(name)).await.expect("queued");
    }
    let card = client.customer(chat.customer.id).await.expect("a card");
    assert_eq!(card.since, Some(since));
    assert_eq!((card.inbound, card.outbound), (2, 4));
    let lately: Vec<&str> = card.templates.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(lately, ["pedido_listo", "aviso"], "newest first, each once");
    assert_eq!((card.files.images, card.files.documents), (1, 0));
    assert_eq!(card.last_template.expect("one").name, "pedido_listo");
    assert_eq!(card.chats.len(), 1);
    let files = client
        .files(chat.customer.id, &FileQuery::default())
        .await
        .expect("files");
    assert_eq!(files.items[0].wamid, Some(Wamid::from("wamid.in2")));
    local.stop().await;
}

#[tokio::test]
async fn who_waits_whose_window_closes_and_what_is_pinned_or_labelled_is_found() {
    let (local, client, number) = shop().await;
    let ana = local
        .hears(&number, "51987654321", "wamid.in1", "Hola")
        .await
        .id;
    local.clock.advance(Duration::from_hours(1));
    let bea = local
        .hears(&number, "51987654322", "wamid.in2", "Hola")
        .await
        .id;
    local.clock.advance(Duration::from_hours(1));
    let eva = local
        .hears(&number, "51987654323", "wamid.in3", "Hola")
        .await
        .id;
    client
        .send(bea, &text("Hola, Bea", None))
        .await
        .expect("queued");
    let waiting = ChatFilter {
        waiting: Some(true),
        ..ChatFilter::default()
    };
    assert_eq!(ids(&client, waiting.clone()).await, [eva.0, ana.0]);
    let longest = ChatFilter {
        sort: Some(ChatSort::Waiting),
        ..ChatFilter::default()
    };
    assert_eq!(ids(&client, longest).await, [ana.0, eva.0]);
    let mut closing = ChatFilter {
        sort: Some(ChatSort::Closing),
        limit: Some(2),
        ..ChatFilter::default()
    };
    let page = client.chats(&closing).await.expect("a list");
    closing.cursor = page.next;
    let first: Vec<_> = page.items.iter().map(|chat| chat.id).collect();
    assert_eq!(
        (first, ids(&client, closing.clone()).await),
        (vec![ana, bea], vec![eva.0])
    );
    let patch = PatchChat {
        pinned: Some(true),
        labels: Some(vec!["vip".to_owned(), "torta".to_owned()]),
        muted_until: Some(local.clock.now().plus(Duration::from_hours(1))),
        ..PatchChat::default()
    };
    let chat = client.patch_chat(ana, &patch).await.expect("changed");
    assert!(chat.muted && chat.muted_until.is_some() && chat.waiting_since.is_some());
    let only = |filter: ChatFilter| ids(&client, filter);
    let pinned = ChatFilter {
        pinned: Some(true),
        ..ChatFilter::default()
    };
    let labelled = ChatFilter {
        label: Some("vip".to_owned()),
        ..ChatFilter::default()
    };
    assert_eq!(
        (only(pinned).await, only(labelled).await),
        (vec![ana.0], vec![ana.0])
    );
    let labels = client.labels(&LabelQuery::default()).await.expect("labels");
    let labels: Vec<_> = labels.iter().map(|l| (l.label.as_str(), l.chats)).collect();
    assert_eq!(labels, [("torta", 1), ("vip", 1)]);
    local.clock.advance(Duration::from_hours(23));
    let chat = client.chat(ana).await.expect("the chat");
    assert!(
        !chat.muted && chat.muted_until.is_none(),
        "the hour is over"
    );
    closing.cursor = None;
    assert_eq!(
        ids(&client, closing).await,
        [eva.0],
        "closed windows are left out"
    );
    local.stop().await;
}

#[tokio::test]
async fn a_chat_is_put_off_for_every_desk_until_its_moment_or_the_next_message() {
    let (local, client, number) = shop().await;
    let ana = local
        .hears(&number, "51987654321", "wamid.in1", "Hola")
        .await
        .id;
    let eva = local
        .hears(&number, "51900000002", "wamid.in2", "Hola")
        .await
        .id;
    let until = local.clock.now().plus(Duration::from_hours(3));
    let put_off = |until| PatchChat {
        snoozed_until: Some(until),
        ..PatchChat::default()
    };
    let patch = put_off(Some(until));
    let chat = client.patch_chat(ana, &patch).await.expect("put off");
    assert!(chat.is_snoozed(local.clock.now()) && chat.unread == 1);
    client.patch_chat(eva, &patch).await.expect("put off");
    let pinned = PatchChat {
        pinned: Some(true),
        ..PatchChat::default()
    };
    let chat = client.patch_chat(eva, &pinned).await.expect("pinned");
    assert_eq!(chat.snoozed_until, Some(until), "what is not said stays");
    let snoozed = |is| ChatFilter {
        snoozed: Some(is),
        ..ChatFilter::default()
    };
    assert_eq!(ids(&client, snoozed(true)).await, [eva.0, ana.0]);
    assert!(ids(&client, snoozed(false)).await.is_empty());
    local
        .hears(&number, "51987654321", "wamid.in3", "¿Sigue?")
        .await;
    let chat = client.chat(ana).await.expect("the chat");
    assert_eq!(chat.snoozed_until, None, "the customer wrote");
    local.clock.advance(Duration::from_hours(3));
    let chat = client.chat(eva).await.expect("the chat");
    assert!(chat.is_back(local.clock.now()), "it came back by itself");
    client
        .send(eva, &text("Ya está", None))
        .await
        .expect("sent");
    let chat = client.chat(eva).await.expect("the chat");
    assert_eq!(chat.snoozed_until, None, "it was answered");
    client.patch_chat(eva, &patch).await.expect("put off");
    let never = client
        .patch_chat(eva, &put_off(None))
        .await
        .expect("no longer");
    assert_eq!(never.snoozed_until, None, "null takes it away");
    client.patch_chat(eva, &patch).await.expect("put off");
    let closed = PatchChat {
        state: Some(ChatState::Closed),
        ..PatchChat::default()
    };
    let chat = client.patch_chat(eva, &closed).await.expect("archived");
    assert_eq!(chat.snoozed_until, None, "archived is archived");
    let numbers = client.numbers().await.expect("numbers");
    let counts = numbers.first().map(|n| (n.archived, n.unread));
    assert_eq!(counts, Some((1, 2)), "nobody misses what is archived");
    local.stop().await;
}

#[tokio::test]
async fn an_answer_of_the_same_second_stands_below_its_question() {
    let (local, client, number) = shop().await;
    let chat = local
        .hears(&number, "51987654321", "wamid.in1", "Hola")
        .await;
    local.clock.advance(Duration::from_millis(2_700));
    let second = common::time::Stamp::from_seconds(local.clock.now().seconds());
    client
        .send(chat.id, &text("¿Cuántas?", None))
        .await
        .expect("queued");
    local.clock.advance(Duration::from_millis(200));
    for (wamid, words) in [("wamid.in2", "Dos"), ("wamid.in3", "No, tres")] {
        let answer = received(&number, "51987654321", wamid, words, second);
        local.commit(number.id, answer).await;
    }
    let page = client
        .messages(chat.id, &Slice::default())
        .await
        .expect("a slice");
    let said: Vec<_> = page
        .items
        .iter()
        .filter_map(|m| m.text.as_deref())
        .collect();
    assert_eq!(said, ["No, tres", "Dos", "¿Cuántas?", "Hola"]);
    assert_eq!(
        page.items[0].timestamp, second,
        "WhatsApp's time is shown as it came"
    );
    assert!(page.items[0].sort_at > page.items[1].sort_at);
    // Our clock runs seconds ahead of WhatsApp's: the quote tells the order all the same.
    local.clock.advance(Duration::from_secs(9));
    client
        .send(chat.id, &text("¿Algo más?", None))
        .await
        .expect("queued");
    let ours = client
        .messages(chat.id, &Slice::default())
        .await
        .expect("a slice")
        .items[0]
        .clone();
    let facts = vec![Fact::Accepted {
        message: ours.id,
        wamid: Wamid::from("wamid.out2"),
        wa_id: None,
        user_id: None,
    }];
    let commit = Commit {
        scope: Scope::daemon(),
        journal: None,
        facts,
    };
    local.store.commit(commit).await.expect("stored");
    let mut quoting = received(&number, "51987654321", "wamid.in4", "Nada más", second);
    if let Fact::Received(fact) = &mut quoting {
        fact.reply_to = Some(Wamid::from("wamid.out2"));
    }
    local.commit(number.id, quoting).await;
    let page = client
        .messages(chat.id, &Slice::default())
        .await
        .expect("a slice");
    assert_eq!(page.items[0].text.as_deref(), Some("Nada más"));
    assert_eq!(page.items[0].timestamp, second);
    // WhatsApp's clock runs ahead of ours: what is written next stands below all the same.
    let ahead = local.clock.now().plus(Duration::from_secs(4));
    let early = received(&number, "51987654321", "wamid.in5", "¡Ah, velas!", ahead);
    local.commit(number.id, early).await;
    let now = local.clock.now();
    let sent = client
        .send(chat.id, &text("Claro", None))
        .await
        .expect("queued");
    assert_eq!(sent.timestamp, now);
    let page = client
        .messages(chat.id, &Slice::default())
        .await
        .expect("a slice");
    assert_eq!(page.items[0].id, sent.id);
    local.stop().await;
}

#[tokio::test]
async fn a_slice_stands_round_a_message_or_a_moment() {
    let (local, client, number) = shop().await;
    let mut moments = Vec::new();
    let mut chat = None;
    for n in 0..20 {
        moments.push(local.clock.now());
        let wamid = format!("wamid.in{n}");
        chat = Some(
            local
                .hears(&number, "51987654321", &wamid, &format!("m{n}"))
                .await,
        );
        local.clock.advance(Duration::from_mins(1));
    }
    let chat = chat.expect("a chat").id;
    let slice = async |slice: Slice| -> (Vec<String>, Vec<MessageId>, bool) {
        let page = client.messages(chat, &slice).await.expect("a slice");
        let texts = page.items.iter().filter_map(|m| m.text.clone()).collect();
        let ids = page.items.iter().map(|m| m.id).collect();
        (texts, ids, page.next.is_some())
    };
    let at = Slice {
        at: Some(moments[10]),
        limit: Some(4),
        ..Slice::default()
    };
    let (texts, ids, more) = slice(at).await;
    assert_eq!(
        (texts, more),
        (["m11", "m10", "m9", "m8"].map(String::from).to_vec(), true)
    );
    let around = Slice {
        around: Some(ids[1]),
        limit: Some(3),
        ..Slice::default()
    };
    assert_eq!(slice(around).await.0, ["m11", "m10", "m9"]);
    let last = Slice {
        at: Some(local.clock.now()),
        limit: Some(3),
        ..Slice::default()
    };
    assert_eq!(slice(last).await.0, ["m19", "m18", "m17"]);
    let both = Slice {
        around: Some(ids[1]),
        at: Some(moments[1]),
        ..Slice::default()
    };
    assert_eq!(
        client.messages(chat, &both).await.expect_err("both").code,
        Code::Invalid
    );
    local.stop().await;
}

#[tokio::test]
async fn a_query_with_operators_finds_what_it_says() {
    let (local, client, number) = shop().await;
    let ana = local
        .hears(&number, "51987654321", "wamid.in1", "Quiero una torta 🎂")
        .await;
    let named = PatchCustomer {
        name: Some("Ana Prado".to_owned()),
        opted_out: None,
    };
    client
        .patch_customer(ana.customer.id, &named)
        .await
        .expect("named");
    local
        .hears(
            &number,
            "51911222333",
            "wamid.in2",
            "Una torta, https://torta.example",
        )
        .await;
    client
        .send(ana.id, &text("¿La torta de chocolate?", None))
        .await
        .expect("queued");
    local.clock.advance(Duration::from_hours(48));
    local
        .hears(&number, "51987654321", "wamid.in3", "La torta de ayer 👍")
        .await;
    let torta = found(&client, "torta").await;
    assert_eq!(torta.len(), 4);
    for (q, expected) in [
        (
            "torta from:\"ana prado\"",
            vec!["La torta de ayer 👍", "Quiero una torta 🎂"],
        ),
        ("from:me torta", vec!["¿La torta de chocolate?"]),
        ("to:ana", vec!["¿La torta de chocolate?"]),
        ("torta after:today", vec!["La torta de ayer 👍"]),
        (
            "before:yesterday from:333",
            vec!["Una torta, https://torta.example"],
        ),
        ("has:link", vec!["Una torta, https://torta.example"]),
        ("torta has:link", vec!["Una torta, https://torta.example"]),
        ("🎂", vec!["Quiero una torta 🎂"]),
        ("👍 in:ana", vec!["La torta de ayer 👍"]),
        ("#1 has:link", vec!["Una torta, https://torta.example"]),
        ("#vent has:link", vec!["Una torta, https://torta.example"]),
        ("is:unread in:333", vec!["Una torta, https://torta.example"]),
        (
            "is:waiting torta has:link",
            vec!["Una torta, https://torta.example"],
        ),
        ("has:image", vec![]),
        ("from:nobody", vec![]),
        ("label:vip torta", vec![]),
    ] {
        assert_eq!(found(&client, q).await, expected, "{q}");
    }
    let wrong = SearchQuery {
        q: "has:spoon".to_owned(),
        ..SearchQuery::default()
    };
    let problem = client.search(&wrong).await.expect_err("no such thing");
    assert_eq!(
        (problem.code, problem.field.as_deref()),
        (Code::Invalid, Some("q"))
    );
    assert!(problem.detail.contains("has: takes"), "{}", problem.detail);
    local.stop().await;
}

#[tokio::test]
#[expect(
    clippy::too_many_lines,
    reason = "one day, from the first message to its figures"
)]
async fn figures_tell_what_was_written_answered_delivered_and_lost() {
    let (local, client, number) = shop().await;
    let begin = local.clock.now();
    let ana = local
        .hears(&number, "51987654321", "wamid.in1", "Hola")
        .await
        .id;
    local
        .hears(&number, "51987654322", "wamid.in2", "Hola")
        .await;
    local.clock.advance(Duration::from_secs(90));
    let sent = client
        .send(ana, &text("Hola, Ana", None))
        .await
        .expect("queued");
    let failed = client
        .send(ana, &text("¿Qué tal?", None))
        .await
        .expect("queued");
    for (message, wamid, word, code) in [
        (sent.id, "wamid.out1", "delivered", None),
        (sent.id, "wamid.out1", "read", None),
        (failed.id, "wamid.out2", "failed", Some(131_026)),
    ] {
        let error = code.map(|code| common::model::message::SendError {
            code,
            title: "Message undeliverable".to_owned(),
            details: None,
            advice: String::new(),
            retryable: false,
            ..Default::default()
        });
        let report = Reported {
            number: number.phone_number_id.clone(),
            wamid: Some(Wamid::from(wamid)),
            message: Some(message),
            word: word.to_owned(),
            timestamp: Some(local.clock.now()),
            recipient: recado_daemon::fact::told::Person::default(),
            participant: None,
            pricing: None,
            error,
        };
        local
            .commit(number.id, Fact::Reported(Box::new(report)))
            .await;
    }
    local.clock.advance(Duration::from_hours(25));
    let query = StatsQuery {
        since: Some(begin),
        by: Some(StatsBy::Hour),
        zone: Some("America/Lima".to_owned()),
        ..StatsQuery::default()
    };
    let stats = client.stats(&query).await.expect("figures");
    let total = &stats.total;
    assert_eq!(
        (total.inbound, total.outbound, total.new_customers),
        (2, 2, 2)
    );
    assert_eq!(
        (total.conversations, total.windows_lost),
        (2, 1),
        "the second had no answer"
    );
    let waits = total.first_answer;
    assert_eq!(
        (waits.answered, waits.p50_s, waits.p90_s),
        (1, Some(90), Some(90))
    );
    let delivery = &total.delivery;
    assert_eq!(
        (
            delivery.sent,
            delivery.delivered,
            delivery.read,
            delivery.failed
        ),
        (1, 1, 1, 1)
    );
    assert_eq!(
        (delivery.failures[0].code, delivery.failures[0].count),
        (131_026, 1)
    );
    let lost: u64 = stats
        .series
        .iter()
        .map(|step| step.figures.windows_lost)
        .sum();
    assert_eq!((stats.series[0].figures.inbound, lost), (2, 1));
    assert_eq!(stats.series.len(), 26);
    assert_eq!(
        (stats.numbers.len(), stats.numbers[0].label.as_str()),
        (1, "Ventas")
    );
    // A late answer does not give the lost window back, and the count stays.
    let bea = client
        .chats(&ChatFilter::default())
        .await
        .expect("a list")
        .items;
    let bea = bea
        .iter()
        .find(|chat| chat.id != ana)
        .expect("the other")
        .id;
    client.send(bea, &template("hola")).await.expect("queued");
    let stats = client.stats(&query).await.expect("figures");
    assert_eq!(
        (stats.total.windows_lost, stats.total.first_answer.answered),
        (1, 1)
    );
    let wrong = StatsQuery {
        zone: Some("Nowhere".to_owned()),
        ..StatsQuery::default()
    };
    assert_eq!(
        client
            .stats(&wrong)
            .await
            .expect_err("no zone")
            .field
            .as_deref(),
        Some("zone")
    );
    local.stop().await;
}

#[tokio::test]
async fn who_wants_no_marketing_gets_none() {
    let (local, client, number) = shop().await;
    let chat = local
        .hears(&number, "51987654321", "wamid.in1", "Hola")
        .await;
    let wish = |wants: bool, at: u64| {
        Fact::Preferred(Box::new(Preferred {
            number: number.phone_number_id.clone(),
            person: recado_daemon::fact::told::Person {
                wa_id: Some("51987654321".into()),
                ..recado_daemon::fact::told::Person::default()
            },
            wants,
            timestamp: Some(local.clock.now().plus(Duration::from_secs(at))),
        }))
    };
    local.commit(number.id, wish(false, 0)).await;
    let card = client.customer(chat.customer.id).await.expect("a card");
    assert!(card.customer.opted_out_at.is_some());
    // Whether it is marketing is not known yet: it may go.
    client
        .send(chat.id, &template("oferta"))
        .await
        .expect("queued");
    let told = TemplateTold {
        waba: None,
        name: "oferta".to_owned(),
        language: "es".to_owned(),
        category: Some("MARKETING".to_owned()),
        ..TemplateTold::default()
    };
    local
        .commit(number.id, Fact::TemplateTold(Box::new(told)))
        .await;
    let refused = client
        .send(chat.id, &template("oferta"))
        .await
        .expect_err("opted out");
    assert_eq!(refused.code, Code::OptedOut);
    client
        .send(chat.id, &template("pedido_listo"))
        .await
        .expect("not marketing");
    // They change their mind; the older wish, told again, changes nothing.
    local.commit(number.id, wish(true, 60)).await;
    local.commit(number.id, wish(false, 0)).await;
    client
        .send(chat.id, &template("oferta"))
        .await
        .expect("wanted again");
    let by_hand = PatchCustomer {
        name: None,
        opted_out: Some(true),
    };
    let customer = client
        .patch_customer(chat.customer.id, &by_hand)
        .await
        .expect("marked");
    assert!(customer.opted_out_at.is_some());
    let refused = client
        .send(chat.id, &template("oferta"))
        .await
        .expect_err("opted out");
    assert_eq!(refused.code, Code::OptedOut);
    local.stop().await;
}

#[tokio::test]
async fn typing_is_refused_where_it_would_tell_more_than_was_meant() {
    let (local, client, number) = shop().await;
    let chat = local
        .hears(&number, "51987654321", "wamid.in1", "Hola")
        .await;
    let mark = TypingMark::default();
    let problem = client
        .typing(chat.id, &mark)
        .await
        .expect_err("not read yet");
    assert_eq!(problem.code, Code::WouldMarkRead);
    client
        .read(chat.id, &ReadMark::default())
        .await
        .expect("read");
    client.typing(chat.id, &mark).await.expect("told");
    local.clock.advance(Duration::from_hours(25));
    let problem = client.typing(chat.id, &mark).await.expect_err("closed");
    assert_eq!(problem.code, Code::OutsideWindow);
    let problem = client.typing(ChatId(99), &mark).await.expect_err("no chat");
    assert_eq!(problem.code, Code::NotFound);
    local.stop().await;
}

#[tokio::test]
async fn what_a_message_carries_is_sent_once_more() {
    let (local, client, number) = shop().await;
    let ana = local
        .hears(&number, "51987654321", "wamid.in1", "Calle Ocho 12")
        .await
        .id;
    let bea = local
        .hears(&number, "51987654322", "wamid.in2", "¿Dónde es?")
        .await
        .id;
    let page = client
        .messages(ana, &Slice::default())
        .await
        .expect("a slice");
    let forward = |message| Send {
        content: Outgoing::Forward { message },
        reply_to: None,
        client_id: None,
    };
    let sent = client
        .send(bea, &forward(page.items[0].id))
        .await
        .expect("queued");
    assert_eq!(
        (sent.text.as_deref(), sent.status),
        (Some("Calle Ocho 12"), Status::Queued)
    );
    let unknown = MessageId::new(local.clock.now(), [9; 10]);
    let problem = client
        .send(bea, &forward(unknown))
        .await
        .expect_err("no such message");
    assert_eq!(
        (problem.code, problem.field.as_deref()),
        (Code::NotFound, Some("message"))
    );
    within(async {}).await;
    local.stop().await;
}
