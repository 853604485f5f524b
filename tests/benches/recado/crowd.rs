//! A console with very many chats in its list and a very long one open: frames, and the memory of the real program.

use std::time::Duration;

use anyhow::{Context, ensure};
use ratatui::crossterm::event::KeyCode;
use recado_tests::load;
use recado_tests::pty::{Program, Pty};
use serde_json::json;

use crate::Plan;
use crate::frames::{Counted, Walk, key, told};
use crate::measure;
use crate::memory::program;
use crate::report::{Figure, Report, tell};
use crate::server::{Kind, Server, meta, traffic};

const QUIET: Duration = Duration::from_millis(100);
const MOST: Duration = Duration::from_secs(5);
/// Pages that are gone back in the long chat.
const PAGES: usize = 150;

pub(crate) async fn run(plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let (chats, long) = (plan.size(1_000, 5_000), plan.size(20_000, 100_000));
    let folder = tempfile::Builder::new().prefix("recado-bench-").tempdir()?;
    let sim = meta().await?;
    let (server, _) = Server::shop(Kind::Recado, folder.path(), &sim, 3).await?;
    let path = server.path();
    let mut traffic = traffic(5, u64::try_from(chats)?, 3);
    let each = (1..u64::try_from(chats)?).map(|chat| {
        let words = traffic.sentence();
        traffic.text(chat, &words).request(&path)
    });
    let each = each.collect();
    load::closed(&server.address, each, 8).await?;
    for _ in 0..long / 10_000 {
        let bodies = (0..100).map(|_| traffic.talk(0, 60, 40).request(&path));
        let bodies = bodies.collect();
        let loaded = load::closed(&server.address, bodies, 4).await?;
        ensure!(
            loaded.refused == 0,
            "{} bodies were refused",
            loaded.refused
        );
    }
    frames(plan, &server, (chats, long), report).await?;
    let (at, folder, socket) = ((chats, long), folder.path().to_owned(), server.socket());
    let shown = tokio::task::spawn_blocking(move || memory(&folder, &socket, at)).await??;
    report.add(shown.figure(chats, long));
    server.stop().await
}

/// Goes on until the list knows every chat.
async fn whole_list(console: &mut Counted, chats: usize) -> anyhow::Result<()> {
    for _ in 0..200 {
        console.press(key(KeyCode::Char('G')), &mut Walk::default())?;
        console.settle(QUIET, MOST).await?;
        if console.app.model().chats.iter().count() >= chats {
            return Ok(());
        }
    }
    anyhow::bail!("the list never came to {chats} chats")
}

async fn frames(
    plan: &Plan,
    server: &Server,
    (chats, long): (usize, usize),
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut console = Counted::open(server, (120, 36))?;
    console.settle(QUIET, MOST).await?;
    whole_list(&mut console, chats).await?;
    let (mut typed, mut moved, mut list) = (Walk::default(), Walk::default(), Walk::default());
    for _ in 0..plan.size(2, 5) {
        for code in [
            KeyCode::Up,
            KeyCode::PageUp,
            KeyCode::Down,
            KeyCode::PageDown,
        ] {
            for _ in 0..25 {
                console.press(key(code), &mut list)?;
            }
        }
    }
    for c in ['g', 'g'] {
        console.press(key(KeyCode::Char(c)), &mut Walk::default())?;
    }
    console.press(key(KeyCode::Enter), &mut Walk::default())?;
    console.settle(QUIET, MOST).await?;
    for c in "hola, dos panes para mañana ".chars().cycle().take(200) {
        console.press(key(KeyCode::Char(c)), &mut typed)?;
    }
    console.press(key(KeyCode::Esc), &mut Walk::default())?;
    for _ in 0..PAGES {
        console.press(key(KeyCode::PageUp), &mut moved)?;
        console.settle(Duration::from_millis(5), MOST).await?;
    }
    let oldest = console
        .app
        .model()
        .talk()
        .and_then(|talk| talk.messages().first());
    tell(&format!(
        "  the oldest message at hand: {:?}",
        oldest.map(|m| m.timestamp)
    ));
    let what = format!(" with {chats} chats in the list and a chat of {long} messages");
    told((120, 36), 1, [typed, moved, list], &what, report)
}

/// What the real console took.
struct Shown {
    fresh: f64,
    listed: f64,
    read: f64,
}

impl Shown {
    fn figure(&self, chats: usize, long: usize) -> Figure<'static> {
        Figure {
            what: "resident memory of recado with all chats in the list, a long one open and paged back in",
            target: "≤ 40 MiB",
            measured: format!(
                "{:.1} MiB with {chats} chats listed, {:.1} MiB after {PAGES} pages of {long} messages",
                self.listed, self.read
            ),
            baseline: format!("{:.1} MiB after the start", self.fresh),
            met: Some(self.listed.max(self.read) <= 40.0),
            figures: json!({ "fresh_mib": self.fresh, "listed_mib": self.listed, "read_mib": self.read }),
        }
    }
}

fn memory(
    home: &std::path::Path,
    socket: &std::path::Path,
    (chats, _): (usize, usize),
) -> anyhow::Result<Shown> {
    let program = Program::new(&program("recado")?, home).env("RECADO_SOCKET", socket);
    let mut pty = program.arg("--lang").arg("en").size(120, 36).start()?;
    pty.wait_for("daemon ok")?;
    let pid = pty.process().context("no process")?;
    let taken = |pty: &Pty| {
        let _quiet = (0..20).any(|_try| pty.is_quiet_for(Duration::from_millis(500)));
        measure::memory_of(pid, "VmRSS:")
    };
    let fresh = taken(&pty)?;
    let head = |pty: &Pty| pty.ask(|screen| screen.rows(2, 30).next().unwrap_or_default());
    let mut tries = 0;
    while pty
        .screen()
        .lines()
        .nth(2)
        .is_some_and(|row| row.contains('+'))
    {
        tries += 1;
        ensure!(tries < 300, "the list has no end: {}", head(&pty));
        pty.feed("G")?;
        let _quiet = pty.is_quiet_for(Duration::from_millis(100));
    }
    tell(&format!("  {chats} chats after {tries} times G"));
    let listed = taken(&pty)?;
    pty.feed("gg\r")?;
    pty.wait_for("reply as")?;
    pty.feed("\x1b")?;
    for _ in 0..PAGES {
        pty.feed("\x1b[5~")?;
        let _quiet = pty.is_quiet_for(Duration::from_millis(20));
    }
    let read = taken(&pty)?;
    Ok(Shown {
        fresh,
        listed,
        read,
    })
}
