//! Files of messages: opened, saved, fetched, played, made large; and what is said where that cannot be.

use common::api::event::{MediaProgress, Severity};
use common::file::name;
use common::id::MessageId;
use common::model::content::Kind;
use common::model::media::{Media, MediaState, Progress};
use common::model::message::Message;

use crate::action::{Action, Context};
use crate::effect::Effect;
use crate::file::{FileDeed, FileNews, Unopened, Unsaved};
use crate::hit::Source;
use crate::model::Model;
use crate::model::overlay::{Asked, Confirm, Deed, Large, Overlay};
use crate::model::pictures::is_picture;
use crate::model::toast::Say;
use crate::update::answer::tell;
use crate::update::talk::say;
use crate::update::{Out, ask, attach};

/// Does a deed with the file of the message that has the cursor; false if it has none.
pub(crate) fn act(model: &mut Model, action: Action, out: &mut Out) -> bool {
    let Some(id) = target(model) else {
        return false;
    };
    match action {
        Action::OpenLink => open(model, id),
        Action::SaveFile => save(model, id, out),
        Action::FetchFile => fetch(model, id, out),
        Action::Play => play(model, id, out),
        Action::Enlarge => return enlarge(model, id),
        _ => return false,
    }
    true
}

/// A click on a file: a sound plays, anything else is opened after a question.
pub(crate) fn touch(model: &mut Model, id: MessageId, out: &mut Out) {
    match message(model, id).map(|message| message.content.kind()) {
        Some(Kind::Voice | Kind::Audio) => play(model, id, out),
        Some(_) => open(model, id),
        None => {}
    }
}

/// The message that a deed is meant for: the one that is large, or the one with the cursor.
fn target(model: &Model) -> Option<MessageId> {
    let id = match model.focus.overlay() {
        Some(Overlay::Picture(large)) => large.message,
        _ => model.talk()?.cursor?,
    };
    message(model, id)?.media.as_ref().map(|_| id)
}

fn message(model: &Model, id: MessageId) -> Option<&Message> {
    model.talk()?.get(id)
}

fn media(model: &Model, id: MessageId) -> Option<&Media> {
    message(model, id)?.media.as_ref()
}

/// A clean name for a message's file; its kind and day where the sender gave none.
pub(crate) fn named(model: &Model, message: &Message, media: &Media) -> String {
    let kind = message.content.kind().as_str();
    let word = format!("{kind}-{}", model.speech.date(message.timestamp));
    name::or(media.filename.as_deref(), &word, media.mime.as_deref())
}

/// The file of a message with its name, if it is here; says where it is if not.
fn here(model: &mut Model, id: MessageId) -> Option<(Media, String)> {
    let message = message(model, id)?;
    let media = message.media.clone()?;
    let name = named(model, message, &media);
    if media.state == MediaState::Ready {
        return Some((media, name));
    }
    let word = match media.state {
        MediaState::Expired => "toast-file-expired",
        MediaState::Failed => "toast-file-failed",
        _ if media.error.is_none() => "toast-file-coming",
        _ => "toast-file-waits",
    };
    let key = model.keymap.key_of(Action::FetchFile, Context::Talk);
    let words = Say::new(word).with("key", key.unwrap_or_default());
    say(model, Severity::Info, words);
    None
}

/// Asks before a file of somebody else is given to a program.
fn open(model: &mut Model, id: MessageId) {
    let Some((media, name)) = here(model, id) else {
        return;
    };
    let size = media.bytes.map(|bytes| model.speech.size(bytes));
    let words = Say::new("confirm-open-file")
        .with("name", &name)
        .with("size", size.unwrap_or_default());
    model.focus.overlays.push(Overlay::Confirm(Confirm {
        say: words,
        deed: Deed::OpenFile(media.id, name),
    }));
}

fn save(model: &mut Model, id: MessageId, out: &mut Out) {
    if let Some((media, name)) = here(model, id) {
        let media = media.id;
        out.push(Effect::File(FileDeed::Propose { media, name }));
    }
}

fn fetch(model: &mut Model, id: MessageId, out: &mut Out) {
    let Some(media) = media(model, id) else {
        return;
    };
    match media.state {
        MediaState::Ready => say(model, Severity::Info, Say::new("toast-file-here")),
        _ => out.push(Effect::File(FileDeed::Fetch(media.id))),
    }
}

/// Plays a sound, or stops it; offers to save it where nothing plays it.
fn play(model: &mut Model, id: MessageId, out: &mut Out) {
    if model.playing == Some(id) {
        out.push(Effect::File(FileDeed::Stop));
        return;
    }
    let Some(kind) = message(model, id).map(|m| m.content.kind()) else {
        return;
    };
    if !matches!(kind, Kind::Voice | Kind::Audio | Kind::Video) {
        return say(model, Severity::Info, Say::new("toast-no-sound"));
    }
    let Some((media, name)) = here(model, id) else {
        return;
    };
    let player = model.settings.media.player.clone();
    if player.is_empty() {
        say(model, Severity::Info, Say::new("toast-no-player"));
        let media = media.id;
        out.push(Effect::File(FileDeed::Propose { media, name }));
        return;
    }
    model.playing = Some(id);
    model.redraw = true;
    out.push(Effect::File(FileDeed::Play {
        message: id,
        media: media.id,
        name,
        player,
    }));
}

/// Makes the picture of a message large; false if it has none that is shown here.
pub(crate) fn enlarge(model: &mut Model, id: MessageId) -> bool {
    if !is_shown(model, id) {
        return false;
    }
    model
        .focus
        .overlays
        .push(Overlay::Picture(Large { message: id }));
    true
}

/// Whether the picture of a message can be seen on this terminal.
fn is_shown(model: &Model, id: MessageId) -> bool {
    let Some(message) = message(model, id) else {
        return false;
    };
    message.media.as_ref().is_some_and(|media| {
        model.pictures.means().is_some()
            && media.state == MediaState::Ready
            && message.revoked_at.is_none()
            && is_picture(&message.content, media)
            && model.pictures.fault(&Source::Media(media.id)).is_none()
    })
}

/// The next picture above or below the one that is large.
pub(crate) fn step(model: &mut Model, by: isize) {
    let Some(Overlay::Picture(Large { message: from })) = model.focus.overlay() else {
        return;
    };
    let from = *from;
    let Some(talk) = model.talk() else { return };
    let ids: Vec<MessageId> = talk.messages().iter().map(|m| m.id).collect();
    let Some(at) = ids.iter().position(|id| *id == from) else {
        return;
    };
    let next = if by < 0 {
        ids.get(..at)
            .and_then(|above| above.iter().rev().find(|id| is_shown(model, **id)))
    } else {
        ids.get(at + 1..)
            .and_then(|below| below.iter().find(|id| is_shown(model, **id)))
    };
    if let Some(next) = next.copied() {
        if let Some(Overlay::Picture(large)) = model.focus.overlays.last_mut() {
            large.message = next;
        }
        if let Some(talk) = model.talks.open_mut() {
            talk.cursor = Some(next);
            talk.scroll.reveal(next);
        }
    }
}

/// Bytes of a message's file move.
pub(crate) fn moved(model: &mut Model, told: &MediaProgress) {
    let Some(talk) = model.talks.open_mut() else {
        return;
    };
    let progress = Progress {
        done: told.done,
        total: told.total,
    };
    model.redraw |= talk.progress(told.media_id, progress);
}

/// What came of a deed.
pub(crate) fn news(model: &mut Model, news: FileNews, out: &mut Out) {
    model.redraw = true;
    match news {
        FileNews::Proposed(media, path) => ask::open_with(model, Asked::SaveAs(media), &path),
        FileNews::Saved(_, Ok(path)) => {
            let words = Say::new("toast-saved").with("path", path.display());
            say(model, Severity::Info, words);
        }
        FileNews::Saved(media, Err(Unsaved::Taken(free))) => {
            ask::open_with(model, Asked::SaveAs(media), &free);
            ask::fault(model, Say::new("ask-save-taken"));
        }
        FileNews::Saved(media, Err(Unsaved::Other { path, why })) => {
            ask::open_with(model, Asked::SaveAs(media), &path);
            ask::fault(model, Say::new("ask-save-failed").with("why", why));
        }
        FileNews::Asked(Ok(())) => say(model, Severity::Info, Say::new("toast-file-coming")),
        FileNews::Asked(Err(problem)) => tell(model, &problem),
        FileNews::Opened(Ok(name)) => {
            say(
                model,
                Severity::Info,
                Say::new("toast-opened").with("address", name),
            );
        }
        FileNews::Opened(Err(Unopened::NoDesktop)) => {
            let key = model.keymap.key_of(Action::SaveFile, Context::Talk);
            let words = Say::new("toast-no-desktop").with("key", key.unwrap_or_default());
            say(model, Severity::Info, words);
        }
        FileNews::Opened(Err(Unopened::Other(why))) => {
            say(
                model,
                Severity::Warning,
                Say::new("toast-not-opened").with("why", why),
            );
        }
        FileNews::Played(id, result) => {
            if model.playing == Some(id) {
                model.playing = None;
            }
            if let Err(why) = result {
                say(
                    model,
                    Severity::Warning,
                    Say::new("toast-not-played").with("why", why),
                );
            }
        }
        other => attach::news(model, other, out),
    }
}
