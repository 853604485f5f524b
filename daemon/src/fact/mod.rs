//! Everything that may change the database, as plain values: from Meta, from a user, from the outbox, from the clock.

pub(crate) mod digest;
pub mod enrol;
pub mod media;
pub mod people;
pub mod reply;
pub mod template;
pub mod told;

use common::api::chats::ChatMark;
use common::api::event::Reloaded;
use common::id::{
    AppId, ChatId, CustomerId, MessageId, NoteId, NumberId, OrgId, PhoneNumberId, UserId, WaId,
    WabaId, Wamid,
};
use common::model::chat::{ChatState, Draft};
use common::model::check::Diagnosis;
use common::model::content::Content;
use common::model::health::Health;
use common::model::message::SendError;
use common::model::number::{NumberStatus, Transport};
use common::phone::Phone;
use common::time::Stamp;

use crate::fact::enrol::ConnectFact;
use crate::fact::media::MediaFact;
use crate::fact::people::{PeopleFact, Witnessed};
use crate::fact::reply::ReplyFact;
use crate::fact::template::{Remembered, TemplateFact};
use crate::fact::told::{
    ContactSync, Edited, Noticed, NumberTold, Preferred, Received, Renamed, Reported, Revoked,
    TemplateTold,
};
use crate::vault::sealed::Sealed;

/// One thing that may change the database. Applying it twice ends as applying it once.
#[derive(Debug, Clone)]
pub enum Fact {
    // --- from Meta ---------------------------------------------------------------------------
    /// A message of a customer, or one of ours that came from elsewhere (echo, history, standby).
    Received(Box<Received>),
    /// A report about a message's delivery.
    Reported(Box<Reported>),
    /// A message was changed by its writer.
    Edited(Box<Edited>),
    /// A message was taken back by its writer.
    Revoked(Box<Revoked>),
    /// A customer's number or id changed.
    Renamed(Box<Renamed>),
    /// A contact of the phone's address book (coexistence).
    Contact(Box<ContactSync>),
    /// What a notification tells of a number: quality, limit, name.
    NumberTold(Box<NumberTold>),
    /// A customer told whether they want marketing.
    Preferred(Box<Preferred>),
    /// What a notification tells of a template: status, quality, price category.
    TemplateTold(Box<TemplateTold>),
    /// Something a person should know: every other field ends here, once.
    Noticed(Box<Noticed>),
    /// A part of a notification that could not be read; its body waits in the journal for a newer version.
    Unreadable {
        /// Why, in a few words without content.
        why: String,
    },

    // --- from a user --------------------------------------------------------------------------
    /// A message to send.
    Queued(Box<Queued>),
    /// Try a failed or unknown message again (asked by a person).
    Retried {
        /// Which.
        message: MessageId,
    },
    /// Everything in a chat is read.
    ReadMarked {
        /// Which chat.
        chat: ChatId,
        /// Whether the customer shall see blue ticks.
        receipts: bool,
    },
    /// How far many chats are read.
    ChatsMarked(Vec<ChatMark>),
    /// A chat's marks changed.
    ChatPatched(Box<ChatPatched>),
    /// What somebody is writing in a chat; `None` removes it.
    Drafted {
        /// Which chat.
        chat: ChatId,
        /// The text so far.
        draft: Option<Draft>,
    },
    /// Our name for a customer, or their opt-out, changed; absent parts stay.
    CustomerPatched {
        /// Which customer.
        customer: CustomerId,
        /// Our name; the empty string takes it away.
        name: Option<String>,
        /// Whether they want no marketing.
        opted_out: Option<bool>,
    },
    /// Something written down about a customer.
    NoteAdded {
        /// Which customer.
        customer: CustomerId,
        /// The words.
        text: String,
    },
    /// A note says something else.
    NoteEdited {
        /// Which.
        note: NoteId,
        /// The words.
        text: String,
    },
    /// A note is thrown away.
    NoteRemoved {
        /// Which.
        note: NoteId,
    },
    /// A saved reply is kept, changed, or thrown away.
    Reply(ReplyFact),
    /// A new organisation.
    OrgAdded {
        /// Short name.
        slug: String,
        /// Name.
        name: String,
    },
    /// Who may come in, and as what; organisations renamed and removed.
    People(PeopleFact),
    /// Something that changes nothing was done and is to be remembered: messages were read.
    Witnessed(Witnessed),
    /// A new number.
    NumberAdded(Box<NumberAdded>),
    /// A number's label, pause or credentials changed.
    NumberPatched(Box<NumberPatched>),
    /// A number is no longer worked for; its history stays.
    NumberRemoved {
        /// Which.
        number: NumberId,
    },
    /// Something about connecting a number.
    Connect(ConnectFact),

    // --- from the outbox ----------------------------------------------------------------------
    /// These messages are about to be given to Meta. Durable before a byte leaves.
    Claimed {
        /// Which.
        messages: Vec<MessageId>,
    },
    /// Meta accepted a message.
    Accepted {
        /// Which.
        message: MessageId,
        /// WhatsApp's id for it.
        wamid: Wamid,
        /// WhatsApp's id of the recipient, which may differ from what was sent to.
        wa_id: Option<WaId>,
        /// The recipient's user id.
        user_id: Option<UserId>,
    },
    /// Meta refused a message for good, or we did.
    Refused {
        /// Which.
        message: MessageId,
        /// Why.
        error: Box<SendError>,
    },
    /// A message was not accepted and may be tried again.
    Postponed {
        /// Which.
        message: MessageId,
        /// Not before.
        due: Stamp,
        /// Why.
        error: Option<Box<SendError>>,
        /// Whether this try counts against the limit (pacing and token death do not).
        counts: bool,
    },
    /// The answer to a send was lost: nobody knows whether Meta has it. Never sent again by itself.
    Doubtful {
        /// Which.
        message: MessageId,
    },
    /// The daemon starts: whatever was claimed and not answered is in doubt, and nothing waits for a clock that was put back
    /// meanwhile.
    Started,
    /// The clock has jumped while the daemon ran: what waits goes on waiting as long as it should.
    ClockJumped {
        /// Where it should stand.
        from: Stamp,
        /// Where it stands.
        to: Stamp,
    },
    /// Somebody searches: what was noted for the full-text index is to be found from now on.
    Searched,
    /// A read receipt reached Meta, or never will.
    ReceiptSent {
        /// The chat it was for.
        chat: ChatId,
        /// WhatsApp's id of the last message marked.
        wamid: Wamid,
    },
    /// A number works again, or no longer does.
    NumberStood {
        /// Which.
        number: NumberId,
        /// How it stands.
        status: NumberStatus,
        /// Why not.
        error: Option<String>,
    },
    /// What Meta answered about a number.
    NumberProfile {
        /// Which.
        number: NumberId,
        /// What it said.
        profile: Box<NumberProfile>,
    },
    /// Meta was asked how a number stands.
    Looked(Box<Looked>),
    /// A number was examined.
    Diagnosed(Box<Diagnosis>),
    /// What Meta answered about an account's templates.
    Template(TemplateFact),
    /// The configuration was read again.
    Reloaded(Box<Reloaded>),
    /// The clock says that chats which were put off are back.
    CameBack {
        /// Those whose moment came after this one,
        after: Stamp,
        /// and not after this one.
        until: Stamp,
    },
    /// Credentials were sealed anew, for another key or for others too.
    Resealed(Vec<Resealed>),
    /// The clock says that old things go: journal bodies, events, orphaned reports.
    Swept,
    /// Something became of a file.
    Media(MediaFact),
}

/// A credential sealed anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resealed {
    /// In which column it lies.
    pub place: usize,
    /// In which row.
    pub row: i64,
    /// What it was.
    pub from: Sealed,
    /// What it is.
    pub to: Sealed,
}

/// Whom a message goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Into a chat.
    Chat(ChatId),
    /// To a phone number, through one of our numbers.
    Phone(NumberId, Phone),
    /// To a business-scoped user id, through one of our numbers.
    User(NumberId, UserId),
}

/// A message to send.
#[derive(Debug, Clone, PartialEq)]
pub struct Queued {
    /// Our id, made by the caller.
    pub id: MessageId,
    /// Whom it goes to.
    pub target: Target,
    /// What; validated against WhatsApp's limits before.
    pub content: Content,
    /// The message it quotes.
    pub reply_to: Option<MessageId>,
    /// For a reaction: the message it is put on.
    pub react_to: Option<MessageId>,
    /// The file it carries (uploaded before).
    pub media: Option<common::id::MediaId>,
    /// Makes a repeated request harmless.
    pub client_id: Option<String>,
    /// The template's values, to be proposed to this customer again.
    pub filled: Option<Remembered>,
}

/// A chat's marks changed; absent ones stay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChatPatched {
    /// Which chat.
    pub chat: Option<ChatId>,
    /// Open or closed.
    pub state: Option<ChatState>,
    /// At the top.
    pub pinned: Option<bool>,
    /// Silent.
    pub muted: Option<bool>,
    /// Silent until then.
    pub muted_until: Option<Stamp>,
    /// Put off until then, or no longer.
    pub snoozed_until: Option<Option<Stamp>>,
    /// Unread again, on our side only.
    pub unread: Option<bool>,
    /// Whose; the empty string means nobody's.
    pub assignee: Option<String>,
    /// All labels.
    pub labels: Option<Vec<String>>,
    /// Our name for the customer; the empty string takes it away.
    pub customer_name: Option<String>,
}

/// A new number.
#[derive(Debug, Clone)]
pub struct NumberAdded {
    /// The organisation.
    pub org: OrgId,
    /// Our name for it.
    pub label: String,
    /// The way messages take.
    pub transport: Transport,
    /// E.164, if known.
    pub phone: Option<Phone>,
    /// Meta's ids.
    pub phone_number_id: PhoneNumberId,
    /// The account.
    pub waba_id: WabaId,
    /// The app.
    pub app_id: AppId,
    /// The sealed token.
    pub access_token: Sealed,
    /// The sealed app secret.
    pub app_secret: Sealed,
    /// The sealed verify token.
    pub verify_token: Sealed,
}

/// What Meta said of how a number stands.
#[derive(Debug, Clone)]
pub struct Looked {
    /// Which.
    pub number: NumberId,
    /// How it is doing.
    pub health: Health,
    /// What Meta says of it.
    pub profile: NumberProfile,
}

/// A number's label, pause or credentials changed; absent parts stay.
#[derive(Debug, Clone, Default)]
pub struct NumberPatched {
    /// Which.
    pub number: Option<NumberId>,
    /// Our name for it.
    pub label: Option<String>,
    /// Paused or resumed.
    pub paused: Option<bool>,
    /// A new token.
    pub access_token: Option<Sealed>,
    /// A new app secret; the one before stays valid beside it.
    pub app_secret: Option<Sealed>,
    /// A new verify token.
    pub verify_token: Option<Sealed>,
}

/// What Meta answered about a number. Absent parts stay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NumberProfile {
    /// E.164.
    pub phone: Option<Phone>,
    /// Display name.
    pub verified_name: Option<String>,
    /// Quality.
    pub quality_rating: Option<String>,
    /// Limit.
    pub messaging_limit: Option<String>,
    /// Throughput level.
    pub throughput: Option<String>,
}
