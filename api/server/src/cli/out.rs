//! Data goes to stdout, everything else to stderr.

use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

/// Writes text to stdout, ending in one newline.
pub(crate) fn print(text: impl AsRef<str>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_ref().trim_end_matches('\n').as_bytes())?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Writes a value to stdout as JSON that people can read too.
pub(crate) fn json(value: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value).map_err(io::Error::other)?;
    print(text)
}

/// Writes a line to stderr. Nobody can be told if that fails.
pub(crate) fn note(text: impl AsRef<str>) {
    let mut err = io::stderr().lock();
    err.write_all(format!("{}\n", text.as_ref()).as_bytes()).ok();
}

/// A bar on stderr for work of `total` steps; invisible unless stderr is a terminal.
pub(crate) fn bar(what: &'static str, total: u64) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {eta}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total).with_style(style).with_message(what)
}
