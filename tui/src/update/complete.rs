//! Emoji and saved replies by name: what a name after a colon or a stroke may become, and becoming it.

use crossterm::event::{KeyCode, KeyEvent};

use crate::model::Model;
use crate::model::compose::{Complete, Compose, Found};
use crate::part::emoji;
use crate::update::{Out, compose, replies};

/// Letters from which names are offered.
const FROM: usize = 2;
/// No more are offered.
const MOST: usize = 6;

/// A letter was typed: a name that its colon ends becomes its emoji, one that goes on is offered.
pub(crate) fn typed(model: &mut Model, out: &mut Out) {
    let Some(compose) = open_box(model) else {
        return;
    };
    let before = compose.field.before_cursor();
    if let Some(inner) = before.strip_suffix(':') {
        let found = name_at_end(inner).and_then(|name| Some((name, emoji::exact(name)?)));
        if let Some((name, emoji)) = found {
            let letters = name.chars().count() + 2;
            compose::edit(model, |field| field.replace_before(letters, emoji));
        }
        return;
    }
    if let Some(offered) = replies::offered(model, &before, out) {
        if let Some(compose) = open_box(model) {
            compose.complete = Some(offered);
        }
        return;
    }
    let Some(compose) = open_box(model) else {
        return;
    };
    compose.complete = name_at_end(&before)
        .filter(|name| name.chars().count() >= FROM)
        .and_then(|name| {
            let found = emoji::beginning(name, MOST);
            let found: Vec<Found> = found.into_iter().map(Found::Emoji).collect();
            (!found.is_empty()).then(|| Complete {
                letters: name.chars().count() + 1,
                found,
                cursor: 0,
                moved: false,
            })
        });
}

/// Whether a key meant what is offered, and was done.
pub(crate) fn key(model: &mut Model, key: KeyEvent) -> bool {
    let Some(compose) = open_box(model) else {
        return false;
    };
    let Some(complete) = &mut compose.complete else {
        return false;
    };
    if !key.modifiers.is_empty() {
        return false;
    }
    let count = complete.found.len();
    match key.code {
        KeyCode::Down => complete.cursor = (complete.cursor + 1) % count,
        KeyCode::Up => complete.cursor = (complete.cursor + count - 1) % count,
        KeyCode::Esc => compose.complete = None,
        KeyCode::Tab => choose(model, None),
        // A saved reply is meant by its name: the name itself is nothing to send.
        KeyCode::Enter if complete.moved || complete.is_of_replies() => choose(model, None),
        _ => return false,
    }
    if matches!(key.code, KeyCode::Down | KeyCode::Up)
        && let Some(complete) = open_box(model).and_then(|c| c.complete.as_mut())
    {
        complete.moved = true;
    }
    true
}

/// Puts what stands at a place of what is offered in, or what has the cursor.
pub(crate) fn choose(model: &mut Model, place: Option<usize>) {
    let Some(complete) = open_box(model).and_then(|c| c.complete.take()) else {
        return;
    };
    let place = place.unwrap_or(complete.cursor);
    match complete.found.get(place) {
        Some(Found::Emoji(named)) => compose::edit(model, |field| {
            field.replace_before(complete.letters, named.emoji)
        }),
        Some(Found::Reply(reply)) => replies::insert(model, reply, complete.letters),
        None => {}
    }
}

/// The name that a text ends with, if a colon at the begin of a word stands before it.
fn name_at_end(text: &str) -> Option<&str> {
    let (before, name) = text.rsplit_once(':')?;
    let at_begin = before.chars().next_back().is_none_or(char::is_whitespace);
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '+' | '-');
    let fits = name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '+' | '-'))
        && name.chars().all(is_name);
    (at_begin && fits).then_some(name)
}

fn open_box(model: &mut Model) -> Option<&mut Compose> {
    let open = model.open_id()?;
    model.composes.get_mut(&open)
}
