//! JSON as it stands in the bytes: spans, not values.
//!
//! Why not a ready-made tree: numbers must stay as they were spelled, repeated keys and half surrogate
//! pairs must not fail a post, and every element must be cut out exactly as it was sent. Bounded in depth,
//! never recursive while reading.

mod document;
mod fields;
mod lexer;
mod strings;

pub(crate) use document::{Document, Kind, Value};
pub(crate) use fields::shorten;
pub(crate) use lexer::{JsonError, Lexer, TokenKind};
pub(crate) use strings::{decode, encode_into};
