//! Variables in a template's text: `{{1}}`, `{{first_name}}`.

/// A stretch of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words as they stand.
    Words(&'a str),
    /// A variable, by its name without braces.
    Variable(&'a str),
}

/// The text as words and variables; put together again it is the same text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}").filter(|(name, _)| is_name(name)) else {
            // Braces that hold no name are words; the next pair may begin right behind the first.
            let (words, tail) = rest.split_at(before.len() + 1);
            out.push(Piece::Words(words));
            rest = tail;
            continue;
        };
        if !before.is_empty() {
            out.push(Piece::Words(before));
        }
        out.push(Piece::Variable(name.trim()));
        rest = behind;
    }
    if !rest.is_empty() {
        out.push(Piece::Words(rest));
    }
    out
}

/// The names of the variables, each once, in the order of their first place.
pub fn names(text: &str) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for piece in pieces(text) {
        if let Piece::Variable(name) = piece
            && !out.contains(&name)
        {
            out.push(name);
        }
    }
    out
}

/// The names as Meta takes their values: numbers by size, names by place.
pub fn ordered(text: &str) -> Vec<&str> {
    let mut out = names(text);
    if out.iter().all(|name| number(name).is_some()) {
        out.sort_by_key(|name| number(name));
    }
    out
}

/// The number that a variable is, where it is one.
pub fn number(name: &str) -> Option<u32> {
    name.parse().ok().filter(|n| *n > 0)
}

/// The text with values in the variables' places; a variable without one stays as it stands.
pub fn replace<'v>(text: &str, value: impl Fn(&str) -> Option<&'v str>) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => out.push_str(words),
            Piece::Variable(name) => {
                if let Some(words) = value(name) {
                    out.push_str(words);
                } else {
                    out.push_str("{{");
                    out.push_str(name);
                    out.push_str("}}");
                }
            }
        }
    }
    out
}

/// Whether this can be a variable's name.
pub fn is_name(name: &str) -> bool {
    let name = name.trim();
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::{Piece, names, ordered, pieces, replace};
    use proptest::prelude::*;

    #[test]
    fn variables_are_found_where_they_are_and_nowhere_else() {
        assert_eq!(
            pieces("Hola {{1}}, son {{ total }}."),
            [
                Piece::Words("Hola "),
                Piece::Variable("1"),
                Piece::Words(", son "),
                Piece::Variable("total"),
                Piece::Words("."),
            ]
        );
        assert_eq!(names("{{{1}} {{}} {{A}} {{a"), ["1"]);
        assert_eq!(ordered("{{10}} {{2}} {{10}}"), ["2", "10"]);
        assert_eq!(ordered("{{b}} {{a}}"), ["b", "a"]);
        let value = |name: &str| (name == "1").then_some("Ana {{2}}");
        assert_eq!(replace("{{1}}, {{2}}", value), "Ana {{2}}, {{2}}");
    }

    proptest! {
        #[test]
        fn pieces_put_together_are_the_text(text in "[{}a1 é]{0,24}") {
            let mut again = String::new();
            let mut bare = String::new();
            for piece in pieces(&text) {
                match piece {
                    Piece::Words(words) => { again.push_str(words); bare.push_str(words); }
                    Piece::Variable(name) => { again.push_str("{{"); again.push_str(name); again.push_str("}}"); }
                }
            }
            // Spaces inside the braces are the only thing that is not kept.
            prop_assert_eq!(again.replace(' ', ""), text.replace(' ', ""));
            prop_assert_eq!(replace(&text, |_| Some("")), bare);
        }
    }
}
