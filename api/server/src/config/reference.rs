//! The page `docs/config.md`, made from the flags themselves.

use clap::{Args, Command};

use super::Config;
use crate::text::add;

/// Every flag and variable, in Markdown.
pub fn config_markdown() -> String {
    let mut page = String::from(
        "# Configuration\n\n<!-- Generated from api/server/src/config; `CONVOLOG_REGENERATE=1 cargo test -p convolog-server` writes it again. -->\n\n\
         `convolog serve` takes each setting as a flag or from the environment; a flag wins. Secrets have no \
         flag in this list: they come from the environment, because flags show in the list of processes.\n\n\
         | variable | flag | default | |\n|---|---|---|---|\n",
    );
    for argument in Config::augment_args(Command::new("serve")).get_arguments() {
        let variable =
            argument.get_env().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let flag = match argument.get_long() {
            Some(long) if !argument.is_hide_set() => format!("`--{long}`"),
            _ => "–".to_owned(),
        };
        let defaults: Vec<String> = argument
            .get_default_values()
            .iter()
            .map(|value| format!("`{}`", value.to_string_lossy()))
            .collect();
        let default = match (defaults.is_empty(), argument.is_required_set()) {
            (false, _) => defaults.join(" "),
            (true, true) => "needed".to_owned(),
            (true, false) => "none".to_owned(),
        };
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        add(&mut page, format_args!("| `{variable}` | {flag} | {default} | {help}. |\n"));
    }
    page
}
