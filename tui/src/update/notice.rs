//! Being told: which message makes itself heard, when, and on which way.

use std::time::Duration;

use common::id::ChatId;
use common::model::message::{Direction, Message, Origin};
use common::text::clean::clean_line;
use common::time::Stamp;
use config::tui::Which;

use crate::effect::{Effect, Notify, Way};
use crate::model::Model;
use crate::model::notice::Untold;
use crate::speech::Arg;
use crate::update::{Out, dwell};

/// Bells are not nearer to each other than this.
const BETWEEN_BELLS: Duration = Duration::from_secs(2);
/// The customer's name comes a moment after the first message.
const SOON: Duration = Duration::from_millis(250);
/// Cells of a message in a notice.
const WORDS: usize = 160;
/// Names in a notice of several messages.
const NAMES: usize = 3;
/// More messages are counted but not kept.
const MOST: usize = 500;

/// Hears of a new message: rings, and gathers what is to be told.
pub(crate) fn hear(model: &mut Model, message: &Message, out: &mut Out) {
    let live = message.direction == Direction::Inbound && message.origin != Origin::History;
    let muted = model
        .chats
        .get(message.chat_id)
        .is_some_and(|chat| chat.is_muted(model.now));
    let in_front = dwell::in_front(model) == Some(message.chat_id);
    if !live || muted || in_front || is_quiet(model) {
        return;
    }
    let settings = &model.settings.notices;
    let meant = |which: &Which| is_meant(model, message.number_id, which);
    let rings = meant(&settings.bell);
    let told = meant(&settings.terminal)
        || meant(&settings.desktop)
        || (!settings.command.is_empty() && meant(&settings.command_for));
    if rings {
        ring(model, out);
    }
    if !told || model.notices.untold.len() >= MOST {
        return;
    }
    model.notices.untold.push(Untold {
        chat: message.chat_id,
        number: message.number_id,
        words: message
            .text
            .as_deref()
            .map(|text| clean_line(text, WORDS).into_owned()),
    });
    let soon = model.now.plus(SOON);
    let due = model.notices.grouped_until.map_or(soon, |at| at.max(soon));
    model.notices.due.get_or_insert(due);
}

/// A chat that was put off has come back: it rings as a message of its number would.
pub(crate) fn remind(model: &mut Model, number: common::id::NumberId, out: &mut Out) {
    let rings = is_meant(model, number, &model.settings.notices.bell);
    if rings && !is_quiet(model) {
        ring(model, out);
    }
}

/// Rings, not more often than ears like.
fn ring(model: &mut Model, out: &mut Out) {
    let last = model.notices.last_bell;
    if last.is_none_or(|at| model.now.since(at) >= BETWEEN_BELLS) {
        model.notices.last_bell = Some(model.now);
        out.push(Effect::Bell);
    }
}

fn is_quiet(model: &Model) -> bool {
    let local = model.speech.local(model.now);
    let minute = i32::from(local.hour()) * 60 + i32::from(local.minute());
    let minute = u16::try_from(minute).unwrap_or(0);
    let quiet = model.settings.notices.quiet;
    quiet.is_some_and(|hours| hours.holds(minute))
}

fn is_meant(model: &Model, number: common::id::NumberId, which: &Which) -> bool {
    match (which, model.numbers.get(number)) {
        (Which::All, _) => true,
        (Which::None, _) | (Which::Some(_), None) => false,
        (Which::Some(_), Some(number)) => {
            let phone = number
                .phone_number
                .as_ref()
                .map(common::phone::Phone::as_str);
            which.holds(&number.label, phone)
        }
    }
}

/// Tells what was gathered once it is due, without what was read meanwhile.
pub(crate) fn tell_what_is_due(model: &mut Model, out: &mut Out) {
    if model.notices.due.is_none_or(|due| model.now < due) {
        return;
    }
    model.notices.due = None;
    let group = Duration::from_secs(model.settings.notices.group_s);
    model.notices.grouped_until = Some(model.now.plus(group));
    let mut untold = std::mem::take(&mut model.notices.untold);
    let in_front = dwell::in_front(model);
    untold.retain(|one| {
        let is_read = |chat: ChatId| model.chats.get(chat).is_some_and(|chat| chat.unread == 0);
        in_front != Some(one.chat) && !is_read(one.chat)
    });
    let settings = &model.settings.notices;
    let command = (!settings.command.is_empty()).then(|| Way::Command(settings.command.clone()));
    let ways = [
        (Some(Way::Terminal(settings.protocol)), &settings.terminal),
        (Some(Way::Desktop), &settings.desktop),
        (command, &settings.command_for),
    ];
    for (way, which) in ways {
        let meant: Vec<&Untold> = untold
            .iter()
            .filter(|one| is_meant(model, one.number, which))
            .collect();
        if let Some(way) = way {
            out.extend(notify(model, way, &meant).map(Effect::Notify));
        }
    }
}

/// One notice for all of these.
fn notify(model: &Model, way: Way, untold: &[&Untold]) -> Option<Notify> {
    let newest = untold.last()?;
    let mut names: Vec<String> = Vec::new();
    for one in untold.iter().rev() {
        let name = name(model, one.chat);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let customer = names.first().cloned().unwrap_or_default();
    let number = model
        .numbers
        .get(newest.number)
        .map(|number| clean_line(&number.label, 40).into_owned())
        .unwrap_or_default();
    let speech = &model.speech;
    let (title, body) = if let [only] = untold {
        let args = [
            ("name", Arg::from(&customer)),
            ("number", Arg::from(&number)),
        ];
        let title = if model.numbers.len() > 1 {
            speech.say_with("notice-from", &args).into_owned()
        } else {
            customer.clone()
        };
        let words = only.words.clone().filter(|_| model.settings.notices.words);
        let body = words.unwrap_or_else(|| speech.say("notice-new").into_owned());
        (title, body)
    } else {
        let args = [("n", Arg::from(untold.len()))];
        let mut all = names
            .get(..NAMES.min(names.len()))
            .unwrap_or_default()
            .join(", ");
        if names.len() > NAMES {
            all.push_str(", …");
        }
        (speech.say_with("notice-many", &args).into_owned(), all)
    };
    Some(Notify {
        way,
        title,
        body,
        number,
        customer,
        count: untold.len(),
    })
}

fn name(model: &Model, chat: ChatId) -> String {
    let chat = model.chats.get(chat);
    chat.map(|chat| clean_line(&chat.customer.display_name(), 40).into_owned())
        .unwrap_or_default()
}

/// When something gathered is due.
pub(crate) const fn next(model: &Model) -> Option<Stamp> {
    model.notices.due
}
