//! What comes from the daemon by itself: the state of the way to it, and events, folded by id and revision.

use std::time::Duration;

use common::api::event::{Change, Event, Notice, Severity};
use common::api::problem::Code;
use common::id::Seq;
use common::model::chat::Chat;
use common::model::customer::Customer;
use common::model::message::{Direction, Message, Origin};

use crate::effect::Effect;
use crate::model::Model;
use crate::model::daemon::Link;
use crate::model::talk::Beyond;
use crate::model::toast::Say;
use crate::msg::LinkMsg;
use crate::update::talk::say;
use crate::update::{
    Out, compose, drafts, dwell, fetch, files, notice, parcel, replies, snooze, templates, wizard,
};

/// Sums are asked for so long after the first event that may change them.
const COUNT_AFTER: Duration = Duration::from_millis(300);
/// The most notices that are kept.
const NOTICES: usize = 20;

/// Takes what the link brings.
pub(crate) fn take(model: &mut Model, link: LinkMsg, out: &mut Out) {
    match link {
        LinkMsg::Trying => {
            if let Link::Lost { retry_at, .. } = &mut model.daemon.link {
                *retry_at = None;
                model.redraw = true;
            }
        }
        LinkMsg::Lost { problem, retry_at } => {
            let since = match &model.daemon.link {
                Link::Lost { since, .. } | Link::Connecting { since } => *since,
                Link::Up => model.now,
            };
            // Whoever was sent away has nothing to wait for on an account that is not theirs.
            let sent_away = matches!(problem.code, Code::Unauthorized | Code::Forbidden);
            model.over |= model.is_shared && sent_away;
            model.daemon.link = Link::Lost {
                since,
                retry_at: Some(retry_at),
                problem,
            };
            model.redraw = true;
        }
        LinkMsg::Up {
            status,
            me,
            numbers,
            resumed,
        } => {
            let was_lost = matches!(model.daemon.link, Link::Lost { .. });
            model.daemon.link = Link::Up;
            model.daemon.seq = model.daemon.seq.max(Seq(status.seq));
            model.daemon.notices.clone_from(&status.notices);
            model.daemon.status = Some(status);
            model.daemon.me = Some(me);
            model.numbers.replace(numbers);
            model.redraw = true;
            if was_lost && !model.chats.is_empty() {
                say(model, Severity::Info, Say::new("toast-daemon-back"));
            }
            if !resumed {
                ask_anew(model, out);
            }
            model.pictures.retry_gone();
            come_back(model, out);
        }
        LinkMsg::Event(event) => fold(model, *event, out),
    }
}

/// Asks for the sums once they are due.
pub(crate) fn count_what_is_due(model: &mut Model, out: &mut Out) {
    let due = model.numbers.counts_due.is_some_and(|at| at <= model.now);
    if due && model.daemon.is_up() {
        model.numbers.counts_due = None;
        out.push(Effect::Numbers);
    }
}

/// What was missed is not known: every list is asked anew, what is on the screen stays until then.
fn ask_anew(model: &mut Model, out: &mut Out) {
    model.customers.clear();
    model.cards.forget_all();
    model.chats.forget_pages();
    model.talks.forget_others();
    if let Some(open) = model.open_id() {
        out.push(Effect::Chat(open));
        fetch::ask_newest(model, open, out);
    }
}

/// Requests have a chance again: what waited for that goes out.
fn come_back(model: &mut Model, out: &mut Out) {
    drafts::save_all_now(model, out);
    let unknown = model.composes.iter().filter(|(_, compose)| !compose.loaded);
    out.extend(unknown.map(|(chat, _)| Effect::LoadDraft(*chat)));
    let Some(open) = model.open_id() else { return };
    let unasked = model.talk().is_some_and(|talk| !talk.loaded);
    let asked = out
        .iter()
        .any(|e| matches!(e, Effect::Part(chat, _) if *chat == open));
    if unasked && !asked {
        fetch::ask_newest(model, open, out);
    }
}

/// Folds one event. Twice or late does no harm.
fn fold(model: &mut Model, event: Event, out: &mut Out) {
    let seq = event.seq;
    if matches!(
        event.change,
        Change::MessageNew(_) | Change::MessageUpdated(_) | Change::ChatUpdated(_)
    ) {
        let soon = model.now.plus(COUNT_AFTER);
        model.numbers.counts_due.get_or_insert(soon);
    }
    match event.change {
        Change::MessageNew(message) => {
            notice::hear(model, &message, out);
            if let Some(chat) = model.chats.get(message.chat_id) {
                model.cards.age(chat.customer.id);
            }
            take_message(model, *message);
        }
        Change::MessageUpdated(message) => {
            wizard::news::ticked(model, &message, out);
            take_message(model, *message);
        }
        Change::ChatUpdated(chat) => {
            let back = snooze::comes_back(model, &chat).then_some(chat.id);
            take_chat(model, *chat, seq);
            if let Some(id) = back {
                snooze::came_back(model, id, out);
            }
        }
        Change::CustomerUpdated(customer) => {
            model.cards.age(customer.id);
            take_customer(model, *customer, seq);
        }
        Change::NumberUpdated(number) => model.redraw |= model.numbers.fold(*number),
        Change::Notice(notice) => take_notice(model, *notice),
        Change::Reset => ask_anew(model, out),
        Change::ConfigReloaded(_) => withdraw(model, &["config_broken"]),
        Change::ReplyUpdated(reply) => replies::fold(model, *reply),
        Change::TemplateUpdated(template) => templates::fold(model, *template, out),
        // The dashboard follows these.
        Change::NumberChecked(_) | Change::Other(_) => {}
        Change::MediaProgress(progress) => files::moved(model, &progress),
        Change::MediaOffered(offered) => parcel::offered(model, *offered),
    }
    model.daemon.seq = model.daemon.seq.max(seq);
}

/// Folds a message into its conversation.
pub(crate) fn take_message(model: &mut Model, message: Message) {
    let (id, chat) = (message.id, message.chat_id);
    let inbound = message.direction == Direction::Inbound;
    let live = inbound && message.origin != Origin::History;
    if live {
        let at = message.created_at;
        if model.daemon.last_webhook.is_none_or(|last| last < at) {
            model.daemon.last_webhook = Some(at);
        }
    }
    compose::settle_returned(model, &message);
    let in_front = dwell::in_front(model) == Some(chat);
    let is_open = model.open_id() == Some(chat);
    let Some(talk) = model.talks.get_mut(chat) else {
        return;
    };
    match talk.fold(message) {
        Some(true) if live => {
            if is_open && !in_front && talk.newest() == Some(id) {
                talk.unread_from.get_or_insert(id);
                if !talk.scroll.is_newest() {
                    talk.new_below += 1;
                }
            }
            model.redraw |= is_open;
        }
        Some(_) => model.redraw |= is_open,
        None => {
            if is_open && live && talk.newer != Beyond::End && talk.loaded {
                talk.new_below = u32::try_from(talk.early.len()).unwrap_or(u32::MAX);
                model.redraw = true;
            }
        }
    }
}

/// Folds a chat.
fn take_chat(model: &mut Model, mut chat: Chat, seq: Seq) {
    if let Some((known, customer)) = model.customers.get(&chat.customer.id)
        && *known > seq
    {
        chat.customer = customer.clone();
    } else {
        take_customer(model, chat.customer.clone(), seq);
    }
    put_chat(model, chat);
}

/// Folds a chat that came without an event.
pub(crate) fn put_chat(model: &mut Model, mut chat: Chat) -> bool {
    if let Some((_, customer)) = model.customers.get(&chat.customer.id) {
        chat.customer = customer.clone();
    }
    let (id, draft) = (chat.id, chat.draft.is_some());
    let changed = model.chats.fold(chat);
    if changed && model.open_id() != Some(id) {
        // Somebody else may have written there: the draft is asked for when the chat is opened.
        let idle = |c: &mut crate::model::compose::Compose| {
            !c.is_unsaved() && c.saving.is_none() && c.leaving.is_empty()
        };
        if let Some(compose) = model.composes.get_mut(&id)
            && idle(compose)
            && (draft || !compose.field.is_empty())
        {
            compose.loaded = false;
        }
    }
    model.redraw |= changed;
    changed
}

fn take_customer(model: &mut Model, customer: Customer, seq: Seq) {
    if model
        .customers
        .get(&customer.id)
        .is_some_and(|(at, _)| *at >= seq)
    {
        return;
    }
    let id = customer.id;
    let rows: Vec<_> = model
        .chats
        .iter()
        .filter(|chat| chat.customer.id == id && chat.customer != customer)
        .map(|chat| chat.id)
        .collect();
    for row in rows {
        model
            .chats
            .amend(row, |chat| chat.customer = customer.clone());
        model.redraw = true;
    }
    model.customers.insert(id, (seq, customer));
}

fn take_notice(model: &mut Model, notice: Notice) {
    match notice.code.as_str() {
        "storage_ok" => withdraw(model, &["storage_full"]),
        "storage_full" => withdraw(model, &["storage_ok"]),
        "clock_ok" => withdraw(model, &["clock_wrong"]),
        "clock_wrong" => withdraw(model, &["clock_ok"]),
        _ => {}
    }
    model
        .daemon
        .notices
        .retain(|old| old.code != notice.code || old.number_id != notice.number_id);
    if model.daemon.notices.len() >= NOTICES {
        model.daemon.notices.remove(0);
    }
    let words = Say::new("toast-notice")
        .with("code", &notice.code)
        .with("sentence", &notice.sentence);
    say(model, notice.severity, words);
    model.daemon.notices.push(notice);
}

/// What these notices said holds no longer: they go, and so do their sentences on the screen.
fn withdraw(model: &mut Model, codes: &[&str]) {
    let gone = |code: &str| codes.contains(&code);
    model.daemon.notices.retain(|notice| !gone(&notice.code));
    model.redraw |= model.toasts.withdraw(|say| {
        let code = say.with.iter().find(|(name, _)| *name == "code");
        say.word == "toast-notice" && code.is_some_and(|(_, code)| gone(code))
    });
}
