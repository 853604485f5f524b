//! Figures of a span of time, from counts that were kept as things happened: no message is read.

use common::api::problem::{Code, Problem};
use common::api::stats::{Failures, Figures, NumberStats, Stats, StatsBy, StatsQuery, Step, Waits};
use common::id::NumberId;
use common::time::Stamp;
use common::window::Window;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Zoned};
use rusqlite::params;

use crate::store::apply::tally::{QUARTER, what};
use crate::store::ask::{View, chats};
use crate::store::error::StoreError;

/// More steps than this nobody looks at: a year of hours.
const MOST_STEPS: usize = 9_000;

const TALLIES: &str = "SELECT quarter, what, n FROM tallies \
     WHERE number = ?1 AND quarter >= ?2 AND quarter < ?3";
const ANSWERS: &str =
    "SELECT asked_at, took FROM answers WHERE number = ?1 AND asked_at >= ?2 AND asked_at < ?3";
/// Whoever still waits; their window may have closed meanwhile.
const WAITING: &str =
    "SELECT last_inbound FROM chats WHERE number = ?1 AND waiting_since IS NOT NULL";

/// The figures that were asked for, in steps of the zone.
pub fn run(view: &View<'_>, query: &StatsQuery, zone: &TimeZone) -> Result<Stats, StoreError> {
    let by = query.by.unwrap_or_default();
    let until = query.until.unwrap_or(view.now());
    let since = query.since.unwrap_or_else(|| a_week_before(until, zone));
    let steps = steps(since, until, by, zone)?;
    let mut total = Gathered::default();
    let mut series = vec![Gathered::default(); steps.len()];
    let mut numbers = Vec::new();
    for number in chats::numbers(view, query.number)? {
        let mut own = Gathered::default();
        gather(view, number, (since, until), &mut |at, take| {
            let step = steps
                .partition_point(|begin| *begin <= at)
                .saturating_sub(1);
            take(&mut total);
            take(&mut own);
            if let Some(step) = series.get_mut(step) {
                take(step);
            }
        })?;
        if own.any {
            numbers.push(NumberStats {
                number_id: NumberId(number),
                label: label(view, number)?,
                figures: own.figures(),
            });
        }
    }
    let series = steps.into_iter().zip(series).map(|(at, gathered)| Step {
        at: Stamp::from_millis(at),
        figures: gathered.figures(),
    });
    Ok(Stats {
        since,
        until,
        by,
        zone: query.zone.clone().unwrap_or_else(|| "UTC".to_owned()),
        total: total.figures(),
        series: series.collect(),
        numbers,
    })
}

/// What a span came to so far.
#[derive(Debug, Clone, Default)]
struct Gathered {
    figures: Figures,
    took: Vec<i64>,
    any: bool,
}

impl Gathered {
    fn count(&mut self, kind: i64, n: i64) {
        self.any = true;
        let f = &mut self.figures;
        let place = match kind {
            what::INBOUND => &mut f.inbound,
            what::OUTBOUND => &mut f.outbound,
            what::SENT => &mut f.delivery.sent,
            what::DELIVERED => &mut f.delivery.delivered,
            what::READ => &mut f.delivery.read,
            what::NEW => &mut f.new_customers,
            what::CONVERSATION => &mut f.conversations,
            what::LOST => &mut f.windows_lost,
            failed if failed >= what::FAILED => {
                add(&mut f.delivery.failed, n);
                let code = failed - what::FAILED;
                let reasons = &mut f.delivery.failures;
                if let Some(known) = reasons.iter_mut().find(|known| known.code == code) {
                    add(&mut known.count, n);
                } else {
                    let count = u64::try_from(n).unwrap_or_default();
                    reasons.push(Failures { code, count });
                }
                return;
            }
            _ => return,
        };
        add(place, n);
    }

    fn answer(&mut self, took: i64) {
        self.any = true;
        self.took.push(took);
    }

    fn figures(mut self) -> Figures {
        self.took.sort_unstable();
        let share = |percent: usize| {
            let rank = (self.took.len() * percent).div_ceil(100).saturating_sub(1);
            let millis = self.took.get(rank).copied();
            millis.and_then(|millis| u64::try_from(millis / 1000).ok())
        };
        let waits = Waits {
            answered: u64::try_from(self.took.len()).unwrap_or_default(),
            p50_s: share(50),
            p90_s: share(90),
        };
        let mut figures = self.figures;
        figures.first_answer = waits;
        let failures = &mut figures.delivery.failures;
        failures.retain(|failure| failure.count > 0);
        failures.sort_unstable_by_key(|failure| (std::cmp::Reverse(failure.count), failure.code));
        figures
    }
}

fn add(to: &mut u64, n: i64) {
    *to = to.saturating_add_signed(n);
}

/// Gives every count of a number with the moment it belongs to.
#[expect(clippy::type_complexity, reason = "a caller that is given what to do")]
fn gather(
    view: &View<'_>,
    number: i64,
    (since, until): (Stamp, Stamp),
    give: &mut dyn FnMut(i64, &dyn Fn(&mut Gathered)),
) -> Result<(), StoreError> {
    let first = since.millis().div_euclid(QUARTER);
    let end = until
        .millis()
        .saturating_add(QUARTER - 1)
        .div_euclid(QUARTER);
    let mut statement = view.conn.prepare_cached(TALLIES)?;
    let mut rows = statement.query(params![number, first, end])?;
    while let Some(row) = rows.next()? {
        let (quarter, kind, n): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let at = quarter.saturating_mul(QUARTER).max(since.millis());
        give(at, &|into| into.count(kind, n));
    }
    let mut statement = view.conn.prepare_cached(ANSWERS)?;
    let mut rows = statement.query(params![number, first * QUARTER, until.millis()])?;
    while let Some(row) = rows.next()? {
        let (at, took): (i64, i64) = (row.get(0)?, row.get(1)?);
        give(at, &|into| into.answer(took));
    }
    let mut statement = view.conn.prepare_cached(WAITING)?;
    let mut rows = statement.query([number])?;
    let over = until.min(view.now());
    while let Some(row) = rows.next()? {
        let last: Option<i64> = row.get(0)?;
        let closed = Window::of(last.map(Stamp::from_millis)).expires_at();
        if let Some(at) = closed.filter(|at| *at >= since && *at < over) {
            give(at.millis(), &|into| into.count(what::LOST, 1));
        }
    }
    Ok(())
}

fn label(view: &View<'_>, number: i64) -> Result<String, StoreError> {
    Ok(view
        .conn
        .prepare_cached("SELECT label FROM numbers WHERE id = ?1")?
        .query_row([number], |row| row.get(0))?)
}

/// The beginning of the day six days before: with today, a week.
fn a_week_before(until: Stamp, zone: &TimeZone) -> Stamp {
    let six_days = SignedDuration::from_hours(6 * 24);
    let earlier = until.timestamp().checked_sub(six_days);
    let earlier = earlier.unwrap_or_else(|_beyond| until.timestamp());
    begin_of(&earlier.to_zoned(zone.clone()), StatsBy::Day)
}

/// Where the step begins that holds this moment.
fn begin_of(at: &Zoned, by: StatsBy) -> Stamp {
    let begin = match by {
        StatsBy::Day => at.start_of_day().ok(),
        StatsBy::Hour => at
            .with()
            .minute(0)
            .second(0)
            .subsec_nanosecond(0)
            .build()
            .ok(),
    };
    begin
        .map_or_else(|| at.timestamp(), |begin| begin.timestamp())
        .into()
}

/// Where each step begins; the first one at the beginning of the span itself.
fn steps(since: Stamp, until: Stamp, by: StatsBy, zone: &TimeZone) -> Result<Vec<i64>, StoreError> {
    let refuse =
        |detail: &str| StoreError::Refused(Problem::new(Code::Invalid, detail).field("since"));
    if since >= until {
        return Err(refuse(
            "`since` is not before `until`; give a span that has passed.",
        ));
    }
    // Long enough to reach the next step from anywhere in this one, short enough not to pass it.
    let ahead = SignedDuration::from_hours(match by {
        StatsBy::Hour => 1,
        StatsBy::Day => 26,
    });
    let mut all = vec![since.millis()];
    let mut at = begin_of(&since.timestamp().to_zoned(zone.clone()), by);
    loop {
        let later = at.timestamp().checked_add(ahead);
        let next = later
            .ok()
            .map(|later| begin_of(&later.to_zoned(zone.clone()), by));
        let Some(next) = next.filter(|next| *next > at && *next < until) else {
            return Ok(all);
        };
        if all.len() >= MOST_STEPS {
            return Err(refuse(
                "The span has more than 9,000 steps: ask by day, or for less at once.",
            ));
        }
        all.push(next.millis());
        at = next;
    }
}

#[cfg(test)]
pub(crate) const PLANS: [&str; 3] = [TALLIES, ANSWERS, WAITING];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_days_and_hours_of_the_zone_also_where_clocks_change() {
        let stamp = |text: &str| Stamp::from(text.parse::<jiff::Timestamp>().unwrap());
        let zone = TimeZone::get("America/Santiago").unwrap();
        // Santiago puts its clocks back on 5 April 2026: that day has 25 hours.
        let days = steps(
            stamp("2026-04-04T10:00:00Z"),
            stamp("2026-04-07T10:00:00Z"),
            StatsBy::Day,
            &zone,
        )
        .unwrap();
        let days: Vec<String> = days
            .iter()
            .map(|d| Stamp::from_millis(*d).to_string())
            .collect();
        assert_eq!(
            days,
            [
                "2026-04-04T10:00:00Z",
                "2026-04-05T04:00:00Z",
                "2026-04-06T04:00:00Z",
                "2026-04-07T04:00:00Z",
            ]
        );
        let hours = steps(
            stamp("2026-04-04T10:30:00Z"),
            stamp("2026-04-04T13:00:00Z"),
            StatsBy::Hour,
            &zone,
        );
        assert_eq!(hours.unwrap().len(), 3);
        let backwards = steps(
            stamp("2026-04-04T10:30:00Z"),
            stamp("2026-04-04T10:30:00Z"),
            StatsBy::Hour,
            &zone,
        );
        assert!(backwards.is_err());
    }
}
