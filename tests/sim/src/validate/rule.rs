//! The small checks every rule is made of, and the refusal that names the place.

use std::collections::HashSet;
use std::fmt;

use serde_json::{Map, Value};

/// Why a body is refused: the documented code and the place with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: u32,
    pub(crate) details: String,
}

pub(crate) type Check<T = ()> = Result<T, Refusal>;

/// Unknown, of the wrong type, or too long.
pub(crate) fn invalid<T>(at: At<'_>, why: impl fmt::Display) -> Check<T> {
    Err(Refusal {
        code: 100,
        details: format!("Param {at}: {why}"),
    })
}

/// Not among the values this place takes.
pub(crate) fn wrong<T>(at: At<'_>, why: impl fmt::Display) -> Check<T> {
    Err(Refusal {
        code: 131_009,
        details: format!("Param {at}: {why}"),
    })
}

fn missing<T>(at: At<'_>) -> Check<T> {
    Err(Refusal {
        code: 131_008,
        details: format!("The parameter {at} is required."),
    })
}

/// A place in the body; written out only when something is wrong there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum At<'a> {
    Root,
    Key(&'a Self, &'a str),
    Item(&'a Self, usize),
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Key(Self::Root, key) => f.write_str(key),
            Self::Key(up, key) => write!(f, "{up}.{key}"),
            Self::Item(up, i) => write!(f, "{up}[{i}]"),
        }
    }
}

/// An object of the body with its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'p, 'v> {
    pub(crate) at: At<'p>,
    map: &'v Map<String, Value>,
}

impl<'p, 'v> Node<'p, 'v> {
    /// The value as an object with no other keys than these.
    pub(crate) fn new(at: At<'p>, value: &'v Value, keys: &[&str]) -> Check<Self> {
        let node = Self::open(at, value)?;
        node.only(keys)?;
        Ok(node)
    }

    /// The value as an object, whatever its keys.
    pub(crate) fn open(at: At<'p>, value: &'v Value) -> Check<Self> {
        match value.as_object() {
            Some(map) => Ok(Self { at, map }),
            None => invalid(at, "must be an object."),
        }
    }

    /// Refuses every key but these.
    pub(crate) fn only(&self, keys: &[&str]) -> Check {
        match self.map.keys().find(|k| !keys.contains(&k.as_str())) {
            None => Ok(()),
            Some(key) => Err(Refusal {
                code: 100,
                details: format!("Unexpected key \"{key}\" on param \"{}\".", self.at),
            }),
        }
    }

    /// The value under a key; `null` counts as absent.
    pub(crate) fn get(&self, key: &str) -> Option<&'v Value> {
        self.map.get(key).filter(|v| !v.is_null())
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.map.is_empty()
    }

    /// The value under a key that must be there.
    pub(crate) fn need(&self, key: &str) -> Check<&'v Value> {
        self.get(key)
            .map_or_else(|| missing(At::Key(&self.at, key)), Ok)
    }

    /// A text of 1 to `max` characters that must be there.
    pub(crate) fn text(&self, key: &str, max: usize) -> Check<&'v str> {
        self.need(key)?;
        match self.maybe_text(key, max)? {
            Some(text) if !text.trim().is_empty() => Ok(text),
            _ => missing(At::Key(&self.at, key)),
        }
    }

    /// A text of at most `max` characters, if there.
    pub(crate) fn maybe_text(&self, key: &str, max: usize) -> Check<Option<&'v str>> {
        let Some(value) = self.get(key) else {
            return Ok(None);
        };
        let at = At::Key(&self.at, key);
        let Some(text) = value.as_str() else {
            return invalid(at, "must be a string.");
        };
        if text.len() > max && text.encode_utf16().count() > max {
            return invalid(at, format_args!("must be at most {max} characters long."));
        }
        Ok(Some(text))
    }

    /// Several optional texts at once.
    pub(crate) fn maybe_texts(&self, keys: &[&str], max: usize) -> Check {
        keys.iter()
            .try_for_each(|key| self.maybe_text(key, max).map(drop))
    }

    /// A truth value, if there.
    pub(crate) fn flag(&self, key: &str) -> Check<bool> {
        match self.get(key) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => invalid(At::Key(&self.at, key), "must be a boolean."),
        }
    }

    /// A whole number within bounds, if there.
    pub(crate) fn whole(&self, key: &str, low: i64, high: i64) -> Check<Option<i64>> {
        let Some(value) = self.get(key) else {
            return Ok(None);
        };
        match value.as_i64() {
            Some(n) if (low..=high).contains(&n) => Ok(Some(n)),
            _ => wrong(
                At::Key(&self.at, key),
                format_args!("must be a whole number from {low} to {high}."),
            ),
        }
    }

    /// A text that must be one of these.
    pub(crate) fn one_of(&self, key: &str, words: &[&str]) -> Check<&'v str> {
        let text = self.text(key, 1_024)?;
        if words.contains(&text) {
            return Ok(text);
        }
        wrong(
            At::Key(&self.at, key),
            format_args!("must be one of {{{}}}.", words.join(", ")),
        )
    }

    /// The same, if there.
    pub(crate) fn maybe_one_of(&self, key: &str, words: &[&str]) -> Check<Option<&'v str>> {
        if self.has(key) {
            self.one_of(key, words).map(Some)
        } else {
            Ok(None)
        }
    }

    /// A list of a length within bounds that must be there.
    pub(crate) fn list(&self, key: &str, low: usize, high: usize) -> Check<&'v [Value]> {
        let at = At::Key(&self.at, key);
        let Some(list) = self.need(key)?.as_array() else {
            return invalid(at, "must be an array.");
        };
        if (low..=high).contains(&list.len()) {
            return Ok(list);
        }
        invalid(at, format_args!("must have {low} to {high} items."))
    }

    /// The same, if there; otherwise empty.
    pub(crate) fn maybe_list(&self, key: &str, high: usize) -> Check<&'v [Value]> {
        if self.has(key) {
            self.list(key, 0, high)
        } else {
            Ok(&[])
        }
    }

    /// Refuses keys that have no business here.
    pub(crate) fn without(&self, keys: &[&str], why: &str) -> Check {
        match keys.iter().find(|key| self.has(key)) {
            None => Ok(()),
            Some(key) => invalid(At::Key(&self.at, key), why),
        }
    }
}

/// Refuses a value that came before.
pub(crate) fn unique<'v>(seen: &mut HashSet<&'v str>, value: &'v str, at: At<'_>) -> Check {
    if seen.insert(value) {
        Ok(())
    } else {
        wrong(at, "must be unique.")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn refusals_name_the_place_and_the_code() {
        let body = json!({ "a": { "b": "xyz", "n": 3, "l": [1] }, "odd": 1 });
        let root = At::Root;
        let node = Node::open(root, &body).unwrap();
        let at = At::Key(&node.at, "a");
        let inner = Node::open(at, node.need("a").unwrap()).unwrap();
        assert_eq!(
            inner.text("b", 2).unwrap_err().details,
            "Param a.b: must be at most 2 characters long."
        );
        assert_eq!(inner.text("c", 2).unwrap_err().code, 131_008);
        assert_eq!(inner.one_of("b", &["x"]).unwrap_err().code, 131_009);
        assert_eq!(inner.whole("n", 4, 5).unwrap_err().code, 131_009);
        assert_eq!(inner.list("l", 2, 3).unwrap_err().code, 100);
        assert_eq!(At::Item(&At::Key(&at, "l"), 0).to_string(), "a.l[0]");
        let refusal = node.only(&["a"]).unwrap_err();
        assert_eq!(
            (refusal.code, refusal.details.contains("\"odd\"")),
            (100, true)
        );
    }

    #[test]
    fn lengths_are_counted_in_utf16_units() {
        let body = json!({ "t": "😀😀" });
        let node = Node::open(At::Root, &body).unwrap();
        assert!(node.text("t", 4).is_ok());
        assert!(node.text("t", 3).is_err());
    }
}
