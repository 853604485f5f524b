//! Accepts connections and serves the Graph API on them; a faulty answer may be a closed connection.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::DATE;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use tokio::net::{TcpListener, TcpStream};

use crate::ledger::tally;
use crate::world::World;

/// Marks an answer that is not to be written: the connection is closed instead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hangup;

impl fmt::Display for Hangup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is to be closed")
    }
}

impl std::error::Error for Hangup {}

/// Accepts until the simulation ends.
pub(crate) async fn serve(listener: TcpListener, world: Arc<World>, router: Router) {
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                // A connection that was gone before it was accepted is nobody's loss.
                if let Ok((stream, _)) = accepted {
                    tokio::spawn(connection(stream, Arc::clone(&world), router.clone()));
                }
            }
            () = world.end() => return,
        }
    }
}

async fn connection(stream: TcpStream, world: Arc<World>, router: Router) {
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let inner = TowerToHyperService::new(router);
    let counted = Arc::clone(&world);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        tally(&counted.ledger.counters.requests);
        counted.ledger.nudge();
        let answer = inner.call(request);
        let clock = counted.clock.clone();
        async move { written(answer.await).map(|response| dated(response, clock.now_ms())) }
    });
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        // Callers come and go as they like; how is their business.
        served = connection => drop(served),
        () = world.end() => {}
    }
}

/// Every answer says what time it is at Meta.
fn dated(mut response: Response, now_ms: i64) -> Response {
    let date = Timestamp::from_millisecond(now_ms)
        .ok()
        .and_then(|now| {
            DateTimePrinter::new()
                .timestamp_to_rfc9110_string(&now)
                .ok()
        })
        .and_then(|words| HeaderValue::from_str(&words).ok());
    if let Some(date) = date {
        // A test may have written another one.
        response.headers_mut().entry(DATE).or_insert(date);
    }
    response
}

fn written(answer: Result<Response, Infallible>) -> Result<Response, Hangup> {
    match answer {
        Ok(response) if response.extensions().get::<Hangup>().is_some() => Err(Hangup),
        Ok(response) => Ok(response),
        Err(never) => match never {},
    }
}
