//! Blobs: what events speak of is there and whole; what nobody speaks of is counted.

use std::collections::HashSet;

use convolog_engine::Engine;
use convolog_log::BlobRef;

use super::VerifyError;
use super::report::BlobPart;

pub(super) fn check(
    engine: &Engine,
    referenced: &HashSet<([u8; 32], u64)>,
) -> Result<BlobPart, VerifyError> {
    let mut part = BlobPart::default();
    for (hash, len) in referenced {
        part.referenced += 1;
        match engine.blobs().get(&BlobRef { hash: *hash, len: *len }) {
            Ok(_) => part.bytes += len,
            Err(error) => drop(part.problem.get_or_insert_with(|| error.to_string())),
        }
    }
    let names: HashSet<_> = referenced.iter().map(|(hash, _)| hex::encode(hash)).collect();
    let unknown = |path: &std::path::PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_none_or(|name| !names.contains(name))
    };
    let unreferenced = engine.blobs().list()?.into_iter().filter(unknown).count();
    part.unreferenced = u64::try_from(unreferenced).unwrap_or(u64::MAX);
    Ok(part)
}
