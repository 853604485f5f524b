//! `POST /media`, `GET /media/{id}`: files come with a later version, and say so.

use common::id::MediaId;

use super::later;
use crate::api::fault::Fault;
use crate::api::given::Named;
use crate::api::peer::Who;
use crate::api::table::Table;

pub(super) fn add(table: Table) -> Table {
    table
        .on(&__path_upload, upload)
        .on(&__path_download, download)
}

/// Takes a file to send. Not built yet.
#[utoipa::path(post, path = "/media", tag = "media", operation_id = "add_media",
    responses((status = 501, description = "Comes with a later version.")))]
async fn upload(_who: Who) -> Fault {
    later("Files cannot be sent yet; send a text or a template, or a link in a text.")
}

/// Gives a file. Not built yet.
#[utoipa::path(get, path = "/media/{id}", tag = "media", operation_id = "get_media",
    params(("id" = MediaId, Path, description = "The file")),
    responses((status = 501, description = "Comes with a later version.")))]
async fn download(_who: Who, _id: Named<MediaId>) -> Fault {
    later("Files cannot be fetched yet; the message's `media` says all that is known of this one.")
}
