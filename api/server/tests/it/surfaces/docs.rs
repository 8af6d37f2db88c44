//! What is made from the declarations and the tests of the dialects is committed, and never stale.

use std::collections::BTreeSet;

use convolog_server::Api;
use convolog_server::surfaces::{Standpoint, page, proves};

use super::dialects;
use crate::docs::committed;

#[test]
fn the_openapi_documents_of_dialects_are_committed() {
    for api in dialects() {
        let document = serde_json::to_string_pretty(api.document()).unwrap();
        let name = format!("surfaces/{}.openapi.json", api.surface().name);
        committed(&name, &format!("{document}\n"));
    }
}

#[test]
fn the_postman_collections_of_dialects_are_committed() {
    for api in dialects() {
        let collection = serde_json::to_string_pretty(api.collection()).unwrap();
        let name = format!("surfaces/{}.postman.json", api.surface().name);
        committed(&name, &format!("{collection}\n"));
    }
}

/// The contract tests of a surface, by name: those here, of which it has a file of its own, what its
/// document prints, and those of its client in TypeScript.
fn contract_tests(surface: &str) -> Vec<String> {
    let prefix = Api::all()
        .iter()
        .find(|api| api.surface().name == surface)
        .and_then(|api| api.surface().contract)
        .map_or_else(String::new, |contract| format!("{}_", contract.prefix.to_lowercase()));
    let here = env!("CARGO_MANIFEST_DIR");
    let source: String = [surface, "verbatim"]
        .map(|name| std::fs::read_to_string(format!("{here}/tests/it/surfaces/{name}.rs")).unwrap())
        .concat();
    let names = source.lines().filter_map(|line| line.trim_start().split("fn ").nth(1));
    let names = names.filter_map(|rest| rest.split('(').next());
    let suite = format!("{here}/../sdk/typescript/test/suite/{surface}.ts");
    let suite = std::fs::read_to_string(suite).unwrap_or_default();
    let cases = suite.lines().filter_map(|line| line.trim_start().split_once(": async"));
    let cases = cases.map(|(name, _)| name);
    names.chain(cases).filter(|name| name.starts_with(&prefix)).map(str::to_owned).collect()
}

#[test]
fn the_pages_of_dialects_are_committed() {
    for api in dialects() {
        let name = api.surface().name;
        committed(&format!("surfaces/{name}.md"), &page(api, &contract_tests(name)));
    }
}

#[test]
fn every_fact_is_listed_once_and_proved_unless_no_request_shows_it() {
    for api in dialects() {
        let contract = api.surface().contract.unwrap();
        let numbers: BTreeSet<_> = contract.facts.iter().map(|fact| fact.number).collect();
        let all: BTreeSet<_> = (1..=u16::try_from(contract.facts.len()).unwrap()).collect();
        assert_eq!(numbers, all, "{}", api.surface().name);
        let tests = contract_tests(api.surface().name);
        let unproved: Vec<_> = contract
            .facts
            .iter()
            .filter(|fact| matches!(fact.stands, Standpoint::Served | Standpoint::Decided(_)))
            .filter(|fact| !tests.iter().any(|test| proves(test, contract, fact)))
            .map(|fact| fact.name(contract))
            .collect();
        assert!(unproved.is_empty(), "{unproved:?}");
    }
}
