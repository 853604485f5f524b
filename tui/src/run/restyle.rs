//! Watches the file of the chosen theme: what is saved there is on the screen at once.

use std::path::{Path, PathBuf};

use config::theme::Theme;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc::UnboundedSender;

use crate::msg::What;

/// Tells of every change of the file, as long as the watcher lives. Nothing where folders cannot
/// be watched.
pub(super) fn watch(file: &Path, inbox: UnboundedSender<What>) -> Option<RecommendedWatcher> {
    let theme: PathBuf = file.to_owned();
    let mut before = std::fs::read_to_string(file).ok();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let touched = event.is_ok_and(|event| event.paths.contains(&theme));
        let Ok(source) = std::fs::read_to_string(&theme) else {
            return;
        };
        // An editor touches a file more often than it changes it.
        if !touched || before.as_ref() == Some(&source) {
            return;
        }
        let read = Theme::parse(&source).map_err(|why| why.to_string());
        before = Some(source);
        // The loop may be over.
        let _gone = inbox.send(What::Theme(read.map(Box::new)));
    })
    .ok()?;
    // The folder and not the file: editors put a new file in the place of the old one.
    watcher
        .watch(file.parent()?, RecursiveMode::NonRecursive)
        .ok()?;
    Some(watcher)
}

#[cfg(test)]
mod tests {
    use super::watch;
    use crate::msg::What;
    use tokio::sync::mpsc::unbounded_channel;

    #[tokio::test]
    async fn what_is_saved_is_told_and_a_mistake_too() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().canonicalize().unwrap().join("mine.toml");
        std::fs::write(&file, "[slots]\n").unwrap();
        let (inbox, mut told) = unbounded_channel();
        let _watcher = watch(&file, inbox).unwrap();
        std::fs::write(&file, "[slots]\nread = { bold = true }\n").unwrap();
        // Whoever writes in two steps is heard twice; the last word is the whole file.
        loop {
            match told.recv().await {
                Some(What::Theme(Ok(theme))) if theme.ink(config::theme::Slot::Read).bold => break,
                Some(What::Theme(_)) => {}
                other => panic!("{other:?}"),
            }
        }
        let next = folder.path().join("next");
        std::fs::write(&next, "[slots]\nreed = {}\n").unwrap();
        std::fs::rename(&next, &file).unwrap();
        let Some(What::Theme(Err(why))) = told.recv().await else {
            panic!("it is no theme");
        };
        assert!(why.contains("reed"), "{why}");
    }
}
