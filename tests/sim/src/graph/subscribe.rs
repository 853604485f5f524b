//! Who gets webhooks: an account's subscribed apps, an app's callback.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use crate::app::{Callback, Subscription, Waba};
use crate::book::Caller;
use crate::error::GraphError;
use crate::fault::Target;
use crate::graph::ask::Ask;
use crate::graph::{call, nodes};
use crate::object::set;
use crate::world::World;

const OBJECT: &str = "whatsapp_business_account";
/// What an app is told of that is told of everything.
const FIELDS: [&str; 10] = [
    "messages",
    "message_template_status_update",
    "message_template_quality_update",
    "message_template_components_update",
    "template_category_update",
    "phone_number_quality_update",
    "phone_number_name_update",
    "account_update",
    "account_alerts",
    "business_capability_update",
];

pub(super) async fn list(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = waba(&world, &ask, &opened.caller, |_| ()).map(|()| subscribed(&world, &ask));
    call::close(&world, &ask, opened, result, Value::Null).await
}

fn subscribed(world: &World, ask: &Ask) -> Value {
    let data: Vec<Value> = world.book.with(|book| {
        let subscriptions = book
            .wabas
            .get(&ask.node)
            .map(|w| w.subscriptions.as_slice());
        let row = |subscription: &Subscription| {
            let id = &subscription.app_id;
            let name = book.apps.get(id).map_or("", |app| app.name.as_str());
            let link = format!("https://www.facebook.com/games/?app_id={id}");
            let mut row =
                json!({ "whatsapp_business_api_data": { "id": id, "name": name, "link": link } });
            if let Some(url) = &subscription.override_url {
                set(&mut row, "override_callback_uri", json!(url));
            }
            row
        };
        subscriptions.unwrap_or_default().iter().map(row).collect()
    });
    json!({ "data": data })
}

/// Subscribes the app that owns the token; without an override, an earlier one ends.
pub(super) async fn add(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = subscribe(&world, &ask, &opened.caller).await;
    call::close(&world, &ask, opened, result, Value::Null).await
}

async fn subscribe(world: &World, ask: &Ask, caller: &Caller) -> Result<Value, GraphError> {
    waba(world, ask, caller, |_| ())?;
    let wish = ask.parameters();
    let url = wish
        .get("override_callback_uri")
        .filter(|url| !url.is_empty())
        .cloned();
    if let Some(url) = &url {
        let token = wish.get("verify_token").map_or("", String::as_str);
        nodes::verified(world, url, token).await?;
    }
    let app_id = caller.app_id().to_owned();
    waba(world, ask, caller, |waba| {
        waba.subscriptions.retain(|s| s.app_id != app_id);
        waba.subscriptions.push(Subscription {
            app_id,
            override_url: url,
        });
    })?;
    Ok(json!({ "success": true }))
}

pub(super) async fn remove(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let own = opened.caller.app_id().to_owned();
    let result = waba(&world, &ask, &opened.caller, |waba| {
        waba.subscriptions.retain(|s| s.app_id != own);
    });
    let result = result.map(|()| json!({ "success": true }));
    call::close(&world, &ask, opened, result, Value::Null).await
}

/// Does something with the account the caller may look after.
fn waba<R>(
    world: &World,
    ask: &Ask,
    caller: &Caller,
    f: impl FnOnce(&mut Waba) -> R,
) -> Result<R, GraphError> {
    if !caller.sees(&ask.node) {
        return Err(call::no_such_node(ask));
    }
    nodes::managed(caller)?;
    world
        .book
        .with(|book| book.wabas.get_mut(&ask.node).map(f))
        .ok_or_else(|| call::no_such_node(ask))
}

/// Only an app's own token may look after its callback.
fn own_app(ask: &Ask, caller: &Caller) -> Result<(), GraphError> {
    match caller {
        Caller::App(id) if *id == ask.node => Ok(()),
        Caller::App(_) => Err(call::no_such_node(ask)),
        Caller::User(_) => Err(GraphError::documented(15)
            .title("This method must be called with an app access_token.")),
    }
}

pub(super) async fn app_list(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = own_app(&ask, &opened.caller).map(|()| callbacks(&world, &ask));
    call::close(&world, &ask, opened, result, Value::Null).await
}

fn callbacks(world: &World, ask: &Ask) -> Value {
    let Some((callback, _)) = world.book.callback(&ask.node) else {
        return json!({ "data": [] });
    };
    let names = callback
        .fields
        .unwrap_or_else(|| FIELDS.map(ToOwned::to_owned).to_vec());
    let fields: Vec<Value> = names
        .iter()
        .map(|name| json!({ "name": name, "version": "v23.0" }))
        .collect();
    json!({ "data": [{
        "object": OBJECT, "callback_url": callback.url, "active": true, "fields": fields,
    }]})
}

pub(super) async fn app_add(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = set_callback(&world, &ask, &opened.caller).await;
    call::close(&world, &ask, opened, result, Value::Null).await
}

async fn set_callback(world: &World, ask: &Ask, caller: &Caller) -> Result<Value, GraphError> {
    own_app(ask, caller)?;
    let wish = ask.parameters();
    let need = |key: &str| {
        let missing = || GraphError::documented(100).details(format!("{key} is required."));
        wish.get(key)
            .filter(|v| !v.is_empty())
            .cloned()
            .ok_or_else(missing)
    };
    if need("object")? != OBJECT {
        return Err(
            GraphError::documented(100).details("object must be whatsapp_business_account.")
        );
    }
    let (url, verify_token) = (need("callback_url")?, need("verify_token")?);
    let fields = words(&need("fields")?);
    nodes::verified(world, &url, &verify_token).await?;
    world.book.with(|book| {
        if let Some(app) = book.apps.get_mut(&ask.node) {
            app.webhook = Some(Callback {
                url,
                verify_token,
                fields: Some(fields),
            });
        }
    });
    Ok(json!({ "success": true }))
}

pub(super) async fn app_remove(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let gone = ask.parameters().get("fields").map(|fields| words(fields));
    let result = own_app(&ask, &opened.caller).map(|()| {
        world.book.with(|book| {
            let Some(app) = book.apps.get_mut(&ask.node) else {
                return;
            };
            match (gone, app.webhook.as_mut()) {
                (Some(gone), Some(callback)) => {
                    if let Some(fields) = &mut callback.fields {
                        fields.retain(|field| !gone.contains(field));
                    }
                }
                _ => app.webhook = None,
            }
        });
        json!({ "success": true })
    });
    call::close(&world, &ask, opened, result, Value::Null).await
}

/// Field names, separated by commas or in a JSON list.
fn words(text: &str) -> Vec<String> {
    let trim = |c: char| c.is_whitespace() || "[]\"".contains(c);
    let names = text
        .split(',')
        .map(|word| word.trim_matches(trim).to_owned());
    names.filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use crate::probe::{Probe, Receiver, call};

    #[tokio::test]
    async fn without_a_subscription_nothing_arrives() {
        let probe = Probe::new().await;
        let path = format!("/v23.0/{}/subscribed_apps", probe.shop.waba_id);
        let token = Some(probe.shop.token.as_str());
        let number = &probe.shop.phone_number_id;
        let listed = probe.get(&path).await.body;
        assert_eq!(
            listed["data"][0]["whatsapp_business_api_data"]["id"],
            probe.shop.app_id
        );
        call(&probe.sim, "DELETE", &path, token, "").await.unwrap();
        let (_, lost) = probe
            .sim
            .inbound_taken(number, &Probe::ana(), "lost")
            .await
            .unwrap();
        assert_eq!((lost.taken, lost.attempts), (false, 0));
        call(&probe.sim, "POST", &path, token, "").await.unwrap();
        let (_, found) = probe
            .sim
            .inbound_taken(number, &Probe::ana(), "found")
            .await
            .unwrap();
        assert!(found.taken);
        let elsewhere = Receiver::start(&probe.shop.app_secret).await;
        let wish = format!(
            "override_callback_uri={}&verify_token=hush%20hush",
            elsewhere.url.replace(':', "%3A")
        );
        assert_eq!(
            call(&probe.sim, "POST", &path, token, &wish)
                .await
                .unwrap()
                .status,
            200
        );
        probe
            .sim
            .inbound_taken(number, &Probe::ana(), "there")
            .await
            .unwrap();
        probe
            .sim
            .waba_field(&probe.shop.waba_id, "account_update", serde_json::json!({}));
        probe.receiver.wait(2).await;
        assert_eq!(
            (
                elsewhere.bodies().len(),
                probe.receiver.all("messages").len()
            ),
            (1, 1)
        );
    }

    #[tokio::test]
    async fn an_app_sets_its_callback_with_its_own_token() {
        let probe = Probe::new().await;
        let shop = &probe.shop;
        let path = format!("/v23.0/{}/subscriptions", shop.app_id);
        let own = format!("{}|{}", shop.app_id, shop.app_secret);
        let wish = |token: &str, fields: &str| {
            format!(
                "{path}?object=whatsapp_business_account&callback_url={}&verify_token={token}&fields={fields}",
                probe.receiver.url
            )
        };
        let post = |path: String, token: String| {
            let sim = probe.sim.clone();
            async move { call(&sim, "POST", &path, Some(&token), "").await.unwrap() }
        };
        let good = wish("hush%20hush", "account_update");
        assert_eq!(post(good.clone(), shop.token.clone()).await.code(), (15, 0));
        assert_eq!(
            post(wish("wrong", "messages"), own.clone()).await.code(),
            (2200, 0)
        );
        assert_eq!(post(good, own.clone()).await.status, 200);
        let (_, missed) = probe
            .sim
            .inbound_taken(&shop.phone_number_id, &Probe::ana(), "x")
            .await
            .unwrap();
        assert!(!missed.taken, "messages is not among the fields");
        let listed = call(&probe.sim, "GET", &path, Some(&own), "")
            .await
            .unwrap()
            .body;
        assert_eq!(listed["data"][0]["fields"][0]["name"], "account_update");
        call(&probe.sim, "DELETE", &path, Some(&own), "")
            .await
            .unwrap();
        assert!(probe.sim.verify_webhook(&shop.app_id).await.is_err());
    }
}
