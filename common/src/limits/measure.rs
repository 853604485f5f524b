//! The measures that all limits share: how long a text may be, how many of something there may be.

use crate::api::problem::{Code, Problem};
use serde_json::Value;

/// A value that cannot be, with a sentence that says what can.
pub fn invalid(field: impl Into<String>, detail: impl Into<String>) -> Problem {
    Problem::new(Code::Invalid, detail).field(field)
}

/// Refuses a text without words.
pub fn some_words(field: &str, text: &str) -> Result<(), Problem> {
    if text.trim().is_empty() {
        return Err(invalid(
            field,
            format!("Give some words: {field} is empty."),
        ));
    }
    Ok(())
}

/// Refuses a text of more than `most` UTF-16 units.
pub fn at_most(field: &str, text: &str, most: usize) -> Result<(), Problem> {
    let length = text.encode_utf16().count();
    if length <= most {
        return Ok(());
    }
    let over = length - most;
    let detail = format!("WhatsApp takes {most} characters here: shorten {field} by {over}.");
    Err(Problem::new(Code::TooLong, detail).field(field))
}

/// A part of Meta's `interactive` object and the path that leads to it.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    value: Option<&'a Value>,
    path: String,
}

impl<'a> Part<'a> {
    /// The whole, under this name.
    pub fn root(value: &'a Value, name: &str) -> Self {
        Self {
            value: Some(value),
            path: name.to_owned(),
        }
    }

    /// What stands under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Self {
        let value = self.value.and_then(|v| v.get(key)).filter(|v| !v.is_null());
        Self {
            value,
            path: format!("{}.{key}", self.path),
        }
    }

    /// Whether anything stands here.
    pub const fn is_there(&self) -> bool {
        self.value.is_some()
    }

    /// The path that leads here.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// A refusal of what stands here.
    pub fn bad(&self, detail: impl Into<String>) -> Problem {
        invalid(self.path.clone(), detail)
    }

    /// The text here, whatever is in it.
    pub fn word(&self) -> Option<&'a str> {
        self.value.and_then(Value::as_str)
    }

    /// The value here.
    pub fn value(&self) -> Option<&'a Value> {
        self.value
    }

    /// The text here, with words in it and not too long.
    pub fn text(&self, most: usize) -> Result<&'a str, Problem> {
        let text = self
            .word()
            .ok_or_else(|| self.bad(format!("Give {} as a text.", self.path)))?;
        some_words(&self.path, text)?;
        at_most(&self.path, text, most)?;
        Ok(text)
    }

    /// The text here if there is any.
    pub fn maybe_text(&self, most: usize) -> Result<Option<&'a str>, Problem> {
        if self.is_there() {
            self.text(most).map(Some)
        } else {
            Ok(None)
        }
    }

    /// The parts of the list here, as many as are allowed.
    pub fn list(&self, least: usize, most: usize) -> Result<Vec<Self>, Problem> {
        let items = self
            .value
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        if items.len() < least || items.len() > most {
            let detail = format!(
                "Give {least} to {most} in {}, not {}.",
                self.path,
                items.len()
            );
            let code = if items.len() > most {
                Code::TooLong
            } else {
                Code::Invalid
            };
            return Err(Problem::new(code, detail).field(self.path.clone()));
        }
        let part = |(at, value)| Self {
            value: Some(value),
            path: format!("{}[{at}]", self.path),
        };
        Ok(items.iter().enumerate().map(part).collect())
    }

    /// Refuses what has no place here.
    pub fn absent(&self, why: &str) -> Result<(), Problem> {
        if self.is_there() {
            Err(self.bad(why))
        } else {
            Ok(())
        }
    }
}
