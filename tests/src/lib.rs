//! What behaviour tests and benchmarks share: a bare server to compare with, a load generator, a grown database, pictures.

pub mod bare;
pub mod bin_path;
pub mod bridge;
pub mod calendar;
pub mod child;
pub mod dice;
pub mod front;
pub mod grown;
pub mod load;
pub mod mall;
pub mod pty;
pub mod raw;
pub mod seen;
pub mod shop;
pub mod svg;
