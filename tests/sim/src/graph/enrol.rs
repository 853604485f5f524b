//! Adding a number, proving that it is one's own, registering it.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use crate::book::{Caller, Line};
use crate::error::GraphError;
use crate::fault::Target;
use crate::graph::ask::Ask;
use crate::graph::{call, nodes};
use crate::number::Number;
use crate::phone;
use crate::world::World;

/// What one of these calls does.
type Deed = fn(&World, &Ask, &Caller) -> Result<Value, GraphError>;

async fn perform(world: Arc<World>, ask: Ask, deed: Deed) -> Response {
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = nodes::managed(&opened.caller).and_then(|()| deed(&world, &ask, &opened.caller));
    call::close(&world, &ask, opened, result, Value::Null).await
}

pub(super) async fn create(State(world): State<Arc<World>>, ask: Ask) -> Response {
    perform(world, ask, new_number).await
}

pub(super) async fn request_code(State(world): State<Arc<World>>, ask: Ask) -> Response {
    perform(world, ask, code).await
}

pub(super) async fn verify_code(State(world): State<Arc<World>>, ask: Ask) -> Response {
    perform(world, ask, verify).await
}

pub(super) async fn register(State(world): State<Arc<World>>, ask: Ask) -> Response {
    perform(world, ask, enter).await
}

pub(super) async fn deregister(State(world): State<Arc<World>>, ask: Ask) -> Response {
    perform(world, ask, leave).await
}

fn line(world: &World, ask: &Ask, caller: &Caller) -> Result<Arc<Line>, GraphError> {
    let line = world.book.line(&ask.node);
    line.filter(|line| caller.sees(&line.waba_id))
        .ok_or_else(|| call::no_such_node(ask))
}

fn need<'a>(wish: &'a HashMap<String, String>, key: &str) -> Result<&'a str, GraphError> {
    let given = wish.get(key).map(String::as_str).filter(|v| !v.is_empty());
    given.ok_or_else(|| {
        GraphError::documented(100).title(format!("The parameter {key} is required."))
    })
}

fn new_number(world: &World, ask: &Ask, caller: &Caller) -> Result<Value, GraphError> {
    let known = world.book.with(|book| book.wabas.contains_key(&ask.node));
    if !known || !caller.sees(&ask.node) {
        return Err(call::no_such_node(ask));
    }
    let wish = ask.parameters();
    let code = need(&wish, "cc").or_else(|_| need(&wish, "country_code"))?;
    let digits = format!("{code}{}", need(&wish, "phone_number")?);
    let name = need(&wish, "verified_name")?;
    if phone::digits(&digits).as_ref() != Some(&digits) || phone::country_code(&digits) != code {
        return Err(GraphError::documented(100).details("The phone number is not valid."));
    }
    let (mine, used) = world.book.with(|book| {
        let mine = book.numbers.values().any(|l| *l.meta.digits == *digits);
        (mine, book.in_use.contains(&digits))
    });
    let refuse = |subcode: u32, details: &str| {
        let error = GraphError::documented(100).subcode(subcode);
        Err(error.details(details))
    };
    if mine {
        return refuse(
            2_388_012,
            "The phone number you are adding is already in the list.",
        );
    }
    if used {
        let details =
            "This number is registered to an existing WhatsApp account. Disconnect it first.";
        return refuse(2_388_001, details);
    }
    let id = world.ids.node();
    let number = Number::new(&id, &ask.node, digits).verified_name(name);
    world.book.add_number(number.unverified());
    Ok(json!({ "id": id }))
}

fn code(world: &World, ask: &Ask, caller: &Caller) -> Result<Value, GraphError> {
    let line = line(world, ask, caller)?;
    let wish = ask.parameters();
    let method = need(&wish, "code_method")?;
    let language = need(&wish, "language")?;
    if !["SMS", "VOICE"].contains(&method) {
        return Err(GraphError::documented(100).details("code_method is SMS or VOICE."));
    }
    if verified(&line) {
        let details = "The phone number is already verified.";
        return Err(GraphError::documented(136_024).details(details));
    }
    let digits: String = world.ids.node().chars().rev().take(6).collect();
    line.enrolment(|e| e.request(world.clock.now_s(), digits, method, language))?;
    Ok(json!({ "success": true }))
}

fn verified(line: &Line) -> bool {
    let shown = line.profile(|n| n.show("code_verification_status"));
    shown.as_ref().and_then(Value::as_str) == Some("VERIFIED")
}

fn verify(world: &World, ask: &Ask, caller: &Caller) -> Result<Value, GraphError> {
    let line = line(world, ask, caller)?;
    let wish = ask.parameters();
    let given = need(&wish, "code")?;
    line.enrolment(|e| e.verify(world.clock.now_s(), given))?;
    line.profile(|n| *n = n.clone().field("code_verification_status", "VERIFIED"));
    Ok(json!({ "success": true, "id": ask.node }))
}

fn enter(world: &World, ask: &Ask, caller: &Caller) -> Result<Value, GraphError> {
    let line = line(world, ask, caller)?;
    let wish = ask.parameters();
    if need(&wish, "messaging_product")? != "whatsapp" {
        return Err(GraphError::documented(100).details("messaging_product is whatsapp."));
    }
    let pin = need(&wish, "pin")?;
    if pin.len() != 6 || !pin.bytes().all(|b| b.is_ascii_digit()) {
        return Err(GraphError::documented(100).details("pin must have six digits."));
    }
    if !verified(&line) {
        return Err(GraphError::documented(133_006));
    }
    line.enrolment(|e| e.register(world.clock.now_s(), pin))?;
    line.profile(|n| {
        *n = n
            .clone()
            .status("CONNECTED")
            .field("platform_type", "CLOUD_API")
            .field("is_pin_enabled", true);
    });
    Ok(json!({ "success": true }))
}

fn leave(world: &World, ask: &Ask, caller: &Caller) -> Result<Value, GraphError> {
    let line = line(world, ask, caller)?;
    if line.profile(|n| n.show("is_on_biz_app")) == Some(json!(true)) {
        let details = "A number that is also in the WhatsApp Business app cannot be deregistered.";
        return Err(GraphError::documented(100).details(details));
    }
    if !line.profile(|n| n.status == "CONNECTED") {
        return Err(GraphError::documented(133_010));
    }
    line.enrolment(|e| e.count(world.clock.now_s()))?;
    line.profile(|n| *n = n.clone().status("DISCONNECTED"));
    Ok(json!({ "success": true }))
}

/// `POST /{id}` with a PIN.
pub(super) fn set_pin(line: &Line, pin: &str) -> Result<Value, GraphError> {
    if pin.len() != 6 || !pin.bytes().all(|b| b.is_ascii_digit()) {
        return Err(GraphError::documented(100).details("pin must have six digits."));
    }
    line.enrolment(|e| e.pin = Some(pin.to_owned()));
    line.profile(|n| *n = n.clone().field("is_pin_enabled", true));
    Ok(json!({ "success": true }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::probe::{Probe, call};

    #[tokio::test]
    async fn a_new_number_is_proved_and_registered_before_it_sends() {
        let probe = Probe::new().await;
        let post = |path: String, body: serde_json::Value| {
            let (sim, token) = (probe.sim.clone(), probe.shop.token.clone());
            async move {
                let path = format!("/v23.0/{path}");
                call(&sim, "POST", &path, Some(&token), &body.to_string())
                    .await
                    .unwrap()
            }
        };
        let numbers = format!("{}/phone_numbers", probe.shop.waba_id);
        let wish = json!({"cc": "51", "phone_number": "955000222", "verified_name": "Bodega"});
        probe.sim.use_elsewhere("+51 955 000 222");
        let used = post(numbers.clone(), wish.clone()).await;
        assert_eq!(used.code(), (100, 2_388_001));
        probe.sim.free("+51955000222");
        let made = post(numbers.clone(), wish.clone()).await;
        let id = made.body["id"].as_str().unwrap().to_owned();
        assert_eq!(probe.sim.number_id("+51955000222").as_ref(), Some(&id));
        assert_eq!(post(numbers, wish).await.code(), (100, 2_388_012));
        let pin = json!({"messaging_product": "whatsapp", "pin": "123456"});
        let register = format!("{id}/register");
        assert_eq!(post(register.clone(), pin.clone()).await.code().0, 133_006);
        let asked = json!({"code_method": "VOICE", "language": "es_ES"});
        assert_eq!(post(format!("{id}/request_code"), asked).await.status, 200);
        let came = probe.sim.code_came(&id).unwrap().unwrap();
        assert_eq!(came, ("VOICE".to_owned(), "es_ES".to_owned()));
        let code = probe.sim.code(&id).unwrap().unwrap();
        let wrong = post(format!("{id}/verify_code"), json!({"code": "1"})).await;
        assert_eq!(wrong.code().0, 136_025);
        let right = post(format!("{id}/verify_code"), json!({"code": code})).await;
        assert_eq!(right.status, 200);
        let early = post(format!("{id}/messages"), Probe::text("early")).await;
        assert_eq!(early.code().0, 133_010);
        assert_eq!(post(register, pin).await.status, 200);
        assert_eq!(probe.sim.pin(&id).unwrap().as_deref(), Some("123456"));
        let sent = post(format!("{id}/messages"), Probe::text("hello")).await;
        assert_eq!(sent.status, 200);
        let product = json!({"messaging_product": "whatsapp"});
        let left = post(format!("{id}/deregister"), product).await;
        assert_eq!(left.status, 200);
        let late = post(format!("{id}/messages"), Probe::text("late")).await;
        assert_eq!(late.code().0, 133_010);
    }
}
