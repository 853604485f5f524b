//! The keys of vi, told by what stands in the field afterwards.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;

use super::{Mode, Vim};
use crate::part::field::Field;

/// Types keys into a field that holds `text`, from its begin in normal mode; `<` is Esc.
fn press(text: &str, keys: &str) -> (String, Mode) {
    let mut field = Field::new();
    field.set(text);
    let mut vim = Vim::default();
    vim.escape(&mut field);
    field.top();
    for letter in keys.chars() {
        if letter == '<' {
            vim.escape(&mut field);
        } else {
            vim.key(
                &mut field,
                KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE),
            );
        }
    }
    (field.text(), vim.mode())
}

fn after(text: &str, keys: &str) -> String {
    press(text, keys).0
}

#[test]
fn operators_take_moves() {
    assert_eq!(after("uno dos tres", "dw"), "dos tres");
    assert_eq!(after("uno dos tres", "2dw"), "tres");
    assert_eq!(after("uno dos tres", "wdw"), "uno tres");
    assert_eq!(after("uno dos tres", "d$"), "");
    assert_eq!(after("uno dos tres", "wD"), "uno ");
    assert_eq!(after("uno dos tres", "cwUNO<"), "UNO dos tres");
    assert_eq!(after("uno dos tres", "wciwx<"), "uno x tres");
    assert_eq!(after("uno, dos", "dt,"), ", dos");
    assert_eq!(after("uno, dos", "df,"), " dos");
    assert_eq!(after("a\nb\nc", "jdd"), "a\nc");
    assert_eq!(after("a\nb\nc", "dj"), "c");
    assert_eq!(after("a\nb\nc", "Gdd"), "a\nb");
    assert_eq!(after("a\nb", "cc<"), "\nb");
}

#[test]
fn letters_are_typed_and_taken_away() {
    assert_eq!(after("mundo", "ihola <"), "hola mundo");
    assert_eq!(after("mundo", "A!<"), "mundo!");
    assert_eq!(after("mundo", "ohola<"), "mundo\nhola");
    assert_eq!(after("mundo", "Ohola<"), "hola\nmundo");
    assert_eq!(after("mundo", "xx"), "ndo");
    assert_eq!(after("mundo", "rM"), "Mundo");
    assert_eq!(after("mundo", "~"), "Mundo");
    assert_eq!(after("a\nb", "J"), "a b");
    assert_eq!(after("👨‍👩‍👧 hola", "x"), " hola");
}

#[test]
fn what_is_taken_is_put_again() {
    assert_eq!(after("a b", "dwP"), "a b");
    assert_eq!(after("a\nb", "yyp"), "a\na\nb");
    assert_eq!(after("a\nb", "ddp"), "b\na");
    assert_eq!(after("uno dos", "vey$p"), "uno dosuno");
    assert_eq!(after("uno dos", "ved"), " dos");
}

#[test]
fn the_dot_and_undo_know_whole_deeds() {
    assert_eq!(after("a b c d", "dw.."), "d");
    assert_eq!(after("a a a", "cwx<w."), "x x a");
    assert_eq!(after("a b", "cwlargo texto<u"), "a b");
    assert_eq!(after("", "ihola a todos<u"), "");
    assert_eq!(press("a", "x").1, Mode::Normal);
    assert_eq!(press("a", "cw").1, Mode::Insert);
}

proptest! {
    #[test]
    fn no_keys_break_it(text in "[a-c \n👩🏽é]{0,20}", keys in "[hjklwbe0$gGdcyxXpPiaIAoOuvrftJ~.<123;, xyz]{0,60}") {
        let (text, _) = press(&text, &keys);
        prop_assert!(text.len() < 1_000_000);
    }
}
