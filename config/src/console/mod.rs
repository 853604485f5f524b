//! Reads `console.toml` and `keys.toml`: every key with what it may be, every mistake with its line.

mod key;

use std::path::{Path, PathBuf};

use toml::de::DeTable;

use crate::console::key::KEYS;
use crate::error::{ConfigError, Place, nearest};
use crate::keys::{self, Binding};
use crate::path::Surroundings;
use crate::tui::Tui;

/// The shipped sample; every key with its default.
pub const SAMPLE: &str = include_str!("../../defaults/console.toml");

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
