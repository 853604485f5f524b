//! When the model wants to be woken: there is no tick, and an idle console sleeps a whole minute.

use std::time::Duration;

use common::time::Stamp;
use config::tui::{Motion, ReadReceipts};

use crate::model::Model;
use crate::model::daemon::Link;
use crate::model::overlay::Overlay;
use crate::model::patience::{MOVE, MOVES_AFTER, PATIENCE};
use crate::model::search::Progress;
use crate::model::wizard::Page;
use crate::update::{card, notice, search};

/// After how long an unfinished sequence shows what may follow.
pub const PENDING: Duration = Duration::from_millis(400);
/// How long a console that is leaving waits for the daemon.
pub const FAREWELL: Duration = Duration::from_secs(2);

const MINUTE: i64 = 60_000;
const LAST_MINUTES: i64 = 10 * MINUTE;

/// The next moment at which something changes without anything happening.
pub fn next(model: &Model) -> Stamp {
    let now = model.now;
    let mut at = after(now, MINUTE);
    let mut sooner = |moment: Option<Stamp>| {
        if let Some(moment) = moment {
            at = at.min(moment);
        }
    };
    sooner(model.toasts.next());
    if model.daemon.is_up() {
        sooner(model.numbers.counts_due);
        sooner(
            model
                .composes
                .values()
                .filter(|c| c.saving.is_none())
                .filter_map(|c| c.save_at)
                .min(),
        );
    }
    sooner(model.keep_at);
    sooner(model.chats.next_back());
    sooner(dwell(model));
    sooner(notice::next(model));
    sooner(search::due(model));
    if model.daemon.is_up() {
        sooner(card::due(model));
    }
    for since in waiting(model).into_iter().flatten() {
        sooner(mark(model, since));
    }
    sooner(model.focus.pending_since.and_then(|since| {
        let hint = since.plus(PENDING);
        (hint > now).then_some(hint)
    }));
    sooner(model.leaving.map(|since| since.plus(FAREWELL)));
    if matches!(model.daemon.link, Link::Lost { .. }) || last_minutes(model) || code_runs(model) {
        sooner(Some(after(now, 1000)));
    }
    at.max(now)
}

/// Since when each thing on the screen is waited for.
fn waiting(model: &Model) -> [Option<Stamp>; 3] {
    let talk = model.talk().filter(|talk| !talk.loaded);
    let chats = &model.chats;
    let list = !chats.is_loaded() && chats.rows().is_empty();
    let search = match model.focus.overlay() {
        Some(Overlay::Search(search)) => match search.progress {
            Progress::Asked(at) => Some(at),
            _ => None,
        },
        Some(Overlay::Wizard(wizard)) => wizard.asked_at,
        _ => None,
    };
    [
        talk.and_then(|talk| talk.asked_at),
        chats.asked_at.filter(|_| list),
        search,
    ]
}

/// When the mark of something that is waited for changes: it comes, begins to move, moves.
fn mark(model: &Model, since: Stamp) -> Option<Stamp> {
    let now = model.now;
    let moves = model.settings.ui.motion == Motion::Full && !model.settings.ui.plain;
    let steps = [since.plus(PATIENCE), since.plus(MOVES_AFTER)];
    let step = steps.into_iter().take(if moves { 2 } else { 1 });
    step.into_iter()
        .find(|at| *at > now)
        .or_else(|| moves.then(|| after(now, MOVE)))
}

fn dwell(model: &Model) -> Option<Stamp> {
    let reading = model.settings.reading;
    let dwell = model.dwell.filter(|d| d.told.is_none())?;
    (reading.read_receipts == ReadReceipts::Dwell)
        .then(|| dwell.since.plus(Duration::from_millis(reading.dwell_ms)))
}

/// Whether a code of the connect wizard runs out while one looks.
fn code_runs(model: &Model) -> bool {
    let Some(Overlay::Wizard(wizard)) = model.focus.overlay() else {
        return false;
    };
    wizard.page == Page::Code && wizard.code_until().is_some_and(|end| end > model.now)
}

fn last_minutes(model: &Model) -> bool {
    let end = model.open_chat().and_then(|chat| chat.window.expires_at);
    end.is_some_and(|end| {
        let left = end.millis().saturating_sub(model.now.millis());
        (0..LAST_MINUTES).contains(&left)
    })
}

/// The next whole step after `now`.
const fn after(now: Stamp, step: i64) -> Stamp {
    let millis = now.millis();
    Stamp::from_millis(
        millis
            .saturating_sub(millis.rem_euclid(step))
            .saturating_add(step),
    )
}
