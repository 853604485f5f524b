//! A setting that cannot be, told with its file, line, column and what would be allowed.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

/// Where a wrong setting stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a file.
    File {
        /// Which.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// The whole line, and how many characters of it are meant.
        source: (String, usize),
    },
    /// In the environment.
    Environment(String),
    /// On the command line.
    Flag(String),
}

/// A setting that cannot be. It shows itself as one sentence and, for a file, the line with a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// Where it stands; `None` where a file cannot be read at all.
    pub place: Option<Place>,
    /// The key it is about, `section.key`.
    pub key: Option<String>,
    /// What is wrong and what would be right.
    pub sentence: String,
}

impl std::error::Error for ConfigError {}

impl Place {
    /// The place of a span of bytes in a file's text.
    pub(crate) fn in_file(path: PathBuf, text: &str, span: Range<usize>) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before.get(start..).unwrap_or_default().chars().count() + 1;
        let source = text
            .get(start..)
            .unwrap_or_default()
            .lines()
            .next()
            .unwrap_or_default();
        let meant = text
            .get(span)
            .unwrap_or_default()
            .lines()
            .next()
            .unwrap_or_default();
        let marked = meant.chars().count().max(1);
        Self::File {
            path,
            line,
            column,
            source: (source.to_owned(), marked),
        }
    }
}

impl ConfigError {
    /// The whole story in one line, for a log or a notice: `FILE:LINE: key: sentence`.
    pub fn line(&self) -> String {
        let key = self
            .key
            .as_ref()
            .map_or_else(String::new, |key| format!("{key}: "));
        match &self.place {
            Some(Place::File {
                path, line, column, ..
            }) => {
                format!("{}:{line}:{column}: {key}{}", path.display(), self.sentence)
            }
            Some(Place::Environment(name)) => {
                format!("environment variable {name}: {key}{}", self.sentence)
            }
            Some(Place::Flag(name)) => format!("option {name}: {key}{}", self.sentence),
            None => format!("{key}{}", self.sentence),
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line())?;
        if let Some(Place::File {
            line,
            column,
            source: (source, marked),
            ..
        }) = &self.place
        {
            let number = line.to_string();
            let gutter = " ".repeat(number.len());
            let indent: String = source
                .chars()
                .take(column - 1)
                .map(|c| if c == '\t' { c } else { ' ' })
                .collect();
            write!(
                f,
                "\n{gutter} |\n{number} | {source}\n{gutter} | {indent}{}",
                "^".repeat(*marked)
            )?;
        }
        Ok(())
    }
}

/// The known word that is nearest to a wrong one, if any is near enough to be meant.
pub(crate) fn nearest<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    known
        .into_iter()
        .map(|word| (distance(&wrong, word), word))
        .filter(|(far, word)| *far <= 1 + word.chars().count() / 4)
        .min_by_key(|(far, _)| *far)
        .map(|(_, word)| word)
}

/// How many letters must be put in, taken out, changed or swapped to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let at = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let changed = at(&row, j) + usize::from(from != to);
            let mut best = changed.min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(to) && b.get(j - 1) == Some(from);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{ConfigError, Place, distance, nearest};

    #[test]
    fn a_mistyped_word_finds_the_one_that_was_meant() {
        assert_eq!(distance("listen", "lisetn"), 1);
        assert_eq!(distance("", "abc"), 3);
        let known = ["data_dir", "socket", "listen", "public_url"];
        assert_eq!(nearest("lisen", known), Some("listen"));
        assert_eq!(nearest("Public_URL", known), Some("public_url"));
        assert_eq!(nearest("colour", known), None);
    }

    #[test]
    fn a_mark_stands_under_what_is_meant_whatever_comes_before_it() {
        let text = "# ñandú\n[log]\n\tlevel = \"loud\"\n";
        let start = text.find("\"loud\"").unwrap();
        let place = Place::in_file("/etc/recado/recado.toml".into(), text, start..start + 6);
        let error = ConfigError {
            place: Some(place),
            key: Some("log.level".to_owned()),
            sentence: "\"loud\" is no level.".to_owned(),
        };
        let shown = error.to_string();
        let expected = "/etc/recado/recado.toml:3:10: log.level: \"loud\" is no level.\n  |\n\
                        3 | \tlevel = \"loud\"\n  | \t        ^^^^^^";
        assert_eq!(shown, expected);
    }
}
