//! Numbers and accounts as nodes.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

use crate::book::{Caller, Line};
use crate::error::GraphError;
use crate::fault::Target;
use crate::graph::ask::Ask;
use crate::graph::{call, enrol, fields, media, samples, templates};
use crate::handshake;
use crate::object::set;
use crate::world::World;

const NUMBER: [&str; 9] = [
    "id",
    "verified_name",
    "display_phone_number",
    "quality_rating",
    "code_verification_status",
    "platform_type",
    "throughput",
    "last_onboarded_time",
    "webhook_configuration",
];

/// Fields of a number that exist but may have no value.
const NUMBER_MAY: [&str; 8] = [
    "new_name_status",
    "certificate",
    "new_certificate",
    "conversational_automation",
    "messaging_limit_tier",
    "eligibility_for_api_business_global_search",
    "webhook_configuration",
    "unified_cert_status",
];

const WABA: [&str; 5] = [
    "id",
    "name",
    "currency",
    "timezone_id",
    "message_template_namespace",
];

const WABA_MAY: [&str; 5] = [
    "primary_business_location",
    "is_enabled_for_insights",
    "disable_marketing_messages_on_cloud_api",
    "marketing_messages_onboarding_status",
    "owner_business_info",
];

const MANAGE: &str = "whatsapp_business_management";

pub(super) async fn get(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = match samples::stands(&world, &ask) {
        Some(sample) => Ok(sample),
        None => show(&world, &ask, &opened.caller),
    };
    call::close(&world, &ask, opened, result, Value::Null).await
}

fn show(world: &World, ask: &Ask, caller: &Caller) -> Result<Value, GraphError> {
    if let Some(line) = world
        .book
        .line(&ask.node)
        .filter(|line| caller.sees(&line.waba_id))
    {
        managed(caller)?;
        let names = fields::names(ask.query.get("fields"), &NUMBER);
        return number(world, &line, &names, caller);
    }
    let waba = world.book.with(|book| book.wabas.get(&ask.node).cloned());
    if let Some(waba) = waba.filter(|waba| caller.sees(&waba.id)) {
        managed(caller)?;
        let names = fields::names(ask.query.get("fields"), &WABA);
        return fields::node(
            "WhatsAppBusinessAccount",
            &names,
            &WABA_MAY,
            |name| match name {
                "id" => Some(json!(waba.id)),
                "name" => Some(json!(waba.name)),
                "health_status" if !waba.fields.contains_key(name) => {
                    Some(json!({ "can_send_message": "AVAILABLE", "entities": [
                        { "entity_type": "WABA", "id": waba.id, "can_send_message": "AVAILABLE" },
                    ]}))
                }
                other => waba.fields.get(other).cloned(),
            },
        );
    }
    if let Some(template) = templates::node(world, ask, caller) {
        managed(caller)?;
        return templates::show(&template, &templates::names(ask));
    }
    let app = world.book.with(|book| book.apps.get(&ask.node).cloned());
    if let Some(app) = app.filter(|app| app.id == caller.app_id()) {
        return Ok(json!({ "id": app.id, "name": app.name }));
    }
    media::show(world, ask, caller).unwrap_or_else(|| Err(call::no_such_node(ask)))
}

/// Refuses a caller without the permission to look after accounts.
pub(super) fn managed(caller: &Caller) -> Result<(), GraphError> {
    if caller.may(MANAGE) {
        Ok(())
    } else {
        Err(GraphError::documented(200))
    }
}

fn number(
    world: &World,
    line: &Line,
    names: &[String],
    caller: &Caller,
) -> Result<Value, GraphError> {
    let profile = line.profile(|n| n.clone());
    fields::node("WhatsAppBusinessPhoneNumber", names, &NUMBER_MAY, |name| {
        if name == "webhook_configuration" {
            return Some(webhooks(world, line, caller));
        }
        profile.show(name)
    })
}

/// Where the caller's app gets this number's messages.
fn webhooks(world: &World, line: &Line, caller: &Caller) -> Value {
    let number = line.profile(|n| n.override_url.clone());
    let waba = world.book.with(|book| {
        let waba = book.wabas.get(&*line.waba_id)?;
        let own = waba
            .subscriptions
            .iter()
            .find(|s| s.app_id == caller.app_id())?;
        own.override_url.clone()
    });
    let app = world
        .book
        .callback(caller.app_id())
        .map(|(callback, _)| callback.url);
    let mut out = json!({});
    let known = [
        ("phone_number", number),
        ("whatsapp_business_account", waba),
        ("application", app),
    ];
    for (key, url) in known {
        if let Some(url) = url {
            set(&mut out, key, json!(url));
        }
    }
    out
}

pub(super) async fn phone_numbers(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = list(&world, &ask, &opened.caller);
    call::close(&world, &ask, opened, result, Value::Null).await
}

fn list(world: &World, ask: &Ask, caller: &Caller) -> Result<Value, GraphError> {
    let known = world.book.with(|book| book.wabas.contains_key(&ask.node));
    if !known || !caller.sees(&ask.node) {
        return Err(call::no_such_node(ask));
    }
    managed(caller)?;
    let lines: Vec<Arc<Line>> = world.book.with(|book| {
        book.numbers
            .values()
            .filter(|line| *line.waba_id == *ask.node)
            .cloned()
            .collect()
    });
    let names = fields::names(ask.query.get("fields"), &NUMBER);
    let row = |line: &Arc<Line>| {
        number(world, line, &names, caller).map(|row| (line.meta.id.to_string(), row))
    };
    let rows = lines.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    fields::page(rows, ask.query.get("limit"), ask.query.get("after"))
}

/// Changes a number: the place its messages go to, its PIN.
pub(super) async fn post(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    ask: Ask,
) -> Response {
    if ask.node.starts_with("upload:") {
        return samples::more(world, ask, headers).await;
    }
    let body: Value = serde_json::from_slice(&ask.body).unwrap_or_default();
    let opened = match call::open(&world, &ask, Target::Other, &body).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = change(&world, &ask, &opened.caller, &body).await;
    call::close(&world, &ask, opened, result, body).await
}

async fn change(
    world: &Arc<World>,
    ask: &Ask,
    caller: &Caller,
    body: &Value,
) -> Result<Value, GraphError> {
    if let Some(template) = templates::node(world, ask, caller) {
        managed(caller)?;
        return templates::edit(world, &template.id, body);
    }
    let line = world
        .book
        .line(&ask.node)
        .filter(|line| caller.sees(&line.waba_id));
    let line = line.ok_or_else(|| call::no_such_node(ask))?;
    managed(caller)?;
    if let Some(pin) = body.get("pin").and_then(Value::as_str) {
        return enrol::set_pin(&line, pin);
    }
    let Some(wish) = body.get("webhook_configuration") else {
        let details = "webhook_configuration or pin is expected.";
        return Err(GraphError::documented(100).details(details));
    };
    let text = |key: &str| wish.get(key).and_then(Value::as_str).unwrap_or_default();
    let url = text("override_callback_uri");
    if !url.is_empty() {
        verified(world, url, text("verify_token")).await?;
    }
    line.profile(|n| n.override_url = (!url.is_empty()).then(|| url.to_owned()));
    Ok(json!({ "success": true }))
}

/// Checks a callback, with the error Graph gives for one that fails.
pub(super) async fn verified(world: &World, url: &str, token: &str) -> Result<(), GraphError> {
    if url.len() > 200 {
        return Err(GraphError::documented(100).details("The callback URL is longer than 200."));
    }
    handshake::verify(world, url, token).await.map_err(|why| {
        let title = format!("Callback verification failed with the following errors: {why}");
        GraphError::documented(2_200).title(title)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::number::Number;
    use crate::probe::{Probe, call};

    #[tokio::test]
    async fn a_number_shows_its_fields() {
        let probe = Probe::new().await;
        let path = format!("/v23.0/{}", probe.shop.phone_number_id);
        let asked = "display_phone_number,verified_name,throughput{level},quality_rating,status";
        let answer = probe
            .get(&format!(
                "{path}?fields={}",
                asked.replace('{', "%7B").replace('}', "%7D")
            ))
            .await;
        assert_eq!(
            answer.body,
            json!({
                "id": probe.shop.phone_number_id,
                "display_phone_number": "+1 555-078-0001",
                "verified_name": "Shop 1",
                "throughput": { "level": "STANDARD" },
                "quality_rating": "GREEN",
                "status": "CONNECTED",
            })
        );
        let usual = probe.get(&path).await;
        assert_eq!(
            usual.body["webhook_configuration"]["application"],
            probe.receiver.url
        );
        assert_eq!(
            probe.get(&format!("{path}?fields=nothing")).await.code(),
            (100, 0)
        );
        assert_eq!(probe.get("/v23.0/1").await.code(), (100, 33));
        let waba = probe
            .get(&format!(
                "/v23.0/{}?fields=name,currency",
                probe.shop.waba_id
            ))
            .await;
        assert_eq!(waba.body["currency"], "USD");
    }

    #[tokio::test]
    async fn numbers_of_an_account_come_in_pages() {
        let probe = Probe::new().await;
        for i in 0..3 {
            let id = format!("20000000000000{i}");
            probe.sim.add_number(Number::new(
                id,
                &probe.shop.waba_id,
                format!("+1555079000{i}"),
            ));
        }
        let path = format!(
            "/v23.0/{}/phone_numbers?fields=id&limit=3",
            probe.shop.waba_id
        );
        let first = probe.get(&path).await.body;
        assert_eq!(first["data"].as_array().unwrap().len(), 3);
        let after = first["paging"]["cursors"]["after"].as_str().unwrap();
        let second = probe.get(&format!("{path}&after={after}")).await.body;
        assert_eq!(second["data"].as_array().unwrap().len(), 1);
        assert!(second["paging"].get("next").is_none());
    }

    #[tokio::test]
    async fn a_number_may_send_its_messages_elsewhere() {
        let probe = Probe::new().await;
        let elsewhere = crate::probe::Receiver::start(&probe.shop.app_secret).await;
        let path = format!("/v23.0/{}", probe.shop.phone_number_id);
        let wish = |url: &str, word: &str| {
            json!({ "webhook_configuration": { "override_callback_uri": url, "verify_token": word } })
                .to_string()
        };
        let token = Some(probe.shop.token.as_str());
        let post = |body: String| {
            let (sim, path) = (probe.sim.clone(), path.clone());
            async move { call(&sim, "POST", &path, token, &body).await.unwrap() }
        };
        assert_eq!(post(wish(&elsewhere.url, "wrong")).await.code(), (2200, 0));
        assert_eq!(post(wish(&elsewhere.url, "hush hush")).await.status, 200);
        let number = &probe.shop.phone_number_id;
        probe
            .sim
            .inbound_taken(number, &Probe::ana(), "there")
            .await
            .unwrap();
        assert_eq!(elsewhere.all("messages").len(), 1);
        assert_eq!(post(wish("", "")).await.status, 200);
        probe
            .sim
            .inbound_taken(number, &Probe::ana(), "here")
            .await
            .unwrap();
        assert_eq!(
            (elsewhere.bodies().len(), probe.receiver.bodies().len()),
            (1, 1)
        );
    }
}
