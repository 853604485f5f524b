//! recado: the WhatsApp Business desk in a terminal, and its command line.

pub mod action;
pub mod advice;
pub mod cli;
pub mod connecting;
pub mod effect;
pub mod file;
pub mod finding;
pub mod hit;
pub mod keymap;
pub mod link;
pub mod model;
pub mod msg;
pub mod once;
pub mod part;
pub mod reach;
pub mod run;
pub mod saved;
pub mod shared;
pub mod side;
pub mod speech;
pub mod term;
pub mod told;
pub mod update;
pub mod view;
pub mod ways;
