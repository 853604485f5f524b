//! What lies over the panes: switcher, palette, help, details, confirmation.

use common::id::{ChatId, MessageId};

use crate::action::{Action, Context};
use crate::model::toast::Say;
use crate::part::field::Field;
use crate::part::list::List;

/// One layer over the panes.
#[derive(Debug)]
pub enum Overlay {
    /// Go to a chat.
    Switcher(Pick<ChatId>),
    /// Do something by its name.
    Palette(Pick<Action>),
    /// Letters that the chat list is filtered by; it lies in the list itself.
    Filter(Field),
    /// The keys in force.
    Help(Help),
    /// Everything about one message.
    Details(Details),
    /// A question before a deed.
    Confirm(Confirm),
}

impl Overlay {
    /// Whether it has a text field.
    pub const fn has_field(&self) -> bool {
        matches!(self, Self::Switcher(_) | Self::Palette(_) | Self::Filter(_))
    }
}

/// A filtered list with a field above it.
#[derive(Debug)]
pub struct Pick<T> {
    /// What to look for.
    pub field: Field,
    /// What matches, with a cursor.
    pub list: List<T>,
}

impl<T> Pick<T> {
    /// A list of these; the text of each is what it is found by.
    pub fn new(entries: Vec<(T, String)>) -> Self {
        Self {
            field: Field::single(),
            list: List::new(entries),
        }
    }
}

/// Help: made by view from the bindings in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Help {
    /// The context that it was asked from; its keys come first.
    pub context: Context,
    /// Rows scrolled out above.
    pub top: usize,
}

/// Times, ids and errors of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Details {
    /// The message, in the open conversation.
    pub message: MessageId,
    /// Rows scrolled out above.
    pub top: usize,
}

/// A question before a deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// The question.
    pub say: Say,
    /// What a yes does.
    pub deed: Deed,
}

/// What is done after a yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Sends a failed or unknown message again.
    Retry(MessageId),
    /// Leaves although something written is not kept.
    Leave,
}
