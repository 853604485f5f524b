//! Files of this machine: drafts that the daemon does not have yet, and how the desk stood.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use common::id::ChatId;
use config::bind::bind;
use config::keys::Binding;
use crokey::KeyCombination;
use serde::{Deserialize, Serialize};

use crate::effect::Kept;

/// Letters of a daemon's address that a file's name may have.
const LONGEST: usize = 80;

/// Where the files are, and of which daemon they speak; chats have other ids at another one.
#[derive(Debug, Clone, Default)]
pub struct Keep {
    /// The folder; none keeps nothing.
    folder: Option<PathBuf>,
    /// The daemon's address, as part of a file's name.
    place: String,
    /// The person's file of keys.
    keys: Option<PathBuf>,
}

/// How the desk stood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskState {
    /// The width of the chat list, where a person chose it.
    #[serde(default)]
    pub list_width: Option<u16>,
    /// The chat that was open last, by daemon.
    #[serde(default)]
    pub last_chat: BTreeMap<String, ChatId>,
}

impl Keep {
    /// Files in `folder` about the daemon at `address`.
    pub fn new(folder: PathBuf, address: &str) -> Self {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        let letters: Vec<char> = address.chars().map(plain).collect();
        let end = letters.iter().skip(letters.len().saturating_sub(LONGEST));
        Self {
            folder: Some(folder),
            place: end.collect(),
            keys: None,
        }
    }

    /// The same, with the person's file of keys.
    #[must_use]
    pub fn with_keys(mut self, path: PathBuf) -> Self {
        self.keys = Some(path);
        self
    }

    /// Writes a binding into the file of keys: the name of the table and of the deed, and the keys.
    /// Gives everything that stands in it then.
    pub fn bind(
        &self,
        (context, action): (&str, &str),
        chords: &[KeyCombination],
    ) -> Result<Vec<Binding>, String> {
        let path = self.keys.as_ref().ok_or("there is no file of keys")?;
        let told = |why: &dyn std::fmt::Display| format!("{}: {why}", path.display());
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(why) if why.kind() == io::ErrorKind::NotFound => String::new(),
            Err(why) => return Err(told(&why)),
        };
        let (text, all) = bind(&text, context, chords, action).map_err(|why| told(&why))?;
        // The file itself is written, also where only a link to it lies here.
        let real = fs::canonicalize(path).unwrap_or_else(|_missing| path.clone());
        let mode = fs::metadata(&real).ok().map(|meta| meta.permissions());
        write(&real, text.as_bytes()).map_err(|why| told(&why))?;
        if let Some(mode) = mode {
            fs::set_permissions(&real, mode).map_err(|why| told(&why))?;
        }
        Ok(all)
    }

    /// Holds these drafts; none takes the file away.
    pub fn drafts(&self, drafts: &[Kept]) -> io::Result<()> {
        let Some(path) = self.own_file() else {
            return Ok(());
        };
        if drafts.is_empty() {
            return match fs::remove_file(path) {
                Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(()),
                other => other,
            };
        }
        let bytes = serde_json::to_vec(drafts).map_err(io::Error::other)?;
        write(&path, &bytes)
    }

    /// The drafts that consoles left behind which do not run any more; they are ours from now on.
    pub fn take_drafts(&self) -> Vec<Kept> {
        let mut drafts: Vec<Kept> = Vec::new();
        let left = self.left_behind();
        for path in &left {
            let read = fs::read(path).ok();
            let found: Option<Vec<Kept>> = read.and_then(|b| serde_json::from_slice(&b).ok());
            for kept in found.unwrap_or_default() {
                match drafts.iter_mut().find(|other| other.chat == kept.chat) {
                    Some(other) if other.text == kept.text => {}
                    Some(other) => other.text = format!("{}\n{}", other.text, kept.text),
                    None => drafts.push(kept),
                }
            }
        }
        drafts.sort_by_key(|kept| kept.chat);
        // Only what stands in a file of our own is taken from theirs.
        if !drafts.is_empty() && self.drafts(&drafts).is_ok() {
            for path in left {
                let _gone = fs::remove_file(path);
            }
        }
        drafts
    }

    /// How the desk stood when it was left.
    pub fn desk(&self) -> DeskState {
        let path = self
            .folder
            .as_ref()
            .map(|folder| folder.join("console.json"));
        let read = path.and_then(|path| fs::read(path).ok());
        read.and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// The chat that was open last at this daemon.
    pub fn last_chat(&self) -> Option<ChatId> {
        self.desk().last_chat.get(&self.place).copied()
    }

    /// Remembers how the desk stands.
    pub fn remember(&self, list_width: Option<u16>, last_chat: Option<ChatId>) -> io::Result<()> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        let before = self.desk();
        let mut desk = before.clone();
        desk.list_width = list_width.or(desk.list_width);
        if let Some(chat) = last_chat {
            desk.last_chat.insert(self.place.clone(), chat);
        }
        if desk == before {
            return Ok(());
        }
        let bytes = serde_json::to_vec(&desk).map_err(io::Error::other)?;
        write(&folder.join("console.json"), &bytes)
    }

    fn own_file(&self) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        Some(folder.join(format!("drafts-{}-{}.json", self.place, std::process::id())))
    }

    fn left_behind(&self) -> Vec<PathBuf> {
        let Some(folder) = &self.folder else {
            return Vec::new();
        };
        let lead = format!("drafts-{}-", self.place);
        let Ok(entries) = fs::read_dir(folder) else {
            return Vec::new();
        };
        let is_left = |path: &PathBuf| {
            let name = path.file_name().and_then(|name| name.to_str());
            let pid = name
                .and_then(|name| name.strip_prefix(&lead)?.strip_suffix(".json"))
                .filter(|pid| pid.bytes().all(|b| b.is_ascii_digit()));
            pid.is_some_and(|pid| !runs(pid))
        };
        let mut paths: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(is_left)
            .collect();
        paths.sort();
        paths
    }
}

/// Whether a process runs; where nobody can say it is taken for gone.
fn runs(pid: &str) -> bool {
    Path::new("/proc").join(pid).exists()
}

/// Writes a file of the owner's alone, whole or not at all. It is not forced to the disk: the loop
/// would wait for that.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let fresh = path.with_extension(format!("{}.new", std::process::id()));
    let _old = fs::remove_file(&fresh);
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&fresh)?;
    file.write_all(bytes)?;
    drop(file);
    fs::rename(&fresh, path)
}

#[cfg(test)]
mod tests {
    use super::Keep;
    use crate::effect::Kept;
    use common::id::ChatId;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    fn kept(chat: i64, text: &str) -> Kept {
        Kept {
            chat: ChatId(chat),
            text: text.to_owned(),
            reply_to: None,
        }
    }

    #[test]
    fn drafts_are_the_owners_alone_and_go_when_nothing_is_left() {
        let home = tempfile::tempdir().unwrap();
        let keep = Keep::new(home.path().join("state"), "/run/recado.sock");
        keep.drafts(&[kept(1, "hola")]).unwrap();
        let file = fs::read_dir(home.path().join("state"))
            .unwrap()
            .next()
            .unwrap()
            .unwrap();
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
        // Those of a console that still runs are not ours.
        assert!(
            Keep::new(home.path().join("state"), "elsewhere")
                .take_drafts()
                .is_empty()
        );
        keep.drafts(&[]).unwrap();
        assert!(!file.path().exists());
        keep.drafts(&[]).unwrap();
    }

    #[test]
    fn what_a_dead_console_left_is_taken_once() {
        let home = tempfile::tempdir().unwrap();
        let keep = Keep::new(home.path().to_owned(), "here");
        for (pid, text) in [("999999991", "uno"), ("999999992", "dos")] {
            let json = serde_json::to_vec(&[kept(7, text)]).unwrap();
            fs::write(home.path().join(format!("drafts-here-{pid}.json")), json).unwrap();
        }
        fs::write(home.path().join("drafts-here-999999993.json"), "no json").unwrap();
        assert_eq!(keep.take_drafts(), [kept(7, "uno\ndos")]);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_key_is_written_where_the_file_really_is() {
        let home = tempfile::tempdir().unwrap();
        let real = home.path().join("dotfiles.toml");
        let link = home.path().join("keys.toml");
        fs::write(&real, "# mine\n[list]\nt = \"archive\" # thumb\n").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let keep = Keep::default().with_keys(link.clone());
        let chords = config::keys::sequence("g x").unwrap();
        let all = keep.bind(("list", "pin"), &chords).unwrap();
        assert_eq!(all.len(), 2);
        let text = fs::read_to_string(&real).unwrap();
        assert_eq!(
            text,
            "# mine\n[list]\nt = \"archive\" # thumb\n\"g x\" = \"pin\"\n"
        );
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        let mode = fs::metadata(&real).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o640);
        fs::write(&real, "[list]\nt = 3\n").unwrap();
        let why = keep.bind(("list", "pin"), &chords).unwrap_err();
        assert!(why.contains("keys.toml: line 2"), "{why}");
        let none = Keep::default().with_keys(home.path().join("new/keys.toml"));
        assert_eq!(none.bind(("list", "pin"), &chords).unwrap().len(), 1);
    }

    #[test]
    fn the_desk_is_remembered_by_daemon() {
        let home = tempfile::tempdir().unwrap();
        let here = Keep::new(home.path().to_owned(), "here");
        let there = Keep::new(home.path().to_owned(), "there");
        here.remember(Some(40), Some(ChatId(3))).unwrap();
        there.remember(None, Some(ChatId(9))).unwrap();
        assert_eq!(here.desk().list_width, Some(40));
        assert_eq!(
            (here.last_chat(), there.last_chat()),
            (Some(ChatId(3)), Some(ChatId(9)))
        );
        assert_eq!(Keep::default().last_chat(), None);
    }
}
