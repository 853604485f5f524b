//! Files of this machine on their way into chats: listed, looked at, handed to the daemon.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::api::messages::{Outgoing, OutgoingFile, Send};
use common::api::problem::{Code, Problem};
use common::client::Client;
use common::file::kind::FileKind;
use common::file::look::look;
use common::model::message::Message;
use tokio::sync::mpsc::UnboundedSender;

use crate::file::{Entry, FileNews, From, Looked, Sending};
use crate::msg::{Answer, What};
use crate::side::{answer, files, lent};

/// No more of a folder is listed.
const MOST: usize = 20_000;
/// Progress is told for every so many bytes, and at the end.
const STEP: u64 = 256 * 1024;
/// No larger image is taken from the clipboard.
const IMAGE: usize = 32 * 1024 * 1024;

/// What is in a folder: the way up, folders, files, and what was sent lately.
pub(super) fn list(folder: &Path, hidden: bool, recent: &[PathBuf]) -> FileNews {
    let folder = files::whole(&folder.to_string_lossy());
    let folder = folder.canonicalize().unwrap_or(folder);
    let entries = read(&folder, hidden).map(|mut entries| {
        entries.extend(recent.iter().filter_map(|path| {
            let bytes = path
                .metadata()
                .ok()
                .filter(std::fs::Metadata::is_file)?
                .len();
            let outside = path.parent() != Some(folder.as_path());
            outside.then(|| Entry {
                name: name(path),
                path: path.clone(),
                folder: false,
                recent: true,
                bytes,
            })
        }));
        entries
    });
    FileNews::Listed {
        shown: files::short(&folder),
        folder,
        entries: entries.map_err(|why| why.to_string()),
        clipboard: image_program().is_some(),
    }
}

fn read(folder: &Path, hidden: bool) -> std::io::Result<Vec<Entry>> {
    let mut entries: Vec<Entry> = std::fs::read_dir(folder)?
        .take(MOST)
        .filter_map(Result::ok)
        .filter_map(|found| {
            let path = found.path();
            let name = name(&path);
            // What a link leads to counts.
            let about = path.metadata().ok()?;
            let shown = (hidden || !name.starts_with('.')) && (about.is_dir() || about.is_file());
            shown.then(|| Entry {
                folder: about.is_dir(),
                bytes: about.len(),
                recent: false,
                path,
                name,
            })
        })
        .collect();
    entries.sort_by_cached_key(|entry| (!entry.folder, entry.name.to_lowercase()));
    if let Some(parent) = folder.parent() {
        let up = Entry {
            path: parent.to_owned(),
            name: "..".to_owned(),
            folder: true,
            recent: false,
            bytes: 0,
        };
        entries.insert(0, up);
    }
    Ok(entries)
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// What a file is, by its own bytes.
pub(super) fn look_at(path: PathBuf) -> FileNews {
    let looked = File::open(&path).and_then(|mut file| look(&mut file));
    let looked = match looked {
        Ok(facts) => Looked::Facts(Box::new(facts.named(&name(&path)))),
        Err(why) => Looked::Cannot(why.to_string()),
    };
    FileNews::Looked(path, looked)
}

/// The files that a pasted text names, if every one of them is there.
pub(super) fn dropped(text: String, paths: &[String]) -> FileNews {
    let whole: Vec<PathBuf> = paths.iter().map(|path| files::whole(path)).collect();
    let there = whole.iter().all(|path| path.is_file());
    FileNews::Dropped(text, if there { whole } else { Vec::new() })
}

/// The program that gives the clipboard's image, if one stands there.
fn image_program() -> Option<[&'static str; 5]> {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if is_set("SSH_CONNECTION") || is_set("SSH_TTY") {
        return None;
    }
    let wayland = (
        ["wl-paste", "--list-types", "", "", ""],
        ["wl-paste", "--type", "image/png", "", ""],
    );
    let x11 = (
        ["xclip", "-selection", "clipboard", "-target", "TARGETS"],
        ["xclip", "-selection", "clipboard", "-target", "image/png"],
    );
    let tools = [("WAYLAND_DISPLAY", wayland), ("DISPLAY", x11)];
    tools.into_iter().find_map(|(display, (types, give))| {
        let said = is_set(display).then(|| output(&types)).flatten()?;
        let said = String::from_utf8_lossy(&said);
        said.lines()
            .any(|line| line.trim() == "image/png")
            .then_some(give)
    })
}

fn output(words: &[&str]) -> Option<Vec<u8>> {
    let (program, arguments) = words.split_first()?;
    let mut command = Command::new(program);
    command.args(arguments.iter().filter(|word| !word.is_empty()));
    if *program == "xclip" {
        command.arg("-out");
    }
    let done = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    done.status.success().then_some(done.stdout)
}

/// The image on the clipboard, in a file that only this person can read. Blocks.
pub(super) fn pasted() -> Option<PathBuf> {
    let bytes = output(&image_program()?)?;
    if bytes.is_empty() || bytes.len() > IMAGE {
        return None;
    }
    let folder = lent::private("clipboard").ok()?;
    let path = folder.join("clipboard.png");
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .ok()?;
    file.write_all(&bytes).ok()?;
    Some(path)
}

/// Hands a file to the daemon, then sends it.
pub(super) async fn send(
    client: &Client,
    inbox: &UnboundedSender<What>,
    next: Sending,
) -> Result<Message, Problem> {
    let media_id = match &next.from {
        From::Media(id) => *id,
        From::Path(path) => upload(client, inbox, &next, path).await?,
    };
    let words = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let file = OutgoingFile {
        media_id,
        caption: words(&next.caption).filter(|_| next.kind.has_caption()),
        filename: (next.kind == FileKind::Document).then(|| next.name.clone()),
    };
    let request = Send {
        content: outgoing(next.kind, file),
        reply_to: next.reply_to,
        client_id: Some(next.client_id),
    };
    client.send(next.chat, &request).await
}

async fn upload(
    client: &Client,
    inbox: &UnboundedSender<What>,
    next: &Sending,
    path: &Path,
) -> Result<common::id::MediaId, Problem> {
    let unreadable = |why: std::io::Error| {
        Problem::new(
            Code::Invalid,
            format!("{} cannot be read: {why}.", next.name),
        )
    };
    let file = tokio::fs::File::open(path).await.map_err(unreadable)?;
    let total = file.metadata().await.map_err(unreadable)?.len();
    let (chat, client_id, inbox) = (next.chat, next.client_id.clone(), inbox.clone());
    let mut told = 0;
    let moved = move |done: u64| {
        if done.saturating_sub(told) >= STEP || done >= total {
            told = done;
            let news = FileNews::Gone(chat, client_id.clone(), done, total);
            answer(&inbox, Answer::File(news));
        }
    };
    let media = client
        .upload(file, &next.name, Some(next.kind), moved)
        .await?;
    Ok(media.id)
}

/// A file as the API names it.
pub(super) const fn outgoing(kind: FileKind, file: OutgoingFile) -> Outgoing {
    match kind {
        FileKind::Image => Outgoing::Image(file),
        FileKind::Video => Outgoing::Video(file),
        FileKind::Audio => Outgoing::Audio(file),
        FileKind::Voice => Outgoing::Voice(file),
        FileKind::Document => Outgoing::Document(file),
        FileKind::Sticker => Outgoing::Sticker(file),
    }
}

#[cfg(test)]
mod tests {
    use super::{dropped, list, look_at};
    use crate::file::{FileNews, Looked};
    use common::file::facts::Format;

    #[test]
    fn a_folder_is_listed_with_the_way_up_folders_first_and_hidden_ones_on_demand() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "A.txt", ".secret"] {
            std::fs::write(folder.path().join(name), "12345").unwrap();
        }
        std::fs::create_dir(folder.path().join("zoo")).unwrap();
        std::os::unix::fs::symlink("/nonexistent", folder.path().join("broken")).unwrap();
        let other = tempfile::tempdir().unwrap();
        let recent = other.path().join("menu.pdf");
        std::fs::write(&recent, "%PDF-1.4").unwrap();
        let names = |hidden| {
            let recent = [recent.clone(), other.path().join("gone.pdf")];
            let FileNews::Listed { entries, .. } = list(folder.path(), hidden, &recent) else {
                panic!("a list")
            };
            let names = entries.unwrap().into_iter().map(|entry| entry.name);
            names.collect::<Vec<_>>()
        };
        assert_eq!(names(false), ["..", "zoo", "A.txt", "b.txt", "menu.pdf"]);
        assert_eq!(
            names(true),
            ["..", "zoo", ".secret", "A.txt", "b.txt", "menu.pdf"]
        );
        let FileNews::Listed { entries, .. } = list(&folder.path().join("none"), false, &[]) else {
            panic!("a list")
        };
        assert!(entries.is_err());
    }

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jpg");
        std::fs::write(&path, "%PDF-1.4\n%%EOF").unwrap();
        let FileNews::Looked(_, Looked::Facts(facts)) = look_at(path.clone()) else {
            panic!("facts")
        };
        assert_eq!(facts.format, Format::Pdf);
        let gone = look_at(folder.path().join("none"));
        assert!(matches!(gone, FileNews::Looked(_, Looked::Cannot(_))));
        let both = [path.display().to_string(), "/nonexistent".to_owned()];
        assert!(
            matches!(dropped("x".into(), &both), FileNews::Dropped(_, files) if files.is_empty())
        );
        assert!(
            matches!(dropped("x".into(), &both[..1]), FileNews::Dropped(_, files) if files == [path])
        );
    }
}
