//! Saved replies: those that are known, and the layer that keeps them.

use common::id::{MediaId, ReplyId};
use common::model::media::Media;
use common::model::reply::{self, Reply};

use crate::model::overlay::Pick;
use crate::model::toast::Say;
use crate::part::field::Field;

/// Replies that are offered for a name, at most.
pub const OFFERED: usize = 8;

/// What is known of saved replies.
#[derive(Debug, Default)]
pub struct Saved {
    /// All of them, by name; `None` before they were asked for.
    pub all: Option<Vec<Reply>>,
    /// They are on their way.
    pub asked: bool,
}

impl Saved {
    /// Those whose name begins like this, or else holds it.
    pub fn beginning(&self, name: &str) -> Vec<Reply> {
        let all = self.all.as_deref().unwrap_or_default();
        let name = name.to_lowercase();
        let begins = all.iter().filter(|reply| reply.name.starts_with(&name));
        let holds = all
            .iter()
            .filter(|reply| !reply.name.starts_with(&name) && reply.name.contains(&name));
        begins.chain(holds).take(OFFERED).cloned().collect()
    }

    /// Folds one that changed, is new or is gone. Twice or late does no harm.
    pub(crate) fn fold(&mut self, reply: Reply) {
        let Some(all) = &mut self.all else { return };
        if let Some(at) = all.iter().position(|other| other.id == reply.id) {
            if all.get(at).is_some_and(|old| old.revision > reply.revision) {
                return;
            }
            all.remove(at);
        }
        if reply.deleted_at.is_none() {
            let at = all.partition_point(|other| other.name < reply.name);
            all.insert(at, reply);
        }
    }
}

/// One that is written or changed.
#[derive(Debug)]
pub struct Draft {
    /// Which; none for a new one.
    pub id: Option<ReplyId>,
    /// What is typed behind `/`.
    pub name: Field,
    /// The words.
    pub text: Field,
    /// Whether the words have the cursor.
    pub in_text: bool,
    /// Files that go with it.
    pub files: Vec<Media>,
    /// Why it cannot be kept.
    pub fault: Option<Say>,
}

impl Draft {
    /// A new one, or one that is changed.
    pub fn new(reply: Option<&Reply>) -> Self {
        let (mut name, mut text) = (Field::single(), Field::new());
        if let Some(reply) = reply {
            name.set(&reply.name);
            text.set(&reply.text);
        }
        Self {
            id: reply.map(|reply| reply.id),
            name,
            text,
            in_text: reply.is_some(),
            files: reply.map(|reply| reply.files.clone()).unwrap_or_default(),
            fault: None,
        }
    }

    /// Why it cannot be kept as it is.
    pub fn wrong(&self) -> Option<Say> {
        let (name, text) = (self.name.text(), self.text.text());
        if !reply::is_name(name.trim()) {
            return Some(Say::new("reply-name"));
        }
        if text.trim().is_empty() && self.files.is_empty() {
            return Some(Say::new("reply-empty"));
        }
        let unknown = reply::unknown(&text).first().map(|name| (*name).to_owned());
        unknown.map(|name| Say::new("reply-variable").with("name", format!("{{{{{name}}}}}")))
    }

    /// Its files, by name.
    pub fn media_ids(&self) -> Vec<MediaId> {
        self.files.iter().map(|media| media.id).collect()
    }

    /// The field with the cursor.
    pub fn field_mut(&mut self) -> &mut Field {
        if self.in_text {
            &mut self.text
        } else {
            &mut self.name
        }
    }
}

/// The layer that keeps them.
#[derive(Debug)]
pub struct Replies {
    /// All of them.
    pub pick: Pick<Reply>,
    /// The one that is written or changed.
    pub draft: Option<Draft>,
    /// Files on their way to the daemon.
    pub uploading: usize,
    /// Files that have come for the draft.
    pub files: Vec<Media>,
}

impl Replies {
    /// Of these.
    pub fn new(all: &[Reply]) -> Self {
        let mut replies = Self {
            pick: Pick::new(Vec::new()),
            draft: None,
            uploading: 0,
            files: Vec::new(),
        };
        replies.take(all);
        replies
    }

    /// They changed.
    pub(crate) fn take(&mut self, all: &[Reply]) {
        let found_by = |reply: &Reply| format!("{} {}", reply.name, reply.text);
        let entries = all.iter().map(|reply| (reply.clone(), found_by(reply)));
        self.pick.list.replace(entries.collect());
    }
}
