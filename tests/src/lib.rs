//! What behaviour tests and benchmarks share: a bare server to compare with, a load generator, a grown database.

pub mod bin_path;
pub mod child;
pub mod dice;
pub mod raw;
pub mod seen;
