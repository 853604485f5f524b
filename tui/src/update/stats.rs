//! Deeds of the statistics screen: another span, another number, the figures as CSV.

use std::fmt::Write;
use std::time::Duration;

use common::api::event::Severity;
use common::api::problem::Problem;
use common::api::stats::{Stats, StatsBy, StatsQuery};
use common::time::Stamp;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::action::Action;
use crate::effect::Effect;
use crate::model::Model;
use crate::model::overlay::Overlay;
use crate::model::stats::{Span, StatsView};
use crate::model::toast::Say;
use crate::msg::{Both, StatsAsk};
use crate::speech::Speech;
use crate::update::Out;
use crate::update::talk::say;

/// Spans further back than this are not asked for.
const OLDEST: u16 = 400;

/// Opens the screen, of the number that the list is narrowed to; closes it if it is open.
pub(crate) fn toggle(model: &mut Model, out: &mut Out) {
    if let Some(at) = place(model) {
        model.focus.overlays.remove(at);
        return;
    }
    let view = StatsView {
        number: model.filter(),
        ..StatsView::default()
    };
    model.focus.overlays.push(Overlay::Stats(Box::new(view)));
    ask(model, out);
}

fn place(model: &Model) -> Option<usize> {
    let layers = &model.focus.overlays;
    layers
        .iter()
        .position(|layer| matches!(layer, Overlay::Stats(_)))
}

fn view(model: &mut Model) -> Option<&mut StatsView> {
    model
        .focus
        .overlays
        .iter_mut()
        .find_map(|layer| match layer {
            Overlay::Stats(view) => Some(view.as_mut()),
            _ => None,
        })
}

/// Does a deed of the screen, if it lies uppermost; true if it was one.
pub(crate) fn act(model: &mut Model, action: Action, out: &mut Out) -> bool {
    if !matches!(model.focus.overlay(), Some(Overlay::Stats(_))) {
        return false;
    }
    let numbers: Vec<_> = model.numbers.iter().map(|number| number.id).collect();
    let Some(view) = view(model) else {
        return false;
    };
    let turn = |span| (span, 0);
    let (span, back) = (view.span, view.back);
    (view.span, view.back) = match action {
        Action::StatsDay => turn(Span::Day),
        Action::StatsWeek => turn(Span::Week),
        Action::StatsMonth => turn(Span::Month),
        Action::StatsEarlier => (span, back.saturating_add(1).min(OLDEST)),
        Action::StatsLater => (span, back.saturating_sub(1)),
        Action::NextPane | Action::PreviousPane => {
            // All, then each number, then all again.
            let count = numbers.len() + 1;
            let now = view
                .number
                .and_then(|id| numbers.iter().position(|other| *other == id))
                .map_or(0, |at| at + 1);
            let step = if action == Action::NextPane {
                1
            } else {
                count - 1
            };
            view.number = ((now + step) % count)
                .checked_sub(1)
                .and_then(|at| numbers.get(at).copied());
            (span, back)
        }
        Action::StatsCopy => {
            copy(model, out);
            return true;
        }
        _ => return false,
    };
    ask(model, out);
    true
}

/// The figures have come.
pub(crate) fn take(model: &mut Model, asked: &StatsAsk, result: Result<Box<Both>, Problem>) {
    let Some(view) = view(model).filter(|view| view.asked.as_ref() == Some(asked)) else {
        return;
    };
    match result {
        Ok(both) => (view.both, view.problem) = (Some(both), None),
        Err(problem) => (view.both, view.problem) = (None, Some(problem)),
    }
    model.redraw = true;
}

/// Asks for what the screen is to show.
fn ask(model: &mut Model, out: &mut Out) {
    let now = model.now;
    let Some((span, back, number)) = view(model).map(|view| (view.span, view.back, view.number))
    else {
        return;
    };
    let speech = &model.speech;
    let (from, to) = days(speech.date(now), span, back);
    let (since, end) = (begin(speech, from, now), begin(speech, to, now));
    let until = end.min(now);
    // As much of the span before: a morning is compared with a morning.
    let (before, _) = days(speech.date(now), span, back.saturating_add(1));
    let earlier = begin(speech, before, now);
    let gone = Duration::from_millis(u64::try_from(until.millis() - since.millis()).unwrap_or(0));
    let query = |since: Stamp, until: Stamp| StatsQuery {
        number,
        since: Some(since),
        until: Some(until),
        by: Some(match span {
            Span::Day => StatsBy::Hour,
            Span::Week | Span::Month => StatsBy::Day,
        }),
        zone: Some(zone(speech, now)),
    };
    let asked = StatsAsk {
        shown: query(since, until),
        before: query(earlier, earlier.plus(gone).min(since)),
    };
    if let Some(view) = view(model) {
        view.asked = Some(asked.clone());
    }
    out.push(Effect::Stats(Box::new(asked)));
}

/// When a day begins in the zone of the screen.
fn begin(speech: &Speech, day: Date, now: Stamp) -> Stamp {
    let zone = speech.local(now).time_zone().clone();
    day.to_zoned(zone)
        .map_or(now, |begin| begin.timestamp().into())
}

/// The zone as the daemon knows it: its IANA name, or else its distance from UTC.
fn zone(speech: &Speech, now: Stamp) -> String {
    let local = speech.local(now);
    local
        .time_zone()
        .iana_name()
        .map_or_else(|| local.strftime("%:z").to_string(), str::to_owned)
}

/// The first day of a span, and the first after it.
pub(crate) fn days(today: Date, span: Span, back: u16) -> (Date, Date) {
    let back = i64::from(back);
    let near = |date: Result<Date, jiff::Error>| date.unwrap_or(today);
    match span {
        Span::Day => {
            let from = near(today.checked_sub(back.days()));
            (from, near(from.tomorrow()))
        }
        Span::Week => {
            let monday = i64::from(today.weekday().to_monday_zero_offset());
            let from = near(today.checked_sub((monday + 7 * back).days()));
            (from, near(from.checked_add(7.days())))
        }
        Span::Month => {
            let from = near(today.first_of_month().checked_sub(back.months()));
            (from, near(from.checked_add(1.months())))
        }
    }
}

fn copy(model: &mut Model, out: &mut Out) {
    let text = view(model)
        .and_then(|view| view.both.as_deref().map(|both| both.shown.clone()))
        .map(|stats| csv(&stats, &model.speech));
    match text {
        Some(text) => out.push(Effect::Copy(text)),
        None => say(model, Severity::Info, Say::new("stats-loading")),
    }
}

/// The steps of the series, one a line, for a spreadsheet.
pub(crate) fn csv(stats: &Stats, speech: &Speech) -> String {
    let mut text = String::from(
        "time,in,out,new_customers,conversations,windows_lost,sent,delivered,read,failed,\
         answered,first_answer_p50_s,first_answer_p90_s\n",
    );
    for step in &stats.series {
        let figures = &step.figures;
        let (way, wait) = (&figures.delivery, &figures.first_answer);
        let time = speech.local(step.at).strftime("%Y-%m-%d %H:%M").to_string();
        let counts = [
            figures.inbound,
            figures.outbound,
            figures.new_customers,
            figures.conversations,
            figures.windows_lost,
            way.sent,
            way.delivered,
            way.read,
            way.failed,
            wait.answered,
        ];
        let counts: Vec<String> = counts.iter().map(u64::to_string).collect();
        let or_nothing = |value: Option<u64>| value.map(|v| v.to_string()).unwrap_or_default();
        // Writing to a string cannot fail.
        let _always = writeln!(
            text,
            "{time},{},{},{}",
            counts.join(","),
            or_nothing(wait.p50_s),
            or_nothing(wait.p90_s)
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{csv, days};
    use crate::effect::Effect;
    use crate::model::overlay::Overlay;
    use crate::model::stats::Span;
    use crate::msg::{Answer, Both};
    use crate::speech::{Lang, Speech};
    use crate::update::fixture::Bench;
    use common::api::stats::{Figures, Stats, StatsBy, Step};
    use common::time::Stamp;
    use jiff::civil::date;

    fn stats(at: Stamp) -> Stats {
        let figures = Figures {
            inbound: 3,
            outbound: 2,
            ..Figures::default()
        };
        Stats {
            since: at,
            until: at,
            by: StatsBy::Hour,
            zone: "UTC".into(),
            total: figures.clone(),
            series: vec![Step { at, figures }],
            numbers: Vec::new(),
        }
    }

    #[test]
    fn spans_begin_where_people_say_they_do() {
        let today = date(2026, 3, 3);
        assert_eq!(days(today, Span::Day, 1), (date(2026, 3, 2), today));
        let week = (date(2026, 3, 2), date(2026, 3, 9));
        assert_eq!(days(today, Span::Week, 0), week);
        let month = (date(2026, 2, 1), date(2026, 3, 1));
        assert_eq!(days(today, Span::Month, 1), month);
    }

    #[test]
    fn the_screen_asks_for_its_span_and_for_as_much_of_the_one_before() {
        let mut bench = Bench::connected();
        bench.take();
        bench.key("f3");
        let asked = |bench: &mut Bench| {
            bench.take().into_iter().find_map(|effect| match effect {
                Effect::Stats(asked) => Some(*asked),
                _ => None,
            })
        };
        let first = asked(&mut bench).unwrap();
        let long = |query: &common::api::stats::StatsQuery| {
            query.until.unwrap().millis() - query.since.unwrap().millis()
        };
        assert_eq!(long(&first.shown), long(&first.before));
        assert_eq!(first.shown.number, None);
        bench.key("tab");
        let second = asked(&mut bench).unwrap();
        assert!(second.shown.number.is_some());
        // The answer to the first comes too late.
        let both = || {
            Box::new(Both {
                shown: stats(Stamp::default()),
                before: stats(Stamp::default()),
            })
        };
        bench.answer(Answer::Stats(Box::new(first), Ok(both())));
        bench.key("c");
        assert!(!bench.take().iter().any(|e| matches!(e, Effect::Copy(_))));
        bench.answer(Answer::Stats(Box::new(second), Ok(both())));
        bench.key("c");
        assert!(bench.take().iter().any(|e| matches!(e, Effect::Copy(_))));
        bench.key("w h l");
        assert!(
            matches!(bench.model.focus.overlay(), Some(Overlay::Stats(view)) if view.back == 0)
        );
        bench.key("f3");
        assert!(bench.model.focus.overlays.is_empty());
    }

    #[test]
    fn the_copy_is_what_a_spreadsheet_reads() {
        let text = csv(
            &stats(Stamp::from_seconds(1_772_559_120)),
            &Speech::of(Lang::Es),
        );
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "2026-03-03 17:32,3,2,0,0,0,0,0,0,0,0,,");
        assert_eq!(lines[0].split(',').count(), lines[1].split(',').count());
    }
}
