//! Tests of the whole: a real log, a real vault, real indexes on the disk.

mod erasing;
mod finding;
mod rebuilding;
mod tenants;
mod world;
