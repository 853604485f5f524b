//! Pictures inside messages: how much room each takes, and its rows where they are in sight.

use common::model::content::Kind;
use common::model::media::MediaState;
use common::model::message::Message;
use config::theme::Slot;
use ratatui::layout::Rect;

use crate::hit::{Sight, Source};
use crate::model::pictures::is_picture;
use crate::msg::Unseen;
use crate::view::canvas::{Desk, Pen};

/// No picture in a conversation is wider, or higher.
const MOST: (u16, u16) = (40, 12);
/// Stickers are small.
const STICKER: (u16, u16) = (20, 6);
/// One picture takes no more of the terminal's rows than one in so many.
const SHARE: u16 = 3;

/// What of a file's card is no part of the message itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Aside {
    /// The cells that its picture takes.
    pub(crate) frame: Option<(u16, u16)>,
    /// Why its picture cannot be shown.
    pub(crate) unseen: Option<Unseen>,
    /// Hundredths of its bytes that have moved; 255 where nobody knows of how many.
    pub(crate) moved: Option<u8>,
    /// Whether it plays.
    pub(crate) plays: bool,
}

/// Where the picture of a message stands in its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The first of its lines.
    pub(crate) row: u16,
    /// Its first column.
    pub(crate) x: u16,
    /// Its columns and rows.
    pub(crate) size: (u16, u16),
    /// Which picture.
    pub(crate) sight: Sight,
}

/// What stands aside of a message, in so many columns of text.
pub(crate) fn aside(desk: &Desk<'_>, message: &Message, room: usize) -> Aside {
    let Some(media) = &message.media else {
        return Aside::default();
    };
    let moved = media.progress.map(|progress| match progress.total {
        Some(total) if total > 0 => u8::try_from(progress.done.saturating_mul(100) / total)
            .map_or(100, |part| part.min(100)),
        _ => 255,
    });
    let mut aside = Aside {
        moved,
        plays: desk.model.playing == Some(message.id),
        ..Aside::default()
    };
    if message.revoked_at.is_some() {
        return aside;
    }
    let (Some(means), Some(sight)) = (desk.model.pictures.means(), sight(desk, message, room))
    else {
        return aside;
    };
    aside.unseen = desk.model.pictures.fault(&sight.source);
    if aside.unseen.is_none() {
        let known = desk.model.pictures.pixels(&sight.source);
        let told = media.width.zip(media.height);
        // Before its size is known it has one row; then the room that it takes.
        let size = known.or(told).map(|pixels| means.fit(pixels, sight.most));
        aside.frame = Some(size.unwrap_or((sight.most.0.min(8), 1)));
    }
    aside
}

/// The picture of a message, if it has one that can be shown.
pub(crate) fn sight(desk: &Desk<'_>, message: &Message, room: usize) -> Option<Sight> {
    let media = message.media.as_ref()?;
    if media.state != MediaState::Ready || !is_picture(&message.content, media) {
        return None;
    }
    let most = if message.content.kind() == Kind::Sticker {
        STICKER
    } else {
        MOST
    };
    let wide = u16::try_from(room).unwrap_or(u16::MAX).min(most.0);
    let high = (desk.model.size.1 / SHARE).clamp(3, most.1);
    Some(Sight {
        source: Source::Media(media.id),
        most: (wide, high),
    })
}

/// Draws rows of a picture, from `skip` on, into an area; a mark where it is not ready yet.
pub(crate) fn paint(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, (sight, skip): (&Sight, u16)) {
    pen.hits.sights.push(sight.clone());
    let Some(picture) = desk.model.pictures.get(sight) else {
        pen.text((area.x, area.y), area.width, "…", desk.ink(Slot::Dim));
        return;
    };
    let laid = pen.laid;
    picture.paint(pen.buf, area, skip, |y| laid.contains(&y));
    if picture.is_laid_over() {
        let rows = area.height.min(picture.size().1.saturating_sub(skip));
        let width = picture.size().0.min(area.width);
        pen.hits
            .strips
            .extend((area.y..area.y + rows).map(|y| Rect {
                y,
                height: 1,
                width,
                ..area
            }));
    }
}
