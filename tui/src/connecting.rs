//! What is asked to connect a number, and what comes of it.

use common::api::connect::{
    AskCode, Choice, Connect, Connection, GiveCode, Register, SeenAccount, SetWebhook,
};
use common::api::numbers::SecretText;
use common::api::problem::Problem;
use common::id::{AppId, ConnectId, NumberId, OrgId};
use common::model::message::Message;
use common::model::number::Number;

use crate::ways::Way;

/// Something to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectDeed {
    /// The organisations, and the tokens that are kept from before.
    Start,
    /// Look a token through and keep it.
    Begin {
        /// The organisation, or the name of a new one.
        org: Result<OrgId, String>,
        /// The app.
        app: AppId,
        /// Its secret.
        secret: SecretText,
        /// The token.
        token: SecretText,
    },
    /// What a kept token sees.
    Accounts(ConnectId),
    /// Take a number.
    Choose(ConnectId, Choice),
    /// How far a number is.
    Look(NumberId),
    /// Have a code sent.
    AskCode(NumberId, AskCode),
    /// Give the code.
    GiveCode(NumberId, GiveCode),
    /// Register the number.
    Register(NumberId, Register),
    /// Tell Meta where its messages go.
    Webhook(NumberId, SetWebhook),
    /// The ready file of a way for this machine.
    File(Way),
    /// Send a first message to this phone.
    Prove(NumberId, String),
    /// Forget a kept token.
    End(ConnectId),
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum ConnectNews {
    /// The first organisation, and the newest token that is kept for it.
    Started(Result<(Option<OrgId>, Option<Connect>), Problem>),
    /// A token is kept.
    Begun(Result<Connect, Problem>),
    /// What it sees.
    Accounts(Result<Vec<SeenAccount>, Problem>),
    /// A number was taken.
    Chosen(Result<Box<Number>, Problem>),
    /// How far a number is.
    Told(Result<Box<Connection>, Problem>),
    /// The ready file.
    File(Way, Result<String, Problem>),
    /// The first message is on its way.
    Proving(Result<Box<Message>, Problem>),
}
