//! The keys of `console.toml`: what each may be, and how it is set.

use std::ops::RangeInclusive;

use toml::de::DeValue;

use crate::tui::{
    Bidi, Colours, Glyphs, Hours, Images, Motion, Preset, Protocol, ReadReceipts, Tui, Which,
};

/// One key of `console.toml`: its name, what it may be, and how it is set (false if it cannot be
/// that).
pub(super) struct Key {
    /// Its name, with its section.
    pub(super) name: &'static str,
    /// What it may be.
    pub(super) allowed: &'static str,
    /// Sets it; false if it cannot be that.
    pub(super) set: fn(&mut Tui, &DeValue<'_>) -> bool,
}

/// Every key.
pub(super) const KEYS: &[Key] = &[
    Key {
        name: "ui.language",
        allowed: "\"es\", \"pt-BR\", \"en\" or \"\" (that of the environment)",
        set: |t, v| {
            let known = ["", "es", "pt-BR", "en"];
            text(v)
                .filter(|l| known.contains(l))
                .map(|l| l.clone_into(&mut t.ui.language))
                .is_some()
        },
    },
    Key {
        name: "ui.theme",
        allowed: "\"dark\", \"light\", \"mono\", \"high-contrast\" or the name of a file in themes/",
        set: |t, v| {
            let fits = |name: &&str| !name.is_empty() && !name.contains(['/', '\\', '.']);
            text(v)
                .filter(fits)
                .map(|name| name.clone_into(&mut t.ui.theme))
                .is_some()
        },
    },
    Key {
        name: "ui.glyphs",
        allowed: "\"auto\", \"unicode\" or \"ascii\"",
        set: |t, v| {
            let words = [
                ("auto", Glyphs::Auto),
                ("unicode", Glyphs::Unicode),
                ("ascii", Glyphs::Ascii),
            ];
            one_of(v, &words, &mut t.ui.glyphs)
        },
    },
    Key {
        name: "ui.colours",
        allowed: "\"auto\", \"mono\", \"16\", \"256\" or \"true\"",
        set: |t, v| {
            let words = [
                ("auto", Colours::Auto),
                ("mono", Colours::Mono),
                ("16", Colours::Sixteen),
                ("256", Colours::Indexed),
                ("true", Colours::True),
            ];
            one_of(v, &words, &mut t.ui.colours)
        },
    },
    Key {
        name: "ui.motion",
        allowed: "\"full\", \"reduced\" or \"none\"",
        set: |t, v| {
            let words = [
                ("full", Motion::Full),
                ("reduced", Motion::Reduced),
                ("none", Motion::None),
            ];
            one_of(v, &words, &mut t.ui.motion)
        },
    },
    Key {
        name: "ui.plain",
        allowed: "true or false",
        set: |t, v| flag(v, &mut t.ui.plain),
    },
    Key {
        name: "ui.find_reader",
        allowed: "true or false",
        set: |t, v| flag(v, &mut t.ui.find_reader),
    },
    Key {
        name: "ui.mouse",
        allowed: "true or false",
        set: |t, v| flag(v, &mut t.ui.mouse),
    },
    Key {
        name: "ui.images",
        allowed: "\"auto\", \"kitty\", \"sixel\", \"iterm2\", \"blocks\" or \"off\"",
        set: |t, v| {
            let words = [
                ("auto", Images::Auto),
                ("kitty", Images::Kitty),
                ("sixel", Images::Sixel),
                ("iterm2", Images::Iterm2),
                ("blocks", Images::Blocks),
                ("off", Images::Off),
            ];
            one_of(v, &words, &mut t.ui.images)
        },
    },
    Key {
        name: "ui.bidi",
        allowed: "\"terminal\", \"visual\" or \"off\"",
        set: |t, v| {
            let words = [
                ("terminal", Bidi::Terminal),
                ("visual", Bidi::Visual),
                ("off", Bidi::Off),
            ];
            one_of(v, &words, &mut t.ui.bidi)
        },
    },
    Key {
        name: "ui.title",
        allowed: "true or false",
        set: |t, v| flag(v, &mut t.ui.title),
    },
    Key {
        name: "layout.list_width",
        allowed: "a number from 20 to 60",
        set: |t, v| count(v, 20..=60, &mut t.layout.list_width),
    },
    Key {
        name: "layout.list_width_narrow",
        allowed: "a number from 20 to 40",
        set: |t, v| count(v, 20..=40, &mut t.layout.list_width_narrow),
    },
    Key {
        name: "layout.panel_width",
        allowed: "a number from 24 to 50",
        set: |t, v| count(v, 24..=50, &mut t.layout.panel_width),
    },
    Key {
        name: "layout.panel",
        allowed: "true or false",
        set: |t, v| flag(v, &mut t.layout.panel),
    },
    Key {
        name: "layout.text_width",
        allowed: "a number from 40 to 200",
        set: |t, v| count(v, 40..=200, &mut t.layout.text_width),
    },
    Key {
        name: "reading.read_receipts",
        allowed: "\"dwell\", \"reply\" or \"manual\"",
        set: |t, v| {
            let words = [
                ("dwell", ReadReceipts::Dwell),
                ("reply", ReadReceipts::Reply),
                ("manual", ReadReceipts::Manual),
            ];
            one_of(v, &words, &mut t.reading.read_receipts)
        },
    },
    Key {
        name: "reading.dwell_ms",
        allowed: "a number from 300 to 60000",
        set: |t, v| count(v, 300..=60_000, &mut t.reading.dwell_ms),
    },
    Key {
        name: "reading.blue_ticks",
        allowed: "true or false",
        set: |t, v| flag(v, &mut t.reading.blue_ticks),
    },
    Key {
        name: "reading.typing",
        allowed: "true or false",
        set: |t, v| flag(v, &mut t.reading.typing),
    },
    Key {
        name: "keys.preset",
        allowed: "\"default\", \"readline\" or \"vim\"",
        set: |t, v| {
            let words = [
                ("default", Preset::Default),
                ("readline", Preset::Readline),
                ("vim", Preset::Vim),
            ];
            one_of(v, &words, &mut t.keys.preset)
        },
    },
    Key {
        name: "notices.bell",
        allowed: WHICH,
        set: |t, v| which(v, &mut t.notices.bell),
    },
    Key {
        name: "notices.terminal",
        allowed: WHICH,
        set: |t, v| which(v, &mut t.notices.terminal),
    },
    Key {
        name: "notices.protocol",
        allowed: "\"osc9\" or \"osc777\"",
        set: |t, v| {
            let words = [("osc9", Protocol::Osc9), ("osc777", Protocol::Osc777)];
            one_of(v, &words, &mut t.notices.protocol)
        },
    },
    Key {
        name: "notices.desktop",
        allowed: WHICH,
        set: |t, v| which(v, &mut t.notices.desktop),
    },
    Key {
        name: "notices.command",
        allowed: "a list of words: a program and its arguments",
        set: |t, v| names(v).map(|words| t.notices.command = words).is_some(),
    },
    Key {
        name: "notices.command_for",
        allowed: WHICH,
        set: |t, v| which(v, &mut t.notices.command_for),
    },
    Key {
        name: "notices.words",
        allowed: "true or false",
        set: |t, v| flag(v, &mut t.notices.words),
    },
    Key {
        name: "notices.quiet",
        allowed: "a part of the day such as \"22:00-07:00\", or \"\" for none",
        set: |t, v| match text(v) {
            Some("") => {
                t.notices.quiet = None;
                true
            }
            Some(written) => Hours::parse(written)
                .map(|hours| t.notices.quiet = Some(hours))
                .is_some(),
            None => false,
        },
    },
    Key {
        name: "notices.group_s",
        allowed: "a number from 0 to 600",
        set: |t, v| count(v, 0..=600, &mut t.notices.group_s),
    },
    Key {
        name: "media.player",
        allowed: "a list of words: a program and its arguments, such as [\"mpv\", \"--no-video\"]",
        set: |t, v| names(v).map(|words| t.media.player = words).is_some(),
    },
];

/// What [`which`] takes.
const WHICH: &str = "true, false or a list of labels or phone numbers";

fn which(value: &DeValue<'_>, to: &mut Which) -> bool {
    let read = match value.as_bool() {
        Some(true) => Some(Which::All),
        Some(false) => Some(Which::None),
        None => names(value).map(Which::Some),
    };
    read.map(|read| *to = read).is_some()
}

fn names(value: &DeValue<'_>) -> Option<Vec<String>> {
    let each = value.as_array()?.iter();
    each.map(|one| text(one.get_ref()).map(str::to_owned))
        .collect()
}

fn text<'a>(value: &'a DeValue<'_>) -> Option<&'a str> {
    match value {
        DeValue::String(text) => Some(text),
        _ => None,
    }
}

fn flag(value: &DeValue<'_>, to: &mut bool) -> bool {
    value.as_bool().map(|flag| *to = flag).is_some()
}

fn one_of<T: Copy>(value: &DeValue<'_>, words: &[(&str, T)], to: &mut T) -> bool {
    let found = text(value).and_then(|text| words.iter().find(|(word, _)| *word == text));
    found.map(|(_, known)| *to = *known).is_some()
}

fn count<N>(value: &DeValue<'_>, range: RangeInclusive<N>, to: &mut N) -> bool
where
    N: std::str::FromStr + PartialOrd,
{
    let number = match value {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
        _ => None,
    };
    number
        .filter(|n| range.contains(n))
        .map(|n| *to = n)
        .is_some()
}
