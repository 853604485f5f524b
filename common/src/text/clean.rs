//! Makes foreign text safe to draw: no control bytes, no terminal escapes, no bidi tricks, no
//! abuse of what takes no room.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::emoji::is_pictographic;

/// How many combining marks one base keeps; no living script stacks more.
const MAX_MARKS: usize = 8;
/// The most that is read of an emoji tag sequence before its end tag.
const MAX_TAGS: usize = 6;

const ZWNJ: char = '\u{200c}';
const ZWJ: char = '\u{200d}';
const BLACK_FLAG: char = '\u{1f3f4}';
const END_TAG: char = '\u{e007f}';
const ESCAPE: char = '\u{1b}';

/// The text without anything that could move a cursor, hide words or turn their order round.
///
/// Taken away: C0 and C1 control bytes but the newline (a tab becomes a space, `\r\n`, a lone
/// `\r` and Unicode's separators a newline), terminal escape sequences whole, bidi overrides,
/// isolates and marks, tags outside a flag, invisible fillers, and combining marks beyond eight on
/// one base. Kept: joiners inside emoji and where a script's letters need them, and one variation
/// selector a character. Borrowed when nothing had to go. Applied twice it changes nothing more.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut sieve = Sieve::with_room(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            ESCAPE => rest = after_escape(rest),
            '\u{80}'..='\u{9f}' => rest = after_c1(c, rest),
            '\r' => {
                if !rest.as_str().starts_with('\n') {
                    sieve.take('\n');
                }
            }
            '\t' => sieve.take(' '),
            '\n' | '\u{2028}' | '\u{2029}' => sieve.take('\n'),
            BLACK_FLAG => {
                sieve.take(c);
                rest = sieve.take_tags(rest);
            }
            _ if is_dropped(c) => {}
            _ => sieve.take(c),
        }
    }
    let out = sieve.finish();
    if out == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(out)
    }
}

/// The text as one clean line of at most `max` graphemes: newlines become spaces, runs of spaces
/// one, the ends are trimmed, and what is too long ends in `…`.
pub fn clean_line(text: &str, max: usize) -> Cow<'_, str> {
    match clean(text) {
        Cow::Borrowed(text) => one_line(text, max),
        Cow::Owned(text) => Cow::Owned(one_line(&text, max).into_owned()),
    }
}

/// The text wrapped in a bidi isolate if it holds letters that run from right to left, so that
/// they cannot reorder what stands beside it; otherwise as it is.
pub fn isolate(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_right_to_left) {
        Cow::Owned(format!("\u{2068}{text}\u{2069}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// What has been kept so far, and what the next character is judged by. Every judgement looks at
/// kept characters alone, which is why cleaning twice changes nothing.
struct Sieve {
    out: String,
    /// The last kept character.
    last: Option<char>,
    /// The last kept one that is no mark, selector or joiner.
    base: Option<char>,
    marks: usize,
    /// A joiner that stays only if what comes next needs it.
    joiner: Option<char>,
}

impl Sieve {
    fn with_room(bytes: usize) -> Self {
        Self {
            out: String::with_capacity(bytes),
            last: None,
            base: None,
            marks: 0,
            joiner: None,
        }
    }

    fn take(&mut self, c: char) {
        if matches!(c, ZWNJ | ZWJ) {
            self.joiner = self.joiner.or(Some(c));
            return;
        }
        let selects = is_selector(c);
        if selects && !self.last.is_some_and(|last| may_select(last, c)) {
            return;
        }
        let combines = !selects && is_combining(c);
        if combines && self.marks >= MAX_MARKS {
            return;
        }
        if let Some(joiner) = self.joiner.take()
            && self.joins(joiner, c)
        {
            self.out.push(joiner);
        }
        if combines {
            self.marks += 1;
        } else if !selects {
            self.marks = 0;
            self.base = Some(c);
        }
        self.out.push(c);
        self.last = Some(c);
    }

    /// Whether the joiner does something between what stands last and `next`.
    fn joins(&self, joiner: char, next: char) -> bool {
        let Some(last) = self.last else {
            return false;
        };
        let in_emoji =
            joiner == ZWJ && self.base.is_some_and(is_pictographic) && is_pictographic(next);
        let in_word = needs_joiners(last) && needs_joiners(next);
        in_emoji || in_word || (joiner == ZWJ && is_indic(last))
    }

    /// Takes the tags of a flag if they are whole; else they go.
    fn take_tags<'a>(&mut self, rest: std::str::Chars<'a>) -> std::str::Chars<'a> {
        let mut ahead = rest.clone();
        let mut tags = 0;
        while let Some(c) = ahead.next() {
            match c {
                '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}' if tags < MAX_TAGS => {
                    tags += 1;
                }
                END_TAG if tags > 0 => {
                    let used = rest.as_str().len() - ahead.as_str().len();
                    self.out
                        .push_str(rest.as_str().get(..used).unwrap_or_default());
                    self.last = Some(END_TAG);
                    return ahead;
                }
                _ => return rest,
            }
        }
        rest
    }

    /// The end: a joiner that shapes the last letter of an Indic word stays.
    fn finish(mut self) -> String {
        if self.joiner == Some(ZWJ) && self.last.is_some_and(is_indic) {
            self.out.push(ZWJ);
        }
        self.out
    }
}

/// Goes past what follows an ESC byte as far as a terminal would take it.
fn after_escape(rest: std::str::Chars<'_>) -> std::str::Chars<'_> {
    let mut ahead = rest.clone();
    match ahead.next() {
        Some('[') => after_csi(ahead.as_str()),
        Some(']' | 'P' | 'X' | '^' | '_') => after_string(ahead),
        Some('\u{20}'..='\u{2f}') => {
            let tail = ahead
                .as_str()
                .trim_start_matches(|c| matches!(c, '\u{20}'..='\u{2f}'));
            past_one(tail, |c| matches!(c, '\u{30}'..='\u{7e}'))
        }
        Some('\u{30}'..='\u{7e}') => ahead,
        _ => rest,
    }
}

/// The same for the controls of one character that older terminals know.
fn after_c1(c: char, rest: std::str::Chars<'_>) -> std::str::Chars<'_> {
    match c {
        '\u{9b}' => after_csi(rest.as_str()),
        '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => after_string(rest),
        _ => rest,
    }
}

fn after_csi(rest: &str) -> std::str::Chars<'_> {
    let tail = rest.trim_start_matches(|c| matches!(c, '\u{20}'..='\u{3f}'));
    past_one(tail, |c| matches!(c, '\u{40}'..='\u{7e}'))
}

/// Goes past a string up to its end; where none comes before another control byte, only its
/// introducer goes, so that nobody can make the rest of a message vanish.
fn after_string(rest: std::str::Chars<'_>) -> std::str::Chars<'_> {
    let mut ahead = rest.clone();
    while let Some(c) = ahead.next() {
        match c {
            '\u{7}' | '\u{9c}' => return ahead,
            ESCAPE if ahead.as_str().starts_with('\\') => {
                ahead.next();
                return ahead;
            }
            _ if c.is_control() => return rest,
            _ => {}
        }
    }
    rest
}

fn past_one(text: &str, wanted: impl Fn(char) -> bool) -> std::str::Chars<'_> {
    text.strip_prefix(wanted).unwrap_or(text).chars()
}

fn one_line(text: &str, max: usize) -> Cow<'_, str> {
    let trimmed = text.trim();
    let mut after_space = false;
    let is_tidy = trimmed.chars().all(|c| {
        let doubled = after_space && c.is_whitespace();
        after_space = c.is_whitespace();
        !doubled && (c == ' ' || !c.is_whitespace())
    });
    let line = if is_tidy {
        Cow::Borrowed(trimmed)
    } else {
        Cow::Owned(trimmed.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    // A grapheme has at least one byte: most lines need no counting.
    if line.len() <= max || line.graphemes(true).nth(max).is_none() {
        return line;
    }
    let Some(kept) = max.checked_sub(1) else {
        return Cow::Borrowed("");
    };
    let short: String = line.graphemes(true).take(kept).collect();
    let short = short.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ZWNJ | ZWJ));
    Cow::Owned(format!("{short}…"))
}

/// Whether a character is safe whatever stands beside it, judged cheaply.
fn is_plain(c: char) -> bool {
    matches!(u32::from(c),
        0x0a | 0x20..=0x7e | 0xa0..=0xac | 0xae..=0x2ff
        | 0x370..=0x482 | 0x48a..=0x52f | 0x1e00..=0x1fff
        | 0x2010..=0x2027 | 0x2030..=0x205e | 0x20a0..=0x20c0 | 0x2100..=0x2bff
        | 0x3000..=0x3029 | 0x3041..=0x3096 | 0x30a1..=0x30fe | 0x4e00..=0x9fff
        | 0xac00..=0xd7a3 | 0x1f1e6..=0x1f3f3 | 0x1f400..=0x1f6ff | 0x1f900..=0x1faff)
}

/// Characters that go wherever they stand; control bytes are told apart before.
fn is_dropped(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            // Soft hyphen, grapheme joiner, Arabic mark, Hangul and Khmer fillers, Mongolian one.
            0xad | 0x34f | 0x61c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180b..=0x180f
            // Zero-width space, directional marks, overrides, joiners of words, isolates.
            | 0x200b | 0x200e | 0x200f | 0x202a..=0x202e | 0x2060..=0x206f
            // More fillers, the byte order mark, annotations and what is no character.
            | 0x3164 | 0xfeff | 0xffa0 | 0xfff0..=0xfffb | 0xfdd0..=0xfdef
            | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a
            // Tags and the rest of their plane, but not the selectors of ideographs.
            | 0xe0000..=0xe00ff | 0xe01f0..=0xe0fff)
        || u32::from(c) & 0xfffe == 0xfffe
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a variation selector does something after `last`: never after a space or another.
fn may_select(last: char, selector: char) -> bool {
    if matches!(selector, '\u{fe0e}' | '\u{fe0f}') {
        return is_pictographic(last) || matches!(last, '0'..='9' | '#' | '*');
    }
    !last.is_ascii() && !last.is_whitespace() && !is_selector(last) && last != END_TAG
}

/// Scripts in which joiners choose the shape of letters: Arabic and its kin, the Indic ones,
/// Khmer and Mongolian.
fn needs_joiners(c: char) -> bool {
    is_indic(c)
        || matches!(u32::from(c),
            0x620..=0x6ff | 0x710..=0x74f | 0x750..=0x77f | 0x7ca..=0x7ff | 0x860..=0x8ff
            | 0x1780..=0x17d3 | 0x1820..=0x18aa | 0xfb50..=0xfdcf | 0xfe70..=0xfefc)
}

fn is_indic(c: char) -> bool {
    matches!(u32::from(c), 0x900..=0xdff | 0x1000..=0x109f)
}

/// Whether a character goes onto the one before it: what makes no grapheme of its own behind a
/// letter.
fn is_combining(c: char) -> bool {
    if c < '\u{300}' || is_plain(c) && !matches!(c, '\u{1f3fb}'..='\u{1f3ff}') {
        return false;
    }
    let mut pair = String::with_capacity(1 + c.len_utf8());
    pair.push('a');
    pair.push(c);
    pair.graphemes(true).nth(1).is_none()
}

fn is_right_to_left(c: char) -> bool {
    matches!(u32::from(c),
        0x5be..=0x8ff | 0x200f | 0xfb1d..=0xfdff | 0xfe70..=0xfeff
        | 0x10800..=0x10fff | 0x1e800..=0x1efff)
}

#[cfg(test)]
mod tests {
    use super::{clean, clean_line, isolate};
    use proptest::prelude::*;
    use std::borrow::Cow;
    use unicode_segmentation::UnicodeSegmentation;

    #[test]
    fn good_text_is_borrowed() {
        for good in [
            "",
            "Hola, ¿a qué hora abren?\nGracias 😀",
            "Olá! Às 18h, pão de açúcar — “ok”",
            "👨‍👩‍👧 👍🏽 ❤️ 🏳️‍🌈 1️⃣ 🇵🇪 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "مرحبا بك",
            "می‌خواهم",
            "क्‍ष ശ്രീ ന്‍",
            "e\u{301} ñ\u{303}",
            "漢字 한국어 ไทยนี้",
            "葛\u{e0100}",
        ] {
            assert!(
                matches!(clean(good), Cow::Borrowed(_)),
                "{good:?} -> {:?}",
                clean(good)
            );
        }
    }

    #[test]
    fn escape_sequences_go_whole() {
        for (bad, good) in [
            ("\u{1b}[31mroja\u{1b}[0m", "roja"),
            ("a\u{1b}[2J\u{1b}[1;1Hb", "ab"),
            ("\u{9b}31mx", "x"),
            ("\u{1b}]0;title\u{7}x", "x"),
            (
                "\u{1b}]8;;https://example.com\u{1b}\\link\u{1b}]8;;\u{1b}\\",
                "link",
            ),
            ("\u{9d}52;c;aGk=\u{9c}x", "x"),
            ("\u{1b}Pq#0\u{1b}\\x", "x"),
            ("\u{1b}(Bx\u{1b}cy\u{1b}7z", "xyz"),
            ("\u{1b}", ""),
            ("\u{1b}[", ""),
            ("\u{1b}[31", ""),
            ("\u{1b}[31ñ", "ñ"),
            ("\u{1b}\u{1b}[31mx", "x"),
            (
                "\u{1b}]0;never ends\nthe order stays",
                "0;never ends\nthe order stays",
            ),
        ] {
            assert_eq!(clean(bad), good, "{bad:?}");
        }
    }

    #[test]
    fn lines_are_ended_by_one_newline() {
        assert_eq!(
            clean("a\r\nb\rc\u{2028}d\te\0f\u{85}g\u{7f}"),
            "a\nb\nc\nd ef".to_owned() + "g"
        );
        assert_eq!(clean("a\r\u{200b}\n"), "a\n\n");
    }

    #[test]
    fn nothing_hides_or_turns_round() {
        assert_eq!(clean("factura\u{202e}gpj.exe"), "facturagpj.exe");
        assert_eq!(clean("\u{2066}a\u{2069}\u{200e}b\u{200f}"), "ab");
        assert_eq!(clean("p\u{200b}a\u{feff}g\u{ad}o\u{2060}"), "pago");
        assert_eq!(clean("\u{3164}\u{115f}\u{ffa0}"), "");
        assert_eq!(clean("a\u{e0041}\u{e0042}b"), "ab");
        assert_eq!(clean("🏴\u{e0067}x"), "🏴x");
        assert_eq!(clean("🏴\u{e007f}"), "🏴");
    }

    #[test]
    fn joiners_stay_only_where_they_work() {
        assert_eq!(clean("a\u{200d}b\u{200c}c"), "abc");
        assert_eq!(clean("\u{200d}👍\u{200d}"), "👍");
        assert_eq!(clean("👩\u{200d}\u{200d}\u{200d}💻"), "👩‍💻");
        assert_eq!(clean("می\u{200c}\u{200c}خواهم"), "می‌خواهم");
        assert_eq!(clean("a\u{fe0f}b ❤\u{fe0f}\u{fe0f}"), "ab ❤\u{fe0f}");
        assert_eq!(
            clean(&format!("😀{}", "\u{e0101}".repeat(50))),
            "😀\u{e0101}"
        );
    }

    #[test]
    fn towers_of_marks_are_cut() {
        let tower = format!("Z{}o", "\u{336}".repeat(40));
        assert_eq!(clean(&tower), format!("Z{}o", "\u{336}".repeat(8)));
        let thai = format!("ส{}", "็".repeat(40));
        assert_eq!(clean(&thai).chars().count(), 9);
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(clean_line("  a \n\n b\t c ", 20), "a b c");
        assert!(matches!(
            clean_line(" ya está ", 20),
            Cow::Borrowed("ya está")
        ));
        assert_eq!(clean_line("mañana vuelvo", 8), "mañana…");
        assert_eq!(clean_line("mañana", 6), "mañana");
        assert_eq!(clean_line("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 2), "👨‍👩‍👧…");
        assert_eq!(clean_line("ab", 1), "…");
        assert_eq!(clean_line("ab", 0), "");
        // A mark without a base keeps its joiner whether or not a newline stood before it.
        assert_eq!(clean_line("\n\u{d4d}\u{200d} a", 9), "\u{d4d}\u{200d} a");
        assert_eq!(clean_line("\u{d4d}\u{200d} a", 9), "\u{d4d}\u{200d} a");
        assert_eq!(clean_line("a\u{3000}\u{a0}b", 9), "a b");
    }

    #[test]
    fn only_what_runs_right_to_left_is_isolated() {
        assert!(matches!(isolate("Ana 👍"), Cow::Borrowed("Ana 👍")));
        assert_eq!(isolate("שלום"), "\u{2068}שלום\u{2069}");
    }

    #[test]
    fn hostile_repetition_takes_linear_time() {
        for piece in [
            "\u{1b}]",
            "\u{1b}[",
            "\u{200d}",
            "🏴\u{e0067}",
            "\u{1b}P\u{1b}",
            "\u{9d}a",
        ] {
            let text = piece.repeat(200_000);
            let once = clean(&text);
            assert!(once.len() <= text.len());
        }
    }

    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => any::<char>().prop_map(String::from),
            2 => "[ -~]{0,4}",
            4 => prop::sample::select(vec![
                "\u{1b}", "\u{1b}[", "\u{1b}]", "31m", "\u{7}", "\u{1b}\\", "\u{9b}", "\u{9c}",
                "\u{200d}", "\u{200c}", "\u{200b}", "\u{202e}", "\u{2066}", "\u{feff}", "\r", "\n",
                "\t", "\u{ad}", "\u{301}", "\u{336}", "\u{fe0f}", "\u{e0101}", "🏴", "\u{e0067}",
                "\u{e0062}", "\u{e007f}", "👩", "💻", "🏽", "❤", "ی", "ن", "്", "क", "ש", "1", "\u{20e3}",
            ]).prop_map(str::to_owned),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn no_control_byte_is_left(text in hostile()) {
            let out = clean(&text);
            prop_assert!(out.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", out);
            let hides = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
                | '\u{200b}' | '\u{feff}' | '\u{ad}');
            prop_assert!(!out.chars().any(hides), "{:?}", out);
        }

        #[test]
        fn cleaning_twice_changes_nothing(text in hostile()) {
            let once = clean(&text).into_owned();
            let twice = clean(&once);
            prop_assert!(matches!(twice, Cow::Borrowed(_)), "{:?} -> {:?}", once, twice);
        }

        #[test]
        fn a_line_keeps_its_bounds(text in hostile(), max in 0usize..20) {
            let line = clean_line(&text, max).into_owned();
            prop_assert!(line.graphemes(true).count() <= max);
            prop_assert!(!line.contains('\n') && !line.contains("  "));
            prop_assert_eq!(line.trim(), line.as_str());
            let again = clean_line(&line, max);
            prop_assert_eq!(again.as_ref(), line.as_str());
        }
    }
}
