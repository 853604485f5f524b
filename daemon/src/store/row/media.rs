//! A file's row, read.

use common::file::kind::FileKind;
use common::id::MediaId;
use common::model::media::Media;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::fact::media::Traits;
use crate::store::error::StoreError;
use crate::store::row::{code, content};

/// The file of this number, if there is one.
pub(crate) fn get(conn: &Connection, id: i64) -> Result<Option<Media>, StoreError> {
    const SQL: &str = "SELECT id, mime, filename, bytes, sha256, state, kind, traits, error \
         FROM media WHERE id = ?1";
    conn.prepare_cached(SQL)?
        .query_row([id], |row| Ok(read(row)))
        .optional()?
        .transpose()
}

/// A row that begins like that of [`get`].
pub(crate) fn read(row: &Row<'_>) -> Result<Media, StoreError> {
    let mut media = Media::new(MediaId(row.get(0)?), code::media_state(row.get(5)?));
    media.mime = row.get(1)?;
    media.filename = row.get(2)?;
    media.bytes = row
        .get::<_, Option<i64>>(3)?
        .and_then(|bytes| u64::try_from(bytes).ok());
    media.sha256 = row.get(4)?;
    media.kind = row.get::<_, Option<i64>>(6)?.and_then(kind);
    let traits: Option<String> = row.get(7)?;
    let traits: Traits = traits
        .as_deref()
        .map(content::parse)
        .transpose()?
        .unwrap_or_default();
    media.width = traits.width;
    media.height = traits.height;
    media.seconds = traits.seconds;
    media.levels = traits.levels;
    media.animated = traits.animated;
    let error: Option<String> = row.get(8)?;
    media.error = error.as_deref().map(content::parse).transpose()?;
    Ok(media)
}

/// The kind of a number; messages of the same kind have the same.
pub(crate) fn kind(code: i64) -> Option<FileKind> {
    common::file::kind::ALL
        .into_iter()
        .find(|kind| of_kind(*kind) == code)
}

/// The number of a kind.
pub(crate) const fn of_kind(kind: FileKind) -> i64 {
    use common::model::content::Kind;
    code::of_kind(match kind {
        FileKind::Image => Kind::Image,
        FileKind::Video => Kind::Video,
        FileKind::Audio => Kind::Audio,
        FileKind::Voice => Kind::Voice,
        FileKind::Document => Kind::Document,
        FileKind::Sticker => Kind::Sticker,
    })
}
