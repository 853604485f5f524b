//! The interface's words in each language, and how it writes times, days and durations.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use common::time::Stamp;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::Zoned;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use unic_langid::LanguageIdentifier;

macro_rules! catalogues {
    ($tag:literal) => {
        [
            include_str!(concat!("../locales/", $tag, ".ftl")),
            include_str!(concat!("../locales/advice/", $tag, ".ftl")),
            include_str!(concat!("../locales/connect/", $tag, ".ftl")),
        ]
    };
}

/// The interface's words, what Meta's error codes mean, and how numbers are connected.
const ES: [&str; 3] = catalogues!("es");
const PT_BR: [&str; 3] = catalogues!("pt-BR");
const EN: [&str; 3] = catalogues!("en");

/// A language that recado speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Spanish, also for every language that is not known.
    #[default]
    Es,
    /// Brazilian Portuguese.
    PtBr,
    /// English.
    En,
}

impl Lang {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::Es, Self::PtBr, Self::En];

    /// The language of a locale (`pt_BR.UTF-8`, `en`, `es-PE`); `C`, `POSIX` and unknown ones are
    /// Spanish.
    pub fn of_locale(locale: &str) -> Self {
        let language = locale
            .split(['_', '-', '.', '@'])
            .next()
            .unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "pt" => Self::PtBr,
            "en" => Self::En,
            _ => Self::Es,
        }
    }

    /// The tag of its catalogue.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::PtBr => "pt-BR",
            Self::En => "en",
        }
    }

    /// Its words as they are written.
    pub(crate) const fn catalogues(self) -> [&'static str; 3] {
        match self {
            Self::Es => ES,
            Self::PtBr => PT_BR,
            Self::En => EN,
        }
    }
}

/// A value put into a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arg<'a> {
    /// Words.
    Text(&'a str),
    /// A whole number; the catalogue chooses the plural by it.
    Count(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a Cow<'_, str>> for Arg<'a> {
    fn from(text: &'a Cow<'_, str>) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg<'_> {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<u32> for Arg<'_> {
    fn from(count: u32) -> Self {
        Self::Count(i64::from(count))
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// One language's words, and the time zone in which it tells the time.
pub struct Speech {
    lang: Lang,
    zone: TimeZone,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Speech {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Speech")
            .field("lang", &self.lang)
            .field("zone", &self.zone)
            .finish_non_exhaustive()
    }
}

impl Speech {
    /// The words of a language, with times in UTC.
    pub fn of(lang: Lang) -> Self {
        let tag: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        for catalogue in lang.catalogues() {
            let resource = match FluentResource::try_new(catalogue.to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self {
            lang,
            zone: TimeZone::UTC,
            bundle,
        }
    }

    /// The same, telling the time of this zone.
    #[must_use]
    pub fn in_zone(mut self, zone: TimeZone) -> Self {
        self.zone = zone;
        self
    }

    /// Its language.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// The words of a key; a key that is not in the catalogue stands for itself.
    pub fn say<'a>(&'a self, key: &'a str) -> Cow<'a, str> {
        self.find(key, None).unwrap_or(Cow::Borrowed(key))
    }

    /// The words of a key with values put in.
    pub fn say_with<'a>(&'a self, key: &'a str, args: &[(&str, Arg<'_>)]) -> Cow<'a, str> {
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            match value {
                Arg::Text(text) => values.set(*name, FluentValue::from(*text)),
                Arg::Count(count) => values.set(*name, FluentValue::from(*count)),
            }
        }
        match self.find(key, Some(&values)) {
            Some(words) => Cow::Owned(words.into_owned()),
            None => Cow::Borrowed(key),
        }
    }

    /// The words of a key that may be missing from the catalogue.
    pub fn try_say<'a>(&'a self, key: &str) -> Option<Cow<'a, str>> {
        self.find(key, None)
    }

    /// The line that explains a deed: the attribute `help` of its key.
    pub fn help<'a>(&'a self, key: &str) -> Option<Cow<'a, str>> {
        self.part(key, "help")
    }

    /// A part of what stands under a key: one of its attributes.
    pub fn part<'a>(&'a self, key: &str, name: &str) -> Option<Cow<'a, str>> {
        let message = self.bundle.get_message(key)?;
        let pattern = message.get_attribute(name)?.value();
        Some(self.bundle.format_pattern(pattern, None, &mut Vec::new()))
    }

    fn find<'a>(&'a self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<Cow<'a, str>> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let words = self.bundle.format_pattern(pattern, args, &mut Vec::new());
        Some(words)
    }

    /// The moment on the wall clock and calendar of the zone.
    pub fn local(&self, at: Stamp) -> Zoned {
        at.timestamp().to_zoned(self.zone.clone())
    }

    /// The day of a moment.
    pub fn date(&self, at: Stamp) -> Date {
        self.local(at).date()
    }

    /// The day of a moment, with the moments at which it begins and ends.
    pub fn whole_day(&self, at: Stamp) -> (Date, Stamp, Stamp) {
        let date = self.date(at);
        let begin = |day: Date| {
            day.to_zoned(self.zone.clone())
                .map(|begin| begin.timestamp().into())
        };
        let from = begin(date).unwrap_or(at);
        let to = date.tomorrow().and_then(begin).unwrap_or(at);
        (date, from, to)
    }

    /// The moment at which a day begins.
    pub fn begin_of(&self, day: Date) -> Option<Stamp> {
        let begin = day.to_zoned(self.zone.clone()).ok()?;
        Some(begin.timestamp().into())
    }

    /// The name of the zone, if it has one.
    pub fn zone(&self) -> Option<String> {
        self.zone.iana_name().map(str::to_owned)
    }

    /// The moment at which clocks here show that.
    pub fn stamp(&self, then: DateTime) -> Option<Stamp> {
        let there = then.to_zoned(self.zone.clone()).ok()?;
        Some(there.timestamp().into())
    }

    /// `14:32`.
    pub fn time(&self, at: Stamp) -> String {
        let local = self.local(at);
        format!("{:02}:{:02}", local.hour(), local.minute())
    }

    /// `14:32:07`, for reports that follow each other closely.
    pub fn clock_time(&self, at: Stamp) -> String {
        format!("{}:{:02}", self.time(at), self.local(at).second())
    }

    /// A number with a fixed count of digits behind the sign that the language uses.
    pub fn decimal(&self, value: f64, digits: usize) -> String {
        let whole = value.fract().abs() < f64::EPSILON && digits == 0;
        let text = if whole {
            format!("{value:.0}")
        } else {
            format!("{value:.0$}", digits.max(1))
        };
        if self.lang == Lang::En {
            text
        } else {
            text.replace('.', ",")
        }
    }

    /// A size as people read it: `212 KB`, `1.2 MB`.
    pub fn size(&self, bytes: u64) -> String {
        #[expect(clippy::cast_precision_loss, reason = "one digit is shown of it")]
        let bytes = bytes as f64;
        let (value, unit, digits) = match bytes {
            b if b >= 1e9 => (b / 1e9, "GB", 1),
            b if b >= 1e6 => (b / 1e6, "MB", 1),
            b if b >= 1e3 => ((b / 1e3).round(), "KB", 0),
            b => (b, "B", 0),
        };
        format!("{} {unit}", self.decimal(value, digits))
    }

    /// A day in words for a rule between messages: `Today`, `Tuesday, 3 March`, with the year
    /// when it is another.
    pub fn day(&self, day: Date, today: Date) -> String {
        if day == today {
            return self.say("day-today").into_owned();
        }
        if today.yesterday().is_ok_and(|yesterday| day == yesterday) {
            return self.say("day-yesterday").into_owned();
        }
        let weekday = self.weekday(day.weekday(), false);
        let month = self.month(day.month(), false);
        let args = [
            ("weekday", Arg::from(&weekday)),
            ("day", Arg::Count(i64::from(day.day()))),
            ("month", Arg::from(&month)),
            ("year", Arg::Text(&format!("{:04}", day.year()))),
        ];
        let key = if day.year() == today.year() {
            "day-rule"
        } else {
            "day-rule-year"
        };
        self.say_with(key, &args).into_owned()
    }

    /// The shortest word for a moment in a list: the time today, the weekday within a week, then
    /// the day, then the month and year.
    pub fn brief_time(&self, at: Stamp, now: Stamp) -> String {
        let (day, today) = (self.date(at), self.date(now));
        let age = (today - day).get_days();
        if age <= 0 {
            return self.time(at);
        }
        if age < 7 {
            return self.weekday(day.weekday(), true);
        }
        let month = self.month(day.month(), true);
        if age < 300 {
            format!("{} {month}", day.day())
        } else {
            format!("{month} {:04}", day.year())
        }
    }

    /// `28 Feb, 11:04`; with the year when it is another.
    pub fn moment(&self, at: Stamp, now: Stamp) -> String {
        format!("{}, {}", self.short_date(at, now), self.time(at))
    }

    /// `28 Feb`; with the year when it is another.
    pub fn short_date(&self, at: Stamp, now: Stamp) -> String {
        let (day, today) = (self.date(at), self.date(now));
        let month = self.month(day.month(), true);
        if day.year() == today.year() {
            format!("{} {month}", day.day())
        } else {
            format!("{} {month} {:04}", day.day(), day.year())
        }
    }

    /// `Wed 14:31`: a moment within the next or last few days.
    pub fn weekday_time(&self, at: Stamp) -> String {
        let day = self.date(at).weekday();
        format!("{} {}", self.weekday(day, true), self.time(at))
    }

    fn weekday(&self, day: Weekday, short: bool) -> String {
        let nth = day.to_monday_one_offset();
        let short = if short { "short-" } else { "" };
        self.say(&format!("weekday-{short}{nth}")).into_owned()
    }

    fn month(&self, nth: i8, short: bool) -> String {
        let short = if short { "short-" } else { "" };
        self.say(&format!("month-{short}{nth}")).into_owned()
    }

    /// A duration in its one largest unit, short: `3s`, `26m`, `2h`, `41d`.
    pub fn short_span(&self, span: Duration) -> String {
        let seconds = span.as_secs();
        let (key, count) = match seconds {
            0..60 => ("span-s", seconds),
            60..3600 => ("span-m", seconds / 60),
            3600..86_400 => ("span-h", seconds / 3600),
            _ => ("span-d", seconds / 86_400),
        };
        self.say_with(key, &[("n", Arg::from(small(count)))])
            .into_owned()
    }

    /// A duration in words, in its one largest unit: `3 days`, `1 hour`.
    pub fn long_span(&self, span: Duration) -> String {
        let seconds = span.as_secs();
        let (key, count) = match seconds {
            0..60 => ("words-seconds", seconds),
            60..3600 => ("words-minutes", seconds / 60),
            3600..86_400 => ("words-hours", seconds / 3600),
            _ => ("words-days", seconds / 86_400),
        };
        self.say_with(key, &[("n", Arg::from(small(count)))])
            .into_owned()
    }
}

fn small(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;
    use std::time::Duration;

    use common::time::Stamp;
    use fluent_bundle::FluentResource;
    use jiff::civil::date;

    use super::{Arg, Lang, Speech};
    use crate::action::{Action, Section};

    /// Keys that are put together when they are asked for.
    const COMPUTED: [&str; 12] = [
        "check-",
        "forbidden-",
        "weekday-",
        "month-",
        "country-",
        "doctor-",
        "do-",
        "hint-",
        "fail-",
        "problem-",
        "notice-",
        "media-error-",
    ];

    fn keys(lang: Lang) -> BTreeSet<String> {
        let [words, _, connect] = lang.catalogues();
        let lines = words.lines().chain(connect.lines());
        lines
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned()))
            .collect()
    }

    /// Every text between quotation marks in the sources that has the form of a key.
    fn literals(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "tests" {
                    literals(&path, found);
                }
            } else if path.extension().is_some_and(|end| end == "rs") && name != "tests.rs" {
                let source = std::fs::read_to_string(&path).unwrap();
                let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
                let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
                found.extend(
                    code.split('"')
                        .filter(|word| {
                            word.contains('-')
                                && word.chars().all(is_part)
                                && !word.starts_with('-')
                                && !word.ends_with('-')
                        })
                        .map(str::to_owned),
                );
            }
        }
    }

    #[test]
    fn the_catalogues_have_the_same_keys_and_can_be_read() {
        for lang in Lang::ALL {
            assert_eq!(keys(lang), keys(Lang::Es), "{}", lang.tag());
            for catalogue in lang.catalogues() {
                let read = FluentResource::try_new(catalogue.to_owned());
                assert!(
                    read.is_ok(),
                    "{}: {:?}",
                    lang.tag(),
                    read.err().map(|(_, errors)| errors)
                );
            }
        }
    }

    #[test]
    fn every_key_in_the_code_has_words_and_all_words_are_used() {
        let known = keys(Lang::Es);
        let mut used = BTreeSet::new();
        literals(
            Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
            &mut used,
        );
        let first = |key: &str| key.split('-').next().unwrap_or_default().to_owned();
        let families: BTreeSet<String> = known.iter().map(|key| first(key)).collect();
        let names: BTreeSet<&str> = Action::ALL.iter().map(|action| action.name()).collect();
        for key in &used {
            let is_key = families.contains(&first(key)) && !names.contains(key.as_str());
            assert!(
                !is_key || known.contains(key),
                "`{key}` is not in the catalogues"
            );
        }
        for key in &known {
            let computed = COMPUTED.iter().any(|begin| key.starts_with(begin));
            let single = !key.contains('-');
            assert!(
                computed || single || used.contains(key),
                "`{key}` is used nowhere"
            );
        }
    }

    #[test]
    fn every_deed_has_a_name_and_a_line_in_every_language() {
        for lang in Lang::ALL {
            let speech = Speech::of(lang);
            for action in Action::ALL {
                assert_ne!(speech.say(action.word()), action.word());
                assert!(speech.help(action.word()).is_some(), "{}", action.name());
            }
            for section in Section::ALL {
                assert_ne!(speech.say(section.word()), section.word());
            }
        }
    }

    #[test]
    fn the_locale_chooses_the_language_and_spanish_is_the_rest() {
        for (locale, lang) in [
            ("pt_BR.UTF-8", Lang::PtBr),
            ("pt", Lang::PtBr),
            ("en_GB", Lang::En),
            ("es_PE.UTF-8", Lang::Es),
            ("C", Lang::Es),
            ("", Lang::Es),
            ("de_DE", Lang::Es),
        ] {
            assert_eq!(Lang::of_locale(locale), lang, "{locale}");
        }
    }

    #[test]
    fn days_and_times_read_as_people_say_them() {
        let today = date(2026, 3, 3);
        let day = |lang, day| Speech::of(lang).day(day, today);
        assert_eq!(day(Lang::En, today), "Today");
        assert_eq!(day(Lang::PtBr, date(2026, 3, 2)), "Ontem");
        assert_eq!(day(Lang::Es, date(2026, 2, 24)), "Martes 24 de febrero");
        assert_eq!(day(Lang::En, date(2025, 2, 24)), "Monday, 24 February 2025");
        let speech = Speech::of(Lang::Es);
        let now = Stamp::from_seconds(1_772_559_120);
        let ago = |days: u64| speech.brief_time(now.minus(Duration::from_hours(24 * days)), now);
        assert_eq!(ago(0), "17:32");
        assert_eq!(ago(1), "lun");
        assert_eq!(ago(20), "11 feb");
        assert_eq!(ago(400), "ene 2025");
    }

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(Speech::of(Lang::Es).size(1_240_000), "1,2 MB");
        assert_eq!(Speech::of(Lang::En).size(212_345), "212 KB");
        let words = |lang, n: i64| {
            Speech::of(lang)
                .say_with("talk-new", &[("n", Arg::Count(n))])
                .into_owned()
        };
        assert_eq!(words(Lang::PtBr, 1), "1 nova");
        assert_eq!(words(Lang::PtBr, 3), "3 novas");
        assert_eq!(
            Speech::of(Lang::Es).long_span(Duration::from_hours(72)),
            "3 días"
        );
    }
}
