//! The engine over an in-memory log and a real vault: commands, inbound posts, printing them again.

#![cfg(test)]

mod erasure;
mod inbound;
mod leads;
mod leaving;
mod media;
mod outcomes;
mod people;
mod plans;
mod quarantine;
mod requests;
mod retrying;
mod secrets;
mod world;
