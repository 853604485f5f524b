//! What lies over the panes: switcher, palette, help, details, confirmation.

use std::ops::Range;

use common::id::{ChatId, CustomerId, MediaId, MessageId, NoteId, NumberId, ReplyId};
use common::time::Stamp;

use crokey::KeyCombination;

use crate::action::{Action, Context};
use crate::model::attach::{Attach, Offered};
use crate::model::choices::Choices;
use crate::model::replies::{self, Replies};
use crate::model::search;
use crate::model::stats::StatsView;
use crate::model::templates::Picker;
use crate::model::toast::Say;
use crate::model::wizard::Wizard;
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
    /// Search.
    Search(Box<search::Search>),
    /// One line to be typed.
    Ask(Ask),
    /// What was written down about a customer.
    Notes(Notes),
    /// The labels of a chat.
    Labels(Labels),
    /// Until when a chat is put off.
    Snooze(Snooze),
    /// The keys that a deed is to get.
    Bind(Bind),
    /// The keys in force.
    Help(Help),
    /// Everything about one message.
    Details(Details),
    /// A question before a deed.
    Confirm(Confirm),
    /// Choose the chat that words go to.
    Forward(Forward),
    /// Put an emoji on a message.
    React(React),
    /// Choose one of a message's links; an empty one is its own file.
    Links(Pick<String>),
    /// Begin a chat with any number.
    NewChat(NewChat),
    /// Choose a part of a message's words.
    Part(Part),
    /// Choose files of this machine.
    Attach(Box<Attach>),
    /// Choose and fill in a template.
    Template(Box<Picker>),
    /// Keep saved replies.
    Replies(Box<Replies>),
    /// Make an interactive message.
    Choices(Box<Choices>),
    /// One picture, large.
    Picture(Large),
    /// A number on its way, over the whole screen.
    Wizard(Box<Wizard>),
    /// Statistics, over the whole screen.
    Stats(Box<StatsView>),
}

impl Overlay {
    /// Whether it has a text field.
    pub const fn has_field(&self) -> bool {
        match self {
            Self::Switcher(_)
            | Self::Palette(_)
            | Self::Forward(_)
            | Self::React(_)
            | Self::Links(_)
            | Self::Filter(_)
            | Self::Attach(_)
            | Self::Template(_)
            | Self::Replies(_)
            | Self::Choices(_)
            | Self::Search(_)
            | Self::Ask(_)
            | Self::Notes(_)
            | Self::Labels(_)
            | Self::Snooze(_)
            | Self::NewChat(_) => true,
            Self::Wizard(wizard) => !wizard.inputs.is_empty(),
            Self::Help(help) => help.find.is_some(),
            Self::Details(_)
            | Self::Stats(_)
            | Self::Confirm(_)
            | Self::Bind(_)
            | Self::Part(_)
            | Self::Picture(_) => false,
        }
    }

    /// Whether it is drawn over the panes; the filter stands in the list itself.
    pub const fn covers(&self) -> bool {
        !matches!(self, Self::Filter(_))
    }

    /// Its text field.
    pub fn field_mut(&mut self) -> Option<&mut Field> {
        match self {
            Self::Switcher(pick) => Some(&mut pick.field),
            Self::Forward(forward) => Some(&mut forward.pick.field),
            Self::Palette(pick) => Some(&mut pick.field),
            Self::React(react) => Some(&mut react.pick.field),
            Self::Links(pick) => Some(&mut pick.field),
            Self::NewChat(new) => Some(&mut new.field),
            Self::Filter(field) => Some(field),
            Self::Attach(attach) => Some(attach.caption.as_mut().unwrap_or(&mut attach.pick.field)),
            Self::Template(picker) => match &mut picker.form {
                Some(form) => form.texts.get_mut(form.at),
                None => Some(&mut picker.pick.field),
            },
            Self::Replies(layer) => Some(match &mut layer.draft {
                Some(draft) => replies::Draft::field_mut(draft),
                None => &mut layer.pick.field,
            }),
            Self::Choices(choices) => choices.fields.get_mut(choices.at).map(|(_, field)| field),
            Self::Search(search) => Some(&mut search.field),
            Self::Ask(ask) => Some(&mut ask.field),
            Self::Notes(notes) => Some(&mut notes.field),
            Self::Labels(labels) => Some(&mut labels.pick.field),
            Self::Snooze(snooze) => Some(&mut snooze.pick.field),
            Self::Wizard(wizard) => wizard.field_mut(),
            Self::Help(help) => help.find.as_mut(),
            Self::Details(_)
            | Self::Stats(_)
            | Self::Confirm(_)
            | Self::Bind(_)
            | Self::Part(_)
            | Self::Picture(_) => None,
        }
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

/// One line to be typed.
#[derive(Debug)]
pub struct Ask {
    /// What for.
    pub what: Asked,
    /// What is typed.
    pub field: Field,
    /// Why it does not do.
    pub fault: Option<Say>,
}

/// What a line is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A day to go to.
    Day,
    /// Our name for the customer of a chat.
    Name(ChatId),
    /// Where a file is saved.
    SaveAs(MediaId),
}

/// What was written down about a customer, and a field for more.
#[derive(Debug)]
pub struct Notes {
    /// The customer.
    pub customer: CustomerId,
    /// The words of the note that is written or changed.
    pub field: Field,
    /// The note that is changed; none for a new one.
    pub editing: Option<NoteId>,
}

/// The labels of a chat, to be put on and taken off.
#[derive(Debug)]
pub struct Labels {
    /// The chat.
    pub chat: ChatId,
    /// Labels that can be chosen.
    pub pick: Pick<String>,
    /// Those that it has.
    pub chosen: Vec<String>,
}

/// Until when a chat is put off: moments to choose from, or one that is typed.
#[derive(Debug)]
pub struct Snooze {
    /// The chat.
    pub chat: ChatId,
    /// The moments.
    pub pick: Pick<Until>,
}

/// The keys that a deed is to get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bind {
    /// The deed.
    pub action: Action,
    /// The tables that they may stand in.
    pub contexts: Vec<Context>,
    /// Which of them it is.
    pub at: usize,
    /// The keys pressed so far.
    pub chords: Vec<KeyCombination>,
}

impl Bind {
    /// The table that they would stand in.
    pub fn context(&self) -> Context {
        self.contexts
            .get(self.at)
            .copied()
            .unwrap_or(Context::Anywhere)
    }
}

/// How long a chat is put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Until then.
    Moment(Stamp),
    /// No longer.
    Never,
}

/// Help: made by view from the bindings in force.
#[derive(Debug)]
pub struct Help {
    /// The context whose keys come first; that from which it was asked, until Tab turns it.
    pub context: Context,
    /// Rows scrolled out above.
    pub top: usize,
    /// What is looked for in it.
    pub find: Option<Field>,
}

/// Times, ids and errors of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Details {
    /// The message, in the open conversation.
    pub message: MessageId,
    /// Rows scrolled out above.
    pub top: usize,
}

/// The message whose picture is large, in the open conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Large {
    /// It.
    pub message: MessageId,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Sends a failed or unknown message again.
    Retry(MessageId),
    /// Leaves although something written is not kept.
    Leave,
    /// Opens an address.
    Open(String),
    /// Sends a file that another shell handed over into a chat.
    Attach(ChatId, Offered),
    /// Opens a file, under a clean name.
    OpenFile(MediaId, String),
    /// Marks these as read.
    ReadAll(Vec<ChatId>),
    /// Throws a saved reply away.
    RemoveReply(ReplyId),
    /// Goes on to the templates.
    Template,
}

/// Words on their way into another chat.
#[derive(Debug)]
pub struct Forward {
    /// The chats.
    pub pick: Pick<ChatId>,
    /// The words.
    pub text: String,
}

/// The emoji that a message may get.
#[derive(Debug)]
pub struct React {
    /// The message, in the open conversation.
    pub message: MessageId,
    /// The emoji that is ours on it already; chosen again it comes off.
    pub own: Option<String>,
    /// The emoji with their names, the usual ones first.
    pub pick: Pick<String>,
}

/// A telephone number that is being typed.
#[derive(Debug)]
pub struct NewChat {
    /// What is typed.
    pub field: Field,
    /// Our number that the chat would run through.
    pub number: NumberId,
    /// How far the search for a chat with it is.
    pub search: Search,
}

/// How far the search for a chat is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Search {
    /// Not begun.
    #[default]
    Idle,
    /// The daemon was asked.
    Asked,
    /// There is none.
    Nobody,
    /// The daemon does not answer.
    Offline,
}

/// Words of a message, some of them chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The message's text.
    pub text: String,
    /// Where its words stand in it.
    pub words: Vec<Range<usize>>,
    /// The word where the choice began, once it has.
    pub from: Option<usize>,
    /// The word that has the cursor.
    pub at: usize,
}

impl Part {
    /// Nothing chosen yet, the cursor on the first word; `None` if there are no words.
    pub fn new(text: &str) -> Option<Self> {
        let mut words = Vec::new();
        let mut begun = None;
        for (at, letter) in text.char_indices() {
            if !letter.is_whitespace() {
                begun.get_or_insert(at);
            } else if let Some(from) = begun.take() {
                words.push(from..at);
            }
        }
        words.extend(begun.map(|from| from..text.len()));
        (!words.is_empty()).then(|| Self {
            text: text.to_owned(),
            words,
            from: None,
            at: 0,
        })
    }

    /// The bytes that are chosen: from where it began to the cursor, both words included.
    pub fn chosen(&self) -> Range<usize> {
        let from = self.from.unwrap_or(self.at);
        let (first, last) = (from.min(self.at), from.max(self.at));
        let start = self.words.get(first).map_or(0, |word| word.start);
        let end = self.words.get(last).map_or(0, |word| word.end);
        start..end
    }
}
