//! `GET /oauth/access_token`: an app's own token, a longer life for a token, a token for a login's code.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use crate::book::Caller;
use crate::error::GraphError;
use crate::fault::Target;
use crate::graph::ask::Ask;
use crate::graph::{answer, call};
use crate::object::set;
use crate::world::World;

/// Sixty days, less what Meta lets pass.
const LONG_S: i64 = 5_183_944;

pub(super) async fn access_token(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let asked = |key: &str| ask.query.get(key).map_or("", String::as_str);
    let own = format!("{}|{}", asked("client_id"), asked("client_secret"));
    let known = matches!(
        world.book.caller(&own, world.clock.now_s()),
        Ok(Caller::App(_))
    );
    let ask = Ask {
        token: known.then_some(own.clone()),
        ..ask
    };
    if !known {
        let error = GraphError::documented(1).title("Error validating client secret.");
        return answer::refuse(&world, &ask.request, &error, Value::Null);
    }
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let app_id = opened.caller.app_id().to_owned();
    let result = match (asked_of(&ask, "grant_type"), asked_of(&ask, "code")) {
        (Some("fb_exchange_token"), _) => longer(&world, &ask, &app_id),
        (_, Some(code)) => login(&world, code, &app_id),
        _ => Ok(json!({ "access_token": own, "token_type": "bearer" })),
    };
    call::close(&world, &ask, opened, result, Value::Null).await
}

fn asked_of<'a>(ask: &'a Ask, key: &str) -> Option<&'a str> {
    ask.query
        .get(key)
        .map(String::as_str)
        .filter(|v| !v.is_empty())
}

/// A token like the old one that lives sixty days more; the old one keeps its own end.
fn longer(world: &World, ask: &Ask, app_id: &str) -> Result<Value, GraphError> {
    let Some(old) = asked_of(ask, "fb_exchange_token") else {
        return Err(GraphError::documented(100).title("fb_exchange_token is required."));
    };
    let now_s = world.clock.now_s();
    let token = match world.book.caller(old, now_s) {
        Ok(Caller::User(token)) if token.app_id == app_id => token,
        Ok(_) => return Err(GraphError::documented(190)),
        Err(death) => return Err(answer::dead(death)),
    };
    let mut new = (*token).clone();
    new.text = format!("EAAX{}", hex::encode(world.ids.digest()));
    new.expires_at_s = Some(now_s + LONG_S);
    let answer = json!({
        "access_token": new.text, "token_type": "bearer", "expires_in": LONG_S,
    });
    world
        .book
        .with(|book| book.tokens.insert(new.text.clone(), Arc::new(new)));
    Ok(answer)
}

/// The token for a login's code: once, within thirty seconds, for the app that asked.
fn login(world: &World, code: &str, app_id: &str) -> Result<Value, GraphError> {
    let now_s = world.clock.now_s();
    let login = world.book.with(|book| book.logins.remove(code));
    let login = login.filter(|l| l.until_s > now_s && l.token.app_id == app_id);
    let Some(login) = login else {
        let error = GraphError::documented(100).subcode(36_007);
        return Err(error.title("This authorization code has expired or has been used."));
    };
    let mut answer = json!({ "access_token": login.token.text, "token_type": "bearer" });
    if let Some(end) = login.token.expires_at_s {
        set(&mut answer, "expires_in", json!(end - now_s));
    }
    let token = Arc::new(login.token);
    world
        .book
        .with(|book| book.tokens.insert(token.text.clone(), token));
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use crate::app::{Token, TokenDeath};
    use crate::probe::{Probe, call};

    #[tokio::test]
    async fn a_code_is_good_once_and_a_token_lives_longer_while_it_lives() {
        let probe = Probe::new().await;
        let shop = &probe.shop;
        let ask = |more: &str| {
            let path = format!(
                "/v23.0/oauth/access_token?client_id={}&client_secret={}&{more}",
                shop.app_id, shop.app_secret
            );
            let sim = probe.sim.clone();
            async move { call(&sim, "GET", &path, None, "").await.unwrap() }
        };
        let token = Token::new("EAAlogin", &shop.app_id).wabas([&shop.waba_id]);
        probe.sim.add_login("AQcode", token);
        let got = ask("code=AQcode").await;
        assert_eq!(got.body["access_token"], "EAAlogin");
        assert_eq!(ask("code=AQcode").await.code(), (100, 36_007));
        let renew = "grant_type=fb_exchange_token&set_token_expires_in_60_days=true\
                     &fb_exchange_token=EAAlogin";
        let new = ask(renew).await.body;
        assert_eq!(new["expires_in"], 5_183_944);
        let new = new["access_token"].as_str().unwrap().to_owned();
        let path = format!("/v23.0/{}?fields=name", shop.waba_id);
        let seen = call(&probe.sim, "GET", &path, Some(&new), "").await;
        assert_eq!(seen.unwrap().status, 200);
        probe.sim.kill_token("EAAlogin", TokenDeath::Expired);
        assert_eq!(ask(renew).await.code(), (190, 463));
    }
}
