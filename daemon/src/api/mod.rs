//! The local API: one router for the Unix socket and for TCP, and what its routes share.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use common::api::status::ApiStatus;
use common::time::{Clock, Stamp};
use tokio::sync::watch;

use crate::api::entrance::Entrance;
use crate::api::table::{RouteDeed, Table};
use crate::api::typing::Typing;
use crate::check::Doctor;
use crate::connect::Connector;
use crate::hub::Hub;
use crate::media::files::Files;
use crate::store::Store;
use crate::template::Templates;
use crate::vault::Vault;
use crate::vault::keyring::Keyring;

mod bytes;
pub mod door;
pub mod doorman;
pub mod entrance;
mod events;
mod fault;
mod fresh;
mod given;
mod handed;
pub(crate) mod keys;
pub mod openapi;
mod outgoing;
pub mod peer;
mod routes;
mod samples;
pub mod serve;
pub mod table;
mod templated;
pub mod typing;

/// Every route stands under this path.
pub(crate) const BASE: &str = "/api/v1";
/// No JSON body is larger.
const MAX_BODY: usize = 1024 * 1024;

/// What the routes work with. Clones share everything.
#[derive(Debug, Clone)]
pub struct ApiState {
    /// Questions and facts go here.
    pub store: Store,
    /// Events come from here.
    pub hub: Hub,
    /// Seals credentials.
    pub vault: Vault,
    /// Told when credentials changed.
    pub keyring: Keyring,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What the daemon knows of itself.
    pub info: Arc<Info>,
    /// Where files lie.
    pub files: Files,
    /// Tells customers that somebody writes.
    pub typing: Typing,
    /// Examines numbers.
    pub doctor: Doctor,
    /// Asks Meta about templates.
    pub templates: Templates,
    /// Who comes in and how.
    pub entrance: Entrance,
    /// Connects numbers.
    pub connector: Connector,
    /// Turns true when the daemon stops: event streams end.
    pub stop: watch::Receiver<bool>,
}

/// What the daemon knows of itself.
#[derive(Debug, Clone)]
pub struct Info {
    /// When it started.
    pub started_at: Stamp,
    /// Where its webhook port listens, with the real port.
    pub webhook_listen: String,
    /// Where this API is served.
    pub api: ApiStatus,
    /// What Meta calls it; empty where that is not configured. Follows the configuration.
    pub public_url: watch::Receiver<String>,
}

/// Every route with what it does as far as rights go.
pub fn deeds() -> Vec<RouteDeed> {
    routes::add_all(Table::served()).deeds()
}

/// The whole API: every route, who may come in, and a problem for everything else.
pub fn router(state: ApiState) -> Router {
    let routes = routes::add_all(Table::served()).router();
    Router::new()
        .nest(BASE, routes)
        .fallback(fault::no_route)
        .method_not_allowed_fallback(fault::no_method)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            peer::authorise,
        ))
        .with_state(state)
}
