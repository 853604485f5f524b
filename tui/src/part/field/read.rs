//! The keys of a vi command read into count, operator and move.

/// A command, read whole.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) count: Option<usize>,
    pub(super) operator: Option<char>,
    pub(super) verb: char,
    /// The letter behind `f`, `t`, `r`, `i`, `a`.
    pub(super) letter: Option<char>,
}

/// What some keys are.
#[derive(Debug)]
pub(super) enum Parsed {
    Whole(Read),
    Begun,
    Nonsense,
}

/// Reads keys; in a choice operators stand alone.
pub(super) fn parse(keys: &str, visual: bool) -> Parsed {
    let (count, rest) = number(keys);
    let mut letters = rest.chars();
    let Some(first) = letters.next() else {
        return Parsed::Begun;
    };
    let is_operator = matches!(first, 'd' | 'c' | 'y') && !visual;
    let (operator, count, verb, mut letters) = if is_operator {
        let (inner, rest) = number(letters.as_str());
        let mut letters = rest.chars();
        let Some(verb) = letters.next() else {
            return Parsed::Begun;
        };
        let all = count.map(|n| n * inner.unwrap_or(1)).or(inner);
        (Some(first), all, verb, letters)
    } else {
        (None, count, first, letters)
    };
    let wants = matches!(verb, 'f' | 't' | 'F' | 'T' | 'g')
        || (operator.is_none() && verb == 'r')
        || (operator.is_some() && matches!(verb, 'i' | 'a'));
    let letter = letters.next();
    if wants && letter.is_none() {
        return Parsed::Begun;
    }
    let known = match (operator, verb) {
        (_, 'g') => letter == Some('g'),
        (Some(_), 'i' | 'a') => letter == Some('w'),
        (Some(operator), verb) => operator == verb || is_move(verb),
        (None, verb) => is_move(verb) || "iIaAoOxXsDCSpPJr~vu.".contains(verb) || visual,
    };
    if !known {
        return Parsed::Nonsense;
    }
    Parsed::Whole(Read {
        count,
        operator,
        verb,
        letter,
    })
}

fn is_move(letter: char) -> bool {
    "hl wWbBeE0^$jkgGfFtT;,".contains(letter)
}

/// A count at the begin; 0 is a move.
fn number(keys: &str) -> (Option<usize>, &str) {
    if keys.starts_with('0') {
        return (None, keys);
    }
    let rest = keys.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = keys.strip_suffix(rest).unwrap_or_default();
    // Nobody means more, and a slip of the finger shall not hang the screen.
    (digits.parse().ok().map(|n: usize| n.min(999)), rest)
}
