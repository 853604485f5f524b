//! The three doors of the webhook port: the handshake, the notifications, and whether all is well.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use common::id::AppId;
use serde::Deserialize;
use tracing::Instrument;

use crate::beacon::{NOT_MINE, OWN};
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::store::{Commit, Journal};
use crate::webhook::WebhookState;
use crate::webhook::intake::{Declined, Intake, Taken, discard};
use crate::webhook::parse::{Reading, read};
use crate::webhook::payload::json::NotJson;
use crate::webhook::tally::Tally;
use crate::webhook::verify::{knows_token, signature, signer};

/// Longer bodies are read on a thread of their own, so that nobody's short one waits for them.
const LONG_BODY: usize = 256 << 10;

/// What every request needs.
#[derive(Debug)]
struct Desk {
    state: WebhookState,
    intake: Intake,
    unsigned: Tally,
    unknown: Tally,
    turned_away: Tally,
}

/// The routes of the webhook port.
pub(super) fn router(state: WebhookState) -> Router {
    let desk = Desk {
        intake: Intake::new(&state.limits),
        state,
        unsigned: Tally::default(),
        unknown: Tally::default(),
        turned_away: Tally::default(),
    };
    Router::new()
        .route("/webhooks/meta/{app_id}", get(handshake).post(delivery))
        .route("/.well-known/recado/{nonce}", get(itself))
        .route("/healthz", get(|| async { plain(StatusCode::OK, "ok\n") }))
        .route("/readyz", get(ready))
        .with_state(Arc::new(desk))
}

#[derive(Debug, Default, Deserialize)]
struct Handshake {
    #[serde(rename = "hub.mode")]
    mode: Option<String>,
    #[serde(rename = "hub.verify_token")]
    verify_token: Option<String>,
    #[serde(rename = "hub.challenge")]
    challenge: Option<String>,
}

/// Meta asks whether this is the place: who knows the verify token gets the challenge back.
async fn handshake(
    State(desk): State<Arc<Desk>>,
    Path(app): Path<AppId>,
    asked: Result<Query<Handshake>, QueryRejection>,
) -> Response {
    let Some(keys) = desk.state.keyring.app(&app) else {
        return desk.unknown_app();
    };
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let subscribes = asked.mode.as_deref() == Some("subscribe");
    let known = knows_token(&keys, asked.verify_token.as_deref().unwrap_or_default());
    let (true, true, Some(challenge)) = (subscribes, known, asked.challenge) else {
        tracing::warn!(%app, "a handshake had the wrong verify token: compare it with the one in Meta's app dashboard");
        return plain(StatusCode::FORBIDDEN, "wrong verify token\n");
    };
    tracing::info!(%app, "Meta's handshake succeeded");
    plain(StatusCode::OK, challenge)
}

/// Takes a notification: 200 says that it is on the disk.
async fn delivery(
    State(desk): State<Arc<Desk>>,
    Path(app): Path<AppId>,
    request: Request,
) -> Response {
    let span = tracing::debug_span!("delivery", %app);
    desk.deliver(app, request).instrument(span).await
}

/// Tells this daemon from every other server: it answers the nonces that it gave out, and no other.
async fn itself(State(desk): State<Arc<Desk>>, Path(nonce): Path<String>) -> Response {
    match desk.state.beacon.answer(&nonce) {
        Some(answer) => plain(StatusCode::OK, answer),
        None => plain(StatusCode::NOT_FOUND, NOT_MINE),
    }
}

async fn ready(State(desk): State<Arc<Desk>>) -> Response {
    if desk.state.store.is_writable() {
        plain(StatusCode::OK, "ok\n")
    } else {
        later(10, "the database cannot be written\n")
    }
}

impl Desk {
    async fn deliver(&self, app: AppId, request: Request) -> Response {
        let (head, body) = request.into_parts();
        let Some(keys) = self.state.keyring.app(&app) else {
            discard(body).await;
            return self.unknown_app();
        };
        let header = head.headers.get("x-hub-signature-256");
        let Some(signature) = header.and_then(|header| signature(header.as_bytes())) else {
            discard(body).await;
            return self.unsigned(&app);
        };
        let Taken { bytes, share } = match self.take(&head.headers, body).await {
            Ok(taken) => taken,
            Err(declined) => return self.declined(declined),
        };
        let Some(numbers) = signer(&keys, &bytes, &signature) else {
            // What the doctor sends to itself says nothing of Meta.
            if !head.headers.contains_key(OWN) {
                self.state.beacon.refused(&app, self.state.clock.now());
            }
            return self.unsigned(&app);
        };
        if self.state.beacon.takes(&bytes) {
            return self.own_delivery();
        }
        self.state.beacon.accepted(&app);
        let (body, reading) = match reading(bytes).await {
            Ok(read) => read,
            Err(Unread::NotJson(why)) => {
                tracing::warn!(%app, %why, "a signed notification is no JSON");
                return plain(StatusCode::BAD_REQUEST, "not JSON\n");
            }
            Err(Unread::Stopping) => return later(5, "recadod is stopping\n"),
        };
        let (bytes, facts) = (body.len(), reading.facts.len());
        let unread = reading.unread.is_some();
        let commit = Commit {
            scope: Scope::meta(numbers),
            journal: Some(Journal { app, body }),
            facts: reading.facts,
        };
        let stored = self.state.store.commit(commit).await;
        drop(share);
        match stored {
            Ok(receipt) => {
                tracing::debug!(bytes, facts, unread, seq = %receipt.seq, "stored");
                plain(StatusCode::OK, "")
            }
            Err(why) => self.turned_away(&why),
        }
    }

    /// What the doctor sent to itself is no notification: nothing of it is stored.
    fn own_delivery(&self) -> Response {
        if self.state.store.is_writable() {
            plain(StatusCode::OK, "")
        } else {
            later(10, "the database cannot be written\n")
        }
    }

    async fn take(&self, headers: &HeaderMap, body: Body) -> Result<Taken, Declined> {
        let announced = headers
            .get(header::CONTENT_LENGTH)
            .and_then(|l| l.to_str().ok()?.parse().ok());
        if !self.intake.allows(announced) {
            // Who asks first whether to send it needs no more than the answer.
            if !headers.contains_key(header::EXPECT) {
                discard(body).await;
            }
            return Err(Declined::TooLong);
        }
        self.intake.take(body, announced).await
    }

    fn unknown_app(&self) -> Response {
        if let Some(count) = self.unknown.count() {
            tracing::warn!(
                count,
                "requests came for an app that no number belongs to: compare the address in Meta's app dashboard with recado's numbers"
            );
        }
        plain(StatusCode::NOT_FOUND, "no number belongs to this app\n")
    }

    fn unsigned(&self, app: &AppId) -> Response {
        if let Some(count) = self.unsigned.count() {
            tracing::warn!(count, %app, "notifications came with a wrong signature or none: if they are Meta's, give recado the app's secret anew");
        }
        plain(StatusCode::UNAUTHORIZED, "wrong signature\n")
    }

    fn declined(&self, declined: Declined) -> Response {
        tracing::debug!(?declined, "a body was not taken");
        match declined {
            Declined::TooLong => plain(StatusCode::PAYLOAD_TOO_LARGE, "too long\n"),
            Declined::TooSlow => plain(StatusCode::REQUEST_TIMEOUT, "too slow\n"),
            Declined::Broken => plain(StatusCode::BAD_REQUEST, "broken off\n"),
            Declined::Crowded => {
                if let Some(count) = self.turned_away.count() {
                    tracing::warn!(
                        count,
                        "notifications were turned away because too much is in flight"
                    );
                }
                later(2, "too much is in flight\n")
            }
        }
    }

    /// Not stored: Meta keeps it and comes again.
    fn turned_away(&self, why: &StoreError) -> Response {
        if let Some(count) = self.turned_away.count() {
            tracing::error!(count, %why, "notifications were not stored; Meta will send them again");
        }
        match why {
            StoreError::Busy => later(1, "too much waits to be written\n"),
            StoreError::Full(_) => later(10, "the database cannot be written\n"),
            _ => later(5, "not stored\n"),
        }
    }
}

/// Why a body was not read.
enum Unread {
    NotJson(NotJson),
    Stopping,
}

/// Reads a body, a long one away from the others; gives the body back with it.
async fn reading(body: Vec<u8>) -> Result<(Vec<u8>, Reading), Unread> {
    if body.len() < LONG_BODY {
        let reading = read(&body).map_err(Unread::NotJson)?;
        return Ok((body, reading));
    }
    let task = tokio::task::spawn_blocking(move || read(&body).map(|reading| (body, reading)));
    task.await
        .map_err(|_ended| Unread::Stopping)?
        .map_err(Unread::NotJson)
}

/// A short answer that no browser takes for a page.
fn plain(status: StatusCode, words: impl Into<Body>) -> Response {
    let mut response = (status, words.into()).into_response();
    let headers = response.headers_mut();
    let text = HeaderValue::from_static("text/plain; charset=utf-8");
    let _before = headers.insert(header::CONTENT_TYPE, text);
    let nosniff = HeaderValue::from_static("nosniff");
    let _before = headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    response
}

/// 503 with the seconds after which to come again.
fn later(seconds: u32, words: &'static str) -> Response {
    let mut response = plain(StatusCode::SERVICE_UNAVAILABLE, words);
    let _before = response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}
