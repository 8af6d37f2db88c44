//! The help of every command, kept in docs/cli.md, so that a change of it is seen.

use std::fmt::Write as _;

use crate::process::{convolog, ends, said};

/// Every command, and one of those that read.
const COMMANDS: [&[&str]; 29] = [
    &[],
    &["demo"],
    &["serve"],
    &["replay"],
    &["replay", "conversation"],
    &["replay", "test"],
    &["replay", "record"],
    &["verify"],
    &["rebuild"],
    &["rebuild", "compare"],
    &["rebuild", "swap"],
    &["rebuild", "roll-back"],
    &["rebuild", "cancel"],
    &["keys"],
    &["keys", "status"],
    &["keys", "backup"],
    &["keys", "restore"],
    &["keys", "rotate"],
    &["arm"],
    &["disarm"],
    &["erase"],
    &["check-posts"],
    &["init"],
    &["conversations"],
    &["conversations", "list"],
    &["export"],
    &["import"],
    &["prove"],
    &["check-proof"],
];

fn page() -> String {
    let mut page = String::from(
        "# The command line\n\n<!-- Made from `convolog … --help`; `make generated` writes it again. -->\n",
    );
    for words in COMMANDS {
        let help = ends(convolog().args(words).arg("--help"), 0);
        let name = ["convolog"].iter().chain(words).copied().collect::<Vec<_>>().join(" ");
        write!(page, "\n## {name}\n\n```text\n{}\n```\n", said(&help).trim_end()).unwrap();
    }
    page
}

#[test]
fn the_generated_page_of_the_command_line_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/cli.md");
    let page = page();
    if std::env::var_os("CONVOLOG_REGENERATE").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == page, "docs/cli.md is stale; `make generated` writes it again");
}

#[test]
fn every_command_of_the_list_is_in_the_help() {
    let help = said(&ends(convolog().arg("--help"), 0));
    for words in COMMANDS.iter().filter(|words| words.len() == 1) {
        assert!(help.contains(&format!("\n  {} ", words[0])), "{words:?}\n{help}");
    }
    assert!(said(&ends(convolog().arg("--version"), 0)).starts_with("convolog "));
}
