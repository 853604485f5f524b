//! Keys in the box: as text, or with the modes of vi.

use crossterm::event::KeyEvent;

use crate::model::Model;
use crate::part::field::vim::Mode;
use crate::update::compose::edit;
use crate::update::{Out, complete};

/// A key in the box: with the keys of vi, or as text.
pub(crate) fn press(model: &mut Model, key: KeyEvent, out: &mut Out) {
    let Some(mut vim) = model.vim.take() else {
        edit(model, |field| field.input(key));
        return complete::typed(model, out);
    };
    edit(model, |field| vim.key(field, key));
    let inserts = vim.mode() == Mode::Insert;
    model.vim = Some(vim);
    if inserts {
        complete::typed(model, out);
    }
}

/// The box is entered to write: letters are text.
pub(crate) fn begin(model: &mut Model) {
    if let Some(vim) = &mut model.vim {
        vim.reset();
    }
}

/// Esc in the box: a mode of vi ends; false if it means something else.
pub(crate) fn escape(model: &mut Model) -> bool {
    let Some(mut vim) = model.vim.take() else {
        return false;
    };
    let mut taken = false;
    edit(model, |field| {
        taken = vim.escape(field);
        false
    });
    model.vim = Some(vim);
    taken
}
