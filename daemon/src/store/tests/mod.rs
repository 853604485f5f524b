//! Tests of the store as a whole: what facts do, what questions see, what plans SQLite makes.

mod apply;
mod far;
mod kit;
mod mended;
mod plans;
mod props;
mod send;
mod threads;
