//! Record how far a job has come.

use super::{Import, ImportProgressed, PageOutcome, PageReason, PageResult, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::ids::{DocumentId, WorkspaceId};
use crate::personal::{Content, PageAddress, PagesContent, Personal};
use crate::refusal::{Refusal, RefusalCode};

/// What became of pages since the last time, and which more are known. Whoever goes on with the job
/// after a crash knows from this where it was.
///
/// Who: the importer. Refuses: a job that is not under way (`not_allowed_now`).
#[derive(Clone, Debug)]
pub struct RecordPages {
    /// Whose: its key seals the addresses.
    pub workspace: WorkspaceId,
    /// What became of pages, in order.
    pub pages: Vec<SeenPage>,
    /// Pages that are to be read.
    pub found: Vec<FoundPage>,
}

/// What became of a page, or of a part of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SeenPage {
    /// Its address, or the name of the file.
    pub address: Sensitive,
    /// What became of it.
    pub outcome: PageOutcome,
    /// Why.
    pub reason: Option<PageReason>,
    /// Its document.
    pub document: Option<DocumentId>,
    /// The HTTP status.
    pub status: Option<u16>,
    /// Bytes that were read.
    pub bytes: u32,
}

/// A page that is to be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundPage {
    /// Its address.
    pub address: Sensitive,
    /// How many links from the first page it is away.
    pub depth: u32,
}

impl Command for RecordPages {
    type Aggregate = Import;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.unfinished()?;
        if !state.begun {
            let detail = "this import was not begun";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        if self.pages.is_empty() && self.found.is_empty() {
            return Ok(Vec::new());
        }
        let mut results = Vec::with_capacity(self.pages.len());
        let mut seen = Vec::with_capacity(self.pages.len());
        for (page, number) in self.pages.into_iter().zip(state.recorded.saturating_add(1)..) {
            let SeenPage { address, outcome, reason, document, status, bytes } = page;
            seen.push(address);
            results.push(PageResult { number, outcome, reason, document, status, bytes });
        }
        let found = u32::try_from(self.found.len()).unwrap_or(u32::MAX);
        let to_read = self.found.into_iter();
        let to_read = to_read.map(|FoundPage { address, depth }| PageAddress { address, depth });
        let content = PagesContent { seen, found: to_read.collect() };
        let personal =
            Personal { subject: self.workspace.into(), content: Content::Pages(content) };
        Ok(vec![Decision::new(ImportProgressed { pages: results, found }).sealing(personal)])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::import::fixtures::{begun, file};
    use crate::testing::given;

    const HOME: WorkspaceId = WorkspaceId(Uuid::from_u128(9));

    fn seen(address: &str) -> SeenPage {
        SeenPage {
            address: address.into(),
            outcome: PageOutcome::Skipped,
            reason: Some(PageReason::Robots),
            document: None,
            status: None,
            bytes: 0,
        }
    }

    fn result(number: u32) -> PageResult {
        PageResult {
            number,
            outcome: PageOutcome::Skipped,
            reason: Some(PageReason::Robots),
            document: None,
            status: None,
            bytes: 0,
        }
    }

    #[test]
    fn pages_are_numbered_through_and_their_addresses_sealed() {
        let before = ImportProgressed { pages: vec![result(1)], found: 2 };
        let [asked, begun] = begun();
        let found = FoundPage { address: "https://a/c".into(), depth: 2 };
        let record = RecordPages {
            workspace: HOME,
            pages: vec![seen("https://a/"), seen("https://a/b")],
            found: vec![found],
        };
        let content = PagesContent {
            seen: vec!["https://a/".into(), "https://a/b".into()],
            found: vec![PageAddress { address: "https://a/c".into(), depth: 2 }],
        };
        given::<Import>([asked, begun, before.into()])
            .when(record)
            .then([ImportProgressed { pages: vec![result(2), result(3)], found: 1 }.into()])
            .sealing([Personal { subject: HOME.into(), content: Content::Pages(content) }]);
    }

    #[test]
    fn nothing_is_recorded_of_a_job_that_is_not_under_way() {
        let record = RecordPages { workspace: HOME, pages: vec![seen("a")], found: vec![] };
        given::<Import>([file()]).when(record.clone()).refused(RefusalCode::NotAllowedNow);
        given::<Import>([]).when(record.clone()).refused(RefusalCode::NotFound);
        let nothing = RecordPages { pages: vec![], ..record };
        given::<Import>(begun()).when(nothing).then([]);
    }
}
