//! What can be taken back: whole words that were typed, whole runs that were erased, whole pastes.

use ratatui_textarea::TextArea;

use crate::part::field::Field;

/// How many edits can be taken back.
const MOST: usize = 300;

/// What an edit was; runs of the same are one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Stands alone.
    #[default]
    Alone,
    /// Letters of one word.
    Typing,
    /// Erasing, grapheme by grapheme.
    Erasing,
}

#[derive(Debug, Clone)]
struct Snap {
    lines: Vec<String>,
    cursor: (usize, usize),
}

/// The texts before and after.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    past: Vec<Snap>,
    future: Vec<Snap>,
    last: Kind,
}

impl Field {
    /// Makes an edit that can be taken back; true if it changed anything.
    pub(super) fn edit(
        &mut self,
        kind: Kind,
        change: impl FnOnce(&mut TextArea<'static>) -> bool,
    ) -> bool {
        self.goal = None;
        let joins = kind != Kind::Alone && kind == self.history.last;
        let before = (!joins).then(|| self.snap_now());
        let changed = change(&mut self.area);
        if changed {
            if self.history.past.len() >= MOST {
                self.history.past.remove(0);
            }
            self.history.past.extend(before);
            self.history.future.clear();
            self.history.last = kind;
        }
        changed
    }

    /// The next edit stands alone: the cursor went elsewhere, or a word ended.
    pub(super) const fn part_edits(&mut self) {
        self.history.last = Kind::Alone;
    }

    /// Takes the last edit back.
    pub fn undo(&mut self) -> bool {
        let Some(snap) = self.history.past.pop() else {
            return false;
        };
        let now = self.snap_now();
        self.history.future.push(now);
        self.take(snap);
        true
    }

    /// Does again what was taken back.
    pub fn redo(&mut self) -> bool {
        let Some(snap) = self.history.future.pop() else {
            return false;
        };
        let now = self.snap_now();
        self.history.past.push(now);
        self.take(snap);
        true
    }

    /// How many edits could be taken back; what is done since can be made one by
    /// [`Field::join_since`].
    pub(super) const fn depth(&self) -> usize {
        self.history.past.len()
    }

    /// Makes everything since `depth` one edit.
    pub(super) fn join_since(&mut self, depth: usize) {
        self.history.past.truncate(depth + 1);
        self.part_edits();
    }

    fn snap_now(&self) -> Snap {
        Snap {
            lines: self.area.lines().to_vec(),
            cursor: self.place(),
        }
    }

    fn take(&mut self, snap: Snap) {
        self.goal = None;
        self.part_edits();
        self.area = TextArea::new(snap.lines);
        self.area.set_max_histories(0);
        self.jump(snap.cursor.0, snap.cursor.1);
    }
}
