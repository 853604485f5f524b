//! Meta's notifications: read over HTTP, checked, understood, and answered once they are on disk.

pub mod parse;
pub mod payload;
