//! Where the daemon tells what it does: standard error for people or programs, or systemd's journal. Never secrets, never a message's words.

use std::env;
use std::io::{self, IsTerminal};
use std::os::unix::fs::MetadataExt;

use config::daemon::{Format, Level};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry, fmt, reload};

/// Changes the level while the daemon runs.
#[derive(Debug, Clone)]
pub struct Log(reload::Handle<LevelFilter, Registry>);

impl Log {
    /// From now on this level.
    pub fn set(&self, level: Level) {
        if let Err(error) = self.0.reload(filter(level)) {
            tracing::warn!(%error, "the log level stays as it was");
        }
    }
}

/// Starts the log of this process; a second start is refused by returning `None`.
pub fn start(level: Level, format: Format) -> Option<Log> {
    let (filter, handle) = reload::Layer::new(filter(level));
    let layer: Box<dyn Layer<_> + Send + Sync> = match resolved(format) {
        Format::Journald => match tracing_journald::layer() {
            Ok(journal) => Box::new(journal),
            Err(_away) => Box::new(fmt::layer().with_writer(io::stderr).json()),
        },
        Format::Json => Box::new(fmt::layer().with_writer(io::stderr).json()),
        Format::Pretty | Format::Auto => Box::new(
            fmt::layer()
                .with_writer(io::stderr)
                .with_target(false)
                .with_ansi(io::stderr().is_terminal()),
        ),
    };
    tracing_subscriber::registry()
        .with(filter)
        .with(layer)
        .try_init()
        .ok()?;
    Some(Log(handle))
}

/// The journal where systemd listens, words for people on a terminal, JSON elsewhere.
fn resolved(format: Format) -> Format {
    match format {
        Format::Auto if into_journal() => Format::Journald,
        Format::Auto if io::stderr().is_terminal() => Format::Pretty,
        Format::Auto => Format::Json,
        named => named,
    }
}

/// Whether standard error goes to systemd's journal: `$JOURNAL_STREAM` holds its device and inode.
fn into_journal() -> bool {
    let Ok(stream) = env::var("JOURNAL_STREAM") else {
        return false;
    };
    std::fs::metadata("/proc/self/fd/2")
        .is_ok_and(|file| stream == format!("{}:{}", file.dev(), file.ino()))
}

const fn filter(level: Level) -> LevelFilter {
    match level {
        Level::Error => LevelFilter::ERROR,
        Level::Warn => LevelFilter::WARN,
        Level::Info => LevelFilter::INFO,
        Level::Debug => LevelFilter::DEBUG,
        Level::Trace => LevelFilter::TRACE,
    }
}
