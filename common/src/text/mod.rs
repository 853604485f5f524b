//! Text that people write: made safe, read for its marks and links, looked at for emoji.

pub mod clean;
pub mod day;
pub mod emoji;
pub mod fold;
pub mod link;
pub mod markup;
pub mod moment;
pub mod query;
pub mod zone;
