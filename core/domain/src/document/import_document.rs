//! Keep what a file or a page says.

use super::{Document, DocumentAdded, DocumentDraft, DocumentSource, DocumentUpdated, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::WorkspaceId;
use crate::personal::DocumentOrigin;
use crate::refusal::{Refusal, RefusalCode};

/// The document of a file or a page says this: it is added, or it has a new version. What says the
/// same as when it was last read changes nothing, also if somebody changed the document by hand
/// since.
///
/// Who: the importer. Refuses: a document that was removed (`not_found`) or comes from elsewhere
/// (`already_exists`), and what [`super::AddDocument`] refuses.
#[derive(Clone, Debug)]
pub struct ImportDocument {
    /// Whose text it is: its key seals it.
    pub workspace: WorkspaceId,
    /// What it says.
    pub draft: DocumentDraft,
    /// Where it comes from, in the clear.
    pub source: DocumentSource,
    /// Where it comes from, for people.
    pub origin: DocumentOrigin,
}

impl Command for ImportDocument {
    type Aggregate = Document;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let Self { workspace, draft, source, origin } = self;
        let before = if state.latest.is_some() { Some(state.live()?) } else { None };
        let known = before.map(|version| version.source.as_ref());
        if known.is_some_and(|known| known.is_none_or(|known| known.key != source.key)) {
            let detail = "this document comes from elsewhere";
            return Err(Refusal::new(RefusalCode::AlreadyExists, detail));
        }
        if known.flatten().is_some_and(|known| known.content == source.content) {
            return Ok(Vec::new());
        }
        let (mut version, personal) = draft.read_from(workspace, Some(origin))?;
        let key = ClaimKey::Source(source.key);
        version.source = Some(source);
        Ok(vec![if before.is_some() {
            Decision::new(DocumentUpdated { version }).sealing(personal)
        } else {
            Decision::new(DocumentAdded { version }).sealing(personal).claiming(key)
        }])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::document::{
        DocumentFormat, DocumentRemoved, DocumentVersion, Event, RemoveDocument, UpdateDocument,
    };
    use crate::hash::Hash32;
    use crate::ids::ImportId;
    use crate::import::ImportKind;
    use crate::personal::Content;
    use crate::testing::given;

    const HOME: WorkspaceId = WorkspaceId(Uuid::from_u128(9));
    const JOB: ImportId = ImportId(Uuid::from_u128(8));

    fn source(key: u8, content: u8) -> DocumentSource {
        let (key, content) = (Hash32([key; 32]), Hash32([content; 32]));
        DocumentSource { kind: ImportKind::File, import: JOB, key, content }
    }

    fn origin() -> DocumentOrigin {
        DocumentOrigin { import: JOB, address: "menu.pdf".into(), part: None }
    }

    fn draft() -> DocumentDraft {
        DocumentDraft {
            title: "Menu".into(),
            content: "Soup".into(),
            format: DocumentFormat::Text,
            language: None,
            agent: None,
        }
    }

    fn import(key: u8, content: u8) -> ImportDocument {
        let source = source(key, content);
        ImportDocument { workspace: HOME, draft: draft(), source, origin: origin() }
    }

    fn version(key: u8, content: u8) -> DocumentVersion {
        DocumentVersion {
            format: DocumentFormat::Text,
            agent: None,
            language: None,
            language_detected: false,
            characters: 4,
            passages: 1,
            source: Some(source(key, content)),
        }
    }

    fn added() -> Event {
        DocumentAdded { version: version(1, 1) }.into()
    }

    #[test]
    fn the_document_of_a_source_is_added_once_and_says_where_it_comes_from() {
        let decided = given::<Document>([])
            .when(import(1, 1))
            .then([DocumentAdded { version: version(1, 1) }.into()]);
        decided.claiming([ClaimKey::Source(Hash32([1; 32]))]);
        let sealed = &decided.0.first().unwrap().personal.first().unwrap().content;
        let Content::Document(content) = sealed else { panic!("a document") };
        assert_eq!(content.origin, Some(origin()));
    }

    #[test]
    fn what_says_the_same_changes_nothing_and_what_does_not_is_the_next_version() {
        given::<Document>([added()]).when(import(1, 1)).then([]);
        given::<Document>([added()])
            .when(import(1, 2))
            .then([DocumentUpdated { version: version(1, 2) }.into()])
            .claiming([]);
    }

    #[test]
    fn what_somebody_changed_by_hand_stays_until_the_source_changes() {
        let by_hand = UpdateDocument {
            workspace: HOME,
            draft: DocumentDraft { content: "Soup of the day".into(), ..draft() },
            same_words: false,
            origin: Some(origin()),
        };
        let decided = given::<Document>([added()]).when(by_hand).decided();
        let updated = decided.0.first().unwrap().event.clone().try_into().unwrap();
        given::<Document>([added(), updated]).when(import(1, 1)).then([]);
    }

    #[test]
    fn what_is_removed_or_comes_from_elsewhere_is_refused_and_a_removal_frees_the_source() {
        let removed = DocumentRemoved {}.into();
        given::<Document>([added(), removed]).when(import(1, 2)).refused(RefusalCode::NotFound);
        given::<Document>([added()]).when(import(2, 2)).refused(RefusalCode::AlreadyExists);
        let by_hand = DocumentVersion { source: None, ..version(1, 1) };
        given::<Document>([DocumentAdded { version: by_hand }.into()])
            .when(import(1, 2))
            .refused(RefusalCode::AlreadyExists);
        given::<Document>([added()])
            .when(RemoveDocument)
            .decided()
            .releasing([ClaimKey::Source(Hash32([1; 32]))]);
    }
}
