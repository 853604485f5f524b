//! A moment to come as people write it: `15:30`, `2h`, `mañana 10`, `lunes`, `12 feb 9:00`, `esta noche`.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, ToSpan};

use crate::text::day::{month, weekday};
use crate::text::fold::fold;

/// When a morning begins, where no hour is said.
pub const MORNING: Time = Time::constant(9, 0, 0, 0);
/// When an afternoon is meant.
const AFTERNOON: Time = Time::constant(15, 0, 0, 0);
/// When an evening is meant.
pub const EVENING: Time = Time::constant(19, 0, 0, 0);

/// The moment after `now` that these words mean; Spanish, Portuguese and English words are known,
/// whoever writes. A day alone is its morning, an hour alone is the next such one.
///
/// `None` where they mean no moment, or one that is over.
pub fn read(words: &str, now: DateTime) -> Option<DateTime> {
    let words = fold(words);
    let tokens: Vec<&str> = words
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|token| token.trim_matches('.').trim_end_matches("-feira"))
        .filter(|token| !token.is_empty() && !SILENT.contains(token))
        .collect();
    if let Some(span) = span(&tokens) {
        let then = now.checked_add(span).ok()?;
        return (then > now).then_some(then);
    }
    let mut said = Said::default();
    let mut rest = tokens.as_slice();
    while let [token, after @ ..] = rest {
        rest = after;
        let next = after.first().copied().unwrap_or_default();
        match said.take(token, next, now)? {
            Taken::One => {}
            Taken::Two => rest = after.get(1..).unwrap_or_default(),
        }
    }
    said.moment(now).filter(|then| *then > now)
}

/// Words that say nothing by themselves.
const SILENT: [&str; 25] = [
    "a", "as", "at", "da", "de", "depois", "do", "el", "em", "en", "esta", "feira", "in", "la",
    "las", "next", "of", "on", "por", "pela", "proximo", "que", "the", "this", "y",
];

enum Taken {
    One,
    Two,
}

#[derive(Debug, Default)]
struct Said {
    day: Option<Date>,
    time: Option<Time>,
}

impl Said {
    /// Takes one word, or two that belong together; `None` for one that means nothing here.
    fn take(&mut self, token: &str, next: &str, now: DateTime) -> Option<Taken> {
        let today = now.date();
        if let Some(time) = clock(token) {
            return self.at(time);
        }
        if let Some(time) = part(token, self.day.is_some()) {
            return self.at(time);
        }
        let ahead = match token {
            "today" | "hoy" | "hoje" => Some(0),
            "tonight" => {
                self.at(EVENING)?;
                Some(0)
            }
            "tomorrow" | "manana" | "amanha" => Some(1),
            "pasado" if next == "manana" => {
                self.on(today.checked_add(2.days()).ok()?)?;
                return Some(Taken::Two);
            }
            _ => None,
        };
        if let Some(days) = ahead {
            return self.on(today.checked_add(i64::from(days).days()).ok()?);
        }
        if let Some(weekday) = weekday(token) {
            // The one after today: whoever means today says so.
            let days = i64::from(today.tomorrow().ok()?.weekday().until(weekday)) + 1;
            return self.on(today.checked_add(days.days()).ok()?);
        }
        if let (Ok(day), Some(month)) = (token.parse(), month(next)) {
            self.on(next_one(today, month, day)?)?;
            return Some(Taken::Two);
        }
        if let (Some(month), Ok(day)) = (month(token), next.parse()) {
            self.on(next_one(today, month, day)?)?;
            return Some(Taken::Two);
        }
        if let Some(day) = dated(token, today) {
            return self.on(day);
        }
        let hour: i8 = token.parse().ok()?;
        let afternoon = matches!(next, "pm") && hour < 12;
        self.at(Time::new(hour + if afternoon { 12 } else { 0 }, 0, 0, 0).ok()?)?;
        Some(if matches!(next, "am" | "pm" | "h" | "hs" | "hrs") {
            Taken::Two
        } else {
            Taken::One
        })
    }

    fn at(&mut self, time: Time) -> Option<Taken> {
        self.time.replace(time).is_none().then_some(Taken::One)
    }

    fn on(&mut self, day: Date) -> Option<Taken> {
        self.day.replace(day).is_none().then_some(Taken::One)
    }

    fn moment(self, now: DateTime) -> Option<DateTime> {
        match (self.day, self.time) {
            (Some(day), time) => Some(day.to_datetime(time.unwrap_or(MORNING))),
            (None, Some(time)) if time > now.time() => Some(now.date().to_datetime(time)),
            (None, Some(time)) => Some(now.date().tomorrow().ok()?.to_datetime(time)),
            (None, None) => None,
        }
    }
}

/// `2h`, `2 horas`, `90 min`, `3 dias`, `1w`.
fn span(tokens: &[&str]) -> Option<Span> {
    let (many, unit) = match tokens {
        [one] => {
            let digits = one.chars().take_while(char::is_ascii_digit).count();
            one.split_at_checked(digits)?
        }
        [many, unit] => (*many, *unit),
        _ => return None,
    };
    let many: i64 = many
        .parse()
        .ok()
        .filter(|many| (1..=3_660).contains(many))?;
    match unit {
        "m" | "min" | "mins" | "minutes" | "minutos" => Some(many.minutes()),
        "h" | "hora" | "horas" | "hour" | "hours" if tokens.len() == 1 || unit.len() > 1 => {
            Some(many.hours())
        }
        "d" | "dia" | "dias" | "day" | "days" => Some(many.days()),
        "w" | "sem" | "semana" | "semanas" | "week" | "weeks" => Some(many.weeks()),
        _ => None,
    }
}

/// `15:30`, `9:05`, `15h30`, `9am`, `3pm`.
fn clock(token: &str) -> Option<Time> {
    for (end, more) in [("am", 0), ("pm", 12)] {
        if let Some(hour) = token
            .strip_suffix(end)
            .and_then(|hour| hour.parse::<i8>().ok())
        {
            let hour = if (1..=12).contains(&hour) {
                hour % 12
            } else {
                return None;
            };
            return Time::new(hour + more, 0, 0, 0).ok();
        }
    }
    let (hour, minute) = token.split_once([':', 'h'])?;
    if minute.len() != 2 || hour.is_empty() {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// A part of the day; `mañana` is the morning only behind a day.
fn part(token: &str, behind_day: bool) -> Option<Time> {
    match token {
        "morning" => Some(MORNING),
        "manana" | "manha" if behind_day => Some(MORNING),
        "afternoon" | "tarde" => Some(AFTERNOON),
        "evening" | "night" | "noche" | "noite" => Some(EVENING),
        _ => None,
    }
}

/// `2026-02-12`, `12/2`, `12/2/26`.
fn dated(token: &str, today: Date) -> Option<Date> {
    let parts: Vec<&str> = token.split(['-', '/', '.']).collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => {
            Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
        }
        [day, month, year] => {
            let year: i16 = year.parse().ok()?;
            let year = if year < 100 { year + 2000 } else { year };
            Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
        }
        [day, month] => next_one(today, month.parse().ok()?, day.parse().ok()?),
        _ => None,
    }
}

/// The next such day, today included.
fn next_one(today: Date, month: i32, day: i8) -> Option<Date> {
    let month = i8::try_from(month).ok()?;
    (0..5)
        .filter_map(|years| Date::new(today.year() + years, month, day).ok())
        .find(|then| *then >= today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A Thursday at noon.
    const NOW: DateTime = jiff::civil::datetime(2026, 3, 12, 12, 0, 0, 0);

    #[test]
    fn moments_are_read_as_people_write_them() {
        for (words, meant) in [
            ("15:30", "2026-03-12T15:30:00"),
            ("9:05", "2026-03-13T09:05:00"),
            ("15", "2026-03-12T15:00:00"),
            ("15 h", "2026-03-12T15:00:00"),
            ("15h30", "2026-03-12T15:30:00"),
            ("3pm", "2026-03-12T15:00:00"),
            ("3 pm", "2026-03-12T15:00:00"),
            ("12am", "2026-03-13T00:00:00"),
            ("2h", "2026-03-12T14:00:00"),
            ("en 2 horas", "2026-03-12T14:00:00"),
            ("90 min", "2026-03-12T13:30:00"),
            ("3 dias", "2026-03-15T12:00:00"),
            ("1w", "2026-03-19T12:00:00"),
            ("tonight", "2026-03-12T19:00:00"),
            ("esta noche", "2026-03-12T19:00:00"),
            ("hoje à noite", "2026-03-12T19:00:00"),
            ("tomorrow", "2026-03-13T09:00:00"),
            ("Mañana", "2026-03-13T09:00:00"),
            ("mañana por la mañana", "2026-03-13T09:00:00"),
            ("amanhã de manhã", "2026-03-13T09:00:00"),
            ("amanhã às 10", "2026-03-13T10:00:00"),
            ("mañana 10:30", "2026-03-13T10:30:00"),
            ("pasado mañana", "2026-03-14T09:00:00"),
            ("tomorrow afternoon", "2026-03-13T15:00:00"),
            ("monday", "2026-03-16T09:00:00"),
            ("el lunes a las 8", "2026-03-16T08:00:00"),
            ("próximo segunda-feira", "2026-03-16T09:00:00"),
            ("thursday", "2026-03-19T09:00:00"),
            ("12 feb", "2027-02-12T09:00:00"),
            ("15 de marzo 9:00", "2026-03-15T09:00:00"),
            ("march 15", "2026-03-15T09:00:00"),
            ("24/12", "2026-12-24T09:00:00"),
            ("24/12/26 18:00", "2026-12-24T18:00:00"),
            ("2026-04-01", "2026-04-01T09:00:00"),
        ] {
            let read = read(words, NOW).map(|then| then.to_string());
            assert_eq!(read.as_deref(), Some(meant), "{words}");
        }
        for words in [
            "",
            "x",
            "soon",
            "25:00",
            "2020-01-01",
            "hoy 9:00",
            "0 min",
            "lunes martes",
            "10 11",
            "15:30:10",
            "32/1",
            "99",
            "99999999999999h",
            "13pm",
        ] {
            assert_eq!(read(words, NOW), None, "{words}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_still_to_come(words in "[a-zñ0-9:/ -]{0,16}", minutes in 0_i64..5_000_000) {
            let now = jiff::civil::datetime(2020, 1, 1, 0, 0, 0, 0).checked_add(minutes.minutes()).unwrap();
            if let Some(then) = read(&words, now) {
                prop_assert!(then > now);
            }
        }

        #[test]
        fn every_minute_to_come_is_read_back(minutes in 1_i64..500_000) {
            let then = NOW.checked_add(minutes.minutes()).unwrap();
            let words = then.strftime("%Y-%m-%d %H:%M").to_string();
            prop_assert_eq!(read(&words, NOW), Some(then));
        }
    }
}
