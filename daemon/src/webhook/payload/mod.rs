//! Meta's JSON as it comes: a borrowed tree that keeps every digit, and readers that forgive.

pub mod digest;
pub mod grammar;
pub mod json;
pub mod read;
