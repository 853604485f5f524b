//! Makes the pictures of the README and the manual: the real console on the demonstration, so that they are always true.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use recado_tests::bin_path::program;
use recado_tests::pty::{Program, Pty};
use recado_tests::svg::picture;

/// Languages with the words by which a screen is known to be there.
const LANGUAGES: [(&str, &str, &str); 3] = [
    ("es", "responder como", "Estadísticas"),
    ("pt-BR", "responder como", "Estatísticas"),
    ("en", "reply as", "Statistics"),
];
/// The demonstration's customers have written what they write at first.
const MORNING: Duration = Duration::from_secs(3);
/// How many times a screen is waited for to come to rest.
const TRIES: usize = 40;

fn main() -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("the tests stand in a workspace")?
        .join("docs/pictures");
    std::fs::create_dir_all(&folder)?;
    for (lang, reply, statistics) in LANGUAGES {
        let shot = |pty: &Pty, name: &str| save(&folder, pty, &format!("{name}-{lang}"));
        let mut pty = start(lang, (120, 36), &[])?;
        rest(&pty);
        pty.feed("\r")?;
        pty.wait_for(reply)?;
        rest(&pty);
        shot(&pty, "console")?;
        pty.feed("\x0b")?;
        rest(&pty);
        shot(&pty, "switcher")?;
        pty.feed("\x1b")?;
        rest(&pty);
        pty.feed("\x1bOP")?;
        rest(&pty);
        shot(&pty, "help")?;
        pty.feed("\x1b")?;
        rest(&pty);
        pty.feed("\x1bOR")?;
        pty.wait_for(statistics)?;
        rest(&pty);
        shot(&pty, "statistics")?;
        let mut small = start(lang, (80, 24), &[])?;
        rest(&small);
        small.feed("\r")?;
        small.wait_for(reply)?;
        rest(&small);
        shot(&small, "console-80")?;
        let mut plain = start(lang, (72, 18), &["--plain"])?;
        rest(&plain);
        plain.feed("\r")?;
        plain.wait_for(reply)?;
        rest(&plain);
        shot(&plain, "plain")?;
    }
    Ok(())
}

fn start(lang: &str, (columns, rows): (u16, u16), more: &[&str]) -> anyhow::Result<Pty> {
    let path = program("recado-demo")?;
    let home = std::env::temp_dir();
    let mut program = Program::new(&path, &home)
        .arg("--lang")
        .arg(lang)
        .arg("--seed")
        .arg("7")
        .env("TZ", "America/Lima")
        .size(columns, rows);
    for word in more {
        program = program.arg(word);
    }
    let pty = program.start()?;
    let _awake = pty.is_quiet_for(MORNING);
    Ok(pty)
}

/// Waits until nothing has changed for a moment.
fn rest(pty: &Pty) {
    let _rests = (0..TRIES).any(|_try| pty.is_quiet_for(Duration::from_millis(400)));
}

fn save(folder: &Path, pty: &Pty, name: &str) -> anyhow::Result<()> {
    let path: PathBuf = folder.join(format!("{name}.svg"));
    let svg = pty.ask(|screen| picture(screen, &format!("recado: {name}")));
    std::fs::write(&path, svg).with_context(|| format!("{} cannot be written", path.display()))
}
