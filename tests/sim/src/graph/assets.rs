//! What a token can see: portfolios and the accounts they own or were given.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use crate::app::{Business, Waba};
use crate::book::Caller;
use crate::error::GraphError;
use crate::fault::Target;
use crate::graph::ask::Ask;
use crate::graph::{call, fields};
use crate::world::World;

const PORTFOLIOS: &str = "business_management";

pub(super) async fn businesses(State(world): State<Arc<World>>, ask: Ask) -> Response {
    list(world, ask, |world, ask, caller| {
        if ask.node != "me" {
            return Err(call::no_such_node(ask));
        }
        let mut seen: Vec<Business> = Vec::new();
        for waba in accounts(world, caller) {
            for business in waba.shared_with.into_iter().chain([waba.owner]) {
                if !seen.contains(&business) {
                    seen.push(business);
                }
            }
        }
        let row = |b: Business| (b.id.clone(), json!({ "id": b.id, "name": b.name }));
        Ok(seen.into_iter().map(row).collect())
    })
    .await
}

pub(super) async fn owned(State(world): State<Arc<World>>, ask: Ask) -> Response {
    list(world, ask, |world, ask, caller| {
        of(world, ask, caller, |waba| waba.owner.id == ask.node)
    })
    .await
}

pub(super) async fn shared(State(world): State<Arc<World>>, ask: Ask) -> Response {
    list(world, ask, |world, ask, caller| {
        of(world, ask, caller, |waba| {
            waba.shared_with.iter().any(|b| b.id == ask.node)
        })
    })
    .await
}

type Rows = Result<Vec<(String, Value)>, GraphError>;

async fn list(
    world: Arc<World>,
    ask: Ask,
    rows: impl FnOnce(&World, &Ask, &Caller) -> Rows,
) -> Response {
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = if opened.caller.may(PORTFOLIOS) {
        rows(&world, &ask, &opened.caller)
    } else {
        Err(GraphError::documented(200).title("Requires business_management permission"))
    };
    let result =
        result.and_then(|rows| fields::page(rows, ask.query.get("limit"), ask.query.get("after")));
    call::close(&world, &ask, opened, result, Value::Null).await
}

/// Every account that the caller sees.
fn accounts(world: &World, caller: &Caller) -> Vec<Waba> {
    let all = world
        .book
        .with(|book| book.wabas.values().cloned().collect::<Vec<_>>());
    all.into_iter().filter(|w| caller.sees(&w.id)).collect()
}

fn of(world: &World, ask: &Ask, caller: &Caller, mine: impl Fn(&Waba) -> bool) -> Rows {
    let seen = accounts(world, caller);
    let known = |w: &Waba| w.owner.id == ask.node || w.shared_with.iter().any(|b| b.id == ask.node);
    if !seen.iter().any(known) {
        return Err(call::no_such_node(ask));
    }
    let row = |waba: &Waba| {
        let shown = json!({ "id": waba.id, "name": waba.name });
        (waba.id.clone(), shown)
    };
    Ok(seen.iter().filter(|w| mine(w)).map(row).collect())
}

#[cfg(test)]
mod tests {
    use crate::app::{Business, Token, Waba};
    use crate::probe::{Probe, call};

    #[tokio::test]
    async fn an_agency_sees_its_own_accounts_and_its_clients() {
        let probe = Probe::new().await;
        let agency = Business::new("700", "Agency");
        let client = Business::new("800", "Client");
        probe
            .sim
            .add_waba(Waba::new("1").owner(agency.clone()))
            .add_waba(Waba::new("2").owner(client).shared_with(agency))
            .add_waba(Waba::new("3"))
            .add_token(Token::new("EAAagency", &probe.shop.app_id).wabas(["1", "2"]));
        let ids = |path: &str| {
            let (sim, path) = (probe.sim.clone(), format!("/v23.0/{path}"));
            async move {
                let answer = call(&sim, "GET", &path, Some("EAAagency"), "")
                    .await
                    .unwrap();
                let rows = answer.body["data"].as_array().cloned().unwrap_or_default();
                let id = |row: &serde_json::Value| row["id"].as_str().unwrap().to_owned();
                rows.iter().map(id).collect::<Vec<_>>()
            }
        };
        assert_eq!(ids("me/businesses").await, ["700", "800"]);
        assert_eq!(ids("700/owned_whatsapp_business_accounts").await, ["1"]);
        assert_eq!(ids("700/client_whatsapp_business_accounts").await, ["2"]);
        assert_eq!(ids("800/owned_whatsapp_business_accounts").await, ["2"]);
        let narrow = Token::new("EAAnarrow", &probe.shop.app_id);
        probe
            .sim
            .add_token(narrow.scopes(["whatsapp_business_messaging"]));
        let path = "/v23.0/me/businesses";
        let refused = call(&probe.sim, "GET", path, Some("EAAnarrow"), "").await;
        assert_eq!(refused.unwrap().code(), (200, 0));
    }
}
