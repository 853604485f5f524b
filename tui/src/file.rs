//! What is done with files and what comes of it: opened, saved, fetched, played, chosen, sent.

use std::path::PathBuf;

use common::api::problem::Problem;
use common::file::facts::Facts;
use common::file::kind::FileKind;
use common::id::{ChatId, MediaId, MessageId};

/// A file or a folder, as it stands in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it is.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// Whether it is a folder.
    pub folder: bool,
    /// Whether it was sent lately, and stands here for that.
    pub recent: bool,
    /// How many bytes it has.
    pub bytes: u64,
}

/// What is known of a file of this machine.
#[derive(Debug, Clone, PartialEq)]
pub enum Looked {
    /// It is being looked at.
    Coming,
    /// What its bytes tell.
    Facts(Box<Facts>),
    /// It cannot be read.
    Cannot(String),
}

/// Where a file that is sent comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// From this machine.
    Path(PathBuf),
    /// The daemon has it already.
    Media(MediaId),
}

/// A file on its way into a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// The chat.
    pub chat: ChatId,
    /// Makes a repetition harmless.
    pub client_id: String,
    /// Where it comes from.
    pub from: From,
    /// As what it goes.
    pub kind: FileKind,
    /// Its name.
    pub name: String,
    /// Words under it.
    pub caption: String,
    /// The message that it answers.
    pub reply_to: Option<MessageId>,
}

/// Something to be done with a file of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum FileDeed {
    /// Think of a path that is free to save it at.
    Propose {
        /// The file.
        media: MediaId,
        /// A clean name for it.
        name: String,
    },
    /// Save it, never over another.
    Save {
        /// The file.
        media: MediaId,
        /// Where to; `~/` is the person's home.
        path: String,
    },
    /// Ask the daemon to fetch it from Meta.
    Fetch(MediaId),
    /// Open it with the desktop's own program.
    Open {
        /// The file.
        media: MediaId,
        /// A clean name for it.
        name: String,
    },
    /// Play it.
    Play {
        /// The message it belongs to.
        message: MessageId,
        /// The file.
        media: MediaId,
        /// A clean name for it.
        name: String,
        /// The program and its arguments.
        player: Vec<String>,
    },
    /// Stop what plays.
    Stop,
    /// List a folder; with recent files after it.
    List {
        /// The folder; `~` is the person's home.
        folder: PathBuf,
        /// Whether hidden files are wanted.
        hidden: bool,
        /// Files lately sent.
        recent: Vec<PathBuf>,
    },
    /// Look what a file is.
    Look(PathBuf),
    /// Look whether all of these are files; the pasted text comes back with the answer.
    Dropped {
        /// What was pasted.
        text: String,
        /// The paths that it seems to be.
        paths: Vec<String>,
    },
    /// Send one.
    Send(Box<Sending>),
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum FileNews {
    /// A path that is free.
    Proposed(MediaId, String),
    /// It was saved there, or why not.
    Saved(MediaId, Result<PathBuf, Unsaved>),
    /// It was asked for.
    Asked(Result<(), Problem>),
    /// It was opened, or why not.
    Opened(Result<String, Unopened>),
    /// Its end, or why it could not be played.
    Played(MessageId, Result<(), String>),
    /// A folder's list, or why it cannot be read.
    Listed {
        /// The folder, whole.
        folder: PathBuf,
        /// The same as a person writes it.
        shown: String,
        /// What is in it.
        entries: Result<Vec<Entry>, String>,
        /// Whether an image stands on the clipboard.
        clipboard: bool,
    },
    /// What a file is.
    Looked(PathBuf, Looked),
    /// What was pasted, and the files that it names; none where it is but words.
    Dropped(String, Vec<PathBuf>),
    /// An image that stood on the clipboard, in a file.
    Pasted(PathBuf),
    /// So many bytes of a file on its way have gone to the daemon, of so many.
    Gone(ChatId, String, u64, u64),
}

/// Why a file was not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsaved {
    /// There is one of that name; this one is free.
    Taken(String),
    /// Anything else, and where it was to be saved.
    Other {
        /// Where to.
        path: String,
        /// Why.
        why: String,
    },
}

/// Why a file was not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unopened {
    /// There is no desktop on this machine.
    NoDesktop,
    /// Anything else.
    Other(String),
}
