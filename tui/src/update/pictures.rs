//! Pictures in sight are asked for; those that come are kept, within bounds.

use crate::effect::Effect;
use crate::hit::Sight;
use crate::model::Model;
use crate::msg::{Shown, Unseen};
use crate::part::picture::Means;
use crate::update::Out;

/// These were in sight of the last frame.
pub(crate) fn in_sight(model: &mut Model, sights: &[Sight], out: &mut Out) {
    let Some(means) = model.pictures.means() else {
        return;
    };
    for sight in model.pictures.look(sights) {
        // What is at the daemon waits for it; it is asked for when it is back and drawn anew.
        out.push(Effect::Picture(sight, means, model.pictures.round));
    }
}

/// One has come, of a round of asking.
pub(crate) fn came(
    model: &mut Model,
    (sight, round): (Sight, u64),
    result: Result<Shown, Unseen>,
    out: &mut Out,
) {
    if round != model.pictures.round {
        return;
    }
    let gone = model.pictures.came(sight, result);
    out.extend(gone.into_iter().map(Effect::DropPicture));
    model.redraw = true;
}

/// The terminal answered how it shows pictures.
pub(crate) fn means(model: &mut Model, means: Option<Means>) {
    if model.pictures.means() != means {
        model.pictures.set_means(means);
        model.redraw = true;
    }
}
