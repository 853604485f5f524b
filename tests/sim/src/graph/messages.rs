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
use crate::graph::answer;
use crate::graph::ask::Ask;
use crate::ledger::{Accepted, ReadMark};
use crate::notify;
use crate::object::set;
use crate::people::Found;
use crate::phone;
use crate::validate::envelope::{Call, Mark, Send, validate};
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
    let opened = match answer::open(&world, &ask, target, &body).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = take(&world, &ask, &opened.caller, &mut body).await;
    answer::close(&world, &ask, opened, result, body).await
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
    let line = line.ok_or_else(|| answer::no_such_node(ask))?;
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
            accept(world, &line, send, number, body).await
        }
    }
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
