//! Files on the screen: pictures half in sight, sounds, the picker, and what is told where a file is not here.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use common::file::facts::{Facts, Format};
use common::id::{ChatId, MediaId};
use common::model::content::Content;
use common::model::media::{Media, MediaError, MediaState, Progress};
use common::model::message::{Direction, Message};
use image::{DynamicImage, Rgb, RgbImage};

use crate::file::{Entry, Looked};
use crate::hit::{Pane, Sight, Target};
use crate::model::attach::{Attach, Chosen, For};
use crate::model::overlay::{Ask, Asked, Large, Overlay, Pick};
use crate::msg::{Shown, Unseen};
use crate::part::field::Field;
use crate::part::picture::{Means, Picture};
use crate::part::scroll::Scroll;
use crate::speech::Lang;
use crate::view::paint::Depth;
use crate::view::tests::grid::SIZES;
use crate::view::tests::world::{World, ago, file, media, message_id, said};
use crate::view::tests::{check, draw, text};

/// A cake, more or less.
fn drawing(width: u32, height: u32) -> DynamicImage {
    let pixel = |x: u32, y: u32| {
        let (fx, fy) = (x * 8 / width.max(1), y * 6 / height.max(1));
        match (fx, fy) {
            (2..=5, 2..=3) => Rgb([200, 120, 60]),
            (1..=6, 4) => Rgb([240, 230, 210]),
            _ => Rgb([40, 60, 90]),
        }
    };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, pixel))
}

fn sized(width: u32, height: u32) -> Option<Media> {
    let mut one = media("image/jpeg", 212_000, MediaState::Ready)?;
    (one.width, one.height) = (Some(width), Some(height));
    Some(one)
}

impl World {
    /// Puts messages below the others, the newest last.
    fn below(&mut self, messages: Vec<Message>) {
        let talk = self.model.talks.open_mut().unwrap();
        talk.join(messages);
        talk.scroll = Scroll::newest();
        self.model.focus.pane = Pane::Talk;
        let last = self.model.talk().unwrap().newest();
        self.model.talks.open_mut().unwrap().cursor = last;
    }

    /// Pictures are shown by half blocks, and those that a frame asked for are ready.
    fn ready(&mut self) {
        let means = Means::blocks(true);
        self.paint(Depth::True);
        self.model.pictures.set_means(Some(means));
        for _ in 0..2 {
            let (_, hits) = draw(self);
            for sight in self.model.pictures.look(&hits.sights) {
                self.develop(sight, means);
            }
        }
    }

    fn develop(&mut self, sight: Sight, means: Means) {
        let image = drawing(1200, 900);
        let size = means.fit((1200, 900), sight.most);
        let picture = Picture::new(&image, size, means, 1).unwrap();
        let shown = Shown {
            picture: Arc::new(picture),
            pixels: (1200, 900),
        };
        self.model.pictures.came(sight, Ok(shown));
    }

    fn with_picture(&mut self) {
        let photo = Content::Image(file(Some("Something like this?"), Some("cake.jpg")));
        let mut theirs = said(60, Direction::Inbound, photo, 50);
        theirs.media = sized(1200, 900);
        let sticker = Content::Sticker(file(None, None));
        let mut ours = said(61, Direction::Outbound, sticker, 20);
        ours.media = sized(512, 512);
        if let Some(media) = &mut ours.media {
            media.id = MediaId(8);
        }
        self.below(vec![theirs, ours]);
    }

    /// Voice notes and files in every state.
    pub(super) fn sounds(&mut self) {
        let voice =
            |n: u128, age| said(n, Direction::Inbound, Content::Voice(file(None, None)), age);
        let mut first = voice(60, 50);
        first.media = media("audio/ogg; codecs=opus", 24_000, MediaState::Ready);
        if let Some(media) = &mut first.media {
            media.seconds = Some(23.4);
            media.levels = (0..64).map(|n: u8| n % 14 * 7).collect();
        }
        let mut second = first.clone();
        second.id = message_id(61);
        (second.timestamp, second.sort_at) = (ago(40), ago(40));
        let mut film = said(62, Direction::Inbound, Content::Video(file(None, None)), 30);
        film.media = media("video/mp4", 80_000_000, MediaState::Pending);
        if let Some(media) = &mut film.media {
            media.error = Some(MediaError {
                code: "too_large_to_fetch".to_owned(),
                advice: "It is large.".to_owned(),
            });
        }
        let mut sheet = said(
            63,
            Direction::Outbound,
            Content::Document(file(None, Some("precios.pdf"))),
            20,
        );
        sheet.media = media("application/pdf", 3_100_000, MediaState::Ready);
        if let Some(media) = &mut sheet.media {
            media.progress = Some(Progress {
                done: 1_400_000,
                total: Some(3_100_000),
            });
        }
        self.below(vec![first, second, film, sheet]);
        self.model.playing = Some(message_id(61));
    }

    fn picker() -> Attach {
        let path = |name: &str| PathBuf::from("/home/lia/Pictures/loja").join(name);
        let entry = |name: &str, bytes: u64, folder: bool| Entry {
            path: path(name),
            name: name.to_owned(),
            folder,
            recent: name == "price-list.pdf",
            bytes,
        };
        let entries = [
            entry("..", 0, true),
            entry("2026-02", 0, true),
            entry("cake-a.jpg", 1_258_000, false),
            entry("cake-b.jpg", 1_153_000, false),
            entry("cake-c.png", 1_992_000, false),
            entry("cake.mp4", 19_293_000, false),
            entry("menu.pdf", 419_000, false),
            entry("voice.ogg", 104_000, false),
            entry("price-list.pdf", 88_000, false),
        ];
        let mut attach = Attach::new(For::Chat(ChatId(1)), "/home/lia/Pictures/loja".into());
        attach.shown = "~/Pictures/loja".to_owned();
        attach.listed = true;
        attach.clipboard = true;
        attach.pick = Pick::new(entries.map(|e| (e.clone(), e.name)).into());
        for (name, format, bytes) in [
            ("cake-a.jpg", Format::Jpeg, 1_258_000),
            ("cake-c.png", Format::Png, 1_992_000),
            ("cake.mp4", Format::Mp4, 19_293_000),
        ] {
            let mut facts = Facts::bare(format, bytes);
            (facts.width, facts.height, facts.depth) = (Some(2048), Some(1536), Some(8));
            if format == Format::Mp4 {
                (facts.video, facts.sound) = (Some("H.264".into()), vec!["AAC".into()]);
                facts.seconds = Some(41.0);
            }
            attach
                .looked
                .insert(path(name), Looked::Facts(Box::new(facts)));
        }
        attach.chosen = vec![
            Chosen {
                caption: "The drawing, like this?".to_owned(),
                ..Chosen::new(path("cake-a.jpg"))
            },
            Chosen::new(path("cake-c.png")),
        ];
        attach
    }

    /// The picker on a film that is too large.
    pub(super) fn attach(&mut self) {
        let mut attach = Self::picker();
        attach.pick.list.set_cursor(5);
        self.over(Overlay::Attach(Box::new(attach)));
    }

    /// The picker while a caption is written.
    pub(super) fn attach_caption(&mut self) {
        let mut attach = Self::picker();
        attach.pick.list.set_cursor(2);
        let mut field = Field::single();
        field.set("The drawing, like this?");
        attach.caption = Some(field);
        self.over(Overlay::Attach(Box::new(attach)));
    }

    /// A name that is taken.
    pub(super) fn save_as(&mut self) {
        let mut field = Field::single();
        field.set("~/Downloads/cake (2).jpg");
        self.over(Overlay::Ask(Ask {
            what: Asked::SaveAs(MediaId(7)),
            field,
            fault: Some(crate::model::toast::Say::new("ask-save-taken")),
        }));
    }
}

#[test]
fn pictures_stand_in_the_conversation_in_every_size_and_language() {
    let mut page = String::new();
    for size in SIZES {
        for lang in Lang::ALL {
            let mut world = World::new(lang, size);
            world.with_picture();
            world.ready();
            let (buffer, hits) = draw(&mut world);
            writeln!(
                page,
                "━━ {}x{} {}\n{}",
                size.0,
                size.1,
                lang.tag(),
                text(&buffer)
            )
            .unwrap();
            let pictures = hits
                .spots()
                .filter(|(_, t)| matches!(t, Target::Picture(_)));
            assert!(pictures.count() >= 1, "{}", text(&buffer));
            let files = hits.spots().filter(|(_, t)| matches!(t, Target::File(_)));
            assert!(files.count() >= 1, "{}", text(&buffer));
        }
    }
    let mut world = World::new(Lang::Es, SIZES[0]);
    world.with_picture();
    world.ready();
    let (buffer, _) = draw(&mut world);
    check("pictures", &buffer, &page);
}

#[test]
fn a_picture_scrolls_half_out_of_sight_and_comes_back() {
    let mut world = World::new(Lang::En, (80, 24));
    world.with_picture();
    world.ready();
    let rows = |world: &mut World| {
        let (buffer, hits) = draw(world);
        let spot = hits
            .spots()
            .find(|(_, t)| *t == Target::Picture(message_id(60)));
        let area = spot.map(|(area, _)| *area);
        area.map(|area| (area.height, buffer[(area.x + 12, area.y)].bg))
    };
    rows(&mut world).unwrap();
    let mut heights = Vec::new();
    for _ in 0..24 {
        let (_, hits) = draw(&mut world);
        let settled = hits.seen.talk.unwrap().1;
        let talk = world.model.talks.open_mut().unwrap();
        talk.scroll.settle(settled);
        talk.scroll.by(-1);
        heights.extend(rows(&mut world).map(|(high, _)| high));
    }
    assert!(
        heights.windows(2).all(|two| two[0].abs_diff(two[1]) <= 1),
        "{heights:?}"
    );
    let whole = *heights.iter().max().unwrap();
    let last = *heights.last().unwrap();
    assert!(
        whole >= 6 && heights[0] < whole && last < whole,
        "{heights:?}"
    );
    assert!(heights.contains(&1), "{heights:?}");
}

#[test]
fn a_picture_is_words_without_colours_for_the_ear_and_where_it_is_broken() {
    for lang in Lang::ALL {
        let mut world = World::new(lang, (80, 24));
        world.with_picture();
        let photo = format!("[{}]", world.model.speech.say("kind-image"));
        let (buffer, hits) = draw(&mut world);
        assert!(text(&buffer).contains(&photo) && hits.sights.is_empty());
        world.ready();
        world.model.settings.ui.plain = true;
        let (buffer, hits) = draw(&mut world);
        assert!(text(&buffer).contains(&photo) && hits.sights.is_empty());
        world.model.settings.ui.plain = false;
        let (_, hits) = draw(&mut world);
        world.model.pictures.forget();
        for sight in world.model.pictures.look(&hits.sights) {
            world.model.pictures.came(sight, Err(Unseen::Broken));
        }
        let (buffer, _) = draw(&mut world);
        let told = world.model.speech.say("picture-broken").into_owned();
        let first: String = told.chars().take(20).collect();
        assert!(text(&buffer).contains(&first), "{}", text(&buffer));
    }
}

#[test]
fn nothing_is_drawn_through_a_layer_and_a_large_one_fills_the_screen() {
    let mut world = World::new(Lang::Es, (80, 24));
    world.with_picture();
    world.ready();
    world.over(Overlay::Picture(Large {
        message: message_id(60),
    }));
    world.ready();
    let (buffer, hits) = draw(&mut world);
    check("enlarged", &buffer, &text(&buffer));
    assert_eq!(hits.sights.len(), 1);
    assert_eq!(hits.sights[0].most, (78, 20));
}
