//! What effects brought: pages, drafts, sends; also what went wrong with them.

use common::api::event::Severity;
use common::api::page::Page;
use common::api::problem::{Code, Problem};
use common::id::ChatId;
use common::model::chat::Chat;

use crate::effect::Effect;
use crate::hit::Pane;
use crate::model::Model;
use crate::model::chats::Edge;
use crate::model::talk::Beyond;
use crate::model::toast::Say;
use crate::msg::{Answer, Copied, ListAsk, Part, TalkAsk};
use crate::told;
use crate::update::link::{put_chat, take_message};
use crate::update::talk::say;
use crate::update::{
    Out, bind, card, compose, drafts, fetch, files, keys, newchat, overlay, pictures, react,
    readall, search, stats, templates, wizard,
};

/// Takes an answer.
pub(crate) fn take(model: &mut Model, answer: Answer, out: &mut Out) {
    match answer {
        Answer::Chats(ask, result) => chats(model, &ask, result),
        Answer::Chat(_, Ok(chat)) => {
            put_chat(model, *chat);
        }
        Answer::Hits(version, result) => search::found(model, version, result, out),
        Answer::Card(id, result) => card::came(model, id, result),
        Answer::Noted(id, result) => card::noted(model, id, result),
        Answer::Labels(result) => card::labels(model, result),
        Answer::Part(chat, ask, result) => part(model, chat, ask, result, out),
        Answer::Sent(chat, client_id, Ok(message)) => {
            take_message(model, *message);
            compose::sent(model, chat, &client_id, Ok(()));
        }
        Answer::Sent(chat, client_id, Err(problem)) => {
            compose::sent(model, chat, &client_id, Err(problem));
        }
        Answer::Retried(_, Ok(message)) => {
            take_message(model, *message);
            model.redraw = true;
        }
        Answer::Draft(chat, Ok(draft)) => drafts::loaded(model, chat, draft),
        Answer::DraftSaved(chat, result) => drafts::saved(model, chat, result),
        Answer::Numbers(Ok(numbers)) => model.redraw |= model.numbers.recount(numbers),
        Answer::Unread(number, result) => readall::found(model, number, result),
        Answer::Bound(action, context, result) => bind::bound(model, action, context, result),
        Answer::Marked(_, Ok(())) => {}
        Answer::ReadAll(result) => readall::done(model, result),
        Answer::Stats(asked, result) => stats::take(model, &asked, result),
        Answer::Copied(Copied::Terminal) => {
            say(model, Severity::Info, Say::new("toast-copied-osc52"));
        }
        Answer::Copied(Copied::Program(name)) => {
            let words = Say::new("toast-copied-program").with("program", name);
            say(model, Severity::Info, words);
        }
        Answer::NotKept(why) => {
            let words = Say::new("toast-draft-not-kept").with("detail", why);
            say(model, Severity::Warning, words);
        }
        Answer::NotCopied(text) => out.push(Effect::CopyByTerminal(text)),
        Answer::Clipboard(Some(text)) => keys::paste(model, &text, out),
        Answer::Clipboard(None) => say(model, Severity::Info, Say::new("toast-no-clipboard")),
        Answer::Reacted(emoji, result) => react::sent(model, emoji, result),
        Answer::Found(number, phone, result) => newchat::found(model, number, &phone, result, out),
        Answer::Copied(Copied::TooLarge) => {
            say(model, Severity::Warning, Say::new("toast-copy-too-large"));
        }
        Answer::Saved(news) => templates::news(model, news, out),
        Answer::Connect(news) => wizard::news::take(model, news, out),
        Answer::File(news) => files::news(model, news, out),
        Answer::Picture(sight, round, result) => {
            pictures::came(model, (sight, round), result, out);
        }
        Answer::Opened(Ok(address)) => {
            say(
                model,
                Severity::Info,
                Say::new("toast-opened").with("address", address),
            );
        }
        Answer::Opened(Err(why)) => {
            say(
                model,
                Severity::Warning,
                Say::new("toast-not-opened").with("why", why),
            );
        }
        Answer::Draft(chat, Err(problem)) => {
            drafts::not_loaded(model, chat, &problem);
            tell(model, &problem);
        }
        Answer::Chat(_, Err(problem))
        | Answer::Retried(_, Err(problem))
        | Answer::Marked(_, Err(problem))
        | Answer::Numbers(Err(problem)) => tell(model, &problem),
    }
}

/// Says what is wrong; that the daemon is away is said by the bar.
pub(crate) fn tell(model: &mut Model, problem: &Problem) {
    if problem.code != Code::Unreachable {
        let words = of_problem(model, "toast-problem", problem);
        say(model, Severity::Warning, words);
    }
}

/// A sentence about a problem. Where its details can be said in the screen's language they stand
/// instead of what its code says.
pub(crate) fn of_problem(model: &Model, word: &'static str, problem: &Problem) -> Say {
    let detail = told::detail(&model.speech, problem);
    let say = Say::new(word).with("detail", detail);
    if problem.unfit.is_some() || !problem.errors.is_empty() {
        return say;
    }
    say.with("code", problem.code)
}

fn chats(model: &mut Model, ask: &ListAsk, result: Result<Page<Chat>, Problem>) {
    let page = match result {
        Ok(page) => page,
        Err(problem) => {
            if let ListAsk::Page(shelf) = ask
                && let Some(edge) = model.chats.edges.get_mut(shelf)
                && let Edge::Loading(cursor) = edge
            {
                *edge = match cursor.take() {
                    Some(cursor) => Edge::More(Some(cursor)),
                    None => Edge::Unasked,
                };
            }
            return tell(model, &problem);
        }
    };
    for chat in page.items {
        put_chat(model, chat);
    }
    model.redraw = true;
    match ask {
        ListAsk::Page(shelf) => {
            let edge = page
                .next
                .map_or(Edge::End, |cursor| Edge::More(Some(cursor)));
            model.chats.edges.insert(*shelf, edge);
        }
        ListAsk::Pinned | ListAsk::Snoozed => {}
        ListAsk::Find(_) => overlay::refresh_switcher(model),
    }
}

fn part(
    model: &mut Model,
    chat: ChatId,
    ask: TalkAsk,
    result: Result<Part, Problem>,
    out: &mut Out,
) {
    let Some(talk) = model.talks.get_mut(chat) else {
        return;
    };
    let part = match result {
        Ok(part) => part,
        Err(problem) => {
            match ask {
                TalkAsk::Before(_) => talk.older = Beyond::More,
                TalkAsk::After(_) => talk.newer = Beyond::More,
                TalkAsk::Newest => talk.asked_at = None,
                TalkAsk::Around(_) | TalkAsk::At(_) => {
                    (talk.aim, talk.asked_at) = (None, None);
                    if !talk.loaded && problem.code != Code::Unreachable {
                        fetch::ask_newest(model, chat, out);
                    }
                }
            }
            if problem.code == Code::NotFound && matches!(ask, TalkAsk::Around(_)) {
                return say(model, Severity::Info, Say::new("toast-message-gone"));
            }
            return tell(model, &problem);
        }
    };
    for message in &part.messages {
        if message.client_id.is_some() {
            compose::settle_returned(model, message);
        }
    }
    let Some(talk) = model.talks.get_mut(chat) else {
        return;
    };
    let beyond = |more: bool| if more { Beyond::More } else { Beyond::End };
    match ask {
        TalkAsk::Before(id) if talk.oldest() == Some(id) => {
            talk.older = beyond(part.older);
            talk.join(part.messages);
            talk.trim(false);
        }
        TalkAsk::After(id) if talk.newest() == Some(id) => {
            talk.newer = beyond(part.newer);
            talk.join(part.messages);
            talk.trim(true);
        }
        TalkAsk::Before(_) | TalkAsk::After(_) => {}
        // A part round some message came first, and is what is wanted.
        TalkAsk::Newest if talk.loaded && talk.newer == Beyond::More && talk.asked_at.is_none() => {
        }
        TalkAsk::Newest => newest(model, chat, part, out),
        TalkAsk::Around(_) | TalkAsk::At(_) => return round(model, chat, ask, part),
    }
    if let Some(talk) = model.talks.get_mut(chat) {
        talk.take_early();
    }
    model.redraw |= model.open_id() == Some(chat);
}

fn newest(model: &mut Model, chat: ChatId, part: Part, out: &mut Out) {
    let Some(talk) = model.talks.get_mut(chat) else {
        return;
    };
    let first = !talk.loaded;
    let touches = part.messages.iter().any(|m| talk.place(m.id).is_some());
    let whole = first || (!touches && part.older) || talk.messages().is_empty();
    if whole {
        talk.forget();
        talk.older = if part.older {
            Beyond::More
        } else {
            Beyond::End
        };
    }
    (talk.newer, talk.loaded, talk.asked_at) = (Beyond::End, true, None);
    talk.join(part.messages);
    talk.trim(true);
    talk.take_early();
    if first {
        fetch::place(talk, out);
    } else if whole {
        talk.scroll.to_newest();
    }
}

/// A part round a message or a moment has come: one stands there now.
fn round(model: &mut Model, chat: ChatId, ask: TalkAsk, part: Part) {
    let Some(talk) = model.talks.get_mut(chat).filter(|t| t.aim == Some(ask)) else {
        return;
    };
    let beyond = |more: bool| if more { Beyond::More } else { Beyond::End };
    (talk.aim, talk.asked_at) = (None, None);
    talk.forget();
    (talk.older, talk.newer, talk.loaded) = (beyond(part.older), beyond(part.newer), true);
    talk.join(part.messages);
    talk.take_early();
    let target = match ask {
        TalkAsk::At(at) => {
            let later = talk.messages().iter().find(|m| m.timestamp >= at);
            later.map(|m| m.id).or(talk.newest())
        }
        TalkAsk::Around(id) => Some(id),
        TalkAsk::Newest | TalkAsk::Before(_) | TalkAsk::After(_) => None,
    };
    let is_open = model.talks.open == Some(chat);
    model.redraw |= is_open;
    let (Some(id), Some(talk)) = (target, model.talks.get_mut(chat)) else {
        return;
    };
    talk.scroll = fetch::above(id);
    if talk.unread_from != Some(id) {
        talk.cursor = Some(id);
        if is_open {
            model.focus.pane = Pane::Talk;
        }
    }
}
