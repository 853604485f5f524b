//! The settings of recadod: what there is, what each may be, which hold at once when they change.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::path::Surroundings;

/// The shipped sample: every key with its default, commented out.
pub const SAMPLE: &str = include_str!("../defaults/recado.toml");

const MIB: u64 = 1024 * 1024;
/// The longest path that a Unix socket can have.
const SOCKET_PATH: usize = 107;

/// The settings of recadod.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Database, media, backups.
    pub data_dir: PathBuf,
    /// The local API's socket.
    pub socket: PathBuf,
    /// Where webhooks come in.
    pub webhook_listen: SocketAddr,
    /// What Meta calls; `None` where nobody said.
    pub public_url: Option<String>,
    /// Meta's Graph API, without a slash at its end.
    pub graph_base_url: String,
    /// Its version.
    pub graph_version: String,
    /// Certificate authorities trusted beside the system's; `None` for none.
    pub extra_ca: Option<PathBuf>,
    /// The age identity file; `None` for the default place.
    pub identity: Option<PathBuf>,
    /// The API over TCP; `None` for the socket alone.
    pub api_listen: Option<SocketAddr>,
    /// The account that operators' SSH keys come in through; `None` for the daemon's own.
    pub ssh_account: Option<String>,
    /// Larger media waits until somebody opens it.
    pub auto_download_max: u64,
    /// How long media is kept.
    pub keep: Keep,
    /// What is run on warnings and errors; `None` for nothing.
    pub watch_hook: Option<PathBuf>,
    /// What is logged.
    pub log_level: Level,
    /// How it is logged.
    pub log_format: Format,
    /// The file read, where there was one; else the place where one would be read.
    pub file: PathBuf,
    /// Where each value that is not a default comes from.
    pub(crate) sources: BTreeMap<&'static str, Source>,
}

/// Where a value comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Source {
    /// Nobody said.
    #[default]
    Default,
    /// The file, at this line.
    File(usize),
    /// This variable.
    Environment(String),
    /// The command line.
    Flag,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(line) => write!(f, "line {line}"),
            Self::Environment(name) => f.write_str(name),
            Self::Flag => f.write_str("command line"),
        }
    }
}

/// How long media is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// For good.
    Forever,
    /// So many days.
    Days(u32),
    /// So many bytes in all.
    Bytes(u64),
}

impl Keep {
    /// The span, where there is an end.
    pub fn span(self) -> Option<Duration> {
        match self {
            Self::Forever | Self::Bytes(_) => None,
            Self::Days(days) => Some(Duration::from_hours(24 * u64::from(days))),
        }
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$inner])* $variant,)* }

        impl $name {
            /// The word in the configuration.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

words! {
    /// What is logged.
    Level {
        /// A person must act.
        Error = "error",
        /// It healed.
        Warn = "warn",
        /// Starts, stops, changes.
        Info = "info",
        /// Each step.
        Debug = "debug",
        /// Everything.
        Trace = "trace",
    }
}

words! {
    /// How it is logged.
    Format {
        /// journald under systemd, colours on a terminal, JSON elsewhere.
        Auto = "auto",
        /// For people.
        Pretty = "pretty",
        /// For programs.
        Json = "json",
        /// Straight to systemd's journal.
        Journald = "journald",
    }
}

/// Everything to know of one key.
pub(crate) struct Key {
    /// `section.key`.
    pub(crate) name: &'static str,
    /// Whether a change holds at once.
    pub(crate) live: bool,
    /// What it may be, to end the sentence "It must be …".
    pub(crate) allowed: &'static str,
    /// Whether a bare number is meant too.
    pub(crate) number: bool,
    /// Sets it; false where the text is none of the allowed values.
    pub(crate) set: fn(&mut Settings, &str, &Setting<'_>) -> bool,
    /// The value as it would stand in the file.
    pub(crate) get: fn(&Settings) -> String,
}

/// What a value's meaning may depend on.
pub(crate) struct Setting<'a> {
    pub(crate) surroundings: &'a Surroundings,
    /// Relative paths begin here.
    pub(crate) base: &'a Path,
}

impl Setting<'_> {
    fn path(&self, text: &str) -> PathBuf {
        self.surroundings.absolute(text, self.base)
    }
}

/// Puts a parsed value where it belongs; false where there is none.
fn put<T>(place: &mut T, value: Option<T>) -> bool {
    value.is_some_and(|value| {
        *place = value;
        true
    })
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[rustfmt::skip]
pub(crate) const KEYS: [Key; 15] = [
    Key { name: "daemon.data_dir", live: false, number: false, allowed: "the path of a directory, \"/var/lib/recado\" for example",
        set: |s, t, at| put(&mut s.data_dir, (!t.is_empty()).then(|| at.path(t))), get: |s| shown(&s.data_dir) },
    Key { name: "daemon.socket", live: false, number: false, allowed: "a path of at most 107 bytes, \"/run/recado/recado.sock\" for example",
        set: |s, t, at| put(&mut s.socket, socket(t, at)), get: |s| shown(&s.socket) },
    Key { name: "webhook.listen", live: false, number: false, allowed: "an address and a port, \"127.0.0.1:8480\" for example; port 0 takes any free one",
        set: |s, t, _| put(&mut s.webhook_listen, address(t)), get: |s| s.webhook_listen.to_string() },
    Key { name: "webhook.public_url", live: true, number: false, allowed: "empty, or the address that Meta calls, \"https://wa.example.com\" for example",
        set: |s, t, _| put(&mut s.public_url, if t.is_empty() { Some(None) } else { url(t).map(Some) }), get: |s| s.public_url.clone().unwrap_or_default() },
    Key { name: "graph.base_url", live: true, number: false, allowed: "an address that begins with https://, \"https://graph.facebook.com\" for example",
        set: |s, t, _| put(&mut s.graph_base_url, url(t)), get: |s| s.graph_base_url.clone() },
    Key { name: "graph.version", live: true, number: false, allowed: "a version of the Graph API, \"v23.0\" for example",
        set: |s, t, _| put(&mut s.graph_version, version(t)), get: |s| s.graph_version.clone() },
    Key { name: "tls.extra_ca", live: false, number: false, allowed: "empty, or the path of a PEM file with certificates",
        set: |s, t, at| put(&mut s.extra_ca, Some((!t.is_empty()).then(|| at.path(t)))), get: |s| s.extra_ca.as_deref().map(shown).unwrap_or_default() },
    Key { name: "vault.identity", live: false, number: false, allowed: "empty, or the path of an age identity file",
        set: |s, t, at| put(&mut s.identity, Some((!t.is_empty()).then(|| at.path(t)))), get: |s| s.identity.as_deref().map(shown).unwrap_or_default() },
    Key { name: "api.listen", live: false, number: false, allowed: "empty, or an address and a port, \"127.0.0.1:8481\" for example",
        set: |s, t, _| put(&mut s.api_listen, if t.is_empty() { Some(None) } else { address(t).map(Some) }), get: |s| s.api_listen.map(|a| a.to_string()).unwrap_or_default() },
    Key { name: "api.ssh_account", live: false, number: false, allowed: "empty, or the name of an account of this machine, \"recado-desk\" for example",
        set: |s, t, _| put(&mut s.ssh_account, account(t)), get: |s| s.ssh_account.clone().unwrap_or_default() },
    Key { name: "media.auto_download_max", live: true, number: true, allowed: "a size: \"16 MiB\", \"500 kB\", or bytes as a number; 0 fetches nothing by itself",
        set: |s, t, _| put(&mut s.auto_download_max, size(t)), get: |s| size_shown(s.auto_download_max) },
    Key { name: "media.keep", live: true, number: false, allowed: "\"forever\", a number of days: \"90 days\", or a size of all together: \"20 GiB\"",
        set: |s, t, _| put(&mut s.keep, keep(t)), get: |s| keep_shown(s.keep) },
    Key { name: "watch.hook", live: false, number: false, allowed: "empty, or the path of a program",
        set: |s, t, at| put(&mut s.watch_hook, Some((!t.is_empty()).then(|| at.path(t)))), get: |s| s.watch_hook.as_deref().map(shown).unwrap_or_default() },
    Key { name: "log.level", live: true, number: false, allowed: "\"error\", \"warn\", \"info\", \"debug\" or \"trace\"",
        set: |s, t, _| put(&mut s.log_level, Level::parse(t)), get: |s| s.log_level.as_str().to_owned() },
    Key { name: "log.format", live: false, number: false, allowed: "\"auto\", \"pretty\", \"json\" or \"journald\"",
        set: |s, t, _| put(&mut s.log_format, Format::parse(t)), get: |s| s.log_format.as_str().to_owned() },
];

impl Settings {
    /// What holds where nobody says anything.
    pub fn defaults(surroundings: &Surroundings) -> Self {
        Self {
            data_dir: surroundings.data_dir(),
            socket: surroundings.socket(),
            webhook_listen: SocketAddr::from(([127, 0, 0, 1], 8480)),
            public_url: None,
            graph_base_url: "https://graph.facebook.com".to_owned(),
            graph_version: "v23.0".to_owned(),
            extra_ca: None,
            identity: None,
            api_listen: None,
            ssh_account: None,
            auto_download_max: 16 * MIB,
            keep: Keep::Forever,
            watch_hook: None,
            log_level: Level::Info,
            log_format: Format::Auto,
            file: surroundings.daemon_config(),
            sources: BTreeMap::new(),
        }
    }

    /// Every key with its value and where that comes from, in the order of the file.
    pub fn list(&self) -> Vec<(&'static str, String, Source)> {
        let source = |key: &Key| self.sources.get(key.name).cloned().unwrap_or_default();
        KEYS.iter()
            .map(|key| (key.name, (key.get)(self), source(key)))
            .collect()
    }

    /// The keys whose value differs in `new`: those that hold at once, and those that need a start.
    pub fn changed(&self, new: &Self) -> (Vec<String>, Vec<String>) {
        let differs = |key: &&Key| (key.get)(self) != (key.get)(new);
        let (live, start): (Vec<&Key>, Vec<&Key>) =
            KEYS.iter().filter(differs).partition(|key| key.live);
        let names = |keys: Vec<&Key>| keys.into_iter().map(|key| key.name.to_owned()).collect();
        (names(live), names(start))
    }

    /// These settings with the keys of `new` that can change while the daemon runs.
    #[must_use]
    pub fn with_live(&self, new: &Self) -> Self {
        Self {
            public_url: new.public_url.clone(),
            graph_base_url: new.graph_base_url.clone(),
            graph_version: new.graph_version.clone(),
            auto_download_max: new.auto_download_max,
            keep: new.keep,
            log_level: new.log_level,
            ..self.clone()
        }
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.data_dir.join("recado.db")
    }
}

fn socket(text: &str, at: &Setting<'_>) -> Option<PathBuf> {
    let path = at.path(text);
    (!text.is_empty() && path.as_os_str().len() <= SOCKET_PATH).then_some(path)
}

fn address(text: &str) -> Option<SocketAddr> {
    let numeric = text
        .strip_prefix("localhost:")
        .map(|port| format!("127.0.0.1:{port}"));
    numeric.as_deref().unwrap_or(text).parse().ok()
}

/// The name of a Unix account, or none for an empty text; the outer `None` is a wrong one.
#[expect(clippy::option_option, reason = "empty and wrong are two things")]
fn account(text: &str) -> Option<Option<String>> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let good = text.len() <= 32 && text.chars().all(fits) && !text.starts_with('-');
    good.then(|| (!text.is_empty()).then(|| text.to_owned()))
}

fn url(text: &str) -> Option<String> {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))?;
    let wrong = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '?' | '#' | '@');
    let good = !host.is_empty() && !host.starts_with(['/', ':']) && !host.contains(wrong);
    good.then(|| text.trim_end_matches('/').to_owned())
}

fn version(text: &str) -> Option<String> {
    let (major, minor) = text.strip_prefix('v')?.split_once('.')?;
    let digits = |s: &str| !s.is_empty() && s.len() <= 3 && s.chars().all(|c| c.is_ascii_digit());
    (digits(major) && digits(minor)).then(|| text.to_owned())
}

const UNITS: [(&str, u64); 8] = [
    ("b", 1),
    ("kb", 1_000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("kib", 1024),
    ("mib", MIB),
    ("gib", 1024 * MIB),
    ("", 1),
];

fn size(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    let unit = unit.trim().to_lowercase();
    let (_, bytes) = UNITS.iter().find(|(name, _)| *name == unit)?;
    number.parse::<u64>().ok()?.checked_mul(*bytes)
}

fn size_shown(bytes: u64) -> String {
    match bytes {
        0 => "0".to_owned(),
        _ if bytes.is_multiple_of(1024 * MIB) => format!("{} GiB", bytes / (1024 * MIB)),
        _ if bytes.is_multiple_of(MIB) => format!("{} MiB", bytes / MIB),
        _ if bytes.is_multiple_of(1024) => format!("{} KiB", bytes / 1024),
        _ => format!("{bytes} B"),
    }
}

fn keep(text: &str) -> Option<Keep> {
    if text == "forever" {
        return Some(Keep::Forever);
    }
    let (number, unit) = text.trim().split_once(char::is_whitespace)?;
    if !matches!(unit.trim(), "day" | "days") {
        let bytes = size(text).filter(|bytes| *bytes >= MIB)?;
        return Some(Keep::Bytes(bytes));
    }
    number.parse().ok().filter(|days| *days > 0).map(Keep::Days)
}

fn keep_shown(keep: Keep) -> String {
    match keep {
        Keep::Forever => "forever".to_owned(),
        Keep::Days(1) => "1 day".to_owned(),
        Keep::Days(days) => format!("{days} days"),
        Keep::Bytes(bytes) => size_shown(bytes),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{
        KEYS, Keep, Settings, Surroundings, address, keep, size, size_shown, url, version,
    };

    #[test]
    fn sizes_days_addresses_and_versions_are_read_as_people_write_them() {
        assert_eq!(size("16 MiB"), Some(16 * 1024 * 1024));
        assert_eq!(size("500kB"), Some(500_000));
        assert_eq!((size("0"), size("4096")), (Some(0), Some(4096)));
        for wrong in [
            "",
            "MiB",
            "-1",
            "1.5 MiB",
            "16 MiBs",
            "99999999999999999999",
        ] {
            assert_eq!(size(wrong), None, "{wrong}");
        }
        assert_eq!(
            (keep("forever"), keep("90 days")),
            (Some(Keep::Forever), Some(Keep::Days(90)))
        );
        assert_eq!(
            (keep("20 GiB"), keep("1 day")),
            (Some(Keep::Bytes(20 << 30)), Some(Keep::Days(1)))
        );
        assert_eq!(
            keep(&super::keep_shown(Keep::Bytes(20 << 30))),
            keep("20 GiB")
        );
        assert_eq!(
            (keep("0 days"), keep("90"), keep("two days")),
            (None, None, None)
        );
        assert!(address("127.0.0.1:0").is_some() && address("localhost:8480").is_some());
        assert!(address("[::1]:8480").is_some());
        assert!(address("8480").is_none() && address("127.0.0.1:99999").is_none());
        assert_eq!(
            url("https://wa.example.com/").as_deref(),
            Some("https://wa.example.com")
        );
        assert!(url("wa.example.com").is_none() && url("https://").is_none());
        assert!(version("v23.0").is_some() && version("23.0").is_none());
    }

    #[test]
    fn what_is_shown_is_read_back_as_the_same() {
        for bytes in [0, 1, 1024, 500_000, 16 << 20, 3 << 30] {
            assert_eq!(size(&size_shown(bytes)), Some(bytes));
        }
        let around = Surroundings::invented([("HOME", "/home/ana")], false);
        let defaults = Settings::defaults(&around);
        let at = super::Setting {
            surroundings: &around,
            base: Path::new("/"),
        };
        for key in &KEYS {
            let mut again = defaults.clone();
            assert!(
                (key.set)(&mut again, &(key.get)(&defaults), &at),
                "{}",
                key.name
            );
            assert_eq!(again, defaults, "{}", key.name);
        }
    }

    #[test]
    fn a_change_says_what_holds_at_once_and_what_after_a_start() {
        let around = Surroundings::invented([("HOME", "/home/ana")], false);
        let old = Settings::defaults(&around);
        let mut new = old.clone();
        new.log_level = super::Level::Debug;
        new.api_listen = address("127.0.0.1:8481");
        let (live, start) = old.changed(&new);
        assert_eq!(
            (live, start),
            (vec!["log.level".to_owned()], vec!["api.listen".to_owned()])
        );
        let running = old.with_live(&new);
        assert_eq!(running.log_level, super::Level::Debug);
        assert_eq!(running.api_listen, None);
        assert_eq!(
            running.changed(&new).0,
            Vec::<String>::new(),
            "every live key was taken over"
        );
    }
}
