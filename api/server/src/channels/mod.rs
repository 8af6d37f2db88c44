//! What connecting a number needs of the outside: the platform's word that the number may be read
//! with the given token.

mod graph;

pub(crate) use graph::{Claimed, prove};
