//! Finds a screen reader or a braille display on this machine, where it can be found at all.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Variables by which a session says that somebody listens.
const VARIABLES: [&str; 2] = ["ACCESSIBILITY_ENABLED", "SCREEN_READER"];

/// Whether somebody listens here: the session says so, a reader of the kernel or a braille
/// display serves this console, or this person's desktop has its reader on. Over ssh the reader is
/// on another machine, and only the session can say so.
pub(super) fn is_found(env: impl Fn(&str) -> Option<String>, root: &Path) -> bool {
    let says = |name: &&str| {
        env(name).is_some_and(|value| !matches!(value.as_str(), "" | "0" | "false" | "no"))
    };
    if VARIABLES.iter().any(says) {
        return true;
    }
    if env("SSH_CONNECTION").is_some_and(|ssh| !ssh.is_empty()) {
        return false;
    }
    let is_console = env("TERM").is_some_and(|term| term == "linux");
    if is_console {
        return root.join("sys/accessibility/speakup").exists() || runs(root, "brltty", false);
    }
    runs(root, "orca", true)
}

/// Whether a program of that name runs, of this person or of anybody.
fn runs(root: &Path, name: &str, mine: bool) -> bool {
    let proc = root.join("proc");
    let me = fs::metadata(proc.join("self")).map(|own| own.uid()).ok();
    let Ok(entries) = fs::read_dir(&proc) else {
        return false;
    };
    entries.filter_map(Result::ok).any(|entry| {
        let is_named =
            fs::read_to_string(entry.path().join("comm")).is_ok_and(|comm| comm.trim() == name);
        is_named && (!mine || entry.metadata().map(|its| its.uid()).ok() == me)
    })
}

#[cfg(test)]
mod tests {
    use super::is_found;
    use std::fs;

    #[test]
    fn who_listens_is_found_and_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("proc/self")).unwrap();
        fs::create_dir_all(root.join("proc/77")).unwrap();
        fs::write(root.join("proc/77/comm"), "orca\n").unwrap();
        let env = |pairs: &'static [(&str, &str)]| {
            move |name: &str| {
                let found = pairs.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            }
        };
        assert!(is_found(env(&[("TERM", "xterm-256color")]), root));
        assert!(!is_found(env(&[("SSH_CONNECTION", "1 2 3 4")]), root));
        let told: &[(&str, &str)] = &[("SSH_CONNECTION", "1 2 3 4"), ("SCREEN_READER", "1")];
        assert!(is_found(env(told), root));
        assert!(!is_found(env(&[("TERM", "linux")]), root));
        fs::create_dir_all(root.join("sys/accessibility/speakup")).unwrap();
        assert!(is_found(env(&[("TERM", "linux")]), root));
        fs::write(root.join("proc/77/comm"), "sh\n").unwrap();
        assert!(!is_found(env(&[("SCREEN_READER", "0")]), root));
    }
}
