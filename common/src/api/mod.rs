//! Requests, responses and events of the local API, one file for each resource.

pub mod chats;
pub mod event;
pub mod messages;
pub mod numbers;
pub mod orgs;
pub mod page;
pub mod problem;
pub mod replay;
pub mod search;
pub mod status;
pub mod tokens;
