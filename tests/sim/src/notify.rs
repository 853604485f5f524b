//! Turns what happened into updates for webhooks: inbound messages, statuses, echoes, history.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};
use tokio::sync::oneshot;

use crate::book::Line;
use crate::courier::{self, Outcome};
use crate::customer::Customer;
use crate::error::GraphError;
use crate::inbound::{self, Inbound, Stamp};
use crate::ledger::Accepted;
use crate::object::set;
use crate::status::{Status, StatusPlan};
use crate::webhook::{Part, Update};
use crate::world::{Pending, World};

/// A customer's message: remembers the customer, opens the window, uses up throughput.
pub(crate) fn inbound(
    world: &World,
    line: &Line,
    who: &Customer,
    inbound: &Inbound,
) -> (String, Update) {
    let person = world.people.add(who);
    let at_s = inbound.at_s.unwrap_or_else(|| world.clock.now_s());
    let limits = world.settings(|s| s.limits);
    let rate = i64::from(line.profile(|n| n.level.per_second()));
    line.lane(|lane| {
        if inbound.opens_window() {
            let last = lane.windows.entry(person).or_insert(at_s);
            *last = at_s.max(*last);
        }
        if limits.count_inbound {
            // Inbound messages are never refused, they only use up what there is.
            let _full = lane
                .throughput
                .take(world.clock.now_us(), 1_000_000 / rate.max(1), rate);
        }
    });
    let wamid = inbound
        .wamid
        .clone()
        .unwrap_or_else(|| world.ids.wamid(who.handle(), false));
    let stamp = Stamp {
        wamid: &wamid,
        at_s,
        business: &line.meta.digits,
    };
    let message = inbound.json(who, &stamp, &world.ids);
    let contact = inbound.contact.then(|| inbound::contact(who, true));
    let part = Part::Message {
        line: line.meta.clone(),
        message,
        contact,
    };
    (
        wamid,
        Update {
            waba_id: Arc::clone(&line.waba_id),
            time_s: None,
            part,
        },
    )
}

/// A message the owner typed on the phone.
pub(crate) fn echo(
    world: &World,
    line: &Line,
    who: &Customer,
    inbound: &Inbound,
) -> (String, Update) {
    world.people.add(who);
    let at_s = inbound.at_s.unwrap_or_else(|| world.clock.now_s());
    let wamid = inbound
        .wamid
        .clone()
        .unwrap_or_else(|| world.ids.wamid(who.handle(), true));
    let stamp = Stamp {
        wamid: &wamid,
        at_s,
        business: &line.meta.digits,
    };
    let mut echo = inbound.json(&Customer::new(""), &stamp, &world.ids);
    set(&mut echo, "from", json!(&*line.meta.digits));
    if let Some(to) = who.told_wa_id() {
        set(&mut echo, "to", json!(to));
    }
    if let Some(user_id) = &who.user_id {
        set(&mut echo, "to_user_id", json!(user_id));
    }
    let mut value = about(line);
    value.insert("message_echoes".to_owned(), json!([echo]));
    (
        wamid,
        field(world, line, "smb_message_echoes", value.into()),
    )
}

/// A field's update about one number.
pub(crate) fn field(world: &World, line: &Line, field: &str, value: Value) -> Update {
    Update {
        waba_id: Arc::clone(&line.waba_id),
        time_s: Some(world.clock.now_s()),
        part: Part::Field {
            field: field.to_owned(),
            number_id: Some(Arc::clone(&line.meta.id)),
            value,
        },
    }
}

/// `messaging_product` and `metadata` of a number's value.
pub(crate) fn about(line: &Line) -> Map<String, Value> {
    let metadata =
        json!({ "display_phone_number": &*line.meta.digits, "phone_number_id": &*line.meta.id });
    Map::from_iter([
        ("messaging_product".to_owned(), Value::from("whatsapp")),
        ("metadata".to_owned(), metadata),
    ])
}

/// A status of an accepted message.
pub(crate) fn status(world: &World, line: &Line, of: &Accepted, status: &Status) -> Update {
    let who = of.person.map(|id| world.people.get(id));
    let failed = matches!(status, Status::Failed(_));
    let mut map = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            map.insert(key.to_owned(), value);
        }
    };
    put("id", Some(json!(of.wamid)));
    put("status", Some(json!(status.word())));
    put("timestamp", Some(json!(world.clock.now_s().to_string())));
    put(
        "biz_opaque_callback_data",
        of.biz_opaque.as_deref().map(Value::from),
    );
    if of.group {
        put("recipient_type", Some(json!("group")));
        put("recipient_id", of.to.as_deref().map(Value::from));
    }
    if let Some(who) = &who {
        // Sent to a phone number, that number is told even of somebody who hides it.
        let told = if of.to.is_some() {
            who.wa_id.as_deref()
        } else {
            who.told_wa_id()
        };
        put("recipient_id", told.map(Value::from));
        if !failed || of.to.is_none() {
            put("recipient_user_id", who.user_id.as_deref().map(Value::from));
        }
    } else if !of.group {
        put(
            "recipient_user_id",
            of.recipient.as_deref().map(Value::from),
        );
    }
    match status {
        Status::Failed(error) => put("errors", Some(json!([error.webhook()]))),
        Status::Sent | Status::Delivered => put("pricing", Some(pricing(world, line, of))),
        Status::Read | Status::Played => {}
    }
    let with_profile = matches!(status, Status::Delivered | Status::Read | Status::Played);
    let contact = who
        .filter(|who| !failed && (!who.name.is_empty() || who.user_id.is_some()))
        .map(|who| inbound::contact(&who, with_profile && !who.name.is_empty()));
    Update {
        waba_id: Arc::clone(&line.waba_id),
        time_s: None,
        part: Part::Status {
            line: line.meta.clone(),
            status: map.into(),
            contact,
        },
    }
}

/// Free inside the window; a template outside it is charged.
fn pricing(world: &World, line: &Line, of: &Accepted) -> Value {
    let told = |pointer: &str| {
        of.body
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let template = (of.kind == "template").then(|| {
        let (name, language) = (told("/template/name"), told("/template/language/code"));
        let known = world.shelf.find(&line.waba_id, name, language);
        known.map_or_else(|| "utility".to_owned(), |t| t.category.to_ascii_lowercase())
    });
    // Inside the window only utility templates are free.
    let free = match template.as_deref() {
        None => true,
        Some("utility") => of.in_window,
        Some(_) => false,
    };
    json!({
        "billable": !free,
        "pricing_model": "PMP",
        "type": if free { "free_customer_service" } else { "regular" },
        "category": template.as_deref().unwrap_or("service"),
    })
}

/// The plan a message gets, whatever was wished for: nobody there, or nobody who wrote of late.
pub(crate) fn overruled(plan: StatusPlan, reachable: bool, in_window: bool) -> StatusPlan {
    if !reachable {
        return StatusPlan::failed(131_026);
    }
    if !in_window {
        let why = "Message failed to send because more than 24 hours have passed since the \
                   customer last replied to this number.";
        let error = GraphError::documented(131_047).details(why);
        return StatusPlan {
            early: plan.early,
            ..StatusPlan::steps([Status::Failed(error)])
        };
    }
    plan
}

/// Plays the plan in a task of its own; comes back when the early statuses were taken.
pub(crate) async fn follow(
    world: &Arc<World>,
    line: &Arc<Line>,
    of: &Arc<Accepted>,
    plan: StatusPlan,
) {
    if plan.steps.is_empty() {
        return;
    }
    let script = Script {
        world: Arc::clone(world),
        line: Arc::clone(line),
        of: Arc::clone(of),
        plan,
    };
    let early = script.plan.early;
    let (done, taken) = oneshot::channel::<()>();
    let pending = Pending::new(world);
    tokio::spawn(async move {
        script.play(0, early).await;
        drop(done);
        script.play(early, usize::MAX).await;
        drop(pending);
    });
    if early > 0 {
        // The sender is only ever dropped: that is the signal.
        drop(taken.await);
    }
}

/// A plan being played for one message.
struct Script {
    world: Arc<World>,
    line: Arc<Line>,
    of: Arc<Accepted>,
    plan: StatusPlan,
}

impl Script {
    /// Plays the steps from one place to another, each after the one before was taken.
    async fn play(&self, from: usize, to: usize) {
        let count = to.saturating_sub(from);
        for (wait, step) in self.plan.steps.iter().skip(from).take(count) {
            if *wait > Duration::ZERO {
                tokio::select! {
                    () = tokio::time::sleep(*wait) => {}
                    () = self.world.end() => return,
                }
            }
            for _ in 0..self.plan.copies {
                let update = status(&self.world, &self.line, &self.of, step);
                match self.plan.batch {
                    Some(batch) => courier::gather(&self.world, update, batch),
                    None => {
                        let Outcome { .. } = courier::deliver(&self.world, &[update]).await;
                    }
                }
            }
        }
    }
}
