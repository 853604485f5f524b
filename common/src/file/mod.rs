//! Files judged by their content: what the bytes are, and whether WhatsApp takes them.

pub mod bytes;
pub mod disposition;
pub mod facts;
pub mod image;
pub mod judge;
pub mod kind;
pub mod look;
pub mod movie;
pub mod name;
pub mod ogg;
pub mod sniff;
pub mod sound;
pub mod unfit;
