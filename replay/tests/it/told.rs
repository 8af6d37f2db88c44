//! A data folder on which a story was told, and what opens it.

use std::path::Path;

use convolog_engine::FolderOptions;
use convolog_log::Options;
use convolog_replay::story::{Backend, DomainHost, Paths, Verdict, load, run_one};
use convolog_vault::MasterKey;

const STORY: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../fixtures/stories/people/an_erased_person_stays_erased.yaml"
);

/// Tells the story of somebody who was erased on a data folder.
pub(crate) async fn told(data: &Path) -> DomainHost {
    let file = load(Path::new(STORY)).unwrap().remove(0);
    let make = |at| {
        let data = data.to_path_buf();
        async move { DomainHost::in_folder(&data, Backend::Disk, at) }
    };
    let (verdict, host) = run_one(&file, &Paths::default(), make).await;
    assert_eq!(verdict, Verdict::Passed { orders: 1 });
    host.unwrap()
}

/// What opens the folder. A disk that is nearly full is no matter of these tests.
pub(crate) fn opening() -> (MasterKey, FolderOptions) {
    let log = Options { ballast_bytes: 0, free_floor_bytes: 0, ..Options::default() };
    let master = MasterKey::parse(DomainHost::MASTER_KEY).unwrap();
    (master, FolderOptions { log, ..FolderOptions::default() })
}
