//! The page `docs/config.md`, made from the command `serve` itself: what is not declared there can
//! neither be set nor be missing here.

use std::fmt::Write as _;

use clap::{Arg, Command, CommandFactory};

use super::Cli;

const HEAD: &str = "\
# Configuration

<!-- Made from `convolog serve`; `make generated` writes it again. -->

`convolog serve` takes each setting as a flag or from the environment; a flag wins. Secrets have no
flag in this list: they come from the environment, because flags show in the list of processes.

| variable | flag | default | |
|---|---|---|---|
";

/// Every flag and variable of `serve`, in Markdown.
fn config_markdown() -> String {
    let mut page = HEAD.to_owned();
    let mut cli = Cli::command();
    cli.build();
    let serve = cli.find_subcommand("serve").unwrap();
    for argument in serve.get_arguments().filter(|argument| argument.get_id() != "help") {
        page.push_str(&row(serve, argument));
    }
    page
}

fn row(serve: &Command, argument: &Arg) -> String {
    let variable = match argument.get_env() {
        Some(name) => format!("`{}`", name.to_str().unwrap()),
        None => "–".to_owned(),
    };
    let flag = match argument.get_long() {
        Some(long) if !argument.is_hide_set() => format!("`--{long}`"),
        _ => "–".to_owned(),
    };
    assert!(flag != "–" || variable != "–", "{} can be set in no way", argument.get_id());
    let defaults: Vec<String> = argument
        .get_default_values()
        .iter()
        .map(|value| format!("`{}`", value.to_str().unwrap()))
        .collect();
    let default = match (defaults.is_empty(), argument.is_required_set()) {
        (false, _) => defaults.join(" "),
        (true, true) => "needed".to_owned(),
        (true, false) => "none".to_owned(),
    };
    let help = argument.get_help().unwrap_or_else(|| panic!("{serve} {flag} has no help"));
    let mut means = help.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    let choices: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|_| {
            argument.get_value_parser().type_id() != clap::builder::ValueParser::bool().type_id()
        })
        .map(|value| format!("`{}`", value.get_name()))
        .collect();
    if !choices.is_empty() {
        write!(means, ": {}", choices.join(", ")).unwrap();
    }
    format!("| {variable} | {flag} | {default} | {}. |\n", means.trim_end_matches('.'))
}

mod docs {
    use super::config_markdown;

    #[test]
    fn the_configuration_reference_is_committed() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/config.md");
        let page = config_markdown();
        if std::env::var_os("CONVOLOG_REGENERATE").is_some() {
            std::fs::write(path, &page).unwrap();
        }
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        assert!(kept == page, "docs/config.md is stale; `make generated` writes it again");
    }
}
