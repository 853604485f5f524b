//! Meta's notifications: taken in over HTTP, checked, understood, and answered once they are on disk.

mod intake;
pub mod parse;
pub mod payload;
mod routes;
mod tally;
mod verify;

use std::sync::Arc;
use std::time::Duration;

use common::time::Clock;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;

use crate::beacon::Beacon;
use crate::store::Store;
use crate::vault::keyring::Keyring;

/// How much of this process strangers may use.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The longest body; a longer one gets 413.
    pub body_bytes: usize,
    /// What all bodies in flight may hold together beyond the first 16 KiB of each.
    pub total_bytes: usize,
    /// Connections at once; more wait in the kernel.
    pub connections: usize,
    /// How long a request's head may take, and how long an idle connection is kept.
    pub head: Duration,
    /// How long a body may take.
    pub body: Duration,
    /// How long requests under way may take at the end.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 4 << 20,
            total_bytes: 32 << 20,
            connections: 1024,
            head: Duration::from_secs(10),
            body: Duration::from_secs(30),
            grace: Duration::from_secs(3),
        }
    }
}

/// What the webhook needs of the house.
#[derive(Debug, Clone)]
pub struct WebhookState {
    /// Where notifications go.
    pub store: Store,
    /// Who may sign them.
    pub keyring: Keyring,
    /// How much strangers may use.
    pub limits: Limits,
    /// What this daemon recognises itself by.
    pub beacon: Beacon,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// Serves the webhook until `shutdown`, then lets requests under way end.
pub async fn serve(
    listener: TcpListener,
    state: WebhookState,
    shutdown: impl Future<Output = ()> + Send,
) {
    let limits = state.limits.clone();
    let places = Arc::new(Semaphore::new(limits.connections));
    let app = TowerToHyperService::new(routes::router(state));
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(64 << 10);

    let (end, ending) = watch::channel(());
    let mut open = JoinSet::new();
    tokio::pin!(shutdown);
    loop {
        let (stream, place) = tokio::select! {
            () = &mut shutdown => break,
            Some(_ended) = open.join_next() => continue,
            accepted = accept(&listener, &places) => accepted,
        };
        let connection = builder.serve_connection(TokioIo::new(stream), app.clone());
        let mut ending = ending.clone();
        open.spawn(async move {
            let _place = place;
            tokio::pin!(connection);
            let outcome = tokio::select! {
                outcome = &mut connection => outcome,
                _ended = ending.changed() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(why) = outcome {
                tracing::debug!(%why, "a webhook connection broke off");
            }
        });
    }
    drop((listener, end));
    let all = async { while open.join_next().await.is_some() {} };
    if tokio::time::timeout(limits.grace, all).await.is_err() {
        tracing::warn!("webhook connections were cut off after {:?}", limits.grace);
    }
}

/// The next connection, once there is a place for it.
#[expect(
    clippy::significant_drop_tightening,
    reason = "the place goes with the connection"
)]
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (TcpStream, Option<OwnedSemaphorePermit>) {
    // The semaphore is never closed: without a place there would be no permit to wait for.
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, _peer)) => {
                if let Err(why) = stream.set_nodelay(true) {
                    tracing::debug!(%why, "a connection keeps its small packets back");
                }
                return (stream, place);
            }
            Err(why) => {
                // Mostly too many open files: wait for some to close.
                tracing::warn!(%why, "no webhook connection can be taken for a moment");
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    }
}
