//! Pictures made ready for this terminal: what is kept, what is on its way, what cannot be shown.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use common::model::content::Content;
use common::model::media::Media;

use crate::hit::{Sight, Source};
use crate::msg::{Shown, Unseen};
use crate::part::picture::{Means, Picture};

/// No more bytes of pictures are kept, but what is in sight always is.
pub const MOST: usize = 12 * 1024 * 1024;
/// No more are made ready at once: whatever was scrolled past meanwhile is never begun.
pub const AT_ONCE: usize = 3;
/// Sizes and faults of so many pictures are remembered.
const KNOWN: usize = 4_000;

/// Whether a file is a picture that is opened here.
pub fn is_picture(content: &Content, media: &Media) -> bool {
    const MIMES: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];
    match content {
        Content::Image(_) | Content::Sticker(_) => true,
        Content::Document(_) => media
            .mime
            .as_deref()
            .is_some_and(|mime| MIMES.iter().any(|known| mime.starts_with(known))),
        _ => false,
    }
}

#[derive(Debug)]
struct Kept {
    picture: Arc<Picture>,
    /// The count of the frame that it was last in sight of.
    seen: u64,
}

/// The pictures of this terminal.
#[derive(Debug, Default)]
pub struct Pictures {
    /// How this terminal shows them; `None` where it cannot or shall not.
    means: Option<Means>,
    kept: HashMap<Sight, Kept>,
    bytes: usize,
    asked: HashSet<Sight>,
    pixels: HashMap<Source, (u32, u32)>,
    faults: HashMap<Source, Unseen>,
    frame: u64,
    /// Counts what was let go of: what is on its way from before is not taken.
    pub round: u64,
}

impl Pictures {
    /// How this terminal shows pictures.
    pub const fn means(&self) -> Option<Means> {
        self.means
    }

    /// It does so from now on.
    pub(crate) fn set_means(&mut self, means: Option<Means>) {
        self.means = means;
        self.forget();
    }

    /// The picture as it is to be seen, if it is ready.
    pub fn get(&self, sight: &Sight) -> Option<&Arc<Picture>> {
        self.kept.get(sight).map(|kept| &kept.picture)
    }

    /// How many pixels it has, once it was seen.
    pub fn pixels(&self, source: &Source) -> Option<(u32, u32)> {
        self.pixels.get(source).copied()
    }

    /// Why it cannot be shown.
    pub fn fault(&self, source: &Source) -> Option<Unseen> {
        self.faults.get(source).copied()
    }

    /// What the pictures take of memory, about.
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// These are in sight: gives those that are to be made ready.
    pub(crate) fn look(&mut self, sights: &[Sight]) -> Vec<Sight> {
        self.frame += 1;
        let mut fresh = Vec::new();
        for sight in sights {
            if let Some(kept) = self.kept.get_mut(sight) {
                kept.seen = self.frame;
            } else if self.asked.len() < AT_ONCE
                && !self.faults.contains_key(&sight.source)
                && self.asked.insert(sight.clone())
            {
                fresh.push(sight.clone());
            }
        }
        fresh
    }

    /// One is ready, or cannot be shown. Gives the names of those that the terminal need not keep
    /// any longer.
    pub(crate) fn came(&mut self, sight: Sight, result: Result<Shown, Unseen>) -> Vec<u32> {
        if !self.asked.remove(&sight) {
            return Vec::new();
        }
        if self.pixels.len() + self.faults.len() > KNOWN {
            self.pixels.clear();
            self.faults.clear();
        }
        match result {
            Ok(shown) => {
                self.pixels.insert(sight.source.clone(), shown.pixels);
                self.bytes += shown.picture.bytes();
                let kept = Kept {
                    picture: shown.picture,
                    seen: self.frame,
                };
                self.kept.insert(sight, kept);
                self.let_go()
            }
            Err(unseen) => {
                self.faults.insert(sight.source, unseen);
                Vec::new()
            }
        }
    }

    /// The daemon is back: what could not be had from it is tried again.
    pub(crate) fn retry_gone(&mut self) {
        self.faults.retain(|_, unseen| *unseen != Unseen::Gone);
    }

    /// The terminal has lost what it had, or cells have another size.
    pub(crate) fn forget(&mut self) {
        self.kept.clear();
        self.asked.clear();
        self.bytes = 0;
        self.round += 1;
    }

    /// Lets go of what was longest out of sight until the rest is small enough.
    fn let_go(&mut self) -> Vec<u32> {
        let mut gone = Vec::new();
        while self.bytes > MOST {
            let oldest = self
                .kept
                .iter()
                .filter(|(_, kept)| kept.seen < self.frame)
                .min_by_key(|(_, kept)| kept.seen)
                .map(|(sight, _)| sight.clone());
            let Some(kept) = oldest.and_then(|sight| self.kept.remove(&sight)) else {
                break;
            };
            self.bytes = self.bytes.saturating_sub(kept.picture.bytes());
            gone.extend(kept.picture.kept());
        }
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, MOST, Pictures};
    use crate::hit::{Sight, Source};
    use crate::msg::{Shown, Unseen};
    use crate::part::picture::{Means, Picture, Way};
    use common::id::MediaId;
    use image::DynamicImage;
    use std::sync::Arc;

    fn sight(n: i64) -> Sight {
        Sight {
            source: Source::Media(MediaId(n)),
            most: (40, 12),
        }
    }

    fn shown() -> Shown {
        let means = Means {
            way: Way::Kitty,
            ..Means::blocks(true)
        };
        let picture = Picture::new(&DynamicImage::new_rgba8(400, 240), (40, 12), means, 9).unwrap();
        Shown {
            picture: Arc::new(picture),
            pixels: (400, 240),
        }
    }

    #[test]
    fn what_is_longest_out_of_sight_goes_first_and_what_is_in_sight_never() {
        let mut pictures = Pictures::default();
        for n in 0..60 {
            assert_eq!(pictures.look(&[sight(n)]), [sight(n)]);
            pictures.came(sight(n), Ok(shown()));
            assert!(pictures.look(&[sight(n)]).is_empty());
            assert!(pictures.bytes() <= MOST);
        }
        assert!(pictures.get(&sight(0)).is_none() && pictures.get(&sight(59)).is_some());
        assert_eq!(pictures.pixels(&sight(0).source), Some((400, 240)));
    }

    #[test]
    fn few_are_made_ready_at_once_and_a_broken_one_is_not_tried_again() {
        let mut pictures = Pictures::default();
        let many: Vec<_> = (0..20).map(sight).collect();
        assert_eq!(pictures.look(&many).len(), AT_ONCE);
        assert!(pictures.look(&many).is_empty());
        pictures.came(sight(0), Err(Unseen::Broken));
        assert_eq!(pictures.look(&many), [sight(3)]);
        assert_eq!(pictures.fault(&sight(0).source), Some(Unseen::Broken));
        pictures.came(sight(1), Err(Unseen::Gone));
        assert_eq!(pictures.look(&many), [sight(4)]);
        pictures.retry_gone();
        pictures.came(sight(2), Ok(shown()));
        assert_eq!(pictures.look(&many), [sight(1)]);
    }

    #[test]
    fn what_was_on_its_way_when_all_was_forgotten_is_not_taken() {
        let mut pictures = Pictures::default();
        pictures.look(&[sight(1)]);
        pictures.forget();
        pictures.came(sight(1), Ok(shown()));
        assert!(pictures.get(&sight(1)).is_none());
    }
}
