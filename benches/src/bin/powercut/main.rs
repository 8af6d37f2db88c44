//! The writer and the checker of the power-cut rig, on the whole engine.
//!
//! `powercut write DIR ACKS` takes in signed posts from many customers at the same time, each of
//! them twice, and notes in ACKS what it acknowledged; `powercut check DIR ACKS` opens what a power
//! cut left in DIR and ends with 1 unless everything acknowledged is there, once. Volumes are small,
//! so that cuts hit closing; some people are erased, and must stay so.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a program for a test rig: whatever goes wrong must be seen"
)]

mod acks;
mod check;
mod world;
mod write;

use std::path::Path;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write", dir, acks] => write::run(Path::new(dir), Path::new(acks)).await,
        ["check", dir, acks] => check::run(Path::new(dir), Path::new(acks)),
        _ => {
            eprintln!("usage: powercut write|check DIR ACKS");
            ExitCode::from(2)
        }
    }
}
