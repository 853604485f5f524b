//! What is wrong with a value that a person gave: a stable code with its numbers, and a sentence in English.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One wrong value. Programs choose their words by `code`; the `Display` is an English sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Wrong {
    /// Which: the key of a form's field, or the path inside an object.
    pub field: String,
    /// What is wrong with it.
    #[serde(flatten)]
    pub fault: Fault,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are the numbers of their sentence")]
pub enum Fault {
    /// Nothing there, and something must be.
    Empty,
    /// More UTF-16 units than WhatsApp takes.
    TooLong { most: usize, found: usize },
    /// Fewer of something than there must be.
    TooFew { least: usize, found: usize },
    /// More of something than there may be.
    TooMany { most: usize, found: usize },
    /// A line break or a tab inside a template's value.
    LineBreak,
    /// More than four spaces in a row inside a template's value.
    Spaces,
    /// Neither `media:ID` nor a link.
    NotAFile,
    /// Not `latitude, longitude, name, address`.
    NotAPlace,
    /// Not a moment.
    NotATime,
    /// Not a web address.
    NotAnAddress,
    /// Not a phone number.
    NotAPhone,
    /// Not a JSON object.
    NotJson,
    /// Holds characters that have no place there.
    NotAName,
    /// Not a language as WhatsApp writes it.
    NotALanguage,
    /// None of the words that may stand there.
    NotOneOf { allowed: String },
    /// There is no such field.
    UnknownField { known: String },
    /// Something that has no place there.
    Misplaced,
    /// The same as another that must differ.
    Twice,
    /// A body must not begin or end with a variable.
    VariableAtEdge,
    /// Two variables without a word between them.
    VariablesAdjacent,
    /// Numbered variables count from 1 without a gap.
    VariablesOutOfOrder,
    /// Numbered and named variables together.
    VariablesMixed,
    /// Too many variables for so few words.
    VariablesTooMany { variables: usize, words: usize },
    /// No variable may stand there.
    VariableForbidden,
    /// A link's variable stands at its end.
    VariableNotAtEnd,
    /// Meta wants an example for every variable and every file.
    ExampleMissing { variable: String },
    /// No asterisks, underscores, line breaks or emoji in a header.
    MarkupForbidden,
    /// Quick replies stand together, before or after all other buttons.
    Scattered,
}

impl Wrong {
    /// This fault of this field.
    pub fn new(field: impl Into<String>, fault: Fault) -> Self {
        Self {
            field: field.into(),
            fault,
        }
    }

    /// Refuses a text of more than `most` UTF-16 units, as WhatsApp's own apps count.
    pub fn unless_fits(field: &str, text: &str, most: usize) -> Option<Self> {
        let found = units(text);
        (found > most).then(|| Self::new(field, Fault::TooLong { most, found }))
    }
}

impl Fault {
    /// The stable word.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::TooFew { .. } => "too_few",
            Self::TooMany { .. } => "too_many",
            Self::LineBreak => "line_break",
            Self::Spaces => "spaces",
            Self::NotAFile => "not_a_file",
            Self::NotAPlace => "not_a_place",
            Self::NotATime => "not_a_time",
            Self::NotAnAddress => "not_an_address",
            Self::NotAPhone => "not_a_phone",
            Self::NotJson => "not_json",
            Self::NotAName => "not_a_name",
            Self::NotALanguage => "not_a_language",
            Self::NotOneOf { .. } => "not_one_of",
            Self::UnknownField { .. } => "unknown_field",
            Self::Misplaced => "misplaced",
            Self::Twice => "twice",
            Self::VariableAtEdge => "variable_at_edge",
            Self::VariablesAdjacent => "variables_adjacent",
            Self::VariablesOutOfOrder => "variables_out_of_order",
            Self::VariablesMixed => "variables_mixed",
            Self::VariablesTooMany { .. } => "variables_too_many",
            Self::VariableForbidden => "variable_forbidden",
            Self::VariableNotAtEnd => "variable_not_at_end",
            Self::ExampleMissing { .. } => "example_missing",
            Self::MarkupForbidden => "markup_forbidden",
            Self::Scattered => "scattered",
        }
    }
}

impl fmt::Display for Wrong {
    #[expect(clippy::too_many_lines, reason = "one sentence a fault")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = &self.field;
        match &self.fault {
            Fault::Empty => write!(f, "Give {field}: it is empty."),
            Fault::TooLong { most, found } => write!(
                f,
                "WhatsApp takes {most} characters in {field}: shorten it by {}.",
                found.saturating_sub(*most)
            ),
            Fault::TooFew { least, found } => {
                write!(f, "Give at least {least} in {field}, not {found}.")
            }
            Fault::TooMany { most, found } => {
                write!(f, "Give at most {most} in {field}, not {found}.")
            }
            Fault::LineBreak => write!(f, "Write {field} in one line, without tabs."),
            Fault::Spaces => write!(f, "Leave at most four spaces in a row in {field}."),
            Fault::NotAFile => write!(
                f,
                "Give {field} as media:ID (from POST /media) or as an https:// link."
            ),
            Fault::NotAPlace => write!(
                f,
                "Give {field} as \"latitude, longitude, name, address\", all four."
            ),
            Fault::NotATime => write!(f, "Give {field} as a moment: 2026-12-24T18:00:00-05:00."),
            Fault::NotAnAddress => {
                write!(f, "Give {field} as an address that begins with https://.")
            }
            Fault::NotAPhone => write!(f, "Give {field} as a phone number with + and country."),
            Fault::NotJson => write!(f, "Give {field} as a JSON object."),
            Fault::NotAName => write!(f, "Use only small letters, digits and _ in {field}."),
            Fault::NotALanguage => write!(
                f,
                "Give {field} as WhatsApp writes languages: es, es_MX, pt_BR, en_US."
            ),
            Fault::NotOneOf { allowed } => write!(f, "Give {field} as one of: {allowed}."),
            Fault::UnknownField { known } if known.is_empty() => {
                write!(f, "There is no {field} to fill: leave it out.")
            }
            Fault::UnknownField { known } => {
                write!(f, "There is no {field} to fill; there are: {known}.")
            }
            Fault::Misplaced => write!(f, "Take {field} out: WhatsApp has no place for it there."),
            Fault::Twice => write!(f, "Give {field} only once: another has the same."),
            Fault::VariableAtEdge => write!(
                f,
                "Put words before and after the variables: {field} must not begin or end with one."
            ),
            Fault::VariablesAdjacent => write!(
                f,
                "Put a word between the variables of {field}: two stand side by side."
            ),
            Fault::VariablesOutOfOrder => write!(
                f,
                "Number the variables of {field} from 1 on, without a gap."
            ),
            Fault::VariablesMixed => write!(
                f,
                "Number all variables of {field} ({{{{1}}}}) or name them all ({{{{name}}}}), not both."
            ),
            Fault::VariablesTooMany { variables, words } => write!(
                f,
                "Write more words round the variables of {field}: {variables} variables among {words} words are too many for Meta."
            ),
            Fault::VariableForbidden => {
                write!(f, "Take the variable out of {field}: none may stand there.")
            }
            Fault::VariableNotAtEnd => {
                write!(
                    f,
                    "Put the variable of {field} at its very end, and only one."
                )
            }
            Fault::ExampleMissing { variable } => write!(
                f,
                "Give {field} an example for {variable}: Meta's reviewers want one."
            ),
            Fault::MarkupForbidden => write!(
                f,
                "Write {field} without *, _, ~, `, emoji and line breaks: WhatsApp shows none of them there."
            ),
            Fault::Scattered => write!(
                f,
                "Put the quick replies of {field} together, before or after all other buttons."
            ),
        }
    }
}

impl std::error::Error for Wrong {}

/// How long WhatsApp takes a text to be: UTF-16 units, so an emoji counts as two or more.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::{Fault, Wrong};

    #[test]
    fn a_wrong_value_names_its_code_its_numbers_and_what_to_do() {
        let wrong = Wrong::unless_fits("body", "😀😀", 3).unwrap();
        assert_eq!(
            serde_json::to_value(&wrong).unwrap(),
            serde_json::json!({"field": "body", "code": "too_long", "most": 3, "found": 4})
        );
        assert_eq!(
            wrong.to_string(),
            "WhatsApp takes 3 characters in body: shorten it by 1."
        );
        assert_eq!(Wrong::unless_fits("body", "😀", 2), None);
        let known = Fault::UnknownField {
            known: "1, 2".to_owned(),
        };
        assert_eq!(known.code(), "unknown_field");
        assert_eq!(
            Wrong::new("3", known).to_string(),
            "There is no 3 to fill; there are: 1, 2."
        );
    }
}
