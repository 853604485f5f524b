//! Words that recado's daemon and console share: models, rules, the local API's types and its client.

pub mod api;
pub mod client;
pub mod fault;
pub mod file;
pub mod id;
pub mod limits;
pub mod model;
pub mod phone;
pub mod rights;
pub mod ssh;
pub mod text;
pub mod tick;
pub mod time;
pub mod window;
pub mod wrong;
