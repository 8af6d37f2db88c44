//! Writes that the system really refuses: poisoned, and nothing that was acknowledged is lost.
//!
//! A limit on the size of files stands in for a full disk: the same failing `write`, deep inside
//! sled, with no file system to set up. The limit is for a whole process, so that the writing is
//! done in one of its own.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use convolog_log::{AppendError, EventLog, SledLog};

use crate::support::{Disk, all, append, commit, event, options, positions};

/// Where the writing process writes.
const FOLDER: &str = "CONVOLOG_TEST_FULL_DISK";

/// A small file that says how many commits were acknowledged.
const ACKNOWLEDGED: &str = "acknowledged";

/// Run by the test below under a limit. By itself, without one, nothing is refused.
#[test]
fn appending_until_refused() {
    let limited = std::env::var_os(FOLDER);
    let spare = tempfile::tempdir().unwrap();
    let folder = limited.clone().map_or_else(|| spare.path().to_owned(), PathBuf::from);
    let log = SledLog::open_or_create(&folder, options().0).unwrap();
    let most = if limited.is_some() { 20_000 } else { 20 };
    let mut acknowledged = 0;
    let refused = loop {
        match log.append(commit([event(1).payload(vec![0x5A; 9_000])])).wait() {
            Ok(_) => acknowledged += 1,
            Err(error) => break Some(error),
        }
        if acknowledged == most {
            break None;
        }
    };
    assert_eq!(refused.is_some(), limited.is_some());
    if let Some(error) = refused {
        assert!(matches!(error, AppendError::Poisoned(_)), "{error}");
        assert!(log.poisoned().is_some());
        assert_eq!(log.head().0, acknowledged, "readers see what was acknowledged");
        fs::write(folder.join(ACKNOWLEDGED), acknowledged.to_string()).unwrap();
    }
}

#[test]
fn a_write_that_the_system_refuses_loses_nothing() {
    let disk = Disk::new();
    // 20,000 × 512 bytes a file. Without the trap the signal would kill the process; with it the
    // write fails, as it does on a full disk.
    let script = "trap '' XFSZ; ulimit -f 20000; exec \"$0\" --exact \
                  full_disk::appending_until_refused --nocapture";
    let output = Command::new("sh")
        .args(["-c", script])
        .arg(std::env::current_exe().unwrap())
        .env(FOLDER, disk.dir.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let acknowledged = fs::read_to_string(disk.path(ACKNOWLEDGED)).unwrap();
    let acknowledged: u64 = acknowledged.parse().unwrap();
    assert!(acknowledged > 100, "{acknowledged} before the limit");
    let log = disk.open();
    assert!(log.head().0 >= acknowledged, "{} of {acknowledged}", log.head());
    assert_eq!(positions(&all(&log)), (1..=log.head().0).collect::<Vec<_>>());
    assert_eq!(log.verify(&mut |_, _| ()).problem, None);
    append(&log, commit([event(1)]));
}
