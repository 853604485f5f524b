//! A day as people write it: `today`, `ayer`, `12 feb`, `2026-02-12`, `12/2`, `7d`.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use crate::text::fold::fold;

/// The day that these words mean, seen from `today`. Days and months without a year are the last
/// such ones that have come; Spanish, Portuguese and English words are known, whoever reads.
///
/// `None` where they mean no day.
pub fn read(words: &str, today: Date) -> Option<Date> {
    let words = fold(words);
    let parts: Vec<&str> = words
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | '_' | ','))
        .filter(|part| {
            !part.is_empty() && !matches!(*part, "de" | "of" | "the" | "el" | "o" | "feira")
        })
        .collect();
    match parts.as_slice() {
        [word] => one_word(word, today),
        [a, b] => day_and_month(a, b).and_then(|(month, day)| last_one(today, month, day)),
        [a, b, c] => dated(a, b, c),
        _ => None,
    }
}

fn one_word(word: &str, today: Date) -> Option<Date> {
    let back = |span: Span| today.checked_sub(span).ok();
    match word {
        "today" | "hoy" | "hoje" => return Some(today),
        "yesterday" | "ayer" | "ontem" => return back(1.day()),
        "anteayer" | "anteontem" => return back(2.days()),
        _ => {}
    }
    if let Some(weekday) = weekday(word) {
        let days = today.weekday().since(weekday);
        return back(i64::from(days).days());
    }
    if word.len() == 8
        && let Ok(all) = word.parse::<i32>()
    {
        return date(all / 10_000, all / 100 % 100, all % 100);
    }
    // Two weeks ago, ninety days ago: 2w, 90d; s and sem are weeks elsewhere.
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let many: i64 = digits.parse().ok().filter(|many| *many <= 36_500)?;
    match word.strip_prefix(digits.as_str())? {
        "d" => back(many.days()),
        "w" | "s" | "sem" => back(many.weeks()),
        "m" => back(many.months()),
        "y" | "a" => back(many.min(100).years()),
        "" if (1..=31).contains(&many) => {
            // The last such day of a month.
            let day = i8::try_from(many).ok()?;
            (0..12).find_map(|months: i64| {
                let month = today.first_of_month().checked_sub(months.months()).ok()?;
                let then = month.with().day(day).build().ok()?;
                (then <= today).then_some(then)
            })
        }
        _ => None,
    }
}

/// `12 feb`, `feb 12`, `12/2`; in figures the day stands first.
fn day_and_month(a: &str, b: &str) -> Option<(i32, i32)> {
    match (a.parse::<i32>(), b.parse::<i32>()) {
        (Ok(day), Ok(month)) => Some((month, day)),
        (Ok(day), Err(_word)) => Some((month(b)?, day)),
        (Err(_word), Ok(day)) => Some((month(a)?, day)),
        _ => None,
    }
}

/// `2026-02-12`, `12/2/2026`, `12 feb 26`.
fn dated(a: &str, b: &str, c: &str) -> Option<Date> {
    let year = |text: &str| {
        let year: i32 = text.parse().ok()?;
        Some(if year < 100 { year + 2000 } else { year })
    };
    if a.len() == 4 && a.chars().all(|c| c.is_ascii_digit()) {
        let month = b.parse().ok().or_else(|| month(b))?;
        return date(year(a)?, month, c.parse().ok()?);
    }
    let (month, day) = day_and_month(a, b)?;
    date(year(c)?, month, day)
}

fn last_one(today: Date, month: i32, day: i32) -> Option<Date> {
    (0..5)
        .filter_map(|years| date(i32::from(today.year()) - years, month, day))
        .find(|then| *then <= today)
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// Each month in our languages.
const MONTHS: [[&str; 3]; 12] = [
    ["january", "enero", "janeiro"],
    ["february", "febrero", "fevereiro"],
    ["march", "marzo", "marco"],
    ["april", "abril", "abril"],
    ["may", "mayo", "maio"],
    ["june", "junio", "junho"],
    ["july", "julio", "julho"],
    ["august", "agosto", "agosto"],
    ["september", "septiembre", "setembro"],
    ["october", "octubre", "outubro"],
    ["november", "noviembre", "novembro"],
    ["december", "diciembre", "dezembro"],
];

/// Each day of the week in our languages, Monday first.
const WEEKDAYS: [[&str; 3]; 7] = [
    ["monday", "lunes", "segunda"],
    ["tuesday", "martes", "terca"],
    ["wednesday", "miercoles", "quarta"],
    ["thursday", "jueves", "quinta"],
    ["friday", "viernes", "sexta"],
    ["saturday", "sabado", "sabado"],
    ["sunday", "domingo", "domingo"],
];

/// Which of these the word begins; three letters are enough.
fn which<const N: usize>(word: &str, names: &[[&str; 3]; N]) -> Option<i8> {
    let begun = |names: &[&str; 3]| names.iter().any(|name| name.starts_with(word));
    let at = names.iter().position(begun).filter(|_| word.len() >= 3)?;
    i8::try_from(at).ok()
}

/// The month that a word means, in any of our languages.
pub(crate) fn month(word: &str) -> Option<i32> {
    Some(i32::from(which(word, &MONTHS)?) + 1)
}

/// The day of the week that a word means, in any of our languages.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    Weekday::from_monday_zero_offset(which(word, &WEEKDAYS)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        // A Thursday.
        let today = jiff::civil::date(2026, 3, 12);
        for (words, meant) in [
            ("today", "2026-03-12"),
            ("Hoy", "2026-03-12"),
            ("ontem", "2026-03-11"),
            ("anteayer", "2026-03-10"),
            ("thursday", "2026-03-12"),
            ("viernes", "2026-03-06"),
            ("terça-feira", "2026-03-10"),
            ("Segunda feira", "2026-03-09"),
            ("satur", "2026-03-07"),
            ("12 de fevereiro de 2024", "2024-02-12"),
            ("February 12, 2025", "2025-02-12"),
            ("30 sept. 2025", "2025-09-30"),
            (" AYER ", "2026-03-11"),
            ("3", "2026-03-03"),
            ("sábado", "2026-03-07"),
            ("terça", "2026-03-10"),
            ("2026-02-12", "2026-02-12"),
            ("20260212", "2026-02-12"),
            ("12/2/2026", "2026-02-12"),
            ("12.2.26", "2026-02-12"),
            ("12 feb", "2026-02-12"),
            ("feb 12", "2026-02-12"),
            ("12 de dezembro", "2025-12-12"),
            ("24 dic 2024", "2024-12-24"),
            ("13/3", "2025-03-13"),
            ("29/2", "2024-02-29"),
            ("7d", "2026-03-05"),
            ("2w", "2026-02-26"),
            ("12", "2026-03-12"),
            ("13", "2026-02-13"),
            ("31", "2026-01-31"),
        ] {
            let read = read(words, today).map(|day| day.to_string());
            assert_eq!(read.as_deref(), Some(meant), "{words}");
        }
        for words in [
            "",
            "soon",
            "32",
            "2026-13-01",
            "1 2 3 4",
            "x",
            "32/1",
            "12 xyz",
            "12 marzipan",
            "th",
            "/",
            "99999999999d",
            "0",
        ] {
            assert_eq!(read(words, today), None, "{words}");
        }
    }

    proptest! {
        #[test]
        fn no_words_break_it(words in "\\PC{0,24}", day in 0_i32..20_000) {
            let today = jiff::civil::date(1980, 1, 1).checked_add(i64::from(day).days()).unwrap();
            let _day = read(&words, today);
        }

        #[test]
        fn every_day_is_read_back(day in 0_i32..20_000) {
            let then = jiff::civil::date(1990, 1, 1).checked_add(i64::from(day).days()).unwrap();
            let today = jiff::civil::date(2030, 1, 1);
            prop_assert_eq!(read(&then.to_string(), today), Some(then));
        }
    }
}
