//! What is asked about templates and saved replies, and what comes of it.

use common::api::messages::Outgoing;
use common::api::problem::Problem;
use common::api::replies::{NewReply, PatchReply};
use common::api::templates::{Proposal, Synced};
use common::file::kind::FileKind;
use common::id::{ChatId, MessageId, NumberId, ReplyId, TemplateId};
use common::model::media::Media;
use common::model::reply::Reply;
use common::model::template::Template;
use std::path::PathBuf;

/// Something to be asked about templates and replies.
#[derive(Debug, Clone, PartialEq)]
pub enum SavedDeed {
    /// All templates that can go through a number.
    Templates(NumberId),
    /// Values to begin with.
    Proposal(TemplateId, ChatId),
    /// Ask Meta for all templates of a number now.
    Sync(NumberId),
    /// Hand over a file for a field, as this kind.
    Upload(PathBuf, FileKind),
    /// Send something that is no plain text, in its turn.
    Send {
        /// The chat.
        chat: ChatId,
        /// Makes a repetition harmless.
        client_id: String,
        /// What.
        content: Box<Outgoing>,
        /// The message that it answers.
        reply_to: Option<MessageId>,
    },
    /// All saved replies.
    Replies,
    /// Keep a new one.
    AddReply(NewReply),
    /// Change one.
    EditReply(ReplyId, PatchReply),
    /// Throw one away.
    DeleteReply(ReplyId),
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum SavedNews {
    /// The templates of a number.
    Templates(NumberId, Result<Vec<Template>, Problem>),
    /// Values to begin with.
    Proposal(TemplateId, Result<Proposal, Problem>),
    /// Meta was asked.
    Synced(NumberId, Result<Vec<Synced>, Problem>),
    /// A file was handed over.
    Uploaded(Result<Media, String>),
    /// The saved replies.
    Replies(Result<Vec<Reply>, Problem>),
    /// A reply was kept, changed or thrown away.
    ReplyKept(Result<(), Problem>),
}
