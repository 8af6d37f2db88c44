//! Golden logs: what was written once is read for ever, and what is broken is refused in words.

use std::fs;
use std::path::{Path, PathBuf};

use convolog_domain::ConversationId;
use convolog_engine::{DataFolder, FolderError, FolderOptions, Recorded};
use convolog_log::{EventLog, Filter, Options, Position};
use convolog_replay::conversation::{Format, Question, Transcript};
use convolog_replay::verify::{ModelState, verify};
use convolog_vault::MasterKey;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/logs/engine/format-1");

/// A copy of the golden data folder, to be opened or broken.
struct Copy(tempfile::TempDir);

impl Copy {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        copy(&Path::new(GOLDEN).join("data"), dir.path());
        Self(dir)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn open(&self, master: &str) -> Result<DataFolder, FolderError> {
        let log = Options { ballast_bytes: 0, free_floor_bytes: 0, ..Options::default() };
        let options = FolderOptions { log, ..FolderOptions::default() };
        DataFolder::open(self.path(), &MasterKey::parse(master).unwrap(), options)
    }

    fn opened(&self) -> DataFolder {
        self.open(&master()).unwrap_or_else(|error| panic!("{}", told(&error)))
    }

    /// Why it does not open, in words; the path of the copy taken out.
    fn refusal(&self, master: &str) -> String {
        let error = self.open(master).err().unwrap_or_else(|| panic!("it opened"));
        told(&error).replace(&self.path().display().to_string(), "DATA")
    }

    fn blocks(&self) -> PathBuf {
        DataFolder::log_path(self.path()).join("volumes").join("00000001.blocks")
    }
}

fn change(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn told(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", told(cause)),
        None => error.to_string(),
    }
}

fn master() -> String {
    fs::read_to_string(Path::new(GOLDEN).join("master-key")).unwrap()
}

/// Compares with a file of the fixture; `CONVOLOG_WRITE_EXPECTED=1` writes it anew, after a change
/// of a fold or a view that is meant.
fn compare(name: &str, found: &str) {
    let path = Path::new(GOLDEN).join(name);
    if std::env::var_os("CONVOLOG_WRITE_EXPECTED").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap();
    for (number, (expected, found)) in expected.lines().zip(found.lines()).enumerate() {
        assert_eq!(found, expected, "{name}, line {}", number + 1);
    }
    assert_eq!(found.lines().count(), expected.lines().count(), "{name}: number of lines");
}

fn transcripts(folder: &DataFolder) -> String {
    let log = folder.log();
    let (mut at, mut text) = (Position::START, String::new());
    while at < log.head() {
        let (records, reached) = log.read(at, 1_000, &Filter::default()).unwrap();
        for record in &records {
            let event = Recorded::read(record).unwrap();
            if event.event.event_type().name == "conversation_opened" {
                let conversation = ConversationId(event.stream.id);
                let question = Question { conversation, as_of: None, history: true };
                let transcript = Transcript::read(folder.engine(), &question).unwrap();
                text.push_str(&transcript.print(Format::Text).unwrap());
                text.push('\n');
            }
        }
        at = reached;
    }
    text
}

#[test]
fn the_golden_log_of_format_1_verifies() {
    let copy = Copy::new();
    let folder = copy.opened();
    let report = verify(&folder, &mut |_, _, _| {}).unwrap();
    assert!(report.is_clean(), "{report}");
    assert_eq!((report.position, report.log.records, report.log.closed_volumes), (244, 244, 1));
    assert_eq!((report.vault.erasures, report.blobs.referenced), (1, 1));
    assert!(report.vault.opened > 100 && report.vault.erased > 0);
    assert_eq!((report.vault.unknown_key, report.vault.corrupt), (0, 0));
    // The fixture holds no read models; they are made when serving starts.
    assert!(report.models.iter().all(|model| model.state == ModelState::Missing));
}

#[test]
fn the_golden_log_gives_the_same_read_models_and_transcripts() {
    let copy = Copy::new();
    let folder = copy.opened();
    let log = folder.log();
    let models = convolog_projections::dump_all(&**log, log.head()).unwrap();
    compare("models.txt", &(models.join("\n") + "\n"));
    compare("transcripts.txt", &transcripts(&folder));
}

#[test]
fn the_golden_log_goes_on() {
    let copy = Copy::new();
    let folder = copy.opened();
    let before = folder.log().head();
    let caller = convolog_engine::Caller::administrator(convolog_domain::WorkspaceId::INSTALLATION);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let disarmed = runtime.block_on(
        folder.engine().arm(&caller, &convolog_engine::Instance::named("a newer version")),
    );
    assert_eq!(disarmed.unwrap().position, before.next());
    drop(folder);
    let report = verify(&copy.opened(), &mut |_, _, _| {}).unwrap();
    assert!(report.is_clean(), "{report}");
    assert_eq!(report.position, before.0 + 1);
}

#[test]
fn a_torn_log_is_refused() {
    let copy = Copy::new();
    change(&copy.blocks(), |bytes| bytes.truncate(bytes.len() - 100));
    assert_eq!(copy.refusal(&master()), expected("torn"));
}

#[test]
fn a_log_without_its_last_volume_is_refused() {
    let copy = Copy::new();
    fs::remove_file(copy.blocks()).unwrap();
    assert_eq!(copy.refusal(&master()), expected("volume gone"));
}

#[test]
fn a_corrupt_log_is_found_out() {
    let copy = Copy::new();
    change(&copy.blocks(), |bytes| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    });
    let folder = copy.opened();
    let report = verify(&folder, &mut |_, _, _| {}).unwrap();
    assert!(!report.is_clean());
    assert_eq!(report.log.problem.unwrap(), expected("corrupt"));
}

#[test]
fn a_head_of_another_history_is_refused() {
    let copy = Copy::new();
    let head = DataFolder::log_path(copy.path()).join("HEAD");
    change(&head, |bytes| bytes.iter_mut().for_each(|byte| *byte ^= 0xff));
    assert_eq!(copy.refusal(&master()), expected("head broken"));
}

#[test]
fn a_vault_that_is_gone_or_of_another_master_is_refused() {
    let copy = Copy::new();
    assert_eq!(copy.refusal(&"00".repeat(32)), expected("wrong master"));
    fs::remove_file(DataFolder::vault_path(copy.path())).unwrap();
    assert_eq!(copy.refusal(&master()), expected("vault gone"));
}

#[test]
fn a_blob_that_is_gone_is_found_out() {
    let copy = Copy::new();
    fs::remove_dir_all(DataFolder::blobs_path(copy.path())).unwrap();
    let folder = copy.opened();
    let report = verify(&folder, &mut |_, _, _| {}).unwrap();
    assert_eq!((report.blobs.referenced, report.vault.corrupt), (1, 1));
    assert!(report.blobs.problem.unwrap().contains("blob"));
}

/// The refusals, word for word, as the fixture keeps them: `name: words`.
fn expected(name: &str) -> String {
    let refusals = fs::read_to_string(Path::new(GOLDEN).join("refusals.txt")).unwrap();
    let line = refusals.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    line.unwrap_or_else(|| panic!("refusals.txt says nothing of {name}")).to_owned()
}

#[test]
fn half_of_a_log_is_refused_before_anything_is_written() {
    let copy = Copy::new();
    fs::remove_file(DataFolder::log_path(copy.path()).join("HEAD")).unwrap();
    fs::remove_file(DataFolder::vault_path(copy.path())).unwrap();
    let refused = copy.refusal(&master());
    assert!(refused.contains("no HEAD file beside its manifest"), "{refused}");
    assert!(!DataFolder::vault_path(copy.path()).exists());
}
