//! The event stream: nothing missed, nothing twice, everything in order, whoever reads or does not.
#![allow(clippy::expect_used, reason = "what fails here fails the test")]

mod local;

use std::time::Duration;

use common::api::event::{Change, Event};
use common::client::stream::EventStream;
use common::id::Seq;
use common::model::number::Number;
use common::time::Clock;
use local::{Local, received, within};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;

async fn world() -> (Local, Number) {
    let local = Local::start().await;
    let org = local.org("a").await;
    let number = local.number(org, "Ventas", "106540352242922").await;
    (local, number)
}

async fn next(stream: &mut EventStream) -> Event {
    within(stream.next())
        .await
        .expect("it goes on")
        .expect("an event")
}

/// Reads to the message with these words; gives every number that came, and every new message.
async fn until(stream: &mut EventStream, words: &str) -> (Vec<Seq>, Vec<String>) {
    let (mut seen, mut said) = (Vec::new(), Vec::new());
    loop {
        let event = next(stream).await;
        assert_ne!(event.change, Change::Reset);
        seen.push(event.seq);
        if let Change::MessageNew(message) = event.change {
            said.extend(message.text);
            if said.last().is_some_and(|last| last == words) {
                return (seen, said);
            }
        }
    }
}

async fn say(local: &Local, number: &Number, n: usize) {
    let now = local.clock.now();
    let fact = received(
        number,
        "51987654321",
        &format!("wamid.{n}"),
        &format!("m{n}"),
        now,
    );
    local.commit(number.id, fact).await;
}

#[tokio::test]
async fn a_line_is_the_object_itself_with_its_revision() {
    let (local, number) = world().await;
    let mut stream = UnixStream::connect(&local.socket)
        .await
        .expect("the socket");
    let ask = b"GET /api/v1/events?after=0 HTTP/1.1\r\nHost: x\r\n\r\n";
    stream.write_all(ask).await.expect("asked");
    say(&local, &number, 1).await;
    let mut told = String::new();
    let mut piece = [0; 4096];
    while !told.contains("event: message.new") || !told.ends_with("\r\n") {
        let n = within(stream.read(&mut piece)).await.expect("it reads");
        told.push_str(&String::from_utf8_lossy(piece.get(..n).expect("within")));
    }
    assert!(told.contains("content-type: text/event-stream"), "{told}");
    assert!(told.contains("retry: "), "{told}");
    let line = told
        .split("event: message.new\ndata: ")
        .nth(1)
        .expect("its data");
    let object: serde_json::Value =
        serde_json::from_str(line.lines().next().expect("one line")).expect("JSON");
    assert_eq!(object.get("text"), Some(&"m1".into()));
    assert!(
        object
            .get("revision")
            .is_some_and(serde_json::Value::is_i64),
        "{object}"
    );
    local.stop().await;
}

#[tokio::test]
async fn what_was_missed_meets_what_happens_without_gap_or_repetition() {
    let (local, number) = world().await;
    for n in 0..300 {
        say(&local, &number, n).await;
    }
    // Streams open at every point while messages go on coming.
    let talk = async {
        for n in 300..600 {
            say(&local, &number, n).await;
        }
    };
    let listen = async {
        let mut all = Vec::new();
        for _ in 0..8 {
            let mut stream = local.client().events(Some(Seq(0))).await.expect("a stream");
            all.push(until(&mut stream, "m599").await);
        }
        all
    };
    let ((), all) = tokio::join!(talk, listen);
    let whole: Vec<String> = (0..600).map(|n| format!("m{n}")).collect();
    for (seen, said) in all {
        assert!(seen.is_sorted_by(|a, b| a < b), "in order, each once");
        assert_eq!(said, whole, "nothing missed");
    }
    local.stop().await;
}

#[tokio::test]
async fn a_stream_resumes_where_it_broke_off() {
    let (local, number) = world().await;
    let mut stream = local.client().events(None).await.expect("a stream");
    say(&local, &number, 1).await;
    let (first, _) = until(&mut stream, "m1").await;
    let last = stream.last();
    assert_eq!(last.as_ref(), first.last());
    drop(stream);
    say(&local, &number, 2).await;
    say(&local, &number, 3).await;
    let mut stream = local.client().events(last).await.expect("again");
    let (seen, said) = until(&mut stream, "m3").await;
    assert!(
        seen.iter().all(|seq| Some(*seq) > last),
        "nothing twice: {seen:?}"
    );
    assert_eq!(said, ["m2", "m3"], "nothing missed");
    local.stop().await;
}

#[tokio::test]
async fn a_place_that_cannot_be_resumed_is_reset_and_goes_on() {
    let (local, number) = world().await;
    say(&local, &number, 1).await;
    let mut stream = local
        .client()
        .events(Some(Seq(1_000_000)))
        .await
        .expect("a stream");
    assert_eq!(next(&mut stream).await.change, Change::Reset);
    say(&local, &number, 2).await;
    until(&mut stream, "m2").await;
    local.stop().await;
}

#[tokio::test]
async fn one_that_never_reads_changes_nothing_for_the_others() {
    let local = Local::with_hub(256).await;
    let org = local.org("a").await;
    let number = local.number(org, "Ventas", "106540352242922").await;
    let mut deaf = UnixStream::connect(&local.socket)
        .await
        .expect("the socket");
    deaf.write_all(b"GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .expect("asked");
    let mut good = local.client().events(None).await.expect("a stream");
    let long = "ñ".repeat(2000);
    for n in 0..600 {
        let now = local.clock.now();
        let words = format!("{long} {n}");
        let fact = received(&number, "51987654321", &format!("wamid.{n}"), &words, now);
        local.commit(number.id, fact).await;
        until(&mut good, &words).await;
    }
    // It wakes up: some of it was lost to it, and it is told.
    let mut told = Vec::new();
    let mut piece = vec![0; 65536];
    let has_reset = |told: &[u8]| told.windows(12).any(|w| w == b"event: reset");
    while !has_reset(&told) {
        let n = within(deaf.read(&mut piece)).await.expect("it reads");
        assert!(n > 0, "the stream goes on");
        told.extend_from_slice(piece.get(..n).expect("within"));
        assert!(told.len() < 16 * 1024 * 1024, "bounded");
    }
    local.stop().await;
}

#[tokio::test]
async fn streams_end_when_the_daemon_stops() {
    let (local, _number) = world().await;
    let mut stream = local.client().events(None).await.expect("a stream");
    let ended = tokio::spawn(async move {
        loop {
            match stream.next().await {
                Some(Ok(_)) => {}
                Some(Err(problem)) => return Some(problem),
                None => return None,
            }
        }
    });
    tokio::time::timeout(Duration::from_secs(5), local.stop())
        .await
        .expect("within five seconds");
    assert_eq!(
        within(ended).await.expect("no panic"),
        None,
        "it ended in order"
    );
}

#[tokio::test]
async fn what_cannot_be_written_down_is_heard_all_the_same() {
    use common::api::event::{Notice, Severity};
    let (local, number) = world().await;
    say(&local, &number, 1).await;
    let mut stream = local.client().events(Some(Seq(0))).await.expect("a stream");
    until(&mut stream, "m1").await;
    let notice = Notice {
        code: "storage_full".to_owned(),
        sentence: "The disk is full.".to_owned(),
        severity: Severity::Error,
        org_id: None,
        number_id: None,
        detail: None,
        revision: 0,
    };
    local.hub.notice(local.clock.now(), notice);
    loop {
        if let Change::Notice(notice) = next(&mut stream).await.change {
            assert_eq!(notice.code, "storage_full");
            break;
        }
    }
    let status = local.client().status().await.expect("a status");
    assert!(status.notices.iter().any(|n| n.code == "storage_full"));
    local.stop().await;
}
