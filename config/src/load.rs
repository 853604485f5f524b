//! The layers: defaults, file, environment, command line; what nobody knows is an error with a remedy.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use crate::daemon::{KEYS, Key, Setting, Settings, Source};
use crate::error::{ConfigError, Place, nearest};
use crate::path::Surroundings;

const PREFIX: &str = "RECADO__";

/// What the command line says.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--set section.key=value`, in their order.
    pub set: Vec<(String, String)>,
}

/// Reads the daemon's settings. Fails with every error there is, not with the first alone.
pub fn daemon(surroundings: &Surroundings, flags: &Flags) -> Result<Settings, Vec<ConfigError>> {
    let mut settings = Settings::defaults(surroundings);
    let mut errors = Vec::new();
    let (path, must_be_there) = file(surroundings, flags);
    settings.file.clone_from(&path);
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let base = path.parent().unwrap_or_else(|| Path::new("/")).to_owned();
            let reader = Reader { surroundings, path: &path, text: &text, base: &base };
            reader.read(&mut settings, &mut errors);
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_be_there => {}
        Err(error) => errors.push(ConfigError {
            place: None,
            key: None,
            sentence: format!(
                "The configuration file {} cannot be read: {error}. Correct --config or $RECADO_CONFIG, or the file's permissions.",
                path.display()
            ),
        }),
    }
    environment(surroundings, &mut settings, &mut errors);
    command_line(surroundings, flags, &mut settings, &mut errors);
    if errors.is_empty() {
        Ok(settings)
    } else {
        Err(errors)
    }
}

/// The file to read, and whether somebody named it.
pub fn file(surroundings: &Surroundings, flags: &Flags) -> (PathBuf, bool) {
    let named = flags
        .config
        .clone()
        .or_else(|| surroundings.var("RECADO_CONFIG").map(PathBuf::from));
    let absolute = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
    named.map_or_else(
        || (surroundings.daemon_config(), false),
        |path| (absolute(path), true),
    )
}

/// All errors as one text, one after the other.
pub fn told(errors: &[ConfigError]) -> String {
    errors
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

struct Reader<'a> {
    surroundings: &'a Surroundings,
    path: &'a Path,
    text: &'a str,
    base: &'a Path,
}

impl Reader<'_> {
    fn read(&self, settings: &mut Settings, errors: &mut Vec<ConfigError>) {
        let table = match DeTable::parse(self.text) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                let message = error.message().trim().trim_end_matches('.').to_owned();
                let sentence = format!("This is not TOML: {message}.");
                errors.push(self.error(error.span().unwrap_or(0..0), None, sentence));
                return;
            }
        };
        for (section, content) in &table {
            let name = section.get_ref().as_ref();
            if !sections().any(|known| known == name) {
                let known: Vec<&str> = sections().collect();
                let sentence = unknown("section", name, &known, "The sections are");
                errors.push(self.error(section.span(), Some(name.to_owned()), sentence));
                continue;
            }
            let Some(keys) = content.get_ref().as_table() else {
                let sentence =
                    format!("Write it as a section: [{name}], its keys in the lines below.");
                errors.push(self.error(content.span(), Some(name.to_owned()), sentence));
                continue;
            };
            for (key, value) in keys {
                let full = format!("{name}.{}", key.get_ref());
                let Some(known) = find(&full) else {
                    let sentence = unknown_key(name, key.get_ref());
                    errors.push(self.error(key.span(), Some(full), sentence));
                    continue;
                };
                if let Err(error) = self.set(settings, known, value.get_ref(), value.span()) {
                    errors.push(error);
                }
            }
        }
    }

    fn set(
        &self,
        settings: &mut Settings,
        key: &Key,
        value: &DeValue<'_>,
        span: Range<usize>,
    ) -> Result<(), ConfigError> {
        let at = Setting {
            surroundings: self.surroundings,
            base: self.base,
        };
        let text = match value {
            DeValue::String(text) => Some(text.as_ref()),
            DeValue::Integer(number) if key.number => Some(number.as_str()),
            _ => None,
        };
        if text.is_some_and(|text| (key.set)(settings, text, &at)) {
            let line = self
                .text
                .get(..span.start)
                .unwrap_or_default()
                .matches('\n')
                .count()
                + 1;
            let _before = settings.sources.insert(key.name, Source::File(line));
            return Ok(());
        }
        let shown = self.text.get(span.clone()).unwrap_or_default();
        Err(self.error(span, Some(key.name.to_owned()), wrong(shown, key)))
    }

    fn error(&self, span: Range<usize>, key: Option<String>, sentence: String) -> ConfigError {
        let place = Some(Place::in_file(self.path.to_owned(), self.text, span));
        ConfigError {
            place,
            key,
            sentence,
        }
    }
}

fn environment(around: &Surroundings, settings: &mut Settings, errors: &mut Vec<ConfigError>) {
    let base = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
    let at = Setting {
        surroundings: around,
        base: &base,
    };
    for (rest, value) in around.beginning(PREFIX) {
        let variable = format!("{PREFIX}{rest}");
        let name = rest.to_lowercase().replacen("__", ".", 1);
        let sentence = match find(&name) {
            Some(key) if (key.set)(settings, value, &at) => {
                let _before = settings
                    .sources
                    .insert(key.name, Source::Environment(variable));
                continue;
            }
            Some(key) => wrong(&format!("\"{value}\""), key),
            None => unknown_full(&name),
        };
        errors.push(ConfigError {
            place: Some(Place::Environment(variable)),
            key: Some(name),
            sentence,
        });
    }
}

fn command_line(
    around: &Surroundings,
    flags: &Flags,
    settings: &mut Settings,
    errors: &mut Vec<ConfigError>,
) {
    let base = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
    let at = Setting {
        surroundings: around,
        base: &base,
    };
    for (name, value) in &flags.set {
        let sentence = match find(name) {
            Some(key) if (key.set)(settings, value, &at) => {
                let _before = settings.sources.insert(key.name, Source::Flag);
                continue;
            }
            Some(key) => wrong(&format!("\"{value}\""), key),
            None => unknown_full(name),
        };
        let place = Some(Place::Flag("--set".to_owned()));
        errors.push(ConfigError {
            place,
            key: Some(name.clone()),
            sentence,
        });
    }
}

fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

fn sections() -> impl Iterator<Item = &'static str> {
    let mut before = "";
    KEYS.iter().filter_map(move |key| {
        let section = key.name.split_once('.')?.0;
        let new = section != before;
        before = section;
        new.then_some(section)
    })
}

fn keys_of(section: &str) -> Vec<&'static str> {
    let parts = KEYS.iter().filter_map(|key| key.name.split_once('.'));
    parts
        .filter(|(own, _)| *own == section)
        .map(|(_, key)| key)
        .collect()
}

fn wrong(shown: &str, key: &Key) -> String {
    format!("{shown} is not possible here. It must be {}.", key.allowed)
}

fn unknown(what: &str, name: &str, known: &[&str], opening: &str) -> String {
    let hint = nearest(name, known.iter().copied())
        .map_or_else(String::new, |near| format!(" Did you mean {near}?"));
    format!(
        "There is no {what} {name}.{hint} {opening} {}.",
        known.join(", ")
    )
}

fn unknown_key(section: &str, key: &str) -> String {
    let elsewhere = KEYS
        .iter()
        .find(|other| other.name.rsplit('.').next() == Some(key));
    let known = keys_of(section);
    if let (Some(other), None) = (elsewhere, nearest(key, known.iter().copied())) {
        let home = other.name.split('.').next().unwrap_or_default();
        return format!("There is no key {key} in [{section}]. It belongs to [{home}].");
    }
    unknown("key", key, &known, &format!("[{section}] knows"))
}

fn unknown_full(name: &str) -> String {
    match name.split_once('.') {
        Some((section, key)) if sections().any(|known| known == section) => {
            unknown_key(section, key)
        }
        _ => {
            let known: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
            unknown("key", name, &known, "The keys are")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{Flags, daemon, told};
    use crate::daemon::{Keep, Level, SAMPLE, Settings, Source};
    use crate::path::Surroundings;

    fn load(text: &str, vars: &[(&str, &str)]) -> Result<Settings, String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("recado.toml");
        std::fs::write(&path, text).unwrap();
        let mut all = vec![
            ("HOME", "/home/ana"),
            ("RECADO_CONFIG", path.to_str().unwrap()),
        ];
        all.extend_from_slice(vars);
        daemon(&Surroundings::invented(all, false), &Flags::default())
            .map_err(|errors| told(&errors).replace(path.to_str().unwrap(), "FILE"))
    }

    #[test]
    fn no_file_is_fine_and_a_named_one_must_be_there() {
        let around = Surroundings::invented([("HOME", "/nonexistent")], false);
        let settings = daemon(&around, &Flags::default()).unwrap();
        assert_eq!(settings, Settings::defaults(&around));
        let named = Flags {
            config: Some(PathBuf::from("/nonexistent/x.toml")),
            set: Vec::new(),
        };
        let errors = daemon(&around, &named).unwrap_err();
        assert!(
            told(&errors).contains("/nonexistent/x.toml"),
            "{}",
            told(&errors)
        );
    }

    #[test]
    fn the_sample_is_the_defaults_and_every_key_stands_in_it() {
        let plain = load(SAMPLE, &[]).unwrap();
        let uncommented: String = SAMPLE
            .lines()
            .map(|line| {
                line.strip_prefix('#')
                    .filter(|l| !l.starts_with(' '))
                    .unwrap_or(line)
            })
            .fold(String::new(), |all, line| all + line + "\n");
        let mut written = load(&uncommented, &[]).unwrap();
        assert_eq!(
            written
                .list()
                .iter()
                .filter(|(_, _, s)| *s == Source::Default)
                .count(),
            0
        );
        written.sources.clear();
        let paths = Settings {
            data_dir: plain.data_dir.clone(),
            socket: plain.socket.clone(),
            ..written
        };
        assert_eq!(plain.changed(&paths), (Vec::new(), Vec::new()));
    }

    #[test]
    fn the_file_gives_way_to_the_environment_and_that_to_the_command_line() {
        let text = "[webhook]\nlisten = \"127.0.0.1:1\"\n[media]\nkeep = \"90 days\"\nauto_download_max = 5\n";
        let settings = load(
            text,
            &[
                ("RECADO__WEBHOOK__LISTEN", "0.0.0.0:2"),
                ("RECADO__LOG__LEVEL", "warn"),
            ],
        )
        .unwrap();
        assert_eq!(settings.webhook_listen.to_string(), "0.0.0.0:2");
        assert_eq!(
            (settings.keep, settings.auto_download_max),
            (Keep::Days(90), 5)
        );
        assert_eq!(settings.log_level, Level::Warn);
        let of = |name: &str| {
            settings
                .list()
                .into_iter()
                .find(|(n, ..)| *n == name)
                .unwrap()
                .2
        };
        assert_eq!(of("media.keep"), Source::File(4));
        assert_eq!(
            of("webhook.listen"),
            Source::Environment("RECADO__WEBHOOK__LISTEN".to_owned())
        );
        assert_eq!(of("api.listen"), Source::Default);
        let around = Surroundings::invented(
            [("HOME", "/nonexistent"), ("RECADO__LOG__LEVEL", "warn")],
            false,
        );
        let set = vec![("log.level".to_owned(), "debug".to_owned())];
        let flagged = daemon(&around, &Flags { config: None, set }).unwrap();
        assert_eq!(flagged.log_level, Level::Debug);
    }

    #[test]
    fn an_unknown_key_names_file_line_and_the_nearest_one() {
        let error = load("[webhook]\nlisen = \"127.0.0.1:1\"\n", &[]).unwrap_err();
        assert!(error.starts_with("FILE:2:1: webhook.lisen: There is no key lisen. Did you mean listen? [webhook] knows listen, public_url."), "{error}");
        assert!(
            error.ends_with("2 | lisen = \"127.0.0.1:1\"\n  | ^^^^^"),
            "{error}"
        );
        let error = load("[webhok]\n", &[]).unwrap_err();
        assert!(
            error.contains("FILE:1:2: webhok") && error.contains("Did you mean webhook?"),
            "{error}"
        );
        let error = load("[daemon]\nversion = \"v23.0\"\n", &[]).unwrap_err();
        assert!(error.contains("It belongs to [graph]."), "{error}");
        let error = load("listen = 1\n", &[]).unwrap_err();
        assert!(
            error.contains("FILE:1:1: listen: There is no section listen."),
            "{error}"
        );
    }

    #[test]
    fn a_wrong_value_says_what_would_be_right_and_all_errors_come_at_once() {
        let text = "[log]\nlevel = \"loud\"\nformat = 3\n[media]\nkeep = \"a while\"\n";
        let error = load(
            text,
            &[("RECADO__API__LISTEN", "8481"), ("RECADO__LOGG__X", "1")],
        )
        .unwrap_err();
        for part in [
            "FILE:2:9: log.level: \"loud\" is not possible here. It must be \"error\", \"warn\", \"info\", \"debug\" or \"trace\".",
            "FILE:3:10: log.format: 3 is not possible here.",
            "FILE:5:8: media.keep: \"a while\"",
            "environment variable RECADO__API__LISTEN: api.listen: \"8481\" is not possible here.",
            "environment variable RECADO__LOGG__X: logg.x: There is no key logg.x.",
        ] {
            assert!(error.contains(part), "{part}\n---\n{error}");
        }
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_line() {
        let error = load("[log]\nlevel = \n", &[]).unwrap_err();
        assert!(error.starts_with("FILE:2:"), "{error}");
        let twice = load("[log]\nlevel = \"info\"\nlevel = \"warn\"\n", &[]).unwrap_err();
        assert!(twice.starts_with("FILE:3:"), "{twice}");
    }

    #[test]
    fn paths_may_begin_at_home_or_beside_the_file() {
        let settings = load(
            "[daemon]\ndata_dir = \"~/recado\"\n[vault]\nidentity = \"key\"\n",
            &[],
        )
        .unwrap();
        assert_eq!(settings.data_dir, PathBuf::from("/home/ana/recado"));
        let beside = settings.file.parent().unwrap().join("key");
        assert_eq!(settings.identity, Some(beside));
    }
}
