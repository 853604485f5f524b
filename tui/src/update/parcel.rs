//! Files on their way into a chat: sent from the picker, handed over by another shell, dropped or pasted.

use std::path::PathBuf;

use common::api::event::{MediaOffered, Severity};
use common::file::judge::Fit;
use common::file::kind::FileKind;
use common::file::name;
use common::id::ChatId;

use crate::effect::Effect;
use crate::file::{FileDeed, From, Sending};
use crate::model::Model;
use crate::model::attach::{Chosen, For, Offered};
use crate::model::compose::{Leaving, Parcel};
use crate::model::overlay::{Confirm, Deed, Overlay};
use crate::model::toast::Say;
use crate::part::dropped;
use crate::update::talk::say;
use crate::update::{Out, attach};

/// Sends what fits.
pub(crate) fn send(model: &mut Model, chat: ChatId, fits: Vec<(Chosen, Fit)>, out: &mut Out) {
    for (one, fit) in fits {
        let given = one
            .path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let name = name::or(given.as_deref(), fit.kind.as_str(), Some(fit.mime));
        let parcel = Parcel {
            kind: fit.kind,
            name,
            caption: one.caption.clone(),
            chosen: Some(one.clone()),
            moved: None,
        };
        model.habits.sent(&one.path);
        ship(model, chat, (From::Path(one.path), parcel), out);
    }
}

/// Puts one on its way, as a bubble that waits.
pub(crate) fn ship(model: &mut Model, chat: ChatId, (from, parcel): (From, Parcel), out: &mut Out) {
    let fresh = model.ids.message(model.now).to_string();
    let now = model.now;
    let compose = model.composes.entry(chat).or_default();
    // What came back unanswered goes again under its name, so that it is not there twice.
    let chosen = |leaving: &Leaving| leaving.file.as_ref().and_then(|file| file.chosen.clone());
    let same = |l: &Leaving| parcel.chosen.is_some() && chosen(l) == parcel.chosen;
    let client_id = match compose.returned.iter().position(same) {
        Some(at) => compose.returned.remove(at).client_id,
        None => fresh,
    };
    let reply_to = compose.quote.take();
    let sending = Sending {
        chat,
        client_id: client_id.clone(),
        from,
        kind: parcel.kind,
        name: parcel.name.clone(),
        caption: parcel.caption.trim().to_owned(),
        reply_to,
    };
    compose.leaving.push(Leaving {
        client_id,
        text: parcel.caption.clone(),
        reply_to,
        at: now,
        file: Some(parcel),
        sealed: false,
    });
    compose.version += 1;
    if let Some(talk) = model.talks.get_mut(chat) {
        talk.scroll.to_newest();
        talk.cursor = None;
    }
    out.push(Effect::File(FileDeed::Send(Box::new(sending))));
}

/// A file of another shell's: it is attached if the person says so.
pub(crate) fn offered(model: &mut Model, offer: MediaOffered) {
    if model.daemon.operator() != Some(offer.operator.as_str()) {
        return;
    }
    let Some(chat) = model.open_chat() else {
        return say(model, Severity::Info, Say::new("toast-offered-no-chat"));
    };
    let media = offer.media;
    let kind = media.kind.unwrap_or(FileKind::Document);
    let name = name::or(
        media.filename.as_deref(),
        kind.as_str(),
        media.mime.as_deref(),
    );
    let who = chat
        .customer
        .name
        .clone()
        .or_else(|| chat.customer.profile_name.clone());
    let words = Say::new("confirm-offered")
        .with("name", &name)
        .with("who", who.unwrap_or_default());
    let offered = Offered {
        media: media.id,
        kind,
        name,
    };
    let deed = Deed::Attach(chat.id, offered);
    model
        .focus
        .overlays
        .push(Overlay::Confirm(Confirm { say: words, deed }));
    model.redraw = true;
}

/// The person said so.
pub(crate) fn take_offer(model: &mut Model, chat: ChatId, offered: Offered, out: &mut Out) {
    let parcel = Parcel {
        kind: offered.kind,
        name: offered.name,
        caption: String::new(),
        chosen: None,
        moved: None,
    };
    ship(model, chat, (From::Media(offered.media), parcel), out);
}

/// Whether a pasted text seems to be paths: then they are looked at, and the text waits.
pub(crate) fn pasted(model: &Model, text: &str, out: &mut Out) -> bool {
    // On a shared account a path is words like any others.
    if model.open_id().is_none() || model.is_shared {
        return false;
    }
    let Some(paths) = dropped::paths(text) else {
        return false;
    };
    out.push(Effect::File(FileDeed::Dropped {
        text: text.to_owned(),
        paths,
    }));
    true
}

/// Files to be sent, from a drop or the clipboard: the picker offers them, with room for words.
pub(crate) fn tick_all(model: &mut Model, files: Vec<PathBuf>, out: &mut Out) {
    if let Some(layer) = attach::layer(model) {
        for path in files {
            attach::look(layer, &path, out);
            layer.tick_mut(&path);
        }
        return;
    }
    let Some(chat) = model.open_id() else { return };
    if !model.window_is_open() {
        return say(model, Severity::Warning, Say::new("toast-window-closed"));
    }
    let chosen = files.into_iter().map(Chosen::new).collect();
    attach::open_with(model, For::Chat(chat), chosen, out);
}
