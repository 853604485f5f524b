//! Forgiving readers: an id may be a number, a time a string, a list one object; words are cleaned on the way in.

use common::text::clean::clean;
use common::time::Stamp;
use serde_json::{Map, Value};

use crate::webhook::payload::json::Json;

/// From here on a number of seconds would lie beyond the year 33,000: it counts milliseconds.
const MILLIS_FROM: i64 = 1_000_000_000_000;

impl Json<'_> {
    /// An id: a non-empty string, or the digits of a number, exactly as they came.
    pub(crate) fn id(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Self::Number(digits) => Some(digits),
            _ => None,
        }
    }

    /// Words for people, cleaned; none where there are none.
    pub(crate) fn words(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(clean(text).into_owned()).filter(|text| !text.is_empty()),
            Self::Number(digits) => Some((*digits).to_owned()),
            _ => None,
        }
    }

    /// A name: words on one line without space round them.
    pub(crate) fn name(&self) -> Option<String> {
        let words = self.words()?;
        let line = words.trim();
        if line.is_empty() {
            None
        } else if line.contains('\n') {
            Some(
                line.split('\n')
                    .map(str::trim)
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        } else if line.len() == words.len() {
            Some(words)
        } else {
            Some(line.to_owned())
        }
    }

    /// A word of Meta's vocabulary in lower case.
    pub(crate) fn word(&self) -> Option<String> {
        self.id().map(|word| clean(word).to_ascii_lowercase())
    }

    /// A whole number, also out of a string or a float without a fraction.
    pub(crate) fn whole(&self) -> Option<i64> {
        let digits = self.id()?;
        digits.parse().ok().or_else(|| {
            let float: f64 = digits.parse().ok()?;
            #[expect(
                clippy::cast_possible_truncation,
                reason = "held within ±2^53 just before"
            )]
            (float.fract() == 0.0 && float.abs() < 9e15).then_some(float as i64)
        })
    }

    /// A finite number, also out of a string.
    pub(crate) fn float(&self) -> Option<f64> {
        self.id()?
            .parse()
            .ok()
            .filter(|float: &f64| float.is_finite())
    }

    /// Yes or no, also as a string or as 0 and 1.
    pub(crate) fn flag(&self) -> Option<bool> {
        match self {
            Self::Bool(flag) => Some(*flag),
            Self::Text(text) if text.eq_ignore_ascii_case("true") || text == "1" => Some(true),
            Self::Text(text) if text.eq_ignore_ascii_case("false") || text == "0" => Some(false),
            Self::Number("1") => Some(true),
            Self::Number("0") => Some(false),
            _ => None,
        }
    }

    /// A moment: seconds since 1970 in a string or number, milliseconds where seconds make no
    /// sense, or RFC 3339.
    pub(crate) fn stamp(&self) -> Option<Stamp> {
        if let Some(number) = self.whole() {
            return match number {
                ..=0 => None,
                MILLIS_FROM.. => Some(Stamp::from_millis(number)),
                _ => Some(Stamp::from_seconds(number)),
            };
        }
        let time: jiff::Timestamp = self.id()?.parse().ok()?;
        Some(time.into())
    }

    /// The items of a list, or the one object that stands where a list should.
    pub(crate) fn each(&self) -> &[Self] {
        match self {
            Self::List(list) => &list.items,
            Self::Object(object) if !object.fields.is_empty() => std::slice::from_ref(self),
            _ => &[],
        }
    }

    /// The same as serde has it, every string cleaned; a number that does not fit becomes a string.
    pub(crate) fn value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(flag) => Value::Bool(*flag),
            Self::Number(digits) => {
                serde_json::from_str(digits).unwrap_or_else(|_| Value::String((*digits).to_owned()))
            }
            Self::Text(text) => Value::String(clean(text).into_owned()),
            Self::Deep(raw) => Value::String(clean(raw).into_owned()),
            Self::List(list) => Value::Array(list.items.iter().map(Json::value).collect()),
            Self::Object(object) => Value::Object(
                object
                    .fields
                    .iter()
                    .map(|(k, v)| (clean(k).into_owned(), v.value()))
                    .collect(),
            ),
        }
    }

    /// The members of an object but these, as serde has them.
    pub(crate) fn rest(&self, but: &[&str]) -> Map<String, Value> {
        let others = self
            .fields()
            .iter()
            .filter(|(key, _)| !but.contains(&key.as_ref()));
        others
            .map(|(key, value)| (clean(key).into_owned(), value.value()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::webhook::payload::grammar::parse;
    use common::time::Stamp;

    #[test]
    fn ids_are_kept_exactly() {
        for (raw, id) in [
            (r#""wamid.X==""#, Some("wamid.X==")),
            ("18446744073709551615", Some("18446744073709551615")),
            ("9007199254740993", Some("9007199254740993")),
            (r#""""#, None),
            (r#""  ""#, None),
            ("null", None),
            ("{}", None),
            ("true", None),
        ] {
            assert_eq!(parse(raw).unwrap().id(), id, "{raw}");
        }
    }

    #[test]
    fn moments_in_every_spelling() {
        let second = Some(Stamp::from_seconds(1_749_416_383));
        for (raw, stamp) in [
            (r#""1749416383""#, second),
            ("1749416383", second),
            ("1749416383.0", second),
            ("1749416383000", second),
            (r#""2025-06-08T20:59:43Z""#, second),
            (r#""""#, None),
            ("0", None),
            ("-5", None),
            (r#""soon""#, None),
            ("[]", None),
        ] {
            assert_eq!(parse(raw).unwrap().stamp(), stamp, "{raw}");
        }
    }

    #[test]
    fn names_are_one_clean_line() {
        let name = parse(r#"" \u001b[31mAna\nMar\u00eda\u202e ""#)
            .unwrap()
            .name();
        assert_eq!(name.as_deref(), Some("Ana María"));
        assert_eq!(parse(r#"" \n ""#).unwrap().name(), None);
    }

    #[test]
    fn numbers_that_do_not_fit_become_strings() {
        let value = parse(r#"{"a":1e400,"b":18446744073709551615,"c":[1.5]}"#)
            .unwrap()
            .value();
        assert_eq!(value["a"], "1e400");
        assert_eq!(value["b"], u64::MAX);
        assert_eq!(value["c"][0], 1.5);
    }
}
