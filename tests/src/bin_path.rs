//! Finds recado's own programs beside the running test, and builds them where they are missing or older than their source.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;
use std::time::SystemTime;

use anyhow::{Context, ensure};

/// The crates that the programs are made of.
const CRATES: [&str; 5] = ["common", "config", "daemon", "tui", "tests/sim"];
/// The programs.
const PROGRAMS: [&str; 3] = ["recado", "recadod", "recado-demo"];

static BUILT: Once = Once::new();

/// The program of that name, as new as its source.
///
/// # Errors
/// It is not there and cannot be built.
pub fn program(name: &str) -> anyhow::Result<PathBuf> {
    let folder = folder()?;
    let mut built = Ok(());
    BUILT.call_once(|| {
        if !are_fresh(&folder) {
            built = build(&folder);
        }
    });
    built?;
    let path = folder.join(name);
    ensure!(path.exists(), "{} was not built", path.display());
    Ok(path)
}

/// `target/debug`, above the `deps` that holds this test.
fn folder() -> anyhow::Result<PathBuf> {
    let test = std::env::current_exe()?;
    let folder = test.parent().and_then(Path::parent);
    Ok(folder.context("the test stands in no folder")?.to_owned())
}

fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_owned()
}

fn are_fresh(folder: &Path) -> bool {
    let oldest = PROGRAMS
        .iter()
        .map(|name| changed(&folder.join(name)))
        .min();
    let newest = CRATES.iter().filter_map(|c| newest(&root().join(c))).max();
    matches!((oldest.flatten(), newest), (Some(made), Some(written)) if made >= written)
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// When the newest file below a folder was written.
fn newest(folder: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    entries
        .filter_map(|entry| {
            if entry.file_type().ok()?.is_dir() {
                newest(&entry.path())
            } else {
                changed(&entry.path())
            }
        })
        .max()
}

/// Builds all of them, with the features that a test of the whole workspace has.
fn build(folder: &Path) -> anyhow::Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(root())
        .args(["build", "--quiet", "--workspace", "--bins", "--target-dir"])
        .arg(folder.parent().context("there is no target folder")?);
    if folder.ends_with("release") {
        command.arg("--release");
    }
    // What cargo tells a test would look to some build scripts as if everything had changed.
    for (name, _) in std::env::vars_os() {
        let told = [
            "CARGO_PKG_",
            "CARGO_MANIFEST_",
            "CARGO_BIN_",
            "CARGO_CRATE_",
        ];
        if name
            .to_str()
            .is_some_and(|name| told.iter().any(|t| name.starts_with(t)))
        {
            command.env_remove(&name);
        }
    }
    let built = command.output().context("cargo does not start")?;
    let told = String::from_utf8_lossy(&built.stderr);
    ensure!(built.status.success(), "the programs do not build:\n{told}");
    Ok(())
}
