//! Pictures scrolled past: CPU of each key's frame and of each frame that a picture comes with, by every way of showing them.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use anyhow::ensure;
use common::api::page::Page;
use common::client::Client;
use common::id::{ChatId, MessageId};
use common::model::message::Message;
use common::time::Stamp;
use config::path::Surroundings;
use image::{DynamicImage, Rgb, RgbImage};
use ratatui::Terminal;
use ratatui::crossterm::event::KeyCode;
use ratatui::layout::Size;
use recado_tui::msg::{Answer, LinkMsg, ListAsk, Part, Shelf, Shown, TalkAsk, What};
use recado_tui::part::picture::{Means, Picture, Way};
use recado_tui::run::setup::{Flags, options};
use recado_tui::run::{App, Options};
use recado_tui::term::screen::Screen;
use serde_json::json;

use crate::Plan;
use crate::frames::key;
use crate::measure::{self, Spread};
use crate::report::{Figure, Report};

/// A narrow terminal.
const SIZE: (u16, u16) = (60, 20);
/// Pictures that are scrolled past; a conversation keeps 800 messages, so they lie in two.
const EACH: usize = 500;

/// Counts what a terminal would get.
#[derive(Debug, Clone, Default)]
struct Sink(Arc<std::sync::atomic::AtomicU64>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let order = std::sync::atomic::Ordering::Relaxed;
        self.0.fetch_add(bytes.len() as u64, order);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub(crate) async fn run(plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    for way in [Way::Blocks, Way::Kitty, Way::Sixel, Way::Iterm2] {
        walk(plan, way, report)?;
    }
    tokio::task::yield_now().await;
    Ok(())
}

fn console() -> anyhow::Result<Options> {
    let home = [("HOME", "/nonexistent"), ("TERM", "xterm-256color")];
    let around = Surroundings::invented(home, false);
    let made = options(Client::unix("/nonexistent"), &around, &Flags::default())?;
    Ok(Options {
        size: SIZE,
        seed: 1,
        is_shared: false,
        dumb: false,
        theme: None,
        ..made
    })
}

fn connected(app: &mut App) -> anyhow::Result<()> {
    let status = serde_json::from_value(json!({
        "version": "0", "uptime_s": 1, "webhook": {"listen": "x", "last_received_at": null},
        "api": {"socket": null, "listen": null}, "numbers": [], "outbox": {"queued": 0, "sending": 0, "failed_24h": 0}, "database": {"path": "x", "bytes": 1, "schema_version": 1},
        "seq": 1, "notices": []
    }))?;
    let me =
        serde_json::from_value(json!({"operator": "Lia", "uid": 1, "admin": true, "orgs": []}))?;
    app.handle(What::Link(Box::new(LinkMsg::Up {
        status,
        me,
        numbers: Vec::new(),
        resumed: false,
    })));
    let chat = |id: i64| {
        json!({
            "id": id, "org_id": 1, "number_id": 1, "customer": {"id": id, "phone_number": null, "wa_id": null,
            "user_id": null, "username": null, "name": format!("Customer {id}"), "profile_name": null, "revision": 1},
            "state": "open", "unread": 0, "first_unread": null, "assignee": null, "muted_until": null, "snoozed_until": null,
            "waiting_since": null, "labels": [], "pinned": false, "muted": false,
            "last_message": null, "last_message_at": Stamp::from_millis(1_770_000_000_000 + id),
            "window": {"open": true, "expires_at": null}, "draft": null, "revision": 1
        })
    };
    let items = serde_json::from_value(json!([chat(1), chat(2)]))?;
    let page = Page { items, next: None };
    let ask = ListAsk::Page(Shelf::default());
    app.handle(What::Answer(Box::new(Answer::Chats(ask, Ok(page)))));
    Ok(())
}

fn messages(chat: i64) -> anyhow::Result<Vec<Message>> {
    let first = Stamp::from_millis(1_770_000_000_000);
    let one = |n: usize| {
        let at = first.plus(Duration::from_secs(90 * n as u64));
        let mut random = [0; 10];
        random[0] = u8::try_from(chat)?;
        let id = MessageId::new(at, random);
        Ok(serde_json::from_value(json!({
            "id": id, "wamid": format!("wamid.{chat}.{n}"), "chat_id": chat, "number_id": 1,
            "direction": if n.is_multiple_of(3) { "outbound" } else { "inbound" },
            "kind": "image", "content": {"caption": "Something like this, with candles?"},
            "text": "Something like this, with candles?", "reply_to": null,
            "media": {"id": chat * 10_000 + i64::try_from(n)?, "mime": "image/jpeg", "filename": null,
                "bytes": 212_000, "sha256": null, "state": "ready", "width": 1200, "height": 900},
            "reactions": [], "sender": null, "status": "read", "statuses": [], "error": null,
            "timestamp": at, "created_at": at, "sort_at": at, "forwarded": false,
            "frequently_forwarded": false, "revision": 1
        }))?)
    };
    (0..EACH).map(one).collect()
}

/// What a camera sees, more or less.
fn photograph() -> DynamicImage {
    let pixel = |x: u32, y: u32| {
        let noise = u8::try_from((x * 31 + y * 17 + x * y) % 23).unwrap_or(0);
        let part = |value: u32| u8::try_from(value % 200).unwrap_or(0) + noise;
        Rgb([part(x / 6), part(y / 5), part((x + y) / 9)])
    };
    DynamicImage::ImageRgb8(RgbImage::from_fn(1200, 900, pixel))
}

fn walk(plan: &Plan, way: Way, report: &mut Report) -> anyhow::Result<()> {
    let means = Means {
        way,
        ..Means::blocks(true)
    };
    let sink = Sink::default();
    let mut terminal = Terminal::new(Screen::new(sink.clone(), Size::new(SIZE.0, SIZE.1)))?;
    let mut app = App::new(console()?);
    connected(&mut app)?;
    app.handle(What::Means(Some(means)));
    app.draw(&mut terminal)?;
    let source = photograph().thumbnail(1200, 900);
    let (mut keys, mut comes, mut seen) = (Vec::new(), Vec::new(), 0_u32);
    let bytes_before = sink.0.load(std::sync::atomic::Ordering::Relaxed);
    for chat in [2, 1] {
        app.terminal(key(KeyCode::Enter));
        let part = Part {
            messages: messages(chat)?,
            older: false,
            newer: false,
        };
        let answer = Answer::Part(ChatId(chat), TalkAsk::Newest, Ok(part));
        app.handle(What::Answer(Box::new(answer)));
        app.draw(&mut terminal)?;
        ensure!(
            app.model().open_id() == Some(ChatId(chat)),
            "no chat was opened"
        );
        app.terminal(key(KeyCode::Esc));
        app.terminal(key(KeyCode::Tab));
        app.draw(&mut terminal)?;
        let steps = if plan.full { 2 * EACH } else { EACH };
        for _ in 0..steps {
            let begin = measure::cpu_here()?;
            app.terminal(key(KeyCode::Up));
            app.draw(&mut terminal)?;
            keys.push(measure::cpu_here()?.saturating_sub(begin));
            // What a thread of its own would make ready meanwhile is not the frame's.
            for sight in app.hits().sights.clone() {
                if app.model().pictures.get(&sight).is_some() {
                    continue;
                }
                seen += 1;
                let size = means.fit((1200, 900), sight.most);
                let picture = Picture::new(&source, size, means, seen);
                let Some(picture) = picture else { continue };
                let shown = Shown {
                    picture: Arc::new(picture),
                    pixels: (1200, 900),
                };
                let round = app.model().pictures.round;
                let begin = measure::cpu_here()?;
                let answer = Answer::Picture(sight, round, Ok(shown));
                app.handle(What::Answer(Box::new(answer)));
                app.draw(&mut terminal)?;
                comes.push(measure::cpu_here()?.saturating_sub(begin));
            }
        }
        for code in [KeyCode::Esc, KeyCode::Esc, KeyCode::Esc, KeyCode::Down] {
            app.terminal(key(code));
        }
    }
    let bytes = sink.0.load(std::sync::atomic::Ordering::Relaxed) - bytes_before;
    let most = keys.iter().chain(&comes).max().copied().unwrap_or_default();
    let frames = keys.len() + comes.len();
    let held = app.model().pictures.bytes();
    let what =
        format!("{seen} pictures scrolled past at 60×20 as {way:?}, CPU of a frame, over {frames}");
    report.add(Figure {
        what: &what,
        target: "no frame over 16 ms",
        measured: format!(
            "at most {}; keys {}, frames with a new picture {}",
            measure::ms(most),
            Spread::of(keys).told(),
            Spread::of(comes).told()
        ),
        baseline: format!("{} KiB held, {} KiB written a frame", held / 1024, bytes / 1024 / frames.max(1) as u64),
        met: Some(most <= Duration::from_millis(16)),
        figures: json!({ "most_us": most.as_micros(), "pictures": seen, "held_bytes": held, "written_bytes": bytes }),
    });
    Ok(())
}
