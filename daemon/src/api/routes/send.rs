//! `POST /chats/{id}/messages`, `POST /messages`, `POST /messages/{id}/retry`: sending.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use common::api::messages::{Outgoing, Send, SendTo};
use common::api::problem::{Code, Problem};
use common::file::judge::judge;
use common::file::name;
use common::id::{ChatId, MediaId, MessageId};
use common::model::content::Content;
use common::model::media::MediaState;
use common::model::message::Message;
use common::rights::Deed;

use super::{ACCEPTED, astray, commit};
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::fresh;
use crate::api::given::{GivenValue, Named};
use crate::api::outgoing::{forwarded, in_chat, parcel, to_anybody};
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::api::templated::templated;
use crate::fact::{Fact, Queued, Target};
use crate::limits::file_kind;
use crate::store::Outcome;
use crate::store::ask;
use crate::store::scope::Scope;

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Send, &__path_chat, chat)
        .on(Deed::Send, &__path_anybody, anybody)
        .on(Deed::Send, &__path_retry, retry)
}

type Sent = Result<(StatusCode, Json<Message>), Fault>;

/// Sends in a chat. The answer is the stored message; events tell how it fares.
#[utoipa::path(post, path = "/chats/{id}/messages", tag = "messages", operation_id = "send",
    params(("id" = ChatId, Path, description = "The chat")), request_body = Send,
    responses((status = 202, body = Message)))]
async fn chat(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(chat): Named<ChatId>,
    GivenValue(body): GivenValue,
) -> Sent {
    let send = in_chat(body)?;
    queue(&api, &scope, Target::Chat(chat), send).await
}

/// Sends to any phone number or user id, through one of our numbers.
#[utoipa::path(post, path = "/messages", tag = "messages", operation_id = "send_to",
    request_body = SendTo, responses((status = 202, body = Message)))]
async fn anybody(
    State(api): State<ApiState>,
    Who(scope): Who,
    GivenValue(body): GivenValue,
) -> Sent {
    let (target, send) = to_anybody(body)?;
    queue(&api, &scope, target, send).await
}

/// Tries a failed message again, or sends one whose outcome is unknown once more.
#[utoipa::path(post, path = "/messages/{id}/retry", tag = "messages", operation_id = "retry",
    params(("id" = MessageId, Path, description = "The message")),
    responses((status = 202, body = Message)))]
async fn retry(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(message): Named<MessageId>,
) -> Sent {
    stored(&api, &scope, Fact::Retried { message }).await
}

async fn queue(api: &ApiState, scope: &Scope, target: Target, send: Send) -> Sent {
    let send = match send.content {
        Outgoing::Forward { message } => Send {
            content: carried(api, scope, message).await?,
            ..send
        },
        _ => send,
    };
    let mut templated = templated(api, scope, &target, &send.content).await?;
    let mut parcel = parcel(send)?;
    if let Some(templated) = &mut templated {
        parcel.content = Content::Template(std::mem::take(&mut templated.content));
        parcel.media = templated.media;
    }
    if let Some(media) = parcel.media {
        check_file(api, scope, media, &mut parcel.content).await?;
    }
    let queued = Queued {
        id: fresh::message_id(&*api.clock)?,
        target,
        content: parcel.content,
        reply_to: parcel.reply_to,
        react_to: parcel.react_to,
        media: parcel.media,
        client_id: parcel.client_id,
        filled: templated.and_then(|templated| templated.filled),
    };
    stored(api, scope, Fact::Queued(Box::new(queued))).await
}

/// Whether the file is here and WhatsApp takes it as this; a document gets the file's name where
/// it was given none.
async fn check_file(
    api: &ApiState,
    scope: &Scope,
    id: MediaId,
    content: &mut Content,
) -> Result<(), Fault> {
    let known = api
        .store
        .ask(scope, move |view| ask::media::get(view, id))
        .await?
        .ok_or_else(|| Fault(Fault::missing("media").0.field("media_id")))?;
    let gone = || {
        let why = known
            .media
            .error
            .as_ref()
            .map(|error| error.advice.as_str());
        let detail = why.unwrap_or("The file is no longer here: add it again.");
        Fault(Problem::new(Code::MediaGone, detail).field("media_id"))
    };
    let digest = match (known.media.state, known.file) {
        (MediaState::Ready, Some(digest)) => digest,
        (MediaState::Pending, _) => {
            let detail = "The file is not here yet: wait until it is, then send it.";
            return Err(Fault(
                Problem::new(Code::MediaPending, detail).field("media_id"),
            ));
        }
        _ => return Err(gone()),
    };
    let facts = api.files.facts(&digest).await.map_err(|_gone| gone())?;
    let given = match content {
        Content::Document(file) => file.filename.clone(),
        _ => None,
    };
    let name = given.or_else(|| known.media.filename.clone());
    let facts = facts.named(name.as_deref().unwrap_or_default());
    if let Some(kind) = file_kind(content) {
        let fit = judge(kind, &facts);
        drop(fit.map_err(|unfit| Fault(Problem::unfit(unfit).field("media_id")))?);
    }
    if let Content::Document(file) = content {
        let word = name::or(name.as_deref(), "document", known.media.mime.as_deref());
        file.filename = Some(word);
    }
    Ok(())
}

/// What another message carries, as something to send.
async fn carried(api: &ApiState, scope: &Scope, id: MessageId) -> Result<Outgoing, Fault> {
    let found = api
        .store
        .ask(scope, move |view| ask::history::message(view, id))
        .await?;
    let message = found.ok_or_else(|| Fault(Fault::missing("message").0.field("message")))?;
    forwarded(message).map_err(Fault)
}

async fn stored(api: &ApiState, scope: &Scope, fact: Fact) -> Sent {
    match commit(api, scope, fact).await? {
        Outcome::Message(message) => Ok((ACCEPTED, Json(*message))),
        other => Err(astray(&other)),
    }
}
