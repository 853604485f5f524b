//! From Meta's 200 to the event on an open socket, and to the changed cell of an attached console.

use std::io::Read;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::KeyCode;
use recado_tests::load;
use recado_tui::run::pace::{FRAME, Pace};
use recado_tui::run::{App, Options};
use serde_json::json;
use tokio::time::{sleep_until, timeout};

use crate::Plan;
use crate::frames::{console, key};
use crate::measure::{self, Spread, ms};
use crate::report::{Figure, Report};
use crate::server::{Kind, Server, meta, traffic};

/// Webhooks a second, of the open loop.
const RATE: u32 = 500;
/// Customers that write.
const CHATS: u64 = 500;
/// Every so many webhooks are for the chat that stands open in the console.
const OPEN_EVERY: usize = 10;

/// When a mark was seen.
type Seen = (u32, Instant);

pub(crate) async fn run(plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let count = plan.size(2_500, 15_000);
    let folder = tempfile::Builder::new().prefix("recado-bench-").tempdir()?;
    let sim = meta().await?;
    let (server, _) = Server::shop(Kind::Recado, folder.path(), &sim, 1).await?;
    let fast = to_event(&server, count, RATE, 1).await?;
    let calm = to_event(&server, count / 10, 50, 2).await?;
    let sync = measure::sync_here(folder.path(), 200)?;
    let beside = format!("at 50/s {}; fdatasync {}", calm.told(), sync.told());
    report.add(Figure {
        what: "200 to the event on an open socket at 500 webhooks/s, p50 / p99",
        target: "p99 ≤ 2 ms",
        measured: fast.told(),
        baseline: beside.clone(),
        met: Some(fast.p99 <= Duration::from_millis(2)),
        figures: json!({ "p50_us": fast.p50.as_micros(), "p99_us": fast.p99.as_micros(), "calm_p99_us": calm.p99.as_micros() }),
    });
    let (cell, missed) = to_cell(&server, count).await?;
    report.add(Figure {
        what: "200 to the changed cell of a console at 500 webhooks/s, p50 / p99",
        target: "p99 ≤ 10 ms",
        measured: format!("{} ({missed} scrolled away before a frame)", cell.told()),
        baseline: format!("in a storm frames are {} apart; {beside}", ms(FRAME)),
        met: Some(cell.p99 <= Duration::from_millis(10)),
        figures: json!({ "p50_us": cell.p50.as_micros(), "p99_us": cell.p99.as_micros(), "missed": missed }),
    });
    server.stop().await
}

/// Marked webhooks, one of so many for chat 0.
fn requests(server: &Server, count: usize, seed: u64) -> Vec<Vec<u8>> {
    let mut traffic = traffic(seed, CHATS, 1);
    let path = server.path();
    (0..count)
        .map(|i| {
            let chat = if i % OPEN_EVERY == 0 {
                0
            } else {
                1 + (i as u64 * 7) % (CHATS - 1)
            };
            traffic.text(chat, &load::marked(i)).request(&path)
        })
        .collect()
}

async fn to_event(server: &Server, count: usize, rate: u32, seed: u64) -> anyhow::Result<Spread> {
    let (seen, stop) = listen(&server.socket())?;
    let acked = load::open(&server.address, requests(server, count, seed), rate, 16).await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.shutdown(std::net::Shutdown::Both)?;
    let (waits, missed) = waits(&acked, seen, 1);
    ensure!(missed == 0, "{missed} events did not come");
    Ok(Spread::of(waits))
}

/// How long after its 200 each mark was first seen, and how many never were.
fn waits(acked: &[Instant], seen: Receiver<Seen>, every: usize) -> (Vec<Duration>, usize) {
    let mut first = vec![None; acked.len()];
    for (mark, at) in seen {
        let place = usize::try_from(mark)
            .ok()
            .and_then(|mark| first.get_mut(mark));
        if let Some(place @ None) = place {
            *place = Some(at);
        }
    }
    let all = acked.iter().zip(first).step_by(every);
    let (came, missed): (Vec<_>, Vec<_>) = all.partition(|(_, seen)| seen.is_some());
    let waits = came
        .into_iter()
        .filter_map(|(acked, seen)| Some(seen?.saturating_duration_since(*acked)))
        .collect();
    (waits, missed.len())
}

/// Reads the event stream in a thread of its own.
fn listen(socket: &Path) -> anyhow::Result<(Receiver<Seen>, UnixStream)> {
    let mut stream = UnixStream::connect(socket)?;
    std::io::Write::write_all(
        &mut stream,
        b"GET /api/v1/events HTTP/1.1\r\nhost: recado\r\n\r\n",
    )?;
    let handle = stream.try_clone()?;
    let (told, seen) = channel();
    thread::Builder::new()
        .name("listener".to_owned())
        .spawn(move || {
            let mut room = vec![0; 256 * 1024];
            let mut kept = 0;
            while let Ok(read @ 1..) = stream.read(room.get_mut(kept..).unwrap_or_default()) {
                let now = Instant::now();
                let whole = room.get(..kept + read).unwrap_or_default();
                kept = tell_marks(whole, now, &told);
                let from = whole.len() - kept;
                room.copy_within(from..from + kept, 0);
            }
        })?;
    Ok((seen, handle))
}

/// Tells of every mark in the whole frames; says how many bytes of an unfinished one are left.
fn tell_marks(bytes: &[u8], now: Instant, told: &Sender<Seen>) -> usize {
    let end = bytes
        .windows(2)
        .rposition(|w| w == b"\n\n")
        .map_or(0, |at| at + 2);
    let text = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default());
    for mark in load::marks(&text) {
        // Whoever measures may be done.
        let _done = told.send((mark, now));
    }
    bytes.len() - end
}

async fn to_cell(server: &Server, count: usize) -> anyhow::Result<(Spread, usize)> {
    let mut first = traffic(77, CHATS, 1);
    let hello = first
        .text(0, "abro la conversación")
        .request(&server.path());
    load::closed(&server.address, vec![hello], 1).await?;
    let options = console(server, (120, 36))?;
    let (told, seen) = channel();
    let (ready, is_ready) = tokio::sync::oneshot::channel();
    let stop = Arc::new(AtomicBool::new(false));
    let end = Arc::clone(&stop);
    let desk = thread::Builder::new()
        .name("console".to_owned())
        .spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(look(options, &told, ready, &end))
        })?;
    is_ready
        .await
        .context("the console did not open the chat")?;
    let acked = load::open(&server.address, requests(server, count, 3), RATE, 16).await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.store(true, Ordering::SeqCst);
    tokio::task::spawn_blocking(move || desk.join())
        .await?
        .ok()
        .context("the console broke")??;
    let (waits, missed) = waits(&acked, seen, OPEN_EVERY);
    Ok((Spread::of(waits), missed))
}

/// The console's own loop, on a grid in memory that is looked at after each frame.
async fn look(
    options: Options,
    told: &Sender<Seen>,
    ready: tokio::sync::oneshot::Sender<()>,
    end: &AtomicBool,
) -> anyhow::Result<()> {
    let mut terminal = Terminal::new(TestBackend::new(options.size.0, options.size.1))?;
    let mut pace = Pace::new(options.settings.ui.motion);
    let mut app = App::new(options);
    let mut ready = Some(ready);
    let begin = Instant::now();
    let mut pressed = 0;
    while !end.load(Ordering::SeqCst) {
        let now = tokio::time::Instant::now();
        let due = pace.due(now);
        if app.is_stale() && due.is_none() {
            pace.drew(now);
            app.draw(&mut terminal)?;
            tell_screen(&terminal, told);
            continue;
        }
        let next = timeout(Duration::from_millis(100), async {
            tokio::select! {
                biased;
                what = app.next() => Some(what),
                () = sleep_until(due.unwrap_or(now)), if app.is_stale() => None,
            }
        });
        let next = next.await;
        if let Ok(Some(what)) = next {
            app.handle(what);
            app.drain();
        }
        // Once the list is there, its first chat is opened.
        let passed = begin.elapsed();
        if pressed == 0 && passed > Duration::from_secs(1) {
            for code in [KeyCode::Char('g'), KeyCode::Char('g'), KeyCode::Enter] {
                app.terminal(key(code));
            }
            pressed = 1;
        }
        if pressed == 1 && passed > Duration::from_secs(2) && app.model().talks.open.is_some() {
            pressed = 2;
            if let Some(ready) = ready.take() {
                let _waiting = ready.send(());
            }
        }
        ensure!(
            ready.is_none() || passed < Duration::from_secs(20),
            "no chat opened"
        );
    }
    Ok(())
}

fn tell_screen(terminal: &Terminal<TestBackend>, told: &Sender<Seen>) {
    let now = Instant::now();
    let text: String = terminal
        .backend()
        .buffer()
        .content()
        .iter()
        .map(ratatui::buffer::Cell::symbol)
        .collect();
    for mark in load::marks(&text) {
        // Whoever measures may be done.
        let _done = told.send((mark, now));
    }
}
