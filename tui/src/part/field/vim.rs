//! The keys of vi for a field: modes, counts, operators with moves, and the dot that does it again.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_segmentation::UnicodeSegmentation;

use crate::part::field::Field;
use crate::part::field::motion::{Find, Text};
use crate::part::field::read::{Parsed, Read, parse};

/// No text becomes longer by putting things in again and again.
const MOST: usize = 65_536;

/// What letters do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// They are text.
    #[default]
    Insert,
    /// They are deeds.
    Normal,
    /// They are deeds on what is chosen.
    Visual,
}

/// The state between two keys.
#[derive(Debug, Default)]
pub struct Vim {
    mode: Mode,
    pending: String,
    register: String,
    find: Option<Find>,
    /// Where a choice began, in graphemes.
    anchor: usize,
    /// What is being done, and what was done last: for the dot.
    doing: Vec<KeyEvent>,
    done: Vec<KeyEvent>,
    /// How many edits there were before the one that is being made.
    depth: Option<usize>,
}

impl Vim {
    /// What letters do now.
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// Letters are text again; for another box.
    pub fn reset(&mut self) {
        let register = std::mem::take(&mut self.register);
        *self = Self {
            register,
            ..Self::default()
        };
    }

    /// The part that is chosen, in graphemes of the text.
    pub fn chosen(&self, field: &Field) -> Option<(usize, usize)> {
        let at = field.cursor_grapheme();
        (self.mode == Mode::Visual).then(|| (self.anchor.min(at), self.anchor.max(at) + 1))
    }

    /// Esc; false if it means something else here.
    pub fn escape(&mut self, field: &mut Field) -> bool {
        match self.mode {
            Mode::Insert => {
                self.finish(field);
                self.mode = Mode::Normal;
                let at = field.cursor_grapheme();
                if !field.before_cursor().is_empty() {
                    field.go_to_grapheme(at - 1);
                }
                true
            }
            Mode::Visual => {
                self.mode = Mode::Normal;
                true
            }
            Mode::Normal => !std::mem::take(&mut self.pending).is_empty(),
        }
    }

    /// A key; true if the text changed.
    pub fn key(&mut self, field: &mut Field, key: KeyEvent) -> bool {
        if self.mode == Mode::Insert {
            if self.depth.is_some() {
                self.doing.push(key);
            }
            return field.input(key);
        }
        if key.code == KeyCode::Char('r') && key.modifiers == KeyModifiers::CONTROL {
            return field.redo();
        }
        let letter = match key.code {
            KeyCode::Char(letter) if (key.modifiers - KeyModifiers::SHIFT).is_empty() => letter,
            KeyCode::Backspace => 'h',
            KeyCode::Delete => 'x',
            _ => return field.input(key),
        };
        if self.pending.is_empty() {
            self.doing.clear();
        }
        self.doing.push(key);
        self.pending.push(letter);
        match parse(&self.pending, self.mode == Mode::Visual) {
            Parsed::Begun => false,
            Parsed::Nonsense => {
                self.pending.clear();
                false
            }
            Parsed::Whole(read) => {
                self.pending.clear();
                self.perform(field, &read)
            }
        }
    }

    /// An edit is over: it is one thing to take back, and the one that the dot does again.
    fn finish(&mut self, field: &mut Field) {
        if let Some(depth) = self.depth.take() {
            if field.depth() > depth + 1 {
                field.join_since(depth);
            }
            self.done = std::mem::take(&mut self.doing);
        }
    }

    fn perform(&mut self, field: &mut Field, read: &Read) -> bool {
        let before = field.text();
        match read.verb {
            'u' => return field.undo(),
            '.' => return self.again(field),
            _ => {}
        }
        let depth = field.depth();
        let graphemes: Vec<&str> = before.graphemes(true).collect();
        let text = Text(&graphemes);
        let at = field.cursor_grapheme();
        let edits = self.carry_out(field, read, (&text, at));
        if edits {
            self.depth = Some(depth);
            if self.mode != Mode::Insert {
                self.finish(field);
            }
        }
        if self.mode == Mode::Normal {
            field.stay_on_line();
        }
        field.text() != before
    }

    fn again(&mut self, field: &mut Field) -> bool {
        let keys = std::mem::take(&mut self.done);
        let mut changed = false;
        for key in &keys {
            changed |= self.key(field, *key);
        }
        if self.mode == Mode::Insert {
            self.escape(field);
        }
        self.done = keys;
        changed
    }

    /// Does it; true if it is an edit.
    fn carry_out(
        &mut self,
        field: &mut Field,
        read: &Read,
        (text, at): (&Text<'_>, usize),
    ) -> bool {
        let times = read.count.unwrap_or(1);
        if self.mode == Mode::Visual && self.on_chosen(field, read, (text, at)) {
            return true;
        }
        if let Some(operator) = read.operator {
            let Some((from, to)) = self.range(read, text, at) else {
                return false;
            };
            return self.operate(field, operator, (from, to), text);
        }
        let end = text.end(at);
        match read.verb {
            'i' | 'I' | 'a' | 'A' => {
                field.go_to_grapheme(match read.verb {
                    'I' => text.indent(at),
                    'a' => (at + 1).min(end),
                    'A' => end,
                    _ => at,
                });
                self.mode = Mode::Insert;
            }
            'o' | 'O' => {
                let (place, back) = if read.verb == 'o' {
                    (end, 0)
                } else {
                    (text.start(at), 1)
                };
                field.put(place..place, "\n");
                field.go_to_grapheme(place + 1 - back);
                self.mode = Mode::Insert;
            }
            'x' => return self.operate(field, 'd', (at, (at + times).min(end)), text),
            'X' => {
                let from = at.saturating_sub(times).max(text.start(at));
                return self.operate(field, 'd', (from, at), text);
            }
            's' => return self.operate(field, 'c', (at, (at + times).min(end)), text),
            'D' => return self.operate(field, 'd', (at, end), text),
            'C' => return self.operate(field, 'c', (at, end), text),
            'S' => return self.operate(field, 'c', (text.start(at), end), text),
            'p' | 'P' => self.paste(field, read.verb == 'P', times, (text, at)),
            'J' if end < text.0.len() => {
                field.put(end..end + 1, " ");
            }
            'r' => {
                let letter = read.letter.map(String::from).unwrap_or_default();
                if at < end {
                    field.put(at..at + 1, &letter);
                    field.go_to_grapheme(at);
                }
            }
            '~' => {
                let letter = text.0.get(at).copied().unwrap_or_default();
                if at < end {
                    field.put(at..at + 1, &turned(letter));
                    field.go_to_grapheme(at + 1);
                }
            }
            'v' => {
                self.anchor = at;
                self.mode = Mode::Visual;
                return false;
            }
            _ => {
                if let Some((to, _, _)) = self.target(read, text, at) {
                    field.go_to_grapheme(to);
                }
                return false;
            }
        }
        true
    }

    /// Does it on what is chosen; false if it is a move.
    fn on_chosen(
        &mut self,
        field: &mut Field,
        read: &Read,
        (text, at): (&Text<'_>, usize),
    ) -> bool {
        let range = (
            self.anchor.min(at),
            (self.anchor.max(at) + 1).min(text.0.len()),
        );
        let operator = match read.verb {
            'd' | 'x' => 'd',
            'c' | 's' => 'c',
            'y' => 'y',
            _ => return false,
        };
        self.mode = Mode::Normal;
        self.operate(field, operator, range, text);
        true
    }

    fn operate(
        &mut self,
        field: &mut Field,
        operator: char,
        (from, to): (usize, usize),
        text: &Text<'_>,
    ) -> bool {
        let part: Vec<&str> = text.0.iter().skip(from).take(to - from).copied().collect();
        self.register = part.concat();
        if operator == 'y' {
            field.go_to_grapheme(from);
            return false;
        }
        if operator == 'c' {
            self.mode = Mode::Insert;
            // The last line feed of whole lines stays: there is a line to write on.
            let keeps = self.register.ends_with('\n');
            field.put(from..to - usize::from(keeps), "");
        } else {
            field.put(from..to, "");
        }
        field.go_to_grapheme(from);
        true
    }

    fn paste(&self, field: &mut Field, before: bool, times: usize, (text, at): (&Text<'_>, usize)) {
        let words = self.register.repeat(times.min(100));
        if text.0.len() + words.len() > MOST {
            return;
        }
        if words.ends_with('\n') {
            let place = if before {
                text.start(at)
            } else {
                text.end(at) + 1
            };
            if place > text.0.len() {
                let words = format!("\n{}", words.trim_end_matches('\n'));
                field.put(text.0.len()..text.0.len(), &words);
            } else {
                field.put(place..place, &words);
            }
            field.go_to_grapheme(place);
        } else {
            let place = if before {
                at
            } else {
                (at + 1).min(text.end(at))
            };
            field.put(place..place, &words);
            let last = place + words.graphemes(true).count();
            field.go_to_grapheme(last.saturating_sub(1));
        }
    }

    /// What an operator takes.
    fn range(&mut self, read: &Read, text: &Text<'_>, at: usize) -> Option<(usize, usize)> {
        if read.operator == Some(read.verb) {
            let mut end = text.end(at);
            for _ in 1..read.count.unwrap_or(1) {
                end = text.end((end + 1).min(text.0.len()));
            }
            return Some(lines(text, (at, end)));
        }
        if matches!(read.verb, 'i' | 'a') {
            return Some(text.word_at(at, read.verb == 'a'));
        }
        // `cw` on a word stops at its end, as everybody expects.
        let is_word = text.0.get(at).is_some_and(|g| !g.trim().is_empty());
        let (to, inclusive, whole) = match (read.operator, read.verb) {
            (Some('c'), 'w' | 'W') if is_word => {
                let to = text.last_of_word(at, read.verb == 'W', read.count.unwrap_or(1));
                (to, true, false)
            }
            _ => self.target(read, text, at)?,
        };
        if whole {
            return Some(lines(text, (at.min(to), at.max(to))));
        }
        let (from, mut end) = (at.min(to), at.max(to));
        if inclusive {
            end = (end + 1).min(text.0.len());
        }
        Some((from, end))
    }

    fn target(&mut self, read: &Read, text: &Text<'_>, at: usize) -> Option<(usize, bool, bool)> {
        let times = read.count.unwrap_or(1);
        let find = match (read.verb, read.letter) {
            ('f' | 't' | 'F' | 'T', Some(letter)) => {
                let find = Find {
                    letter,
                    forward: matches!(read.verb, 'f' | 't'),
                    until: matches!(read.verb, 't' | 'T'),
                };
                self.find = Some(find);
                Some(find)
            }
            (';', _) => self.find,
            (',', _) => self.find.map(|find| Find {
                forward: !find.forward,
                ..find
            }),
            _ => None,
        };
        if let Some(find) = find {
            let to = text.letter(at, find, times)?;
            return Some((to, find.forward, false));
        }
        let reach = text.reach(at, read.verb, read.count)?;
        Some((reach.to, reach.inclusive, reach.lines))
    }
}

/// Whole lines, with the line feed behind them or, at the end, before them.
fn lines(text: &Text<'_>, (from, to): (usize, usize)) -> (usize, usize) {
    let (start, end) = (text.start(from), text.end(to));
    if end < text.0.len() {
        (start, end + 1)
    } else {
        (start.saturating_sub(1), end)
    }
}

fn turned(letter: &str) -> String {
    let (upper, lower) = (letter.to_uppercase(), letter.to_lowercase());
    if upper == letter { lower } else { upper }
}

#[cfg(test)]
#[path = "vim_tests.rs"]
mod tests;
