//! One text editor for the compose box and for every form: by grapheme, soft-wrapped, with undo.

mod history;
mod motion;
mod place;
mod read;
mod rows;
pub mod vim;

use std::cell::Cell;

use common::text::clean::clean;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::{CursorMove, TextArea};
use unicode_segmentation::UnicodeSegmentation;

use crate::part::field::history::{History, Kind};

/// A text that is being written.
///
/// The text area keeps the text; what it does by code point is done here by grapheme, lines are
/// wrapped and drawn by our own rules, and what is taken back is a word and not a letter.
#[derive(Debug, Clone)]
pub struct Field {
    area: TextArea<'static>,
    many: bool,
    /// Cells between the edges when the field was last measured; up and down go by it.
    room: Cell<usize>,
    /// The column that up and down try to keep.
    goal: Option<usize>,
    history: History,
}

impl Default for Field {
    fn default() -> Self {
        Self::new()
    }
}

impl Field {
    /// An empty field of many lines.
    pub fn new() -> Self {
        Self::holding("", true)
    }

    /// An empty field of one line; line feeds become spaces.
    pub fn single() -> Self {
        Self::holding("", false)
    }

    fn holding(text: &str, many: bool) -> Self {
        let text = Self::fitting(text, many);
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_max_histories(0);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self {
            area,
            many,
            room: Cell::new(usize::MAX),
            goal: None,
            history: History::default(),
        }
    }

    pub(super) fn fitting(text: &str, many: bool) -> String {
        let text = clean(text);
        if many {
            text.into_owned()
        } else {
            text.replace('\n', " ")
        }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.area.lines().iter().all(String::is_empty)
    }

    /// Puts another text in, with the cursor at its end, and forgets the history.
    pub fn set(&mut self, text: &str) {
        let room = self.room.get();
        *self = Self::holding(text, self.many);
        self.room.set(room);
    }

    /// Types text at the cursor: one edit, one undo; the letters of a word are one together.
    /// Control characters are left out.
    pub fn insert_str(&mut self, text: &str) -> bool {
        let text = Self::fitting(text, self.many);
        if text.is_empty() {
            return false;
        }
        let is_letter = text.graphemes(true).nth(1).is_none();
        let ends = text.ends_with(char::is_whitespace);
        let kind = if is_letter { Kind::Typing } else { Kind::Alone };
        let done = self.edit(kind, |area| area.insert_str(text));
        if ends {
            self.part_edits();
        }
        done
    }

    /// A new line; nothing in a field of one line.
    pub fn newline(&mut self) -> bool {
        self.many
            && self.edit(Kind::Alone, |area| {
                area.insert_newline();
                true
            })
    }

    /// Takes everything away; undo brings it back.
    pub fn clear(&mut self) -> bool {
        self.edit(Kind::Alone, TextArea::clear)
    }

    /// Puts another text in, with the cursor at its end: one edit, one undo.
    pub fn replace(&mut self, text: &str) -> bool {
        let text = Self::fitting(text, self.many);
        if text == self.text() {
            return false;
        }
        self.edit(Kind::Alone, |area| {
            area.clear();
            area.insert_str(text);
            true
        })
    }

    /// Puts `text` in the place of the `letters` characters before the cursor: one edit, one undo.
    pub fn replace_before(&mut self, letters: usize, text: &str) -> bool {
        let (row, column) = self.place();
        let Some(from) = column.checked_sub(letters) else {
            return false;
        };
        let text = Self::fitting(text, self.many);
        self.edit(Kind::Alone, |area| {
            area.move_cursor(jump_to(row, from));
            area.delete_str(letters);
            area.insert_str(text);
            true
        })
    }

    /// The cursor's line, up to the cursor.
    pub fn before_cursor(&self) -> String {
        let (row, column) = self.place();
        let line = self.area.lines().get(row);
        line.map_or_else(String::new, |line| line.chars().take(column).collect())
    }

    /// Takes away the grapheme before the cursor, or the line break.
    pub fn backspace(&mut self) -> bool {
        let (row, column) = self.place();
        let before = self.before(row, column);
        self.edit(Kind::Erasing, |area| {
            if before == column {
                return area.delete_newline();
            }
            area.move_cursor(jump_to(row, before));
            area.delete_str(column - before)
        })
    }

    /// Takes away the grapheme under the cursor, or the line break.
    pub fn delete(&mut self) -> bool {
        let (row, column) = self.place();
        let after = self.after(row, column);
        self.edit(Kind::Erasing, |area| {
            if after == column {
                return area.delete_next_char();
            }
            area.delete_str(after - column)
        })
    }

    /// Takes away the word before the cursor.
    pub fn kill_word_left(&mut self) -> bool {
        self.edit(Kind::Alone, TextArea::delete_word)
    }

    /// Takes away the word after the cursor.
    pub fn kill_word_right(&mut self) -> bool {
        self.edit(Kind::Alone, TextArea::delete_next_word)
    }

    /// Takes away everything from the line's begin to the cursor.
    pub fn kill_to_start(&mut self) -> bool {
        self.edit(Kind::Alone, TextArea::delete_line_by_head)
    }

    /// Takes away everything from the cursor to the line's end.
    pub fn kill_to_end(&mut self) -> bool {
        self.edit(Kind::Alone, TextArea::delete_line_by_end)
    }

    /// One grapheme to the left; false at the very begin.
    pub fn left(&mut self) -> bool {
        self.moved();
        let (row, column) = self.place();
        let before = self.before(row, column);
        if before < column {
            self.jump(row, before);
        } else if row > 0 {
            self.area.move_cursor(CursorMove::Up);
            self.area.move_cursor(CursorMove::End);
        }
        (row, column) != self.place()
    }

    /// One grapheme to the right; false at the very end.
    pub fn right(&mut self) -> bool {
        self.moved();
        let (row, column) = self.place();
        let after = self.after(row, column);
        if after > column {
            self.jump(row, after);
        } else if row + 1 < self.area.lines().len() {
            self.jump(row + 1, 0);
        }
        (row, column) != self.place()
    }

    /// One word to the left.
    pub fn word_left(&mut self) {
        self.moved();
        self.area.move_cursor(CursorMove::WordBack);
        self.snap();
    }

    /// One word to the right.
    pub fn word_right(&mut self) {
        self.moved();
        self.area.move_cursor(CursorMove::WordForward);
        self.snap();
    }

    /// To the begin of the line.
    pub fn home(&mut self) {
        self.moved();
        self.area.move_cursor(CursorMove::Head);
    }

    /// To the end of the line.
    pub fn end(&mut self) {
        self.moved();
        self.area.move_cursor(CursorMove::End);
    }

    /// To the begin of the text.
    pub fn top(&mut self) {
        self.moved();
        self.jump(0, 0);
    }

    /// To the end of the text.
    pub fn bottom(&mut self) {
        self.moved();
        self.area.move_cursor(CursorMove::Bottom);
        self.area.move_cursor(CursorMove::End);
    }

    /// Does what a key commonly does in text; false if it means nothing here. Enter, Tab and Esc
    /// are not the field's.
    pub fn input(&mut self, key: KeyEvent) -> bool {
        let mods = key.modifiers - KeyModifiers::SHIFT;
        match (key.code, mods) {
            (KeyCode::Char(c), KeyModifiers::NONE) => self.insert_str(c.encode_utf8(&mut [0; 4])),
            (KeyCode::Backspace, KeyModifiers::NONE) => self.backspace(),
            (KeyCode::Delete, KeyModifiers::NONE) => self.delete(),
            (KeyCode::Backspace, _) | (KeyCode::Char('w'), KeyModifiers::CONTROL) => {
                self.kill_word_left()
            }
            (KeyCode::Delete, _) | (KeyCode::Char('d'), KeyModifiers::ALT) => {
                self.kill_word_right()
            }
            (KeyCode::Char('u'), KeyModifiers::CONTROL) => self.kill_to_start(),
            (KeyCode::Left, KeyModifiers::NONE) => self.left(),
            (KeyCode::Right, KeyModifiers::NONE) => self.right(),
            (KeyCode::Up, KeyModifiers::NONE) => self.up(),
            (KeyCode::Down, KeyModifiers::NONE) => self.down(),
            (KeyCode::Left, _) | (KeyCode::Char('b'), KeyModifiers::ALT) => {
                self.word_left();
                true
            }
            (KeyCode::Right, _) | (KeyCode::Char('f'), KeyModifiers::ALT) => {
                self.word_right();
                true
            }
            (KeyCode::Home, _) | (KeyCode::Char('a'), KeyModifiers::CONTROL) => {
                self.home();
                true
            }
            (KeyCode::End, _) | (KeyCode::Char('e'), KeyModifiers::CONTROL) => {
                self.end();
                true
            }
            _ => false,
        }
    }

    /// The cursor goes elsewhere by a person's wish.
    const fn moved(&mut self) {
        self.goal = None;
        self.part_edits();
    }

    fn place(&self) -> (usize, usize) {
        let cursor = self.area.cursor();
        (cursor.0, cursor.1)
    }

    fn jump(&mut self, row: usize, column: usize) {
        self.area.move_cursor(jump_to(row, column));
    }

    /// Where the grapheme before a column begins, in characters.
    fn before(&self, row: usize, column: usize) -> usize {
        self.edges(row)
            .take_while(|edge| *edge < column)
            .last()
            .unwrap_or(0)
    }

    /// Where the grapheme at a column ends.
    fn after(&self, row: usize, column: usize) -> usize {
        self.edges(row)
            .find(|edge| *edge > column)
            .unwrap_or(column)
    }

    /// The columns between the graphemes of a line, in characters, both ends included.
    fn edges(&self, row: usize) -> impl Iterator<Item = usize> {
        let line = self.area.lines().get(row).map_or("", String::as_str);
        let ends = line.graphemes(true).scan(0, |at, grapheme| {
            *at += grapheme.chars().count();
            Some(*at)
        });
        std::iter::once(0).chain(ends)
    }

    /// Moves the cursor out of the middle of a grapheme.
    fn snap(&mut self) {
        let (row, column) = self.place();
        let edge = self
            .edges(row)
            .take_while(|edge| *edge <= column)
            .last()
            .unwrap_or(0);
        if edge != column {
            self.jump(row, edge);
        }
    }
}

fn jump_to(row: usize, column: usize) -> CursorMove {
    let small = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    CursorMove::Jump(small(row), small(column))
}

#[cfg(test)]
mod tests {
    use super::Field;
    use proptest::prelude::*;
    use ratatui::layout::{Position, Rect};
    use unicode_segmentation::UnicodeSegmentation;

    fn with(text: &str) -> Field {
        let mut field = Field::new();
        field.set(text);
        field
    }

    #[test]
    fn backspace_takes_a_whole_family() {
        let mut field = with("hola 👨‍👩‍👧");
        assert!(field.backspace());
        assert_eq!(field.text(), "hola ");
        assert!(field.undo());
        assert_eq!(field.text(), "hola 👨‍👩‍👧");
    }

    #[test]
    fn clearing_can_be_undone() {
        let mut field = with("");
        field.insert_str("uno\r\ndos\u{1b}[31m");
        assert_eq!(field.text(), "uno\ndos");
        field.clear();
        assert!(field.is_empty());
        field.undo();
        assert_eq!(field.text(), "uno\ndos");
    }

    #[test]
    fn lines_wrap_and_the_cursor_follows() {
        let field = with("uno dos tres");
        assert_eq!(field.height(9), 2);
        let area = Rect::new(2, 3, 9, 2);
        assert_eq!(field.rows_in(area), ["uno dos", "tres"]);
        assert_eq!(field.cursor_in(area), Position::new(6, 4));
        assert_eq!(field.rows_in(Rect::new(0, 0, 9, 1)), ["tres"]);
    }

    #[test]
    fn up_and_down_go_by_what_is_drawn() {
        let mut field = with("uno dos tres");
        field.height(9);
        assert!(field.up());
        assert!(!field.up());
        field.insert_str("!");
        assert_eq!(field.text(), "uno !dos tres");
        assert!(field.down());
        assert!(!field.down());
    }

    #[test]
    fn whole_words_are_taken_back_and_whole_pastes() {
        let mut field = with("");
        for letter in "hola mundo".chars() {
            field.insert_str(letter.encode_utf8(&mut [0; 4]));
        }
        field.insert_str(" pegado\nentero");
        assert!(field.undo());
        assert_eq!(field.text(), "hola mundo");
        assert!(field.undo());
        assert_eq!(field.text(), "hola ");
        assert!(field.redo());
        assert_eq!(field.text(), "hola mundo");
        field.backspace();
        field.backspace();
        assert_eq!(field.text(), "hola mun");
        assert!(field.undo());
        assert_eq!(field.text(), "hola mundo");
        assert!(field.replace("otra\ncosa") && !field.replace("otra\ncosa"));
        assert!(field.undo());
        assert_eq!(field.text(), "hola mundo");
        while field.undo() {}
        assert_eq!(field.text(), "");
    }

    #[test]
    fn one_line_stays_one() {
        let mut field = Field::single();
        field.insert_str("a\nb");
        assert!(!field.newline());
        assert_eq!(field.text(), "a b");
    }

    #[test]
    fn a_click_finds_its_letter() {
        let mut field = with("uno dos tres");
        field.height(9);
        field.click(2, 4, 0);
        field.insert_str("|");
        assert_eq!(field.text(), "uno |dos tres");
    }

    proptest! {
        #[test]
        fn backspace_removes_exactly_one_grapheme(text in "\\PC{0,12}[👩🏽\u{200d}👧❤\u{fe0f}é]{0,6}") {
            let mut field = with(&text);
            let before = field.text();
            let mut left: Vec<&str> = before.graphemes(true).collect();
            left.pop();
            field.backspace();
            prop_assert_eq!(field.text(), left.concat());
        }

        #[test]
        fn everything_is_taken_back_and_done_again(edits in prop::collection::vec((0_u8..10, "[a-z é👩🏽]{0,3}"), 0..40)) {
            let mut field = with("uno dos\ntres");
            let mut texts = vec![field.text()];
            for (what, text) in edits {
                match what {
                    0 => field.backspace(),
                    1 => field.delete(),
                    2 => field.kill_word_left(),
                    3 => field.kill_to_end(),
                    4 => field.newline(),
                    5 => field.left(),
                    6 => field.up(),
                    7 => field.replace_before(1, &text),
                    _ => field.insert_str(&text),
                };
                texts.push(field.text());
            }
            let end = field.text();
            while field.undo() {
                let text = field.text();
                prop_assert!(texts.contains(&text));
            }
            prop_assert_eq!(field.text(), "uno dos\ntres");
            while field.redo() {}
            prop_assert_eq!(field.text(), end);
        }

        #[test]
        fn the_cursor_is_always_inside(text in "[a-z 日\n]{0,60}", width in 3_u16..20, steps in 0_usize..30) {
            let mut field = with(&text);
            let area = Rect::new(1, 1, width, 3);
            for _ in 0..steps {
                field.left();
                let cursor = field.cursor_in(area);
                prop_assert!(area.contains(cursor));
            }
        }
    }
}
