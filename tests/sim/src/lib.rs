//! A simulated Meta: the Graph API and signed webhooks as documented, with scripted customers and faults.
//!
//! Start it with [`sim::Sim::start`], register an app, a WABA, a number and a token (or open a
//! [`shop::Shop`], which does the four at once), point the app's webhook at a receiver, and let
//! customers write. Everything runs over real HTTP on 127.0.0.1.

pub mod album;
pub mod app;
pub mod attachment;
pub mod clock;
pub mod config;
pub mod content;
pub mod customer;
pub mod demo;
pub mod desk;
pub mod error;
pub mod fault;
pub mod files;
pub mod history;
pub mod home;
pub mod ids;
pub mod inbound;
pub mod ledger;
pub mod number;
pub mod shop;
pub mod sim;
pub mod status;
pub mod template;
pub mod webhook;

mod book;
pub mod courier;
mod enrol;
mod gathering;
mod graph;
pub mod handshake;
mod look;
mod notify;
mod object;
mod owner;
mod pace;
mod paint;
mod people;
mod phone;
pub mod post;
#[cfg(test)]
mod probe;
mod server;
mod shelf;
mod speak;
mod validate;
mod world;
