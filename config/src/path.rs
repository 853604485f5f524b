//! Where things live: the XDG directories of a user, the system's own for root and the user `recado`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name of the system user that the packages make.
const SYSTEM_USER: &str = "recado";

/// What the process inherited: the environment, and whether it serves the whole system.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    vars: BTreeMap<String, String>,
    system: bool,
}

impl Surroundings {
    /// Those of this process.
    pub fn of_this_process() -> Self {
        let vars = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let mut own = Self {
            vars,
            system: false,
        };
        own.system = own.is_system_user();
        own
    }

    /// Invented ones, for tests and for programs that hold a daemon inside.
    pub fn invented<'a>(vars: impl IntoIterator<Item = (&'a str, &'a str)>, system: bool) -> Self {
        let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        Self {
            vars: vars.into_iter().map(own).collect(),
            system,
        }
    }

    /// A variable that is set and not empty.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.vars
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// Every variable whose name begins with `prefix`, without the prefix; empty ones too.
    pub(crate) fn beginning<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.vars
            .iter()
            .filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// Whether root or the system user `recado` runs this.
    pub const fn is_system(&self) -> bool {
        self.system
    }

    fn is_system_user(&self) -> bool {
        let uid = own_uid();
        if uid == Some(0) {
            return true;
        }
        let named = uid.and_then(|uid| {
            let passwd = std::fs::read_to_string("/etc/passwd").ok()?;
            name_of(&passwd, uid)
        });
        let name = named.or_else(|| self.var("USER").map(ToOwned::to_owned));
        name.as_deref() == Some(SYSTEM_USER)
    }

    fn home(&self) -> PathBuf {
        let told = self.var("HOME").map(PathBuf::from);
        let known = || directories::BaseDirs::new().map(|base| base.home_dir().to_owned());
        told.or_else(known).unwrap_or_else(|| PathBuf::from("/"))
    }

    fn xdg(&self, variable: &str, below_home: &str) -> PathBuf {
        let told = self
            .var(variable)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute());
        told.unwrap_or_else(|| self.home().join(below_home))
    }

    /// `$XDG_CONFIG_HOME/recado`.
    pub fn user_config_dir(&self) -> PathBuf {
        self.xdg("XDG_CONFIG_HOME", ".config").join("recado")
    }

    /// `$XDG_STATE_HOME/recado`.
    pub fn user_state_dir(&self) -> PathBuf {
        self.xdg("XDG_STATE_HOME", ".local/state").join("recado")
    }

    /// The daemon's configuration where nobody names another one.
    pub fn daemon_config(&self) -> PathBuf {
        if self.system {
            PathBuf::from("/etc/recado/recado.toml")
        } else {
            self.user_config_dir().join("recado.toml")
        }
    }

    /// Where the daemon keeps its data where nobody says otherwise.
    pub fn data_dir(&self) -> PathBuf {
        if self.system {
            PathBuf::from("/var/lib/recado")
        } else {
            self.xdg("XDG_DATA_HOME", ".local/share").join("recado")
        }
    }

    /// The daemon's socket where nobody says otherwise.
    pub fn socket(&self) -> PathBuf {
        if self.system {
            system_socket()
        } else {
            self.user_socket()
        }
    }

    /// The socket that a client tries: the one it is told, its user's own, the system's.
    pub fn client_socket(&self) -> PathBuf {
        if let Some(told) = self.var("RECADO_SOCKET") {
            return PathBuf::from(told);
        }
        let own = self.socket();
        if !own.exists() && system_socket().exists() {
            system_socket()
        } else {
            own
        }
    }

    fn user_socket(&self) -> PathBuf {
        let runtime = self
            .var("XDG_RUNTIME_DIR")
            .map(PathBuf::from)
            .filter(|p| p.is_absolute());
        runtime
            .unwrap_or_else(|| self.data_dir())
            .join("recado.sock")
    }

    /// The same path with a leading `~/` filled in, and a relative one taken from `base`.
    pub(crate) fn absolute(&self, path: &str, base: &Path) -> PathBuf {
        path.strip_prefix("~/")
            .map_or_else(|| base.join(path), |rest| self.home().join(rest))
    }
}

fn system_socket() -> PathBuf {
    PathBuf::from("/run/recado/recado.sock")
}

fn own_uid() -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").ok().map(|own| own.uid())
}

fn name_of(passwd: &str, uid: u32) -> Option<String> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{Surroundings, name_of};

    #[test]
    fn a_user_lives_in_xdg_directories_and_the_system_in_its_own() {
        let user = Surroundings::invented(
            [
                ("HOME", "/home/ana"),
                ("XDG_RUNTIME_DIR", "/run/user/1000"),
                ("XDG_DATA_HOME", "rel"),
            ],
            false,
        );
        assert_eq!(
            user.daemon_config(),
            Path::new("/home/ana/.config/recado/recado.toml")
        );
        assert_eq!(
            user.data_dir(),
            Path::new("/home/ana/.local/share/recado"),
            "relative: ignored"
        );
        assert_eq!(user.socket(), Path::new("/run/user/1000/recado.sock"));
        assert_eq!(
            user.absolute("~/x", Path::new("/etc")),
            PathBuf::from("/home/ana/x")
        );
        assert_eq!(
            user.absolute("x", Path::new("/etc")),
            PathBuf::from("/etc/x")
        );
        let system = Surroundings::invented([("HOME", "/root")], true);
        assert_eq!(system.daemon_config(), Path::new("/etc/recado/recado.toml"));
        assert_eq!(system.data_dir(), Path::new("/var/lib/recado"));
        assert_eq!(system.socket(), Path::new("/run/recado/recado.sock"));
        let told = Surroundings::invented([("RECADO_SOCKET", "/tmp/r.sock")], false);
        assert_eq!(told.client_socket(), Path::new("/tmp/r.sock"));
    }

    #[test]
    fn the_password_file_names_a_user() {
        let passwd =
            "root:x:0:0:root:/root:/bin/sh\nrecado:x:961:961::/var/lib/recado:/bin/false\n";
        assert_eq!(name_of(passwd, 961).as_deref(), Some("recado"));
        assert_eq!(name_of(passwd, 1), None);
    }
}
