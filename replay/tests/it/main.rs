//! Stories, golden logs, random histories, printed transcripts.

#![cfg(test)]

mod stories;
