//! The sign that the daemon stops; every part watches it.

use tokio::sync::watch;

/// Returns when the daemon stops, or when nobody is left to say so.
pub(crate) async fn stopped(stop: &mut watch::Receiver<bool>) {
    // The guard of the value must not outlive this line, or no future that waits could move between threads.
    stop.wait_for(|stop| *stop).await.map(|_stopping| ()).ok();
}
