//! A borrowed JSON tree that keeps numbers digit by digit, survives lone surrogates and any depth, and knows which bytes each object came from.

use std::borrow::Cow;

/// Not JSON: where reading stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not JSON: stopped at byte {at}")]
pub struct NotJson {
    /// The byte at which the text stops being JSON.
    pub at: usize,
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    /// The digits as they came.
    Number(&'a str),
    Text(Cow<'a, str>),
    List(List<'a>),
    Object(Object<'a>),
    /// A list or object nested too deeply to be read.
    Deep(&'a str),
}

/// A list and the text it came from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct List<'a> {
    pub(crate) items: Vec<Json<'a>>,
    pub(crate) raw: &'a str,
}

/// An object and the text it came from; repeated names are kept, the last one counts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Object<'a> {
    pub(crate) fields: Vec<(Cow<'a, str>, Json<'a>)>,
    pub(crate) raw: &'a str,
}

/// What a missing member reads as.
pub(crate) static NULL: Json<'static> = Json::Null;

impl<'a> Json<'a> {
    /// The member of that name; null where there is none or this is no object.
    pub(crate) fn get(&self, name: &str) -> &Self {
        match self {
            Self::Object(object) => object
                .fields
                .iter()
                .rev()
                .find(|(key, _)| key == name)
                .map_or(&NULL, |(_, v)| v),
            _ => &NULL,
        }
    }

    /// The first of these members that is there and not null.
    pub(crate) fn first(&self, names: &[&str]) -> &Self {
        names
            .iter()
            .map(|name| self.get(name))
            .find(|v| !v.is_null())
            .unwrap_or(&NULL)
    }

    /// The members of an object, in order.
    pub(crate) fn fields(&self) -> &[(Cow<'a, str>, Self)] {
        match self {
            Self::Object(object) => &object.fields,
            _ => &[],
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    pub(crate) fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    /// Nothing is said here: null, `""`, `[]`, `{}`.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::List(list) => list.items.is_empty(),
            Self::Object(object) => object.fields.is_empty(),
            Self::Bool(_) | Self::Number(_) | Self::Deep(_) => false,
        }
    }

    /// The text that it came from; for words, the words.
    pub(crate) fn raw(&self) -> &str {
        match self {
            Self::Null => "null",
            Self::Bool(true) => "true",
            Self::Bool(false) => "false",
            Self::Number(raw) | Self::Deep(raw) => raw,
            Self::Text(text) => text,
            Self::List(list) => list.raw,
            Self::Object(object) => object.raw,
        }
    }
}
