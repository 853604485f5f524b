//! Checks a body for `/messages` as strictly as Meta's own description of it, with its known flaws repaired.
//!
//! Lengths are counted in UTF-16 units: "characters" is not defined anywhere, and who passes this
//! count passes every other.

pub(crate) mod envelope;
pub(crate) mod fit;
pub(crate) mod rule;
pub(crate) mod shape;

mod carousel;
mod contact;
mod flow;
mod interactive;
mod list;
mod media;
mod parameter;
mod pay;
mod piece;
mod simple;
mod template;
