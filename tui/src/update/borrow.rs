//! A file chosen for a layer below the picker: the header of a template, a saved reply.

use std::path::PathBuf;

use common::api::event::Severity;
use common::file::kind::FileKind;
use common::model::media::Media;

use crate::effect::Effect;
use crate::model::Model;
use crate::model::overlay::Overlay;
use crate::model::toast::Say;
use crate::saved::SavedDeed;
use crate::update::talk::say;
use crate::update::{Out, templates};

/// A file was chosen: it goes to the daemon, and the field gets its name.
pub(crate) fn chosen(model: &mut Model, path: PathBuf, kind: FileKind, out: &mut Out) {
    match model.focus.overlays.last_mut() {
        Some(Overlay::Template(picker)) => {
            if let Some(form) = &mut picker.form {
                form.uploading = true;
            }
        }
        Some(Overlay::Replies(replies)) => replies.uploading += 1,
        _ => return,
    }
    out.push(Effect::Saved(SavedDeed::Upload(path, kind)));
}

/// It is there, or not.
pub(crate) fn uploaded(model: &mut Model, result: Result<Media, String>) {
    let media = match result {
        Ok(media) => media,
        Err(why) => {
            if let Some(form) = templates::layer(model).and_then(|picker| picker.form.as_mut()) {
                form.uploading = false;
            }
            if let Some(Overlay::Replies(replies)) = model.focus.overlays.last_mut() {
                replies.uploading = replies.uploading.saturating_sub(1);
            }
            let words = Say::new("toast-not-sent")
                .with("code", "")
                .with("detail", why);
            return say(model, Severity::Warning, words);
        }
    };
    if let Some(form) = templates::layer(model).and_then(|picker| picker.form.as_mut()) {
        form.uploading = false;
        let at = form.at;
        if form.wants_file().is_some()
            && let Some(field) = form.texts.get_mut(at)
        {
            field.set(&format!("media:{}", media.id));
        }
    } else if let Some(Overlay::Replies(replies)) = model.focus.overlays.last_mut() {
        replies.uploading = replies.uploading.saturating_sub(1);
        replies.files.push(media);
    }
}
