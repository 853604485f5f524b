//! Every published webhook body of a folder, byte for byte, through the real webhook port, seen again over the local API.
//!
//! The folder is named by `RECADO_CORPUS`; without it there is nothing to do. Its `manifest.jsonl`
//! says what each body must be read as.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where its world does not stand"
)]

mod door;

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

use common::api::chats::ChatFilter;
use common::api::event::Change;
use common::api::messages::Slice;
use common::id::{NumberId, Seq};
use common::model::chat::Chat;
use common::model::content::Content;
use common::model::message::{Direction, Message, Origin};
use door::Door;
use serde_json::{Value, json};

/// Numbers that bodies name belong to this app.
const APP: &str = "670843887433847";
/// Bodies that name no number come through this one, which has one number alone.
const LONE: &str = "670843887433848";

/// One body and what it must be read as.
struct Sample {
    file: String,
    body: Vec<u8>,
    expect: Vec<Value>,
    /// Every id in it: two bodies with a common one cannot share a database.
    ids: BTreeSet<String>,
    /// The numbers it names.
    numbers: BTreeSet<String>,
}

fn samples() -> Option<Vec<Sample>> {
    let folder = PathBuf::from(std::env::var_os("RECADO_CORPUS")?);
    let manifest = std::fs::read_to_string(folder.join("manifest.jsonl")).expect("a manifest");
    let lines = manifest
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a line"));
    let inbound = lines.filter(|line| {
        line["file"]
            .as_str()
            .is_some_and(|f| f.starts_with("inbound/"))
    });
    Some(inbound.map(|line| sample(&folder, &line)).collect())
}

fn sample(folder: &std::path::Path, line: &Value) -> Sample {
    let file = line["file"].as_str().expect("a file").to_owned();
    let body = std::fs::read(folder.join(&file)).expect("a body");
    let json: Value = serde_json::from_slice(&body).expect("JSON");
    let expect = line["expect"].as_array().cloned().unwrap_or_default();
    let ids = expect
        .iter()
        .flat_map(|e| ["id", "target_id", "reply_to"].map(|key| said(e, key)));
    let ids = ids.flatten().collect();
    let mut numbers = BTreeSet::new();
    named(&json, &mut numbers);
    Sample {
        file,
        body,
        expect,
        ids,
        numbers,
    }
}

/// Every `metadata.phone_number_id` of a body.
fn named(json: &Value, into: &mut BTreeSet<String>) {
    let metadata = json.get("metadata").and_then(|m| m.get("phone_number_id"));
    into.extend(metadata.and_then(Value::as_str).map(ToOwned::to_owned));
    match json {
        Value::Array(items) => items.iter().for_each(|item| named(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| named(field, into)),
        _ => {}
    }
}

/// A member that is there and says something.
fn said(json: &Value, key: &str) -> Option<String> {
    json.get(key)?
        .as_str()
        .filter(|text| !text.is_empty())
        .map(ToOwned::to_owned)
}

/// Groups of bodies without a common id, so that each body speaks to a database that has never
/// heard of it.
fn rounds(samples: Vec<Sample>) -> Vec<Vec<Sample>> {
    let mut rounds: Vec<(HashSet<String>, Vec<Sample>)> = Vec::new();
    for sample in samples {
        let free = |(taken, _): &&mut (HashSet<String>, Vec<Sample>)| {
            sample.ids.iter().all(|id| !taken.contains(id))
        };
        match rounds.iter_mut().find(free) {
            Some((taken, round)) => {
                taken.extend(sample.ids.iter().cloned());
                round.push(sample);
            }
            None => rounds.push((sample.ids.iter().cloned().collect(), vec![sample])),
        }
    }
    rounds.into_iter().map(|(_, round)| round).collect()
}

#[tokio::test]
async fn every_published_body_is_read_as_it_should_be() {
    let Some(samples) = samples() else { return };
    assert!(
        samples.len() > 100,
        "the folder holds {} bodies",
        samples.len()
    );
    let mut wrong = Vec::new();
    for round in rounds(samples) {
        let door = Door::open().await;
        let lone = door.number(LONE, "1").await.id;
        let named: BTreeSet<&String> = round.iter().flat_map(|sample| &sample.numbers).collect();
        for number in named {
            door.number(APP, number).await;
        }
        for sample in &round {
            check(&door, lone, sample, &mut wrong).await;
        }
        door.stop().await;
    }
    assert!(
        wrong.is_empty(),
        "{} differences:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// What has changed since, but for files on their way here: those are tried in their own time.
async fn changes(door: &Door, before: i64) -> Vec<&'static str> {
    let after = door.client.status().await.expect("a status").seq;
    let mut found = Vec::new();
    if before == after {
        return found;
    }
    let events = door.client.events(Some(Seq(before))).await;
    let mut events = events.expect("events");
    while let Some(event) = events.next().await {
        let event = event.expect("an event");
        let is_file = match &event.change {
            Change::MessageUpdated(message) => message.media.is_some(),
            Change::ChatUpdated(chat) => {
                let last = chat.last_message.as_ref();
                last.is_some_and(|message| message.kind.has_media())
            }
            _ => false,
        };
        if !is_file {
            found.push(event.change.kind());
        }
        if event.seq.0 >= after {
            break;
        }
    }
    found
}

async fn check(door: &Door, lone: NumberId, sample: &Sample, wrong: &mut Vec<String>) {
    let app = if sample.numbers.is_empty() { LONE } else { APP };
    let statuses: Vec<&Value> = of_kind(sample, &["status", "standby_status"]);
    // A report shows on the message that it is about: let there be one.
    for id in statuses
        .iter()
        .filter_map(|e| said(e, "id"))
        .collect::<BTreeSet<_>>()
    {
        let body = ours(&id, sample.numbers.first().map(String::as_str));
        assert_eq!(door.deliver(app, &body).await.status, 200);
    }
    let answer = door.deliver(app, &sample.body).await;
    let mut say = |what: String| wrong.push(format!("{}: {what}", sample.file));
    if answer.status != 200 {
        return say(format!("answered {}", answer.status));
    }
    // The same again changes nothing.
    let before = door.client.status().await.expect("a status").seq;
    assert_eq!(door.deliver(app, &sample.body).await.status, 200);
    for change in changes(door, before).await {
        say(format!("the second delivery changed something: {change}"));
    }

    let notices = door.client.status().await.expect("a status").notices;
    for field in of_kind(sample, &["event"])
        .into_iter()
        .filter_map(|e| said(e, "field"))
    {
        let code = format!("meta_{field}");
        if !notices.iter().any(|notice| notice.code == code) {
            say(format!("no notice {code}"));
        }
    }
    let kinds = [
        "message",
        "echo",
        "history_message",
        "history_media",
        "standby_message",
        "standby_echo",
    ];
    for expected in of_kind(sample, &kinds) {
        let Some(message) = find(door, lone, expected).await else {
            say(format!("not found: {expected}"));
            continue;
        };
        let chat = door.client.chat(message.chat_id).await.expect("its chat");
        for difference in differences(expected, &message, &chat) {
            say(difference);
        }
    }
    for expected in statuses {
        let Some(id) = said(expected, "id") else {
            continue;
        };
        match door.client.by_wamid(&id).await {
            Ok(message) => report_differences(expected, &message)
                .into_iter()
                .for_each(&mut say),
            Err(problem) => say(format!("{id}: {problem:?}")),
        }
    }
}

fn of_kind<'a>(sample: &'a Sample, kinds: &[&str]) -> Vec<&'a Value> {
    let one_of = |e: &&Value| e["kind"].as_str().is_some_and(|kind| kinds.contains(&kind));
    sample.expect.iter().filter(one_of).collect()
}

/// A message of ours with this id, as an echo tells it.
fn ours(id: &str, number: Option<&str>) -> Vec<u8> {
    let mut value = json!({"message_echoes": [
        {"from": "15550783881", "to": "51900000009", "id": id, "timestamp": "1000000000", "type": "text", "text": {"body": "ours"}}
    ]});
    if let Some(number) = number {
        value["metadata"] = json!({"phone_number_id": number});
    }
    let changes = json!([{"field": "smb_message_echoes", "value": value}]);
    json!({"entry": [{"id": "1", "changes": changes}]})
        .to_string()
        .into_bytes()
}

/// The message that an entry is about: by its id, or where it has none by its chat and words.
async fn find(door: &Door, lone: NumberId, expected: &Value) -> Option<Message> {
    if let Some(id) = said(expected, "id") {
        return door.client.by_wamid(&id).await.ok();
    }
    let filter = ChatFilter {
        number: Some(lone),
        limit: Some(200),
        ..ChatFilter::default()
    };
    let from = said(expected, "from")?;
    for chat in door.client.chats(&filter).await.ok()?.items {
        if chat.customer.wa_id.as_ref().map(common::id::WaId::as_str) != Some(&from) {
            continue;
        }
        let page = door
            .client
            .messages(
                chat.id,
                &Slice {
                    limit: Some(200),
                    ..Slice::default()
                },
            )
            .await;
        let same = |m: &Message| {
            m.wamid.is_none() && m.text == said(expected, "text") && kind_fits(expected, m)
        };
        if let Some(found) = page.ok()?.items.into_iter().find(same) {
            return Some(found);
        }
    }
    None
}

/// Whether our kind is what Meta's type stands for.
fn kind_fits(expected: &Value, message: &Message) -> bool {
    let kind = message.content.kind().as_str();
    match expected["type"].as_str() {
        // Worked out from what is there, or put in the place of what it changed.
        None | Some("edit") => true,
        Some("audio") => matches!(kind, "audio" | "voice"),
        Some("revoke") => kind == "unsupported" || message.revoked_at.is_some(),
        Some(known) if known == kind => true,
        Some(other) => {
            matches!(&message.content, Content::Unsupported(u) if u.subtype.as_deref() == Some(other))
        }
    }
}

/// What is compared, what is wanted, what was found.
type Pair = (&'static str, Option<String>, Option<String>);

fn differences(expected: &Value, message: &Message, chat: &Chat) -> Vec<String> {
    let mut pairs = of_message(expected, message);
    pairs.extend(of_sender(expected, message, chat));
    let unlike = pairs.into_iter().filter(|(_, want, got)| want != got);
    let told = unlike.map(|(what, want, got)| {
        format!("{what} of {:?}: want {want:?}, got {got:?}", message.wamid)
    });
    let mut out: Vec<String> = told.collect();
    if !kind_fits(expected, message) {
        let (want, got) = (&expected["type"], message.content.kind());
        out.push(format!("kind: want {want}, got {got:?}"));
    }
    let kind = expected["kind"].as_str().unwrap_or_default();
    let origin = match kind {
        "message" => Some(Origin::Api),
        "standby_message" | "standby_echo" => Some(Origin::Standby),
        "history_message" | "history_media" => Some(Origin::History),
        _ => None,
    };
    if origin.is_some_and(|origin| origin != message.origin) {
        out.push(format!("origin: got {:?}", message.origin));
    }
    if kind.ends_with("echo") && message.direction == Direction::Inbound {
        out.push("an echo is ours".to_owned());
    }
    if expected["forwarded"] == true && !(message.forwarded || message.frequently_forwarded) {
        out.push("it was forwarded".to_owned());
    }
    out
}

fn of_message(expected: &Value, message: &Message) -> Vec<Pair> {
    let want = |key: &str| said(expected, key);
    let media = message.media.as_ref();
    let quoted = message.reply_to.as_ref().and_then(|r| r.wamid.as_ref());
    let code = expected["error_code"].as_i64().map(|code| code.to_string());
    let mut pairs = vec![
        (
            "reply_to",
            want("reply_to"),
            quoted.map(ToString::to_string),
        ),
        ("mime", want("mime"), media.and_then(|m| m.mime.clone())),
        (
            "filename",
            want("filename"),
            media.and_then(|m| m.filename.clone()),
        ),
        (
            "error",
            code,
            message.error.as_ref().map(|e| e.code.to_string()),
        ),
    ];
    // A template's text is filled here, and what has no type is read all the same.
    if !matches!(expected["type"].as_str(), None | Some("template")) {
        pairs.push(("text", want("text"), message.text.clone()));
    }
    if let Some(at) = want("timestamp") {
        pairs.push((
            "timestamp",
            Some(at),
            Some(message.timestamp.seconds().to_string()),
        ));
    }
    if let Some(group) = want("group_id") {
        pairs.push(("group", Some(group), message.group_id.clone()));
    }
    if let Content::Reaction(reaction) = &message.content {
        let target = reaction.target.as_ref().map(ToString::to_string);
        pairs.push(("target", want("target_id"), target));
        pairs.push(("emoji", want("emoji"), reaction.emoji.clone()));
    }
    if let Some(ad) = want("referral_source_id") {
        let source = message.referral.as_ref().and_then(|r| r.source_id.clone());
        pairs.push(("referral", Some(ad), source));
    }
    pairs
}

/// The customer of the chat is who the body says wrote; a system notice has changed them.
fn of_sender(expected: &Value, message: &Message, chat: &Chat) -> Vec<Pair> {
    let ours = message.direction == Direction::Outbound || message.group_id.is_some();
    let is_message = expected["kind"]
        .as_str()
        .is_some_and(|kind| kind.ends_with("message"));
    if ours || !is_message || expected["type"] == "system" {
        return Vec::new();
    }
    let customer = &chat.customer;
    let all = [
        (
            "from",
            said(expected, "from"),
            customer.wa_id.as_ref().map(ToString::to_string),
        ),
        (
            "user id",
            said(expected, "from_user_id"),
            customer.user_id.as_ref().map(ToString::to_string),
        ),
        (
            "name",
            said(expected, "profile_name"),
            customer.profile_name.clone(),
        ),
    ];
    all.into_iter()
        .filter(|(_, want, _)| want.is_some())
        .collect()
}

fn report_differences(expected: &Value, message: &Message) -> Vec<String> {
    let word = said(expected, "status").unwrap_or_default();
    let code = expected["error_code"].as_i64();
    let matches = message
        .statuses
        .iter()
        .filter(|report| report.status.eq_ignore_ascii_case(&word));
    let told = matches
        .clone()
        .any(|report| report.error.as_ref().map(|e| e.code) == code);
    let mut out = Vec::new();
    if !told {
        out.push(format!(
            "want {word} with {code:?}, got {:?}",
            message.statuses
        ));
    }
    if let Some(category) = expected.get("pricing").and_then(|p| said(p, "category")) {
        let same = |r: &common::model::message::StatusReport| {
            r.pricing.as_ref().and_then(|p| p.category.as_ref()) == Some(&category)
        };
        if !matches.clone().any(same) {
            out.push(format!("want the price class {category}"));
        }
    }
    if let Some(member) = said(expected, "participant_id")
        && !matches
            .clone()
            .any(|r| r.participant.as_ref() == Some(&member))
    {
        out.push(format!("want it of {member}"));
    }
    out
}
