//! `recado stats`: figures of a span of time, by day or hour.

use common::api::problem::{Code, Problem};
use common::api::stats::{Figures, StatsBy, StatsQuery};
use common::text::day;
use common::time::{Clock, Stamp};
use jiff::Zoned;
use jiff::civil::Date;

use super::table::Table;
use super::{Desk, OnceError, number as find, print_one};
use crate::cli::StatsArgs;
use crate::side::clock::SystemClock;

pub(super) async fn stats(desk: &Desk, args: StatsArgs) -> Result<u8, OnceError> {
    let number = match &args.number {
        Some(named) => Some(find(desk, named).await?.id),
        None => None,
    };
    let now = desk.speech.local(SystemClock.now());
    let zone = now.time_zone().iana_name().map(ToOwned::to_owned);
    let query = StatsQuery {
        number,
        since: moment(desk, &now, args.since.as_deref(), Some)?,
        until: moment(desk, &now, args.until.as_deref(), |day| day.tomorrow().ok())?,
        by: Some(if args.hours {
            StatsBy::Hour
        } else {
            StatsBy::Day
        }),
        zone: zone.or_else(|| Some(now.offset().to_string())),
    };
    let stats = desk.client.stats(&query).await?;
    let say = |key| desk.speech.say(key).into_owned();
    let headings = [
        "cli-when",
        "cli-stats-in",
        "cli-stats-out",
        "cli-stats-new",
        "cli-stats-delivered",
        "cli-stats-read",
        "cli-stats-failed",
        "cli-stats-lost",
        "cli-stats-p50",
        "cli-stats-p90",
    ];
    let mut table = Table::new(headings.map(say));
    let form = if args.hours {
        "%Y-%m-%d %H:%M"
    } else {
        "%Y-%m-%d"
    };
    for step in &stats.series {
        let at = desk.speech.local(step.at).strftime(form).to_string();
        table.row(cells(at, &step.figures));
    }
    for number in &stats.numbers {
        table.row(cells(
            format!("#{} {}", number.number_id, number.label),
            &number.figures,
        ));
    }
    table.row(cells(say("cli-stats-total"), &stats.total));
    for failure in &stats.total.delivery.failures {
        let what = desk
            .speech
            .say_with("cli-stats-code", &[("code", failure.code.into())]);
        table.row([what.into_owned(), failure.count.to_string()]);
    }
    print_one(args.output, &stats, table.render().trim_end())
}

fn cells(name: String, figures: &Figures) -> [String; 10] {
    let seconds = |waited: Option<u64>| waited.map_or_else(String::new, lasting);
    [
        name,
        figures.inbound.to_string(),
        figures.outbound.to_string(),
        figures.new_customers.to_string(),
        figures.delivery.delivered.to_string(),
        figures.delivery.read.to_string(),
        figures.delivery.failed.to_string(),
        figures.windows_lost.to_string(),
        seconds(figures.first_answer.p50_s),
        seconds(figures.first_answer.p90_s),
    ]
}

/// A time as short as it can be told: `40 s`, `12 min`, `3 h 05`.
fn lasting(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds / 60),
        _ => format!("{} h {:02}", seconds / 3600, seconds / 60 % 60),
    }
}

/// A moment, or a day in the user's zone: where it begins, or where the one after it does.
fn moment(
    desk: &Desk,
    now: &Zoned,
    words: Option<&str>,
    which: fn(Date) -> Option<Date>,
) -> Result<Option<Stamp>, OnceError> {
    let Some(words) = words else {
        return Ok(None);
    };
    if let Ok(at) = words.parse::<jiff::Timestamp>() {
        return Ok(Some(at.into()));
    }
    day::read(words, now.date())
        .and_then(which)
        .and_then(|day| day.to_zoned(now.time_zone().clone()).ok())
        .map(|begin| Some(begin.timestamp().into()))
        .ok_or_else(|| {
            let words = desk
                .speech
                .say_with("cli-stats-no-day", &[("words", words.into())]);
            OnceError::Problem(Problem::new(Code::Invalid, words.into_owned()))
        })
}

#[cfg(test)]
mod tests {
    use super::lasting;

    #[test]
    fn waits_are_told_in_the_unit_that_fits() {
        let told = [0, 59, 60, 3_599, 3_600, 11_100].map(lasting);
        assert_eq!(told, ["0 s", "59 s", "1 min", "59 min", "1 h 00", "3 h 05"]);
    }
}
