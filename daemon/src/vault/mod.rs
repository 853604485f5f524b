//! Seals and opens credentials with age; the rest of the daemon sees only sealed bytes.

pub mod sealed;
