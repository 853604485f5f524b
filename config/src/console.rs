//! Reads `console.toml` and `keys.toml`: every key with what it may be, every mistake with its line.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use crate::error::{ConfigError, Place, nearest};
use crate::keys::{self, Binding};
use crate::path::Surroundings;
use crate::tui::{
    Bidi, Colours, Glyphs, Hours, Motion, Preset, Protocol, ReadReceipts, Tui, Which,
};

/// The shipped sample; every key with its default.
pub const SAMPLE: &str = include_str!("../defaults/console.toml");

/// One key of `console.toml`: its name, what it may be, and how it is set (false if it cannot be
/// that).
struct Key {
    name: &'static str,
    allowed: &'static str,
    set: fn(&mut Tui, &DeValue<'_>) -> bool,
}

const KEYS: &[Key] = &[
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
        name: "ui.mouse",
        allowed: "true or false",
        set: |t, v| flag(v, &mut t.ui.mouse),
    },
    Key {
        name: "ui.images",
        allowed: "true or false",
        set: |t, v| flag(v, &mut t.ui.images),
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

/// What the console is told by its files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// `console.toml`.
    pub settings: Tui,
    /// `keys.toml`.
    pub keys: Vec<Binding>,
    /// Where `keys.toml` is, for sentences about it.
    pub keys_path: PathBuf,
}

/// Reads `console.toml` and `keys.toml`. A file that is not there is fine. Fails with every error
/// there is, not with the first alone.
pub fn read(surroundings: &Surroundings) -> Result<Files, Vec<ConfigError>> {
    let folder = surroundings.user_config_dir();
    let keys_path = folder.join("keys.toml");
    let mut errors = Vec::new();
    let mut files = Files {
        keys_path: keys_path.clone(),
        ..Files::default()
    };
    if let Some(text) = contents(&folder.join("console.toml"), &mut errors) {
        files.settings = parse(&folder.join("console.toml"), &text, &mut errors);
    }
    if let Some(text) = contents(&keys_path, &mut errors) {
        match keys::parse(&text) {
            Ok(bindings) => files.keys = bindings,
            Err(fault) => errors.push(at(&keys_path, &text, fault.span, None, fault.what)),
        }
    }
    if errors.is_empty() {
        Ok(files)
    } else {
        Err(errors)
    }
}

fn contents(path: &Path, errors: &mut Vec<ConfigError>) -> Option<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => {
            let sentence = format!(
                "{} cannot be read: {error}. Correct its permissions.",
                path.display()
            );
            errors.push(ConfigError {
                place: None,
                key: None,
                sentence,
            });
            None
        }
    }
}

fn parse(path: &Path, text: &str, errors: &mut Vec<ConfigError>) -> Tui {
    let mut settings = Tui::default();
    let table = match DeTable::parse(text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let message = error.message().trim().trim_end_matches('.').to_owned();
            let span = error.span().unwrap_or(0..0);
            errors.push(at(
                path,
                text,
                span,
                None,
                format!("This is not TOML: {message}."),
            ));
            return settings;
        }
    };
    for (section, content) in &table {
        let name = section.get_ref().as_ref();
        let Some(keys) = content.get_ref().as_table() else {
            let sentence = unknown("section", name, &sections());
            errors.push(at(
                path,
                text,
                section.span(),
                Some(name.to_owned()),
                sentence,
            ));
            continue;
        };
        if !sections().contains(&name) {
            let sentence = unknown("section", name, &sections());
            errors.push(at(
                path,
                text,
                section.span(),
                Some(name.to_owned()),
                sentence,
            ));
            continue;
        }
        for (key, value) in keys {
            let full = format!("{name}.{}", key.get_ref());
            let (span, sentence) = match KEYS.iter().find(|known| known.name == full) {
                Some(known) if (known.set)(&mut settings, value.get_ref()) => continue,
                Some(known) => {
                    let shown = text.get(value.span()).unwrap_or_default();
                    let allowed = known.allowed;
                    (
                        value.span(),
                        format!("{shown} is not possible here. It must be {allowed}."),
                    )
                }
                None => (key.span(), unknown("key", key.get_ref(), &keys_of(name))),
            };
            errors.push(at(path, text, span, Some(full), sentence));
        }
    }
    settings
}

fn sections() -> Vec<&'static str> {
    let mut sections: Vec<&str> = KEYS
        .iter()
        .filter_map(|key| key.name.split_once('.'))
        .map(|(section, _)| section)
        .collect();
    sections.dedup();
    sections
}

fn keys_of(section: &str) -> Vec<&'static str> {
    let split = KEYS.iter().filter_map(|key| key.name.split_once('.'));
    split
        .filter(|(own, _)| *own == section)
        .map(|(_, key)| key)
        .collect()
}

fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    let hint = nearest(name, known.iter().copied())
        .map_or_else(String::new, |near| format!(" Did you mean {near}?"));
    format!(
        "There is no {what} {name}.{hint} There are {}.",
        known.join(", ")
    )
}

fn at(
    path: &Path,
    text: &str,
    span: std::ops::Range<usize>,
    key: Option<String>,
    sentence: String,
) -> ConfigError {
    let place = Some(Place::in_file(path.to_owned(), text, span));
    ConfigError {
        place,
        key,
        sentence,
    }
}

#[cfg(test)]
mod tests {
    use super::{KEYS, SAMPLE, parse, read};
    use crate::path::Surroundings;
    use crate::tui::{ReadReceipts, Tui, Which};
    use std::path::Path;

    fn load(text: &str) -> Result<Tui, String> {
        let mut errors = Vec::new();
        let settings = parse(Path::new("FILE"), text, &mut errors);
        match errors.first() {
            None => Ok(settings),
            Some(error) => Err(error.line()),
        }
    }

    #[test]
    fn the_sample_holds_every_key_with_its_default() {
        assert_eq!(load(SAMPLE).unwrap(), Tui::default());
        for key in KEYS {
            let (_, name) = key.name.split_once('.').unwrap();
            assert!(
                SAMPLE.lines().any(|l| l.starts_with(&format!("{name} ="))),
                "{}",
                key.name
            );
        }
    }

    #[test]
    fn what_is_said_holds() {
        let settings =
            load("[reading]\nread_receipts = \"reply\"\n[layout]\nlist_width = 40\n").unwrap();
        assert_eq!(settings.reading.read_receipts, ReadReceipts::Reply);
        assert_eq!(settings.layout.list_width, 40);
        let settings = load("[notices]\nbell = [\"Centro\"]\ncommand = [\"say\", \"new\"]\n");
        let notices = settings.unwrap().notices;
        assert_eq!(notices.bell, Which::Some(vec!["Centro".to_owned()]));
        assert_eq!(notices.command, ["say", "new"]);
    }

    #[test]
    fn mistakes_are_told_with_their_line_and_a_remedy() {
        let said = load("[ui]\nthem = \"light\"").unwrap_err();
        assert!(
            said.starts_with("FILE:2:1: ui.them:") && said.contains("theme?"),
            "{said}"
        );
        let said = load("[layout]\nlist_width = 400").unwrap_err();
        assert!(said.contains("20 to 60"), "{said}");
        let said = load("[notices]\nquiet = \"22-7\"").unwrap_err();
        assert!(said.contains("22:00-07:00"), "{said}");
        assert!(load("[notices]\nbell = 3").is_err());
        assert!(load("[iu]\n").unwrap_err().contains("Did you mean ui?"));
        assert!(load("ui = 3").is_err());
        assert!(load("[ui").unwrap_err().contains("not TOML"));
    }

    #[test]
    fn files_are_read_where_they_belong_and_all_errors_are_told() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().to_str().unwrap();
        let around = Surroundings::invented([("HOME", home), ("XDG_CONFIG_HOME", home)], false);
        assert_eq!(read(&around).unwrap().settings, Tui::default());
        let folder = dir.path().join("recado");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("console.toml"), "[ui]\nplain = 3\nmouse = 4\n").unwrap();
        std::fs::write(folder.join("keys.toml"), "[list]\nj = 3\n").unwrap();
        assert_eq!(read(&around).unwrap_err().len(), 3);
    }
}
