//! Benches and load: ratios to floors measured in the same run.
//!
//! These machines are shared and noisy: an absolute number says little. Every figure is taken beside
//! a floor (a plain file, `SQLite`, a decode from memory) in alternating slices of one run, together
//! with the disk's own `fdatasync` and the CPU time spent. Nothing here is a test; tests never time.

pub mod client;
pub mod closed_loop;
pub mod evaluation;
pub mod floors;
pub mod load;
pub mod numbers;
pub mod platform;
pub mod probe;
pub mod quiet;
pub mod rig;
pub mod workload;
