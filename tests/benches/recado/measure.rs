//! Measuring: percentiles, CPU time and memory of a process, the disk's synchronisation.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;

/// A percentile of what was measured, which it sorts.
pub(crate) fn percentile<T: Copy + Ord>(all: &mut [T], per_mille: usize) -> Option<T> {
    all.sort_unstable();
    let last = all.len().checked_sub(1)?;
    all.get((last * per_mille).div_ceil(1000)).copied()
}

/// Half and the worst of a hundred.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Spread {
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
}

impl Spread {
    pub(crate) fn of(mut all: Vec<Duration>) -> Self {
        Self {
            p50: percentile(&mut all, 500).unwrap_or_default(),
            p99: percentile(&mut all, 990).unwrap_or_default(),
        }
    }

    /// In words.
    pub(crate) fn told(self) -> String {
        format!("{} / {}", ms(self.p50), ms(self.p99))
    }
}

/// Milliseconds in words.
pub(crate) fn ms(span: Duration) -> String {
    format!("{:.2} ms", span.as_secs_f64() * 1e3)
}

/// The one in the middle.
pub(crate) fn median(all: &[f64]) -> f64 {
    let mut all = all.to_vec();
    all.sort_unstable_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The median with the least and the most.
pub(crate) fn range(all: &[f64], digits: usize) -> String {
    let (low, high) = all.iter().fold((f64::MAX, f64::MIN), |(low, high), x| {
        (low.min(*x), high.max(*x))
    });
    let middle = median(all);
    format!("{middle:.digits$} [{low:.digits$}..{high:.digits$}]")
}

/// CPU time of a process: user and system, all threads.
pub(crate) fn cpu_of(pid: u32) -> anyhow::Result<Duration> {
    let mut nanos = 0_u64;
    for task in fs::read_dir(format!("/proc/{pid}/task"))? {
        // A thread that ended meanwhile is not counted.
        if let Ok(text) = fs::read_to_string(task?.path().join("schedstat")) {
            nanos += first(&text)?;
        }
    }
    Ok(Duration::from_nanos(nanos))
}

/// CPU time of this thread. The kernel keeps the account when a thread gives way, so it does.
pub(crate) fn cpu_here() -> anyhow::Result<Duration> {
    std::thread::yield_now();
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(Duration::from_nanos(first(&text)?))
}

fn first(text: &str) -> anyhow::Result<u64> {
    let word = text.split_ascii_whitespace().next();
    Ok(word.context("an empty account")?.parse()?)
}

/// A line of `/proc/PID/status` in MiB: `VmRSS`, `VmHWM`.
pub(crate) fn memory_of(pid: u32, key: &str) -> anyhow::Result<f64> {
    let text = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix(key));
    let kib = line.and_then(|line| line.split_ascii_whitespace().next());
    let kib: f64 = kib.context("no such line")?.parse()?;
    Ok(kib / 1024.0)
}

/// Bytes that a process has had written, by `write_bytes` of its account.
pub(crate) fn written_by(pid: u32) -> anyhow::Result<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/io"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("wchar: "));
    Ok(line.context("no such line")?.trim().parse()?)
}

/// How long 4 KiB take to the disk, in this folder.
pub(crate) fn sync_here(folder: &Path, times: usize) -> anyhow::Result<Spread> {
    let path = folder.join("sync.probe");
    let mut file = File::create(&path)?;
    let mut all = Vec::with_capacity(times);
    for _ in 0..times {
        file.write_all(&[7; 4096])?;
        let begin = Instant::now();
        file.sync_data()?;
        all.push(begin.elapsed());
    }
    fs::remove_file(path)?;
    Ok(Spread::of(all))
}
