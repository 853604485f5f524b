//! A message's links: shown whole before they are opened, chosen from where there are several.

use common::api::event::Severity;
use common::model::message::Message;
use linkify::{LinkFinder, LinkKind};

use crate::action::Action;
use crate::model::Model;
use crate::model::overlay::{Confirm, Deed, Overlay, Pick};
use crate::model::toast::Say;
use crate::update::talk::say;
use crate::update::{Out, files};

/// Opens the link or the file of the message that has the cursor, or asks which.
pub(crate) fn open(model: &mut Model, out: &mut Out) {
    let message = model.talk().and_then(|talk| talk.get(talk.cursor?));
    let mut found = message.map(links).unwrap_or_default();
    found.dedup();
    let file = message.and_then(|m| Some(files::named(model, m, m.media.as_ref()?)));
    if let Some(name) = file {
        if found.is_empty() {
            files::act(model, Action::OpenLink, out);
            return;
        }
        let mut entries = vec![(String::new(), name)];
        entries.extend(found.into_iter().map(|link| (link.clone(), link)));
        model
            .focus
            .overlays
            .push(Overlay::Links(Pick::new(entries)));
        return;
    }
    if found.len() > 1 {
        let entries = found.into_iter().map(|link| (link.clone(), link)).collect();
        model
            .focus
            .overlays
            .push(Overlay::Links(Pick::new(entries)));
    } else if let Some(link) = found.pop() {
        ask(model, link);
    } else {
        say(model, Severity::Info, Say::new("toast-no-link"));
    }
}

/// Shows an address whole, and asks whether to open it.
pub(crate) fn ask(model: &mut Model, address: String) {
    let say = Say::new("confirm-open").with("address", &address);
    model.focus.overlays.push(Overlay::Confirm(Confirm {
        say,
        deed: Deed::Open(address),
    }));
}

fn links(message: &Message) -> Vec<String> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let text = message.text.clone().or_else(|| message.content.text());
    let text = text.unwrap_or_default();
    finder
        .links(&text)
        .map(|link| link.as_str().to_owned())
        .collect()
}
