//! Stories, golden logs, random histories, printed transcripts.

#![cfg(test)]

mod golden;
mod histories;
mod printing;
mod recording;
mod scanning;
mod stories;
mod told;
mod verifying;
