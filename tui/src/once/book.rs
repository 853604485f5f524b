//! Saved replies as a file of TOML: read and written, with their files beside it.

use std::io::{Write, stderr};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use common::file::name;
use common::model::media::Media;
use common::model::reply::Reply;
use serde::{Deserialize, Serialize};
use tokio::io::AsyncWriteExt;

use super::{Desk, OnceError, files, print, text_of};
use crate::speech::Arg;

/// The text in a folder of replies.
const TEXT: &str = "replies.toml";

/// A file of saved replies.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    #[serde(default)]
    reply: Vec<Entry>,
}

/// One of them.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    text: String,
    /// Its files, beside this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    files: Vec<PathBuf>,
}

/// A reply of a file, its own files handed over.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) files: Vec<Media>,
}

/// Whether these are the same files, in the same order.
pub(super) fn are_same(kept: &[Media], given: &[Media]) -> bool {
    let hashes = |files: &[Media]| -> Vec<Option<String>> {
        files.iter().map(|media| media.sha256.clone()).collect()
    };
    given.is_empty() || hashes(kept) == hashes(given)
}

/// Reads a file of replies and hands their files over.
pub(super) async fn read(desk: &Desk, file: &Path) -> Result<Vec<Read>, OnceError> {
    let text = text_of(desk, file)?;
    let book: Book = toml::from_str(&text).map_err(|why| {
        let (file, why) = (file.display().to_string(), why.to_string());
        let args = [("file", (&file).into()), ("why", why.trim().into())];
        told(desk, "cli-cannot-read", &args)
    })?;
    let beside = file.parent().unwrap_or(Path::new("."));
    let mut all = Vec::with_capacity(book.reply.len());
    for entry in book.reply {
        let mut handed = Vec::with_capacity(entry.files.len());
        for path in &entry.files {
            handed.push(files::hand(desk, &beside.join(path), None, None).await?);
        }
        all.push(Read {
            name: entry.name,
            text: entry.text,
            files: handed,
        });
    }
    Ok(all)
}

/// Writes replies to standard output, or with their files into a new folder.
pub(super) async fn export(
    desk: &Desk,
    replies: Vec<Reply>,
    folder: Option<&Path>,
) -> Result<u8, OnceError> {
    let count = Arg::from(replies.len());
    let with_files = replies.iter().filter(|reply| !reply.files.is_empty());
    let with_files = with_files.count();
    let mut book = Book { reply: Vec::new() };
    let Some(folder) = folder else {
        book.reply.extend(replies.into_iter().map(|reply| Entry {
            name: reply.name,
            text: reply.text,
            files: Vec::new(),
        }));
        if with_files > 0 {
            let args = [("n", Arg::from(with_files))];
            let line = desk.speech.say_with("cli-replies-without-files", &args);
            writeln!(stderr(), "recado: {line}")?;
        }
        return print(written(&book)?.as_bytes());
    };
    let cannot = |why: &std::io::Error| {
        let (file, why) = (folder.display().to_string(), why.to_string());
        let args = [("file", Arg::from(&file)), ("why", Arg::from(&why))];
        told(desk, "cli-cannot-write", &args)
    };
    let made = std::fs::DirBuilder::new().mode(0o700).create(folder);
    made.map_err(|why| cannot(&why))?;
    for reply in replies {
        let mut own = Vec::with_capacity(reply.files.len());
        for (at, media) in reply.files.iter().enumerate() {
            let word = media.kind.map_or("file", |kind| kind.as_str());
            let given = name::or(media.filename.as_deref(), word, media.mime.as_deref());
            let file = PathBuf::from(format!("{}-{}-{given}", reply.name, at + 1));
            save(desk, media, &folder.join(&file)).await?;
            own.push(file);
        }
        book.reply.push(Entry {
            name: reply.name,
            text: reply.text,
            files: own,
        });
    }
    let path = folder.join(TEXT);
    std::fs::write(&path, written(&book)?).map_err(|why| cannot(&why))?;
    let path = path.display().to_string();
    let args = [("file", Arg::from(&path)), ("n", count)];
    let line = desk.speech.say_with("cli-replies-exported", &args);
    print(format!("{line}\n").as_bytes())
}

async fn save(desk: &Desk, media: &Media, path: &Path) -> Result<(), OnceError> {
    let mut download = desk.client.download(media.id, None).await?;
    let mut options = tokio::fs::OpenOptions::new();
    let mut file = options.write(true).create_new(true).open(path).await?;
    while let Some(piece) = download.next().await {
        file.write_all(&piece?).await?;
    }
    Ok(file.flush().await?)
}

fn written(book: &Book) -> Result<String, OnceError> {
    toml::to_string_pretty(book).map_err(|why| OnceError::Told(why.to_string()))
}

fn told(desk: &Desk, key: &'static str, says: &[(&'static str, Arg<'_>)]) -> OnceError {
    OnceError::Told(desk.speech.say_with(key, says).into_owned())
}
