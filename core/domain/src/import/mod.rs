//! Reading what a business has written elsewhere: one job for a file that was uploaded, or for a site.
//!
//! A job waits, runs, and ends ready or failed; what became of each page or part of a file is
//! recorded, many at a time. In the clear stand codes, counts and sizes; names, addresses and the
//! file itself are sealed. The documents that come of it have streams of their own.

mod begin_import;
mod cancel_import;
mod crawl_site;
mod discard_file;
mod fail_import;
mod finish_import;
mod import_file;
mod record_pages;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::ids::{AgentId, DocumentId, ImportId};
use crate::refusal::{Refusal, RefusalCode};

pub use begin_import::BeginImport;
pub use cancel_import::CancelImport;
pub use crawl_site::CrawlSite;
pub use discard_file::DiscardFile;
pub use fail_import::FailImport;
pub use finish_import::FinishImport;
pub use import_file::ImportFile;
pub use record_pages::{FoundPage, RecordPages, SeenPage};

/// Declares a closed list of words, each with the name that the API shows.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $word:ident $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$about])* $word),* }

        impl $name {
            /// The name that the API shows.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$word => $text),* }
            }
        }
    };
}

words! {
    /// What a job reads.
    ImportKind {
        /// A file that was uploaded.
        File "file",
        /// A site.
        Site "site",
    }
}

words! {
    /// How an uploaded file is written.
    FileFormat {
        /// PDF.
        Pdf "pdf",
        /// Word (Office Open XML).
        Docx "docx",
        /// HTML.
        Html "html",
        /// Markdown.
        Markdown "markdown",
        /// Plain text.
        Text "text",
    }
}

words! {
    /// Where a job stands.
    ImportStatus {
        /// It waits for its turn.
        Pending "pending",
        /// It is under way.
        Running "running",
        /// It is done; its documents can be searched.
        Ready "ready",
        /// It ended without being done.
        Failed "failed",
    }
}

words! {
    /// Why a job failed.
    ImportFailure {
        /// The file is not what it says it is, or broken beyond reading.
        Broken "broken",
        /// It opens with a password only.
        Encrypted "encrypted",
        /// It unpacks to more than is read.
        TooLarge "too_large",
        /// Reading it took longer than any file may take.
        TooSlow "too_slow",
        /// Nothing in it is text, such as a scan.
        NoText "no_text",
        /// The site could not be reached.
        Unreachable "unreachable",
        /// The address is not on the public internet.
        PrivateAddress "private_address",
        /// The site asks not to be read, or nothing of it may be kept.
        Excluded "excluded",
        /// The first page is there no more, or answers with an error.
        NoPage "no_page",
        /// It was asked for with a key of the sandbox, which reaches nothing outside.
        Sandbox "sandbox",
        /// Somebody ended it.
        Cancelled "cancelled",
        /// What it was to read cannot be opened any more.
        Lost "lost",
    }
}

words! {
    /// What became of a page, or of a part of a file.
    PageOutcome {
        /// It is a new document.
        Added "added",
        /// Its document has a new version.
        Updated "updated",
        /// It says what its document says.
        Unchanged "unchanged",
        /// It is there no more, and neither is its document.
        Removed "removed",
        /// It was left out.
        Skipped "skipped",
        /// It could not be read.
        Failed "failed",
    }
}

words! {
    /// Why a page was left out, removed or could not be read.
    PageReason {
        /// robots.txt asks not to read it.
        Robots "robots",
        /// The page asks not to be kept.
        Noindex "noindex",
        /// It is larger than a page may be.
        TooLarge "too_large",
        /// It is of a type that is not read.
        Type "type",
        /// The server did not answer, or broke off.
        Unreachable "unreachable",
        /// The server took too long.
        TimedOut "timed_out",
        /// It leads to an address that is not on the public internet.
        PrivateAddress "private_address",
        /// It leads to another site.
        OtherSite "other_site",
        /// It leads on and on.
        Redirects "redirects",
        /// The server answered with an error.
        Status "status",
        /// It is there no more.
        Gone "gone",
        /// It holds no text.
        NoText "no_text",
        /// It is a file that is broken, or opens with a password only.
        Broken "broken",
        /// What it says cannot be kept as it is.
        Refused "refused",
        /// It is a page that was read already, under another address.
        Duplicate "duplicate",
    }
}

/// Something is to be read. Sealed: where from, what it is called, and the file itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ImportRequested {
    /// What.
    pub kind: ImportKind,
    /// The agent that alone may answer from it; none: every agent may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
    /// The language of all of it, if it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// How the file is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<FileFormat>,
    /// Bytes of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// How many links from the first page a page may be away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depth: Option<u32>,
    /// How many pages are read at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// The job that it does again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again_of: Option<ImportId>,
}

/// The job is under way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ImportBegun {}

/// What became of a page, or of a part of a file, in the clear.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PageResult {
    /// Its number in the job, from 1.
    pub number: u32,
    /// What became of it.
    pub outcome: PageOutcome,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<PageReason>,
    /// Its document, or that of its first part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// The HTTP status that the server answered with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Bytes that were read.
    pub bytes: u32,
}

/// The job has come further. Sealed: the addresses of these pages, and of those that they lead to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ImportProgressed {
    /// What became of the pages since.
    pub pages: Vec<PageResult>,
    /// How many more pages are known now.
    pub found: u32,
}

/// The job is done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ImportFinished {
    /// There was more to read than it was allowed to.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub limited: bool,
}

/// The job ended without being done. What it had read stays.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ImportFailed {
    /// Why.
    pub reason: ImportFailure,
}

/// The file cannot be opened any more: its own key was destroyed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FileDiscarded {}

events! {
    /// What happened to a job.
    Import {
        1 "import_requested" @1 ImportRequested(ImportRequested) seals [Import, File]
            by [import_file::ImportFile, crawl_site::CrawlSite],
        2 "import_begun" @1 ImportBegun(ImportBegun) by [begin_import::BeginImport],
        3 "import_progressed" @1 ImportProgressed(ImportProgressed) seals [Pages]
            by [record_pages::RecordPages],
        4 "import_finished" @1 ImportFinished(ImportFinished) by [finish_import::FinishImport],
        5 "import_failed" @1 ImportFailed(ImportFailed)
            by [fail_import::FailImport, cancel_import::CancelImport],
        6 "file_discarded" @1 FileDiscarded(FileDiscarded) by [discard_file::DiscardFile],
    }
}

/// What the history of a job amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// What is to be read; none before it was asked for.
    pub requested: Option<ImportRequested>,
    /// It was begun.
    pub begun: bool,
    /// It ended, and how.
    pub ended: Option<ImportStatus>,
    /// Pages of which the outcome is recorded.
    pub recorded: u32,
    /// Its file cannot be opened any more.
    pub discarded: bool,
}

impl State {
    /// Where it stands; none if there is no such job.
    pub fn status(&self) -> Option<ImportStatus> {
        self.requested.as_ref()?;
        let under_way = if self.begun { ImportStatus::Running } else { ImportStatus::Pending };
        Some(self.ended.unwrap_or(under_way))
    }

    /// What is to be read, if the job is under way or waits.
    ///
    /// # Errors
    /// `not_found` if there is no such job, `not_allowed_now` if it ended.
    fn unfinished(&self) -> Result<&ImportRequested, Refusal> {
        let missing = || Refusal::new(RefusalCode::NotFound, "there is no such import");
        let requested = self.requested.as_ref().ok_or_else(missing)?;
        if self.ended.is_some() {
            let detail = "this import has ended; ask for it again";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        Ok(requested)
    }

    /// Refuses what exists.
    fn is_new(&self) -> Result<(), Refusal> {
        if self.requested.is_some() {
            let detail = "this import was asked for before";
            return Err(Refusal::new(RefusalCode::AlreadyExists, detail));
        }
        Ok(())
    }
}

/// A job that reads a file or a site.
#[derive(Clone, Copy, Debug)]
pub struct Import;

impl Aggregate for Import {
    const KIND: StreamKind = StreamKind::Import;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::ImportRequested(requested) => state.requested = Some(requested.clone()),
            Event::ImportBegun(ImportBegun {}) => state.begun = true,
            Event::ImportProgressed(progressed) => {
                let pages = u32::try_from(progressed.pages.len()).unwrap_or(u32::MAX);
                state.recorded = state.recorded.saturating_add(pages);
            }
            Event::FileDiscarded(FileDiscarded {}) => state.discarded = true,
            Event::ImportFinished(_) => {
                state.ended.get_or_insert(ImportStatus::Ready);
            }
            Event::ImportFailed(_) => {
                state.ended.get_or_insert(ImportStatus::Failed);
            }
        }
    }
}

#[cfg(test)]
mod fixtures {
    use super::*;

    pub(crate) fn file() -> Event {
        ImportRequested {
            kind: ImportKind::File,
            agent: None,
            language: None,
            format: Some(FileFormat::Pdf),
            bytes: Some(3),
            depth: None,
            pages: None,
            again_of: None,
        }
        .into()
    }

    pub(crate) fn begun() -> [Event; 2] {
        [file(), ImportBegun {}.into()]
    }
}
