//! `recado doctor --terminal`: what this terminal lacks, and the lines that give it.

use std::io::{IsTerminal, stdin, stdout};
use std::process::{Command, Stdio};

use config::tui::{Colours, Glyphs as Setting};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode, supports_keyboard_enhancement};
use serde::Serialize;

use super::{Desk, OnceError, print, print_json};
use crate::cli::Output;
use crate::part::ticks::Glyphs;
use crate::speech::Arg;
use crate::view::paint::Depth;

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// All is there.
    Ok,
    /// Something is lacking.
    Missing,
    /// Nobody can tell from here.
    Unknown,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Finding {
    /// Its name.
    check: &'static str,
    /// How it came out.
    state: State,
    /// What was seen.
    seen: String,
    /// The file that the lines belong into; nothing where there are none.
    file: Option<&'static str>,
    /// The lines to add.
    lines: Vec<&'static str>,
}

/// What is known of the terminal.
#[derive(Debug, Default)]
struct Facts {
    /// Variables of the environment that say something.
    env: Vec<(&'static str, String)>,
    /// Options of tmux, where it runs.
    tmux: Vec<(&'static str, String)>,
    /// Whether the terminal tells keys apart (Shift-Enter); nothing if it was not asked.
    keys: Option<bool>,
    /// Whether mosh carries the session.
    mosh: bool,
}

const VARIABLES: [&str; 9] = [
    "TERM",
    "TERM_PROGRAM",
    "COLORTERM",
    "NO_COLOR",
    "LC_ALL",
    "LC_CTYPE",
    "LANG",
    "TMUX",
    "VTE_VERSION",
];

/// Option of tmux, what it should be, the line that makes it so.
const TMUX: [(&str, &str, &[&str], &[&str]); 4] = [
    (
        "tmux-passthrough",
        "allow-passthrough",
        &["on", "all"],
        &["set -g allow-passthrough on"],
    ),
    (
        "tmux-clipboard",
        "set-clipboard",
        &["on"],
        &["set -s set-clipboard on"],
    ),
    (
        "tmux-focus",
        "focus-events",
        &["on"],
        &["set -g focus-events on"],
    ),
    (
        "tmux-keys",
        "extended-keys",
        &["on", "always"],
        &[
            "set -s extended-keys on",
            "set -as terminal-features 'xterm*:extkeys'",
        ],
    ),
];

/// Terminals known to take OSC 52, by what they say of themselves.
const COPIES: [&str; 9] = [
    "kitty",
    "wezterm",
    "iterm.app",
    "ghostty",
    "foot",
    "alacritty",
    "contour",
    "rio",
    "windows_terminal",
];

/// Looks, and tells. The exit status is 1 if something is lacking.
pub(super) fn terminal(desk: &Desk, output: Output) -> Result<u8, OnceError> {
    let findings = examine(&look());
    let missing = findings.iter().any(|one| one.state == State::Missing);
    if output.json {
        print_json(&findings)?;
    } else if output.jsonl {
        for one in &findings {
            let mut line = serde_json::to_vec(one).map_err(std::io::Error::from)?;
            line.push(b'\n');
            print(&line)?;
        }
    } else {
        print(told(desk, &findings).as_bytes())?;
    }
    Ok(u8::from(missing))
}

fn look() -> Facts {
    let full = |name: &&'static str| {
        let value = std::env::var(name).ok().filter(|value| !value.is_empty())?;
        Some((*name, value))
    };
    let env: Vec<(&'static str, String)> = VARIABLES.iter().filter_map(full).collect();
    let in_tmux = env.iter().any(|(name, _)| *name == "TMUX");
    let options = TMUX.iter().map(|(_, option, ..)| *option);
    let tmux = options
        .filter(|_| in_tmux)
        .filter_map(|option| Some((option, tmux_says(option)?)))
        .collect();
    Facts {
        env,
        tmux,
        keys: asks_for_keys(),
        mosh: is_under_mosh(),
    }
}

fn tmux_says(option: &str) -> Option<String> {
    // Server, session and window options: whichever it is, one of them knows it.
    ["-sv", "-gv", "-gwv"].iter().find_map(|scope| {
        let asked = Command::new("tmux")
            .args(["show-options", scope, option])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()?;
        let said = String::from_utf8(asked.stdout).ok()?.trim().to_owned();
        (asked.status.success() && !said.is_empty()).then_some(said)
    })
}

/// Asks the terminal itself, where there is one.
fn asks_for_keys() -> Option<bool> {
    if !stdin().is_terminal() || !stdout().is_terminal() {
        return None;
    }
    enable_raw_mode().ok()?;
    let told = supports_keyboard_enhancement().ok();
    let back = disable_raw_mode();
    back.ok().and(told)
}

/// Whether one of the processes that we run in is mosh's server.
fn is_under_mosh() -> bool {
    let mut process = std::process::id();
    for _ in 0..20 {
        let Ok(status) = std::fs::read_to_string(format!("/proc/{process}/status")) else {
            return false;
        };
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            Some(line.trim().to_owned())
        };
        if field("Name:").is_some_and(|name| name == "mosh-server") {
            return true;
        }
        match field("PPid:").and_then(|id| id.parse().ok()) {
            Some(parent) if parent > 1 => process = parent,
            _ => return false,
        }
    }
    false
}

fn examine(facts: &Facts) -> Vec<Finding> {
    let var = |name: &str| {
        let found = facts.env.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone())
    };
    let mut all = vec![term(&var), letters(&var), colours(&var)];
    let in_tmux = var("TMUX").is_some();
    if in_tmux {
        all.extend(TMUX.iter().map(|(check, option, good, lines)| {
            let said = facts.tmux.iter().find(|(known, _)| known == option);
            let seen = said.map_or("", |(_, value)| value);
            let is_good = good.contains(&seen);
            let state = match (is_good, seen.is_empty()) {
                (true, _) => State::Ok,
                (false, true) => State::Unknown,
                (false, false) => State::Missing,
            };
            let found = found(check, state, &format!("{option} {seen}"));
            with_lines(found, "~/.tmux.conf", lines)
        }));
    } else {
        all.push(copying(&var));
        let state = match facts.keys {
            Some(true) => State::Ok,
            Some(false) => State::Missing,
            None => State::Unknown,
        };
        all.push(found("keys", state, ""));
    }
    if facts.mosh {
        all.push(found("mosh", State::Missing, "mosh-server"));
    }
    all
}

fn found(check: &'static str, state: State, seen: &str) -> Finding {
    Finding {
        check,
        state,
        seen: seen.trim().to_owned(),
        file: None,
        lines: Vec::new(),
    }
}

fn with_lines(found: Finding, file: &'static str, lines: &[&'static str]) -> Finding {
    if found.state == State::Ok {
        return found;
    }
    Finding {
        file: Some(file),
        lines: lines.to_vec(),
        ..found
    }
}

fn term(var: &impl Fn(&str) -> Option<String>) -> Finding {
    let term = var("TERM").unwrap_or_default();
    if term.is_empty() || term == "dumb" {
        return found("term", State::Missing, &term);
    }
    let bare = var("TMUX").is_some() && !term.starts_with("tmux") && !term.starts_with("screen");
    if bare {
        let line = "set -g default-terminal \"tmux-256color\"";
        return with_lines(
            found("term", State::Missing, &term),
            "~/.tmux.conf",
            &[line],
        );
    }
    found("term", State::Ok, &term)
}

fn letters(var: &impl Fn(&str) -> Option<String>) -> Finding {
    let seen = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| var(name));
    let seen = seen.unwrap_or_default();
    let lower = seen.to_ascii_lowercase();
    if lower.contains("utf-8") || lower.contains("utf8") {
        let wide = Glyphs::of(Setting::Auto, var) == Glyphs::Ascii;
        let state = if wide { State::Unknown } else { State::Ok };
        return found("utf8", state, &seen);
    }
    let lines = ["export LANG=C.UTF-8"];
    with_lines(found("utf8", State::Missing, &seen), "~/.profile", &lines)
}

fn colours(var: &impl Fn(&str) -> Option<String>) -> Finding {
    match Depth::of(Colours::Auto, var) {
        Depth::Mono if var("NO_COLOR").is_some() => found("colours", State::Ok, "NO_COLOR"),
        Depth::Mono => found("colours", State::Missing, "0"),
        Depth::Sixteen => found("colours", State::Ok, "16"),
        Depth::Indexed => found("colours", State::Ok, "256"),
        Depth::True => found("colours", State::Ok, "16777216"),
    }
}

fn copying(var: &impl Fn(&str) -> Option<String>) -> Finding {
    let names = [var("TERM_PROGRAM"), var("TERM")];
    let seen = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let lower = seen.to_ascii_lowercase();
    if COPIES.iter().any(|name| lower.contains(name)) {
        return found("copy", State::Ok, &seen);
    }
    if let Some(version) = var("VTE_VERSION") {
        return found("copy", State::Missing, &format!("VTE {version}"));
    }
    if lower.starts_with("screen") {
        return found("copy", State::Missing, &seen);
    }
    found("copy", State::Unknown, &seen)
}

/// The findings for people: a line each, what to do, the lines to add.
/// Writing into a text cannot fail.
fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    let _written = std::fmt::Write::write_fmt(text, what);
}

fn told(desk: &Desk, findings: &[Finding]) -> String {
    let speech = &desk.speech;
    let mut text = String::new();
    for one in findings {
        let state = match one.state {
            State::Ok => speech.say("doctor-ok"),
            State::Missing => speech.say("doctor-missing"),
            State::Unknown => speech.say("doctor-unknown"),
        };
        let name = format!("doctor-{}", one.check);
        let name = speech.try_say(&name).unwrap_or_default();
        put(&mut text, format_args!("{state:<12} {name}"));
        if !one.seen.is_empty() {
            put(&mut text, format_args!(" ({})", one.seen));
        }
        text.push('\n');
        if one.state == State::Ok {
            continue;
        }
        let remedy = format!("doctor-{}-do", one.check);
        if let Some(remedy) = speech.try_say(&remedy) {
            put(&mut text, format_args!("             {remedy}\n"));
        }
        if let Some(file) = one.file {
            let add = speech.say_with("doctor-add", &[("file", Arg::from(file))]);
            put(&mut text, format_args!("             {add}\n"));
            for line in &one.lines {
                put(&mut text, format_args!("                 {line}\n"));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Facts, State, examine};

    fn state(facts: &Facts, check: &str) -> Option<State> {
        let found = examine(facts).into_iter().find(|one| one.check == check);
        found.map(|one| one.state)
    }

    fn facts(env: &[(&'static str, &str)], tmux: &[(&'static str, &str)]) -> Facts {
        let own = |pairs: &[(&'static str, &str)]| {
            pairs.iter().map(|(k, v)| (*k, (*v).to_owned())).collect()
        };
        Facts {
            env: own(env),
            tmux: own(tmux),
            ..Facts::default()
        }
    }

    #[test]
    fn a_good_terminal_lacks_nothing() {
        let good = facts(
            &[
                ("TERM", "xterm-kitty"),
                ("COLORTERM", "truecolor"),
                ("LANG", "es_PE.UTF-8"),
            ],
            &[],
        );
        for one in examine(&good) {
            assert_ne!(one.state, State::Missing, "{one:?}");
            assert!(one.lines.is_empty());
        }
    }

    #[test]
    fn tmux_is_told_line_by_line() {
        let env = [
            ("TERM", "tmux-256color"),
            ("LANG", "C.UTF-8"),
            ("TMUX", "/run/x,1,0"),
        ];
        let bare = facts(
            &env,
            &[
                ("allow-passthrough", "off"),
                ("set-clipboard", "external"),
                ("focus-events", "on"),
            ],
        );
        assert_eq!(state(&bare, "tmux-passthrough"), Some(State::Missing));
        assert_eq!(state(&bare, "tmux-clipboard"), Some(State::Missing));
        assert_eq!(state(&bare, "tmux-focus"), Some(State::Ok));
        assert_eq!(state(&bare, "tmux-keys"), Some(State::Unknown));
        assert_eq!(state(&bare, "copy"), None);
        let all = examine(&bare);
        let clipboard = all
            .iter()
            .find(|one| one.check == "tmux-clipboard")
            .unwrap();
        assert_eq!(clipboard.lines, ["set -s set-clipboard on"]);
        assert_eq!(clipboard.file, Some("~/.tmux.conf"));
    }

    #[test]
    fn what_is_lacking_is_named() {
        let poor = facts(&[("TERM", "dumb"), ("LANG", "C")], &[]);
        assert_eq!(state(&poor, "term"), Some(State::Missing));
        assert_eq!(state(&poor, "utf8"), Some(State::Missing));
        assert_eq!(state(&poor, "colours"), Some(State::Missing));
        let vte = facts(&[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")], &[]);
        assert_eq!(state(&vte, "copy"), Some(State::Missing));
    }
}
