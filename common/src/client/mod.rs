//! The one client of the local API; console, command line and tests use it.

use std::path::PathBuf;
use std::sync::Arc;

use hyper::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use self::request::{Address, Payload, Wire};
use self::stream::EventStream;
use crate::api::chats::{
    ChatFilter, LabelQuery, LabelUse, MarkChats, MarkedChats, PatchChat, ReadMark, TypingMark,
};
use crate::api::customers::{CustomerCard, FileQuery, NoteText, PatchCustomer};
use crate::api::messages::{Send, SendTo, Slice};
use crate::api::numbers::{AddedNumber, NewNumber, PatchNumber, SecretText};
use crate::api::page::Page;
use crate::api::problem::{Code, Problem};
use crate::api::replay::Replayed;
use crate::api::search::{Hit, SearchQuery};
use crate::api::stats::{Stats, StatsQuery};
use crate::api::status::DaemonStatus;
use crate::id::{ChatId, CustomerId, MessageId, NoteId, NumberId, Seq};
use crate::model::chat::{Chat, Draft};
use crate::model::check::Diagnosis;
use crate::model::customer::{Customer, Note};
use crate::model::message::Message;
use crate::model::number::Number;
use crate::model::org::{Me, Org};

mod connect;
mod files;
mod key;
mod people;
mod query;
mod request;
mod sse;
pub mod stream;
mod templates;
pub mod transfer;

/// A way to speak with one daemon. Cheap to clone; clones share their connections.
///
/// No call blocks the thread or takes longer than ten seconds. A daemon that is away is
/// [`Code::Unreachable`], with a sentence that names the socket.
#[derive(Clone, Debug)]
pub struct Client {
    wire: Arc<Wire>,
}

impl Client {
    /// Over the daemon's Unix socket.
    pub fn unix(path: impl Into<PathBuf>) -> Self {
        Self {
            wire: Arc::new(Wire::new(Address::Unix(path.into()))),
        }
    }

    /// Over the daemon's Unix socket, as the operator whose SSH key presents this secret.
    pub fn unix_as(path: impl Into<PathBuf>, secret: SecretText) -> Self {
        Self {
            wire: Arc::new(Wire::new(Address::UnixAs(path.into(), secret))),
        }
    }

    /// Over TCP, with a bearer token.
    pub fn tcp(address: impl Into<String>, token: SecretText) -> Self {
        Self {
            wire: Arc::new(Wire::new(Address::Tcp(address.into(), token))),
        }
    }

    /// Where it looks for the daemon, for sentences.
    pub fn address(&self) -> String {
        self.wire.address().to_string()
    }

    /// How the daemon is.
    pub async fn status(&self) -> Result<DaemonStatus, Problem> {
        self.get("/status").await
    }

    /// Who I am, and what I see.
    pub async fn me(&self) -> Result<Me, Problem> {
        self.get("/me").await
    }

    /// All organisations that I see.
    pub async fn orgs(&self) -> Result<Vec<Org>, Problem> {
        self.list("/orgs").await
    }

    /// All numbers that I see.
    pub async fn numbers(&self) -> Result<Vec<Number>, Problem> {
        self.list("/numbers").await
    }

    /// One number.
    pub async fn number(&self, id: NumberId) -> Result<Number, Problem> {
        self.get(&format!("/numbers/{id}")).await
    }

    /// Adds a number; the answer holds its verify token, once.
    pub async fn add_number(&self, number: &NewNumber) -> Result<AddedNumber, Problem> {
        self.ask(Method::POST, "/numbers", Some(number)).await
    }

    /// Changes a number: label, pause, credentials.
    pub async fn patch_number(&self, id: NumberId, patch: &PatchNumber) -> Result<Number, Problem> {
        self.ask(Method::PATCH, &format!("/numbers/{id}"), Some(patch))
            .await
    }

    /// Works for a number no longer; its history stays.
    pub async fn remove_number(&self, id: NumberId) -> Result<(), Problem> {
        self.done(Method::DELETE, &format!("/numbers/{id}"), None::<&()>)
            .await
    }

    /// Examines a number; each check is also told as an event as soon as it is known.
    pub async fn examine(&self, id: NumberId) -> Result<Diagnosis, Problem> {
        let path = format!("/numbers/{id}/test");
        read(&self.wire.call_patiently(Method::POST, &path, None).await?)
    }

    /// What the last examination of a number found.
    pub async fn examined(&self, id: NumberId) -> Result<Diagnosis, Problem> {
        self.get(&format!("/numbers/{id}/test")).await
    }

    /// One page of the chat list, newest first.
    pub async fn chats(&self, filter: &ChatFilter) -> Result<Page<Chat>, Problem> {
        self.get(&format!("/chats{}", query::encode(filter))).await
    }

    /// One chat.
    pub async fn chat(&self, id: ChatId) -> Result<Chat, Problem> {
        self.get(&format!("/chats/{id}")).await
    }

    /// Changes a chat's marks.
    pub async fn patch_chat(&self, id: ChatId, patch: &PatchChat) -> Result<Chat, Problem> {
        self.ask(Method::PATCH, &format!("/chats/{id}"), Some(patch))
            .await
    }

    /// Marks all of a chat read, here and (blue ticks) at WhatsApp.
    pub async fn read(&self, id: ChatId, mark: &ReadMark) -> Result<Chat, Problem> {
        self.ask(Method::POST, &format!("/chats/{id}/read"), Some(mark))
            .await
    }

    /// Says how far many chats are read, all at once; comes back with how far they were before.
    pub async fn mark_chats(&self, marks: &MarkChats) -> Result<MarkedChats, Problem> {
        self.ask(Method::POST, "/chats/mark", Some(marks)).await
    }

    /// Shows the customer that somebody writes; for about 25 seconds, or until a message goes.
    pub async fn typing(&self, id: ChatId, mark: &TypingMark) -> Result<(), Problem> {
        self.done(Method::POST, &format!("/chats/{id}/typing"), Some(mark))
            .await
    }

    /// The labels in use, most used first.
    pub async fn labels(&self, query: &LabelQuery) -> Result<Vec<LabelUse>, Problem> {
        let page: Page<LabelUse> = self
            .get(&format!("/labels{}", query::encode(query)))
            .await?;
        Ok(page.items)
    }

    /// A customer with everything that is known of them.
    pub async fn customer(&self, id: CustomerId) -> Result<CustomerCard, Problem> {
        self.get(&format!("/customers/{id}")).await
    }

    /// Changes our name for a customer, or their opt-out.
    pub async fn patch_customer(
        &self,
        id: CustomerId,
        patch: &PatchCustomer,
    ) -> Result<Customer, Problem> {
        self.ask(Method::PATCH, &format!("/customers/{id}"), Some(patch))
            .await
    }

    /// Messages of a customer that carry a file, newest first.
    pub async fn files(&self, id: CustomerId, query: &FileQuery) -> Result<Page<Message>, Problem> {
        self.get(&format!("/customers/{id}/files{}", query::encode(query)))
            .await
    }

    /// Writes something down about a customer.
    pub async fn add_note(&self, id: CustomerId, note: &NoteText) -> Result<Note, Problem> {
        self.ask(Method::POST, &format!("/customers/{id}/notes"), Some(note))
            .await
    }

    /// Changes what was written down.
    pub async fn edit_note(&self, id: NoteId, note: &NoteText) -> Result<Note, Problem> {
        self.ask(Method::PATCH, &format!("/notes/{id}"), Some(note))
            .await
    }

    /// Throws a note away.
    pub async fn delete_note(&self, id: NoteId) -> Result<(), Problem> {
        self.done(Method::DELETE, &format!("/notes/{id}"), None::<&()>)
            .await
    }

    /// Figures of a span of time.
    pub async fn stats(&self, query: &StatsQuery) -> Result<Stats, Problem> {
        self.get(&format!("/stats{}", query::encode(query))).await
    }

    /// A slice of a conversation, newest first.
    pub async fn messages(&self, id: ChatId, slice: &Slice) -> Result<Page<Message>, Problem> {
        self.get(&format!("/chats/{id}/messages{}", query::encode(slice)))
            .await
    }

    /// One message with its history.
    pub async fn message(&self, id: MessageId) -> Result<Message, Problem> {
        self.get(&format!("/messages/{id}")).await
    }

    /// The message that WhatsApp knows by `wamid`.
    pub async fn by_wamid(&self, wamid: &str) -> Result<Message, Problem> {
        self.get(&format!(
            "/messages{}",
            query::encode(&json!({ "wamid": wamid }))
        ))
        .await
    }

    /// Queues a message in a chat.
    pub async fn send(&self, chat: ChatId, message: &Send) -> Result<Message, Problem> {
        self.ask(
            Method::POST,
            &format!("/chats/{chat}/messages"),
            Some(message),
        )
        .await
    }

    /// Queues a message to anybody.
    pub async fn send_to(&self, message: &SendTo) -> Result<Message, Problem> {
        self.ask(Method::POST, "/messages", Some(message)).await
    }

    /// Tries a failed message again, or sends one in doubt once more.
    pub async fn retry(&self, id: MessageId) -> Result<Message, Problem> {
        self.ask(Method::POST, &format!("/messages/{id}/retry"), None::<&()>)
            .await
    }

    /// What somebody was writing in a chat.
    pub async fn draft(&self, chat: ChatId) -> Result<Option<Draft>, Problem> {
        match self.get(&format!("/chats/{chat}/draft")).await {
            Err(problem) if problem.code == Code::NotFound => Ok(None),
            answer => answer,
        }
    }

    /// Keeps what is being written.
    pub async fn put_draft(&self, chat: ChatId, draft: &Draft) -> Result<(), Problem> {
        self.done(Method::PUT, &format!("/chats/{chat}/draft"), Some(draft))
            .await
    }

    /// Throws the draft away.
    pub async fn delete_draft(&self, chat: ChatId) -> Result<(), Problem> {
        self.done(Method::DELETE, &format!("/chats/{chat}/draft"), None::<&()>)
            .await
    }

    /// Full-text search, newest first.
    pub async fn search(&self, query: &SearchQuery) -> Result<Page<Hit>, Problem> {
        self.get(&format!("/search{}", query::encode(query))).await
    }

    /// Reads notifications again that could not be read before. May take minutes.
    pub async fn replay(&self) -> Result<Replayed, Problem> {
        read(
            &self
                .wire
                .call_patiently(Method::POST, "/replay", None)
                .await?,
        )
    }

    /// Follows what happens: after an event (nothing is missed), or from now on.
    pub async fn events(&self, after: Option<Seq>) -> Result<EventStream, Problem> {
        let path = format!("/events{}", query::encode(&json!({ "after": after })));
        Ok(EventStream::new(self.wire.stream(&path).await?, after))
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Problem> {
        self.ask(Method::GET, path, None::<&()>).await
    }

    /// A list that the daemon gives whole; pages are followed should it ever give several.
    async fn list<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, Problem> {
        let mut page: Page<T> = self.get(path).await?;
        let mut items = page.items;
        while let Some(cursor) = page.next.take() {
            let next = format!("{path}{}", query::encode(&json!({ "cursor": cursor })));
            page = self.get(&next).await?;
            items.append(&mut page.items);
        }
        Ok(items)
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<&(impl Serialize + Sync)>,
    ) -> Result<T, Problem> {
        read(&self.wire.call(method, path, encode(body)?).await?)
    }

    /// The same as `ask` for what waits for Meta.
    async fn patiently<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<&(impl Serialize + Sync)>,
    ) -> Result<T, Problem> {
        read(
            &self
                .wire
                .call_patiently(method, path, encode(body)?)
                .await?,
        )
    }

    async fn done(
        &self,
        method: Method,
        path: &str,
        body: Option<&(impl Serialize + Sync)>,
    ) -> Result<(), Problem> {
        self.wire.call(method, path, encode(body)?).await.map(drop)
    }
}

fn read<T: DeserializeOwned>(answer: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(answer).map_err(|why| {
        let detail = format!("The daemon's answer is not understood ({why}). Update recado.");
        Problem::new(Code::Internal, detail)
    })
}

fn encode(body: Option<&impl Serialize>) -> Result<Option<Payload>, Problem> {
    let text = body.map(serde_json::to_vec).transpose();
    text.map(|text| text.map(Payload::json))
        .map_err(|why| Problem::new(Code::BadRequest, format!("Not a request: {why}.")))
}
