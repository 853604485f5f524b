//! Breaks styled text into lines by grapheme and terminal width, and cuts what is too long.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::CellWidth;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

/// No line is narrower: the widest character needs two cells.
const LEAST: usize = 2;

/// How many cells the text takes, counted as it will be drawn: grapheme by grapheme.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_control()).count();
    }
    text.graphemes(true).map(grapheme_width).sum()
}

/// How many cells one grapheme takes; control characters take none, for none is drawn.
pub fn grapheme_width(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) {
        0
    } else {
        usize::from(grapheme.cell_width())
    }
}

/// The text in at most `max` cells; what is too long ends in `…`.
pub fn cut(text: &str, max: usize) -> Cow<'_, str> {
    if width(text) <= max {
        return Cow::Borrowed(text);
    }
    if max == 0 {
        return Cow::Borrowed("");
    }
    let kept = head(text, max - 1);
    Cow::Owned(format!("{}…", kept.trim_end()))
}

/// As much of the beginning as fits into `max` cells, without a mark.
pub fn head(text: &str, max: usize) -> &str {
    let mut used = 0;
    let mut end = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme_width(grapheme);
        if used > max {
            break;
        }
        end = at + grapheme.len();
    }
    text.get(..end).unwrap_or(text)
}

/// Cuts spans that stand on one line, and ends them in `…` if something had to go.
pub fn cut_spans<'a>(spans: Vec<Span<'a>>, max: usize) -> Vec<Span<'a>> {
    let total: usize = spans.iter().map(|span| width(&span.content)).sum();
    if total <= max {
        return spans;
    }
    let mut left = max.saturating_sub(1);
    let mut out: Vec<Span<'a>> = Vec::with_capacity(spans.len());
    for span in spans {
        let wide = width(&span.content);
        if wide <= left {
            left -= wide;
            out.push(span);
            continue;
        }
        let kept = format!("{}…", head(&span.content, left).trim_end());
        out.push(Span::styled(kept, span.style));
        break;
    }
    out
}

/// Where the lines of a text begin and end when none may be wider than `room` cells: byte ranges
/// without line feeds and without the spaces at which a line was broken. Never empty.
pub fn breaks(text: &str, room: usize) -> Vec<Range<usize>> {
    let mut breaker = Breaker::new(room.max(LEAST));
    for (at, grapheme) in text.grapheme_indices(true) {
        if grapheme == "\n" || grapheme == "\r\n" {
            breaker.end_line(at, at + grapheme.len());
        } else if grapheme == " " {
            breaker.space(at);
        } else if grapheme_width(grapheme) > breaker.room {
            for (inner, c) in grapheme.char_indices() {
                let letter = grapheme
                    .get(inner..inner + c.len_utf8())
                    .unwrap_or_default();
                breaker.letter(at + inner, grapheme_width(letter));
            }
        } else {
            breaker.letter(at, grapheme_width(grapheme));
        }
    }
    breaker.finish(text.len())
}

/// Wraps spans that follow each other into lines of at most `room` cells. A line feed inside a
/// span ends its line.
pub fn wrap(spans: &[Span<'_>], room: usize) -> Vec<Line<'static>> {
    let text: Cow<'_, str> = match spans {
        [only] => Cow::Borrowed(only.content.as_ref()),
        _ => Cow::Owned(spans.iter().map(|span| span.content.as_ref()).collect()),
    };
    breaks(&text, room)
        .into_iter()
        .map(|range| slice(spans, &range))
        .collect()
}

/// The part of a row of spans that covers these bytes of their joined text.
fn slice(spans: &[Span<'_>], range: &Range<usize>) -> Line<'static> {
    let mut out = Vec::with_capacity(spans.len());
    let mut from = 0;
    for span in spans {
        let to = from + span.content.len();
        let start = range.start.clamp(from, to) - from;
        let end = range.end.clamp(from, to) - from;
        if start < end
            && let Some(part) = span.content.get(start..end)
        {
            out.push(Span::styled(part.to_owned(), span.style));
        }
        from = to;
    }
    Line::from(out)
}

/// A place where the line may end.
#[derive(Clone, Copy)]
struct Chance {
    /// The line would end here …
    end: usize,
    /// … and the next one begin there,
    next: usize,
    /// with this much of the present width left behind.
    used: usize,
}

struct Breaker {
    room: usize,
    lines: Vec<Range<usize>>,
    start: usize,
    used: usize,
    chance: Option<Chance>,
    /// Where the run of spaces that is being read began.
    spaces: Option<usize>,
    /// The present line began at a soft break and has no letter yet: spaces are swallowed.
    fresh: bool,
    /// The last thing read was a line feed.
    open: bool,
}

impl Breaker {
    const fn new(room: usize) -> Self {
        Self {
            room,
            lines: Vec::new(),
            start: 0,
            used: 0,
            chance: None,
            spaces: None,
            fresh: false,
            open: true,
        }
    }

    fn end_line(&mut self, at: usize, next: usize) {
        self.lines
            .push(self.start..self.spaces.unwrap_or(at).max(self.start));
        self.begin(next, 0);
        self.fresh = false;
        self.open = true;
    }

    const fn begin(&mut self, start: usize, used: usize) {
        self.start = start;
        self.used = used;
        self.chance = None;
        self.spaces = None;
    }

    fn space(&mut self, at: usize) {
        self.open = false;
        if self.fresh {
            self.start = at + 1;
            return;
        }
        let from = *self.spaces.get_or_insert(at);
        if self.used + 1 > self.room {
            self.lines.push(self.start..from);
            self.begin(at + 1, 0);
            self.fresh = true;
            return;
        }
        self.used += 1;
        self.chance = Some(Chance {
            end: from,
            next: at + 1,
            used: self.used,
        });
    }

    fn letter(&mut self, at: usize, wide: usize) {
        self.open = false;
        self.fresh = false;
        self.spaces = None;
        // Before a wide letter a line may end too; after a space it may already.
        if wide > 1 && at > self.start && self.chance.is_none_or(|chance| chance.next != at) {
            self.chance = Some(Chance {
                end: at,
                next: at,
                used: self.used,
            });
        }
        while self.used + wide > self.room {
            match self.chance.filter(|chance| chance.next > self.start) {
                Some(chance) => {
                    self.lines.push(self.start..chance.end.max(self.start));
                    self.begin(chance.next, self.used - chance.used);
                }
                None if self.used == 0 => break,
                None => {
                    self.lines.push(self.start..at);
                    self.begin(at, 0);
                }
            }
        }
        self.used += wide;
    }

    fn finish(mut self, end: usize) -> Vec<Range<usize>> {
        if self.open || self.start < end || self.lines.is_empty() {
            self.lines
                .push(self.start..self.spaces.unwrap_or(end).max(self.start));
        }
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::{breaks, cut, width, wrap};
    use proptest::prelude::*;
    use ratatui::text::Span;
    use unicode_segmentation::UnicodeSegmentation;

    fn lines(text: &str, room: usize) -> Vec<&str> {
        breaks(text, room)
            .into_iter()
            .map(|range| text.get(range).unwrap())
            .collect()
    }

    #[test]
    fn words_are_kept_whole_where_they_fit() {
        assert_eq!(lines("uno dos tres", 8), ["uno dos", "tres"]);
        assert_eq!(lines("uno dos tres", 7), ["uno dos", "tres"]);
        assert_eq!(lines("uno   dos", 4), ["uno", "dos"]);
        assert_eq!(lines("extraordinario", 5), ["extra", "ordin", "ario"]);
        assert_eq!(
            lines("a extraordinario", 5),
            ["a", "extra", "ordin", "ario"]
        );
    }

    #[test]
    fn line_feeds_end_lines() {
        assert_eq!(lines("uno\n\ndos\n", 9), ["uno", "", "dos", ""]);
        assert_eq!(lines("", 9), [""]);
        assert_eq!(lines("  sangría", 20), ["  sangría"]);
    }

    #[test]
    fn wide_letters_break_anywhere() {
        assert_eq!(lines("日本語テキスト", 6), ["日本語", "テキス", "ト"]);
        assert_eq!(lines("👨‍👩‍👧👨‍👩‍👧", 3), ["👨‍👩‍👧", "👨‍👩‍👧"]);
    }

    #[test]
    fn what_is_too_long_ends_in_a_mark() {
        assert_eq!(cut("padaria", 7), "padaria");
        assert_eq!(cut("padaria", 6), "padar…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("dos tres", 5), "dos…");
        assert_eq!(cut("x", 0), "");
    }

    fn hard_text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a",
            "palabra",
            " ",
            "  ",
            "\n",
            "é",
            "e\u{301}",
            "日本",
            "👨‍👩‍👧",
            "❤️",
            "क्षि",
            "✓✓",
            "ﷺ",
            "\u{1f1e7}\u{1f1f7}",
            "สวัสดี",
            "שלום",
        ]);
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_nothing_is_lost(text in hard_text(), room in 2_usize..30) {
            let ranges = breaks(&text, room);
            // A grapheme is kept whole wherever there is room for it at all.
            let fits = text.graphemes(true).all(|g| width(g) <= room);
            let solid = |s: &str| -> Vec<String> {
                let whole = |s: &str| -> Vec<String> { s.graphemes(true).map(str::to_owned).collect() };
                let pieces = if fits { whole(s) } else { s.chars().map(String::from).collect() };
                pieces.into_iter().filter(|piece| !piece.trim().is_empty()).collect()
            };
            let mut kept = Vec::new();
            let mut last = 0;
            for range in ranges {
                prop_assert!(range.start >= last);
                last = range.end;
                let line = text.get(range).unwrap();
                prop_assert!(width(line) <= room, "{:?} in {}", line, room);
                kept.extend(solid(line));
            }
            prop_assert_eq!(kept, solid(&text));
        }

        #[test]
        fn any_text_wraps(text in "\\PC{0,80}", room in 0_usize..12) {
            for range in breaks(&text, room) {
                prop_assert!(width(text.get(range).unwrap()) <= room.max(2));
            }
        }

        #[test]
        fn spans_wrap_like_their_text(a in hard_text(), b in hard_text(), room in 2_usize..30) {
            let joined = format!("{a}{b}");
            let spans = [Span::raw(a), Span::raw(b)];
            let from_spans: Vec<String> =
                wrap(&spans, room).iter().map(ToString::to_string).collect();
            prop_assert_eq!(from_spans, lines(&joined, room));
        }

        #[test]
        fn a_cut_fits(text in hard_text(), max in 0_usize..20) {
            prop_assert!(width(&cut(&text, max)) <= max);
        }
    }
}
