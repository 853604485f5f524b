//! What every call has in common: faults, who is calling, the shape of answers.

use std::future;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use crate::app::TokenDeath;
use crate::book::Caller;
use crate::error::GraphError;
use crate::fault::{Fault, Hit, Target};
use crate::graph::ask::Ask;
use crate::ledger::Refused;
use crate::server::Hangup;
use crate::webhook;
use crate::world::World;

/// A request that may go on.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) caller: Caller,
    /// What goes wrong once the work is done.
    fault: Option<Fault>,
}

/// Lets the faults before the work happen and finds out who is calling.
pub(super) async fn open(
    world: &Arc<World>,
    ask: &Ask,
    target: Target,
    body: &Value,
) -> Result<Opened, Response> {
    let to = body
        .get("to")
        .or_else(|| body.get("recipient"))
        .and_then(Value::as_str);
    let drawn = world.faults.draw(&Hit {
        target,
        node: &ask.node,
        to,
    });
    if !drawn.delay.is_zero() {
        tokio::time::sleep(drawn.delay).await;
    }
    let refused = |error: &GraphError| refuse(world, &ask.request, error, body.clone());
    let fault = match drawn.fault {
        Some(fault) if fault.is_after() => Some(fault),
        Some(Fault::Error(error)) => return Err(refused(&error)),
        Some(Fault::Http(status)) => return Err(page(status)),
        Some(Fault::DropBefore) => return Err(hangup()),
        Some(Fault::Hang) => future::pending().await,
        Some(Fault::TokenDeath(death)) => {
            if let Some(token) = &ask.token {
                world.book.set_death(token, Some(death));
            }
            None
        }
        _ => None,
    };
    match caller(world, ask) {
        Ok(caller) => Ok(Opened { caller, fault }),
        Err(error) => Err(refused(&error)),
    }
}

/// Writes the answer, or lets the fault after the work happen.
pub(super) async fn close(
    world: &World,
    ask: &Ask,
    opened: Opened,
    result: Result<Value, GraphError>,
    body: Value,
) -> Response {
    let value = match result {
        Ok(value) => value,
        Err(error) => return refuse(world, &ask.request, &error, body),
    };
    match opened.fault {
        Some(Fault::DropAfter) => hangup(),
        Some(Fault::HangAfter) => future::pending().await,
        Some(Fault::SlowAnswer(wait)) => {
            tokio::time::sleep(wait).await;
            answer(world, 200, &value)
        }
        Some(Fault::HttpAfter(status)) => page(status),
        Some(Fault::HalfAnswer) => {
            let mut bytes = webhook::write(&value);
            bytes.truncate(bytes.len() / 2);
            respond(world, 200, bytes)
        }
        _ => answer(world, 200, &value),
    }
}

/// Who owns the token.
fn caller(world: &World, ask: &Ask) -> Result<Caller, GraphError> {
    let Some(token) = &ask.token else {
        return Err(GraphError::documented(104));
    };
    world
        .book
        .caller(token, world.clock.now_s())
        .map_err(|death| dead(death.as_ref().copied()))
}

/// The error for a token that is not good.
pub(super) fn dead(death: Option<TokenDeath>) -> GraphError {
    let Some(death) = death else {
        return GraphError::documented(190);
    };
    let error = GraphError::documented(190).title(death.sentence());
    match death.subcode() {
        Some(subcode) => error.subcode(subcode),
        None => error,
    }
}

/// The error for a node that is not there or not for this token.
pub(super) fn no_such_node(ask: &Ask) -> GraphError {
    let verb = if ask.request.starts_with("GET") {
        "get"
    } else {
        "post"
    };
    GraphError::documented(100).subcode(33).title(format!(
        "Unsupported {verb} request. Object with ID '{}' does not exist, cannot be loaded due to \
         missing permissions, or does not support this operation. Please read the Graph API \
         documentation at https://developers.facebook.com/docs/graph-api",
        ask.node
    ))
}

fn answer(world: &World, status: u16, value: &Value) -> Response {
    respond(world, status, webhook::write(value))
}

fn respond(world: &World, status: u16, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("application/json; charset=UTF-8"),
    );
    headers.insert(
        "facebook-api-version",
        header::HeaderValue::from_static("v23.0"),
    );
    for name in ["x-fb-trace-id", "x-fb-request-id"] {
        if let Ok(value) = world.ids.trace().parse() {
            headers.insert(name, value);
        }
    }
    response
}

/// An error in its documented shape; entered in the ledger.
pub(super) fn refuse(world: &World, request: &str, error: &GraphError, body: Value) -> Response {
    let mut response = answer(world, error.http, &error.body(&world.ids.trace()));
    if let Some(seconds) = error.retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    if error.code == 190 {
        let told = header::HeaderValue::from_static(
            "OAuth \"Facebook Platform\" \"invalid_token\" \"Invalid OAuth access token\"",
        );
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, told);
    }
    world.ledger.refuse(Refused {
        request: request.to_owned(),
        code: error.code,
        details: error.details.clone().unwrap_or_else(|| error.title.clone()),
        body,
    });
    response
}

/// What a proxy in front of Meta answers: no JSON.
fn page(status: u16) -> Response {
    let mut response = Response::new(Body::from("<html><title>Error</title></html>"));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let html = header::HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, html);
    response
}

fn hangup() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Hangup);
    response
}

/// A path the Graph API does not have.
pub(super) async fn unknown_path() -> Response {
    let body = json!({ "error": {
        "message": "Unknown path components",
        "type": "OAuthException",
        "code": 2500,
        "fbtrace_id": "A0",
    }});
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}
