//! A file on its way from this machine to the daemon, as the bubble that waits shows it.

use common::file::kind::FileKind;
use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::text::{Line, Span};

use crate::model::compose::Parcel;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::canvas::Desk;
use crate::view::card::file::bar;

/// The word of a kind of file in the catalogue.
pub(crate) const fn kind_word(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Image => "kind-image",
        FileKind::Video => "kind-video",
        FileKind::Audio => "kind-audio",
        FileKind::Voice => "kind-voice",
        FileKind::Document => "kind-document",
        FileKind::Sticker => "kind-sticker",
    }
}

/// Its name, its kind, and how much of it has gone.
pub(crate) fn lines(desk: &Desk<'_>, parcel: &Parcel, room: usize) -> Vec<Line<'static>> {
    let heading = format!("[{}]", desk.say(kind_word(parcel.kind)));
    let name = clean_line(&parcel.name, 120).into_owned();
    let mut lines = wrap::wrap(
        &[
            Span::styled(heading, desk.ink(Slot::Card)),
            Span::raw(format!("  {name}")),
        ],
        room,
    );
    if let Some((done, total)) = parcel.moved {
        let part = done.saturating_mul(100) / total.max(1);
        let part = u8::try_from(part).unwrap_or(100).min(100);
        let args = [("part", Arg::from(usize::from(part)))];
        let words = desk.say_with("attach-uploading", &args);
        let bar = bar(desk.glyphs, part);
        lines.extend(wrap::wrap(
            &[
                Span::styled(bar, desk.ink(Slot::Accent)),
                Span::styled(format!(" {words}"), desk.ink(Slot::Dim)),
            ],
            room,
        ));
    }
    lines
}
