//! When the model wants to be woken: there is no tick, and an idle console sleeps a whole minute.

use std::time::Duration;

use common::time::Stamp;
use config::tui::ReadReceipts;

use crate::model::Model;
use crate::model::daemon::Link;
use crate::update::{card, notice, search};

/// How long a still mark for "loading" keeps away.
pub const PATIENCE: Duration = Duration::from_millis(150);
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
    sooner(
        model
            .talk()
            .filter(|t| !t.loaded)
            .and_then(|t| t.asked_at)
            .and_then(|asked| {
                let shown = asked.plus(PATIENCE);
                (shown > now).then_some(shown)
            }),
    );
    sooner(model.focus.pending_since.and_then(|since| {
        let hint = since.plus(PENDING);
        (hint > now).then_some(hint)
    }));
    sooner(model.leaving.map(|since| since.plus(FAREWELL)));
    if matches!(model.daemon.link, Link::Lost { .. }) || last_minutes(model) {
        sooner(Some(after(now, 1000)));
    }
    at.max(now)
}

fn dwell(model: &Model) -> Option<Stamp> {
    let reading = model.settings.reading;
    let dwell = model.dwell.filter(|d| d.told.is_none())?;
    (reading.read_receipts == ReadReceipts::Dwell)
        .then(|| dwell.since.plus(Duration::from_millis(reading.dwell_ms)))
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
