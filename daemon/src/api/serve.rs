//! Serves the API at its doors until the daemon stops.

use std::future::IntoFuture;
use std::io;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;
use axum::serve::Listener;
use tokio::sync::watch;

use crate::api::door::{TcpDoor, UnixDoor};
use crate::api::peer::Caller;
use crate::api::{ApiState, router};

/// How long answers under way may take once the daemon stops.
const GRACE: Duration = Duration::from_secs(2);

/// Serves at the socket, and at the TCP port where there is one. Returns once `state.stop` is true
/// and every answer under way has been given; the socket's file is gone then.
pub async fn serve(unix: UnixDoor, tcp: Option<TcpDoor>, state: ApiState) -> io::Result<()> {
    let local = through(unix, state.clone());
    match tcp {
        None => local.await,
        Some(tcp) => {
            let (local, tcp) = tokio::join!(local, through(tcp, state));
            local.and(tcp)
        }
    }
}

async fn through<L>(door: L, state: ApiState) -> io::Result<()>
where
    L: Listener<Addr = Caller>,
    Caller: for<'a> Connected<IncomingStream<'a, L>>,
{
    let stop = state.stop.clone();
    let service = router(state).into_make_service_with_connect_info::<Caller>();
    let served = axum::serve(door, service).with_graceful_shutdown(stopped(stop.clone()));
    let patience = async {
        stopped(stop).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = served.into_future() => served,
        // Somebody does not read their answer: they have had their time.
        () = patience => Ok(()),
    }
}

/// Returns when the daemon stops, or when nobody is left to say so.
pub(crate) async fn stopped(mut stop: watch::Receiver<bool>) {
    stop.wait_for(|stop| *stop).await.ok();
}
