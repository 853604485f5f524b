//! A saved reply: words that operators send often, with places for who is spoken to.

use serde::{Deserialize, Serialize};

use crate::id::{OrgId, ReplyId};
use crate::model::media::Media;
use crate::time::Stamp;

/// The variables that a saved reply may hold.
pub const VARIABLES: [&str; 3] = ["customer.name", "operator", "number"];
/// Longest name.
pub const NAME: usize = 32;
/// Most files of one reply.
pub const FILES: usize = 10;

/// A saved reply of an organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reply {
    /// Ours.
    pub id: ReplyId,
    /// The organisation.
    pub org_id: OrgId,
    /// What is typed behind `/` to find it: small letters, digits, `-` and `_`; unique.
    pub name: String,
    /// The words, with variables.
    pub text: String,
    /// Files that go with it, in their order.
    #[serde(default)]
    pub files: Vec<Media>,
    /// Who changed it last.
    pub operator: Option<String>,
    /// When.
    pub updated_at: Stamp,
    /// When it was thrown away; such a reply only comes in an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Stamp>,
    /// Grows with every change.
    pub revision: i64,
}

/// What stands in the variables' places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Around<'a> {
    /// The customer's best name.
    pub customer_name: &'a str,
    /// Who writes.
    pub operator: &'a str,
    /// Our number's label, or the number itself.
    pub number: &'a str,
}

/// The words with everything in its place; what is no variable of ours stays as it stands.
pub fn expand(text: &str, around: &Around<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => out.push_str(words),
            Piece::Variable(name) => match name {
                "customer.name" => out.push_str(around.customer_name),
                "operator" => out.push_str(around.operator),
                "number" => out.push_str(around.number),
                other => {
                    out.push_str("{{");
                    out.push_str(other);
                    out.push_str("}}");
                }
            },
        }
    }
    out
}

/// Variables that there are none of, in their order.
pub fn unknown(text: &str) -> Vec<&str> {
    pieces(text)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Variable(name) if !VARIABLES.contains(&name) => Some(name),
            _ => None,
        })
        .collect()
}

/// Whether a reply can be called so.
pub fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().count() <= NAME
        && name
            .chars()
            .all(|c| (c.is_alphanumeric() && !c.is_uppercase()) || matches!(c, '-' | '_'))
}

enum Piece<'a> {
    Words(&'a str),
    Variable(&'a str),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let found = after.split_once("}}").filter(|(name, _)| {
            let letter = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | ' ');
            !name.trim().is_empty() && name.chars().all(letter)
        });
        let Some((name, behind)) = found else {
            let (words, tail) = rest.split_at(before.len() + 1);
            out.push(Piece::Words(words));
            rest = tail;
            continue;
        };
        out.push(Piece::Words(before));
        out.push(Piece::Variable(name.trim()));
        rest = behind;
    }
    out.push(Piece::Words(rest));
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Around, expand, is_name, unknown};

    const AROUND: Around<'_> = Around {
        customer_name: "Ana {{operator}}",
        operator: "luz",
        number: "Centro",
    };

    #[test]
    fn variables_are_filled_once_and_others_stay() {
        let text = "Hola {{customer.name}}, soy {{ operator }} de {{number}}. {{fecha}} {{";
        assert_eq!(
            expand(text, &AROUND),
            "Hola Ana {{operator}}, soy luz de Centro. {{fecha}} {{"
        );
        assert_eq!(unknown(text), ["fecha"]);
    }

    #[test]
    fn names_are_short_words_in_small_letters() {
        for good in ["hola", "envío-2", "gracias_ya", "早"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "Hola", "dos palabras", "/hola", &"a".repeat(33)] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn text_without_variables_stays_as_it_is(text in "[a-zé{} \n😀]{0,60}") {
            if unknown(&text).is_empty() && !text.contains("operator") && !text.contains("number") {
                prop_assert_eq!(expand(&text, &AROUND), text);
            }
        }
    }
}
