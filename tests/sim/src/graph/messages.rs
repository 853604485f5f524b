//! `POST /{phone_number_id}/messages`: checks, limits, entry in the ledger, answer, statuses.

use std::mem;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use crate::book::{Caller, Line};
use crate::config::{Limits, WindowRule};
use crate::customer::Customer;
use crate::error::GraphError;
use crate::fault::Target;
use crate::graph::ask::Ask;
use crate::graph::{call, media};
use crate::ledger::{Accepted, ReadMark};
use crate::notify;
use crate::object::set;
use crate::people::Found;
use crate::phone;
use crate::validate::envelope::{Call, Mark, Send, validate};
use crate::validate::fit::fit;
use crate::validate::rule::Refusal;
use crate::world::World;

/// The customer-service window in seconds.
const WINDOW_S: i64 = 24 * 3_600;
/// One message to a person in so many microseconds, and how many may be borrowed.
const PAIR_EVERY_US: i64 = 6_000_000;
const PAIR_BURST: i64 = 45;
/// Above so many people written to, those whose bucket is full again are forgotten.
const PAIRS_KEPT: usize = 10_000;

pub(super) async fn messages(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let mut body: Value = serde_json::from_slice(&ask.body).unwrap_or_default();
    let mark = body.get("status").is_some();
    let target = if mark { Target::Marks } else { Target::Sends };
    let opened = match call::open(&world, &ask, target, &body).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = take(&world, &ask, &opened.caller, &mut body).await;
    call::close(&world, &ask, opened, result, body).await
}

/// Takes the body out once it is accepted.
async fn take(
    world: &Arc<World>,
    ask: &Ask,
    caller: &Caller,
    body: &mut Value,
) -> Result<Value, GraphError> {
    let line = world
        .book
        .line(&ask.node)
        .filter(|line| caller.sees(&line.waba_id));
    let line = line.ok_or_else(|| call::no_such_node(ask))?;
    if !caller.may("whatsapp_business_messaging") {
        return Err(GraphError::documented(200));
    }
    match validate(body).map_err(told)? {
        Call::Mark(mark) => Ok(read(world, &line, mark)),
        Call::Send(send) => {
            let (number, connected) =
                line.profile(|n| (i64::from(n.level.per_second()), n.status == "CONNECTED"));
            if !connected {
                return Err(GraphError::documented(133_010));
            }
            let file = body.pointer(&format!("/{}/id", send.kind));
            if let Some(id) = file.and_then(Value::as_str).filter(|_| carries(send.kind)) {
                media::usable(world, &line, send.kind, id)?;
            }
            accept(world, &line, send, number, body).await
        }
    }
}

fn carries(kind: &str) -> bool {
    ["image", "video", "audio", "document", "sticker"].contains(&kind)
}

fn told(refusal: Refusal) -> GraphError {
    GraphError::documented(refusal.code).details(refusal.details)
}

fn read(world: &World, line: &Line, mark: Mark) -> Value {
    world.ledger.mark(ReadMark {
        phone_number_id: line.meta.id.to_string(),
        message_id: mark.message_id,
        typing: mark.typing,
        at_ms: world.clock.now_ms(),
    });
    json!({ "success": true })
}

async fn accept(
    world: &Arc<World>,
    line: &Arc<Line>,
    send: Send,
    per_second: i64,
    body: &mut Value,
) -> Result<Value, GraphError> {
    if send.kind == "template" {
        template(world, line, body)?;
    }
    let limits = world.settings(|s| s.limits);
    let found = person(world, line, &send, limits)?;
    throttle(world, line, found.as_ref(), limits, per_second)?;
    let in_window = send.group || has_written(world, line, found.as_ref());
    let allowed = in_window || send.kind == "template" || limits.window == WindowRule::Off;
    if !allowed && limits.window == WindowRule::AtOnce {
        return Err(GraphError::documented(131_047));
    }
    let person = found.as_ref().map(|f| Arc::clone(&f.person));
    let handle = person
        .as_ref()
        .map(|p| p.handle())
        .or(send.recipient.as_deref());
    let wamid = world.ids.wamid(handle.unwrap_or("0"), true);
    let reply = reply(&send, person.as_deref(), &wamid);
    let plan =
        world.settings(|s| s.take_plan(&line.meta.id, found.as_ref().and_then(|f| f.plan.clone())));
    let reachable = send.group || person.as_ref().is_some_and(|p| p.reachable);
    let plan = notify::overruled(plan.fit(send.kind, send.voice), reachable, allowed);
    let by_phone = send.to.is_some();
    let accepted = world.ledger.accept(Accepted {
        index: 0,
        phone_number_id: Arc::clone(&line.meta.id),
        to: send.to,
        recipient: send.recipient,
        wa_id: person
            .as_ref()
            .filter(|_| by_phone)
            .and_then(|p| p.wa_id.clone()),
        kind: send.kind,
        wamid,
        biz_opaque: send.biz_opaque,
        at_ms: world.clock.now_ms(),
        body: mem::take(body),
        person: found.map(|f| f.id),
        group: send.group,
        in_window,
    });
    notify::follow(world, line, &accepted, plan).await;
    Ok(reply)
}

/// Holds a template message against the account's template.
fn template(world: &World, line: &Line, body: &Value) -> Result<(), GraphError> {
    let given = body.get("template").unwrap_or(&Value::Null);
    let told = |pointer: &str| {
        given
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let known = world
        .shelf
        .find(&line.waba_id, told("/name"), told("/language/code"));
    fit(known.as_ref(), given)
}

/// Whom it reaches; nobody for a group or for a user id that was never told.
fn person(
    world: &World,
    line: &Line,
    send: &Send,
    limits: Limits,
) -> Result<Option<Found>, GraphError> {
    if send.group {
        return Ok(None);
    }
    let Some(to) = &send.to else {
        return Ok(send
            .recipient
            .as_deref()
            .and_then(|id| world.people.by_user(id)));
    };
    let digits = phone::reached(to, &line.meta.digits, limits.prepend_country);
    let digits = digits.ok_or_else(|| GraphError::documented(131_009))?;
    if digits == *line.meta.digits {
        return Err(GraphError::documented(131_021));
    }
    Ok(Some(world.people.by_phone(&digits)))
}

/// Throughput of the number, then of the pair; a refused message uses up neither.
fn throttle(
    world: &World,
    line: &Line,
    found: Option<&Found>,
    limits: Limits,
    per_second: i64,
) -> Result<(), GraphError> {
    if !limits.throughput && !limits.pairs {
        return Ok(());
    }
    let now = world.clock.now_us();
    line.lane(|lane| {
        let mut throughput = lane.throughput;
        if limits.throughput
            && throughput
                .take(now, 1_000_000 / per_second, per_second)
                .is_err()
        {
            let why = "Cloud API message throughput has been reached.";
            return Err(GraphError::documented(130_429)
                .subcode(2_494_055)
                .details(why));
        }
        if let Some(found) = found.filter(|_| limits.pairs) {
            if lane.pairs.len() > PAIRS_KEPT {
                lane.pairs.retain(|_, bucket| !bucket.is_full(now));
            }
            let pair = lane.pairs.entry(found.id).or_default();
            if pair.take(now, PAIR_EVERY_US, PAIR_BURST).is_err() {
                let why = "Message failed to send because there were too many messages sent \
                           from this phone number to the same phone number in a short period of \
                           time.";
                return Err(GraphError::documented(131_056).details(why));
            }
        }
        lane.throughput = throughput;
        Ok(())
    })
}

/// The person wrote within the last 24 hours.
fn has_written(world: &World, line: &Line, found: Option<&Found>) -> bool {
    let Some(found) = found else { return false };
    let last = line.lane(|lane| lane.windows.get(&found.id).copied());
    last.is_some_and(|at| world.clock.now_s() - at < WINDOW_S)
}

/// The documented answer; `wa_id` is what WhatsApp makes of the number.
fn reply(send: &Send, person: Option<&Customer>, id: &str) -> Value {
    let mut message = json!({ "id": id });
    if send.kind == "template" {
        set(&mut message, "message_status", json!("accepted"));
    }
    if send.group {
        set(&mut message, "group_id", json!(send.to));
    }
    let mut contact = json!({ "input": send.to.as_deref().or(send.recipient.as_deref()) });
    if send.to.is_none() {
        set(&mut contact, "user_id", json!(send.recipient));
    } else if let Some(person) = person {
        set(&mut contact, "wa_id", json!(person.wa_id));
        if let Some(user_id) = &person.user_id {
            set(&mut contact, "user_id", json!(user_id));
        }
    }
    json!({ "messaging_product": "whatsapp", "contacts": [contact], "messages": [message] })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};
    use std::time::Duration;

    use serde_json::json;

    use crate::app::TokenDeath;
    use crate::clock::SimClock;
    use crate::config::{Limits, SimConfig, WindowRule};
    use crate::customer::Customer;
    use crate::number::Level;
    use crate::probe::{Probe, SOON, call};
    use crate::status::StatusPlan;

    #[tokio::test]
    async fn an_accepted_send_is_answered_entered_and_followed_by_its_ticks() {
        let probe = Probe::new().await;
        probe.sim.add_customer(&Probe::ana());
        let answer = probe.send(&Probe::text("hola")).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(
            answer.body["contacts"],
            json!([{ "input": "+51955000111", "wa_id": "51955000111", "user_id": "PE.111" }])
        );
        assert!(answer.headers.contains_key("x-fb-trace-id"));
        let entry = probe
            .sim
            .wait_accepted(|a| a.kind == "text", SOON)
            .await
            .unwrap();
        assert_eq!(entry.wamid, answer.wamid());
        assert_eq!(entry.biz_opaque.as_deref(), Some("id of hola"));
        assert_eq!(entry.body["text"]["body"], "hola");
        probe.sim.wait_idle(SOON).await.unwrap();
        assert_eq!(
            probe.receiver.words(answer.wamid()),
            ["sent", "delivered", "read"]
        );
        let statuses = probe.receiver.all("statuses");
        assert!(
            statuses
                .iter()
                .all(|s| s["biz_opaque_callback_data"] == "id of hola")
        );
        assert_eq!(statuses[0]["pricing"]["category"], "service");
        assert_eq!(statuses[0]["recipient_id"], "51955000111");
        assert_eq!(statuses[0]["recipient_user_id"], "PE.111");
        assert!(statuses[2].get("pricing").is_none());
        assert_eq!(
            probe.receiver.bodies()[1]["entry"][0]["changes"][0]["value"]["contacts"][0]["profile"]
                ["name"],
            "Ana"
        );
    }

    #[tokio::test]
    async fn tokens_and_numbers_are_checked() {
        let probe = Probe::new().await;
        let other = probe.sim.open_shop(2);
        let body = Probe::text("x").to_string();
        let path = format!("/v23.0/{}/messages", probe.shop.phone_number_id);
        let theirs = format!("/v23.0/{}/messages", other.phone_number_id);
        let token = Some(probe.shop.token.as_str());
        let table = [
            (path.as_str(), None, 401, (104, 0)),
            (path.as_str(), Some("EAAwrong"), 401, (190, 0)),
            (theirs.as_str(), token, 400, (100, 33)),
            ("/v23.0/1/messages", token, 400, (100, 33)),
            ("/messages", token, 400, (2500, 0)),
        ];
        for (path, token, status, code) in table {
            let answer = call(&probe.sim, "POST", path, token, &body).await.unwrap();
            assert_eq!(
                (answer.status, answer.code()),
                (status, code),
                "{path} {}",
                answer.body
            );
            assert!(answer.body["error"]["fbtrace_id"].is_string());
        }
        probe.sim.kill_token(&probe.shop.token, TokenDeath::Expired);
        let answer = probe.send(&Probe::text("x")).await;
        assert_eq!((answer.status, answer.code()), (401, (190, 463)));
        assert!(answer.headers.contains_key("www-authenticate"));
        probe.sim.revive_token(&probe.shop.token);
        assert_eq!(probe.send(&Probe::text("x")).await.status, 200);
        assert_eq!(probe.sim.accepted_count(), 1);
        let change = |number: crate::number::Number| number.status("DISCONNECTED");
        probe
            .sim
            .change_number(&probe.shop.phone_number_id, change)
            .unwrap();
        assert_eq!(probe.send(&Probe::text("x")).await.code(), (133_010, 0));
    }

    #[tokio::test]
    async fn bad_bodies_are_refused_and_remembered() {
        let probe = Probe::new().await;
        let mut body = Probe::text("x");
        body["text"]["bodi"] = json!("x");
        let answer = probe.send(&body).await;
        assert_eq!((answer.status, answer.code()), (400, (100, 0)));
        let details = answer.body["error"]["error_data"]["details"]
            .as_str()
            .unwrap();
        assert_eq!(details, "Unexpected key \"bodi\" on param \"text\".");
        let refused = probe.sim.refused();
        assert_eq!((refused.len(), refused[0].code), (1, 100));
        assert_eq!(refused[0].body, body);
        assert_eq!(probe.sim.counts().requests, 1);
    }

    #[tokio::test]
    async fn the_window_is_judged_by_what_the_customer_wrote() {
        let limits = Limits {
            window: WindowRule::Later,
            ..Limits::off()
        };
        let probe = Probe::with(SimConfig::new().limits(limits)).await;
        let number = &probe.shop.phone_number_id;
        let closed = probe.send(&Probe::text("closed")).await;
        probe.sim.wait_idle(SOON).await.unwrap();
        assert_eq!(probe.receiver.words(closed.wamid()), ["failed"]);
        assert_eq!(
            probe.receiver.all("statuses")[0]["errors"][0]["code"],
            131_047
        );
        probe.sim.inbound(number, &Probe::ana(), "hola").unwrap();
        let open = probe.send(&Probe::text("open")).await;
        probe.sim.wait_idle(SOON).await.unwrap();
        assert_eq!(
            probe.receiver.words(open.wamid()),
            ["sent", "delivered", "read"]
        );
        probe.sim.clock().advance(24 * 3_600_000);
        probe.sim.set_limits(Limits {
            window: WindowRule::AtOnce,
            ..Limits::off()
        });
        assert_eq!(probe.send(&Probe::text("late")).await.code(), (131_047, 0));
        let template = json!({
            "messaging_product": "whatsapp", "to": "+51955000111", "type": "template",
            "template": { "name": "hello_world", "language": { "code": "en_US" } },
        });
        let answer = probe.send(&template).await;
        assert_eq!(answer.body["messages"][0]["message_status"], "accepted");
        probe.sim.wait_idle(SOON).await.unwrap();
        assert_eq!(
            probe.receiver.all("statuses").pop().unwrap()["status"],
            "read"
        );
        let charged = probe.receiver.all("statuses");
        assert!(charged.iter().any(|s| s["pricing"]["billable"] == true));
    }

    #[tokio::test]
    async fn throughput_and_pair_rates_hold() {
        let now_ms = Arc::new(AtomicI64::new(1_739_321_024_000));
        let clock = Arc::clone(&now_ms);
        let config = SimConfig::new()
            .clock(SimClock::from_fn(move || clock.load(Ordering::SeqCst)))
            .plan(StatusPlan::none())
            .limits(Limits {
                throughput: true,
                ..Limits::off()
            });
        let probe = Probe::with(config).await;
        let number = &probe.shop.phone_number_id;
        probe
            .sim
            .change_number(number, |n| n.level(Level::Custom(3)))
            .unwrap();
        for _ in 0..3 {
            assert_eq!(probe.send(&Probe::text("x")).await.status, 200);
        }
        assert_eq!(
            probe.send(&Probe::text("x")).await.code(),
            (130_429, 2_494_055)
        );
        now_ms.fetch_add(334, Ordering::SeqCst);
        assert_eq!(probe.send(&Probe::text("x")).await.status, 200);
        assert_eq!(probe.send(&Probe::text("x")).await.code().0, 130_429);
        probe.sim.set_limits(Limits {
            pairs: true,
            ..Limits::off()
        });
        for _ in 0..45 {
            assert_eq!(probe.send(&Probe::text("x")).await.status, 200);
        }
        assert_eq!(probe.send(&Probe::text("x")).await.code(), (131_056, 0));
        let mut other = Probe::text("x");
        other["to"] = json!("+51955000222");
        assert_eq!(probe.send(&other).await.status, 200);
        now_ms.fetch_add(6_000, Ordering::SeqCst);
        assert_eq!(probe.send(&Probe::text("x")).await.status, 200);
        assert_eq!(probe.send(&Probe::text("x")).await.code(), (131_056, 0));
    }

    #[tokio::test]
    async fn addresses_become_what_whatsapp_makes_of_them() {
        let probe = Probe::new().await;
        probe
            .sim
            .add_customer(&Customer::new("Rui").wa_id("557187654321"));
        let zoe = Customer::new("Zoe")
            .wa_id("51955000333")
            .user_id("PE.333")
            .hides_phone();
        probe.sim.add_customer(&zoe);
        let to = |to: &str| {
            let mut body = Probe::text("x");
            body["to"] = json!(to);
            body
        };
        let table = [
            ("+55 (71) 98765-4321", "557187654321"),
            ("+5215512345678", "525512345678"),
            ("+54 11 2345-6789", "5491123456789"),
            ("(631) 555-1234", "16315551234"),
            ("16505551234", "116505551234"),
        ];
        for (input, wa_id) in table {
            let answer = probe.send(&to(input)).await;
            assert_eq!(
                answer.body["contacts"][0],
                json!({ "input": input, "wa_id": wa_id })
            );
        }
        let own = format!("+{}", probe.shop.digits);
        assert_eq!(probe.send(&to(&own)).await.code(), (131_021, 0));
        let mut body = Probe::text("x");
        body.as_object_mut().unwrap().remove("to");
        body["recipient"] = json!("PE.333");
        let answer = probe.send(&body).await;
        assert_eq!(
            answer.body["contacts"][0],
            json!({ "input": "PE.333", "user_id": "PE.333" })
        );
        probe.sim.wait_idle(SOON).await.unwrap();
        let statuses = probe.receiver.all("statuses");
        let hers = statuses.iter().find(|s| s["id"] == answer.wamid()).unwrap();
        assert!(hers.get("recipient_id").is_none());
        assert_eq!(hers["recipient_user_id"], "PE.333");
    }

    #[tokio::test]
    async fn plans_decide_what_follows() {
        let probe = Probe::new().await;
        let ana = Probe::ana();
        probe
            .sim
            .plan_next(StatusPlan::read().before_response(2).duplicated(1));
        let early = probe.send(&Probe::text("early")).await;
        let words = probe.receiver.words(early.wamid());
        assert_eq!(
            words[..4],
            ["sent", "sent", "delivered", "delivered"],
            "before the answer"
        );
        probe.sim.plan_next(StatusPlan::read().reversed());
        let odd = probe.send(&Probe::text("odd")).await;
        probe.sim.plan_next(StatusPlan::failed(131_049));
        let held = probe.send(&Probe::text("held")).await;
        probe.sim.set_customer_plan(
            &ana,
            Some(StatusPlan::sent().late(Duration::from_millis(5))),
        );
        let hers = probe.send(&Probe::text("hers")).await;
        probe.sim.set_customer_plan(&ana.unreachable(), None);
        let gone = probe.send(&Probe::text("gone")).await;
        let heart = json!({
            "messaging_product": "whatsapp", "to": "+51955000222", "type": "reaction",
            "reaction": { "message_id": "wamid.A", "emoji": "👍" },
        });
        let heart = probe.send(&heart).await;
        probe.sim.wait_idle(SOON).await.unwrap();
        let words = |answer: &crate::probe::Answer| probe.receiver.words(answer.wamid());
        assert_eq!(words(&odd), ["read", "delivered", "sent"]);
        assert_eq!(words(&held), ["failed"]);
        assert_eq!(words(&hers), ["sent"]);
        assert_eq!(words(&gone), ["failed"]);
        assert_eq!(words(&heart), ["sent"]);
        assert_eq!(words(&early).len(), 6);
    }

    #[tokio::test]
    async fn batched_statuses_travel_together() {
        let probe = Probe::new().await;
        probe
            .sim
            .set_plan(StatusPlan::delivered().batched(8, Duration::from_mins(1)));
        for i in 0..4 {
            assert_eq!(probe.send(&Probe::text(&i.to_string())).await.status, 200);
        }
        probe.receiver.wait(1).await;
        assert_eq!(probe.receiver.bodies().len(), 1);
        assert_eq!(probe.receiver.all("statuses").len(), 8);
        probe
            .sim
            .set_plan(StatusPlan::sent().batched(8, Duration::from_millis(1)));
        probe.send(&Probe::text("last")).await;
        probe.receiver.wait(2).await;
        assert_eq!(probe.receiver.all("statuses").len(), 9);
    }

    #[tokio::test]
    async fn read_marks_are_recorded() {
        let probe = Probe::new().await;
        let mark = json!({
            "messaging_product": "whatsapp", "status": "read", "message_id": "wamid.A",
            "typing_indicator": { "type": "text" },
        });
        assert_eq!(probe.send(&mark).await.body, json!({ "success": true }));
        let found = probe.sim.wait_read_mark(|m| m.typing, SOON).await.unwrap();
        assert_eq!(found.message_id, "wamid.A");
        assert_eq!(probe.sim.accepted_count(), 0);
    }
}
