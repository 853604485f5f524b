//! What recado's words mean: one file for each thing that the daemon keeps and the console shows.

pub mod chat;
pub mod check;
pub mod content;
pub mod customer;
pub mod health;
pub mod media;
pub mod message;
pub mod number;
pub mod org;
pub mod reply;
pub mod template;
