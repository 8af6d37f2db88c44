//! Every file as it lies on the disk: names, bytes, blocks of volumes, vault entries.
//!
//! Runs before anything is opened, because opening clears away what a crash left behind.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use convolog_log::{Block, BlockHeader};
use convolog_vault::{is_vault_file, search_file};

use super::report::Place;
use super::{Scan, ScanError};

/// Bytes read at a time.
const CHUNK: usize = 4 << 20;

impl Scan<'_> {
    /// Looks through every file of the data folder and the mirror of the vault.
    pub(super) fn files(&mut self) -> Result<(), ScanError> {
        for path in below(self.data)? {
            let shown = self.shown(&path);
            self.search(shown.as_bytes(), &Place::FileName { path: shown.clone() }, None);
            if path.is_file() {
                self.file(&path, &shown)?;
            }
        }
        if let Some(mirror) = self.options.vault_mirror.clone().filter(|mirror| mirror.is_file()) {
            self.file(&mirror, &mirror.to_string_lossy())?;
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, shown: &str) -> Result<(), ScanError> {
        self.report.files += 1;
        let front = self.bytes_of(path, &Place::File { path: shown.to_owned() })?;
        if is_vault_file(&front) {
            self.vault_file(path, shown);
        }
        if path.extension().is_some_and(|kind| kind == "blocks") {
            self.blocks_file(path, shown)?;
        }
        Ok(())
    }

    /// Answers how the file begins.
    fn bytes_of(&mut self, path: &Path, place: &Place) -> Result<Vec<u8>, ScanError> {
        let mut file = File::open(path).map_err(|source| io("open", path, source))?;
        let (mut front, mut kept) = (Vec::new(), Vec::new());
        loop {
            let mut chunk = std::mem::take(&mut kept);
            let before = chunk.len();
            let limit = u64::try_from(CHUNK).unwrap_or(u64::MAX);
            let read = Read::by_ref(&mut file).take(limit).read_to_end(&mut chunk);
            let read = read.map_err(|source| io("read", path, source))?;
            self.report.bytes += u64::try_from(read).unwrap_or(u64::MAX);
            if read == 0 {
                return Ok(front);
            }
            if front.is_empty() {
                front = chunk.iter().copied().take(16).collect();
            }
            let (canaries, findings) = (self.canaries, &mut self.findings);
            // What ends in the bytes that were kept was told with them.
            canaries.find(&chunk, |canary, form, end| {
                if end > before {
                    findings.add(canary, form, place, None);
                }
            });
            let keep = canaries.longest().saturating_sub(1).min(chunk.len());
            kept = chunk.split_off(chunk.len() - keep);
        }
    }

    fn vault_file(&mut self, path: &Path, shown: &str) {
        let needles: Vec<&[u8]> = self.canaries.needles().map(|(.., bytes)| bytes).collect();
        match search_file(path, self.master, &needles) {
            Ok(searched) => {
                self.report.vault_entries += searched.entries;
                let place = Place::VaultEntry { path: shown.to_owned() };
                for ((canary, form, _), count) in self.canaries.needles().zip(searched.holding) {
                    self.findings.add_many(canary, form, &place, (count, None));
                }
            }
            Err(error) => self.report.problems.push(format!("{shown}: {error}")),
        }
    }

    fn blocks_file(&mut self, path: &Path, shown: &str) -> Result<(), ScanError> {
        let content = std::fs::read(path).map_err(|source| io("read", path, source))?;
        let (mut rest, place) = (Bytes::from(content), Place::Block { path: shown.to_owned() });
        while !rest.is_empty() {
            let size = match self.block(&rest, &place) {
                Ok(header) => header.block_bytes(),
                Err(error) => {
                    self.report.problems.push(format!("{shown}: {error}"));
                    return Ok(());
                }
            };
            rest = rest.slice(size.min(rest.len())..);
        }
        Ok(())
    }

    fn block(
        &mut self,
        bytes: &Bytes,
        place: &Place,
    ) -> Result<BlockHeader, convolog_log::LogError> {
        let block = Block::decode(bytes)?;
        self.report.blocks += 1;
        for record in block.records() {
            let record = record?;
            self.search(&record.body, place, Some(record.header.position.0));
        }
        Ok(block.header)
    }
}

/// Everything below a folder, sorted; links are not followed.
pub(super) fn below(folder: &Path) -> Result<Vec<PathBuf>, ScanError> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|source| io("list", &folder, source))? {
            let entry = entry.map_err(|source| io("list", &folder, source))?;
            let kind = entry.file_type().map_err(|source| io("look at", &folder, source))?;
            if kind.is_dir() {
                folders.push(entry.path());
            }
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn io(action: &'static str, path: &Path, source: std::io::Error) -> ScanError {
    ScanError::Io { action, path: path.to_path_buf(), source }
}
