//! Stopped data folders: clean ones, and ones that somebody changed.

use std::path::Path;

use convolog_engine::DataFolder;
use convolog_projections::store::{Disk, DiskStore, Store, Walk};
use convolog_replay::verify::{ModelState, Report, verify, verify_running};

use crate::told::{opening, told};

fn verified(data: &Path) -> Report {
    let (master, options) = opening();
    let folder = DataFolder::open(data, &master, options).unwrap();
    verify(&folder, &mut |_, _, _| {}).unwrap()
}

#[tokio::test]
async fn a_stopped_folder_is_clean_and_its_read_models_identical() {
    let dir = tempfile::tempdir().unwrap();
    let host = told(dir.path()).await;
    let head = host.engine().log().head();
    let running = verify_running(
        host.engine(),
        host.folder().map(|folder| &**folder.log()),
        host.models(),
        &mut |_, _, _| {},
    );
    drop(host);
    let report = verified(dir.path());
    assert!(report.is_clean(), "{report}");
    assert_eq!((report.position, report.events.read), (head.0, head.0));
    assert_eq!(report.vault.erasures, 1);
    assert!(report.vault.erased > 0 && report.vault.opened > 0 && report.events.claims_held > 0);
    assert_eq!(report.models.len(), convolog_projections::names().count());
    for model in &report.models {
        assert_eq!(model.state, ModelState::Identical, "{model}");
        // Nobody of the staff did anything in that story, and nothing is known.
        let empty = [
            "acts",
            "documents",
            "endpoints",
            "deliveries",
            "templates",
            "appointments",
            "imports",
            "recipients",
            "costs",
        ]
        .contains(&model.name.as_str());
        assert_eq!(model.lines == 0, empty, "{model}");
    }
    // Asked while it ran, it said the same, but for a HEAD that may have been behind.
    let running = running.unwrap();
    assert!(running.is_clean(), "{running}");
    assert_eq!(running.models, report.models);
    assert_eq!((running.events, running.vault), (report.events, report.vault));
    // Nothing is left over.
    assert!(!dir.path().join("verify").exists());
}

#[tokio::test]
async fn a_read_model_that_lost_a_row_is_shown_with_the_first_difference() {
    let dir = tempfile::tempdir().unwrap();
    drop(told(dir.path()).await);
    let path = DataFolder::models_path(dir.path()).join("contacts").join("1");
    let store = DiskStore::open(&path, &Disk::default()).unwrap();
    let entries = store.entries(&[], None, Walk::Forward, 1_000).unwrap();
    let (longest, _) = entries.iter().max_by_key(|(_, value)| value.len()).unwrap();
    store.remove(longest);
    store.sync().unwrap();
    drop(store);
    let report = verified(dir.path());
    assert!(!report.is_clean());
    let states: Vec<_> = report.models.iter().map(|model| (&*model.name, model.state)).collect();
    for (name, state) in states {
        let wanted = if name == "contacts" { ModelState::Different } else { ModelState::Identical };
        assert_eq!(state, wanted, "{name}");
    }
    let text = report.to_string();
    assert!(text.contains("contacts: DIFFERENT"), "{text}");
    assert!(text.contains("first difference at line") && text.contains("contact "), "{text}");
    assert!(text.ends_with("NOT CLEAN"), "{text}");
}

#[tokio::test]
async fn a_read_model_that_cannot_be_read_is_said_to_be_damaged() {
    let dir = tempfile::tempdir().unwrap();
    drop(told(dir.path()).await);
    let path = DataFolder::models_path(dir.path()).join("contacts").join("1");
    let store = DiskStore::open(&path, &Disk::default()).unwrap();
    let (cursor, _) = store.entries(&[], None, Walk::Forward, 1).unwrap().remove(0);
    store.remove(&cursor);
    store.sync().unwrap();
    drop(store);
    let report = verified(dir.path());
    assert!(!report.is_clean());
    let model = report.models.iter().find(|model| model.name == "contacts").unwrap();
    assert_eq!(model.state, ModelState::Damaged);
    assert_eq!(model.difference.as_deref(), Some("it holds no cursor"));
    assert!(report.to_string().contains("contacts: DAMAGED (it holds no cursor)"), "{report}");
    // It was set aside: from now on it is only missing.
    let again = verified(dir.path());
    let missing = format!("1 of {} read models not there", convolog_projections::names().count());
    assert!(again.is_clean() && again.to_string().contains(&missing), "{again}");
}

#[tokio::test]
async fn a_read_model_that_was_never_synced_is_no_fault() {
    let dir = tempfile::tempdir().unwrap();
    drop(told(dir.path()).await);
    let path = DataFolder::models_path(dir.path()).join("contacts").join("1");
    std::fs::remove_dir_all(&path).unwrap();
    drop(DiskStore::open(&path, &Disk::default()).unwrap());
    let report = verified(dir.path());
    assert!(report.is_clean(), "{report}");
    let model = report.models.iter().find(|model| model.name == "contacts").unwrap();
    assert_eq!(model.state, ModelState::Missing);
}

#[tokio::test]
async fn read_models_that_are_gone_are_no_fault() {
    let dir = tempfile::tempdir().unwrap();
    drop(told(dir.path()).await);
    std::fs::remove_dir_all(DataFolder::models_path(dir.path())).unwrap();
    let report = verified(dir.path());
    assert!(report.is_clean(), "{report}");
    assert!(report.models.iter().all(|model| model.state == ModelState::Missing));
    assert_eq!(
        serde_json::from_str::<Report>(&serde_json::to_string(&report).unwrap()).unwrap(),
        report
    );
}
