//! recadod: receives WhatsApp's webhooks, keeps every message, sends through the Graph API.

pub mod advice;
pub mod alarm;
pub mod api;
pub mod beacon;
pub mod check;
pub mod cli;
pub mod clock;
pub mod connect;
pub mod fact;
pub mod graph;
pub mod hub;
pub mod limits;
pub mod log;
pub mod media;
pub mod outbox;
pub(crate) mod private;
pub mod reload;
pub mod replay;
pub mod run;
pub(crate) mod stop;
pub mod store;
pub mod template;
pub mod tend;
pub mod vault;
pub mod webhook;
