//! Questions through the façade, over real documents in a real index.

mod fallback;
mod outcomes;
mod outside;
pub(crate) mod world;
