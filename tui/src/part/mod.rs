//! Small things that every pane is made of, and that know no model.

pub mod bidi;
pub mod clock;
pub mod dropped;
pub mod emoji;
pub mod field;
pub mod list;
pub mod picture;
pub mod scroll;
pub mod spans;
pub mod there;
pub mod ticks;
pub mod wrap;
