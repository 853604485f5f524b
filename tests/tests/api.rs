//! The local API through its real socket: every route, every refusal, and what the routes do.

mod local;

use std::time::Duration;

use common::api::chats::{ChatFilter, PatchChat, ReadMark};
use common::api::messages::{Outgoing, Send, SendTo, Slice};
use common::api::numbers::{PatchNumber, SecretText};
use common::api::problem::Code;
use common::api::search::SearchQuery;
use common::client::Client;
use common::id::ChatId;
use common::model::chat::{ChatState, Draft};
use common::model::number::NumberStatus;
use common::tick::Status;
use local::{Local, exchange, new_number, raw, within};
use recado_daemon::api::openapi::document;
use recado_tests::seen::text;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::UnixStream;

#[tokio::test]
async fn every_described_route_is_served_with_its_methods_and_no_other() {
    let local = Local::start().await;
    let document: Value = serde_json::from_str(&document()).expect("JSON");
    let paths = document
        .get("paths")
        .and_then(Value::as_object)
        .expect("paths");
    assert!(paths.len() > 15);
    for (path, item) in paths {
        let id = if path.starts_with("/messages/") {
            "0192d3a0-7b5e-7c3f-9d1a-2b4c6d8e0f10"
        } else {
            "999999"
        };
        let real = format!("/api/v1{}", path.replace("{id}", id));
        for method in ["get", "put", "post", "delete", "patch"] {
            if real.ends_with("/events") && method == "get" {
                continue; // It never ends; the event tests follow it.
            }
            let described = item.get(method).is_some();
            let answer = raw(&local.socket, &method.to_uppercase(), &real, "{}").await;
            let served = answer.status != 405 && !answer.body.contains("There is no route");
            assert_eq!(served, described, "{method} {path}: {}", answer.body);
        }
    }
    local.stop().await;
}

#[tokio::test]
async fn whatever_goes_wrong_is_a_problem_with_a_code_and_a_sentence() {
    let local = Local::start().await;
    let large = format!("{{\"slug\": \"{}\"}}", "a".repeat(1024 * 1024));
    for (method, path, body, status, code) in [
        ("GET", "/api/v1/nothing", "", 404, "not_found"),
        ("GET", "/", "", 404, "not_found"),
        ("DELETE", "/api/v1/status", "", 405, "method_not_allowed"),
        ("POST", "/api/v1/orgs", "{", 400, "bad_request"),
        ("POST", "/api/v1/orgs", "[]", 400, "bad_request"),
        ("POST", "/api/v1/orgs", "{\"slug\": 4}", 400, "bad_request"),
        (
            "POST",
            "/api/v1/orgs",
            "{\"slug\": \"Ana\"}",
            422,
            "invalid",
        ),
        ("POST", "/api/v1/orgs", &large, 413, "body_too_large"),
        ("GET", "/api/v1/chats?colour=red", "", 400, "bad_request"),
        ("GET", "/api/v1/chats?number=abc", "", 400, "bad_request"),
        ("GET", "/api/v1/chats?limit=0", "", 422, "invalid"),
        ("GET", "/api/v1/chats/1", "", 404, "not_found"),
        ("GET", "/api/v1/chats/ana", "", 404, "not_found"),
        ("GET", "/api/v1/chats/1/messages", "", 404, "not_found"),
        ("GET", "/api/v1/messages/7", "", 404, "not_found"),
        (
            "GET",
            "/api/v1/messages?wamid=wamid.none",
            "",
            404,
            "not_found",
        ),
        ("GET", "/api/v1/messages", "", 400, "bad_request"),
        ("GET", "/api/v1/search?q=", "", 400, "bad_request"),
        ("GET", "/api/v1/search?q=%20", "", 422, "invalid"),
        ("GET", "/api/v1/numbers/1/test", "", 404, "not_found"),
        ("POST", "/api/v1/media", "", 400, "bad_request"),
        ("GET", "/api/v1/media/1", "", 404, "not_found"),
        ("GET", "/api/v1/events?after=-1", "", 422, "invalid"),
    ] {
        let answer = raw(&local.socket, method, path, body).await;
        let what = format!("{method} {path}: {} {}", answer.status, answer.body);
        assert_eq!(answer.status, status, "{what}");
        assert!(
            answer
                .head
                .contains("content-type: application/problem+json"),
            "{what}"
        );
        let problem = answer.json();
        assert_eq!(
            problem.get("code").and_then(Value::as_str),
            Some(code),
            "{what}"
        );
        assert_eq!(
            problem.get("status").and_then(Value::as_u64),
            Some(status.into()),
            "{what}"
        );
        for word in ["type", "title", "detail"] {
            let said = problem.get(word).and_then(Value::as_str);
            assert!(said.is_some_and(|said| !said.is_empty()), "{word}: {what}");
        }
    }
    local.stop().await;
}

#[tokio::test]
async fn an_unknown_field_is_refused_by_its_name() {
    let local = Local::start().await;
    let send = json!({"kind": "text", "text": "Hola", "txet": 1}).to_string();
    for (method, path, body, field) in [
        (
            "POST",
            "/api/v1/orgs",
            "{\"slug\": \"a\", \"nmae\": \"A\"}",
            "nmae",
        ),
        (
            "PATCH",
            "/api/v1/chats/1",
            "{\"colour\": \"red\"}",
            "colour",
        ),
        (
            "POST",
            "/api/v1/chats/1/read",
            "{\"receipt\": true}",
            "receipt",
        ),
        (
            "PUT",
            "/api/v1/chats/1/draft",
            "{\"text\": \"a\", \"to\": 1}",
            "to",
        ),
        ("POST", "/api/v1/chats/1/messages", &send, "txet"),
    ] {
        let answer = raw(&local.socket, method, path, body).await;
        let problem = answer.json();
        assert_eq!(answer.status, 400, "{path}: {problem}");
        assert_eq!(
            problem.get("field").and_then(Value::as_str),
            Some(field),
            "{problem}"
        );
        let detail = problem
            .get("detail")
            .and_then(Value::as_str)
            .unwrap_or_default();
        assert!(detail.contains(field), "{detail}");
    }
    local.stop().await;
}

#[tokio::test]
async fn a_daemon_that_is_away_is_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let problem = Client::unix(dir.path().join("none.sock"))
        .status()
        .await
        .expect_err("away");
    assert_eq!(problem.code, Code::Unreachable);
    assert!(problem.detail.contains("none.sock"), "{}", problem.detail);
}

#[tokio::test]
async fn a_daemon_that_stops_takes_its_socket_with_it() {
    let local = Local::start().await;
    let client = local.client();
    client.status().await.expect("it answers");
    let socket = local.socket.clone();
    local.stop().await;
    assert!(!socket.exists(), "the socket's file is gone");
    assert_eq!(
        client.status().await.expect_err("away").code,
        Code::Unreachable
    );
}

#[tokio::test]
async fn a_number_tells_its_verify_token_once_and_its_secrets_never() {
    let local = Local::start().await;
    let client = local.client();
    let org = local.org("botica-lima").await;
    let made = client
        .add_number(&new_number(org, "Ventas", "106540352242922"))
        .await
        .expect("made");
    assert!(made.verify_token.expose().starts_with("rc-"));
    assert_eq!(
        made.callback_url,
        "https://wa.example.com/webhooks/meta/4815162342"
    );
    assert_eq!(made.number.status, NumberStatus::Pending);
    assert!(
        local.keyring.number(made.number.id).is_some(),
        "its keys are in use at once"
    );

    let route = format!("/api/v1/numbers/{}", made.number.id);
    for answer in [
        raw(&local.socket, "GET", &route, "").await,
        raw(&local.socket, "GET", "/api/v1/numbers", "").await,
    ] {
        assert_eq!(answer.status, 200);
        for secret in [
            "EAAG-very-secret",
            "0123456789abcdef",
            made.verify_token.expose(),
        ] {
            assert!(!answer.body.contains(secret), "{}", answer.body);
        }
    }
    let given = common::api::numbers::NewNumber {
        verify_token: Some(SecretText::new("my-own")),
        ..new_number(org, "Soporte", "106540352242923")
    };
    assert_eq!(
        client
            .add_number(&given)
            .await
            .expect("made")
            .verify_token
            .expose(),
        "my-own"
    );
    let again = client
        .add_number(&new_number(org, "Ventas", "106540352242924"))
        .await;
    assert_eq!(again.expect_err("the label is taken").code, Code::Conflict);
    assert_eq!(client.numbers().await.expect("a list").len(), 2);

    let patch = PatchNumber {
        paused: Some(true),
        ..PatchNumber::default()
    };
    let stopped = client
        .patch_number(made.number.id, &patch)
        .await
        .expect("paused");
    assert_eq!(stopped.status, NumberStatus::Disconnected);
    client.remove_number(made.number.id).await.expect("removed");
    assert!(
        local.keyring.number(made.number.id).is_none(),
        "its keys are gone at once"
    );
    assert_eq!(client.numbers().await.expect("a list").len(), 1);
    local.stop().await;
}

#[tokio::test]
async fn a_send_is_stored_and_answered_with_202_and_the_same_client_id_sends_once() {
    let local = Local::start().await;
    let client = local.client();
    let org = local.org("a").await;
    let number = local.number(org, "Ventas", "106540352242922").await;
    let chat = local
        .hears(&number, "51987654321", "wamid.in1", "¿Tienen stock?")
        .await;

    let path = format!("/api/v1/chats/{}/messages", chat.id);
    let body = json!({"kind": "text", "text": "Sí", "client_id": "once"}).to_string();
    let first = raw(&local.socket, "POST", &path, &body).await;
    assert_eq!(first.status, 202, "{}", first.body);
    assert_eq!(first.json().get("status"), Some(&json!("queued")));
    assert_eq!(first.json().get("direction"), Some(&json!("outbound")));
    assert!(
        first
            .json()
            .pointer("/sender/operator")
            .is_some_and(Value::is_string)
    );
    let again = raw(&local.socket, "POST", &path, &body).await;
    assert_eq!(again.json().get("id"), first.json().get("id"));

    let quoted = client.by_wamid("wamid.in1").await.expect("the question");
    let reply = Send {
        reply_to: Some(quoted.id),
        ..text("Quedan dos", None)
    };
    let sent = client.send(chat.id, &reply).await.expect("queued");
    assert_eq!(sent.reply_to.and_then(|r| r.id), Some(quoted.id));
    let page = client
        .messages(chat.id, &Slice::default())
        .await
        .expect("a page");
    assert_eq!(page.items.len(), 3);
    assert_eq!(
        page.items.first().map(|m| m.id),
        Some(sent.id),
        "newest first"
    );
    let one = client.message(sent.id).await.expect("by id");
    assert_eq!(one.status, Status::Queued);
    local.stop().await;
}

#[tokio::test]
async fn a_send_to_anybody_needs_a_recipient_and_an_open_window() {
    let local = Local::start().await;
    let client = local.client();
    let org = local.org("a").await;
    let number = local.number(org, "Ventas", "106540352242922").await;
    let to = |to: &str, what: Send| SendTo {
        number_id: number.id,
        to: to.to_owned(),
        message: what,
    };
    let wrong = client
        .send_to(&to("12", text("Hola", None)))
        .await
        .expect_err("no number");
    assert_eq!(wrong.code, Code::InvalidPhoneNumber);
    let closed = client
        .send_to(&to("+51987654321", text("Hola", None)))
        .await
        .expect_err("closed");
    assert_eq!(closed.code, Code::OutsideWindow);
    let template = Send {
        content: Outgoing::Template {
            params: std::collections::BTreeMap::new(),
            name: "bienvenida".to_owned(),
            language: "es".to_owned(),
            components: Vec::new(),
        },
        reply_to: None,
        client_id: None,
    };
    let sent = client
        .send_to(&to("+51987654321", template.clone()))
        .await
        .expect("a template may");
    assert_eq!(sent.status, Status::Queued);
    let chat = client.chat(sent.chat_id).await.expect("its chat");
    assert_eq!(
        chat.customer.phone_number.map(|p| p.to_string()).as_deref(),
        Some("+51987654321")
    );
    let user = client
        .send_to(&to("MX.13491208655302741918", template))
        .await
        .expect("a user id");
    assert_ne!(user.chat_id, sent.chat_id);

    let chat = local
        .hears(&number, "51987654321", "wamid.in1", "Hola")
        .await;
    assert_eq!(chat.id, sent.chat_id, "the same customer");
    client
        .send(chat.id, &text("Hola", None))
        .await
        .expect("the window is open");
    local.clock.advance(Duration::from_hours(25));
    let late = client
        .send(chat.id, &text("¿Sigue ahí?", None))
        .await
        .expect_err("closed again");
    assert_eq!((late.code, late.status), (Code::OutsideWindow, 409));
    local.stop().await;
}

#[tokio::test]
async fn a_chat_is_marked_read_patched_and_found() {
    let local = Local::start().await;
    let client = local.client();
    let org = local.org("a").await;
    let number = local.number(org, "Ventas", "106540352242922").await;
    let chat = local
        .hears(&number, "51987654321", "wamid.in1", "Busco un café")
        .await;
    assert_eq!(chat.unread, 1);
    let read = client
        .read(chat.id, &ReadMark::default())
        .await
        .expect("read");
    assert_eq!(read.unread, 0);
    let patch = PatchChat {
        state: Some(ChatState::Closed),
        labels: Some(vec!["vip".to_owned()]),
        customer_name: Some("Ana".to_owned()),
        ..PatchChat::default()
    };
    let changed = client.patch_chat(chat.id, &patch).await.expect("changed");
    assert_eq!(
        (changed.state, changed.customer.name.as_deref()),
        (ChatState::Closed, Some("Ana"))
    );
    let open = ChatFilter {
        state: Some(ChatState::Open),
        ..ChatFilter::default()
    };
    assert!(client.chats(&open).await.expect("a list").items.is_empty());
    let named = ChatFilter {
        q: Some("ana".to_owned()),
        ..ChatFilter::default()
    };
    assert_eq!(client.chats(&named).await.expect("a list").items.len(), 1);
    let cafe = SearchQuery {
        q: "CAFE".to_owned(),
        ..SearchQuery::default()
    };
    assert_eq!(client.search(&cafe).await.expect("hits").items.len(), 1);
    let none = client
        .patch_chat(ChatId(99), &patch)
        .await
        .expect_err("no such chat");
    assert_eq!(none.code, Code::NotFound);
    local.stop().await;
}

#[tokio::test]
async fn a_draft_is_kept_for_every_desk_and_signed_by_the_daemon() {
    let local = Local::start().await;
    let client = local.client();
    let org = local.org("a").await;
    let number = local.number(org, "Ventas", "106540352242922").await;
    let chat = local
        .hears(&number, "51987654321", "wamid.in1", "Hola")
        .await;
    assert_eq!(client.draft(chat.id).await.expect("none yet"), None);
    let draft = Draft {
        text: "Buenos días, ¿".to_owned(),
        reply_to: None,
        operator: Some("somebody else".to_owned()),
        updated_at: None,
    };
    client.put_draft(chat.id, &draft).await.expect("kept");
    let kept = local
        .client()
        .draft(chat.id)
        .await
        .expect("read")
        .expect("it is there");
    assert_eq!(kept.text, draft.text);
    assert_ne!(
        kept.operator, draft.operator,
        "who calls is not what the request says"
    );
    assert!(kept.updated_at.is_some());
    client.delete_draft(chat.id).await.expect("gone");
    assert_eq!(client.draft(chat.id).await.expect("none"), None);
    local.stop().await;
}

#[tokio::test]
async fn the_status_tells_how_the_daemon_is() {
    let local = Local::start().await;
    let org = local.org("a").await;
    let number = local.number(org, "Ventas", "106540352242922").await;
    let chat = local
        .hears(&number, "51987654321", "wamid.in1", "Hola")
        .await;
    local
        .client()
        .send(chat.id, &text("Hola", None))
        .await
        .expect("queued");
    local.clock.advance(Duration::from_secs(90));
    let status = local.client().status().await.expect("a status");
    assert_eq!(status.uptime_s, 90);
    assert_eq!(status.webhook.listen, "127.0.0.1:8480");
    assert_eq!((status.numbers.len(), status.outbox.queued), (1, 1));
    assert!(status.seq > 0 && status.database.bytes > 0);
    let me = local.client().me().await.expect("me");
    assert!(me.admin && me.uid.is_some() && me.orgs.len() == 1);
    local.stop().await;
}

#[tokio::test]
async fn lists_are_paged_to_their_end() {
    let local = Local::start().await;
    let client = local.client();
    let org = local.org("a").await;
    let number = local.number(org, "Ventas", "106540352242922").await;
    for n in 0..7 {
        local.clock.advance(Duration::from_secs(1));
        local
            .hears(
                &number,
                &format!("5198765432{n}"),
                &format!("wamid.{n}"),
                "Hola",
            )
            .await;
    }
    let mut seen = Vec::new();
    let mut filter = ChatFilter {
        limit: Some(3),
        ..ChatFilter::default()
    };
    loop {
        let page = client.chats(&filter).await.expect("a page");
        assert!(page.items.len() <= 3);
        seen.extend(page.items.into_iter().map(|chat| chat.last_message_at));
        filter.cursor = page.next;
        if filter.cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 7);
    assert!(seen.is_sorted_by(|a, b| a > b), "newest first: {seen:?}");
    let wrong = ChatFilter {
        cursor: Some("?".to_owned()),
        ..ChatFilter::default()
    };
    assert!(
        client.chats(&wrong).await.is_err(),
        "a cursor of ours or none"
    );
    local.stop().await;
}

#[tokio::test]
async fn requests_that_break_off_or_dawdle_harm_nobody() {
    let local = Local::start().await;
    let mut idle = Vec::new();
    for _ in 0..50 {
        idle.push(
            UnixStream::connect(&local.socket)
                .await
                .expect("a connection"),
        );
    }
    let mut broken = UnixStream::connect(&local.socket)
        .await
        .expect("a connection");
    broken
        .write_all(b"POST /api/v1/orgs HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{")
        .await
        .expect("half a request");
    drop(broken);
    let stream = UnixStream::connect(&local.socket)
        .await
        .expect("a connection");
    let answer = exchange(stream, "GET", "/api/v1/status", "", "").await;
    assert_eq!(answer.status, 200);
    drop(idle);
    within(local.stop()).await;
}
