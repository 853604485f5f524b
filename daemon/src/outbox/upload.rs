//! A file is given to Meta before its message is claimed: what breaks here puts no message in doubt.

use std::collections::{HashMap, HashSet};

use common::file::judge::judge;
use common::id::NumberId;
use common::model::content::{Content, Kind};
use common::model::message::SendError;

use crate::advice;
use crate::fact::Fact;
use crate::fact::media::{Digest, MediaFact};
use crate::graph::error::{Fate, GraphError};
use crate::graph::media::Parcel;
use crate::limits::file_kind;
use crate::media::progress::Progress;
use crate::outbox::errand::{Errand, dice};
use crate::outbox::policy::{self, Step};
use crate::store::ask::outbox::Due;

/// How many files are on their way at once, over all numbers.
const AT_ONCE: usize = 4;
/// And of one number.
const OF_ONE: usize = 2;

/// What is being given to Meta.
#[derive(Debug, Default)]
pub(super) struct Uploads {
    numbers: HashMap<NumberId, usize>,
    contents: HashSet<(NumberId, Digest, Kind)>,
}

impl Uploads {
    /// Takes a place. False where there is none, or where the same content is on its way already:
    /// the message is looked at again when that one is there.
    pub(super) fn begin(&mut self, due: &Due, digest: Digest) -> bool {
        let all: usize = self.numbers.values().sum();
        let mine = self.numbers.get(&due.number).copied().unwrap_or_default();
        if all >= AT_ONCE || mine >= OF_ONE || !self.contents.insert(content(due, digest)) {
            return false;
        }
        *self.numbers.entry(due.number).or_default() += 1;
        true
    }

    fn end(&mut self, due: &Due, digest: Digest) {
        let _there = self.contents.remove(&content(due, digest));
        if let Some(mine) = self.numbers.get_mut(&due.number) {
            *mine = mine.saturating_sub(1);
        }
    }
}

const fn content(due: &Due, digest: Digest) -> (NumberId, Digest, Kind) {
    (due.number, digest, due.content.kind())
}

/// Gives the file of a message to Meta and writes down what became of it; then the message is
/// looked at again.
pub(super) async fn run(errand: Errand, digest: Digest) {
    let fact = match upload(&errand, digest).await {
        Ok(fact) => fact,
        Err(Stuck::Ours(error)) => Fact::Refused {
            message: errand.due.message,
            error: Box::new(error),
        },
        Err(Stuck::Meta(error)) if error.fate() == Fate::Doubt => lost(&errand, &error),
        Err(Stuck::Meta(error)) => {
            let step = errand.suffered(&error).await;
            after(&errand, step, &error)
        }
    };
    let shared = &errand.shared;
    // What cannot be written now is tried again by itself: the message is still due.
    let written = shared.insist(fact).await.is_ok();
    tracing::debug!(message = %errand.due.message, written, "what became of its file");
    shared.uploads().end(&errand.due, digest);
    shared.settled([errand.due.message]);
}

/// Why a file did not get to Meta.
enum Stuck {
    /// Meta, or the way there.
    Meta(GraphError),
    /// It is not as it was, or gone.
    Ours(SendError),
}

fn after(errand: &Errand, step: Step, error: &GraphError) -> Fact {
    let message = errand.due.message;
    match step {
        Step::Fail(error) => Fact::Refused {
            message,
            error: Box::new(error),
        },
        Step::Wait { pause, counts } => Fact::Postponed {
            message,
            due: errand.shared.parts.clock.now().plus(pause),
            error: Some(Box::new(error.explain())),
            counts,
        },
        Step::Doubt => lost(errand, error),
    }
}

/// An upload in doubt is none: at worst Meta holds a file twice, and nobody sees it.
fn lost(errand: &Errand, error: &GraphError) -> Fact {
    let (message, attempts) = (errand.due.message, errand.due.attempts);
    let advice = "recado gives the file to Meta again by itself; if it stays so, look at this machine's network and send it again.";
    let told = Box::new(SendError {
        details: error.explain().details,
        ..advice::own("file-lost", "The file did not reach Meta", advice, true)
    });
    tracing::info!(%message, %error, "its file did not reach Meta");
    match policy::later(attempts, dice()) {
        Some(pause) => Fact::Postponed {
            message,
            due: errand.shared.parts.clock.now().plus(pause),
            error: Some(told),
            counts: true,
        },
        None => Fact::Refused {
            message,
            error: told,
        },
    }
}

async fn upload(errand: &Errand, digest: Digest) -> Result<Fact, Stuck> {
    let (parts, due) = (&errand.shared.parts, &errand.due);
    let kind = file_kind(&due.content).ok_or_else(|| Stuck::Ours(several()))?;
    let facts = parts.files.facts(&digest).await;
    let facts = facts.map_err(|_gone| Stuck::Ours(gone()))?;
    let name = name(&due.content);
    let fit = judge(kind, &facts.named(&name)).map_err(|unfit| {
        let title = "WhatsApp does not take this file";
        let told = advice::own("file-refused", title, &unfit.sentence(), false);
        Stuck::Ours(told)
    })?;
    let (file, bytes) = parts
        .files
        .read(&digest)
        .await
        .map_err(|_gone| Stuck::Ours(gone()))?;
    let mut progress = due.media.as_ref().map(|carried| {
        Progress::new(&parts.hub, due.org, carried.media, Some(due.message)).of(Some(bytes))
    });
    let parcel = Parcel {
        name,
        mime: fit.mime,
        bytes,
        file,
    };
    let told = move |done| {
        if let Some(progress) = &mut progress {
            progress.moved(done);
        }
    };
    let meta_id = parts
        .graph
        .upload(&errand.key, parcel, told)
        .await
        .map_err(Stuck::Meta)?;
    Ok(Fact::Media(MediaFact::Uploaded {
        number: due.number,
        digest,
        kind: due.content.kind(),
        meta_id,
    }))
}

fn name(content: &Content) -> String {
    match content {
        Content::Document(file) => file.filename.clone(),
        _ => None,
    }
    .unwrap_or_else(|| content.kind().as_str().to_owned())
}

/// A carousel with files of ours.
fn several() -> SendError {
    advice::own(
        "several-files",
        "Several files in one template cannot be sent yet",
        "Give links to the pictures of its cards instead of files.",
        false,
    )
}

/// What a message fails with whose file is no longer here.
pub(super) fn gone() -> SendError {
    advice::own(
        "file-gone",
        "The file is no longer here",
        "It was let go, as media.keep says, or somebody removed it: attach it again.",
        false,
    )
}
