//! What a payload type may not do, because it could not be read back with certainty years later.

use std::path::{Path, PathBuf};

fn sources() -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    Ok(found)
}

/// `flatten` and `untagged` guess while reading; `tag` buffers, and loses bytes and 128-bit numbers
/// on the way; `alias` and `rename` of a field hide a changed name from the fixtures.
#[test]
fn no_payload_guesses_while_it_is_read() {
    let sources = sources().unwrap();
    assert!(sources.len() > 40, "the sources were not found");
    for path in sources {
        let text = std::fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let Some(attribute) = line.trim().strip_prefix("#[serde(") else { continue };
            let place = format!("{}:{}: {attribute}", path.display(), number + 1);
            for banned in ["flatten", "untagged", "tag =", "alias", "rename ="] {
                assert!(!attribute.contains(banned), "{place}");
            }
            assert!(
                !attribute.contains("skip_serializing_if") || attribute.contains("default"),
                "{place}: what may be left out must have a default"
            );
        }
    }
}
