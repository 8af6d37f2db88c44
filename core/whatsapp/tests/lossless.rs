//! Nothing of a post is lost: parse, put together again, compare byte for byte and leaf for leaf.
//!
//! Runs over our own fixtures, and over any further folder of webhook bodies that
//! `CONVOLOG_WEBHOOK_EXAMPLES` names.
#![cfg_attr(test, expect(clippy::print_stdout, reason = "the count is what the target is run for"))]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use convolog_whatsapp::{Post, compare, parse, reassemble};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/whatsapp");

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut files: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    files
}

fn print_again(post: &Post) -> Option<String> {
    let pieces: HashMap<u32, &str> = post
        .updates
        .iter()
        .flat_map(|update| update.alongside.iter().chain([&update.fragment]))
        .map(|fragment| (fragment.slot, fragment.text.as_str()))
        .collect();
    reassemble(&post.skeleton.0, |slot| pieces.get(&slot).copied()).ok()
}

#[test]
fn every_example_can_be_printed_again() {
    let mut folders = vec![PathBuf::from(FIXTURES)];
    folders.extend(std::env::var_os("CONVOLOG_WEBHOOK_EXAMPLES").map(PathBuf::from));
    for folder in folders {
        let files = json_files(&folder);
        assert!(!files.is_empty(), "no JSON files in {}", folder.display());
        let (mut leaves, mut differences, mut posts) = (0, 0, 0);
        for file in &files {
            let body = fs::read(file).unwrap();
            let Ok(post) = parse(&body) else {
                let name = file.file_name().unwrap().to_string_lossy().into_owned();
                assert!(name.starts_with("broken_not_a_post"), "{name} is not a post");
                continue;
            };
            posts += 1;
            assert!(!post.updates.is_empty(), "nothing was found in {}", file.display());
            let again = print_again(&post).unwrap();
            let before = std::str::from_utf8(&body).unwrap();
            assert!(before == again, "{} is not the same byte for byte", file.display());
            let found = compare::leaves(before, &again).unwrap();
            leaves += found.leaves;
            differences += found.differences;
        }
        println!(
            "{}: {} files, {posts} posts, {leaves} leaves compared, {differences} differences",
            folder.display(),
            files.len()
        );
        assert_eq!(differences, 0);
    }
}
