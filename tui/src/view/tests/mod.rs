//! Every screen at every size and in every language, as text and as styles.

mod figures;
mod world;
mod writing;

use std::fmt::Write;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use crate::hit::{Hits, Pane, Target};
use crate::part::scroll::Anchor;
use crate::part::ticks::Glyphs;
use crate::speech::Lang;
use crate::view::paint::Depth;
use crate::view::tests::world::World;
use crate::view::view;

/// What a scene makes of the common world.
type Scene = (&'static str, fn(&mut World));
/// The same, at a size of its own.
type Sized = (&'static str, (u16, u16), fn(&mut World));

const BOOKS: [(u16, u16); 3] = [(120, 36), (80, 24), (60, 20)];

/// Scenes that are looked at in every size and language.
const EVERYWHERE: [Scene; 4] = [
    ("talk", |world| world.focus(Pane::Compose)),
    ("list", |world| world.focus(Pane::List)),
    ("closed", World::closed),
    ("failed", World::failed),
];

/// Scenes whose words matter more than their room.
const IN_EACH_LANGUAGE: [Scene; 19] = [
    ("offline", World::offline),
    ("empty", World::empty),
    ("help", World::help),
    ("switcher", World::switcher),
    ("palette", World::palette),
    ("details", World::details),
    ("confirm", World::confirm),
    ("react", World::react),
    ("newchat", World::newchat),
    ("part", World::part),
    ("offer", World::offer),
    ("toasts", World::toasts),
    ("search", World::search),
    ("notes", World::notes),
    ("labels", World::labels),
    ("filter", World::filter),
    ("day", World::day),
    ("undo", World::undo),
    ("stats", World::stats),
];

/// Scenes that are looked at once: name, size, what happens.
const ONCE: [Sized; 20] = [
    ("kinds", (100, 130), World::kinds),
    ("kinds-narrow", (46, 150), World::kinds),
    ("scrolled", (80, 24), World::scrolled),
    ("hostile", (80, 24), World::hostile),
    ("too-small", (38, 12), |_| {}),
    ("too-low", (80, 7), |_| {}),
    ("no-frames", (80, 13), |world| world.focus(Pane::Compose)),
    ("no-hints", (80, 19), |world| world.focus(Pane::Compose)),
    ("wide", (200, 60), |world| world.focus(Pane::Compose)),
    ("panel-80", (80, 24), |world| world.focus(Pane::Panel)),
    ("nothing-open", (120, 36), World::nothing_open),
    ("panel-60", (60, 20), |world| world.focus(Pane::Panel)),
    ("view-waiting", (120, 36), World::waiting),
    ("view-waiting-80", (80, 24), World::waiting),
    ("view-empty", (80, 24), World::archived),
    ("search-nothing", (80, 24), World::found_nothing),
    ("hunting", (80, 24), World::hunting),
    ("forward", (80, 24), World::forward),
    ("chosen", (80, 24), World::chosen),
    ("help-find", (80, 24), World::help_find),
];

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

/// Each run of one style on a line of its own: row, columns, style, text.
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
            if !plain.is_empty() && !run.trim().is_empty() {
                writeln!(out, "{y:>3} {x:>3}  {plain:<24} {}", run.trim_end()).unwrap();
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

fn scene(name: &str, lang: Lang, size: (u16, u16), play: fn(&mut World)) {
    let mut world = World::new(lang, size);
    play(&mut world);
    let (buffer, _) = draw(&mut world);
    check(
        &format!("{name}-{}x{}-{}", size.0, size.1, lang.tag()),
        &buffer,
        &text(&buffer),
    );
}

#[test]
fn every_size_and_language() {
    for (name, play) in EVERYWHERE {
        for size in BOOKS {
            for lang in Lang::ALL {
                scene(name, lang, size, play);
            }
        }
    }
}

#[test]
fn every_language() {
    for (name, play) in IN_EACH_LANGUAGE {
        for lang in Lang::ALL {
            scene(name, lang, (80, 24), play);
        }
        scene(name, Lang::Es, (120, 36), play);
        scene(name, Lang::Es, (60, 20), play);
    }
}

#[test]
fn every_other_screen() {
    for (name, size, play) in ONCE {
        scene(name, Lang::Es, size, play);
    }
}

#[test]
fn states_are_told_by_colour_and_without() {
    for (name, depth) in [("colour", Depth::Sixteen), ("mono", Depth::Mono)] {
        let mut world = World::new(Lang::En, (120, 36));
        world.focus(Pane::Talk);
        world.paint(depth);
        let (buffer, _) = draw(&mut world);
        check(name, &buffer, &styles(&buffer));
    }
}

#[test]
fn ascii_is_enough() {
    let mut world = World::new(Lang::En, (80, 24));
    world.glyphs(Glyphs::Ascii);
    let (buffer, _) = draw(&mut world);
    let text = text(&buffer);
    check("ascii", &buffer, &text);
    assert!(!text.contains(['─', '│', '✓', '●', '▌', '◕']), "{text}");
}

#[test]
fn plain_mode_has_words_for_marks() {
    for lang in Lang::ALL {
        for (name, pane) in [("plain-talk", Pane::Compose), ("plain-list", Pane::List)] {
            let mut world = World::new(lang, (60, 20));
            world.model.settings.ui.plain = true;
            world.focus(pane);
            let (buffer, _) = draw(&mut world);
            let text = text(&buffer);
            check(&format!("{name}-{}", lang.tag()), &buffer, &text);
            assert!(
                !text.contains(['─', '│', '✓', '●', '▌', '◕', '▏']),
                "{text}"
            );
        }
    }
}

#[test]
fn every_size_can_be_drawn() {
    for height in [1, 3, 7, 8, 9, 13, 14, 19, 20, 29, 30, 47] {
        for width in [1, 5, 39, 40, 41, 59, 71, 72, 90, 109, 110, 131] {
            for pane in [Pane::List, Pane::Talk, Pane::Compose, Pane::Panel] {
                let mut world = World::new(Lang::PtBr, (width, height));
                world.focus(pane);
                draw(&mut world);
                for (_, play) in IN_EACH_LANGUAGE.iter().chain(&EVERYWHERE) {
                    if pane == Pane::Talk && width % 2 == 1 {
                        let mut world = World::new(Lang::Es, (width, height));
                        play(&mut world);
                        draw(&mut world);
                    }
                }
            }
        }
    }
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
