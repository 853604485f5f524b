//! What the client asks to connect numbers.

use hyper::Method;

use crate::api::connect::{
    AskCode, Choice, Connect, Connection, Disconnect, GiveCode, MoveNumber, NewConnect, Register,
    SeenAccount, SetWebhook,
};
use crate::api::page::Page;
use crate::api::problem::Problem;
use crate::client::{Client, query};
use crate::id::{ConnectId, NumberId};
use crate::model::number::Number;

impl Client {
    /// Tokens that numbers can be connected with, the newest first.
    pub async fn connects(&self) -> Result<Vec<Connect>, Problem> {
        self.list("/connect").await
    }

    /// Has a token looked through and kept.
    pub async fn begin_connect(&self, new: &NewConnect) -> Result<Connect, Problem> {
        self.patiently(Method::POST, "/connect", Some(new)).await
    }

    /// Forgets a kept token.
    pub async fn end_connect(&self, id: ConnectId) -> Result<(), Problem> {
        self.done(Method::DELETE, &format!("/connect/{id}"), None::<&()>)
            .await
    }

    /// The accounts and numbers that a kept token sees.
    pub async fn seen_accounts(&self, id: ConnectId) -> Result<Vec<SeenAccount>, Problem> {
        let path = format!("/connect/{id}/accounts");
        let page: Page<SeenAccount> = self.patiently(Method::GET, &path, None::<&()>).await?;
        Ok(page.items)
    }

    /// Takes a number, or adds a new one first.
    pub async fn choose_number(&self, id: ConnectId, choice: &Choice) -> Result<Number, Problem> {
        let path = format!("/connect/{id}/number");
        self.patiently(Method::POST, &path, Some(choice)).await
    }

    /// How far a number is, and what comes next.
    pub async fn connection(&self, id: NumberId) -> Result<Connection, Problem> {
        let path = format!("/numbers/{id}/connection");
        self.patiently(Method::GET, &path, None::<&()>).await
    }

    /// Has a code sent.
    pub async fn ask_code(&self, id: NumberId, ask: &AskCode) -> Result<Connection, Problem> {
        let path = format!("/numbers/{id}/verification");
        self.patiently(Method::POST, &path, Some(ask)).await
    }

    /// Waits for a code no longer.
    pub async fn forget_code(&self, id: NumberId) -> Result<Connection, Problem> {
        let path = format!("/numbers/{id}/verification");
        self.ask(Method::DELETE, &path, None::<&()>).await
    }

    /// Gives the code.
    pub async fn give_code(&self, id: NumberId, code: &GiveCode) -> Result<Connection, Problem> {
        let path = format!("/numbers/{id}/verification/confirm");
        self.patiently(Method::POST, &path, Some(code)).await
    }

    /// Registers the number.
    pub async fn register(&self, id: NumberId, ask: &Register) -> Result<Connection, Problem> {
        let path = format!("/numbers/{id}/registration");
        self.patiently(Method::POST, &path, Some(ask)).await
    }

    /// Ends its registration.
    pub async fn deregister(&self, id: NumberId) -> Result<Connection, Problem> {
        let path = format!("/numbers/{id}/registration");
        self.patiently(Method::DELETE, &path, None::<&()>).await
    }

    /// Tells Meta where its notifications go.
    pub async fn set_webhook(&self, id: NumberId, ask: &SetWebhook) -> Result<Connection, Problem> {
        let path = format!("/numbers/{id}/webhook");
        self.patiently(Method::POST, &path, Some(ask)).await
    }

    /// Takes that back.
    pub async fn drop_webhook(&self, id: NumberId) -> Result<Connection, Problem> {
        let path = format!("/numbers/{id}/webhook");
        self.patiently(Method::DELETE, &path, None::<&()>).await
    }

    /// Puts a number to rest.
    pub async fn disconnect_number(
        &self,
        id: NumberId,
        ask: &Disconnect,
    ) -> Result<Connection, Problem> {
        let path = format!("/numbers/{id}/connection{}", query::encode(ask));
        self.patiently(Method::DELETE, &path, None::<&()>).await
    }

    /// Wakes it.
    pub async fn reconnect_number(
        &self,
        id: NumberId,
        ask: &SetWebhook,
    ) -> Result<Connection, Problem> {
        let path = format!("/numbers/{id}/connection");
        self.patiently(Method::POST, &path, Some(ask)).await
    }

    /// Gives it to another organisation.
    pub async fn move_number(&self, id: NumberId, to: &MoveNumber) -> Result<Number, Problem> {
        let path = format!("/numbers/{id}/move");
        self.ask(Method::POST, &path, Some(to)).await
    }
}
