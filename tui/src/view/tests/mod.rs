//! Screens as text and as styles, and what can be done with them.

mod connecting;
mod figures;
mod files;
mod grid;
mod saved;
mod world;
mod writing;

use std::fmt::Write;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use crate::hit::{Hits, Pane, Target};
use crate::part::scroll::Anchor;
use crate::speech::Lang;
use crate::view::tests::world::World;
use crate::view::view;

fn draw(world: &mut World) -> (Buffer, Hits) {
    let (width, height) = world.model.size;
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let mut hits = Hits::default();
    let frame = terminal
        .draw(|frame| hits = view(&world.model, &mut world.cache, frame))
        .unwrap();
    let buffer = frame.buffer.clone();
    for cell in &buffer.content {
        assert!(
            !cell.symbol().contains(char::is_control),
            "a control character reached a cell"
        );
    }
    (buffer, hits)
}

fn text(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width);
    let row = |cells: &[ratatui::buffer::Cell]| {
        let mut line = String::new();
        let mut skip = 0;
        for cell in cells {
            if skip == 0 {
                line.push_str(cell.symbol());
                skip = crate::part::wrap::width(cell.symbol()).max(1);
            }
            skip -= 1;
        }
        format!("{}\n", line.trim_end())
    };
    buffer.content.chunks(width).map(row).collect()
}

/// Each run of one style on a line of its own: row, column, style, the text's beginning. Lines and frames are left out.
fn styles(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width);
    let mut out = String::new();
    for (y, row) in buffer.content.chunks(width).enumerate() {
        let mut x = 0;
        while x < row.len() {
            let style = row[x].style();
            let run: String = row[x..]
                .iter()
                .take_while(|cell| cell.style() == style)
                .map(ratatui::buffer::Cell::symbol)
                .collect();
            let wide = row[x..]
                .iter()
                .take_while(|cell| cell.style() == style)
                .count();
            let plain = named(style);
            let says = |c: char| !c.is_whitespace() && !('─'..='╿').contains(&c);
            if !plain.is_empty() && run.contains(says) {
                let begin: String = run.trim_end().chars().take(30).collect();
                writeln!(out, "{y:>3} {x:>3}  {plain:<24} {begin}").unwrap();
            }
            x += wide;
        }
    }
    out
}

fn named(style: Style) -> String {
    let mut words = Vec::new();
    if let Some(fg) = style.fg.filter(|fg| *fg != Color::Reset) {
        words.push(fg.to_string().to_lowercase());
    }
    for (modifier, word) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
        (Modifier::CROSSED_OUT, "struck"),
    ] {
        if style.add_modifier.contains(modifier) {
            words.push(word.to_owned());
        }
    }
    words.join("+")
}

/// The screen as a terminal would get it, for pictures.
fn ansi(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width);
    let mut out = String::new();
    for row in buffer.content.chunks(width) {
        let mut skip = 0;
        for cell in row {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            skip = crate::part::wrap::width(cell.symbol()).max(1) - 1;
            let style = cell.style();
            let mut codes = vec!["0".to_owned()];
            for (modifier, code) in [
                (Modifier::BOLD, "1"),
                (Modifier::DIM, "2;90"),
                (Modifier::ITALIC, "3"),
                (Modifier::UNDERLINED, "4"),
                (Modifier::REVERSED, "7"),
                (Modifier::CROSSED_OUT, "9"),
            ] {
                if style.add_modifier.contains(modifier) {
                    codes.push(code.to_owned());
                }
            }
            let colour = |colour: Color| match colour {
                Color::Rgb(r, g, b) => format!("38;2;{r};{g};{b}"),
                Color::Indexed(n) => format!("38;5;{n}"),
                Color::Red => "31".to_owned(),
                Color::Green => "32".to_owned(),
                Color::Yellow => "33".to_owned(),
                Color::Blue => "34".to_owned(),
                Color::Magenta => "35".to_owned(),
                Color::Cyan => "36".to_owned(),
                Color::LightBlue => "94".to_owned(),
                _ => "39".to_owned(),
            };
            if let Some(fg) = style.fg.filter(|fg| *fg != Color::Reset) {
                codes.push(colour(fg));
            }
            write!(out, "\u{1b}[{}m{}", codes.join(";"), cell.symbol()).unwrap();
        }
        out.push_str("\u{1b}[0m\n");
    }
    out
}

/// Compares one screen. With `RECADO_SCREENS=FOLDER` it is also written there with its colours.
fn check(name: &str, buffer: &Buffer, shown: &str) {
    if let Some(folder) = std::env::var_os("RECADO_SCREENS") {
        let file = std::path::Path::new(&folder).join(format!("{name}.ansi"));
        std::fs::write(file, ansi(buffer)).unwrap();
    }
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, shown);
    });
}

#[test]
fn what_is_drawn_can_be_pointed_at() {
    let mut world = World::new(Lang::En, (120, 36));
    world.focus(Pane::Compose);
    let (buffer, hits) = draw(&mut world);
    let lines: Vec<String> = text(&buffer).lines().map(str::to_owned).collect();
    let place = |words: &str| {
        let y = lines.iter().position(|line| line.contains(words)).unwrap();
        let x = lines[y].split(words).next().unwrap().chars().count();
        (u16::try_from(x).unwrap(), u16::try_from(y).unwrap())
    };
    let (x, y) = place("João Padaria");
    assert_eq!(hits.at(x, y), Some(&Target::Chat(world::chat_id(2))));
    let (x, y) = place("Is order 4471");
    assert_eq!(hits.at(x, y), Some(&Target::Message(world::message_id(1))));
    assert_eq!(hits.pane_at(x, y), Some(Pane::Talk));
    let (x, y) = place("Entregas");
    assert!(matches!(hits.at(x, y), Some(Target::Number(Some(_)))));
    assert!(hits.seen.list_rows >= 9);
    assert!(hits.seen.talk.is_some());
}

/// The rows of the conversation alone.
fn talk_rows(buffer: &Buffer) -> Vec<String> {
    let rows = text(buffer);
    let of = |line: &str| {
        line.chars()
            .skip(27)
            .take(53)
            .collect::<String>()
            .trim()
            .to_owned()
    };
    rows.lines().skip(4).take(15).map(of).collect()
}

#[test]
fn what_is_read_stays_when_messages_come() {
    let mut world = World::new(Lang::Es, (80, 24));
    world.scrolled();
    let (before, hits) = draw(&mut world);
    world.scroll(&hits, |_| {});
    world.grow();
    let (after, _) = draw(&mut world);
    assert_eq!(talk_rows(&before)[..13], talk_rows(&after)[..13]);
}

#[test]
fn the_newest_stays_at_the_bottom() {
    let mut world = World::new(Lang::Es, (80, 24));
    let (_, hits) = draw(&mut world);
    world.scroll(&hits, |_| {});
    world.grow();
    let (after, hits) = draw(&mut world);
    assert!(
        talk_rows(&after)
            .iter()
            .any(|row| row.contains("recién llegado"))
    );
    assert!(hits.seen.talk.unwrap().1.anchor == Anchor::Newest);
}

#[test]
fn scrolling_goes_by_rows_and_stops_at_the_ends() {
    let mut world = World::new(Lang::Es, (80, 24));
    world.scrolled();
    let (before, hits) = draw(&mut world);
    world.scroll(&hits, |scroll| scroll.by(-3));
    let (up, hits) = draw(&mut world);
    assert_eq!(talk_rows(&before)[..10], talk_rows(&up)[3..13]);
    world.scroll(&hits, |scroll| scroll.by(3));
    let (again, hits) = draw(&mut world);
    assert_eq!(talk_rows(&before)[..14], talk_rows(&again)[..14]);
    world.scroll(&hits, |scroll| scroll.by(-10_000));
    let (top, hits) = draw(&mut world);
    assert!(talk_rows(&top)[0].contains("Ayer"), "{:?}", talk_rows(&top));
    assert!(hits.seen.talk.unwrap().1.near_top);
    world.scroll(&hits, |scroll| scroll.by(10_000));
    let (_, hits) = draw(&mut world);
    assert_eq!(hits.seen.talk.unwrap().1.anchor, Anchor::Newest);
}

#[test]
fn a_revealed_message_comes_into_sight_with_little_movement() {
    let mut world = World::new(Lang::Es, (80, 24));
    world.scrolled();
    let (_, hits) = draw(&mut world);
    world.scroll(&hits, |scroll| scroll.reveal(world::message_id(130)));
    let (shown, hits) = draw(&mut world);
    assert!(
        talk_rows(&shown).last().unwrap().contains("número 30"),
        "{:?}",
        talk_rows(&shown)
    );
    world.scroll(&hits, |scroll| scroll.reveal(world::message_id(129)));
    let (same, _) = draw(&mut world);
    assert_eq!(talk_rows(&shown), talk_rows(&same));
}

#[test]
fn a_frame_costs_little() {
    let mut world = World::new(Lang::Es, (120, 36));
    world.focus(Pane::Compose);
    draw(&mut world);
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap();
    let begin = std::time::Instant::now();
    for _ in 0..200 {
        terminal
            .draw(|frame| drop(view(&world.model, &mut world.cache, frame)))
            .unwrap();
    }
    let each = begin.elapsed() / 200;
    // A debug build on a busy machine; the benchmarks hold the real limit.
    assert!(each < std::time::Duration::from_millis(100), "{each:?}");
    if std::env::var_os("RECADO_TIMES").is_some() {
        let path = std::env::temp_dir().join("recado-frame.txt");
        std::fs::write(path, format!("{each:?}")).unwrap();
    }
}
