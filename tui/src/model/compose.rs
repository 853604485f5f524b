//! What is being written in one chat: text, quotation, what is on its way, what the daemon has of it.

use common::file::kind::FileKind;
use common::id::MessageId;
use common::model::reply::Reply;
use common::time::Stamp;

use crate::model::attach::{Chosen, Offered};
use crate::part::emoji::Named;
use crate::part::field::Field;

/// A message that left the box and is not answered by the daemon yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// Makes a repetition harmless.
    pub client_id: String,
    /// The words.
    pub text: String,
    /// The message quoted.
    pub reply_to: Option<MessageId>,
    /// When Enter was pressed.
    pub at: Stamp,
    /// The file that it carries.
    pub file: Option<Parcel>,
    /// Its words are no text of the box, and do not come back into it.
    pub sealed: bool,
}

impl Leaving {
    /// Whether it is words of the box.
    pub const fn is_words(&self) -> bool {
        self.file.is_none() && !self.sealed
    }
}

/// What may take the place of what is typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// An emoji.
    Emoji(Named),
    /// A saved reply.
    Reply(Box<Reply>),
}

/// A file on its way to the daemon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// As what it goes.
    pub kind: FileKind,
    /// Its name.
    pub name: String,
    /// Words under it.
    pub caption: String,
    /// The file of this machine that it is; it is ticked again if it does not go.
    pub chosen: Option<Chosen>,
    /// Bytes that have gone, of how many.
    pub moved: Option<(u64, u64)>,
}

/// A name that is being typed after a colon or a stroke, and what it may become.
#[derive(Debug, Clone, PartialEq)]
pub struct Complete {
    /// How many characters before the cursor it takes, its mark with them.
    pub letters: usize,
    /// Emoji or replies, best first; never none.
    pub found: Vec<Found>,
    /// Which of them has the cursor.
    pub cursor: usize,
    /// Whether a person moved that cursor: then Enter means it and does not send.
    pub moved: bool,
}

impl Complete {
    /// Whether it offers saved replies.
    pub fn is_of_replies(&self) -> bool {
        matches!(self.found.first(), Some(Found::Reply(_)))
    }
}

/// A chat's box.
#[derive(Debug)]
pub struct Compose {
    /// The text.
    pub field: Field,
    /// The message that the text answers.
    pub quote: Option<MessageId>,
    /// Messages that the daemon has not answered yet, oldest first; shown as bubbles that wait.
    pub leaving: Vec<Leaving>,
    /// Messages that came back unanswered: the same words go out under the same id, so that
    /// nothing is sent twice if the daemon had them after all.
    pub returned: Vec<Leaving>,
    /// The text and quotation that the daemon has, as far as known.
    pub saved: (String, Option<MessageId>),
    /// A save that is under way, with what it carries.
    pub saving: Option<(String, Option<MessageId>)>,
    /// When the text is to be saved.
    pub save_at: Option<Stamp>,
    /// Whether the daemon's draft was asked for and has come.
    pub loaded: bool,
    /// Writing goes on although the window is closed.
    pub keep_writing: bool,
    /// Files of a saved reply that go with the words.
    pub enclosed: Vec<Offered>,
    /// What fits the name that is being typed.
    pub complete: Option<Complete>,
    /// When the text was last changed by hand.
    pub typed_at: Option<Stamp>,
    /// Counts changes of the text, so that view may cache.
    pub version: u64,
}

impl Compose {
    /// An empty box.
    pub fn new() -> Self {
        Self {
            field: Field::new(),
            quote: None,
            leaving: Vec::new(),
            returned: Vec::new(),
            saved: (String::new(), None),
            saving: None,
            save_at: None,
            loaded: false,
            keep_writing: false,
            enclosed: Vec::new(),
            complete: None,
            typed_at: None,
            version: 0,
        }
    }

    /// What stands in the box, as a draft would hold it.
    pub fn content(&self) -> (String, Option<MessageId>) {
        let text = self.field.text();
        let quote = if text.trim().is_empty() {
            None
        } else {
            self.quote
        };
        (
            if text.trim().is_empty() {
                String::new()
            } else {
                text
            },
            quote,
        )
    }

    /// Words that left the box and wait behind a file: until they have gone they are a draft.
    pub fn held(&self) -> String {
        if !self.carries_file() {
            return String::new();
        }
        let words = self.leaving.iter().filter(|l| l.is_words());
        words
            .map(|l| l.text.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Whether a file is on its way.
    pub fn carries_file(&self) -> bool {
        self.leaving.iter().any(|l| l.file.is_some())
    }

    /// What the daemon should hold as the draft: what stands in the box, after what is held.
    pub fn draft(&self) -> (String, Option<MessageId>) {
        let (text, quote) = self.content();
        let held = self.held();
        match (held.is_empty(), text.is_empty()) {
            (true, _) => (text, quote),
            (false, true) => (held, quote),
            (false, false) => (format!("{held}\n{text}"), quote),
        }
    }

    /// Whether the daemon does not have what stands here.
    pub fn is_unsaved(&self) -> bool {
        self.draft() != self.saved
    }
}

impl Default for Compose {
    fn default() -> Self {
        Self::new()
    }
}
