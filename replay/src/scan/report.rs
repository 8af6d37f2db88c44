//! What a scan found, for people and programs. Never repeats what was looked for.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::forms::Form;

/// Where something was found.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Place {
    /// The bytes of a file as they lie on the disk.
    File {
        /// Within the data folder.
        path: String,
    },
    /// The name of a file or folder.
    FileName {
        /// Within the data folder.
        path: String,
    },
    /// A block of a closed volume (or of a copy of one), decompressed.
    Block {
        /// Within the data folder.
        path: String,
    },
    /// What an event says in the clear.
    Record,
    /// What is sealed in an event and can be opened.
    SealedPart,
    /// A key or a row of a read model or of another store.
    Row {
        /// Within the data folder.
        path: String,
    },
    /// A term or something stored of a search index.
    Index {
        /// Within the data folder.
        path: String,
    },
    /// A decrypted entry of a vault file.
    VaultEntry {
        /// Within the data folder, unless it is the mirror.
        path: String,
    },
    /// An identity that the vault still leads to a person.
    Identity,
}

/// One text, in one form, in one place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Find {
    /// Which of the texts, from 1.
    pub canary: usize,
    /// How it was written there.
    pub form: Form,
    /// Where.
    pub place: Place,
    /// How often.
    pub count: u64,
    /// The first position at which it was found, for what the log holds.
    pub first_position: Option<u64>,
}

/// What a scan looked at and found.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// Files whose bytes were looked through.
    pub files: u64,
    /// Bytes of those.
    pub bytes: u64,
    /// Blocks of closed volumes that were decompressed.
    pub blocks: u64,
    /// Events of the log that were decoded.
    pub records: u64,
    /// Sealed parts that the vault opens.
    pub opened: u64,
    /// Sealed parts that nobody can open any more.
    pub erased: u64,
    /// Keys and values of read models and other stores.
    pub rows: u64,
    /// Terms and stored values of search indexes, of every segment that lies there.
    #[serde(default)]
    pub terms: u64,
    /// Entries of vault files that were decrypted.
    pub vault_entries: u64,
    /// What was found.
    pub found: Vec<Find>,
    /// What could not be looked through by its format. Its bytes were.
    pub problems: Vec<String>,
}

/// What was found so far.
#[derive(Default)]
pub(super) struct Findings(BTreeMap<(usize, Place, Form), (u64, Option<u64>)>);

impl Findings {
    /// One more.
    pub(super) fn add(&mut self, canary: usize, form: Form, place: &Place, position: Option<u64>) {
        self.add_many(canary, form, place, (1, position));
    }

    /// `count` more; positions come in order.
    pub(super) fn add_many(
        &mut self,
        canary: usize,
        form: Form,
        place: &Place,
        (count, position): (u64, Option<u64>),
    ) {
        if count > 0 {
            let entry = self.0.entry((canary, place.clone(), form)).or_insert((0, position));
            entry.0 += count;
        }
    }

    /// In the order of the texts.
    pub(super) fn finish(self) -> Vec<Find> {
        let find = |((canary, place, form), (count, first_position))| Find {
            canary: canary + 1,
            form,
            place,
            count,
            first_position,
        };
        self.0.into_iter().map(find).collect()
    }
}

impl Report {
    /// Whether nothing was found and everything could be looked through.
    pub const fn is_clean(&self) -> bool {
        self.found.is_empty() && self.problems.is_empty()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path } => write!(f, "the file {path}"),
            Self::FileName { path } => write!(f, "the name of {path}"),
            Self::Block { path } => write!(f, "a block of {path}"),
            Self::Record => f.write_str("events, in the clear"),
            Self::SealedPart => f.write_str("events, sealed with a key that is still there"),
            Self::Row { path } => write!(f, "rows of {path}"),
            Self::Index { path } => write!(f, "the search index {path}"),
            Self::VaultEntry { path } => write!(f, "entries of {path}"),
            Self::Identity => f.write_str("the vault: it leads from this identity to a person"),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            files, bytes, blocks, records, opened, erased, rows, terms, vault_entries, ..
        } = self;
        writeln!(
            f,
            "looked through {files} files of {bytes} bytes; decoded {records} events ({opened} \
             sealed parts opened, {erased} erased), {blocks} blocks of closed volumes, {rows} rows, \
             {terms} terms and stored values of search indexes, {vault_entries} vault entries"
        )?;
        for find in &self.found {
            let Find { canary, form, place, count, first_position } = find;
            write!(f, "  FOUND text {canary} as {}, {count} times: {place}", form.name())?;
            match first_position {
                Some(position) => writeln!(f, ", first at position {position}")?,
                None => writeln!(f)?,
            }
        }
        for problem in &self.problems {
            writeln!(f, "  NOT READ: {problem}")?;
        }
        f.write_str(if self.is_clean() { "nothing found" } else { "NOT CLEAN" })
    }
}
