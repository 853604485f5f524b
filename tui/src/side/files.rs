//! Files of messages on this machine: saved without writing over any, opened by the desktop, played by a program.

use std::ffi::OsStr;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};

use common::client::Client;
use common::id::MediaId;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::sync::oneshot;

use crate::file::{FileDeed, FileNews, Unopened, Unsaved};
use crate::side::{attach, lent};

/// No more names are tried for one file.
const NAMES: u32 = 10_000;

/// Does what is to be done with files; knows what plays.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    client: Client,
    playing: Arc<Mutex<Option<oneshot::Sender<()>>>>,
}

impl Shelf {
    pub(super) fn new(client: Client) -> Self {
        Self {
            client,
            playing: Arc::default(),
        }
    }

    /// Does it; `None` where nothing comes of it.
    pub(super) async fn perform(self, deed: FileDeed) -> Option<FileNews> {
        Some(match deed {
            FileDeed::Propose { media, name } => {
                let path = free(&folder().join(name));
                FileNews::Proposed(media, short(&path))
            }
            FileDeed::Save { media, path } => {
                FileNews::Saved(media, save(&self.client, media, &path).await)
            }
            FileDeed::Fetch(media) => {
                FileNews::Asked(self.client.fetch_media(media).await.map(drop))
            }
            FileDeed::Open { media, name } => {
                FileNews::Opened(open(&self.client, media, &name).await)
            }
            FileDeed::Play {
                message,
                media,
                name,
                player,
            } => {
                let played = self.play(media, &name, &player).await;
                FileNews::Played(message, played)
            }
            FileDeed::Stop => {
                self.stop();
                return None;
            }
            // What is sent stands in the queue of its chat.
            FileDeed::Send(_) => return None,
            FileDeed::List {
                folder,
                hidden,
                recent,
            } => aside(move || attach::list(&folder, hidden, &recent)).await?,
            FileDeed::Look(path) => aside(move || attach::look_at(path)).await?,
            FileDeed::Dropped { text, paths } => {
                aside(move || attach::dropped(text, &paths)).await?
            }
        })
    }

    /// Whatever plays, stops; a new one stops the old one.
    fn stop(&self) {
        let mut playing = self.playing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stop) = playing.take() {
            // It may have come to its end by itself.
            let _over = stop.send(());
        }
    }

    async fn play(&self, media: MediaId, name: &str, player: &[String]) -> Result<(), String> {
        self.stop();
        let (stop, stopped) = oneshot::channel();
        *self.playing.lock().unwrap_or_else(PoisonError::into_inner) = Some(stop);
        let (folder, path) = borrowed(&self.client, media, name).await?;
        let ended = run(player, &path, stopped).await;
        // What was only lent for playing goes.
        let _gone = std::fs::remove_dir_all(&folder);
        ended
    }
}

/// Does what waits for the disk on a thread that may.
async fn aside(work: impl FnOnce() -> FileNews + Send + 'static) -> Option<FileNews> {
    tokio::task::spawn_blocking(work).await.ok()
}

/// Runs a player until its end or until it is told to stop. It gets no terminal and no shell.
async fn run(player: &[String], path: &Path, stopped: oneshot::Receiver<()>) -> Result<(), String> {
    let (program, arguments) = player.split_first().ok_or("no player is set")?;
    let mut child = Command::new(program)
        .args(arguments)
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
        .map_err(|why| format!("{program}: {why}"))?;
    tokio::select! {
        ended = child.wait() => match ended {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{program}: {status}")),
            Err(why) => Err(format!("{program}: {why}")),
        },
        _stop = stopped => {
            child.kill().await.map_err(|why| why.to_string())
        }
    }
}

/// Where files are saved if nobody says otherwise.
fn folder() -> PathBuf {
    let var = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let home = var("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from);
    let told = var("XDG_DOWNLOAD_DIR").map(PathBuf::from);
    let known = ["Downloads", "Descargas"].map(|name| home.join(name));
    told.into_iter()
        .chain(known)
        .find(|folder| folder.is_dir())
        .unwrap_or(home)
}

/// A path beside which nothing stands: `a.jpg`, `a (2).jpg`, …
fn free(path: &Path) -> PathBuf {
    let is_free = |path: &Path| path.symlink_metadata().is_err();
    if is_free(path) {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_else(|| OsStr::new("file"));
    let ending = path.extension();
    let numbered = |n: u32| {
        let mut name = stem.to_owned();
        name.push(format!(" ({n})"));
        if let Some(ending) = ending {
            name.push(".");
            name.push(ending);
        }
        path.with_file_name(name)
    };
    (2..NAMES)
        .map(numbered)
        .find(|path| is_free(path))
        .unwrap_or_else(|| path.to_owned())
}

/// A path as a person writes it.
pub(super) fn short(path: &Path) -> String {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let inside = home.and_then(|home| path.strip_prefix(home).ok().map(ToOwned::to_owned));
    match inside {
        Some(inside) => format!("~/{}", inside.display()),
        None => path.display().to_string(),
    }
}

/// A path as the system knows it.
pub(super) fn whole(path: &str) -> PathBuf {
    let path = path.trim();
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let inside = if path == "~" {
        Some("")
    } else {
        path.strip_prefix("~/")
    };
    match (inside, home) {
        (Some(inside), Some(home)) => home.join(inside),
        _ => PathBuf::from(path),
    }
}

async fn save(client: &Client, media: MediaId, path: &str) -> Result<PathBuf, Unsaved> {
    let mut target = whole(path);
    let other = |why: String| Unsaved::Other {
        path: path.to_owned(),
        why,
    };
    let mut download = client
        .download(media, None)
        .await
        .map_err(|problem| other(problem.detail))?;
    if target.is_dir() {
        let name = download.filename.clone();
        target = target.join(name.unwrap_or_else(|| format!("file-{media}")));
    }
    // Made new or not at all: nothing is ever written over.
    let made = tokio::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&target)
        .await;
    let mut file = match made {
        Ok(file) => file,
        Err(why) if why.kind() == io::ErrorKind::AlreadyExists => {
            return Err(Unsaved::Taken(short(&free(&target))));
        }
        Err(why) => return Err(other(why.to_string())),
    };
    let written = write(&mut download, &mut file).await;
    if let Err(why) = written {
        // Half a file is worse than none.
        let _gone = tokio::fs::remove_file(&target).await;
        return Err(other(why));
    }
    Ok(target)
}

async fn write(
    download: &mut common::client::transfer::Download,
    file: &mut tokio::fs::File,
) -> Result<(), String> {
    while let Some(bytes) = download.next().await {
        let bytes = bytes.map_err(|problem| problem.detail)?;
        file.write_all(&bytes)
            .await
            .map_err(|why| why.to_string())?;
    }
    file.flush().await.map_err(|why| why.to_string())?;
    file.sync_all().await.map_err(|why| why.to_string())
}

/// Fetches a file into a folder that only this person can look into, for another program.
async fn borrowed(
    client: &Client,
    media: MediaId,
    name: &str,
) -> Result<(PathBuf, PathBuf), String> {
    let folder = lent::private(&media.to_string())?;
    let path = folder.join(name);
    let file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .map_err(|why| why.to_string())?;
    let mut download = client
        .download(media, None)
        .await
        .map_err(|problem| problem.detail)?;
    write(&mut download, &mut tokio::fs::File::from_std(file)).await?;
    Ok((folder, path))
}

async fn open(client: &Client, media: MediaId, name: &str) -> Result<String, Unopened> {
    let var = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let desktop = cfg!(not(target_os = "linux")) || var("DISPLAY") || var("WAYLAND_DISPLAY");
    if !desktop {
        return Err(Unopened::NoDesktop);
    }
    let (_, path) = borrowed(client, media, name)
        .await
        .map_err(Unopened::Other)?;
    let opened = tokio::task::spawn_blocking(move || opener::open(&path)).await;
    match opened {
        Ok(Ok(())) => Ok(name.to_owned()),
        Ok(Err(why)) => Err(Unopened::Other(why.to_string())),
        Err(why) => Err(Unopened::Other(why.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::{free, run};
    use std::path::Path;
    use tokio::sync::oneshot;

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cake.jpg");
        assert_eq!(free(&path), path);
        std::fs::write(&path, "").unwrap();
        assert_eq!(free(&path), folder.path().join("cake (2).jpg"));
        std::fs::write(folder.path().join("cake (2).jpg"), "").unwrap();
        assert_eq!(free(&path), folder.path().join("cake (3).jpg"));
        let bare = folder.path().join("menu");
        std::os::unix::fs::symlink("/nonexistent", &bare).unwrap();
        assert_eq!(free(&bare), folder.path().join("menu (2)"));
    }

    #[tokio::test]
    async fn a_player_gets_the_file_last_and_stops_when_told() {
        let words = |list: &[&str]| list.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let (_hold, never) = oneshot::channel();
        let path = Path::new("/tmp/a file; with $signs");
        let player = words(&["test", "/tmp/a file; with $signs", "="]);
        assert_eq!(run(&player, path, never).await, Ok(()));
        let (stop, stopped) = oneshot::channel();
        stop.send(()).unwrap();
        // `sleep` would take longer than any test.
        assert_eq!(
            run(&words(&["sleep"]), Path::new("600"), stopped).await,
            Ok(())
        );
        let (_hold, never) = oneshot::channel();
        let said = run(&words(&["/nonexistent/player"]), path, never).await;
        assert!(said.unwrap_err().contains("/nonexistent/player"));
        let (_hold, never) = oneshot::channel();
        assert!(run(&words(&["false"]), path, never).await.is_err());
    }
}
