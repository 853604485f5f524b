//! The card of a file: picture, sound with its waveform, facts, and how far its bytes have come.

use common::model::content::{File, Kind};
use common::model::media::{Media, MediaState};
use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::text::{Line, Span};

use crate::action::{Action, Context};
use crate::part::ticks::Glyphs;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::brief;
use crate::view::card::{Card, FACT};

/// Facts stand beside a picture where there is so much room for them.
const BESIDE: usize = 16;
/// The widest waveform.
const WAVE: usize = 40;
/// Cells of a bar that fills.
const BAR: usize = 12;
/// Marks of a waveform, from quiet to loud.
const LEVELS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const ASCII_LEVELS: [&str; 8] = [".", ".", ":", ":", "-", "=", "+", "#"];

impl Card<'_> {
    pub(super) fn file(&mut self, kind: Kind, file: &File, media: Option<&Media>) {
        let name = file
            .filename
            .as_deref()
            .or_else(|| media?.filename.as_deref());
        let name = clean_line(name.unwrap_or_default(), FACT).into_owned();
        let mut facts = self.facts(media);
        if file.animated == Some(true) || media.is_some_and(|media| media.animated) {
            facts.push(self.desk.say("card-animated").into_owned());
        }
        let first = self.rows.len();
        match self.aside.frame {
            Some(size) if usize::from(size.0) + 2 + BESIDE <= self.room => {
                self.beside(size, kind, &name, &facts);
            }
            Some((_, high)) => {
                self.head(kind, &name, &facts);
                self.places.framed = Some(self.rows.len());
                self.rows.extend((0..high).map(|_| Line::default()));
            }
            None => self.head(kind, &name, &facts),
        }
        if let Some(media) = media {
            self.wave(media);
            self.state(media);
            self.places.file = Some((first, self.rows.len()));
        }
        if let Some(unseen) = self.aside.unseen {
            self.note(unseen.word());
        }
        if let Some(caption) = &file.caption {
            self.words(caption);
        }
    }

    /// What is known of a file: kind, pixels, size.
    fn facts(&self, media: Option<&Media>) -> Vec<String> {
        let Some(media) = media else {
            return Vec::new();
        };
        let mut facts = Vec::new();
        if let Some(mime) = media.mime.as_deref() {
            facts.push(mime_word(mime));
        }
        if let (Some(width), Some(height)) = (media.width, media.height) {
            facts.push(format!("{width}x{height}"));
        }
        if let Some(bytes) = media.bytes {
            facts.push(self.desk.speech.size(bytes));
        }
        facts
    }

    /// Room for a picture, with what is known of it at its right.
    fn beside(&mut self, (wide, high): (u16, u16), kind: Kind, name: &str, facts: &[String]) {
        let dim = self.desk.ink(Slot::Dim);
        let heading = format!("[{}]", self.desk.say(brief::kind_word(kind)));
        let mut lines = vec![vec![Span::styled(heading, self.desk.ink(Slot::Card))]];
        if !name.is_empty() {
            lines.push(vec![Span::raw(name.to_owned())]);
        }
        let dim_line = |words: String| vec![Span::styled(words, dim)];
        lines.extend(facts.chunks(2).map(|two| dim_line(two.join("  "))));
        lines.push(self.deeds(&[Action::OpenLink, Action::SaveFile]));
        let room = self.room.saturating_sub(usize::from(wide) + 2);
        let mut lines = lines.into_iter();
        self.places.framed = Some(self.rows.len());
        for _ in 0..high {
            let gap = Span::raw(" ".repeat(usize::from(wide) + 2));
            let mut spans = vec![gap];
            spans.extend(wrap::cut_spans(lines.next().unwrap_or_default(), room));
            self.rows.push(Line::from(spans));
        }
    }

    /// Keys and what they do with the file.
    fn deeds(&self, actions: &[Action]) -> Vec<Span<'static>> {
        let mut spans = Vec::new();
        for action in actions {
            if let Some(key) = self.desk.model.keymap.key_of(*action, Context::Talk) {
                spans.push(Span::styled(key, self.desk.ink(Slot::Key)));
                let word = self.desk.say(hint_word(*action));
                spans.push(Span::styled(format!(" {word}  "), self.desk.ink(Slot::Dim)));
            }
        }
        spans
    }

    /// How long a sound is, how loud from beginning to end, and what plays it.
    fn wave(&mut self, media: &Media) {
        let Some(seconds) = media.seconds else {
            return;
        };
        let glyphs = self.desk.glyphs;
        let mut spans = Vec::new();
        if self.aside.plays {
            let mark = if glyphs == Glyphs::Ascii {
                "> "
            } else {
                "▶ "
            };
            spans.push(Span::styled(mark, self.desk.ink(Slot::Accent)));
        }
        spans.push(Span::styled(length(seconds), self.desk.ink(Slot::Strong)));
        spans.push(Span::raw(" "));
        let room = self.room.saturating_sub(26).clamp(6, WAVE);
        let wave: String = squeezed(&media.levels, room)
            .map(|level| mark(glyphs, level))
            .collect();
        let slot = if self.aside.plays {
            Slot::Accent
        } else {
            Slot::Theirs
        };
        spans.push(Span::styled(wave, self.desk.ink(slot)));
        if media.state == MediaState::Ready
            && let Some(key) = self.desk.model.keymap.key_of(Action::Play, Context::Talk)
        {
            let word = if self.aside.plays {
                "media-stop"
            } else {
                "media-play"
            };
            let words = format!(" {}", self.desk.say(word));
            spans.push(Span::raw("  "));
            spans.push(Span::styled(key, self.desk.ink(Slot::Key)));
            spans.push(Span::styled(words, self.desk.ink(Slot::Dim)));
        }
        self.push(&spans);
    }

    /// Where the file stands, if it is not simply there; with the key that fetches it.
    fn state(&mut self, media: &Media) {
        if let Some(moved) = self.aside.moved {
            return self.moved(moved);
        }
        let error = media.error.as_ref();
        let key = self
            .desk
            .model
            .keymap
            .key_of(Action::FetchFile, Context::Talk);
        let key = key.unwrap_or_else(|| "Ctrl-P".to_owned());
        let mut words = match error {
            Some(error) => {
                let word = format!("media-error-{}", error.code.replace('_', "-"));
                self.desk.speech.try_say(&word).map_or_else(
                    || clean_line(&error.advice, FACT).into_owned(),
                    std::borrow::Cow::into_owned,
                )
            }
            None => match media.state {
                MediaState::Failed => self.desk.say("media-failed").into_owned(),
                MediaState::Expired => self.desk.say("media-expired").into_owned(),
                MediaState::Pending | MediaState::Ready => String::new(),
            },
        };
        let can = match media.state {
            MediaState::Ready | MediaState::Expired => false,
            MediaState::Failed => true,
            MediaState::Pending => error.is_some(),
        };
        if can {
            let args = [("key", Arg::from(&key))];
            words = format!("{words} {}", self.desk.say_with("media-fetch", &args));
        }
        if media.state != MediaState::Ready && !words.is_empty() {
            self.push(&[Span::styled(words, self.desk.ink(Slot::Quote))]);
        } else if media.state == MediaState::Pending {
            self.note("media-pending");
        }
    }

    /// A bar that fills while bytes move.
    fn moved(&mut self, part: u8) {
        if part > 100 {
            return self.note("media-moving");
        }
        self.push(&[
            Span::styled(bar(self.desk.glyphs, part), self.desk.ink(Slot::Accent)),
            Span::styled(format!(" {part}%"), self.desk.ink(Slot::Dim)),
        ]);
    }
}

/// A bar of which so many percent are full.
pub(super) fn bar(glyphs: Glyphs, part: u8) -> String {
    let (full, empty) = match glyphs {
        Glyphs::Unicode => ("█", "░"),
        Glyphs::Ascii => ("#", "."),
    };
    let filled = usize::from(part.min(100)) * BAR / 100;
    format!("{}{}", full.repeat(filled), empty.repeat(BAR - filled))
}

/// The short word of a deed with a file.
const fn hint_word(action: Action) -> &'static str {
    match action {
        Action::SaveFile => "media-save",
        _ => "media-open",
    }
}

/// `0:07`, `1:02:03`.
pub(crate) fn length(seconds: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held between zero and a day"
    )]
    let whole = seconds.round().clamp(0.0, 86_399.0) as u32;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// So many levels at most, the loudest of those that fall together.
fn squeezed(levels: &[u8], room: usize) -> impl Iterator<Item = u8> {
    let each = levels.len().div_ceil(room.max(1)).max(1);
    let loudest = |some: &[u8]| some.iter().copied().max().unwrap_or(0);
    levels.chunks(each).map(loudest)
}

fn mark(glyphs: Glyphs, level: u8) -> &'static str {
    let marks = match glyphs {
        Glyphs::Unicode => &LEVELS,
        Glyphs::Ascii => &ASCII_LEVELS,
    };
    let at = usize::from(level.min(99)) * marks.len() / 100;
    marks.get(at).copied().unwrap_or(" ")
}

/// `JPEG` of `image/jpeg; …`: the word people know.
pub(crate) fn mime_word(mime: &str) -> String {
    let kind = mime.split(';').next().unwrap_or_default();
    let word = kind
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .rsplit('.')
        .next()
        .unwrap_or_default();
    let word = match word {
        "plain" => "TXT".to_owned(),
        "mpeg" => "MP3".to_owned(),
        "document" if kind.contains("wordprocessing") => "DOCX".to_owned(),
        "sheet" => "XLSX".to_owned(),
        "presentation" => "PPTX".to_owned(),
        other => other.to_uppercase(),
    };
    clean_line(&word, 12).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{length, mark, squeezed};
    use crate::part::ticks::Glyphs;

    #[test]
    fn a_length_reads_as_on_a_telephone() {
        assert_eq!(
            [
                length(7.4),
                length(83.0),
                length(3723.0),
                length(f64::NAN),
                length(-3.0)
            ],
            ["0:07", "1:23", "1:02:03", "0:00", "0:00"]
        );
    }

    #[test]
    fn a_wave_is_squeezed_by_its_loudest() {
        let levels = [0, 10, 100, 20, 5];
        assert_eq!(squeezed(&levels, 2).collect::<Vec<_>>(), [100, 20]);
        assert_eq!(squeezed(&levels, 9).collect::<Vec<_>>(), levels);
        assert_eq!(squeezed(&[], 9).count(), 0);
        assert_eq!(
            (mark(Glyphs::Unicode, 0), mark(Glyphs::Unicode, 100)),
            ("▁", "█")
        );
        assert_eq!(mark(Glyphs::Ascii, 255), "#");
    }
}
