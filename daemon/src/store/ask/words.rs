//! A search taken apart: whole words, the beginning of one, and signs that the index does not know.

use crate::store::row::message::Raw;

/// The shortest last word that also stands for what begins with it.
const MIN_BEGINNING: usize = 2;

/// A query taken apart.
pub(crate) struct Words {
    /// What the index knows, quoted.
    pub(crate) plain: Vec<String>,
    /// What it does not.
    pub(crate) signs: Vec<String>,
    /// Whether the last plain word may be a beginning.
    open: bool,
}

impl Words {
    /// Takes a query apart.
    pub(crate) fn read(q: &str) -> Self {
        let (plain, signs): (Vec<&str>, Vec<&str>) = q
            .split_whitespace()
            .partition(|word| word.chars().any(char::is_alphanumeric));
        let last = plain
            .last()
            .map_or(0, |w| w.chars().filter(|c| c.is_alphanumeric()).count());
        Self {
            open: last >= MIN_BEGINNING && !q.ends_with(char::is_whitespace),
            plain: plain.iter().map(|w| quoted(w)).collect(),
            signs: signs.into_iter().map(ToOwned::to_owned).collect(),
        }
    }

    /// What to match in a phase: whole words, then beginnings that are not whole words.
    pub(crate) fn expression(&self, phase: i64) -> Option<String> {
        let whole = self.plain.join(" AND ");
        match phase {
            0 => Some(format!("{{body}} : ({whole})")),
            1 if self.open => Some(format!("{{body}} : (({whole} *) NOT ({whole}))")),
            _ => None,
        }
    }

    /// Whether a message has every sign.
    pub(crate) fn has_signs(&self, raw: &Raw) -> bool {
        let text = raw.text.as_deref().unwrap_or_default();
        self.signs.iter().all(|sign| text.contains(sign.as_str()))
    }
}

fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('"', "\"\""))
}
