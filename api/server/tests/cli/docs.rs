//! The help of every command, kept in docs/cli.md, so that a change of it is seen.

use std::fmt::Write as _;

use crate::process::{convolog, ends, said};

/// The help of a command.
fn help(words: &[String]) -> String {
    said(&ends(convolog().args(words).arg("--help"), 0)).trim_end().to_owned()
}

/// The commands below one, as its help lists them.
fn below(help: &str) -> Vec<&str> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = listed.take_while(|line| !line.is_empty()).filter_map(|line| {
        let name = line.strip_prefix("  ")?;
        name.split(' ').next().filter(|name| !name.is_empty())
    });
    names.filter(|name| *name != "help").collect()
}

/// A command and every one below it, each with its help.
fn add(page: &mut String, names: &mut Vec<String>, words: &[String]) {
    let help = help(words);
    let name = std::iter::once("convolog").chain(words.iter().map(String::as_str));
    let name = name.collect::<Vec<_>>().join(" ");
    write!(page, "\n## {name}\n\n```text\n{help}\n```\n").unwrap();
    names.push(name);
    for word in below(&help) {
        add(page, names, &[words, &[word.to_owned()]].concat());
    }
}

/// The page, and the names of all commands.
fn page() -> (String, Vec<String>) {
    let mut page = String::from(
        "# The command line\n\n<!-- Made from `convolog … --help`; `make generated` writes it again. -->\n",
    );
    let mut names = Vec::new();
    add(&mut page, &mut names, &[]);
    (page, names)
}

#[test]
fn the_generated_page_of_the_command_line_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/cli.md");
    let (page, names) = page();
    if std::env::var_os("CONVOLOG_REGENERATE").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == page, "docs/cli.md is stale; `make generated` writes it again");
    for name in ["scan", "replay conversation", "leads list", "conversations messages"] {
        assert!(names.contains(&format!("convolog {name}")), "{name} is missing: {names:?}");
    }
}

#[test]
fn the_version_is_said() {
    assert!(said(&ends(convolog().arg("--version"), 0)).starts_with("convolog "));
}
