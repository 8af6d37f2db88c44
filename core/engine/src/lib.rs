//! Runs a command: load, decide, seal, append.
