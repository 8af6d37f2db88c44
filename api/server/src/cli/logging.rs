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

/// The variable that says what is logged.
pub(crate) const VARIABLE: &str = "CONVOLOG_LOG";

/// What the environment says is logged, or this.
pub(crate) fn filter_or(level: &str) -> String {
    std::env::var(VARIABLE).unwrap_or_else(|_| level.to_owned())
}

/// Starts to log what passes the filter.
pub(crate) fn start(format: LogFormat, filter: &str) {
    // Parts that cannot be read are said on stderr and left out.
    let filter = EnvFilter::new(filter);
    let human = match format {
        LogFormat::Auto => std::io::stderr().is_terminal(),
        LogFormat::Human => true,
        LogFormat::Json => false,
    };
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second subscriber in one process would be a mistake of ours, and harmless.
    if human {
        builder.with_target(false).with_ansi(std::io::stderr().is_terminal()).try_init().ok();
    } else {
        builder.json().flatten_event(true).with_current_span(false).try_init().ok();
    }
}
