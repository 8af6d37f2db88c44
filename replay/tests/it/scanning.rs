//! Scans of stopped data folders: what a story leaves, and what somebody left behind.

use std::path::Path;

use convolog_domain::contact::IdentityKind;
use convolog_engine::DataFolder;
use convolog_log::{EventLog as _, Filter, Position};
use convolog_replay::scan::{Canaries, Form, Place, Report, ScanError, scan};

use crate::told::{opening, told};

fn looked(data: &Path, texts: &[&str]) -> Result<Report, ScanError> {
    let (master, options) = opening();
    let texts: Vec<_> = texts.iter().map(|&text| text.to_owned()).collect();
    scan(data, &master, &options, &Canaries::new(&texts).unwrap())
}

#[tokio::test]
async fn what_a_crash_left_behind_is_found_in_every_form() {
    let dir = tempfile::tempdir().unwrap();
    drop(told(dir.path()).await);
    let blobs = DataFolder::blobs_path(dir.path()).join("unfinished");
    std::fs::create_dir_all(&blobs).unwrap();
    std::fs::write(blobs.join("0"), "Mercedes%20Sosa").unwrap();
    let big = [vec![b'x'; (4 << 20) - 3], b"MERCEDES SOSA".to_vec(), vec![b'x'; 9]].concat();
    std::fs::write(dir.path().join("core.1234"), big).unwrap();
    std::fs::write(dir.path().join("Mercedes Sosa.txt"), "nothing").unwrap();
    let report = looked(dir.path(), &["nobody at all", "Mercedes Sosa"]).unwrap();
    let found: Vec<_> =
        report.found.iter().map(|find| (find.canary, find.form, &find.place, find.count)).collect();
    let file = |path: &str| Place::File { path: path.to_owned() };
    assert_eq!(
        found,
        [
            (2, Form::Percent, &file("blobs/unfinished/0"), 1),
            (2, Form::Text, &file("core.1234"), 1),
            (2, Form::Text, &Place::FileName { path: "Mercedes Sosa.txt".into() }, 1),
        ]
    );
    assert!(report.to_string().ends_with("NOT CLEAN") && !report.to_string().contains("nobody"));
    assert_eq!(
        serde_json::from_str::<Report>(&serde_json::to_string(&report).unwrap()).unwrap(),
        report
    );
}

#[tokio::test]
async fn everything_is_decoded_by_its_format() {
    let dir = tempfile::tempdir().unwrap();
    let host = told(dir.path()).await;
    assert!(matches!(looked(dir.path(), &["nobody at all"]), Err(ScanError::Folder(_))));
    drop(host);
    let report = looked(dir.path(), &["nobody at all"]).unwrap();
    assert!(report.is_clean(), "{report}");
    let Report { files, records, opened, erased, rows, vault_entries, .. } = &report;
    for count in [files, records, opened, erased, rows, vault_entries] {
        assert!(*count > 0, "{report}");
    }
}

#[tokio::test]
async fn an_identity_is_found_however_it_is_written() {
    let dir = tempfile::tempdir().unwrap();
    drop(told(dir.path()).await);
    let (master, options) = opening();
    let folder = DataFolder::open(dir.path(), &master, options).unwrap();
    let (records, _) = folder.log().read(Position::START, 1_000, &Filter::default()).unwrap();
    let workspace = records.last().unwrap().stream().unwrap().workspace;
    let kept = [
        (IdentityKind::Phone, "5531987654321"),
        (IdentityKind::Email, "mercedes@sosa.example"),
        (IdentityKind::Bsuid, "AR.Mercedes1"),
    ];
    for (kind, value) in kept {
        let vault = folder.engine().vault();
        vault.identity_token(workspace, kind.code(), value.as_bytes(), workspace).unwrap();
    }
    folder.engine().vault().synced().await.unwrap();
    drop(folder);
    let texts = ["+55 31 8765-4321", " Mercedes@Sosa.example", "AR.Mercedes1", "ar.mercedes1"];
    let report = looked(dir.path(), &texts).unwrap();
    let found: Vec<_> = report.found.iter().map(|find| (find.canary, &find.place)).collect();
    assert_eq!(found, [(1, &Place::Identity), (2, &Place::Identity), (3, &Place::Identity)]);
}
