//! update(model, msg) gives effects: pure, without clock or network; routes to the file of the focus.

pub(crate) mod answer;
pub(crate) mod ask;
pub(crate) mod attach;
pub(crate) mod bind;
pub(crate) mod borrow;
pub(crate) mod card;
pub(crate) mod chats;
pub(crate) mod choices;
pub(crate) mod complete;
pub(crate) mod compose;
pub(crate) mod deed;
pub(crate) mod drafts;
pub(crate) mod dwell;
pub(crate) mod editor;
pub(crate) mod fetch;
pub(crate) mod files;
pub(crate) mod help;
pub(crate) mod keep;
pub(crate) mod keys;
pub(crate) mod leave;
pub(crate) mod link;
pub(crate) mod links;
pub(crate) mod mark;
pub(crate) mod modes;
pub(crate) mod mouse;
pub(crate) mod newchat;
pub(crate) mod notice;
pub(crate) mod overlay;
pub(crate) mod palette;
pub(crate) mod parcel;
pub(crate) mod pictures;
pub(crate) mod react;
pub(crate) mod readall;
pub(crate) mod replies;
pub(crate) mod rights;
pub(crate) mod search;
pub(crate) mod select;
pub(crate) mod snooze;
pub(crate) mod stats;
pub(crate) mod talk;
pub(crate) mod templates;
pub(crate) mod trail;
pub(crate) mod typing;
pub mod wake;
mod wizard;

#[cfg(test)]
mod bind_tests;
#[cfg(test)]
mod files_tests;
#[cfg(test)]
mod find_tests;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod order_tests;
#[cfg(test)]
mod rights_tests;
#[cfg(test)]
mod search_tests;
#[cfg(test)]
mod snooze_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod walk_tests;
#[cfg(test)]
mod write_tests;

use common::api::event::Severity;

use crate::effect::Effect;
use crate::hit::Seen;
use crate::model::Model;
use crate::model::toast::Say;
use crate::msg::{Msg, View, What};

/// What update asks of the world.
pub(crate) type Out = Vec<Effect>;

/// Changes the model by what happened, and says what is to be done outside. Sets
/// [`Model::redraw`] when the screen is to change.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut out = Vec::new();
    let drawn = matches!(msg.what, What::Drawn(_) | What::InSight(_));
    model.now = msg.at;
    match msg.what {
        What::Key(key) => keys::press(model, key, &mut out),
        What::Paste(text) => keys::paste(model, &text, &mut out),
        What::Click { target, pane } => mouse::click(model, target, pane, &mut out),
        What::Drag { from, to } => mouse::drag(model, from, to),
        What::Drop(words) => mouse::drop(model, words, &mut out),
        What::Menu(spot) => mouse::menu(model, &spot),
        What::Edited(chat, result) => editor::closed(model, chat, result),
        What::Wheel { pane, rows } => mouse::wheel(model, pane, rows, &mut out),
        What::Resize(width, height) => resize(model, (width, height)),
        What::Looked(looked_at) => look(model, looked_at),
        What::Drawn(seen) => settle(model, seen),
        What::InSight(sights) => pictures::in_sight(model, &sights, &mut out),
        What::Means(means) => pictures::means(model, means),
        What::Wake => wake_up(model),
        What::Resumed => resume(model),
        What::Theme(read) => restyle(model, read.err()),
        What::Terminate => leave::leave(model, &mut out),
        What::Link(link) => link::take(model, *link, &mut out),
        What::Answer(answer) => answer::take(model, *answer, &mut out),
    }
    snooze::wake(model, &mut out);
    if model.toasts.expire(model.now) {
        model.redraw = true;
    }
    drafts::save_what_is_due(model, &mut out);
    link::count_what_is_due(model, &mut out);
    notice::tell_what_is_due(model, &mut out);
    search::ask_what_is_due(model, &mut out);
    card::ask_what_is_due(model, &mut out);
    typing::tell(model, &mut out);
    leave::end_if_nothing_is_left(model);
    keep::check(model, &mut out);
    dwell::check(model, &mut out);
    if !drawn {
        chats::keep_in_sight(model);
    }
    chats::fetch_ahead(model, &mut out);
    fetch::fetch_ahead(model, &mut out);
    rights::hold_back(model, &mut out);
    out
}

/// Windows close by themselves: chats leave the list of those that are about to.
fn wake_up(model: &mut Model) {
    model.redraw = true;
    if model.chats.shelf().view == View::Closing {
        model.chats.resift(model.now);
    }
}

/// The terminal was another program's meanwhile: it has lost its pictures.
fn resume(model: &mut Model) {
    model.pictures.forget();
    model.redraw = true;
}

fn resize(model: &mut Model, size: (u16, u16)) {
    model.pictures.forget();
    model.size = size;
    // The same size again, too: a terminal that was smaller in between shows nothing whole.
    model.redraw = true;
}

/// The theme was saved; what is wrong with it is told, and the old one stays.
fn restyle(model: &mut Model, why: Option<String>) {
    model.redraw = true;
    if let Some(why) = why {
        let words = Say::new("toast-theme-broken").with("why", why);
        model.toasts.show(model.now, Severity::Warning, words);
    }
}

fn look(model: &mut Model, looked_at: bool) {
    model.looked_at = looked_at;
    if looked_at {
        model.last_key = model.now;
    }
}

/// Takes what a frame showed. Asks for another frame only where the first could not know better.
fn settle(model: &mut Model, seen: Seen) {
    let first_list = model.seen.list_rows != seen.list_rows;
    model.seen = seen;
    if let Some((chat, settled)) = seen.talk
        && let Some(talk) = model.talks.get_mut(chat)
    {
        talk.scroll.settle(settled);
        if settled.below == 0 {
            talk.new_below = 0;
        }
        if std::mem::take(&mut talk.follow) && talk::pull_cursor(talk, settled.first, settled.last)
        {
            model.redraw = true;
        }
    }
    if first_list {
        let top = model.chats.top;
        chats::keep_in_sight(model);
        model.redraw |= model.chats.top != top;
    }
}
