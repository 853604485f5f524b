//! A day as people type it: "yesterday", "ayer", "ontem", "12 feb", "lunes", "3/2", "2026-02-12".

use jiff::ToSpan;
use jiff::civil::Date;
use nucleo_matcher::chars::normalize;

use crate::speech::{Lang, Speech};

/// The day that is meant, never one to come; none if it cannot be told.
pub fn day(text: &str, today: Date) -> Option<Date> {
    let text = folded(text);
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty() && *word != "de" && *word != "of")
        .collect();
    match words.as_slice() {
        [] => None,
        [one] => named(one, today).or_else(|| by_digits(one, today)),
        [first, rest @ ..] => {
            let (number, month) = match (first.parse::<i8>(), rest.first()?.parse::<i8>()) {
                (Ok(number), _) => (number, *rest.first()?),
                (_, Ok(number)) => (number, *first),
                _ => return None,
            };
            let year = match rest.get(1) {
                Some(year) => Some(full_year(year)?),
                None => None,
            };
            past(year, month_of(month)?, number, today)
        }
    }
}

/// Lower case without accents.
fn folded(text: &str) -> String {
    text.trim()
        .chars()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(normalize)
        .flat_map(char::to_lowercase)
        .collect()
}

/// The words of every language: whoever writes "ontem" on a Spanish screen is understood.
fn said(keys: &[String]) -> impl Iterator<Item = (usize, String)> {
    Lang::ALL.into_iter().flat_map(move |lang| {
        let speech = Speech::of(lang);
        let words = keys.iter().map(|key| folded(&speech.say(key)));
        words.enumerate().collect::<Vec<_>>()
    })
}

fn keys(head: &str, count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("{head}-{n}")).collect()
}

/// Which of these is begun by the word; three letters are enough.
fn which(word: &str, keys: &[String]) -> Option<usize> {
    let word = word.trim_end_matches('.');
    let meant = |said: &str| said == word || word.chars().count() >= 3 && said.starts_with(word);
    said(keys).find(|(_, said)| meant(said)).map(|(at, _)| at)
}

fn named(word: &str, today: Date) -> Option<Date> {
    let near: Vec<String> = ["day-today", "day-yesterday", "day-before-yesterday"]
        .map(str::to_owned)
        .into();
    let exact = said(&near).find(|(_, said)| said == word);
    if let Some((ago, _)) = exact {
        return today.checked_sub(i64::try_from(ago).ok()?.days()).ok();
    }
    let weekday = i64::try_from(which(word, &keys("weekday", 7))?).ok()?;
    let now = i64::from(today.weekday().to_monday_zero_offset());
    let ago = (now - weekday - 1).rem_euclid(7) + 1;
    today.checked_sub(ago.days()).ok()
}

fn month_of(word: &str) -> Option<i8> {
    let at = which(word, &keys("month", 12))?;
    i8::try_from(at + 1).ok()
}

/// `2026-02-12`, `12/2`, `12.2.2026`, `12-2-26`, `12`.
fn by_digits(text: &str, today: Date) -> Option<Date> {
    let parts: Vec<&str> = text
        .split(['-', '/', '.'])
        .filter(|p| !p.is_empty())
        .collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => {
            Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
        }
        [day, month, year] => past(
            Some(full_year(year)?),
            month.parse().ok()?,
            day.parse().ok()?,
            today,
        ),
        [day, month] => past(None, month.parse().ok()?, day.parse().ok()?, today),
        [day] => {
            let day: i8 = day.parse().ok()?;
            let months = [0, 1].map(|ago: i64| today.first_of_month().checked_sub(ago.months()));
            months.into_iter().flatten().find_map(|month| {
                let day = Date::new(month.year(), month.month(), day).ok()?;
                (day <= today).then_some(day)
            })
        }
        [] | [..] => None,
    }
}

fn full_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

/// That day of the year, or of the last year that has it behind us.
fn past(year: Option<i16>, month: i8, day: i8, today: Date) -> Option<Date> {
    if let Some(year) = year {
        return Date::new(year, month, day).ok();
    }
    (0..=8).find_map(|ago| {
        let day = Date::new(today.year() - ago, month, day).ok()?;
        (day <= today).then_some(day)
    })
}

#[cfg(test)]
mod tests {
    use super::day;
    use jiff::civil::{Date, date};

    /// A Tuesday.
    const TODAY: Date = date(2026, 3, 3);

    #[test]
    fn days_are_understood_as_people_say_them() {
        for (text, meant) in [
            ("today", date(2026, 3, 3)),
            (" Hoy ", date(2026, 3, 3)),
            ("hoje", date(2026, 3, 3)),
            ("yesterday", date(2026, 3, 2)),
            ("AYER", date(2026, 3, 2)),
            ("ontem", date(2026, 3, 2)),
            ("anteayer", date(2026, 3, 1)),
            ("anteontem", date(2026, 3, 1)),
            ("12 feb", date(2026, 2, 12)),
            ("12 de febrero", date(2026, 2, 12)),
            ("12 de fevereiro de 2024", date(2024, 2, 12)),
            ("February 12, 2025", date(2025, 2, 12)),
            ("feb 12", date(2026, 2, 12)),
            ("30 dic", date(2025, 12, 30)),
            ("29 feb", date(2024, 2, 29)),
            ("2026-02-12", date(2026, 2, 12)),
            ("12/2", date(2026, 2, 12)),
            ("12.2.25", date(2025, 2, 12)),
            ("3", date(2026, 3, 3)),
            ("28", date(2026, 2, 28)),
            ("monday", date(2026, 3, 2)),
            ("martes", date(2026, 2, 24)),
            ("sab", date(2026, 2, 28)),
            ("sábado", date(2026, 2, 28)),
            ("terça-feira", date(2026, 2, 24)),
        ] {
            assert_eq!(day(text, TODAY), Some(meant), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "  ",
            "x",
            "32/1",
            "12 xyz",
            "99",
            "2026-13-01",
            "a b c d",
            "/",
            "1/2/3/4",
        ] {
            assert_eq!(day(text, TODAY), None, "{text}");
        }
    }
}
