//! The `convolog` binary: everything that people and scripts call from a shell.

mod cli;
mod demo;

use std::process::ExitCode;

/// A tenth less CPU a post than the C library's (docs/performance.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
