//! recado's settings: where they lie, what they may be, and how a wrong one is told.

pub mod bind;
pub mod console;
pub mod daemon;
pub mod error;
pub mod keys;
pub mod load;
pub mod path;
pub mod theme;
pub mod tui;
