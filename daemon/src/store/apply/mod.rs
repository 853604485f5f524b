//! One match: a fact goes to its file; what it changed comes back as events and an outcome.

pub(crate) mod amend;
pub(crate) mod audit;
pub(crate) mod batch;
pub(crate) mod chat;
pub(crate) mod connect;
pub(crate) mod desk;
pub(crate) mod health;
pub(crate) mod identity;
pub(crate) mod inbound;
pub(crate) mod mark;
pub(crate) mod media;
pub(crate) mod memory;
pub(crate) mod notice;
pub(crate) mod number;
pub(crate) mod org;
pub(crate) mod outbox;
pub(crate) mod people;
pub(crate) mod place;
pub(crate) mod queue;
pub(crate) mod rename;
pub(crate) mod reply;
pub(crate) mod sealed;
pub(crate) mod snooze;
pub(crate) mod status;
pub(crate) mod tally;
pub(crate) mod template;
pub(crate) mod token;
pub(crate) mod wait;
pub(crate) mod wake;
pub(crate) mod words;

use common::api::chats::ChatMark;
use common::api::problem::Code;
use common::id::MessageId;

use crate::fact::Fact;
use crate::store::apply::batch::Batch;
use crate::store::error::StoreError;
use crate::store::scope::Scope;

/// What became of a fact, by number; the objects are read when the transaction is through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Done {
    /// Nothing to tell.
    Nothing,
    /// It could not be taken; its notification waits in the journal for this reason.
    Unread(String),
    /// A message.
    Message(i64),
    /// A chat.
    Chat(i64),
    /// A number.
    Number(i64),
    /// An organisation.
    Org(i64),
    /// The draft of a chat.
    Draft(i64),
    /// A token.
    Token(i64),
    /// An operator.
    Operator(i64),
    /// A customer.
    Customer(i64),
    /// A note.
    Note(i64),
    /// A template.
    Template(i64),
    /// A saved reply.
    Reply(i64),
    /// A token that numbers are connected with.
    Connect(i64),
    /// A file.
    Media(i64),
    /// Messages claimed.
    Claimed(Vec<MessageId>),
    /// How far chats were read before they were marked.
    Marked(Vec<ChatMark>),
}

/// Why a notification waits when its number is not ours, or not that app's.
pub(crate) const UNKNOWN_NUMBER: &str = "unknown_number";

/// Applies one fact inside the batch's transaction.
pub(crate) fn apply(batch: &mut Batch<'_>, scope: &Scope, fact: &Fact) -> Result<Done, StoreError> {
    if is_our_own(fact) && !scope.sees(None) {
        return Err(StoreError::refuse(
            Code::Forbidden,
            "Only the daemon itself may say this.",
        ));
    }
    match fact {
        Fact::Received(f) => inbound::received(batch, scope, f),
        Fact::Reported(f) => status::reported(batch, scope, f),
        Fact::Edited(f) => amend::edited(batch, scope, f),
        Fact::Revoked(f) => amend::revoked(batch, scope, f),
        Fact::Renamed(f) => rename::renamed(batch, scope, f),
        Fact::Contact(f) => identity::contact(batch, scope, f),
        Fact::NumberTold(f) => number::told(batch, scope, f),
        Fact::Preferred(f) => desk::preferred(batch, scope, f),
        Fact::TemplateTold(f) => template::told(batch, scope, f),
        Fact::Noticed(f) => notice::noticed(batch, scope, f),
        Fact::Unreadable { why } => Ok(Done::Unread(why.clone())),
        Fact::Queued(f) => queue::queued(batch, scope, f),
        Fact::Retried { message } => queue::retried(batch, scope, *message),
        Fact::ReadMarked { chat, receipts } => mark::read_marked(batch, scope, *chat, *receipts),
        Fact::ChatsMarked(marks) => mark::marked(batch, scope, marks),
        Fact::CameBack { after, until } => snooze::came_back(batch, *after, *until),
        Fact::ChatPatched(f) => mark::patched(batch, scope, f),
        Fact::Drafted { chat, draft } => mark::drafted(batch, scope, *chat, draft.as_ref()),
        Fact::CustomerPatched {
            customer,
            name,
            opted_out,
        } => desk::patched(batch, scope, (*customer, name.as_deref(), *opted_out)),
        Fact::NoteAdded { customer, text } => desk::note_added(batch, scope, *customer, text),
        Fact::NoteEdited { note, text } => desk::note_edited(batch, scope, *note, text),
        Fact::NoteRemoved { note } => desk::note_removed(batch, scope, *note),
        Fact::Reply(f) => reply::apply(batch, scope, f),
        Fact::OrgAdded { slug, name } => org::org_added(batch, scope, slug, name),
        Fact::NumberAdded(f) => number::added(batch, scope, f),
        Fact::NumberPatched(f) => number::patched(batch, scope, f),
        Fact::Connect(f) => connect::apply(batch, scope, f),
        Fact::NumberRemoved { number } => number::removed(batch, scope, *number),
        Fact::People(f) => people::apply(batch, scope, f),
        Fact::Witnessed(f) => audit::witnessed(batch, scope, f),
        Fact::Claimed { messages } => outbox::claimed(batch, messages),
        Fact::Accepted {
            message,
            wamid,
            wa_id,
            user_id,
        } => outbox::accepted(batch, *message, wamid, wa_id.as_ref(), user_id.as_ref()),
        Fact::Refused { message, error } => outbox::refused(batch, *message, error),
        Fact::Postponed {
            message,
            due,
            error,
            counts,
        } => outbox::postponed(batch, *message, *due, error.as_deref(), *counts),
        Fact::Doubtful { message } => outbox::doubtful(batch, *message),
        Fact::Started => outbox::started(batch),
        Fact::ClockJumped { from, to } => outbox::clock_jumped(batch, *from, *to),
        Fact::ReceiptSent { chat, wamid } => outbox::receipt_sent(batch, *chat, wamid),
        Fact::NumberStood {
            number,
            status,
            error,
        } => number::stood(batch, *number, *status, error.as_deref()),
        Fact::NumberProfile { number, profile } => number::profile(batch, *number, profile),
        Fact::Looked(f) => health::looked(batch, f),
        Fact::Diagnosed(f) => health::diagnosed(batch, f),
        Fact::Template(f) => template::answered(batch, f),
        Fact::Reloaded(f) => notice::reloaded(batch, f),
        Fact::Resealed(all) => sealed::resealed(batch, all),
        Fact::Swept => notice::swept(batch),
        Fact::Media(f) => media::became(batch, scope, f),
        Fact::Searched => {
            batch.words.settle();
            Ok(Done::Nothing)
        }
    }
}

/// Whether only the daemon itself may say this: it is about no organisation in particular.
const fn is_our_own(fact: &Fact) -> bool {
    if let Fact::Media(fact) = fact {
        return media::is_our_own(fact);
    }
    matches!(
        fact,
        Fact::Claimed { .. }
            | Fact::Accepted { .. }
            | Fact::Refused { .. }
            | Fact::Postponed { .. }
            | Fact::Doubtful { .. }
            | Fact::Started
            | Fact::ClockJumped { .. }
            | Fact::CameBack { .. }
            | Fact::Searched
            | Fact::ReceiptSent { .. }
            | Fact::NumberStood { .. }
            | Fact::NumberProfile { .. }
            | Fact::Looked(_)
            | Fact::Diagnosed(_)
            | Fact::Template(_)
            | Fact::Reloaded(_)
            | Fact::Resealed(_)
            | Fact::Swept
    )
}
