//! What the process says about itself, on stderr: for people on a terminal, as JSON for machines.

use std::io::IsTerminal;

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;

/// How log lines look.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people if stderr is a terminal, else JSON.
    #[default]
    Auto,
    /// For people.
    Human,
    /// One JSON object a line.
    Json,
}

/// Starts to log. `level` holds unless `CONVOLOG_LOG` says otherwise.
pub(crate) fn start(format: LogFormat, level: &str) {
    let filter = EnvFilter::try_from_env("CONVOLOG_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    let human = match format {
        LogFormat::Auto => std::io::stderr().is_terminal(),
        LogFormat::Human => true,
        LogFormat::Json => false,
    };
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second subscriber in one process would be a mistake of ours, and harmless.
    if human {
        builder.with_target(false).try_init().ok();
    } else {
        builder.json().flatten_event(true).with_current_span(false).try_init().ok();
    }
}
