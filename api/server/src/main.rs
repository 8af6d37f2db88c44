//! The `convolog` binary: everything that people and scripts call from a shell.

mod cli;
mod demo;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
