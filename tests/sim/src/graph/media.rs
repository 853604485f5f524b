//! Files: `POST /{phone_number_id}/media`, `GET` and `DELETE /{media_id}`, and the host they are fetched from.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Query, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use common::file::facts::Facts;
use common::file::sniff::{HEAD, sniff};
use hyper::body::Bytes;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::album::{Filling, Kept, Trouble, Uploaded};
use crate::book::{Caller, Line};
use crate::error::GraphError;
use crate::fault::{Fault, Hit, Target};
use crate::graph::answer;
use crate::graph::ask::Ask;
use crate::graph::call;
use crate::world::World;

/// What a business gives is kept so long, in seconds.
const UPLOADED_S: i64 = 30 * 86_400;
/// An address is good for so long.
const URL_S: i64 = 5 * 60;
/// What may be uploaded, and how large it may be.
const TYPES: [(&str, u64); 20] = [
    ("audio/aac", 16 << 20),
    ("audio/amr", 16 << 20),
    ("audio/mpeg", 16 << 20),
    ("audio/mp4", 16 << 20),
    ("audio/ogg", 16 << 20),
    ("image/jpeg", 5 << 20),
    ("image/png", 5 << 20),
    ("image/webp", 500 << 10),
    ("video/mp4", 16 << 20),
    ("video/3gpp", 16 << 20),
    ("text/plain", 100 << 20),
    ("application/pdf", 100 << 20),
    ("application/msword", 100 << 20),
    ("application/vnd.ms-excel", 100 << 20),
    ("application/vnd.ms-powerpoint", 100 << 20),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        100 << 20,
    ),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        100 << 20,
    ),
    (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        100 << 20,
    ),
    ("audio/opus", 16 << 20),
    ("application/octet-stream", 0),
];
/// Uploads beyond this are counted and digested, and their bytes forgotten.
const REMEMBERED: usize = 20 << 20;

/// A file from a business.
pub(super) async fn upload(State(world): State<Arc<World>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let ask = match Ask::head(&parts).await {
        Ok(ask) => ask,
        Err(response) => return response,
    };
    let opened = match call::open(&world, &ask, Target::Uploads, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let result = match line(&world, &ask, &opened.caller) {
        Ok(line) => take(&world, &line, Request::from_parts(parts, body)).await,
        Err(error) => Err(error),
    };
    call::close(&world, &ask, opened, result, Value::Null).await
}

fn line(world: &World, ask: &Ask, caller: &Caller) -> Result<Arc<Line>, GraphError> {
    let line = world
        .book
        .line(&ask.node)
        .filter(|line| caller.sees(&line.waba_id));
    let line = line.ok_or_else(|| call::no_such_node(ask))?;
    if caller.may("whatsapp_business_messaging") {
        Ok(line)
    } else {
        Err(GraphError::documented(200))
    }
}

/// What came of the part with the file.
#[derive(Default)]
struct Part {
    mime: String,
    filename: Option<String>,
    kept: Vec<u8>,
    head: Vec<u8>,
    bytes: u64,
    sha256: String,
}

async fn take(world: &World, line: &Line, request: Request) -> Result<Value, GraphError> {
    let wrong = |details: &str| GraphError::documented(100).details(details.to_owned());
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_other| wrong("The body must be multipart/form-data."))?;
    let (mut product, mut kind, mut part) = (None, None, None);
    loop {
        let field = form.next_field().await;
        let Some(field) = field.map_err(|_broken| wrong("The body broke off."))? else {
            break;
        };
        match field.name() {
            Some("messaging_product") => product = field.text().await.ok(),
            Some("type") => kind = field.text().await.ok(),
            Some("file") => {
                part = Some(
                    file(field)
                        .await
                        .ok_or_else(|| wrong("The file broke off."))?,
                );
            }
            _ => return Err(wrong("Only messaging_product, type and file are known.")),
        }
    }
    if product.as_deref() != Some("whatsapp") {
        return Err(wrong("Param messaging_product must be whatsapp."));
    }
    let part = part.ok_or_else(|| wrong("Param file is required."))?;
    if kind.is_none() {
        return Err(wrong("Param type is required."));
    }
    fits(&part)?;
    let id = world.ids.node();
    let phone_number_id = line.meta.id.to_string();
    world.album.keep(
        &id,
        Kept {
            phone_number_id: phone_number_id.clone(),
            waba_id: line.waba_id.to_string(),
            mime: part.mime.clone(),
            sha256: part.sha256.clone(),
            until_s: world.clock.now_s() + UPLOADED_S,
            uploaded: true,
            filling: part.kept.into(),
        },
    );
    world.album.upload(Uploaded {
        id: id.clone(),
        phone_number_id,
        mime: part.mime,
        filename: part.filename,
        bytes: part.bytes,
        sha256: part.sha256,
    });
    world.ledger.nudge();
    Ok(json!({ "id": id }))
}

async fn file(mut field: Field<'_>) -> Option<Part> {
    let mut part = Part {
        mime: field.content_type().unwrap_or_default().to_owned(),
        filename: field.file_name().map(ToOwned::to_owned),
        ..Part::default()
    };
    let mut hash = Sha256::new();
    while let Some(piece) = field.chunk().await.ok()? {
        part.bytes += piece.len() as u64;
        hash.update(&piece);
        if part.head.len() < HEAD {
            part.head.extend_from_slice(&piece);
        }
        if part.kept.len() + piece.len() <= REMEMBERED {
            part.kept.extend_from_slice(&piece);
        }
    }
    part.sha256 = hex::encode(hash.finalize());
    Some(part)
}

/// Type, size and content, as documented.
fn fits(part: &Part) -> Result<(), GraphError> {
    let bare = part.mime.split(';').next().unwrap_or_default().trim();
    let Some((_, most)) = TYPES.iter().find(|(mime, most)| *mime == bare && *most > 0) else {
        return Err(GraphError::documented(100).details(format!(
            "Param file must be a file with one of the following types: audio/aac, audio/mp4, \
             image/jpeg and the like. Received file of type '{}'.",
            part.mime
        )));
    };
    let broken = |details: String| GraphError::documented(131_053).details(details);
    if part.bytes > *most {
        return Err(broken(format!(
            "The file has {} bytes; at most {most}.",
            part.bytes
        )));
    }
    let facts: Facts = sniff(&part.head, part.bytes);
    let told = facts.format.mime();
    let checked = facts.format.is_picture() || bare.starts_with("image/");
    if checked && told != bare {
        return Err(broken(format!("The file is {told} and not {bare}.")));
    }
    if bare == "audio/ogg" && (facts.sound != ["Opus"] || facts.channels != Some(1)) {
        return Err(broken("audio/ogg must be OPUS, mono.".to_owned()));
    }
    Ok(())
}

/// Whether a message of this kind may name this file.
pub(super) fn usable(world: &World, line: &Line, kind: &str, id: &str) -> Result<(), GraphError> {
    let kept = world.album.get(id, world.clock.now_s());
    let kept = kept.filter(|kept| kept.uploaded && kept.phone_number_id == *line.meta.id);
    let Some(kept) = kept else {
        let details = format!("Media {id} does not exist, has expired, or is another number's.");
        return Err(GraphError::documented(131_009).details(details));
    };
    let fits = match kind {
        "image" => matches!(kept.mime.as_str(), "image/jpeg" | "image/png"),
        "sticker" => kept.mime == "image/webp",
        "video" => kept.mime.starts_with("video/"),
        "audio" => kept.mime.starts_with("audio/"),
        _ => true,
    };
    if fits {
        Ok(())
    } else {
        let details = format!("A file of type {} cannot be sent as {kind}.", kept.mime);
        Err(GraphError::documented(131_053).details(details))
    }
}

/// What Meta says of a file: where it lies for the next five minutes.
pub(super) fn show(world: &World, ask: &Ask, caller: &Caller) -> Option<Result<Value, GraphError>> {
    let now = world.clock.now_s();
    let kept = world.album.get(&ask.node, now)?;
    let asked = ask.query.get("phone_number_id");
    if !caller.sees(&kept.waba_id) || asked.is_some_and(|asked| *asked != kept.phone_number_id) {
        return Some(Err(call::no_such_node(ask)));
    }
    let (id, ext) = (&ask.node, now + URL_S);
    let hash = stamp(id, ext);
    let url = format!(
        "http://{}/whatsapp_business/attachments/?mid={id}&source=getMedia&ext={ext}&hash={hash}",
        world.addr
    );
    Some(Ok(json!({
        "messaging_product": "whatsapp",
        "url": url,
        "mime_type": kept.mime,
        "sha256": kept.sha256,
        "file_size": kept.filling.len(),
        "id": id,
    })))
}

/// Throws a file away.
pub(super) async fn delete(State(world): State<Arc<World>>, ask: Ask) -> Response {
    let opened = match call::open(&world, &ask, Target::Other, &Value::Null).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let now = world.clock.now_s();
    let seen = world
        .album
        .get(&ask.node, now)
        .is_some_and(|kept| opened.caller.sees(&kept.waba_id));
    let result = if seen && world.album.remove(&ask.node) {
        Ok(json!({ "success": true }))
    } else {
        Err(call::no_such_node(&ask))
    };
    call::close(&world, &ask, opened, result, Value::Null).await
}

fn stamp(id: &str, ext: i64) -> String {
    let digest = Sha256::digest(format!("{id} {ext} lookaside"));
    hex::encode(digest.get(..12).unwrap_or_default())
}

/// The host that files are fetched from: an address dies after five minutes, and without the
/// token it never worked.
pub(super) async fn download(
    State(world): State<Arc<World>>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let id = query.get("mid").cloned().unwrap_or_default();
    let drawn = world.faults.draw(&Hit {
        target: Target::Downloads,
        node: &id,
        to: None,
    });
    tokio::time::sleep(drawn.delay).await;
    match drawn.fault {
        Some(Fault::Http(status)) => return answer::page(status),
        Some(Fault::DropBefore) => return answer::hangup(),
        Some(Fault::Hang) => std::future::pending().await,
        _ => {}
    }
    let ext: i64 = query
        .get("ext")
        .and_then(|ext| ext.parse().ok())
        .unwrap_or(0);
    let now = world.clock.now_s();
    let good = query.get("hash") == Some(&stamp(&id, ext)) && ext > now;
    let kept = world.album.get(&id, now).filter(|_| good);
    let Some(kept) = kept else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let token = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let caller = token.and_then(|token| world.book.caller(token, now).ok());
    if !caller.is_some_and(|caller| caller.sees(&kept.waba_id)) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    world.album.count_download(&id);
    world.ledger.nudge();
    send(&kept, world.album.take_trouble(&id))
}

fn send(kept: &Kept, trouble: Option<Trouble>) -> Response {
    match trouble {
        Some(Trouble::DeadUrl) => return StatusCode::NOT_FOUND.into_response(),
        Some(Trouble::Status(status)) => return answer::page(status),
        _ => {}
    }
    let len = kept.filling.len();
    let mut response = Response::new(Body::from_stream(pieces(kept.filling.clone(), trouble)));
    let headers = response.headers_mut();
    headers.insert(CONTENT_LENGTH, HeaderValue::from(len));
    if let Ok(mime) = HeaderValue::from_str(&kept.mime) {
        headers.insert(CONTENT_TYPE, mime);
    }
    response
}

/// The bytes as they go out, with whatever goes wrong.
fn pieces(
    filling: Filling,
    trouble: Option<Trouble>,
) -> impl futures_util::Stream<Item = Result<Bytes, io::Error>> {
    futures_util::stream::unfold(0_u64, move |at| {
        let (filling, trouble) = (filling.clone(), trouble.clone());
        async move {
            let mut piece = filling.piece(at);
            match trouble {
                Some(Trouble::Cut(end)) if at >= end => {
                    return Some((Err(io::ErrorKind::ConnectionReset.into()), at));
                }
                Some(Trouble::Stuck(end)) if at >= end => std::future::pending().await,
                Some(Trouble::Cut(end) | Trouble::Stuck(end)) => {
                    let left = usize::try_from(end - at).unwrap_or(usize::MAX);
                    piece.truncate(left);
                }
                Some(Trouble::Slow(wait)) => {
                    tokio::time::sleep(wait.min(Duration::from_mins(1))).await;
                }
                Some(Trouble::WrongBytes) => piece = piece.iter().map(|b| b ^ 1).collect(),
                _ => {}
            }
            let next = at + piece.len() as u64;
            (!piece.is_empty()).then_some((Ok(piece), next))
        }
    })
}
