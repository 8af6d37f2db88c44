//! The floors: what the same bytes cost without what Convolog adds.

mod file;
mod group;
mod log;
mod sqlite;

pub use file::PlainFile;
pub use log::Log;
pub use sqlite::Sqlite;
