//! What a check found, for people and programs.

use std::fmt;

use convolog_log::VerifyReport;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a check of everything found.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// Which log.
    pub log_id: Option<Uuid>,
    /// Everything up to this position was checked.
    pub position: u64,
    /// The log against itself: bytes.
    pub log: LogPart,
    /// The log against itself: events.
    pub events: EventPart,
    /// The vault against the log.
    pub vault: VaultPart,
    /// The blobs against the log.
    pub blobs: BlobPart,
    /// Each read model against a rebuild.
    pub models: Vec<ModelPart>,
}

/// Blocks, records, tree, claims and HEAD.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct LogPart {
    /// Closed volumes.
    pub closed_volumes: u64,
    /// Volumes on sled.
    pub live_volumes: u64,
    /// Blocks whose checksum and place in the chain were right.
    pub blocks: u64,
    /// Whole commits.
    pub commits: u64,
    /// Records whose position, version, time and leaf hash were right.
    pub records: u64,
    /// Bytes of those.
    pub record_bytes: u64,
    /// Bytes of the blocks as stored.
    pub stored_bytes: u64,
    /// Claims taken or given back that the indexes agree with.
    pub claims: u64,
    /// Streams whose versions follow each other.
    pub streams: u64,
    /// The root of the tree, in hex digits.
    pub root: String,
    /// The position that HEAD names, if it could be compared.
    pub head: Option<u64>,
    /// The generation of the vault that HEAD names.
    pub vault_generation: Option<u64>,
    /// The first thing that is wrong.
    pub problem: Option<String>,
}

/// Events: order, density, payloads, holders of claims.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct EventPart {
    /// Events whose payload could be read.
    pub read: u64,
    /// Claims that are held now, each by the event that took it.
    pub claims_held: u64,
    /// The first thing that is wrong.
    pub problem: Option<String>,
}

/// Sealed parts and erasures.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct VaultPart {
    /// The generation of the vault.
    pub generation: u64,
    /// Its epoch.
    pub epoch: u32,
    /// Sealed parts that the vault opens.
    pub opened: u64,
    /// Sealed parts whose key was erased.
    pub erased: u64,
    /// Sealed parts for which the vault has no key, though nobody erased it.
    pub unknown_key: u64,
    /// Sealed parts that are not what was sealed.
    pub corrupt: u64,
    /// Erasures that the log tells of and the vault carried out.
    pub erasures: u64,
    /// The first thing that is wrong.
    pub problem: Option<String>,
}

/// Blobs.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct BlobPart {
    /// Blobs that events speak of.
    pub referenced: u64,
    /// Bytes of those that are there and whole.
    pub bytes: u64,
    /// Files that no event speaks of: left over from commits that never came.
    pub unreferenced: u64,
    /// The first thing that is wrong.
    pub problem: Option<String>,
}

/// A read model and its rebuild.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ModelPart {
    /// Its name.
    pub name: String,
    /// How they compare.
    pub state: ModelState,
    /// The position at which they were compared.
    pub position: u64,
    /// Rows, index entries and parked streams that are the same.
    pub lines: u64,
    /// The first difference (the live one first, then the rebuilt one), or what is damaged.
    pub difference: Option<String>,
}

/// How a read model and its rebuild compare.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelState {
    /// Line for line the same.
    Identical,
    /// Not the same.
    Different,
    /// There is no complete one; it is rebuilt when serving starts.
    Missing,
    /// It could not be read, and was set aside; it is rebuilt when serving starts.
    Damaged,
}

impl Report {
    /// Whether nothing is wrong. A read model that is missing is not wrong: it is rebuilt.
    pub fn is_clean(&self) -> bool {
        self.problems().next().is_none()
    }

    /// What is wrong, part by part.
    pub fn problems(&self) -> impl Iterator<Item = &str> {
        let parts =
            [&self.log.problem, &self.events.problem, &self.vault.problem, &self.blobs.problem];
        let different =
            |model: &&ModelPart| matches!(model.state, ModelState::Different | ModelState::Damaged);
        let models = self.models.iter().filter(different);
        let models = models.map(|model| model.difference.as_deref().unwrap_or_default());
        parts.into_iter().filter_map(|problem| problem.as_deref()).chain(models)
    }
}

impl From<VerifyReport> for LogPart {
    fn from(report: VerifyReport) -> Self {
        Self {
            closed_volumes: report.closed_volumes,
            live_volumes: report.live_volumes,
            blocks: report.blocks,
            commits: report.commits,
            records: report.records,
            record_bytes: report.record_bytes,
            stored_bytes: report.stored_bytes,
            claims: report.claims,
            streams: report.streams,
            root: hex::encode(report.root),
            head: report.head.map(|head| head.position.0),
            vault_generation: report.head.map(|head| head.vault_generation),
            problem: report.problem,
        }
    }
}

/// `ok`, what is wrong, or that nobody looked.
struct Verdict<'r> {
    checked: bool,
    problem: &'r Option<String>,
}

impl fmt::Display for Verdict<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem {
            _ if !self.checked => f.write_str("NOT CHECKED: the log is wrong"),
            None => f.write_str("ok"),
            Some(problem) => write!(f, "WRONG: {problem}"),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { log_id, position, log, events, vault, blobs, models } = self;
        let id = log_id.map(|id| id.to_string()).unwrap_or_default();
        // What is not as it was written cannot be read as events.
        let checked = log.problem.is_none();
        writeln!(f, "log {id}, checked to position {position}")?;
        let LogPart { blocks, commits, records, record_bytes, stored_bytes, claims, .. } = log;
        writeln!(
            f,
            "  volumes     {} closed, {} live\n  blocks      {blocks}, {stored_bytes} bytes stored\n  \
             commits     {commits}\n  records     {records}, {record_bytes} bytes; positions dense, \
             leaf hashes and chain\n  streams     {}, versions in order\n  claims      {claims}, as \
             the indexes say\n  tree        root {}\n  HEAD        position {}, vault generation {}",
            log.closed_volumes,
            log.live_volumes,
            log.streams,
            log.root,
            or_none(log.head),
            or_none(log.vault_generation),
        )?;
        writeln!(f, "  log         {}", Verdict { checked: true, problem: &log.problem })?;
        writeln!(
            f,
            "  events      {} read, {} claims held: {}",
            events.read,
            events.claims_held,
            Verdict { checked, problem: &events.problem }
        )?;
        writeln!(
            f,
            "  vault       generation {}, epoch {}; sealed parts: {} opened, {} erased, {} with \
             unknown key, {} corrupt; {} erasures carried out: {}",
            vault.generation,
            vault.epoch,
            vault.opened,
            vault.erased,
            vault.unknown_key,
            vault.corrupt,
            vault.erasures,
            Verdict { checked, problem: &vault.problem }
        )?;
        writeln!(
            f,
            "  blobs       {} of {} bytes whole, {} spoken of by nobody: {}",
            blobs.referenced,
            blobs.bytes,
            blobs.unreferenced,
            Verdict { checked, problem: &blobs.problem }
        )?;
        for model in models {
            writeln!(f, "  {model}")?;
        }
        let missing = models.iter().filter(|model| model.state == ModelState::Missing).count();
        match (self.is_clean(), missing) {
            (false, _) => f.write_str("NOT CLEAN"),
            (true, 0) => f.write_str("clean"),
            (true, missing) => write!(
                f,
                "clean, with {missing} of {} read models not there to be compared",
                models.len()
            ),
        }
    }
}

fn or_none(number: Option<u64>) -> String {
    number.map_or_else(|| "(none)".to_owned(), |number| number.to_string())
}

impl fmt::Display for ModelPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, state, position, lines, difference } = self;
        match state {
            ModelState::Identical => {
                write!(f, "model       {name}: identical at position {position}, {lines} lines")
            }
            ModelState::Missing => {
                write!(f, "model       {name}: not there yet; it is rebuilt when serving starts")
            }
            ModelState::Damaged => {
                let why = difference.as_deref().unwrap_or_default();
                write!(f, "model       {name}: DAMAGED ({why}); it is rebuilt when serving starts")
            }
            ModelState::Different => {
                write!(f, "model       {name}: DIFFERENT at position {position}")?;
                difference
                    .iter()
                    .flat_map(|text| text.lines())
                    .try_for_each(|line| write!(f, "\n                {line}"))
            }
        }
    }
}
