//! WhatsApp's limits on what people write, judged alike while they type and before it is stored.

pub mod interactive;
pub mod measure;
