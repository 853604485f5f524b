//! One event to a hundred consoles, one of which never reads.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use recado_tests::load;
use serde_json::json;
use tokio::io::AsyncReadExt;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::Plan;
use crate::measure::Spread;
use crate::report::{Figure, Report};
use crate::server::{Kind, Server, meta, traffic};

/// Webhooks a second.
const RATE: u32 = 100;

/// When a mark came to one of them.
type Seen = (u32, Instant);

pub(crate) async fn run(plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let count = plan.size(400, 2_000);
    let folder = tempfile::Builder::new().prefix("recado-bench-").tempdir()?;
    let sim = meta().await?;
    let (server, _) = Server::shop(Kind::Recado, folder.path(), &sim, 1).await?;
    let (mut one, mut hundred, mut stuck) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..plan.size(2, 5) {
        let seed = 10 * round as u64;
        one.extend(once(&server, (1, false), count, seed).await?);
        hundred.extend(once(&server, (100, false), count, seed + 1).await?);
        stuck.extend(once(&server, (100, true), count, seed + 2).await?);
    }
    let (one, hundred, stuck) = (Spread::of(one), Spread::of(hundred), Spread::of(stuck));
    report.add(Figure {
        what: "200 to the event at the last of 100 subscribers, p50 / p99",
        target: "p50 ≤ 1 ms",
        measured: hundred.told(),
        baseline: format!("one subscriber: {}", one.told()),
        met: Some(hundred.p50 <= Duration::from_millis(1)),
        figures: json!({ "p50_us": hundred.p50.as_micros(), "p99_us": hundred.p99.as_micros(), "one_p50_us": one.p50.as_micros() }),
    });
    let no_worse = stuck.p50 <= hundred.p50.mul_f64(1.5) + Duration::from_micros(200);
    report.add(Figure {
        what: "the same beside one that never reads",
        target: "no change",
        measured: stuck.told(),
        baseline: format!("all read: {}", hundred.told()),
        met: Some(no_worse),
        figures: json!({ "p50_us": stuck.p50.as_micros(), "p99_us": stuck.p99.as_micros() }),
    });
    server.stop().await
}

/// How long after its 200 each event was at the last of so many subscribers.
async fn once(
    server: &Server,
    (readers, stuck): (usize, bool),
    count: usize,
    seed: u64,
) -> anyhow::Result<Vec<Duration>> {
    // Held until the end of the round; nobody reads from it.
    let silent = if stuck {
        Some(load::follow(&server.socket()).await?)
    } else {
        None
    };
    let socket = server.socket();
    let (told, seen) = channel();
    let (stop, stopped) = oneshot::channel::<()>();
    let (ready, is_ready) = oneshot::channel::<()>();
    let desk = thread::Builder::new()
        .name("subscribers".to_owned())
        .spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(subscribe(socket, readers, told, ready, stopped))
        })?;
    is_ready.await.context("the subscribers did not connect")?;
    let mut traffic = traffic(seed, 200, 1);
    let path = server.path();
    let requests = (0..count).map(|i| {
        traffic
            .text(i as u64 % 200, &load::marked(i))
            .request(&path)
    });
    let acked = load::open(&server.address, requests.collect(), RATE, 4).await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    drop(stop);
    drop(silent);
    tokio::task::spawn_blocking(move || desk.join())
        .await?
        .ok()
        .context("the subscribers broke")??;
    let mut last: Vec<(usize, Option<Instant>)> = vec![(0, None); acked.len()];
    for (mark, at) in seen {
        if let Some(place) = usize::try_from(mark)
            .ok()
            .and_then(|mark| last.get_mut(mark))
        {
            *place = (place.0 + 1, place.1.max(Some(at)));
        }
    }
    let whole = last.iter().all(|(times, _)| *times == readers);
    ensure!(whole, "an event did not come to all {readers}");
    let waits = acked.iter().zip(last);
    Ok(waits
        .filter_map(|(acked, (_, last))| Some(last?.saturating_duration_since(*acked)))
        .collect())
}

async fn subscribe(
    socket: PathBuf,
    readers: usize,
    told: Sender<Seen>,
    ready: oneshot::Sender<()>,
    stopped: oneshot::Receiver<()>,
) -> anyhow::Result<()> {
    let mut all = JoinSet::new();
    for _ in 0..readers {
        let mut stream = load::follow(&socket).await?;
        // The head of the answer: from now on it follows.
        let mut room = Vec::with_capacity(16 * 1024);
        stream.read_buf(&mut room).await?;
        let told = told.clone();
        all.spawn(async move {
            let mut known = HashSet::new();
            while let Ok(1..) = stream.read_buf(&mut room).await {
                let now = Instant::now();
                let end = room
                    .windows(2)
                    .rposition(|w| w == b"\n\n")
                    .map_or(0, |at| at + 2);
                let text =
                    String::from_utf8_lossy(room.get(..end).unwrap_or_default()).into_owned();
                for mark in load::marks(&text) {
                    // The chat's event says the message's mark once more.
                    if known.insert(mark) {
                        let _done = told.send((mark, now));
                    }
                }
                room.drain(..end);
            }
        });
    }
    drop(told);
    let _waiting = ready.send(());
    let _ended = stopped.await;
    all.shutdown().await;
    Ok(())
}
