//! The person's own editor on a file that nobody else can read; what comes back is only text.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crossterm::event::EventStream;

/// Waits until nobody reads the keys any more: the reader that was told to stop holds its lock until it
/// has, and a new one takes it for a moment. It must not poll: that could take away the word to stop,
/// and the old reader would then hold the lock until the next key.
pub(super) fn wait_for_reader() {
    drop(EventStream::new());
}

/// Has the person edit a text. The daemon goes on being heard meanwhile.
pub(super) async fn edit(text: String) -> Result<String, String> {
    let work = move || {
        let path = folder().join(format!("recado-{}.md", std::process::id()));
        let result = on_file(&path, &text);
        // What cannot be removed is readable by its owner alone.
        let _gone = fs::remove_file(&path);
        result
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result.map_err(|why| why.to_string()),
        Err(why) => Err(why.to_string()),
    }
}

fn on_file(path: &Path, text: &str) -> io::Result<String> {
    let _old = fs::remove_file(path);
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    drop(file);
    // The shell takes an editor with arguments apart, as every program does that knows $EDITOR.
    let ended = Command::new("sh")
        .args(["-c", "exec ${VISUAL:-${EDITOR:-vi}} \"$1\"", "sh"])
        .arg(path)
        .status()?;
    if !ended.success() {
        return Err(io::Error::other(ended.to_string()));
    }
    Ok(String::from_utf8_lossy(&fs::read(path)?).into_owned())
}

/// A folder of this user alone, where there is one.
fn folder() -> PathBuf {
    std::env::var_os("XDG_RUNTIME_DIR")
        .map(PathBuf::from)
        .filter(|path| path.is_dir())
        .unwrap_or_else(std::env::temp_dir)
}
