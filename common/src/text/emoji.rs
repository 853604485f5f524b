//! What counts as an emoji, and what a word search can find.

use unicode_segmentation::UnicodeSegmentation;

/// Asks for a picture where a character is text by default.
const PICTURE: char = '\u{fe0f}';
/// Asks for text where a character is a picture by default.
const TEXT: char = '\u{fe0e}';
/// Makes a key of the digit before it.
const KEYCAP: char = '\u{20e3}';

/// Symbols below U+1F000 that Unicode counts among the emoji: first and last of each run.
#[rustfmt::skip]
const SYMBOLS: [(u32, u32); 87] = [
    (0x00a9, 0x00a9), (0x00ae, 0x00ae), (0x203c, 0x203c), (0x2049, 0x2049), (0x2122, 0x2122),
    (0x2139, 0x2139), (0x2194, 0x2199), (0x21a9, 0x21aa), (0x231a, 0x231b), (0x2328, 0x2328),
    (0x23cf, 0x23cf), (0x23e9, 0x23f3), (0x23f8, 0x23fa), (0x24c2, 0x24c2), (0x25aa, 0x25ab),
    (0x25b6, 0x25b6), (0x25c0, 0x25c0), (0x25fb, 0x25fe), (0x2600, 0x2604), (0x260e, 0x260e),
    (0x2611, 0x2611), (0x2614, 0x2615), (0x2618, 0x2618), (0x261d, 0x261d), (0x2620, 0x2620),
    (0x2622, 0x2623), (0x2626, 0x2626), (0x262a, 0x262a), (0x262e, 0x262f), (0x2638, 0x263a),
    (0x2640, 0x2640), (0x2642, 0x2642), (0x2648, 0x2653), (0x265f, 0x2660), (0x2663, 0x2663),
    (0x2665, 0x2666), (0x2668, 0x2668), (0x267b, 0x267b), (0x267e, 0x267f), (0x2692, 0x2697),
    (0x2699, 0x2699), (0x269b, 0x269c), (0x26a0, 0x26a1), (0x26a7, 0x26a7), (0x26aa, 0x26ab),
    (0x26b0, 0x26b1), (0x26bd, 0x26be), (0x26c4, 0x26c5), (0x26c8, 0x26c8), (0x26ce, 0x26cf),
    (0x26d1, 0x26d1), (0x26d3, 0x26d4), (0x26e9, 0x26ea), (0x26f0, 0x26f5), (0x26f7, 0x26fa),
    (0x26fd, 0x26fd), (0x2702, 0x2702), (0x2705, 0x2705), (0x2708, 0x270d), (0x270f, 0x270f),
    (0x2712, 0x2712), (0x2714, 0x2714), (0x2716, 0x2716), (0x271d, 0x271d), (0x2721, 0x2721),
    (0x2728, 0x2728), (0x2733, 0x2734), (0x2744, 0x2744), (0x2747, 0x2747), (0x274c, 0x274c),
    (0x274e, 0x274e), (0x2753, 0x2755), (0x2757, 0x2757), (0x2763, 0x2764), (0x2795, 0x2797),
    (0x27a1, 0x27a1), (0x27b0, 0x27b0), (0x27bf, 0x27bf), (0x2934, 0x2935), (0x2b05, 0x2b07),
    (0x2b1b, 0x2b1c), (0x2b50, 0x2b50), (0x2b55, 0x2b55), (0x3030, 0x3030), (0x303d, 0x303d),
    (0x3297, 0x3297), (0x3299, 0x3299),
];

/// Whether the text holds at least one emoji.
pub fn contains_emoji(text: &str) -> bool {
    !text.is_ascii() && text.graphemes(true).any(is_emoji)
}

/// Whether the text is nothing but one to `max` emoji, so that it may be drawn large.
pub fn is_only_emoji(text: &str, max: usize) -> bool {
    let text = text.trim();
    let mut count = 0;
    for grapheme in text.graphemes(true) {
        count += 1;
        if count > max || !is_emoji(grapheme) {
            return false;
        }
    }
    count > 0
}

/// Whether one grapheme is shown as an emoji.
pub fn is_emoji(grapheme: &str) -> bool {
    let mut chars = grapheme.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else {
        return false;
    };
    if first.is_ascii() {
        return grapheme.ends_with(KEYCAP);
    }
    if is_regional(first) {
        return second.is_some_and(is_regional);
    }
    if second == Some(TEXT) || !is_pictographic(first) {
        return false;
    }
    second == Some(PICTURE) || !is_text_by_habit(first)
}

/// Whether a word search can find this text: it holds a letter or a digit. What has none, such
/// as a lone emoji, must be looked for byte by byte.
pub fn has_indexable_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Whether a character may stand in a joined sequence of emoji.
pub(crate) fn is_pictographic(c: char) -> bool {
    let code = u32::from(c);
    if code >= 0x1f000 {
        return matches!(
            code,
            0x1f004 | 0x1f0cf | 0x1f170..=0x1f171 | 0x1f17e..=0x1f17f | 0x1f18e
                | 0x1f191..=0x1f19a | 0x1f201..=0x1f202 | 0x1f21a | 0x1f22f | 0x1f232..=0x1f23a
                | 0x1f250..=0x1f251 | 0x1f300..=0x1f64f | 0x1f680..=0x1f6ff | 0x1f7e0..=0x1f7f0
                | 0x1f90c..=0x1f9ff | 0x1fa70..=0x1faff
        );
    }
    let after = SYMBOLS.partition_point(|(first, _)| *first <= code);
    after > 0
        && SYMBOLS
            .get(after - 1)
            .is_some_and(|(_, last)| code <= *last)
}

/// Whether two of it make a flag.
fn is_regional(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// Signs that people mean as text unless they ask for a picture.
fn is_text_by_habit(c: char) -> bool {
    matches!(u32::from(c), 0xa9 | 0xae | 0x203c | 0x2049 | 0x2122 | 0x2139 | 0x2194..=0x21aa | 0x2934..=0x2935 | 0x2b05..=0x2b07 | 0x25aa..=0x25ab | 0x24c2 | 0x3030 | 0x303d | 0x3297 | 0x3299)
}

#[cfg(test)]
mod tests {
    use super::{contains_emoji, has_indexable_word, is_emoji, is_only_emoji, is_pictographic};
    use proptest::prelude::*;

    #[test]
    fn pictures_are_emoji() {
        for yes in [
            "😀",
            "👍🏽",
            "👨‍👩‍👧",
            "🇵🇪",
            "❤️",
            "❤",
            "1️⃣",
            "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "🏳️‍🌈",
            "✅",
            "☎️",
            "™️",
            "🫶",
            "⭐",
        ] {
            assert!(is_emoji(yes), "{yes:?}");
            assert!(contains_emoji(&format!("hola {yes}!")));
        }
    }

    #[test]
    fn letters_and_signs_are_not() {
        for no in [
            "a",
            "1",
            "#",
            "ñ",
            "✓",
            "→",
            "©",
            "™",
            "漢",
            "🇵",
            "☎\u{fe0e}",
            "½",
            "€",
            " ",
            "",
        ] {
            assert!(!is_emoji(no), "{no:?}");
            assert!(!contains_emoji(no));
        }
    }

    #[test]
    fn only_emoji_counts_them() {
        assert!(is_only_emoji("👍", 3));
        assert!(is_only_emoji(" 🎂🎉🥳\n", 3));
        assert!(!is_only_emoji("🎂🎉🥳🎈", 3));
        assert!(!is_only_emoji("👍 ok", 3));
        assert!(!is_only_emoji("", 3));
        assert!(!is_only_emoji("  ", 3));
        assert!(!is_only_emoji("👍", 0));
    }

    #[test]
    fn words_are_indexable() {
        for yes in ["hola", "é", "3", "👍 ok", "мир", "漢"] {
            assert!(has_indexable_word(yes), "{yes:?}");
        }
        for no in ["", "👍", "¿?", "***", "🇵🇪"] {
            assert!(!has_indexable_word(no), "{no:?}");
        }
    }

    #[test]
    fn the_table_is_in_order() {
        for pair in super::SYMBOLS.windows(2) {
            assert!(pair[0].0 <= pair[0].1 && pair[0].1 < pair[1].0, "{pair:x?}");
        }
        assert!(is_pictographic('\u{2640}') && !is_pictographic('\u{2641}'));
        assert!(!is_pictographic('\u{1eeff}') && !is_pictographic('\u{1fb00}'));
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*") {
            let only = is_only_emoji(&text, 3);
            prop_assert!(!only || contains_emoji(&text));
        }
    }
}
