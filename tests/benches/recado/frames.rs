//! The console: CPU from a key to its frame, writes and bytes of a frame, and nothing when nothing happens.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::ensure;
use config::path::Surroundings;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Size;
use recado_tests::load;
use recado_tui::run::setup::{Flags, options};
use recado_tui::run::{App, Options};
use recado_tui::term::screen::Screen;
use serde_json::json;
use tokio::time::{Instant, timeout};

use crate::Plan;
use crate::measure::{self, Spread};
use crate::report::{Figure, Report, tell};
use crate::server::{Kind, Server, meta, traffic};

/// Chats of the shop.
const CHATS: u64 = 60;

/// Counts what a terminal would get.
#[derive(Debug, Clone, Default)]
struct Sink(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    writes: AtomicU64,
    bytes: AtomicU64,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.writes.fetch_add(1, Ordering::Relaxed);
        self.0
            .bytes
            .fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink {
    fn counts(&self) -> (u64, u64) {
        (
            self.0.writes.load(Ordering::Relaxed),
            self.0.bytes.load(Ordering::Relaxed),
        )
    }
}

/// A console whose terminal is a counter.
pub(crate) struct Counted {
    pub(crate) app: App,
    terminal: Terminal<Screen<Sink>>,
    sink: Sink,
}

/// What a walk through keys came to.
#[derive(Default)]
pub(crate) struct Walk {
    cpu: Vec<Duration>,
    writes: u64,
    most: u64,
    bytes: Vec<u64>,
}

/// The settings of a console that lives nowhere.
pub(crate) fn console(server: &Server, size: (u16, u16)) -> anyhow::Result<Options> {
    let home = [
        ("HOME", "/nonexistent"),
        ("TERM", "xterm-256color"),
        ("LANG", "C.UTF-8"),
    ];
    let around = Surroundings::invented(home, false);
    let flags = Flags {
        language: Some("es".to_owned()),
        ..Flags::default()
    };
    let made = options(server.client(), &around, &flags)?;
    Ok(Options {
        size,
        seed: 1,
        is_shared: false,
        dumb: false,
        theme: None,
        ..made
    })
}

/// A key without modifiers.
pub(crate) const fn key(code: KeyCode) -> Event {
    Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

impl Counted {
    pub(crate) fn open(server: &Server, (width, height): (u16, u16)) -> anyhow::Result<Self> {
        let sink = Sink::default();
        let screen = Screen::new(sink.clone(), Size::new(width, height));
        Ok(Self {
            app: App::new(console(server, (width, height))?),
            terminal: Terminal::new(screen)?,
            sink,
        })
    }

    /// Lives until nothing has happened for so long. Says how many frames were written.
    pub(crate) async fn settle(&mut self, quiet: Duration, most: Duration) -> anyhow::Result<u64> {
        let end = Instant::now() + most;
        let before = self.sink.counts().0;
        loop {
            self.app.drain();
            self.app.draw(&mut self.terminal)?;
            let Ok(what) = timeout(quiet, self.app.next()).await else {
                break;
            };
            self.app.handle(what);
            if Instant::now() > end {
                break;
            }
        }
        Ok(self.sink.counts().0 - before)
    }

    /// Presses a key and draws, and accounts for it.
    pub(crate) fn press(&mut self, event: Event, walk: &mut Walk) -> anyhow::Result<()> {
        let (writes, bytes) = self.sink.counts();
        let begin = measure::cpu_here()?;
        self.app.terminal(event);
        self.app.draw(&mut self.terminal)?;
        walk.cpu.push(measure::cpu_here()?.saturating_sub(begin));
        let after = self.sink.counts();
        walk.writes += after.0 - writes;
        walk.most = walk.most.max(after.0 - writes);
        walk.bytes.push(after.1 - bytes);
        Ok(())
    }
}

pub(crate) async fn run(plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let folder = tempfile::Builder::new().prefix("recado-bench-").tempdir()?;
    let sim = meta().await?;
    let (server, _) = Server::shop(Kind::Recado, folder.path(), &sim, 3).await?;
    let mut traffic = traffic(5, CHATS, 3);
    let path = server.path();
    let bodies = (0..40).map(|_| traffic.many(120, 80).request(&path));
    load::closed(&server.address, bodies.collect(), 2).await?;
    for (size, limit) in [((120, 36), 1), ((200, 60), 2)] {
        screen(plan, &server, (size, limit), report).await?;
    }
    idle(plan, &server, report).await?;
    server.stop().await
}

/// The account itself, without a key: what is beside each figure.
fn empty() -> anyhow::Result<Spread> {
    let mut all = Vec::new();
    for _ in 0..500 {
        let begin = measure::cpu_here()?;
        all.push(measure::cpu_here()?.saturating_sub(begin));
    }
    Ok(Spread::of(all))
}

async fn screen(
    plan: &Plan,
    server: &Server,
    (size, limit): ((u16, u16), u64),
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut console = Counted::open(server, size)?;
    let (quiet, most) = (Duration::from_millis(300), Duration::from_secs(5));
    console.settle(quiet, most).await?;
    let (mut typed, mut moved, mut chats) = (Walk::default(), Walk::default(), Walk::default());
    for c in ['g', 'g'] {
        console.press(key(KeyCode::Char(c)), &mut Walk::default())?;
    }
    for _ in 0..plan.size(3, 10) {
        console.press(key(KeyCode::Enter), &mut Walk::default())?;
        console.settle(quiet, most).await?;
        ensure!(
            console.app.model().talks.open.is_some(),
            "no chat was opened"
        );
        for i in 0..100_usize {
            let text = "hola, dos panes para mañana ";
            let c = text.chars().nth(i % 27).unwrap_or('a');
            console.press(key(KeyCode::Char(c)), &mut typed)?;
        }
        for _ in 0..100 {
            console.press(key(KeyCode::Backspace), &mut typed)?;
        }
        console.press(key(KeyCode::Esc), &mut Walk::default())?;
        console.settle(quiet, most).await?;
        for code in [KeyCode::Up, KeyCode::Down] {
            for _ in 0..40 {
                console.press(key(code), &mut moved)?;
            }
        }
        console.press(key(KeyCode::Esc), &mut Walk::default())?;
        console.settle(quiet, most).await?;
        for code in [KeyCode::Down, KeyCode::Up, KeyCode::Down] {
            for _ in 0..20 {
                console.press(key(code), &mut chats)?;
                console.app.drain();
            }
        }
        console.settle(quiet, most).await?;
    }
    tell(&format!(
        "  {size:?}: typing {}, in a conversation {}, in the list {}",
        Spread::of(typed.cpu.clone()).told(),
        Spread::of(moved.cpu.clone()).told(),
        Spread::of(chats.cpu.clone()).told()
    ));
    told(size, limit, [typed, moved, chats], "", report)
}

/// Tells what three walks cost; `which` says of what console.
pub(crate) fn told(
    (width, height): (u16, u16),
    limit: u64,
    walks: [Walk; 3],
    which: &str,
    report: &mut Report,
) -> anyhow::Result<()> {
    let full = full_repaint((width, height))?;
    let account = empty()?;
    let frames: usize = walks.iter().map(|walk| walk.cpu.len()).sum();
    let most = walks.iter().map(|walk| walk.most).max().unwrap_or(0);
    let mut bytes: Vec<u64> = walks
        .iter()
        .flat_map(|walk| walk.bytes.iter().copied())
        .collect();
    let bytes = measure::percentile(&mut bytes, 500).unwrap_or(0);
    let kinds: Vec<String> = walks
        .iter()
        .map(|walk| Spread::of(walk.cpu.clone()).told())
        .collect();
    let all = Spread::of(walks.into_iter().flat_map(|walk| walk.cpu).collect());
    let what =
        format!("key to frame at {width}x{height}{which}, CPU, p50 / p99, over {frames} keys");
    let target = format!("p99 ≤ {limit} ms");
    report.add(Figure {
        what: &what,
        target: &target,
        measured: format!("{} (typing {})", all.told(), kinds.join(", moving in a conversation ")),
        baseline: format!("the account itself {}; an empty ratatui frame of that size {}", account.told(), full.told()),
        met: Some(all.p99 <= Duration::from_millis(limit)),
        figures: json!({ "p50_us": all.p50.as_micros(), "p99_us": all.p99.as_micros(), "typing_conversation_list": kinds }),
    });
    let what = format!("writes of a frame at {width}x{height}{which}, at most");
    report.add(Figure {
        what: &what,
        target: "≤ 2",
        measured: format!("{most} (median {bytes} bytes)"),
        baseline: "unbuffered, ratatui writes each run of cells".to_owned(),
        met: Some(most <= 2),
        figures: json!({ "most_writes": most, "bytes_p50": bytes }),
    });
    Ok(())
}

/// What ratatui itself takes for a frame whose every cell is written and compared.
fn full_repaint((width, height): (u16, u16)) -> anyhow::Result<Spread> {
    let mut terminal = Terminal::new(TestBackend::new(width, height))?;
    let mut all = Vec::new();
    for i in 0..300_u32 {
        let sign = if i % 2 == 0 { "a" } else { "b" };
        let begin = measure::cpu_here()?;
        terminal.draw(|frame| {
            let area = frame.area();
            for cell in &mut frame.buffer_mut().content {
                cell.set_symbol(sign);
            }
            frame.set_cursor_position((area.x, area.y));
        })?;
        all.push(measure::cpu_here()?.saturating_sub(begin));
    }
    Ok(Spread::of(all))
}

/// Nobody presses a key and nobody writes.
async fn idle(plan: &Plan, server: &Server, report: &mut Report) -> anyhow::Result<()> {
    let mut console = Counted::open(server, (120, 36))?;
    console
        .settle(Duration::from_secs(1), Duration::from_secs(5))
        .await?;
    let span = Duration::from_secs(if plan.full { 20 } else { 5 });
    let (before, cpu) = (console.sink.counts(), measure::cpu_here()?);
    console.settle(span, span).await?;
    let (after, cpu) = (
        console.sink.counts(),
        measure::cpu_here()?.saturating_sub(cpu),
    );
    report.add(Figure {
        what: "frames of an idle console",
        target: "0",
        measured: format!(
            "{} writes, {} bytes, {:?} CPU in {span:?}",
            after.0 - before.0,
            after.1 - before.1,
            cpu
        ),
        baseline: format!("{} writes, {} bytes until it was idle", before.0, before.1),
        met: Some(after == before),
        figures: json!({ "writes": after.0 - before.0, "cpu_us": cpu.as_micros() }),
    });
    Ok(())
}
