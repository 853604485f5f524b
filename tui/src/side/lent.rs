//! Folders in which files are lent to other programs: this person's alone, gone with the console, swept after one that died.

use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// No more names are tried for one folder.
const NAMES: u32 = 10_000;
/// Every folder's name begins so; then comes the process that made it.
const LEAD: &str = "recado-";

/// A new folder that only this person can look into.
pub(super) fn private(what: &str) -> Result<PathBuf, String> {
    private_in(&base(), what)
}

fn private_in(base: &Path, what: &str) -> Result<PathBuf, String> {
    let made = (0..NAMES).find_map(|n| {
        let folder = base.join(format!("{LEAD}{}-{what}-{n}", std::process::id()));
        let made = std::fs::DirBuilder::new().mode(0o700).create(&folder);
        match made {
            Ok(()) => Some(Ok(folder)),
            Err(why) if why.kind() == io::ErrorKind::AlreadyExists => None,
            Err(why) => Some(Err(why.to_string())),
        }
    });
    made.unwrap_or_else(|| Err("no folder is free".to_owned()))
}

/// Takes away what consoles left that do not run any more. Blocks.
pub(super) fn sweep() {
    clear(&base(), |pid| !Path::new("/proc").join(pid).exists());
}

/// Takes away what this console lent. Blocks.
pub(super) fn take_back() {
    let own = std::process::id().to_string();
    clear(&base(), |pid| pid == own);
}

fn base() -> PathBuf {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    runtime
        .filter(|folder| folder.is_dir())
        .unwrap_or_else(std::env::temp_dir)
}

fn clear(base: &Path, is_over: impl Fn(&str) -> bool) {
    let Ok(entries) = std::fs::read_dir(base) else {
        return;
    };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let pid = name
            .to_str()
            .and_then(|name| name.strip_prefix(LEAD)?.split_once('-'))
            .map(|(pid, _what)| pid)
            .filter(|pid| !pid.is_empty() && pid.bytes().all(|b| b.is_ascii_digit()));
        let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if folder && pid.is_some_and(&is_over) {
            // What is another person's stays theirs.
            let _gone = std::fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{clear, private_in};
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn what_was_lent_is_the_persons_alone_and_goes_with_the_console() {
        let base = tempfile::tempdir().unwrap();
        let own = private_in(base.path(), "7").unwrap();
        let again = private_in(base.path(), "7").unwrap();
        assert_ne!(own, again);
        let mode = own.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o700);
        std::fs::write(own.join("foto.jpg"), "x").unwrap();
        let dead = base.path().join("recado-999999991-clipboard-0");
        let tunnel = base.path().join("recado-0198c0ffee");
        let other = base.path().join("recado-demo-0");
        for folder in [&dead, &tunnel, &other] {
            std::fs::create_dir(folder).unwrap();
        }
        clear(base.path(), |pid| pid == "999999991");
        assert!(!dead.exists() && own.exists() && tunnel.exists() && other.exists());
        let pid = std::process::id().to_string();
        clear(base.path(), |one| one == pid);
        assert!(!own.exists() && !again.exists() && tunnel.exists() && other.exists());
    }
}
