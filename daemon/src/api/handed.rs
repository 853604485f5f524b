//! A form with a file, read as it comes: onto the disk piece by piece, then judged by its content.

use std::io;

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_LENGTH;
use common::api::problem::{Code, Problem};
use common::file::facts::{Facts, Format};
use common::file::judge::{MOST, guess, judge};
use common::file::kind::FileKind;
use common::file::name;

use crate::api::fault::Fault;
use crate::fact::media::{Added, Stored, Traits};
use crate::media::files::{Draft, Files, Sealed, is_full};

/// So much beyond the largest file is read and thrown away, so that whoever sends it reads the
/// refusal instead of a broken connection.
const PATIENCE: u64 = 64 * 1024 * 1024;
/// A kind's word is no longer.
const WORD: usize = 32;

/// A file that may go.
#[derive(Debug)]
pub(crate) struct Handed {
    /// Its bytes.
    pub(crate) sealed: Sealed,
    /// What is written down of it.
    pub(crate) added: Added,
}

/// Reads the form. What WhatsApp does not take is refused, and leaves nothing behind.
pub(crate) async fn take(files: &Files, request: Request) -> Result<Handed, Fault> {
    let length: Option<u64> = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse().ok());
    if let Some(length) = length.filter(|length| *length > MOST + PATIENCE) {
        return Err(too_large(length));
    }
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|why| form_wrong(&why.body_text()))?;
    let mut kind = None;
    while let Some(field) = form.next_field().await.map_err(|why| broke(&why))? {
        match field.name() {
            Some("kind") => kind = Some(word(field).await?),
            Some("file") => return file(files, field, kind).await,
            other => {
                let other = other.unwrap_or("without a name").to_owned();
                return Err(form_wrong(&format!("the part {other} is not known")));
            }
        }
    }
    Err(form_wrong("the part `file` is missing"))
}

async fn word(mut field: Field<'_>) -> Result<FileKind, Fault> {
    let mut word = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|why| broke(&why))? {
        word.extend_from_slice(&piece);
        if word.len() > WORD {
            break;
        }
    }
    String::from_utf8_lossy(&word)
        .trim()
        .parse()
        .map_err(|why: String| Fault::invalid("kind", format!("{why}.")))
}

async fn file(
    files: &Files,
    mut field: Field<'_>,
    kind: Option<FileKind>,
) -> Result<Handed, Fault> {
    let filename = field.file_name().and_then(name::clean);
    let mut draft = files.begin().await.map_err(|why| disk(&why))?;
    fill(&mut draft, &mut field, kind).await?;
    let sealed = draft.seal().await.map_err(|why| disk(&why))?;
    let mut facts = sealed.facts().await.map_err(|why| disk(&why))?;
    if let Some(name) = &filename {
        facts = facts.named(name);
    }
    let kind = kind.unwrap_or_else(|| guess(&facts));
    let fit = judge(kind, &facts).map_err(|unfit| Fault(Problem::unfit(unfit)))?;
    let stored = Stored {
        digest: sealed.digest,
        bytes: sealed.bytes,
        mime: Some(fit.mime.to_owned()),
        traits: Traits::from(&facts),
    };
    Ok(Handed {
        sealed,
        added: Added {
            kind,
            filename,
            stored,
        },
    })
}

async fn fill(
    draft: &mut Draft,
    field: &mut Field<'_>,
    kind: Option<FileKind>,
) -> Result<(), Fault> {
    let mut beyond = 0;
    while let Some(piece) = field.chunk().await.map_err(|why| broke(&why))? {
        let size = piece.len() as u64;
        if beyond > 0 || draft.bytes() + size > MOST {
            beyond += size;
            if beyond > PATIENCE {
                break;
            }
        } else {
            draft.write(&piece).await.map_err(|why| disk(&why))?;
        }
    }
    if beyond == 0 {
        return Ok(());
    }
    // Whatever it is, it is too large for every kind; which limit to name is the kind's affair.
    let facts = Facts::bare(Format::Pdf, draft.bytes() + beyond);
    match kind.unwrap_or(FileKind::Document) {
        FileKind::Document => {
            let unfit = judge(FileKind::Document, &facts).err();
            Err(unfit.map_or_else(
                || too_large(facts.bytes),
                |unfit| Fault(Problem::unfit(unfit)),
            ))
        }
        _ => Err(too_large(facts.bytes)),
    }
}

fn too_large(bytes: u64) -> Fault {
    use common::file::unfit::size;
    let detail = format!(
        "WhatsApp takes at most {}, and this has {}. Make it smaller, or send a link in a text.",
        size(MOST),
        size(bytes)
    );
    Fault::new(Code::MediaTooLarge, detail)
}

fn form_wrong(why: &str) -> Fault {
    let detail = format!(
        "Send multipart/form-data with a part `file`, and before it a part `kind` if wanted: {why}."
    );
    Fault::new(Code::BadRequest, detail)
}

fn broke(why: &MultipartError) -> Fault {
    form_wrong(&why.body_text())
}

/// The disk says no.
pub(crate) fn disk(why: &io::Error) -> Fault {
    if is_full(why) {
        return Fault::new(
            Code::StorageFull,
            "The disk is full: nothing was stored. Free some space and send it again.",
        );
    }
    Fault::internal(&format!("a file could not be written or read: {why}"))
}
