//! The arrows of the house run one way: every edge between our packages is one that the
//! architecture allows, and what replays history cannot reach what acts.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Package → what of ours it may depend on. A new edge is a decision: write it here and in
/// docs/ARCHITECTURE.md.
const ALLOWED: &[(&str, &[&str])] = &[
    ("convolog-domain", &[]),
    ("convolog-vault", &[]),
    ("convolog-log", &[]),
    ("convolog-whatsapp", &[]),
    ("convolog-extract", &[]),
    (
        "convolog-engine",
        &["convolog-domain", "convolog-vault", "convolog-log", "convolog-whatsapp"],
    ),
    (
        "convolog-projections",
        &["convolog-domain", "convolog-vault", "convolog-log", "convolog-engine"],
    ),
    (
        "convolog-search",
        &["convolog-domain", "convolog-log", "convolog-engine", "convolog-projections"],
    ),
    (
        "convolog-replay",
        &[
            "convolog-domain",
            "convolog-vault",
            "convolog-log",
            "convolog-whatsapp",
            "convolog-engine",
            "convolog-projections",
            "convolog-search",
        ],
    ),
    (
        "convolog-answer",
        &["convolog-domain", "convolog-engine", "convolog-projections", "convolog-search"],
    ),
    (
        "convolog-reactors",
        &[
            "convolog-domain",
            "convolog-vault",
            "convolog-log",
            "convolog-engine",
            "convolog-projections",
            "convolog-search",
            "convolog-answer",
            "convolog-extract",
        ],
    ),
    (
        "convolog-server",
        &[
            "convolog-domain",
            "convolog-vault",
            "convolog-log",
            "convolog-whatsapp",
            "convolog-engine",
            "convolog-projections",
            "convolog-search",
            "convolog-replay",
            "convolog-answer",
            "convolog-extract",
            "convolog-reactors",
        ],
    ),
    (
        "convolog-benches",
        &[
            "convolog-domain",
            "convolog-vault",
            "convolog-log",
            "convolog-whatsapp",
            "convolog-engine",
            "convolog-projections",
            "convolog-search",
            "convolog-answer",
            "convolog-replay",
            "convolog-reactors",
            "convolog-server",
        ],
    ),
];

/// Packages of the core that must stay free of I/O, a runtime, a clock and randomness.
const PURE: &[(&str, &[&str])] = &[
    ("convolog-domain", &["tokio", "sled", "reqwest", "axum", "rand", "jiff", "tracing"]),
    ("convolog-whatsapp", &["tokio", "sled", "reqwest", "axum", "rand", "jiff"]),
    ("convolog-extract", &["tokio", "sled", "reqwest", "axum", "rand", "jiff", "tracing"]),
];

/// What only the packages that act may name.
const ACTS: &[&str] = &["reqwest", "convolog-answer", "convolog-reactors"];

fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|package| {
            let name = package["name"].as_str().expect("a name").to_owned();
            let dependencies = package["dependencies"]
                .as_array()
                .expect("dependencies")
                .iter()
                .filter(|dependency| dependency["kind"].as_str() != Some("dev"))
                .map(|dependency| dependency["name"].as_str().expect("a name").to_owned())
                .collect();
            (name, dependencies)
        })
        .collect()
}

#[test]
fn every_edge_between_our_packages_is_allowed() {
    let allowed: BTreeMap<_, _> = ALLOWED.iter().copied().collect();
    for (package, dependencies) in dependencies() {
        let row = allowed
            .get(package.as_str())
            .unwrap_or_else(|| panic!("{package} is not in the table of the architecture"));
        for dependency in dependencies.iter().filter(|name| name.starts_with("convolog-")) {
            assert!(
                row.contains(&dependency.as_str()),
                "{package} must not depend on {dependency}"
            );
        }
    }
}

#[test]
fn the_core_is_pure() {
    let all = dependencies();
    for (package, forbidden) in PURE {
        for name in *forbidden {
            assert!(!all[*package].contains(*name), "{package} must not depend on {name}");
        }
    }
}

#[test]
fn replay_cannot_act() {
    let all = dependencies();
    let mut reached = BTreeSet::from(["convolog-replay".to_owned()]);
    let mut next = vec!["convolog-replay".to_owned()];
    while let Some(package) = next.pop() {
        for dependency in all.get(&package).into_iter().flatten() {
            if reached.insert(dependency.clone()) {
                next.push(dependency.clone());
            }
        }
    }
    for name in ACTS {
        assert!(!reached.contains(*name), "convolog-replay reaches {name}");
    }
}
