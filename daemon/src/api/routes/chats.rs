//! `GET /chats`, `GET|PATCH /chats/{id}`, read marks of one and of many.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use common::api::chats::{ChatFilter, MarkChats, MarkedChats, PatchChat, ReadMark, TypingMark};
use common::api::page::Page;
use common::api::problem::Code;
use common::id::ChatId;
use common::model::chat::Chat;
use common::rights::Deed;

use super::{ACCEPTED, astray, check_limit, commit};
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::given::{Asked, Given, Named};
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::fact::{ChatPatched, Fact};
use crate::store::scope::Scope;
use crate::store::{Outcome, ask};

/// More than this keep everybody else waiting.
const MOST_MARKS: usize = 5_000;

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Read, &__path_list, list)
        .on(Deed::Read, &__path_get, get)
        .on(Deed::Keep, &__path_patch, patch)
        .on(Deed::Keep, &__path_mark, mark)
        .on(Deed::Send, &__path_read, read)
        .on(Deed::Send, &__path_typing, typing)
}

/// The chats, newest first.
#[utoipa::path(get, path = "/chats", tag = "chats", operation_id = "list_chats", params(ChatFilter),
    responses((status = 200, body = Page<Chat>)))]
async fn list(
    State(api): State<ApiState>,
    Who(scope): Who,
    Asked(filter): Asked<ChatFilter>,
) -> Result<Json<Page<Chat>>, Fault> {
    check_limit(filter.limit)?;
    let now = api.store.judged();
    let page = api
        .store
        .ask(&scope, move |view| ask::chats::list(view, &filter, now))
        .await?;
    Ok(Json(page))
}

/// One chat.
#[utoipa::path(get, path = "/chats/{id}", tag = "chats", operation_id = "get_chat",
    params(("id" = ChatId, Path, description = "The chat")),
    responses((status = 200, body = Chat)))]
async fn get(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<ChatId>,
) -> Result<Json<Chat>, Fault> {
    let now = api.store.judged();
    let chat = api
        .store
        .ask(&scope, move |view| ask::chats::get(view, id, now))
        .await?;
    chat.map(Json).ok_or_else(|| Fault::missing("chat"))
}

/// Changes a chat's marks: archive, pin, mute, put off, assignee, labels, our name for the customer.
#[utoipa::path(patch, path = "/chats/{id}", tag = "chats", operation_id = "change_chat",
    params(("id" = ChatId, Path, description = "The chat")), request_body = PatchChat,
    responses((status = 200, body = Chat)))]
async fn patch(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<ChatId>,
    Given(patch): Given<PatchChat>,
) -> Result<Json<Chat>, Fault> {
    check(&patch)?;
    let fact = Fact::ChatPatched(Box::new(ChatPatched {
        chat: Some(id),
        state: patch.state,
        pinned: patch.pinned,
        muted: patch.muted,
        muted_until: patch.muted_until,
        snoozed_until: patch.snoozed_until,
        unread: patch.unread,
        assignee: patch.assignee,
        labels: patch.labels,
        customer_name: patch.customer_name,
    }));
    changed(&api, &scope, fact).await
}

/// Marks everything in a chat read, here and (blue ticks) at WhatsApp.
#[utoipa::path(post, path = "/chats/{id}/read", tag = "chats", operation_id = "read_chat",
    params(("id" = ChatId, Path, description = "The chat")), request_body = ReadMark,
    responses((status = 200, body = Chat)))]
async fn read(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(chat): Named<ChatId>,
    Given(mark): Given<ReadMark>,
) -> Result<Json<Chat>, Fault> {
    let receipts = mark.receipts.unwrap_or(true);
    changed(&api, &scope, Fact::ReadMarked { chat, receipts }).await
}

/// Says how far many chats are read, on our side only: all of them in one go, or none. The answer
/// takes it back.
#[utoipa::path(post, path = "/chats/mark", tag = "chats", operation_id = "mark_chats",
    request_body = MarkChats, responses((status = 200, body = MarkedChats)))]
async fn mark(
    State(api): State<ApiState>,
    Who(scope): Who,
    Given(given): Given<MarkChats>,
) -> Result<Json<MarkedChats>, Fault> {
    if given.marks.len() > MOST_MARKS {
        return Err(Fault::invalid(
            "marks",
            "5,000 chats can be marked at once; send the others after them.",
        ));
    }
    match commit(&api, &scope, Fact::ChatsMarked(given.marks)).await? {
        Outcome::Marked(before) => Ok(Json(MarkedChats { before })),
        other => Err(astray(&other)),
    }
}

/// Shows the customer that somebody writes, where that tells them nothing else that nobody meant.
#[utoipa::path(post, path = "/chats/{id}/typing", tag = "chats", operation_id = "typing",
    params(("id" = ChatId, Path, description = "The chat")), request_body = TypingMark,
    responses((status = 202, description = "WhatsApp will be told, or was a moment ago")))]
async fn typing(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(chat): Named<ChatId>,
    Given(mark): Given<TypingMark>,
) -> Result<StatusCode, Fault> {
    let ask = api
        .store
        .ask(&scope, move |view| ask::desk::typing(view, chat))
        .await?
        .ok_or_else(|| Fault::missing("chat"))?;
    let key = api.keyring.number(ask.number).filter(|_| ask.works);
    let key = key.ok_or_else(|| {
        Fault::new(
            Code::NumberNotReady,
            "The number is paused or broken, so nothing is shown.",
        )
    })?;
    let (wamid, seen) = ask.newest.filter(|_| ask.open).ok_or_else(|| {
        Fault::new(
            Code::OutsideWindow,
            "WhatsApp shows that somebody writes only within a day of the customer's last message.",
        )
    })?;
    if !seen {
        if !mark.receipts.unwrap_or(false) {
            return Err(Fault::new(
                Code::WouldMarkRead,
                "It would give the customer blue ticks too; say `receipts: true`, or mark the \
                 chat read first.",
            ));
        }
        let receipts = true;
        commit(&api, &scope, Fact::ReadMarked { chat, receipts }).await?;
    }
    if api.typing.is_due(chat, api.clock.now()) {
        api.typing.tell(key, chat, wamid);
    }
    Ok(ACCEPTED)
}

async fn changed(api: &ApiState, scope: &Scope, fact: Fact) -> Result<Json<Chat>, Fault> {
    match commit(api, scope, fact).await? {
        Outcome::Chat(chat) => Ok(Json(*chat)),
        other => Err(astray(&other)),
    }
}

/// Words that people set have a length.
fn check(patch: &PatchChat) -> Result<(), Fault> {
    let too_long = |text: &str| text.chars().count() > 100;
    if patch.assignee.as_deref().is_some_and(too_long) {
        return Err(Fault::invalid(
            "assignee",
            "An assignee's name has 100 characters at most.",
        ));
    }
    if patch.customer_name.as_deref().is_some_and(too_long) {
        return Err(Fault::invalid(
            "customer_name",
            "A name has 100 characters at most.",
        ));
    }
    if patch.muted.is_some() && patch.muted_until.is_some() {
        return Err(Fault::invalid(
            "muted_until",
            "Say either `muted` or `muted_until`, not both.",
        ));
    }
    let labels = patch.labels.as_deref().unwrap_or_default();
    if labels.len() > 50 || labels.iter().any(|l| l.trim().is_empty() || too_long(l)) {
        return Err(Fault::invalid(
            "labels",
            "A chat has 50 labels at most, each of 1 to 100 characters.",
        ));
    }
    Ok(())
}
