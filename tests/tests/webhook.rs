//! The webhook port from outside: who is let in, what is answered, and that strangers cannot hold it up.

mod door;

use std::time::Duration;

use common::api::chats::ChatFilter;
use common::model::message::Direction;
use door::{Door, TOKEN, sign, sign_with, within};
use recado_daemon::webhook::Limits;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const APP: &str = "670843887433847";
const META: &str = "106540352242922";

fn text(wamid: &str, words: &str, meta: Option<&str>) -> Vec<u8> {
    let metadata =
        meta.map(|meta| json!({"display_phone_number": "15550783881", "phone_number_id": meta}));
    let value = json!({
        "messaging_product": "whatsapp",
        "metadata": metadata,
        "contacts": [{"profile": {"name": "Ana"}, "wa_id": "51987654321"}],
        "messages": [{"from": "51987654321", "id": wamid, "timestamp": "1749416383", "type": "text", "text": {"body": words}}],
    });
    json!({"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [{"field": "messages", "value": value}]}]})
        .to_string()
        .into_bytes()
}

#[tokio::test]
async fn the_handshake_wants_the_token() {
    let door = Door::open().await;
    door.number(APP, META).await;
    let ask = |app: &str, mode: &str, token: &str| {
        format!(
            "/webhooks/meta/{app}?hub.mode={mode}&hub.verify_token={token}&hub.challenge=1158201444"
        )
    };
    let right = door.get(&ask(APP, "subscribe", TOKEN)).await;
    assert_eq!((right.status, right.body.as_str()), (200, "1158201444"));
    assert!(
        right.head.contains("content-type: text/plain"),
        "{}",
        right.head
    );
    assert_eq!(door.get(&ask(APP, "subscribe", "wrong")).await.status, 403);
    assert_eq!(door.get(&ask(APP, "unsubscribe", TOKEN)).await.status, 403);
    assert_eq!(door.get(&format!("/webhooks/meta/{APP}")).await.status, 403);
    assert_eq!(
        door.get(&format!("/webhooks/meta/{APP}?hub.mode=a&hub.mode=b"))
            .await
            .status,
        403
    );
    assert_eq!(door.get(&ask("1", "subscribe", TOKEN)).await.status, 404);
    door.stop().await;
}

#[tokio::test]
async fn only_what_the_secret_signed_is_taken() {
    let door = Door::open().await;
    door.number(APP, META).await;
    let body = text("wamid.SIGNED", "hola", Some(META));
    assert_eq!(door.post(APP, None, &body).await.status, 401);
    assert_eq!(door.post(APP, Some("sha256=00"), &body).await.status, 401);
    assert_eq!(
        door.post(APP, Some(&sign_with("another", &body)), &body)
            .await
            .status,
        401
    );
    assert_eq!(door.post(APP, Some(&sign(b"{}")), &body).await.status, 401);
    assert_eq!(door.deliver("1", &body).await.status, 404);
    assert!(door.client.by_wamid("wamid.SIGNED").await.is_err());

    let upper = sign(&body).to_ascii_uppercase().replace("SHA256", "sha256");
    assert_eq!(door.post(APP, Some(&upper), &body).await.status, 200);
    let message = door
        .client
        .by_wamid("wamid.SIGNED")
        .await
        .expect("it is stored");
    assert_eq!(message.text.as_deref(), Some("hola"));
    assert_eq!(message.direction, Direction::Inbound);
    door.stop().await;
}

#[tokio::test]
async fn the_same_notification_twice_changes_nothing() {
    let door = Door::open().await;
    let number = door.number(APP, META).await;
    let body = text("wamid.TWICE", "una vez", Some(META));
    for _ in 0..3 {
        assert_eq!(door.deliver(APP, &body).await.status, 200);
    }
    let filter = ChatFilter {
        number: Some(number.id),
        ..ChatFilter::default()
    };
    let chats = door.client.chats(&filter).await.expect("chats").items;
    assert_eq!((chats.len(), chats[0].unread), (1, 1));
    door.stop().await;
}

#[tokio::test]
async fn whatever_is_signed_json_gets_200_and_nothing_else_does() {
    let door = Door::open().await;
    door.number(APP, META).await;
    for good in [
        "{}",
        "[]",
        "null",
        "7",
        r#""text""#,
        r#"{"entry":{}}"#,
        r#"{"entry":[{"changes":"x"}]}"#,
        r#"{"object":"page","entry":[{"messaging":[]}]}"#,
        r#"{"n":1e999,"s":"\ud800"}"#,
        r#"{"entry":[{"changes":[{"field":"next_year","value":{"a":[1]}}]}]}"#,
    ] {
        assert_eq!(
            door.deliver(APP, good.as_bytes()).await.status,
            200,
            "{good}"
        );
    }
    assert_eq!(
        door.deliver(APP, "[".repeat(9000).as_bytes()).await.status,
        400
    );
    let deep = format!("{}{}", "[".repeat(90_000), "]".repeat(90_000));
    assert_eq!(door.deliver(APP, deep.as_bytes()).await.status, 200);
    for bad in ["", "hola", "{", "{}{}", "a=1&b=2"] {
        assert_eq!(door.deliver(APP, bad.as_bytes()).await.status, 400, "{bad}");
    }
    door.stop().await;
}

#[tokio::test]
async fn a_body_that_names_no_number_belongs_to_the_only_one() {
    let door = Door::open().await;
    door.number(APP, META).await;
    assert_eq!(
        door.deliver(APP, &text("wamid.BARE", "sin número", None))
            .await
            .status,
        200
    );
    let message = door
        .client
        .by_wamid("wamid.BARE")
        .await
        .expect("it is stored");
    assert_eq!(message.text.as_deref(), Some("sin número"));
    door.stop().await;
}

#[tokio::test]
async fn a_body_beyond_four_mebibytes_is_too_long() {
    let door = Door::open().await;
    door.number(APP, META).await;
    let pad = |length: usize| format!("[\"{}\"]", "x".repeat(length - 4)).into_bytes();
    let longest = pad(4 << 20);
    assert_eq!(door.deliver(APP, &longest).await.status, 200);
    let longer = pad((4 << 20) + 1);
    assert_eq!(door.deliver(APP, &longer).await.status, 413);
    // Without a length in front.
    let mut chunked = format!(
        "POST /webhooks/meta/{APP} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nX-Hub-Signature-256: {}\r\n\r\n{:x}\r\n",
        sign(&longer),
        longer.len()
    )
    .into_bytes();
    chunked.extend_from_slice(&longer);
    chunked.extend_from_slice(b"\r\n0\r\n\r\n");
    assert_eq!(door.exchange(&chunked).await.status, 413);
    // Whoever asks first is told at once and sends nothing.
    let asks = format!(
        "POST /webhooks/meta/{APP} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 9999999\r\nExpect: 100-continue\r\nX-Hub-Signature-256: {}\r\n\r\n",
        sign(b"")
    );
    assert_eq!(door.exchange(asks.as_bytes()).await.status, 413);
    door.stop().await;
}

#[tokio::test]
async fn who_dawdles_is_shown_the_door_and_holds_nobody_up() {
    let limits = Limits {
        connections: 4,
        head: Duration::from_millis(300),
        body: Duration::from_millis(300),
        ..Limits::default()
    };
    let door = Door::with(limits).await;
    door.number(APP, META).await;
    let mut slow = Vec::new();
    for _ in 0..4 {
        let mut stream = TcpStream::connect(door.address())
            .await
            .expect("a connection");
        stream
            .write_all(b"POST /webhooks/meta/1 HTTP/1.1\r\nHost:")
            .await
            .expect("it is taken");
        slow.push(stream);
    }
    // All places are taken, and soon free again.
    let body = text("wamid.PATIENT", "hola", Some(META));
    assert_eq!(door.deliver(APP, &body).await.status, 200);
    for mut stream in slow {
        let mut rest = Vec::new();
        let read = within(stream.read_to_end(&mut rest)).await;
        assert!(read.is_err() || !rest.starts_with(b"HTTP/1.1 200"));
    }
    let half = format!(
        "POST /webhooks/meta/{APP} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nX-Hub-Signature-256: {}\r\n\r\n{{",
        sign(b"{")
    );
    assert_eq!(door.exchange(half.as_bytes()).await.status, 408);
    door.stop().await;
}

#[tokio::test]
async fn a_flood_of_bad_signatures_keeps_nobody_out() {
    let door = Door::open().await;
    door.number(APP, META).await;
    let wrong = sign_with("guess", b"{}");
    let flood = async {
        for _ in 0..200 {
            assert_eq!(door.post(APP, Some(&wrong), b"{}").await.status, 401);
        }
    };
    let genuine = async {
        for n in 0..20 {
            let body = text(&format!("wamid.FLOOD{n}"), "hola", Some(META));
            assert_eq!(door.deliver(APP, &body).await.status, 200);
        }
    };
    tokio::join!(flood, genuine);
    door.stop().await;
}

#[tokio::test]
async fn health_is_told_and_nothing_else() {
    let door = Door::open().await;
    assert_eq!(door.get("/healthz").await.status, 200);
    assert_eq!(door.get("/readyz").await.status, 200);
    assert_eq!(door.get("/api/v1/status").await.status, 404);
    assert_eq!(door.get("/").await.status, 404);
    door.stop().await;
}

#[tokio::test]
async fn one_secret_speaks_for_its_own_numbers_alone() {
    let door = Door::open().await;
    door.number(APP, META).await;
    door.number("2", "106540352242999").await;
    // The second app's path, the same secret: its notifications may speak of its own number only.
    let body = text("wamid.FOREIGN", "hola", Some(META));
    assert_eq!(door.deliver("2", &body).await.status, 200);
    assert!(door.client.by_wamid("wamid.FOREIGN").await.is_err());
    door.stop().await;
}

/// Changes of a number's quality and name, which name it by its digits alone.
fn told_of(display: &str) -> Vec<u8> {
    let change = |field: &str, more: serde_json::Value| {
        let mut value = json!({"messaging_product": "whatsapp", "display_phone_number": display});
        let more = more.as_object().cloned().unwrap_or_default();
        if let Some(value) = value.as_object_mut() {
            value.extend(more);
        }
        json!({"field": field, "value": value})
    };
    let changes = json!([
        change(
            "phone_number_quality_update",
            json!({"event": "THROUGHPUT_UPGRADE", "current_limit": "TIER_10K"})
        ),
        change(
            "phone_number_name_update",
            json!({"decision": "APPROVED", "requested_verified_name": "Panadería Sol"})
        ),
    ]);
    json!({"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "time": 1_749_416_383, "changes": changes}]})
        .to_string()
        .into_bytes()
}

#[tokio::test]
async fn what_is_told_of_a_number_by_its_digits_reaches_that_number_alone() {
    let door = Door::open().await;
    let ours = door.dialled(APP, META, "+55 11 90000-0001").await;
    let other = door
        .dialled(APP, "106540352242999", "+55 11 90000-0002")
        .await;
    let nameless = door.number(APP, "106540352242998").await;
    // Meta writes it now with signs, now without.
    for display in ["+55 11 90000-0001", "5511900000001"] {
        assert_eq!(door.deliver(APP, &told_of(display)).await.status, 200);
        let told = door.client.number(ours.id).await.expect("the number");
        assert_eq!(told.throughput.as_deref(), Some("HIGH"), "{display}");
        assert_eq!(
            told.messaging_limit.as_deref(),
            Some("TIER_10K"),
            "{display}"
        );
        assert_eq!(
            told.verified_name.as_deref(),
            Some("Panadería Sol"),
            "{display}"
        );
    }
    for bystander in [&other, &nameless] {
        let after = door.client.number(bystander.id).await.expect("the number");
        assert_eq!(&after, bystander, "nothing was told of it");
    }
    // Of digits that nobody has, nothing is believed; the body is kept until somebody has them.
    assert_eq!(
        door.deliver(APP, &told_of("5511900000003")).await.status,
        200
    );
    let replayed = door.client.replay().await.expect("read again");
    assert!(replayed.still_unread > 0, "{replayed:?}");
    let late = door
        .dialled(APP, "106540352242997", "+55 11 90000-0003")
        .await;
    within(async {
        let mut events = door.client.events(None).await.expect("events");
        while door
            .client
            .number(late.id)
            .await
            .expect("the number")
            .throughput
            .is_none()
        {
            events
                .next()
                .await
                .expect("the daemon runs")
                .expect("an event");
        }
    })
    .await;
    door.stop().await;
}
