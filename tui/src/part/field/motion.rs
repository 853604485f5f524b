//! Where the moves of vi lead, in a text that is a list of graphemes.

/// How a move is taken by an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    /// The grapheme that it leads to.
    pub(super) to: usize,
    /// Whether that one belongs to it.
    pub(super) inclusive: bool,
    /// Whether it takes whole lines.
    pub(super) lines: bool,
}

/// A text as graphemes, line feeds among them.
pub(super) struct Text<'a>(pub(super) &'a [&'a str]);

#[derive(PartialEq, Eq, Clone, Copy)]
enum Class {
    Blank,
    Word,
    Mark,
}

impl Text<'_> {
    fn is_break(&self, at: usize) -> bool {
        self.0.get(at) == Some(&"\n")
    }

    fn class(&self, at: usize, big: bool) -> Class {
        let Some(first) = self.0.get(at).and_then(|g| g.chars().next()) else {
            return Class::Blank;
        };
        if first.is_whitespace() {
            Class::Blank
        } else if big || first.is_alphanumeric() || first == '_' {
            Class::Word
        } else {
            Class::Mark
        }
    }

    /// The first grapheme of the line.
    pub(super) fn start(&self, at: usize) -> usize {
        let before = self.0.iter().take(at).rposition(|g| *g == "\n");
        before.map_or(0, |at| at + 1)
    }

    /// The line feed that ends the line, or the end of the text.
    pub(super) fn end(&self, at: usize) -> usize {
        let after = self.0.iter().skip(at).position(|g| *g == "\n");
        after.map_or(self.0.len(), |n| at + n)
    }

    /// The first grapheme of the line that is not blank.
    pub(super) fn indent(&self, at: usize) -> usize {
        let (start, end) = (self.start(at), self.end(at));
        (start..end)
            .find(|at| self.class(*at, true) != Class::Blank)
            .unwrap_or(start)
    }

    fn word(&self, mut at: usize, big: bool) -> usize {
        let class = self.class(at, big);
        while at < self.0.len() && class != Class::Blank && self.class(at, big) == class {
            at += 1;
        }
        while at < self.0.len() && self.class(at, big) == Class::Blank {
            at += 1;
        }
        at
    }

    fn back(&self, mut at: usize, big: bool) -> usize {
        while at > 0 && self.class(at - 1, big) == Class::Blank {
            at -= 1;
        }
        let Some(last) = at.checked_sub(1) else {
            return 0;
        };
        let class = self.class(last, big);
        while at > 0 && self.class(at - 1, big) == class {
            at -= 1;
        }
        at
    }

    fn word_end(&self, at: usize, big: bool) -> usize {
        let mut at = at + 1;
        while at < self.0.len() && self.class(at, big) == Class::Blank {
            at += 1;
        }
        let class = self.class(at, big);
        while at + 1 < self.0.len() && self.class(at + 1, big) == class {
            at += 1;
        }
        at.min(self.0.len().saturating_sub(1))
    }

    /// The last letter of the word here, or of one behind it.
    pub(super) fn last_of_word(&self, at: usize, big: bool, count: usize) -> usize {
        let class = self.class(at, big);
        let mut last = at;
        while last + 1 < self.0.len() && self.class(last + 1, big) == class {
            last += 1;
        }
        (1..count).fold(last, |at, _| self.word_end(at, big))
    }

    /// So many lines down, or up, at the same column.
    fn line(&self, at: usize, by: isize) -> Option<usize> {
        let column = at - self.start(at);
        let mut start = self.start(at);
        for _ in 0..by.unsigned_abs() {
            start = if by > 0 {
                let end = self.end(start);
                self.is_break(end).then_some(end + 1)?
            } else {
                self.start(start.checked_sub(1)?)
            };
        }
        Some((start + column).min(self.end(start)))
    }

    /// The `count`th such letter on the line, in a direction; `until` stops before it.
    pub(super) fn letter(&self, at: usize, find: Find, count: usize) -> Option<usize> {
        let wanted = find.letter.to_string();
        let hit = |at: &usize| self.0.get(*at) == Some(&wanted.as_str());
        let found = if find.forward {
            let skip = usize::from(find.until && self.0.get(at + 1) == Some(&wanted.as_str()));
            (at + 1 + skip..self.end(at)).filter(hit).nth(count - 1)?
        } else {
            (self.start(at)..at).rev().filter(hit).nth(count - 1)?
        };
        Some(match (find.until, find.forward) {
            (false, _) => found,
            (true, true) => found - 1,
            (true, false) => found + 1,
        })
    }

    /// Where a move leads; `None` if it leads nowhere.
    pub(super) fn reach(&self, at: usize, letter: char, count: Option<usize>) -> Option<Reach> {
        let times = count.unwrap_or(1);
        let rows = isize::try_from(times).unwrap_or(isize::MAX);
        let again = |step: &dyn Fn(usize) -> usize| (0..times).fold(at, |at, _| step(at));
        let (to, inclusive, lines) = match letter {
            'h' => (at.saturating_sub(times).max(self.start(at)), false, false),
            'l' | ' ' => ((at + times).min(self.end(at)), false, false),
            'w' | 'W' => (again(&|at| self.word(at, letter == 'W')), false, false),
            'b' | 'B' => (again(&|at| self.back(at, letter == 'B')), false, false),
            'e' | 'E' => (again(&|at| self.word_end(at, letter == 'E')), true, false),
            '0' => (self.start(at), false, false),
            '^' => (self.indent(at), false, false),
            '$' => (self.end(at), false, false),
            'j' => (self.line(at, rows)?, false, true),
            'k' => (self.line(at, -rows)?, false, true),
            'g' => (0, false, true),
            'G' => (self.start(self.0.len()), false, true),
            _ => return None,
        };
        Some(Reach {
            to,
            inclusive,
            lines,
        })
    }

    /// The word round a place; with the blanks behind it if `around`.
    pub(super) fn word_at(&self, at: usize, around: bool) -> (usize, usize) {
        let class = self.class(at, false);
        let same = |at: usize| !self.is_break(at) && self.class(at, false) == class;
        let (mut from, mut to) = (at, at);
        while from > 0 && same(from - 1) {
            from -= 1;
        }
        while to < self.0.len() && same(to) {
            to += 1;
        }
        while around
            && to < self.0.len()
            && !self.is_break(to)
            && self.class(to, false) == Class::Blank
        {
            to += 1;
        }
        (from, to)
    }
}

/// A letter that is looked for on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Find {
    pub(super) letter: char,
    pub(super) forward: bool,
    pub(super) until: bool,
}
