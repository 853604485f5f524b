//! Which parts of a conversation are asked for: where it opens, what is gone to, what is fetched ahead.

use common::id::{ChatId, MessageId};
use common::model::message::{Direction, Message};

use crate::effect::Effect;
use crate::model::Model;
use crate::model::talk::{Beyond, Talk};
use crate::msg::TalkAsk;
use crate::part::scroll::Scroll;
use crate::update::{Out, talk};

/// Messages beyond those in sight under which the next page is asked for.
const AHEAD: usize = 40;
/// Rows kept above the first unread message.
const ABOVE: i32 = 2;

/// Opens a conversation: what is here is shown, what is not is asked for.
pub(crate) fn enter(model: &mut Model, id: ChatId, out: &mut Out) {
    let Some(talk) = model.talks.get_mut(id) else {
        return;
    };
    if talk.loaded && talk.newer == Beyond::End {
        place(talk, out);
    } else if model.daemon.is_up() {
        talk.loaded = false;
        ask_newest(model, id, out);
    }
}

/// Opens a conversation at one of its messages: only what lies round it is asked for.
pub(crate) fn come(model: &mut Model, id: ChatId, at: MessageId, out: &mut Out) {
    let now = model.now;
    let Some(talk) = model.talks.get_mut(id) else {
        return;
    };
    if talk.loaded && talk.place(at).is_some() {
        return talk::pick(model, at);
    }
    talk.asked_at = Some(now);
    aim(talk, TalkAsk::Around(at), out);
}

/// Asks for the newest page.
pub(crate) fn ask_newest(model: &mut Model, id: ChatId, out: &mut Out) {
    let now = model.now;
    if let Some(talk) = model.talks.get_mut(id) {
        talk.asked_at.get_or_insert(now);
        talk.early.clear();
        out.push(Effect::Part(id, TalkAsk::Newest));
    }
}

/// Puts a conversation where reading goes on: two rows above the first unread message, or at the
/// newest one.
pub(crate) fn place(talk: &mut Talk, out: &mut Out) {
    if talk.unread_from.is_none() && talk.unread_count > 0 {
        let count = usize::try_from(talk.unread_count).unwrap_or(usize::MAX);
        let inbound = |m: &&Message| m.direction == Direction::Inbound;
        let from = talk
            .messages()
            .iter()
            .rev()
            .filter(inbound)
            .take(count)
            .last()
            .map(|m| m.id);
        talk.unread_from = from;
    }
    match talk.unread_from {
        Some(first) if talk.place(first).is_some() => talk.scroll = above(first),
        Some(first) if talk.older != Beyond::End => {
            aim(talk, TalkAsk::Around(first), out);
        }
        _ => talk.scroll.to_newest(),
    }
}

/// The scroll position with a message at the top, and a little of what was before it.
pub(crate) const fn above(id: MessageId) -> Scroll {
    Scroll::above(id, ABOVE)
}

/// Asks for older or newer messages when the end of what is loaded comes near.
pub(crate) fn fetch_ahead(model: &mut Model, out: &mut Out) {
    if !model.daemon.is_up() {
        return;
    }
    let Some(talk) = model.talks.open_mut().filter(|talk| talk.loaded) else {
        return;
    };
    let Some(settled) = talk.scroll.settled() else {
        return;
    };
    let (first, last) = (talk.place(settled.first), talk.place(settled.last));
    let before = first.unwrap_or(0);
    let after = talk
        .messages()
        .len()
        .saturating_sub(last.map_or(0, |at| at + 1));
    if talk.older == Beyond::More
        && before < AHEAD
        && let Some(oldest) = talk.oldest()
    {
        talk.older = Beyond::Loading;
        out.push(Effect::Part(talk.chat, TalkAsk::Before(oldest)));
    }
    if talk.newer == Beyond::More
        && after < AHEAD
        && let Some(newest) = talk.newest()
    {
        talk.newer = Beyond::Loading;
        talk.early.clear();
        out.push(Effect::Part(talk.chat, TalkAsk::After(newest)));
    }
}

/// Asks for the part round something that is to be gone to.
pub(crate) fn aim(talk: &mut Talk, ask: TalkAsk, out: &mut Out) {
    talk.aim = Some(ask);
    talk.early.clear();
    out.push(Effect::Part(talk.chat, ask));
}
