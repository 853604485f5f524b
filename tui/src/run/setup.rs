//! What a console is made of, from files, environment and flags; every mistake is told before the screen is taken.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use common::client::Client;
use config::console::{Files, read};
use config::error::ConfigError;
use config::load::told;
use config::path::Surroundings;
use config::theme::{Theme, ThemeError};
use jiff::tz::TimeZone;
use thiserror::Error;

use crate::keymap::{KeyError, Keymap};
use crate::run::{Options, reader};
use crate::side::clock::SystemClock;
use crate::side::keep::Keep;
use crate::speech::{Lang, Speech};
use crate::view::Cache;
use crate::view::paint::Depth;

/// What the command line says of the console.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--lang`.
    pub language: Option<String>,
    /// `--plain`.
    pub plain: bool,
    /// Where the daemon is: chats have other ids at another one. Without it nothing is kept.
    pub address: String,
    /// Whether an SSH key let somebody in on a shared account: nothing of the machine is theirs.
    pub is_shared: bool,
}

/// Why the console cannot begin.
#[derive(Debug, Error)]
pub enum SetupError {
    /// Settings that cannot be.
    #[error("{}", told(.0))]
    Settings(Vec<ConfigError>),
    /// Bindings that cannot be.
    #[error("{}: {what}", path.display())]
    Keys {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: KeyError,
    },
    /// A theme that cannot be read.
    #[error("{}: {what}", path.display())]
    Theme {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: ThemeError,
    },
    /// A theme that is not there.
    #[error("there is no theme `{name}`: it is none of dark, light, mono, high-contrast, and {} cannot be read ({why})", path.display())]
    NoTheme {
        /// Its name.
        name: String,
        /// Where it was looked for.
        path: PathBuf,
        /// Why it cannot be read.
        why: std::io::Error,
    },
}

/// The language to speak: that of the flag, of the settings, of the environment, Spanish.
pub fn language(flag: Option<&str>, setting: &str, around: &Surroundings) -> Lang {
    let named = flag.or((!setting.is_empty()).then_some(setting));
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| around.var(name).filter(|value| !value.is_empty()));
    Lang::of_locale(named.or(locale).unwrap_or_default())
}

/// A console as files, environment and flags want it, speaking with `client`.
pub fn options(
    client: Client,
    around: &Surroundings,
    flags: &Flags,
) -> Result<Options, SetupError> {
    let files = read(around).map_err(SetupError::Settings)?;
    assemble(client, around, flags, files)
}

fn assemble(
    client: Client,
    around: &Surroundings,
    flags: &Flags,
    files: Files,
) -> Result<Options, SetupError> {
    let Files {
        mut settings,
        keys,
        keys_path,
    } = files;
    let env = |name: &str| around.var(name).map(str::to_owned);
    let found = settings.ui.find_reader && reader::is_found(env, Path::new("/"));
    settings.ui.plain |= flags.plain || found;
    let keymap = Keymap::new(settings.keys.preset, &keys).map_err(|what| SetupError::Keys {
        path: keys_path.clone(),
        what,
    })?;
    let lang = language(flags.language.as_deref(), &settings.ui.language, around);
    let speech = Speech::of(lang).in_zone(TimeZone::system());
    let depth = Depth::of(settings.ui.colours, env);
    let colourless = depth == Depth::Mono;
    let own = (!colourless && Theme::built_in(&settings.ui.theme).is_none())
        .then(|| (theme_file(&settings.ui.theme, around), depth));
    let theme = if colourless {
        Theme::mono()
    } else {
        theme(&settings.ui.theme, around)?
    };
    let cache = Cache::of(&settings, &theme, env);
    Ok(Options {
        client,
        clock: Arc::new(SystemClock),
        settings,
        keymap,
        speech,
        cache,
        size: (80, 24),
        keep: match flags.address.as_str() {
            "" => Keep::default(),
            address => Keep::new(around.user_state_dir(), address),
        }
        .with_keys(keys_path),
        seed: RandomState::new().build_hasher().finish(),
        is_shared: flags.is_shared,
        deep: (!colourless).then_some(depth == Depth::True),
        theme: own,
        dumb: around
            .var("TERM")
            .is_none_or(|term| term.is_empty() || term == "dumb"),
    })
}

/// Where a theme of that name is looked for.
fn theme_file(name: &str, around: &Surroundings) -> PathBuf {
    let folder = around.user_config_dir().join("themes");
    folder.join(format!("{name}.toml"))
}

fn theme(name: &str, around: &Surroundings) -> Result<Theme, SetupError> {
    if let Some(theme) = Theme::built_in(name) {
        return Ok(theme);
    }
    let path = theme_file(name, around);
    match std::fs::read_to_string(&path) {
        Ok(source) => Theme::parse(&source).map_err(|what| SetupError::Theme { path, what }),
        Err(why) => Err(SetupError::NoTheme {
            name: name.to_owned(),
            path,
            why,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Flags, assemble, language};
    use crate::speech::Lang;
    use common::client::Client;
    use config::console::Files;
    use config::keys::parse;
    use config::path::Surroundings;

    fn around(lang: &str) -> Surroundings {
        Surroundings::invented([("HOME", "/nonexistent"), ("LANG", lang)], false)
    }

    #[test]
    fn the_nearest_word_about_the_language_holds() {
        assert_eq!(language(None, "", &around("pt_BR.UTF-8")), Lang::PtBr);
        assert_eq!(language(None, "", &around("de_DE.UTF-8")), Lang::Es);
        assert_eq!(language(None, "en", &around("pt_BR.UTF-8")), Lang::En);
        assert_eq!(language(Some("es"), "en", &around("pt_BR.UTF-8")), Lang::Es);
    }

    #[test]
    fn mistakes_name_their_file() {
        let client = || Client::unix("/nonexistent");
        let flags = Flags {
            plain: true,
            ..Flags::default()
        };
        let good = assemble(client(), &around("es"), &flags, Files::default()).unwrap();
        assert!(good.settings.ui.plain);
        let mut files = Files {
            keys_path: "KEYS".into(),
            ..Files::default()
        };
        files.keys = parse("[list]\nx = \"fly\"").unwrap();
        let said = assemble(client(), &around("es"), &flags, files)
            .unwrap_err()
            .to_string();
        assert!(
            said.starts_with("KEYS: line 2: there is no action `fly`"),
            "{said}"
        );
        let mut files = Files::default();
        "mauve".clone_into(&mut files.settings.ui.theme);
        let said = assemble(client(), &around("es"), &flags, files)
            .unwrap_err()
            .to_string();
        assert!(said.contains("mauve"), "{said}");
    }
}
