//! Rows to model types and back, one file a table family.

pub(crate) mod audit;
pub(crate) mod chat;
pub(crate) mod code;
pub(crate) mod connect;
pub(crate) mod content;
pub(crate) mod media;
pub(crate) mod message;
pub(crate) mod number;
pub(crate) mod people;
pub(crate) mod reply;
pub(crate) mod template;
