//! A filtered, scored list with a cursor: the switcher, the palette and the pickers are this.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32String};

/// One entry that the filter lets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its place among all entries.
    pub index: usize,
    /// How well it fits; 0 without a filter.
    pub score: u32,
}

/// One entry with the text that it is found by, also in the matcher's own form: making that anew
/// for each key would cost more than the matching.
#[derive(Debug, Clone)]
struct Entry<T> {
    value: T,
    text: String,
    letters: Utf32String,
}

impl<T> From<(T, String)> for Entry<T> {
    fn from((value, text): (T, String)) -> Self {
        let letters = Utf32String::from(text.as_str());
        Self {
            value,
            text,
            letters,
        }
    }
}

/// Entries with the text that they are found by, in the order they have without a filter.
#[derive(Debug, Clone)]
pub struct List<T> {
    entries: Vec<Entry<T>>,
    query: String,
    shown: Vec<Shown>,
    cursor: usize,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl<T> List<T> {
    /// A list of these; the text of each is what the filter reads.
    pub fn new(entries: Vec<(T, String)>) -> Self {
        let mut list = Self {
            entries: entries.into_iter().map(Entry::from).collect(),
            query: String::new(),
            shown: Vec::new(),
            cursor: 0,
        };
        list.filter();
        list
    }

    /// Takes other entries, keeps the filter; the cursor stays at its place where that exists.
    pub fn replace(&mut self, entries: Vec<(T, String)>) {
        self.entries = entries.into_iter().map(Entry::from).collect();
        self.filter();
    }

    /// Filters anew and puts the cursor on the best entry.
    pub fn set_query(&mut self, query: &str) {
        if self.query != query {
            query.clone_into(&mut self.query);
            self.cursor = 0;
            self.filter();
        }
    }

    /// The filter.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// What the filter lets through, best first.
    pub fn shown(&self) -> &[Shown] {
        &self.shown
    }

    /// The entry at a place of the whole list, with its text.
    pub fn entry(&self, index: usize) -> Option<(&T, &str)> {
        self.entries
            .get(index)
            .map(|entry| (&entry.value, entry.text.as_str()))
    }

    /// The entry under the cursor.
    pub fn selected(&self) -> Option<&T> {
        let shown = self.shown.get(self.cursor)?;
        self.entries.get(shown.index).map(|entry| &entry.value)
    }

    /// Where the cursor stands in what is shown.
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts the cursor somewhere in what is shown.
    pub const fn set_cursor(&mut self, cursor: usize) {
        let last = self.shown.len().saturating_sub(1);
        self.cursor = if cursor < last { cursor } else { last };
    }

    /// Moves the cursor; it stops at the ends.
    pub fn step(&mut self, by: isize) {
        self.set_cursor(self.cursor.saturating_add_signed(by));
    }

    /// Whether the filter lets nothing through.
    pub const fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// How many entries the filter lets through.
    pub const fn len(&self) -> usize {
        self.shown.len()
    }

    /// The first entry to draw so that the cursor is in sight with `rows` rows.
    pub const fn top(&self, rows: usize) -> usize {
        if self.cursor < rows {
            0
        } else {
            self.cursor + 1 - rows
        }
    }

    /// For each of the `rows` shown from `top` on: which graphemes of its text the filter found,
    /// ascending. Only what is drawn needs them.
    pub fn marks(&self, top: usize, rows: usize) -> Vec<Vec<u32>> {
        let words = self.query.trim();
        let shown = self.shown.iter().skip(top).take(rows);
        if words.is_empty() {
            return shown.map(|_| Vec::new()).collect();
        }
        let pattern = pattern(words);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let found = shown.map(|shown| {
            let mut marks = Vec::new();
            if let Some(entry) = self.entries.get(shown.index) {
                let _score = pattern.indices(entry.letters.slice(..), &mut matcher, &mut marks);
            }
            marks.sort_unstable();
            marks.dedup();
            marks
        });
        found.collect()
    }

    fn filter(&mut self) {
        let words = self.query.trim();
        if words.is_empty() {
            let all = 0..self.entries.len();
            self.shown = all.map(|index| Shown { index, score: 0 }).collect();
        } else {
            self.shown = score(&self.entries, words);
        }
        self.set_cursor(self.cursor);
    }
}

fn pattern(words: &str) -> Pattern {
    Pattern::parse(words, CaseMatching::Ignore, Normalization::Smart)
}

fn score<T>(entries: &[Entry<T>], words: &str) -> Vec<Shown> {
    let pattern = pattern(words);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut shown: Vec<Shown> = entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| {
            let score = pattern.score(entry.letters.slice(..), &mut matcher)?;
            Some(Shown { index, score })
        })
        .collect();
    shown.sort_unstable_by(|a, b| b.score.cmp(&a.score).then(a.index.cmp(&b.index)));
    shown
}

#[cfg(test)]
mod tests {
    use super::List;

    fn list() -> List<u8> {
        List::new(vec![
            (1, "Ana Prado".to_owned()),
            (2, "João Padaría".to_owned()),
            (3, "Mercado Lua".to_owned()),
        ])
    }

    #[test]
    fn without_a_filter_the_order_stays() {
        let list = list();
        assert_eq!(list.len(), 3);
        assert_eq!(list.selected(), Some(&1));
    }

    #[test]
    fn accents_and_case_do_not_matter() {
        let mut list = list();
        list.set_query("padari");
        assert_eq!(list.selected(), Some(&2));
        assert_eq!(list.len(), 1);
        assert_eq!(list.marks(0, 5), [[5, 6, 7, 8, 9, 10]]);
        list.set_query("joao");
        assert_eq!(list.selected(), Some(&2));
        list.set_query("zzz");
        assert_eq!(list.selected(), None);
        assert!(list.is_empty());
    }

    #[test]
    fn the_cursor_stops_at_the_ends() {
        let mut list = list();
        list.step(-1);
        assert_eq!(list.cursor(), 0);
        list.step(10);
        assert_eq!(list.selected(), Some(&3));
        assert_eq!(list.top(2), 1);
        list.replace(vec![(9, "solo".to_owned())]);
        assert_eq!(list.selected(), Some(&9));
    }
}
