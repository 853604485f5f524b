//! What the statistics say: sums with their names, the steps worth showing, all of it in words.

use std::time::Duration;

use common::api::stats::{Delivery, Stats, StatsBy, Step};
use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::layout::Rect;

use crate::msg::Both;
use crate::speech::Arg;
use crate::view::canvas::{Desk, Pen};
use crate::view::figures::{change, figure, span};

/// Steps that are shown even if nothing happened in them.
const LEAST: usize = 10;

/// The steps worth showing: from the first to the last in which something happened.
pub(super) fn busy(stats: &Stats) -> &[Step] {
    let some = |step: &Step| step.figures.inbound + step.figures.outbound > 0;
    let all = &stats.series;
    let mut from = all.iter().position(some).unwrap_or(0);
    let mut to = all
        .iter()
        .rposition(some)
        .map_or(all.len(), |last| last + 1);
    if stats.by == StatsBy::Day {
        (from, to) = (0, all.len());
    }
    while to - from < LEAST && (from > 0 || to < all.len()) {
        to = (to + 1).min(all.len());
        if to - from < LEAST {
            from = from.saturating_sub(1);
        }
    }
    all.get(from..to).unwrap_or_default()
}

pub(super) fn step_name(desk: &Desk<'_>, stats: &Stats, step: &Step) -> String {
    let local = desk.speech.local(step.at);
    match stats.by {
        StatsBy::Hour => format!("{:02}", local.hour()),
        StatsBy::Day => format!("{:02}", local.day()),
    }
}

/// Every sum with its name, and how it compares.
pub(super) fn facts(desk: &Desk<'_>, both: &Both) -> Vec<(&'static str, String, String)> {
    let (now, before) = (&both.shown.total, &both.before.total);
    let count = |n: u64| figure(desk.speech, n);
    let wait = |seconds: Option<u64>| {
        seconds.map_or_else(
            || "–".to_owned(),
            |s| span(desk.speech, Duration::from_secs(s)),
        )
    };
    vec![
        (
            "stats-in",
            count(now.inbound),
            change(now.inbound, before.inbound),
        ),
        (
            "stats-out",
            count(now.outbound),
            change(now.outbound, before.outbound),
        ),
        ("stats-new", count(now.new_customers), String::new()),
        (
            "stats-answer",
            wait(now.first_answer.p50_s),
            "p50".to_owned(),
        ),
        (
            "stats-answer-most",
            wait(now.first_answer.p90_s),
            "p90".to_owned(),
        ),
        (
            "stats-conversations",
            count(now.conversations),
            String::new(),
        ),
        ("stats-lost", count(now.windows_lost), String::new()),
    ]
}

pub(super) fn ways(delivery: &Delivery) -> [(&'static str, u64, Slot); 4] {
    [
        ("tick-sent", delivery.sent, Slot::Sent),
        ("tick-delivered", delivery.delivered, Slot::Delivered),
        ("tick-read", delivery.read, Slot::Read),
        ("tick-failed", delivery.failed, Slot::Failed),
    ]
}

/// The same in words, one thing a line.
pub(super) fn spoken(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, both: &Both) {
    let mut rows: Vec<String> = facts(desk, both)
        .into_iter()
        .map(|(key, value, note)| format!("{}: {value} {note}", desk.say(key)))
        .collect();
    for (key, count, _) in ways(&both.shown.total.delivery) {
        rows.push(format!("{}: {}", desk.say(key), figure(desk.speech, count)));
    }
    for one in &both.shown.numbers {
        let sum = one.figures.inbound + one.figures.outbound;
        rows.push(format!(
            "{}: {}",
            clean_line(&one.label, 40),
            figure(desk.speech, sum)
        ));
    }
    for step in busy(&both.shown) {
        let name = step_name(desk, &both.shown, step);
        let args = [
            ("step", Arg::from(&name)),
            (
                "in",
                Arg::Count(i64::try_from(step.figures.inbound).unwrap_or(0)),
            ),
            (
                "out",
                Arg::Count(i64::try_from(step.figures.outbound).unwrap_or(0)),
            ),
        ];
        rows.push(desk.say_with("stats-step", &args).into_owned());
    }
    for (y, row) in (area.y..area.bottom()).zip(rows) {
        pen.text(
            (area.x, y),
            area.width,
            row.trim_end(),
            desk.ink(Slot::Text),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::part::wrap;
    use crate::speech::{Lang, Speech};
    use crate::view::stats::LABEL;

    #[test]
    fn every_fact_has_room_for_its_name() {
        let keys = [
            "stats-in",
            "stats-out",
            "stats-new",
            "stats-answer",
            "stats-answer-most",
            "stats-conversations",
            "stats-lost",
        ];
        for lang in Lang::ALL {
            let speech = Speech::of(lang);
            for key in keys {
                let word = speech.say(key);
                assert!(wrap::width(&word) <= usize::from(LABEL), "{lang:?}: {word}");
            }
        }
    }
}
