//! Files from the command line: handed over, offered to the console, saved.

use std::io::{self, IsTerminal};
use std::os::fd::AsFd;
use std::path::Path;

use common::api::messages::{Outgoing, OutgoingFile};
use common::api::problem::Problem;
use common::file::judge::{guess, judge};
use common::file::kind::FileKind;
use common::file::look::look;
use common::file::name;
use common::file::unfit::size;
use common::id::MediaId;
use common::model::media::Media;
use tokio::io::AsyncWriteExt;

use super::gauge::Gauge;
use super::{Desk, OnceError, print_one};
use crate::cli::files::{MediaCommand, PutArgs, SendFiles};

/// What to send for each file, handed over one after the other.
pub(super) async fn contents(desk: &Desk, args: &SendFiles) -> Result<Vec<Outgoing>, OnceError> {
    let mut all = Vec::with_capacity(args.files.len());
    for (at, file) in args.files.iter().enumerate() {
        let given = args.filename.get(at).map(String::as_str);
        let media = hand(desk, file, given, args.kind).await?;
        let caption = args.caption.get(at).cloned();
        all.push(outgoing(&media, caption));
    }
    Ok(all)
}

fn outgoing(media: &Media, caption: Option<String>) -> Outgoing {
    let kind = media.kind.unwrap_or(FileKind::Document);
    let file = OutgoingFile {
        media_id: media.id,
        caption,
        filename: match kind {
            FileKind::Document => media.filename.clone(),
            _ => None,
        },
    };
    match kind {
        FileKind::Image => Outgoing::Image(file),
        FileKind::Video => Outgoing::Video(file),
        FileKind::Audio => Outgoing::Audio(file),
        FileKind::Voice => Outgoing::Voice(file),
        FileKind::Document => Outgoing::Document(file),
        FileKind::Sticker => Outgoing::Sticker(file),
    }
}

/// Hands a file over. One on the disk is judged first, so that what WhatsApp would refuse makes no
/// way for nothing.
pub(super) async fn hand(
    desk: &Desk,
    file: &Path,
    given: Option<&str>,
    kind: Option<FileKind>,
) -> Result<Media, OnceError> {
    if file == Path::new("-") {
        if io::stdin().is_terminal() {
            return Err(told(desk, "cli-file-from-where", &[]));
        }
        let name = given.unwrap_or_default();
        let mut gauge = Gauge::new(name, None);
        let moved = move |done| gauge.moved(done);
        let bytes = piped(&io::stdin())?;
        return Ok(desk.client.upload(bytes, name, kind, moved).await?);
    }
    let unread = |why: &io::Error| {
        let (path, why) = (file.display().to_string(), why.to_string());
        told(desk, "cli-cannot-read", &[("file", &path), ("why", &why)])
    };
    let own = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let name = given.map(ToOwned::to_owned).or(own).unwrap_or_default();
    let mut opened = std::fs::File::open(file).map_err(|why| unread(&why))?;
    let facts = look(&mut opened).map_err(|why| unread(&why))?.named(&name);
    judge(kind.unwrap_or_else(|| guess(&facts)), &facts).map_err(Problem::unfit)?;
    let opened = tokio::fs::File::open(file)
        .await
        .map_err(|why| unread(&why))?;
    let mut gauge = Gauge::new(&name, Some(facts.bytes));
    let moved = move |done| gauge.moved(done);
    Ok(desk.client.upload(opened, &name, kind, moved).await?)
}

/// `recado put`: a file for the chat that the operator's console has open.
pub(super) async fn put(desk: &Desk, args: PutArgs) -> Result<u8, OnceError> {
    let media = hand(desk, &args.file, args.filename.as_deref(), args.kind).await?;
    desk.client.offer(media.id).await?;
    let line = said(desk, "cli-offered", &media);
    print_one(args.output, &media, &line)
}

/// `recado media …`.
pub(super) async fn media(desk: &Desk, command: MediaCommand) -> Result<u8, OnceError> {
    match command {
        MediaCommand::Get { id, out } => get(desk, MediaId(id), out.as_deref()).await,
        MediaCommand::Info { id, output } => {
            let media = desk.client.media(MediaId(id)).await?;
            print_one(output, &media, &said(desk, "cli-media", &media))
        }
        MediaCommand::Fetch { id, output } => {
            let media = desk.client.fetch_media(MediaId(id)).await?;
            print_one(output, &media, &said(desk, "cli-media", &media))
        }
    }
}

async fn get(desk: &Desk, id: MediaId, out: Option<&Path>) -> Result<u8, OnceError> {
    let mut download = desk.client.download(id, None).await?;
    if out == Some(Path::new("-")) {
        let mut stdout = piped(&io::stdout())?;
        while let Some(piece) = download.next().await {
            stdout.write_all(&piece?).await?;
        }
        stdout.flush().await?;
        return Ok(0);
    }
    let own = name::or(
        download.filename.as_deref(),
        "file",
        download.mime.as_deref(),
    );
    let path = out.unwrap_or(Path::new(&own));
    let mut options = tokio::fs::OpenOptions::new();
    let made = options.write(true).create_new(true).open(path).await;
    let mut file = made.map_err(|why| {
        let (shown, why_said) = (path.display().to_string(), why.to_string());
        match why.kind() {
            io::ErrorKind::AlreadyExists => told(desk, "cli-file-exists", &[("file", &shown)]),
            _ => told(
                desk,
                "cli-cannot-write",
                &[("file", &shown), ("why", &why_said)],
            ),
        }
    })?;
    let copied: Result<u64, OnceError> = async {
        let mut bytes = 0;
        while let Some(piece) = download.next().await {
            let piece = piece?;
            file.write_all(&piece).await?;
            bytes += piece.len() as u64;
        }
        file.flush().await?;
        file.sync_all().await?;
        Ok(bytes)
    }
    .await;
    match copied {
        Ok(bytes) => {
            let (shown, bytes) = (path.display().to_string(), size(bytes));
            let line = told(desk, "cli-saved", &[("file", &shown), ("size", &bytes)]);
            super::print(format!("{line}\n").as_bytes())
        }
        Err(error) => {
            // Half a file is none.
            drop(file);
            tokio::fs::remove_file(path).await.ok();
            Err(error)
        }
    }
}

/// A standard stream as a file, so that its bytes go through untouched and unheld.
fn piped(stream: &impl AsFd) -> io::Result<tokio::fs::File> {
    let fd = stream.as_fd().try_clone_to_owned()?;
    Ok(tokio::fs::File::from_std(fd.into()))
}

fn said(desk: &Desk, key: &'static str, media: &Media) -> String {
    let word = media.kind.map_or("file", FileKind::as_str);
    let name = name::or(media.filename.as_deref(), word, media.mime.as_deref());
    let state = serde_json::to_value(media.state).ok();
    let state = state.as_ref().and_then(|s| s.as_str()).unwrap_or_default();
    let why = media.error.as_ref().map(|error| error.advice.as_str());
    let says = [
        ("name", name.as_str()),
        ("size", &media.bytes.map(size).unwrap_or_default()),
        ("state", state),
        ("why", why.unwrap_or_default()),
    ];
    told(desk, key, &says).to_string().trim_end().to_owned()
}

fn told(desk: &Desk, key: &'static str, says: &[(&'static str, &str)]) -> OnceError {
    let says: Vec<_> = says
        .iter()
        .map(|(name, value)| (*name, (*value).into()))
        .collect();
    OnceError::Told(desk.speech.say_with(key, &says).into_owned())
}
