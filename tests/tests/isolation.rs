//! Whatever somebody of one organisation asks, with whatever ids: no byte of another's comes back, and nothing of it changes.
#![allow(clippy::expect_used, reason = "what fails here fails the test")]
#![allow(clippy::panic, reason = "what fails here fails the test")]
#![allow(clippy::too_many_lines, reason = "a story is told at a stretch")]

mod local;

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex};

use common::api::chats::{ChatFilter, PatchChat};
use common::api::customers::{NoteText, PatchCustomer};
use common::api::event::Severity;
use common::api::messages::{Outgoing, Send, Slice};
use common::api::operators::NewOperator;
use common::api::replies::{NewReply, ReplyQuery};
use common::api::templates::TemplateQuery;
use common::api::tokens::NewToken;
use common::client::Client;
use common::id::{OrgId, Seq, WabaId};
use common::model::chat::Draft;
use common::model::number::Number;
use common::model::template::ParameterFormat;
use common::model::template::word::{Category, TemplateStatus};
use common::rights::Role;
use common::time::Clock;
use local::{Local, exchange, within};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use recado_daemon::api::deeds;
use recado_daemon::api::doorman::Pace;
use recado_daemon::fact::Fact;
use recado_daemon::fact::template::{Account, TemplateFact, TemplateSeen};
use recado_daemon::fact::told::Noticed;
use recado_daemon::store::Commit;
use recado_daemon::store::scope::Scope;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

/// Stands in everything of the other organisation, and in nothing that is asked.
const MARK: &str = "zebra";
/// The same for what can only hold digits.
const DIGITS: &str = "987650";
const KEYS: [&str; 2] = [
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHkV5YYFS54Kra66DWfjV28882MTCkRLyF5NTyxFX9Sp a",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDC9fsCKzXAiLW4UhKcUerSPEPcDdu1EZM8rnv4+Khhz b",
];

/// Everything that an organisation can have, by its ids.
#[derive(Debug, Clone)]
struct Ids {
    org: OrgId,
    numbers: Vec<i64>,
    uuids: Vec<String>,
    wamid: String,
}

/// Fills an organisation with one of everything; `mark` stands in each.
async fn fill(local: &Local, mark: &str, digits: &str, key: &str) -> Ids {
    let admin = local.client();
    let org = local.org(&format!("{mark}-org")).await;
    let number = local
        .number(org, &format!("{mark} label"), &format!("1{digits}10001"))
        .await;
    let wamid = format!("wamid.{mark}");
    let chat = local
        .hears(
            &number,
            &format!("51{digits}123"),
            &wamid,
            &format!("hola {mark} torta"),
        )
        .await;
    let message = admin.by_wamid(&wamid).await.expect("the message");
    let sent = admin
        .send(
            chat.id,
            &Send {
                content: Outgoing::Text {
                    text: format!("claro {mark}"),
                    preview_url: None,
                },
                reply_to: Some(message.id),
                client_id: Some(format!("{mark}-once")),
            },
        )
        .await
        .expect("sent");
    let patch = PatchChat {
        labels: Some(vec![format!("{mark} tag")]),
        assignee: Some(format!("{mark} person")),
        ..PatchChat::default()
    };
    admin.patch_chat(chat.id, &patch).await.expect("marked");
    let named = PatchCustomer {
        name: Some(format!("{mark} customer")),
        ..PatchCustomer::default()
    };
    admin
        .patch_customer(chat.customer.id, &named)
        .await
        .expect("named");
    let note = NoteText {
        text: format!("{mark} note"),
    };
    let note = admin
        .add_note(chat.customer.id, &note)
        .await
        .expect("a note");
    let draft = Draft {
        text: format!("{mark} draft"),
        reply_to: None,
        operator: None,
        updated_at: None,
    };
    admin.put_draft(chat.id, &draft).await.expect("a draft");
    let (agent, token) = token(local, org, Role::Agent, &format!("{mark} bot")).await;
    let paper = std::io::Cursor::new(recado_sim::files::pdf(&[mark]));
    let media = agent
        .upload(paper, &format!("{mark}.pdf"), None, |_| {})
        .await
        .expect("a file");
    let reply = NewReply {
        org_id: Some(org),
        name: format!("{mark}-reply"),
        text: format!("{mark} words"),
        media_ids: vec![media.id],
    };
    let reply = admin.add_reply(&reply).await.expect("a reply");
    let operator = NewOperator {
        name: format!("{mark} operator"),
        org_id: org,
        role: Role::Agent,
        numbers: None,
        user: None,
        ssh_key: Some(key.to_owned()),
    };
    let operator = admin.add_operator(&operator).await.expect("an operator");
    told_by_meta(local, &number, mark).await;
    let templates = admin
        .templates(&TemplateQuery::default())
        .await
        .expect("templates");
    let template = templates
        .items
        .iter()
        .find(|t| t.org_id == org)
        .expect("its template");
    let numbers = [
        org.0,
        number.id.0,
        chat.id.0,
        chat.customer.id.0,
        note.id.0,
        media.id.0,
        reply.id.0,
        operator.id.0,
        operator.keys.first().expect("its key").id.0,
        template.id.0,
        token,
    ];
    Ids {
        org,
        numbers: numbers.into(),
        uuids: vec![message.id.to_string(), sent.id.to_string()],
        wamid,
    }
}

/// A template and a notice, as Meta tells of them.
async fn told_by_meta(local: &Local, number: &Number, mark: &str) {
    let template = TemplateSeen {
        meta_id: Some("1".to_owned()),
        name: format!("{mark}_template"),
        language: "es".to_owned(),
        category: Category::Utility,
        status: TemplateStatus::Approved,
        quality: None,
        rejected_reason: None,
        reason_detail: None,
        previous_category: None,
        correct_category: None,
        parameter_format: ParameterFormat::default(),
        components: serde_json::from_value(json!([{ "type": "BODY", "text": mark }]))
            .expect("a body"),
        ttl: None,
    };
    let account = Account {
        org: number.org_id,
        waba: WabaId::from("102290129340398"),
    };
    let seen = Commit {
        scope: Scope::daemon(),
        journal: None,
        facts: vec![Fact::Template(TemplateFact::Seen(account, vec![template]))],
    };
    local.store.commit(seen).await.expect("it is stored");
    let mut fingerprint = [0; 16];
    fingerprint
        .iter_mut()
        .zip(mark.bytes())
        .for_each(|(slot, byte)| *slot = byte);
    let notice = Noticed {
        number: number.phone_number_id.clone(),
        waba: None,
        code: "meta_account_update".to_owned(),
        sentence: format!("{mark} notice"),
        severity: Severity::Warning,
        detail: Some(json!({ "what": mark })),
        fingerprint,
        timestamp: Some(local.clock.now()),
    };
    local
        .commit(number.id, Fact::Noticed(Box::new(notice)))
        .await;
}

async fn token(local: &Local, org: OrgId, role: Role, name: &str) -> (Client, i64) {
    let new = NewToken {
        role: Some(role),
        ..NewToken::agent(name, org)
    };
    let made = local.client().add_token(&new).await.expect("a token");
    let words = made.token.expect("its words");
    (local.bearer(&words), made.id.0)
}

/// One request, with ids of either organisation put into it.
#[derive(Debug, Clone)]
struct Call {
    method: String,
    path: String,
    body: String,
}

fn call(own: &Ids, other: &Ids) -> impl Strategy<Value = Call> + use<> {
    let routes: Vec<_> = deeds()
        .into_iter()
        .filter(|r| r.path != "/events")
        .collect();
    let numbers = [
        own.numbers.clone(),
        other.numbers.clone(),
        other.numbers.clone(),
    ]
    .concat();
    let uuids = [own.uuids.clone(), other.uuids.clone()].concat();
    let wamids = vec![own.wamid.clone(), other.wamid.clone()];
    let id = prop::sample::select(numbers);
    let ids = (
        id.clone(),
        id.clone(),
        id,
        prop::sample::select(uuids),
        prop::sample::select(wamids),
    );
    (prop::sample::select(routes), ids, 0..QUERIES, 0..BODIES).prop_map(
        |(route, (a, b, c, uuid, wamid), query, body)| {
            let messages = route.path.starts_with("/messages");
            let first = if messages {
                uuid.clone()
            } else {
                a.to_string()
            };
            let parts = route.path.split('/').map(|part| match part {
                "{id}" => first.clone(),
                part if part.starts_with('{') => b.to_string(),
                part => part.to_owned(),
            });
            let path = parts.collect::<Vec<_>>().join("/");
            Call {
                body: bodies(a, b, c, &uuid, body).to_string(),
                path: format!(
                    "/api/v1{path}{}",
                    queries(&route.path, b, &uuid, &wamid, query)
                ),
                method: route.method,
            }
        },
    )
}

const QUERIES: usize = 8;

fn queries(path: &str, b: i64, uuid: &str, wamid: &str, which: usize) -> String {
    match (which, path) {
        (0 | 1, "/messages") => format!("?wamid={wamid}"),
        (0 | 1, "/search") => format!("?q=torta&number={b}"),
        (2, "/search") => format!("?q=torta&chat={b}"),
        (3, "/search") => "?q=hola".to_owned(),
        (0..=3, "/audit" | "/audit/verify" | "/replies" | "/operators/{id}") => format!("?org={b}"),
        (0..=2, "/templates/{id}/proposal") => format!("?chat={b}"),
        (0..=2, "/chats" | "/stats" | "/templates" | "/labels") => format!("?number={b}"),
        (3, "/chats") => "?state=open&q=t".to_owned(),
        (0 | 1, "/chats/{id}/messages") => format!("?before={uuid}"),
        (2, "/chats/{id}/messages") => format!("?around={uuid}"),
        _ => String::new(),
    }
}

const BODIES: usize = 18;

fn bodies(a: i64, b: i64, c: i64, uuid: &str, which: usize) -> Value {
    match which {
        0 => json!({ "kind": "text", "text": "x" }),
        1 => json!({ "kind": "text", "text": "x", "reply_to": uuid }),
        2 => json!({ "kind": "document", "media_id": b }),
        3 => json!({ "kind": "reaction", "to_message": uuid, "emoji": "x" }),
        4 => json!({ "number_id": b, "to": "+51900000001", "kind": "text", "text": "x" }),
        5 => json!({ "labels": ["x"], "assignee": "x" }),
        6 => json!({ "name": "x" }),
        7 => json!({ "name": format!("x{c}"), "org_id": b, "role": "owner", "user": "nobody" }),
        8 => json!({ "org_id": b, "role": "auditor", "numbers": [c] }),
        9 => json!({ "name": "x", "org_id": b, "numbers": [c] }),
        10 => json!({ "name": "x", "text": "x", "media_ids": [b], "org_id": c }),
        11 => json!({ "text": "x", "reply_to": uuid }),
        12 => json!({ "label": "x", "paused": true }),
        13 => json!({ "receipts": true }),
        14 => json!({ "kind": "template", "name": "x", "language": "es", "template_id": a }),
        15 => json!({ "number_id": b, "name": "x", "language": "es" }),
        16 => json!({ "ssh_key": KEYS.first() }),
        _ => json!({}),
    }
}

/// What the other organisation's owner sees of everything, without what only time changes.
async fn everything(owner: &Client, ids: &Ids) -> Value {
    let chats = owner.chats(&ChatFilter::default()).await.expect("chats");
    let mut all = vec![json!(chats)];
    for chat in &chats.items {
        all.push(json!(
            owner
                .messages(chat.id, &Slice::default())
                .await
                .expect("messages")
        ));
        all.push(json!(
            owner
                .customer(chat.customer.id)
                .await
                .expect("the customer")
        ));
        all.push(json!(owner.draft(chat.id).await.expect("the draft")));
    }
    all.push(json!(owner.numbers().await.expect("numbers")));
    all.push(json!(
        owner
            .replies(&ReplyQuery::default())
            .await
            .expect("replies")
    ));
    all.push(json!(owner.operators().await.expect("operators")));
    all.push(json!(owner.tokens().await.expect("tokens")));
    all.push(json!(owner.orgs().await.expect("orgs")));
    all.push(json!(ids.org));
    json!(all)
}

#[test]
fn no_byte_of_another_organisation_comes_back() {
    let runtime = Runtime::new().expect("a runtime");
    let fast = NonZeroU32::new(1_000_000).expect("positive");
    let pace = Pace {
        per_second: fast,
        burst: fast,
    };
    let (local, own, other) = runtime.block_on(async {
        let local = Local::with(4096, pace).await;
        let own = fill(&local, "gazelle", "911110", KEYS[0]).await;
        let other = fill(&local, MARK, DIGITS, KEYS[1]).await;
        (local, own, other)
    });
    let local = Arc::new(local);
    // Tokens whose ids are beyond all that is asked for, so that nobody revokes the asker.
    for _ in 0..40 {
        runtime.block_on(token(&local, own.org, Role::Agent, "filler"));
    }
    // Each role's own view; the owner's is the widest, and an agent's the usual one.
    let mut actors = Vec::new();
    for role in [Role::Owner, Role::Agent] {
        let made = runtime.block_on(async {
            let new = NewToken {
                role: Some(role),
                ..NewToken::agent("asker", own.org)
            };
            local.client().add_token(&new).await.expect("a token")
        });
        actors.push(made.token.expect("its words"));
    }
    let owner = actors.first().cloned().expect("the owner");
    let heard = Arc::new(Mutex::new(String::new()));
    let follower = {
        let (client, heard) = (local.bearer(&owner), Arc::clone(&heard));
        runtime.spawn(async move {
            let mut stream = client.events(Some(Seq(0))).await.expect("a stream");
            while let Some(Ok(event)) = stream.next().await {
                let told = serde_json::to_string(&event).expect("JSON");
                heard.lock().expect("no panic").push_str(&told);
            }
        })
    };
    let (theirs, _) = runtime.block_on(token(&local, other.org, Role::Owner, "theirs"));
    let before = runtime.block_on(everything(&theirs, &other));

    let mut runner = TestRunner::new(Config {
        cases: 1500,
        failure_persistence: None,
        ..Config::default()
    });
    let good = Mutex::new(BTreeSet::new());
    let outcome = runner.run(&call(&own, &other), |call| {
        for token in &actors {
            let answer = runtime.block_on(async {
                let stream = TcpStream::connect(local.tcp).await.expect("the port");
                let header = format!("Authorization: Bearer {token}\r\n");
                exchange(stream, &call.method, &call.path, &header, &call.body).await
            });
            let told = format!("{}{}", answer.head, answer.body).to_lowercase();
            prop_assert!(
                !told.contains(MARK) && !told.contains(DIGITS),
                "{call:?}: {told}"
            );
            prop_assert!(!matches!(answer.status, 401 | 500), "{call:?}: {told}");
            if answer.status < 300 {
                let path = call
                    .path
                    .split(['?', '/'])
                    .nth(3)
                    .unwrap_or_default()
                    .to_owned();
                good.lock().expect("no panic").insert(path);
            }
        }
        Ok(())
    });
    if let Err(why) = outcome {
        panic!("{why}");
    }
    let good = good.into_inner().expect("no panic");
    assert!(good.len() >= 8, "the calls must reach something: {good:?}");
    let after = runtime.block_on(everything(&theirs, &other));
    assert_eq!(before, after, "something of another organisation changed");
    // A last event of each, so that everything before them was told.
    runtime.block_on(async {
        let numbers = local.client().numbers().await.expect("numbers");
        let theirs = numbers.iter().find(|number| number.org_id == other.org);
        let theirs = theirs.expect("nobody took it away");
        let (phone, words) = (format!("51{DIGITS}999"), format!("{MARK} live"));
        local.hears(theirs, &phone, "wamid.live", &words).await;
        for (org, word) in [(other.org, MARK), (own.org, "fin")] {
            let last = NewReply {
                org_id: Some(org),
                name: format!("{word}-last"),
                text: word.to_owned(),
                media_ids: Vec::new(),
            };
            local.client().add_reply(&last).await.expect("kept");
        }
        let reached = async {
            while !heard.lock().expect("no panic").contains("fin-last") {
                tokio::task::yield_now().await;
            }
        };
        within(reached).await;
    });
    let told = heard.lock().expect("no panic").to_lowercase();
    assert!(told.contains("gazelle"), "its own events were told");
    assert!(!told.contains(MARK) && !told.contains(DIGITS), "{told}");
    follower.abort();
}
