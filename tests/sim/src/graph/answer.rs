//! The shape of answers: JSON, documented errors, pages, closed connections.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use crate::app::TokenDeath;
use crate::error::GraphError;
use crate::ledger::Refused;
use crate::server::Hangup;
use crate::webhook;
use crate::world::World;

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

pub(super) fn answer(world: &World, status: u16, value: &Value) -> Response {
    respond(world, status, webhook::write(value))
}

pub(super) fn respond(world: &World, status: u16, bytes: Vec<u8>) -> Response {
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
pub(super) fn page(status: u16) -> Response {
    let mut response = Response::new(Body::from("<html><title>Error</title></html>"));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let html = header::HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, html);
    response
}

pub(super) fn hangup() -> Response {
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
