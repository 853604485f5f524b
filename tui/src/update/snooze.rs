//! Putting a chat off until tonight, tomorrow, Monday or any moment; and its coming back by itself.

use common::api::chats::PatchChat;
use common::api::event::Severity;
use common::id::ChatId;
use common::model::chat::{Chat, ChatState};
use common::text::moment;
use common::time::Stamp;
use jiff::ToSpan;
use jiff::civil::{DateTime, Weekday};

use crate::effect::Effect;
use crate::model::Model;
use crate::model::overlay::{Overlay, Pick, Snooze, Until};
use crate::model::toast::Say;
use crate::part::list::List;
use crate::update::talk::say;
use crate::update::{Out, chats, mark, notice};

/// Asks until when.
pub(crate) fn open(model: &mut Model) {
    let Some(chat) = chats::meant(model) else {
        return;
    };
    let layer = Snooze {
        chat: chat.id,
        pick: Pick::new(choices(model, chat)),
    };
    model.focus.overlays.push(Overlay::Snooze(layer));
}

/// The moments that most people mean; first of all none, where the chat is put off already.
fn choices(model: &Model, chat: &Chat) -> Vec<(Until, String)> {
    let now = model.speech.local(model.now).datetime();
    let never = chat.snoozed_until.map(|_| (Until::Never, "snooze-never"));
    let at = |then: Option<DateTime>, word| {
        let moment = Until::Moment(model.speech.stamp(then.filter(|then| *then > now)?)?);
        Some((moment, word))
    };
    let evening = now.date().to_datetime(moment::EVENING);
    let tomorrow = now.date().tomorrow().ok();
    let days = i64::from(now.date().weekday().until(Weekday::Monday));
    // On Sunday it is tomorrow, on Monday the next one.
    let days = if days == 0 { 7 } else { days };
    let monday = now.date().checked_add(days.days()).ok();
    let morning = |day: jiff::civil::Date| day.to_datetime(moment::MORNING);
    let all = [
        never,
        at(Some(evening), "snooze-tonight"),
        at(tomorrow.map(morning), "snooze-tomorrow"),
        at(monday.filter(|_| days > 1).map(morning), "snooze-monday"),
    ];
    let named = |(until, word)| (until, model.speech.say(word).into_owned());
    all.into_iter().flatten().map(named).collect()
}

/// A moment is typed: it is the only choice as soon as it can be read.
pub(crate) fn typed(model: &mut Model) {
    let Some(Overlay::Snooze(layer)) = model.focus.overlays.last() else {
        return;
    };
    let text = layer.pick.field.text();
    let now = model.speech.local(model.now).datetime();
    let read = moment::read(&text, now).and_then(|then| model.speech.stamp(then));
    let entries = match (read, model.chats.get(layer.chat)) {
        (Some(then), _) => vec![(Until::Moment(then), model.speech.moment(then, model.now))],
        (None, Some(chat)) => choices(model, chat),
        (None, None) => Vec::new(),
    };
    if let Some(Overlay::Snooze(layer)) = model.focus.overlays.last_mut() {
        layer.pick.list = List::new(entries);
        layer
            .pick
            .list
            .set_query(if read.is_some() { "" } else { &text });
    }
}

/// Puts it off; what cannot be read stays.
pub(crate) fn accept(model: &mut Model, layer: Snooze, out: &mut Out) {
    let Some(until) = layer.pick.list.selected().copied() else {
        return model.focus.overlays.push(Overlay::Snooze(layer));
    };
    let Some(chat) = model.chats.get(layer.chat) else {
        return;
    };
    let id = chat.id;
    let name = chat.customer.display_name();
    let before = PatchChat {
        snoozed_until: Some(chat.snoozed_until),
        state: (chat.state == ChatState::Closed).then_some(ChatState::Closed),
        ..PatchChat::default()
    };
    let (words, moment) = match until {
        Until::Moment(then) => {
            let moment = model.speech.moment(then, model.now);
            let words = Say::new("done-snoozed").with("moment", moment);
            (words, Some(then))
        }
        Until::Never => (Say::new("done-unsnoozed"), None),
    };
    let patch = PatchChat {
        snoozed_until: Some(moment),
        state: (chat.state == ChatState::Closed).then_some(ChatState::Open),
        ..PatchChat::default()
    };
    out.push(Effect::Patch(id, patch));
    mark::offer(model, words.with("name", name), Effect::Patch(id, before));
}

/// Chats that were put off come back when their moment comes.
pub(crate) fn wake(model: &mut Model, out: &mut Out) {
    if model.chats.next_back().is_none_or(|at| at > model.now) {
        return;
    }
    let back = model.chats.wake(model.now);
    tell(model, back, out);
    model.redraw = true;
}

/// Whether an event brings back a chat that this console took for put off, or never heard of.
pub(crate) fn comes_back(model: &Model, chat: &Chat) -> bool {
    let known = model.chats.get(chat.id).is_some();
    chat.is_back(model.now) && (!known || model.chats.is_asleep(chat.id))
}

/// It is back, and stands above everything at once.
pub(crate) fn came_back(model: &mut Model, id: ChatId, out: &mut Out) {
    let mut back = model.chats.wake(model.now);
    if !back.contains(&id) {
        back.push(id);
    }
    tell(model, back, out);
    model.redraw = true;
}

/// Says which chats are back.
fn tell(model: &mut Model, back: Vec<ChatId>, out: &mut Out) {
    let told: Vec<_> = back
        .into_iter()
        .filter_map(|id| model.chats.get(id))
        .filter(|chat| is_new(chat, model.now))
        .map(|chat| (chat.number_id, chat.customer.display_name()))
        .collect();
    for (number, name) in told {
        say(
            model,
            Severity::Info,
            Say::new("toast-back").with("name", name),
        );
        notice::remind(model, number, out);
    }
}

/// Whether it came back just now, and not while this console was asleep or away.
fn is_new(chat: &Chat, now: Stamp) -> bool {
    let age = chat.snoozed_until.map(|until| now.since(until));
    age.is_some_and(|age| age < LATELY)
}

/// What came back longer ago is not told any more: it stands in the list.
const LATELY: std::time::Duration = std::time::Duration::from_hours(1);
