//! What is chosen to be sent: a folder's files, those that are ticked with their captions, and what is known of each.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use common::file::facts::Facts;
use common::file::judge::{self, Fit};
use common::file::kind::FileKind;
use common::file::unfit::{self, Unfit};
use common::id::{ChatId, MediaId};

use crate::file::{Entry, Looked};
use crate::model::overlay::Pick;
use crate::model::toast::Say;
use crate::part::field::Field;
use crate::told;

/// WhatsApp's limit of a caption.
pub const CAPTION: usize = 1024;
/// Files lately sent that are remembered.
pub const RECENT: usize = 8;

/// A file that is ticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// It.
    pub path: PathBuf,
    /// Words under it.
    pub caption: String,
    /// It goes as a document, whatever it is.
    pub document: bool,
}

impl Chosen {
    /// Without words.
    pub const fn new(path: PathBuf) -> Self {
        Self {
            path,
            caption: String::new(),
            document: false,
        }
    }
}

/// Whose file is wanted, where it is not for a chat: a field of another layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// To be sent into a chat.
    Chat(ChatId),
    /// The header of a template, of this kind; the layer below waits for it.
    Header(FileKind),
    /// A saved reply; the layer below waits for it.
    Reply,
}

/// The file picker.
#[derive(Debug)]
pub struct Attach {
    /// What for.
    pub whose: For,
    /// The folder that is looked into.
    pub folder: PathBuf,
    /// The same as a person writes it.
    pub shown: String,
    /// Whether hidden files are shown.
    pub hidden: bool,
    /// What is in it.
    pub pick: Pick<Entry>,
    /// Whether the list has come.
    pub listed: bool,
    /// Whether an image stands on the clipboard.
    pub clipboard: bool,
    /// Why the folder cannot be read.
    pub fault: Option<String>,
    /// Ticked files, in the order in which they were.
    pub chosen: Vec<Chosen>,
    /// What is known of files that the cursor was on, or that are ticked.
    pub looked: HashMap<PathBuf, Looked>,
    /// The caption that is written, of the file under the cursor.
    pub caption: Option<Field>,
    /// Why Enter does not send.
    pub refusal: Option<Say>,
}

impl Attach {
    /// Of a folder that is yet to be read.
    pub fn new(whose: For, folder: PathBuf) -> Self {
        Self {
            whose,
            shown: folder.to_string_lossy().into_owned(),
            folder,
            hidden: false,
            pick: Pick::new(Vec::new()),
            listed: false,
            clipboard: false,
            fault: None,
            chosen: Vec::new(),
            looked: HashMap::new(),
            caption: None,
            refusal: None,
        }
    }

    /// The file or folder under the cursor.
    pub fn current(&self) -> Option<&Entry> {
        self.pick.list.selected()
    }

    /// Its tick, if it has one.
    pub fn tick(&self, path: &Path) -> Option<&Chosen> {
        self.chosen.iter().find(|chosen| chosen.path == path)
    }

    /// Its tick, made if it has none.
    pub fn tick_mut(&mut self, path: &Path) -> &mut Chosen {
        let at = self.chosen.iter().position(|chosen| chosen.path == path);
        let at = at.unwrap_or_else(|| {
            self.chosen.push(Chosen::new(path.to_owned()));
            self.chosen.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "found or pushed just now")]
        &mut self.chosen[at]
    }

    /// What is known of a file.
    pub fn facts(&self, path: &Path) -> Option<&Facts> {
        match self.looked.get(path) {
            Some(Looked::Facts(facts)) => Some(facts),
            _ => None,
        }
    }

    /// As what a file would go, and whether WhatsApp takes it so; `None` while it is looked at.
    pub fn verdict(&self, path: &Path) -> Option<Result<Fit, Unfit>> {
        let facts = self.facts(path)?;
        let document = self.tick(path).is_some_and(|chosen| chosen.document);
        let kind = match self.whose {
            For::Header(kind) => kind,
            _ if document => FileKind::Document,
            // What is shown, so that the sentence says why it cannot be: never a silent document.
            _ => shown_as(facts),
        };
        Some(judge::judge(kind, facts))
    }

    /// As what a ticked file goes, or why it does not.
    pub fn fit(&self, one: &Chosen) -> Result<Fit, Say> {
        let name = one.path.file_name().unwrap_or_default().to_string_lossy();
        match self.looked.get(&one.path) {
            Some(Looked::Cannot(why)) => {
                return Err(Say::new("attach-unreadable")
                    .with("name", name)
                    .with("why", why));
            }
            Some(Looked::Facts(_)) => {}
            Some(Looked::Coming) | None => return Err(Say::new("attach-looking")),
        }
        let fit = match self.verdict(&one.path) {
            Some(Ok(fit)) => fit,
            Some(Err(unfit)) => return Err(refusal(&unfit).with("name", name)),
            None => return Err(Say::new("attach-looking")),
        };
        let letters = one.caption.chars().count();
        if letters > CAPTION {
            let words = Say::new("attach-caption-long");
            return Err(words.with("count", letters).with("most", CAPTION));
        }
        if letters > 0 && !fit.kind.has_caption() {
            return Err(Say::new("attach-no-caption").with("name", name));
        }
        Ok(fit)
    }

    /// How many bytes are ticked.
    pub fn bytes(&self) -> u64 {
        let size = |chosen: &Chosen| self.facts(&chosen.path).map_or(0, |facts| facts.bytes);
        self.chosen.iter().map(size).sum()
    }
}

/// As what people expect a file to be shown.
fn shown_as(facts: &Facts) -> FileKind {
    let guess = judge::guess(facts);
    if guess != FileKind::Document {
        guess
    } else if facts.format.is_picture() {
        FileKind::Image
    } else if facts.format.is_film() {
        FileKind::Video
    } else if facts.format.is_sound() {
        FileKind::Audio
    } else {
        FileKind::Document
    }
}

/// Why WhatsApp would not take a file, as a sentence of the catalogue's.
pub fn refusal(found: &Unfit) -> Say {
    Say::new(told::unfit_word(found.flaw))
        .with("kind", found.kind)
        .with("found", &found.found)
        .with("wants", &found.wants)
        .with("limit", unfit::size(found.limit.unwrap_or_default()))
        .with("size", unfit::size(found.size))
}

/// A file that another shell handed over for this console's chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// It.
    pub media: MediaId,
    /// As what it goes.
    pub kind: FileKind,
    /// Its name.
    pub name: String,
}

/// What is remembered of choosing files while the console runs.
#[derive(Debug, Default)]
pub struct Habits {
    /// The folder last looked into.
    pub folder: Option<PathBuf>,
    /// Files lately sent, newest first.
    pub recent: Vec<PathBuf>,
    /// What could not be sent, by chat: it is ticked again next time.
    pub unsent: HashMap<ChatId, Vec<Chosen>>,
}

impl Habits {
    /// A file was sent.
    pub(crate) fn sent(&mut self, path: &Path) {
        self.recent.retain(|other| other != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(RECENT);
    }
}
