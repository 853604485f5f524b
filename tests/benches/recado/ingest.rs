//! Durable ingest: against the bare server, against batches of one, and on a grown database.

use std::path::Path;
use std::time::Duration;

use anyhow::ensure;
use recado_tests::load::{self, Listener, Loaded, Post, Traffic};
use rusqlite::{Connection, OpenFlags};
use serde_json::json;

use crate::Plan;
use crate::measure::{self, Spread, median, range};
use crate::report::{Figure, Report, tell};
use crate::server::{Grown, Kind, Server, meta, register, traffic};

/// Connections of the load.
const CONNECTIONS: usize = 64;
/// Customers that write.
const CHATS: u64 = 2_000;

/// One round against one server.
#[derive(Debug, Clone)]
struct Round {
    rate: f64,
    cpu_us: f64,
    waits: Spread,
}

/// recado, the bare server and batches of one, in turn.
pub(crate) async fn run(plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let rounds = plan.size(3, 7);
    let count = plan.size(6_000, 20_000);
    let mut all: [Vec<Round>; 3] = Default::default();
    let mut sync = Vec::new();
    for round in 0..rounds {
        let kinds = [Kind::Recado, Kind::Bare, Kind::One];
        for turn in 0..3 {
            let which = (turn + round) % 3;
            let [recado, bare, one] = &mut all;
            let (Some(kind), Some(into)) =
                (kinds.get(which), [recado, bare, one].into_iter().nth(which))
            else {
                continue;
            };
            let some = if *kind == Kind::One { count / 4 } else { count };
            let done = fresh(*kind, some, round as u64).await?;
            tell(&format!(
                "  {kind:?}: {:.0}/s, {:.0} µs CPU, {}",
                done.rate,
                done.cpu_us,
                done.waits.told()
            ));
            into.push(done);
        }
        sync.push(measure::sync_here(&std::env::temp_dir(), 100)?);
    }
    let [recado, bare, one] = &all;
    let (r, b, o) = (rates(recado), rates(bare), rates(one));
    let cpu = |of: &[Round]| median(&of.iter().map(|x| x.cpu_us).collect::<Vec<_>>());
    let to_bare = ratios(&r, &b);
    let to_one = ratios(&r, &o);
    let sync_p50: Vec<f64> = sync.iter().map(|s| s.p50.as_secs_f64() * 1e3).collect();
    let sync_p99: Vec<f64> = sync.iter().map(|s| s.p99.as_secs_f64() * 1e3).collect();
    report.add(Figure {
        what: "durable ingest, 64 connections, as a part of the bare server's",
        target: "≥ 0.8",
        measured: format!(
            "{} ({} webhooks/s, {:.0} µs CPU each)",
            range(&to_bare, 2),
            range(&r, 0),
            cpu(recado)
        ),
        baseline: format!(
            "bare {} webhooks/s, {:.0} µs CPU; fdatasync p50 {} ms, p99 {} ms",
            range(&b, 0),
            cpu(bare),
            range(&sync_p50, 2),
            range(&sync_p99, 2)
        ),
        met: Some(median(&to_bare) >= 0.8),
        figures: json!({ "recado": r, "bare": b, "ratio": to_bare, "cpu_us": [cpu(recado), cpu(bare)], "fdatasync_p50_ms": sync_p50, "fdatasync_p99_ms": sync_p99 }),
    });
    report.add(Figure {
        what: "durable ingest, times its own batches of one",
        target: "≥ 4",
        measured: range(&to_one, 1),
        baseline: format!(
            "max_batch = 1: {} webhooks/s, {:.0} µs CPU",
            range(&o, 0),
            cpu(one)
        ),
        met: Some(median(&to_one) >= 4.0),
        figures: json!({ "one": o, "ratio": to_one }),
    });
    Ok(())
}

/// recado on a grown database and on an empty one, in turn.
pub(crate) async fn grown(plan: &Plan, grown: &Grown, report: &mut Report) -> anyhow::Result<()> {
    let rounds = plan.size(3, 5);
    let count = plan.size(6_000, 20_000);
    let folder = grown.copy()?;
    let (mut full, mut empty) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        let sim = meta().await?;
        register(&sim);
        let server = Server::start(Kind::Recado, folder.path(), &sim).await?;
        let mut traffic = traffic(500 + round as u64, plan.size(2_000, 5_000) as u64, 3);
        full.push(drive(server, &mut traffic, count).await?.rate);
        let folder = tempfile::tempdir()?;
        let (server, _) = Server::shop(Kind::Recado, folder.path(), &sim, 3).await?;
        let mut other =
            crate::server::traffic(500 + round as u64, plan.size(2_000, 5_000) as u64, 3);
        empty.push(drive(server, &mut other, count).await?.rate);
        tell(&format!(
            "  grown {:?}/s, empty {:?}/s",
            full.last(),
            empty.last()
        ));
    }
    let part = ratios(&full, &empty);
    let what = format!(
        "durable ingest at {} messages, as a part of an empty database's",
        grown.messages
    );
    report.add(Figure {
        what: &what,
        target: "≥ 0.5",
        measured: format!("{} ({} webhooks/s)", range(&part, 2), range(&full, 0)),
        baseline: format!("empty: {} webhooks/s", range(&empty, 0)),
        met: Some(median(&part) >= 0.5),
        figures: json!({ "grown": full, "empty": empty, "ratio": part }),
    });
    Ok(())
}

fn rates(rounds: &[Round]) -> Vec<f64> {
    rounds.iter().map(|round| round.rate).collect()
}

fn ratios(of: &[f64], to: &[f64]) -> Vec<f64> {
    of.iter().zip(to).map(|(a, b)| a / b).collect()
}

/// One round on an empty database.
async fn fresh(kind: Kind, count: usize, seed: u64) -> anyhow::Result<Round> {
    let folder = tempfile::Builder::new().prefix("recado-bench-").tempdir()?;
    let sim = meta().await?;
    let server = if kind == Kind::Bare {
        Server::start(kind, folder.path(), &sim).await?
    } else {
        Server::shop(kind, folder.path(), &sim, 1).await?.0
    };
    drive(server, &mut traffic(seed, CHATS, 1), count).await
}

/// Posts so much mixed traffic, then compares what was acknowledged with what is on the disk.
async fn drive(server: Server, traffic: &mut Traffic, count: usize) -> anyhow::Result<Round> {
    let path = server.path();
    let is_bare = path == load::BARE_PATH;
    let before = rows(&server.database())?;
    let mut echoes = Vec::new();
    for _ in 0..=(count / 4_000) {
        echoes.push(traffic.echoes(800).request(&path));
    }
    let posts: Vec<Post> = (0..count).map(|_| traffic.mixed()).collect();
    let (acked_echoes, messages) = (
        echoes.len(),
        posts.iter().map(|p| p.messages).sum::<usize>(),
    );
    load::closed(&server.address, echoes, 1).await?;
    let requests = posts.iter().map(|post| post.request(&path)).collect();
    drop(posts);
    let listener = if is_bare {
        None
    } else {
        Some(Listener::open(&server.socket()).await?)
    };
    let cpu = measure::cpu_of(server.pid())?;
    let loaded = load::closed(&server.address, requests, CONNECTIONS).await?;
    let cpu = measure::cpu_of(server.pid())?.saturating_sub(cpu);
    check(&loaded, listener.as_ref(), count)?;
    let database = server.database();
    server.stop().await?;
    let after = rows(&database)?;
    let stored = (after.0 - before.0, after.1 - before.1);
    ensure!(
        stored == (acked_echoes * 800 + messages, acked_echoes + count),
        "{stored:?} messages and bodies are stored, {} and {} were acknowledged",
        acked_echoes * 800 + messages,
        acked_echoes + count
    );
    #[expect(clippy::cast_precision_loss, reason = "a count of webhooks")]
    let cpu_us = cpu.as_secs_f64() * 1e6 / count as f64;
    Ok(Round {
        rate: loaded.rate(),
        cpu_us,
        waits: Spread::of(loaded.waits),
    })
}

fn check(loaded: &Loaded, listener: Option<&Listener>, count: usize) -> anyhow::Result<()> {
    ensure!(
        loaded.acked == count,
        "{} of {count} were acknowledged",
        loaded.acked
    );
    ensure!(loaded.took > Duration::ZERO, "no time passed");
    if let Some(listener) = listener {
        ensure!(listener.bytes() > 0, "no event came");
    }
    Ok(())
}

/// Messages and bodies in a database; none where there is none yet.
fn rows(database: &Path) -> anyhow::Result<(usize, usize)> {
    if !database.exists() {
        return Ok((0, 0));
    }
    let conn = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.execute_batch("PRAGMA busy_timeout = 5000")?;
    let count = |table: &str| {
        let sql = format!("SELECT count(*) FROM {table}");
        let count: i64 = conn.query_row(&sql, [], |row| row.get(0))?;
        anyhow::Ok(usize::try_from(count)?)
    };
    Ok((count("messages")?, count("journal")?))
}
