//! `GET /chats/{id}/messages`, `GET /messages/{id}`, `GET /messages?wamid=`.

use axum::Json;
use axum::extract::State;
use common::api::messages::{ByWamid, Slice};
use common::api::page::Page;
use common::id::{ChatId, MessageId, Wamid};
use common::model::message::Message;
use common::rights::Deed;

use super::check_limit;
use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::api::given::{Asked, Named};
use crate::api::peer::Who;
use crate::api::table::Table;
use crate::store::ask;

pub(super) fn add(table: Table) -> Table {
    table
        .on(Deed::Read, &__path_list, list)
        .on(Deed::Read, &__path_get, get)
        .on(Deed::Read, &__path_find, find)
}

/// A slice of a conversation, newest first.
#[utoipa::path(get, path = "/chats/{id}/messages", tag = "messages", operation_id = "list_messages",
    params(("id" = ChatId, Path, description = "The chat"), Slice),
    responses((status = 200, body = Page<Message>)))]
async fn list(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(chat): Named<ChatId>,
    Asked(slice): Asked<Slice>,
) -> Result<Json<Page<Message>>, Fault> {
    check_limit(slice.limit)?;
    let places = [
        slice.before.is_some() || slice.cursor.is_some(),
        slice.after.is_some(),
        slice.around.is_some(),
        slice.at.is_some(),
    ];
    if places.into_iter().filter(|given| *given).count() > 1 {
        return Err(Fault::invalid(
            "after",
            "Ask for one of `before`, `after`, `around` and `at`, not for several.",
        ));
    }
    api.opens(&scope, chat).await;
    let now = api.clock.now();
    let page = api
        .store
        .ask(&scope, move |view| {
            // An empty page is a chat without messages; no chat at all is told apart.
            match ask::chats::get(view, chat, now)? {
                None => Ok(None),
                Some(_) => ask::history::slice(view, chat, &slice).map(Some),
            }
        })
        .await?;
    let mut page = page.ok_or_else(|| Fault::missing("chat"))?;
    for message in &mut page.items {
        moving(&api, message);
    }
    Ok(Json(page))
}

/// How far a message's file has come is known to nobody but those who move it.
fn moving(api: &ApiState, message: &mut Message) {
    if let Some(media) = &mut message.media {
        media.progress = api.hub.moving(media.id);
    }
}

/// One message with its status history.
#[utoipa::path(get, path = "/messages/{id}", tag = "messages", operation_id = "get_message",
    params(("id" = MessageId, Path, description = "The message")),
    responses((status = 200, body = Message)))]
async fn get(
    State(api): State<ApiState>,
    Who(scope): Who,
    Named(id): Named<MessageId>,
) -> Result<Json<Message>, Fault> {
    let message = api
        .store
        .ask(&scope, move |view| ask::history::message(view, id))
        .await?;
    let mut message = message.ok_or_else(|| Fault::missing("message"))?;
    moving(&api, &mut message);
    Ok(Json(message))
}

/// The message that WhatsApp knows by this id; the newest, where several numbers saw it.
#[utoipa::path(get, path = "/messages", tag = "messages", operation_id = "find_message",
    params(ByWamid), responses((status = 200, body = Message)))]
async fn find(
    State(api): State<ApiState>,
    Who(scope): Who,
    Asked(asked): Asked<ByWamid>,
) -> Result<Json<Message>, Fault> {
    let wamid = Wamid::from(asked.wamid);
    let found = api
        .store
        .ask(&scope, move |view| ask::history::by_wamid(view, &wamid))
        .await?;
    let found = found.into_iter().next();
    let mut message = found.ok_or_else(|| Fault::missing("message"))?;
    moving(&api, &mut message);
    Ok(Json(message))
}
