//! Search: asking while one types, going to a hit and along the others, and back to where one was.

use std::time::Duration;

use common::api::event::Severity;
use common::api::page::Page;
use common::api::problem::Problem;
use common::api::search::{Hit, SearchQuery};
use common::id::{ChatId, MessageId, NumberId};
use common::time::Stamp;

use crate::effect::Effect;
use crate::hit::Pane;
use crate::model::Model;
use crate::model::overlay::Overlay;
use crate::model::search::{Hunt, Progress, Search};
use crate::model::toast::Say;
use crate::update::talk::say;
use crate::update::{Out, chats, talk, trail};

/// How long after the last letter it is asked.
const PAUSE: Duration = Duration::from_millis(150);
/// Hits a page.
const PAGE: u32 = 50;
/// Hits below the cursor at which the next page is asked for.
const AHEAD: usize = 10;

/// Begins to search: in the open chat, unless the list has the keys.
pub(crate) fn open(model: &mut Model) {
    let here = model.open_id().filter(|_| model.focus.pane != Pane::List);
    model.focus.overlays.retain(|layer| !layer.has_field());
    let search = Overlay::Search(Box::new(Search::new(here)));
    model.focus.overlays.push(search);
}

/// Begins to search for something.
pub(crate) fn open_with(model: &mut Model, words: &str) {
    open(model);
    if let Some(search) = uppermost(model) {
        search.field.set(words);
    }
    edited(model);
}

fn uppermost(model: &mut Model) -> Option<&mut Search> {
    match model.focus.overlays.last_mut() {
        Some(Overlay::Search(search)) => Some(search),
        _ => None,
    }
}

/// The words changed: they are asked for as soon as the fingers rest.
pub(crate) fn edited(model: &mut Model) {
    let (now, version) = (model.now, count(model));
    let Some(search) = uppermost(model) else {
        return;
    };
    search.version = version;
    let text = search.field.text();
    // One letter finds half of all there is; one emoji is a word.
    let enough = text.trim().chars().count() > 1 || !text.is_ascii();
    if enough && !text.trim().is_empty() {
        search.progress = Progress::Soon(now.plus(PAUSE));
    } else {
        search.progress = Progress::Idle;
        (search.cursor, search.next, search.further) = (0, None, false);
        search.hits.clear();
    }
}

/// Here, or everywhere.
pub(crate) fn turn(model: &mut Model) {
    let (now, version) = (model.now, count(model));
    let open = model.open_id();
    let Some(search) = uppermost(model) else {
        return;
    };
    search.here = search.here.or(open);
    search.everywhere = !search.everywhere || search.here.is_none();
    if !search.field.text().trim().is_empty() {
        search.version = version;
        search.progress = Progress::Soon(now);
    }
}

/// A question that no answer on its way belongs to.
const fn count(model: &mut Model) -> u64 {
    model.questions += 1;
    model.questions
}

/// When the words are to be asked for.
pub(crate) fn due(model: &Model) -> Option<Stamp> {
    match model.focus.overlay() {
        Some(Overlay::Search(search)) => match search.progress {
            Progress::Soon(at) => Some(at),
            _ => None,
        },
        _ => None,
    }
}

/// Asks for the words once that is due.
pub(crate) fn ask_what_is_due(model: &mut Model, out: &mut Out) {
    if due(model).is_some_and(|at| at <= model.now) {
        ask(model, None, out);
    }
}

fn ask(model: &mut Model, cursor: Option<String>, out: &mut Out) {
    let (now, up, zone) = (model.now, model.daemon.is_up(), model.speech.zone());
    let number = model.filter();
    model.redraw = true;
    let Some(search) = uppermost(model) else {
        return;
    };
    if !up {
        search.progress = Progress::Failed(Say::new("search-offline"));
        return;
    }
    search.further = cursor.is_some();
    if cursor.is_none() {
        search.progress = Progress::Asked(now);
    }
    let query = SearchQuery {
        cursor,
        ..query(search, number, zone)
    };
    out.push(Effect::Search(search.version, query));
}

fn query(search: &Search, number: Option<NumberId>, zone: Option<String>) -> SearchQuery {
    let chat = search.here.filter(|_| !search.everywhere);
    SearchQuery {
        q: search.field.text().trim().to_owned(),
        number: number.filter(|_| chat.is_none()),
        chat,
        zone,
        limit: Some(PAGE),
        ..SearchQuery::default()
    }
}

/// A page of hits has come.
pub(crate) fn found(
    model: &mut Model,
    version: u64,
    result: Result<Page<Hit>, Problem>,
    out: &mut Out,
) {
    let now = model.now;
    if let Some(hunt) = &mut model.hunt
        && hunt.further == Some(version)
    {
        hunt.further = None;
        if let Ok(page) = result {
            hunt.hits.extend(page.items.iter().map(place));
            hunt.next = page.next;
            model.redraw = true;
        }
        return;
    }
    let Some(search) = uppermost(model).filter(|search| search.version == version) else {
        return;
    };
    match result {
        Ok(page) => {
            if let Progress::Asked(at) = search.progress {
                search.progress = Progress::Done(now.since(at));
                search.cursor = 0;
                search.hits.clear();
            }
            search.next = page.next;
            search.further = false;
            search.hits.extend(page.items);
        }
        Err(problem) => {
            let words = Say::new("toast-problem")
                .with("code", problem.code)
                .with("detail", &problem.detail);
            search.progress = Progress::Failed(words);
            search.further = false;
        }
    }
    model.redraw = true;
    ask_further(model, out);
}

/// A page may hold few hits, or none, though there are more: the daemon looks only so far at once.
fn ask_further(model: &mut Model, out: &mut Out) {
    if let Some(search) = uppermost(model)
        && search.cursor + AHEAD >= search.hits.len()
        && let Some(next) = search.next.take()
    {
        ask(model, Some(next), out);
    }
}

const fn place(hit: &Hit) -> (ChatId, MessageId) {
    (hit.message.chat_id, hit.message.id)
}

/// Moves the cursor, and asks for more before the end comes.
pub(crate) fn step(model: &mut Model, by: isize, out: &mut Out) {
    let Some(search) = uppermost(model) else {
        return;
    };
    let last = search.hits.len().saturating_sub(1);
    search.cursor = search.cursor.saturating_add_signed(by).min(last);
    ask_further(model, out);
}

/// Goes to the hit under the cursor; the others can be walked along from there.
pub(crate) fn go(model: &mut Model, search: Search, out: &mut Out) {
    let from = trail::here(model);
    let query = query(&search, model.filter(), model.speech.zone());
    let hits: Vec<(ChatId, MessageId)> = search.hits.iter().map(place).collect();
    let at = search.cursor;
    let Some((chat, message)) = hits.get(at).copied() else {
        model.focus.overlays.push(Overlay::Search(Box::new(search)));
        return;
    };
    let further = search.further.then_some(search.version);
    let next = search.next;
    trail::note(model);
    visit(model, chat, message, out);
    model.hunt = Some(Hunt {
        hits,
        at,
        from,
        query,
        next,
        further,
    });
}

/// Goes to the next hit, which is an older one, or to the one before.
pub(crate) fn along(model: &mut Model, forward: bool, out: &mut Out) {
    let Some(hunt) = &mut model.hunt else {
        return say(model, Severity::Info, Say::new("toast-no-search"));
    };
    let to = if forward {
        Some(hunt.at + 1)
    } else {
        hunt.at.checked_sub(1)
    };
    if forward
        && hunt.at + AHEAD >= hunt.hits.len()
        && let Some(next) = hunt.next.take()
    {
        model.questions += 1;
        hunt.further = Some(model.questions);
        let query = SearchQuery {
            cursor: Some(next),
            ..hunt.query.clone()
        };
        out.push(Effect::Search(model.questions, query));
    }
    let Some((to, (chat, message))) = to.and_then(|to| Some((to, *hunt.hits.get(to)?))) else {
        let word = if forward && hunt.further.is_some() {
            "search-further"
        } else {
            "toast-no-more-hits"
        };
        return say(model, Severity::Info, Say::new(word));
    };
    hunt.at = to;
    let hunt = model.hunt.take();
    visit(model, chat, message, out);
    model.hunt = hunt;
}

fn visit(model: &mut Model, chat: ChatId, message: MessageId, out: &mut Out) {
    if model.open_id() == Some(chat) {
        talk::go_to(model, message, out);
    } else {
        chats::visit(model, chat, message, out);
    }
    model.focus.overlays.clear();
    model.focus.pane = Pane::Talk;
}

/// Ends the search where it began; false if there is none.
pub(crate) fn back(model: &mut Model, out: &mut Out) -> bool {
    let Some(hunt) = model.hunt.take() else {
        return false;
    };
    match hunt.from {
        Some(stand) => trail::go(model, stand, out),
        None => model.focus.pane = Pane::List,
    }
    true
}
