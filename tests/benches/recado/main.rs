//! The benchmarks: `cargo bench -p recado-tests --bench recado [-- [--full] [NAME…]]`.
//!
//! Every figure stands beside its baseline of the same run. Small sizes by default, the real ones with `--full`.
#![allow(clippy::similar_names, reason = "short names that say what they are")]

mod crowd;
mod fanout;
mod frames;
mod ingest;
mod latency;
mod mall;
mod measure;
mod media;
mod memory;
mod outbox;
mod pictures;
mod queries;
mod report;
mod server;
mod sifting;

use std::path::PathBuf;

use crate::report::Report;
use crate::server::Grown;

/// What is run, and how large.
#[derive(Debug)]
struct Plan {
    full: bool,
    names: Vec<String>,
    /// A folder that grown databases are kept in for the next run.
    keep: Option<PathBuf>,
}

impl Plan {
    fn wants(&self, name: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|n| n == name)
    }

    /// A size: the real one, or a small one.
    const fn size(&self, small: usize, real: usize) -> usize {
        if self.full { real } else { small }
    }
}

fn main() -> anyhow::Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().is_some_and(|word| word == server::WORD) {
        return server::child(args.split_off(1));
    }
    let plan = Plan {
        full: args.iter().any(|a| a == "--full"),
        names: args.into_iter().filter(|a| !a.starts_with('-')).collect(),
        keep: std::env::var_os("RECADO_BENCH_KEEP").map(PathBuf::from),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run(&plan))
}

async fn run(plan: &Plan) -> anyhow::Result<()> {
    let mut report = Report::default();
    if plan.wants("ingest") {
        ingest::run(plan, &mut report).await?;
    }
    if plan.wants("outbox") {
        outbox::run(plan, &mut report).await?;
    }
    if plan.wants("mall") {
        mall::run(plan, &mut report).await?;
    }
    if plan.wants("frames") {
        frames::run(plan, &mut report).await?;
    }
    if plan.wants("crowd") {
        crowd::run(plan, &mut report).await?;
    }
    if plan.wants("pictures") {
        pictures::run(plan, &mut report).await?;
    }
    if plan.wants("sifting") {
        sifting::run(&mut report);
    }
    if plan.wants("latency") {
        latency::run(plan, &mut report).await?;
    }
    if plan.wants("fanout") {
        fanout::run(plan, &mut report).await?;
    }
    if plan.wants("media") {
        media::run(plan, &mut report).await?;
    }
    let grown = ["queries", "memory", "grown"];
    if grown.iter().any(|name| plan.wants(name)) {
        let grown = Grown::make(plan, &mut report).await?;
        if plan.wants("queries") {
            queries::run(plan, &grown, &mut report).await?;
        }
        if plan.wants("memory") {
            memory::run(plan, &grown, &mut report).await?;
        }
        if plan.wants("grown") {
            ingest::grown(plan, &grown, &mut report).await?;
        }
    }
    report.print(plan.full)
}
