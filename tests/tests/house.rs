//! The rules of the house: imports run down, files stay small, each says what it is, and each thing has one door.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::too_many_lines,
    reason = "a test of ASCII sources: what fails here fails the test"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The floors of each crate, from the ground up; a file may use its own folder and the floors below.
const FLOORS: &[(&str, &[&[&str]])] = &[
    (
        "common",
        &[
            &["fault", "id", "time", "phone", "wrong", "rights", "ssh"],
            &["tick", "window", "text", "file"],
            &["model/media"],
            &["model"],
            &["api"],
            &["limits"],
            &["client"],
        ],
    ),
    (
        "config",
        &[
            &["error", "path"],
            &["theme", "keys", "tui", "daemon"],
            &["load", "bind"],
            &["console"],
        ],
    ),
    (
        "daemon",
        &[
            &[
                "advice",
                "beacon",
                "clock",
                "log",
                "private",
                "stop",
                "store/scope",
                "vault/sealed",
                "vault/secret",
            ],
            &["fact", "limits"],
            &["hub", "vault"],
            &["store"],
            &["graph", "media/files", "media/progress"],
            &[
                "outbox",
                "webhook",
                "tend",
                "alarm",
                "template",
                "media",
                "connect",
                "check",
                "rekey",
                "timekeeper",
            ],
            &["replay"],
            &["api"],
            &["reload", "watch"],
            &["start"],
            &["run"],
            &["cli", "alone"],
        ],
    ),
    (
        "tui",
        &[
            &["speech", "reach", "ways"],
            &["advice"],
            &["part", "told"],
            &["action"],
            &["hit", "keymap", "file", "finding", "saved", "connecting"],
            &["msg"],
            &["effect"],
            &["model"],
            &["view", "update", "link"],
            &["side"],
            &["term"],
            &["run"],
            &["cli"],
            &["shared"],
            &["once"],
        ],
    ),
];

/// Files allowed to name a library, by the first path segment of the `use`.
const DOORS: &[(&str, &str, &[&str])] = &[
    ("daemon", "rusqlite", &["store/"]),
    ("daemon", "reqwest", &["graph/"]),
    ("daemon", "axum", &["webhook/", "api/"]),
    ("daemon", "age", &["vault/"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ stands in the root")
        .to_owned()
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)
            .expect("the folder is there")
            .map(Result::unwrap)
        {
            let path = entry.path();
            if path.is_dir() && !path.ends_with("target") && !path.ends_with("fuzz") {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Every file of a crate's `src` with its path inside it (`store/apply/inbound.rs`) and its text.
fn sources(krate: &str) -> Vec<(String, String)> {
    let src = root().join(krate).join("src");
    rust_files(&src)
        .into_iter()
        .map(|path| {
            let name = path
                .strip_prefix(&src)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// The text without its tests at the foot.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod ").next().unwrap_or(text)
}

/// The paths named by `use` items, braces opened: `crate::a::{b, c::D}` gives `crate::a::b` and `crate::a::c::D`.
fn used_paths(text: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("use ") {
        let before = rest[..at].chars().next_back();
        let line_start = rest[..at].rsplit('\n').next().unwrap_or("").trim();
        let starts_item = matches!(line_start, "" | "pub" | "pub(crate)")
            && before.is_none_or(char::is_whitespace);
        rest = &rest[at + 4..];
        if !starts_item {
            continue;
        }
        let Some(end) = rest.find(';') else { break };
        open_braces("", &rest[..end], &mut paths);
        rest = &rest[end..];
    }
    paths
}

fn open_braces(prefix: &str, tree: &str, out: &mut Vec<String>) {
    let tree = tree.trim();
    if let Some(open) = tree.find('{') {
        let head = format!("{prefix}{}", &tree[..open]);
        let inner = tree[open + 1..].trim_end().trim_end_matches('}');
        let (mut depth, mut start) = (0, 0);
        for (i, c) in inner.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    open_braces(&head, &inner[start..i], out);
                    start = i + 1;
                }
                _ => {}
            }
        }
        open_braces(&head, &inner[start..], out);
    } else if !tree.is_empty() {
        out.push(format!("{prefix}{tree}").replace(char::is_whitespace, ""));
    }
}

/// On which floor a path inside a crate stands; the longest name wins (`model/media` before `model`).
fn floor(floors: &[&[&str]], path: &str) -> Option<(usize, String)> {
    floors
        .iter()
        .enumerate()
        .flat_map(|(height, rooms)| rooms.iter().map(move |room| (height, *room)))
        .filter(|(_, room)| {
            path == *room
                || path
                    .strip_prefix(room)
                    .is_some_and(|rest| rest.starts_with('/'))
        })
        .max_by_key(|(_, room)| room.len())
        .map(|(height, room)| (height, room.to_owned()))
}

#[test]
fn imports_run_down() {
    let mut faults = BTreeSet::new();
    for (krate, floors) in FLOORS {
        for (name, text) in sources(krate) {
            let own = name
                .trim_end_matches(".rs")
                .trim_end_matches("/mod")
                .to_owned();
            if matches!(own.as_str(), "lib" | "main") {
                continue;
            }
            let Some((height, room)) = floor(floors, &own) else {
                faults.insert(format!("{krate}/src/{name} stands on no floor"));
                continue;
            };
            for path in used_paths(without_tests(&text)) {
                let Some(inside) = path.strip_prefix("crate::") else {
                    continue;
                };
                let target = inside.replace("::", "/");
                let Some((there, other)) = floor(floors, &target) else {
                    faults.insert(format!("{krate}/src/{name}: {path} names no floor"));
                    continue;
                };
                let same_folder = other == room;
                if there > height || (there == height && !same_folder) {
                    faults.insert(format!(
                        "{krate}/src/{name} uses {path}, which is not below it"
                    ));
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{}",
        faults.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn a_use_names_where_the_thing_is_defined() {
    let mut faults = Vec::new();
    for (krate, _) in FLOORS {
        for (name, text) in sources(krate) {
            for path in used_paths(&text) {
                let mut parts = path.split("::");
                let (first, second) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
                let ours = matches!(first, "crate" | "common" | "config");
                if ours && second.starts_with(|c: char| c.is_ascii_uppercase() || c == '*') {
                    faults.push(format!(
                        "{krate}/src/{name}: {path} takes from a crate's root"
                    ));
                }
            }
            if text.lines().any(|l| l.trim_start().starts_with("pub use ")) {
                faults.push(format!("{krate}/src/{name} re-exports"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_stay_small_and_say_what_they_are() {
    let mut faults = Vec::new();
    for krate in ["common", "config", "daemon", "tui", "tests", "tests/sim"] {
        for (name, text) in sources(krate) {
            let lines = without_tests(&text).lines().count();
            let tests = name.contains("tests/") || name.ends_with("tests.rs");
            // The tests' own machinery may be longer than the product's files.
            let most = if krate == "tests" { 700 } else { 400 };
            if lines > most && !tests {
                faults.push(format!(
                    "{krate}/src/{name}: {lines} lines, perhaps two ideas"
                ));
            }
            if !text.starts_with("//! ") {
                faults.push(format!(
                    "{krate}/src/{name} does not open with its one sentence"
                ));
            }
        }
    }
    for path in rust_files(&root().join("tests/tests")) {
        let text = fs::read_to_string(&path).unwrap();
        if !text.starts_with("//! ") {
            faults.push(format!(
                "{} does not open with its one sentence",
                path.display()
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_library_has_one_door() {
    let mut faults = Vec::new();
    for (krate, library, doors) in DOORS {
        for (name, text) in sources(krate) {
            let named = used_paths(&text)
                .iter()
                .any(|p| p.split("::").next() == Some(library))
                || text.contains(&format!(" {library}::"))
                || text.contains(&format!("({library}::"));
            if named && !doors.iter().any(|door| name.starts_with(door)) {
                faults.push(format!("{krate}/src/{name} names {library}"));
            }
        }
    }
    for (name, text) in sources("daemon") {
        if text.contains("UnixListener") && !name.starts_with("api/") {
            faults.push(format!("daemon/src/{name} names UnixListener"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_console_draws_without_acting_and_acts_without_waiting() {
    let mut faults = Vec::new();
    for (name, text) in sources("tui") {
        let paths = used_paths(without_tests(&text));
        let mut refuse = |folder: &str, words: &[&str]| {
            if name.starts_with(folder) {
                for path in paths
                    .iter()
                    .filter(|p| words.iter().any(|w| p.starts_with(w)))
                {
                    faults.push(format!("tui/src/{name} uses {path}"));
                }
            }
        };
        refuse("view/", &["crate::update", "crate::side", "tokio"]);
        refuse(
            "update/",
            &[
                "crate::view",
                "tokio",
                "crossterm::terminal",
                "crossterm::execute",
            ],
        );
        refuse(
            "model/",
            &[
                "crate::view",
                "crate::update",
                "tokio",
                "crossterm::terminal",
            ],
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn crates_depend_downwards() {
    let forbidden: &[(&str, &[&str])] = &[
        ("common", &["recado-", "config", "ratatui", "rusqlite"]),
        (
            "config",
            &[
                "recado-daemon",
                "recado-tui",
                "ratatui",
                "rusqlite",
                "reqwest",
            ],
        ),
        ("daemon", &["recado-tui", "ratatui", "crossterm"]),
        ("tui", &["recado-daemon", "rusqlite", "reqwest"]),
    ];
    for (krate, words) in forbidden {
        let manifest = fs::read_to_string(root().join(krate).join("Cargo.toml")).unwrap();
        let dependencies = manifest
            .split("[dependencies]")
            .nth(1)
            .expect("it has dependencies");
        for line in dependencies.lines().map(str::trim) {
            for word in *words {
                assert!(
                    !line.starts_with(word),
                    "{krate}/Cargo.toml depends on {line}"
                );
            }
        }
    }
}

#[test]
fn the_pictures_that_the_pages_show_are_there_and_no_others() {
    let docs = root().join("docs");
    let mut pages: Vec<PathBuf> = fs::read_dir(&docs)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    pages.push(root().join("README.md"));
    let mut shown = BTreeSet::new();
    for page in &pages {
        let text = fs::read_to_string(page).unwrap();
        let targets = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        let is_picture = |target: &&str| Path::new(target).extension().is_some_and(|e| e == "svg");
        for target in targets.filter(is_picture) {
            let path = page.parent().unwrap().join(target);
            let svg = fs::read_to_string(&path).unwrap_or_default();
            assert!(svg.starts_with("<svg"), "{}: {target}", page.display());
            assert!(svg.len() < 150_000, "{target} is too large for a page");
            shown.insert(path.file_name().unwrap().to_owned());
        }
    }
    for entry in fs::read_dir(docs.join("pictures")).unwrap() {
        let name = entry.unwrap().file_name();
        assert!(shown.contains(&name), "no page shows {}", name.display());
    }
    assert!(
        shown.len() >= 30,
        "a picture of each screen in each language"
    );
}

#[test]
fn cargo_demo_runs_as_it_is_typed() {
    let alias = fs::read_to_string(root().join(".cargo/config.toml")).unwrap();
    let words = "demo = \"run --release --bin recado-demo\"";
    assert!(alias.contains(words), "{alias}");
    let cargo = std::env::var_os("CARGO").expect("cargo runs this");
    let told = Command::new(cargo)
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    let by_itself = told["workspace_default_members"].as_array().unwrap();
    let packages = told["packages"].as_array().unwrap().iter();
    let there = packages
        .filter(|package| by_itself.contains(&package["id"]))
        .flat_map(|package| package["targets"].as_array().unwrap())
        .any(|target| target["name"] == "recado-demo" && target["kind"][0] == "bin");
    assert!(
        there,
        "cargo looks for programs in the default members alone"
    );
}
