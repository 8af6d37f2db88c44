//! Give a document a new version.

use super::{Document, DocumentDraft, DocumentUpdated, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::WorkspaceId;
use crate::personal::DocumentOrigin;
use crate::refusal::Refusal;

/// The document says this from now on. Versions before it stay in history. Words that are as they
/// were, and nothing else that is new, change nothing.
///
/// Who: a key with the scope `write`. Refuses: a document that was never added or was removed
/// (`not_found`), and what [`super::AddDocument`] refuses.
#[derive(Clone, Debug)]
pub struct UpdateDocument {
    /// Whose text it is: its key seals it.
    pub workspace: WorkspaceId,
    /// What it says from now on.
    pub draft: DocumentDraft,
    /// Title and content are those of the newest version, as whoever opened it saw: they are sealed.
    pub same_words: bool,
    /// Where the document comes from, if a file or a page was read: that stays.
    pub origin: Option<DocumentOrigin>,
}

impl Command for UpdateDocument {
    type Aggregate = Document;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let newest = state.live()?;
        let (mut version, personal) = self.draft.read_from(self.workspace, self.origin)?;
        version.source.clone_from(&newest.source);
        if self.same_words && version == *newest {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(DocumentUpdated { version }).sealing(personal)])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::document::{DocumentAdded, DocumentFormat, DocumentRemoved, DocumentVersion, Event};
    use crate::ids::AgentId;
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    const AGENT: AgentId = AgentId(Uuid::from_u128(3));

    fn version(passages: u32, characters: u32, agent: Option<AgentId>) -> DocumentVersion {
        let format = DocumentFormat::Text;
        let language = None;
        DocumentVersion {
            format,
            agent,
            language,
            language_detected: false,
            characters,
            passages,
            source: None,
        }
    }

    fn added() -> Event {
        DocumentAdded { version: version(7, 9_000, None) }.into()
    }

    fn update(content: &str) -> UpdateDocument {
        let draft = DocumentDraft {
            title: "Prices".into(),
            content: content.into(),
            format: DocumentFormat::Text,
            language: None,
            agent: Some(AGENT),
        };
        UpdateDocument {
            workspace: WorkspaceId(Uuid::from_u128(9)),
            draft,
            same_words: false,
            origin: None,
        }
    }

    #[test]
    fn the_same_again_changes_nothing() {
        let same = UpdateDocument { same_words: true, ..update("R$ 12") };
        let stands = |agent| Event::from(DocumentAdded { version: version(1, 5, agent) });
        given::<Document>([stands(Some(AGENT))]).when(same.clone()).then([]);
        given::<Document>([stands(None)])
            .when(same)
            .then([DocumentUpdated { version: version(1, 5, Some(AGENT)) }.into()]);
        given::<Document>([stands(Some(AGENT))])
            .when(update("R$ 13"))
            .then([DocumentUpdated { version: version(1, 5, Some(AGENT)) }.into()]);
    }

    #[test]
    fn the_new_version_stands_whole_and_may_belong_to_another_agent() {
        given::<Document>([added()])
            .when(update("R$ 12"))
            .then([DocumentUpdated { version: version(1, 5, Some(AGENT)) }.into()]);
    }

    #[test]
    fn what_is_not_there_has_no_new_version() {
        for history in [vec![], vec![added(), DocumentRemoved {}.into()]] {
            given::<Document>(history).when(update("R$ 12")).refused(RefusalCode::NotFound);
        }
    }

    #[test]
    fn a_version_needs_words() {
        given::<Document>([added()])
            .when(update(" \t"))
            .refused(RefusalCode::InvalidField)
            .at("content");
    }
}
