//! Requests, responses and events of the local API, one file for each resource.

pub mod audit;
pub mod chats;
pub mod connect;
pub mod customers;
pub mod event;
pub mod key;
pub mod messages;
pub mod numbers;
pub mod operators;
pub mod orgs;
pub mod page;
pub mod problem;
pub mod replay;
pub mod replies;
pub mod search;
pub mod stats;
pub mod status;
pub mod templates;
pub mod tokens;
