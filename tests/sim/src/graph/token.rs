//! What a token is good for, and the app's own token.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use crate::app::{Token, Waba};
use crate::book::Caller;
use crate::error::GraphError;
use crate::fault::Target;
use crate::graph::ask::Ask;
use crate::graph::call;
use crate::object::set;
use crate::world::World;

pub(super) async fn debug_token(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = inspect(&world, &ask, &opened.caller);
    call::close(&world, &ask, opened, result, Value::Null).await
}

fn inspect(world: &World, ask: &Ask, caller: &Caller) -> Result<Value, GraphError> {
    let Some(input) = ask.query.get("input_token") else {
        return Err(GraphError::documented(100).title("The parameter input_token is required"));
    };
    let now_s = world.clock.now_s();
    let token = world.book.with(|book| book.tokens.get(input).cloned());
    let Some(token) = token else {
        let error = json!({ "code": 190, "message": "Invalid OAuth access token." });
        return Ok(json!({ "data": { "error": error, "is_valid": false, "scopes": [] } }));
    };
    if token.app_id != caller.app_id() {
        let title = "You must provide an app access token, or a user access token that is an owner or developer of the app";
        return Err(GraphError::documented(100).title(title));
    }
    let application = world.book.with(|book| {
        book.apps
            .get(&token.app_id)
            .map_or_else(String::new, |a| a.name.clone())
    });
    let wabas: Vec<Waba> = world
        .book
        .with(|book| book.wabas.values().cloned().collect());
    let mut data = json!({
        "app_id": token.app_id,
        "type": token.kind.word(),
        "application": application,
        "data_access_expires_at": 0,
        "expires_at": token.expires_at_s.unwrap_or(0),
        "is_valid": true,
        "issued_at": now_s - 86_400,
        "scopes": token.scopes,
        "granular_scopes": granular(&token, &wabas),
        "user_id": "122100000000000001",
    });
    if let Some(death) = token.dead(now_s) {
        set(&mut data, "is_valid", json!(false));
        set(
            &mut data,
            "error",
            json!({
                "code": 190, "message": death.sentence(), "subcode": death.subcode().unwrap_or(0),
            }),
        );
    }
    Ok(json!({ "data": data }))
}

/// Permissions with the accounts they are for; none named means all.
fn granular(token: &Token, wabas: &[Waba]) -> Vec<Value> {
    let mut targets: Vec<&str> = wabas
        .iter()
        .map(|w| w.id.as_str())
        .filter(|id| token.sees(id))
        .collect();
    targets.sort_unstable();
    let row = |scope: &String| {
        if token.wabas.is_some() && scope.starts_with("whatsapp_") {
            json!({ "scope": scope, "target_ids": targets })
        } else {
            json!({ "scope": scope })
        }
    };
    token.scopes.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use crate::app::TokenDeath;
    use crate::probe::{Probe, call};

    #[tokio::test]
    async fn tokens_are_inspected_with_the_apps_own() {
        let probe = Probe::new().await;
        let shop = &probe.shop;
        let path = format!(
            "/v23.0/oauth/access_token?grant_type=client_credentials&client_id={}&client_secret={}",
            shop.app_id, shop.app_secret
        );
        let own = call(&probe.sim, "GET", &path, None, "").await.unwrap().body;
        let own = own["access_token"].as_str().unwrap().to_owned();
        let path = format!("/v23.0/debug_token?input_token={}", shop.token);
        let inspect = || async {
            call(&probe.sim, "GET", &path, Some(&own), "")
                .await
                .unwrap()
                .body["data"]
                .clone()
        };
        let data = inspect().await;
        assert_eq!(
            (data["is_valid"].as_bool(), data["expires_at"].as_i64()),
            (Some(true), Some(0))
        );
        assert_eq!(data["granular_scopes"][1]["target_ids"][0], shop.waba_id);
        probe.sim.kill_token(&shop.token, TokenDeath::Expired);
        assert_eq!(inspect().await["error"]["subcode"], 463);
        let wrong = path.replace(&shop.token, "EAAnobody");
        let data = call(&probe.sim, "GET", &wrong, Some(&own), "")
            .await
            .unwrap()
            .body;
        assert_eq!(data["data"]["is_valid"], false);
    }
}
