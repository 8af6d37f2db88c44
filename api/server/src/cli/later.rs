//! Commands that the next release brings: they exist, so that scripts can be written, and say so.

use clap::Args;

use super::outcome::{Ended, Failure};

/// Whatever somebody tries already.
#[derive(Debug, Args)]
pub(crate) struct Later {
    /// Not looked at yet
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    rest: Vec<String>,
}

impl Later {
    /// Refuses.
    pub(crate) fn run(&self, name: &str) -> Ended {
        let given = if self.rest.is_empty() { "" } else { " (the arguments were not looked at)" };
        Err(Failure::usage(format!("`convolog {name}` comes with a later release{given}")))
    }
}
