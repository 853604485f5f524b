//! Every fixture read, told in one line a fact, and what must hold for any JSON at all.

use std::fmt::Write;

use common::model::content::Content;
use common::model::message::Direction;
use common::time::Stamp;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Reading, read};
use crate::fact::Fact;
use crate::fact::told::{Noticed, Person, Received, Reported, TemplateTold};

/// All bodies under `tests/fixtures/webhook`, in order.
fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/webhook");
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&path).unwrap())
        })
        .collect();
    all.sort();
    all
}

#[test]
fn every_kind_is_read() {
    let mut out = String::new();
    for (name, body) in fixtures() {
        let reading = read(&body).unwrap();
        writeln!(out, "# {name}").unwrap();
        for fact in &reading.facts {
            writeln!(out, "{}", line(fact)).unwrap();
        }
    }
    insta::assert_snapshot!(out);
}

fn line(fact: &Fact) -> String {
    match fact {
        Fact::Received(r) => message(r),
        Fact::Edited(e) => format!(
            "edit of {} by {}",
            opt(e.target.as_ref()),
            message(&e.event)
        ),
        Fact::Revoked(r) => format!(
            "revoke of {} by {}",
            opt(r.target.as_ref()),
            message(&r.event)
        ),
        Fact::Reported(r) => report(r),
        Fact::Renamed(r) => format!("renamed {} -> {}", person(&r.old), person(&r.new)),
        Fact::Contact(c) => format!("contact {} = {}", person(&c.person), opt(c.name.as_ref())),
        Fact::NumberTold(n) => format!(
            "number {} {}: quality {} limit {} throughput {} name {}",
            opt(n.number.as_ref()),
            opt(n.display_phone_number.as_ref()),
            opt(n.quality_rating.as_ref()),
            opt(n.messaging_limit.as_ref()),
            opt(n.throughput.as_ref()),
            opt(n.verified_name.as_ref()),
        ),
        Fact::Preferred(p) => format!("marketing {} for {}", p.wants, person(&p.person)),
        Fact::TemplateTold(t) => template(t),
        Fact::Noticed(n) => notice(n),
        Fact::Unreadable { why } => format!("unreadable: {why}"),
        other => panic!("{other:?}"),
    }
}

fn template(t: &TemplateTold) -> String {
    let told = [
        &t.category,
        &t.correct_category,
        &t.status,
        &t.quality,
        &t.reason,
        &t.pause,
    ];
    let told: Vec<&str> = told.into_iter().flatten().map(String::as_str).collect();
    format!("template {} {} is {}", t.name, t.language, told.join(" "))
}

fn message(r: &Received) -> String {
    let way = if r.direction == Direction::Inbound {
        "from"
    } else {
        "to"
    };
    let mut out = format!(
        "{:?} {} {} {way} {}",
        r.origin,
        r.content.kind().as_str(),
        opt(r.wamid.as_ref()),
        person(&r.person)
    );
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            write!(out, " {name}={value}").unwrap();
        }
    };
    add("at", r.timestamp.map(|t| t.seconds().to_string()));
    add("text", r.content.text().map(|t| format!("{t:?}")));
    add("reply_to", r.reply_to.as_ref().map(ToString::to_string));
    add(
        "media",
        r.media.as_ref().map(|m| {
            let digest = m
                .sha256
                .as_deref()
                .map_or("-", |hex| hex.get(..8).unwrap_or(hex));
            format!(
                "{}/{}/{digest}/{}",
                opt(m.meta_id.as_ref()),
                opt(m.mime.as_ref()),
                opt(m.filename.as_ref())
            )
        }),
    );
    add("forwarded", r.forwarded.then(|| "yes".into()));
    add("often", r.frequently_forwarded.then(|| "yes".into()));
    add(
        "referral",
        r.referral.as_ref().map(|x| opt(x.source_id.as_ref())),
    );
    add("group", r.group_id.clone());
    add("status", r.status.clone());
    add("error", r.error.as_ref().map(|e| e.code.to_string()));
    add("number", r.number.is_none().then(|| "none".into()));
    match &r.content {
        Content::Reaction(x) => add(
            "on",
            Some(format!("{} {:?}", opt(x.target.as_ref()), x.emoji)),
        ),
        Content::Unsupported(x) => add("type", Some(format!("{:?} {:?}", x.subtype, x.code))),
        Content::Interactive(x) => {
            add("type", Some(opt(x.subtype.as_ref())));
            add("id", x.id.clone());
            add("response", x.response.as_ref().map(ToString::to_string));
        }
        Content::System(x) => add("type", Some(opt(x.subtype.as_ref()))),
        Content::Location(x) => add("place", Some(format!("{:?},{:?}", x.latitude, x.longitude))),
        Content::Template(x) => add("template", Some(format!("{}/{}", x.name, x.language))),
        _ => {}
    }
    out
}

fn report(r: &Reported) -> String {
    format!(
        "{} {} ours={} of {} participant={} pricing={} error={} at={}",
        r.word,
        opt(r.wamid.as_ref()),
        opt(r.message.as_ref()),
        person(&r.recipient),
        opt(r.participant.as_ref()),
        r.pricing
            .as_ref()
            .map_or("-".into(), |p| format!("{:?}/{:?}", p.category, p.class)),
        r.error.as_ref().map_or(0, |e| e.code),
        opt(r.timestamp.map(Stamp::seconds).as_ref()),
    )
}

fn notice(n: &Noticed) -> String {
    format!(
        "{:?} {} number={}: {}",
        n.severity,
        n.code,
        opt(n.number.as_ref()),
        n.sentence
    )
}

fn person(p: &Person) -> String {
    let parts = [
        p.wa_id.as_ref().map(ToString::to_string),
        p.user_id.as_ref().map(ToString::to_string),
        p.parent_user_id.clone(),
        p.username.as_ref().map(|u| format!("@{u}")),
        p.profile_name.as_ref().map(|n| format!("{n:?}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("[{}]", parts.join(" "))
}

fn opt<T: ToString>(value: Option<&T>) -> String {
    value.map_or_else(|| "-".to_owned(), ToString::to_string)
}

fn one(reading: &Reading) -> &Received {
    let [Fact::Received(received)] = reading.facts.as_slice() else {
        panic!("{reading:?}")
    };
    received
}

#[test]
fn the_same_bytes_have_the_same_fingerprint_and_others_another() {
    let body = |id: u32| {
        format!(
            r#"{{"entry":[{{"changes":[{{"value":{{"messages":[{{"from":"1","text":{{"body":"{id}"}}}}]}}}}]}}]}}"#
        )
    };
    let print = |id| one(&read(body(id).as_bytes()).unwrap()).fingerprint;
    assert_eq!(print(1), print(1));
    assert_ne!(print(1), print(2));
}

#[test]
fn bytes_that_are_no_text_cost_a_character() {
    let mut body = b"\xef\xbb\xbf{\"entry\":[{\"changes\":[{\"value\":{\"messages\":[{\"from\":\"1\",\"text\":{\"body\":\"a\xffb\"}}]}}]}]}".to_vec();
    assert_eq!(
        one(&read(&body).unwrap()).content.text().as_deref(),
        Some("a\u{fffd}b")
    );
    body.push(b'}');
    assert!(read(&body).is_err());
    assert!(read(b"").is_err() && read(b"\xff\xfe").is_err() && read(b"a=b").is_err());
}

#[test]
fn a_part_that_cannot_be_read_marks_the_body_and_costs_nothing_else() {
    let body = include_bytes!("../../../../tests/fixtures/webhook/unknown_field.json");
    let reading = read(body).unwrap();
    assert_eq!(
        reading.unread.as_deref(),
        Some("unknown field quantum_update")
    );
    assert!(reading.facts.iter().any(|f| matches!(f, Fact::Received(_))));
    let body = include_bytes!("../../../../tests/fixtures/webhook/text.json");
    assert_eq!(read(body).unwrap().unread, None);
}

#[test]
fn a_full_batch_is_read_whole() {
    let messages: Vec<Value> = (0..1000)
        .map(|n| json!({"from": "51987654321", "id": format!("wamid.{n}"), "type": "text", "text": {"body": "x"}}))
        .collect();
    let body =
        json!({"entry": [{"changes": [{"field": "messages", "value": {"messages": messages}}]}]});
    assert_eq!(read(body.to_string().as_bytes()).unwrap().facts.len(), 1000);
}

/// Any JSON, made mostly of the names that the reader looks for.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        NAMES.prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(7, 96, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((NAMES, inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

const NAMES: &str = "entry|changes|field|value|messages|statuses|metadata|phone_number_id|\
    display_phone_number|contacts|profile|name|wa_id|user_id|from|to|from_user_id|to_user_id|id|\
    timestamp|type|text|body|image|audio|voice|document|location|reaction|emoji|message_id|\
    interactive|button_reply|nfm_reply|response_json|button|order|product_items|system|\
    user_changed_number|user_changed_user_id|edit|revoke|original_message_id|message|context|\
    errors|code|error_data|details|status|sent|failed|pricing|biz_opaque_callback_data|history|\
    threads|history_context|message_echoes|smb_message_echoes|state_sync|contact|action|standby|\
    calls|groups|user_preferences|user_id_update|previous|current|template|components|parameters|\
    account_update|event|security|flows|call|payment|51987654321|PE.13491208|1749416383";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_json_is_read(value in any_json()) {
        prop_assert!(read(value.to_string().as_bytes()).is_ok());
    }

    #[test]
    fn any_value_of_any_field_is_read(field in NAMES, value in any_json()) {
        let body = json!({"entry": [{"id": "1", "changes": [{"field": field, "value": value}]}]});
        prop_assert!(read(body.to_string().as_bytes()).is_ok());
    }

    #[test]
    fn any_member_of_a_message_may_be_anything(name in NAMES, kind in NAMES, value in any_json()) {
        let mut message = json!({"id": "wamid.A", "from": "1", "type": kind});
        message[name] = value;
        let body = json!({"entry": [{"changes": [{"field": "messages", "value": {"messages": [message]}}]}]});
        prop_assert!(!read(body.to_string().as_bytes()).unwrap().facts.is_empty());
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        drop(read(&bytes));
    }
}
