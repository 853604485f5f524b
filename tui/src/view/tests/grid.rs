//! Every screen and every state at three sizes, in three languages, with colours, without and for the ear: one table.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use crate::hit::Pane;
use crate::model::chats::Chats;
use crate::model::daemon::Link;
use crate::model::talk::Talk;
use crate::part::ticks::Glyphs;
use crate::speech::Lang;
use crate::view::paint::Depth;
use crate::view::tests::world::World;
use crate::view::tests::{check, draw, named, styles, text};

/// What a scene makes of the common world.
type Scene = (&'static str, fn(&mut World));
/// The same, at a size of its own.
type Sized = (&'static str, (u16, u16), fn(&mut World));

/// A wide terminal, the usual one, and half of a small one.
pub(super) const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (60, 20)];

/// Every screen and every state that a screen can be in.
pub(super) const SCENES: [Scene; 59] = [
    ("talk", |world| world.focus(Pane::Compose)),
    ("picking", |world| world.focus(Pane::Talk)),
    ("list", |world| world.focus(Pane::List)),
    ("panel", |world| world.focus(Pane::Panel)),
    ("closed", World::closed),
    ("failed", World::failed),
    ("offline", World::offline),
    ("empty", World::empty),
    ("loading", World::loading),
    ("connecting", World::connecting),
    ("nothing-open", World::nothing_open),
    ("scrolled", World::scrolled),
    ("hostile", World::hostile),
    ("chosen", World::chosen),
    ("filter", World::filter),
    ("view-waiting", World::waiting),
    ("view-empty", World::archived),
    ("help", World::help),
    ("help-find", World::help_find),
    ("switcher", World::switcher),
    ("palette", World::palette),
    ("details", World::details),
    ("confirm", World::confirm),
    ("react", World::react),
    ("newchat", World::newchat),
    ("part", World::part),
    ("offer", World::offer),
    ("forward", World::forward),
    ("toasts", World::toasts),
    ("undo", World::undo),
    ("search", World::search),
    ("search-nothing", World::found_nothing),
    ("hunting", World::hunting),
    ("day", World::day),
    ("notes", World::notes),
    ("labels", World::labels),
    ("snooze", World::snooze),
    ("snoozed", World::snoozed),
    ("foot", World::foot),
    ("bind", World::bind),
    ("bind-clash", World::bind_clash),
    ("read-all", World::read_all),
    ("stats", World::stats),
    ("wizard-token", World::wizard_token),
    ("wizard-numbers", World::wizard_numbers),
    ("wizard-code", World::wizard_code),
    ("wizard-pin", World::wizard_pin),
    ("wizard-webhook", World::wizard_webhook),
    ("sounds", World::sounds),
    ("attach", World::attach),
    ("attach-caption", World::attach_caption),
    ("save-as", World::save_as),
    ("template", World::template),
    ("template-form", World::template_form),
    ("replies", World::replies),
    ("reply-draft", World::reply_draft),
    ("reply-offer", World::reply_offer),
    ("buttons", World::buttons),
    ("list-rows", World::list_rows),
];

/// What is looked at in one size alone: because it is the size, or because it is longer than any screen.
const ONCE: [Sized; 7] = [
    ("kinds", (100, 130), World::kinds),
    ("kinds-narrow", (46, 150), World::kinds),
    ("too-small", (38, 12), |_| {}),
    ("too-low", (80, 7), |_| {}),
    ("no-frames", (80, 13), |world| world.focus(Pane::Compose)),
    ("no-hints", (80, 19), |world| world.focus(Pane::Compose)),
    ("wide", (200, 60), |world| world.focus(Pane::Compose)),
];

/// How a screen is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dress {
    Colour,
    Mono,
    Plain,
}

fn world(lang: Lang, size: (u16, u16), play: fn(&mut World), dress: Dress) -> World {
    let mut world = World::new(lang, size);
    play(&mut world);
    match dress {
        Dress::Colour => world.paint(Depth::Sixteen),
        Dress::Mono => world.paint(Depth::Mono),
        Dress::Plain => world.model.settings.ui.plain = true,
    }
    world
}

fn shown(lang: Lang, size: (u16, u16), play: fn(&mut World), dress: Dress) -> Buffer {
    draw(&mut world(lang, size, play, dress)).0
}

/// The styles that stand on a screen, wherever.
fn palette(buffer: &Buffer) -> BTreeSet<String> {
    let inked = buffer
        .content
        .iter()
        .filter(|cell| !cell.symbol().trim().is_empty());
    inked.map(|cell| named(cell.style())).collect()
}

fn is_colourless(style: Style) -> bool {
    let bare = |colour: Option<Color>| colour.is_none_or(|colour| colour == Color::Reset);
    bare(style.fg) && bare(style.bg)
}

/// One scene in every cell of the grid, as one page: the words of each size and language, for the eye and for the ear, and
/// the styles with colours and without, of a language only where other styles stand in it than in the first. What all cells
/// have in common is checked here.
fn page(name: &str, play: fn(&mut World)) -> String {
    let mut page = String::new();
    for size in SIZES {
        let mut first: Option<BTreeSet<String>> = None;
        for lang in Lang::ALL {
            let cell = format!("{name} {}x{} {}", size.0, size.1, lang.tag());
            let colour = shown(lang, size, play, Dress::Colour);
            let mono = shown(lang, size, play, Dress::Mono);
            writeln!(page, "━━ {cell}\n{}", text(&colour)).unwrap();
            assert_eq!(
                text(&colour),
                text(&mono),
                "{cell}: the words need no colour"
            );
            assert!(
                mono.content.iter().all(|c| is_colourless(c.style())),
                "{cell}"
            );
            assert_tells_apart(&cell, &colour, &mono);
            let plain = shown(lang, size, play, Dress::Plain);
            let heard = text(&plain);
            assert!(
                !heard.contains(['─', '│', '✓', '●', '▌', '◕', '▏']),
                "{cell}: {heard}"
            );
            assert!(
                plain.content.iter().all(|c| is_colourless(c.style())),
                "{cell}"
            );
            writeln!(page, "━━ {cell} plain\n{}\n", heard.trim_end()).unwrap();
            let inks = palette(&colour);
            if first.as_ref() != Some(&inks) {
                first.get_or_insert(inks);
                writeln!(page, "━━ {cell} in colour\n{}", styles(&colour)).unwrap();
                writeln!(page, "━━ {cell} without\n{}", styles(&mono)).unwrap();
            }
        }
    }
    page
}

/// What is red is a warning, and must stand out without colours too; a bar has its word beside it.
fn assert_tells_apart(cell: &str, colour: &Buffer, mono: &Buffer) {
    for (with, without) in colour.content.iter().zip(&mono.content) {
        let says = |c: char| !c.is_whitespace() && !('▀'..='▟').contains(&c);
        let warns = with.style().fg == Some(Color::Red) && with.symbol().contains(says);
        let marks = Modifier::BOLD | Modifier::REVERSED | Modifier::UNDERLINED;
        let seen = without.style().add_modifier.intersects(marks);
        assert!(
            !warns || seen,
            "{cell}: {:?} is red and nothing else",
            with.symbol()
        );
    }
}

#[test]
fn every_screen_in_every_size_language_and_dress() {
    for (name, play) in SCENES {
        let picture = shown(Lang::Es, SIZES[0], play, Dress::Colour);
        check(name, &picture, &page(name, play));
    }
}

#[test]
fn every_other_size() {
    for (name, size, play) in ONCE {
        let buffer = shown(Lang::Es, size, play, Dress::Colour);
        check(
            &format!("{name}-{}x{}", size.0, size.1),
            &buffer,
            &text(&buffer),
        );
    }
}

#[test]
fn ascii_is_enough() {
    for (name, play) in SCENES {
        // Names and words of other people are theirs.
        if matches!(name, "hostile" | "react" | "offer") {
            continue;
        }
        let mut world = World::new(Lang::En, (80, 24));
        play(&mut world);
        world.glyphs(Glyphs::Ascii);
        let (buffer, _) = draw(&mut world);
        let text = text(&buffer);
        if name == "talk" {
            check("ascii", &buffer, &text);
        }
        assert!(
            !text.contains(['─', '│', '✓', '●', '▌', '◕']),
            "{name}: {text}"
        );
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
            }
            for (_, play) in SCENES {
                if width % 2 == 1 {
                    draw(&mut world(Lang::Es, (width, height), play, Dress::Colour));
                }
            }
        }
    }
}

impl World {
    /// A chat whose first page is long in coming.
    fn loading(&mut self) {
        let chat = self.model.talks.open.unwrap();
        let asked = self.model.now.minus(Duration::from_secs(2));
        let talk = self.model.talks.enter(chat);
        *talk = Talk::new(chat);
        talk.asked_at = Some(asked);
        self.model.focus.pane = Pane::Talk;
    }

    /// The first connection is being made, and nothing is known yet.
    fn connecting(&mut self) {
        self.nothing_open();
        let since = self.model.now.minus(Duration::from_secs(2));
        self.model.daemon.link = Link::Connecting { since };
        self.model.daemon.last_webhook = None;
        self.model.chats = Chats::default();
        self.model.numbers.replace(Vec::new());
    }
}
