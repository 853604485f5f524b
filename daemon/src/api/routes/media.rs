//! `POST /media`, `GET /media/{id}`, and what is said of a file: everything streamed, nothing held.

use axum::Json;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use common::api::event::MediaOffered;
use common::api::problem::Code;
use common::id::MediaId;
use common::model::media::{Media, MediaState};
use common::rights::Deed;

use super::{ACCEPTED, CREATED, astray, commit};
use crate::api::ApiState;
use crate::api::bytes::{self, Shown};
use crate::api::fault::Fault;
use crate::api::given::Named;
use crate::api::handed;
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::fact::Fact;
use crate::fact::media::MediaFact;
use crate::store::Outcome;
use crate::store::ask;
use crate::store::ask::media::Known;
use crate::store::scope::Scope;

pub(super) fn add(table: Table) -> Table {
    table
        // It counts for itself, and refuses with the limit of the file's kind.
        .on(
            Deed::Keep,
            &__path_upload,
            upload.layer(DefaultBodyLimit::disable()),
        )
        .on(Deed::Read, &__path_download, download)
        .on(Deed::Read, &__path_info, info)
        .on(Deed::Keep, &__path_fetch, fetch)
        .on(Deed::Keep, &__path_offer, offer)
}

/// Takes a file to send: judged by its content, before anything is promised.
#[utoipa::path(post, path = "/media", tag = "media", operation_id = "add_media",
    request_body(content_type = "multipart/form-data",
        description = "A part `file` with a file name; before it, if wanted, a part `kind`: image, video, audio, voice, document or sticker."),
    responses((status = 201, body = Media)))]
async fn upload(
    State(api): State<ApiState>,
    Who(scope): Who,
    request: Request,
) -> Result<(StatusCode, Json<Media>), Fault> {
    let handed = handed::take(&api.files, request).await?;
    let settling = api.files.settle().await;
    handed
        .sealed
        .keep(&api.files)
        .await
        .map_err(|why| handed::disk(&why))?;
    let fact = Fact::Media(MediaFact::Added(Box::new(handed.added)));
    let outcome = commit(&api, &scope, fact).await?;
    drop(settling);
    match outcome {
        Outcome::Media(media) => Ok((CREATED, Json(*media))),
        other => Err(astray(&other)),
    }
}

/// Gives a file's bytes; with `Range` a part of them, with `If-None-Match` nothing that is known.
#[utoipa::path(get, path = "/media/{id}", tag = "media", operation_id = "get_media",
    params(("id" = MediaId, Path, description = "The file")),
    responses((status = 200, description = "The bytes", content_type = "application/octet-stream"),
        (status = 206, description = "Some of the bytes", content_type = "application/octet-stream")))]
async fn download(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<MediaId>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let known = known(&api, &scope, id).await?;
    let digest = match (known.media.state, known.file) {
        (MediaState::Ready, Some(digest)) => digest,
        (MediaState::Pending, _) => return Err(pending(&known)),
        _ => return Err(gone(&known)),
    };
    let (file, bytes) = api
        .files
        .read(&digest)
        .await
        .map_err(|why| match why.kind() {
            std::io::ErrorKind::NotFound => gone(&known),
            _ => handed::disk(&why),
        })?;
    let shown = Shown {
        media: &known.media,
        bytes,
    };
    bytes::answer(&shown, &headers, file).await
}

/// What is known of a file.
#[utoipa::path(get, path = "/media/{id}/info", tag = "media", operation_id = "get_media_info",
    params(("id" = MediaId, Path, description = "The file")),
    responses((status = 200, body = Media)))]
async fn info(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<MediaId>,
) -> Result<Json<Media>, Fault> {
    let mut media = known(&api, &scope, id).await?.media;
    media.progress = api.hub.moving(id);
    Ok(Json(media))
}

/// Asks for a file that waits because it is large, that failed, or that was let go. Events tell
/// how it fares.
#[utoipa::path(post, path = "/media/{id}/fetch", tag = "media", operation_id = "fetch_media",
    params(("id" = MediaId, Path, description = "The file")),
    responses((status = 202, body = Media)))]
async fn fetch(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<MediaId>,
) -> Result<(StatusCode, Json<Media>), Fault> {
    let known = known(&api, &scope, id).await?;
    let here = known.media.state == MediaState::Ready;
    if !here && !known.from_meta {
        return Err(gone(&known));
    }
    let fact = Fact::Media(MediaFact::Asked { media: id });
    match commit(&api, &scope, fact).await? {
        Outcome::Media(media) => Ok((ACCEPTED, Json(*media))),
        other => Err(astray(&other)),
    }
}

/// Offers a file to the chat that the caller's consoles have open.
#[utoipa::path(post, path = "/media/{id}/offer", tag = "media", operation_id = "offer_media",
    params(("id" = MediaId, Path, description = "The file")),
    responses((status = 202, description = "The consoles are told.")))]
async fn offer(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<MediaId>,
) -> Result<StatusCode, Fault> {
    let known = known(&api, &scope, id).await?;
    if known.media.state != MediaState::Ready {
        return Err(pending(&known));
    }
    let offered = MediaOffered {
        media: known.media,
        operator: scope.operator().to_owned(),
        revision: 0,
    };
    api.hub.offer(scope.actor().clone(), offered);
    Ok(ACCEPTED)
}

async fn known(api: &ApiState, scope: &Scope, id: MediaId) -> Result<Known, Fault> {
    api.store
        .ask(scope, move |view| ask::media::get(view, id))
        .await?
        .ok_or_else(|| Fault::missing("media"))
}

fn pending(known: &Known) -> Fault {
    let why = known
        .media
        .error
        .as_ref()
        .map(|error| error.advice.as_str());
    let detail = why.unwrap_or("It is on its way from Meta; events tell when it is here.");
    let mut fault = Fault::new(Code::MediaPending, detail);
    fault.0.retry_after = Some(2);
    fault
}

fn gone(known: &Known) -> Fault {
    let why = known
        .media
        .error
        .as_ref()
        .map(|error| error.advice.as_str());
    Fault::new(
        Code::MediaGone,
        why.unwrap_or("The file is no longer on the disk: ask for it again."),
    )
}
