//! The demonstration: a shop with three numbers, its customers, and a console for the person at the keyboard.

pub mod play;
pub mod script;
pub mod shelf;
