//! Add a document.

use super::{Document, DocumentAdded, DocumentDraft, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::WorkspaceId;
use crate::refusal::{Refusal, RefusalCode};

/// A new document, from which answers can be drawn from now on.
///
/// Who: a key with the scope `write`. Refuses: a document that was added before
/// (`already_exists`), a title that is not 1 to 200 characters on one line, content without a word
/// or over 512 KiB, a language that is no code of ISO 639.
#[derive(Clone, Debug)]
pub struct AddDocument {
    /// Whose text it is: its key seals it.
    pub workspace: WorkspaceId,
    /// What it says.
    pub draft: DocumentDraft,
}

impl Command for AddDocument {
    type Aggregate = Document;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.latest.is_some() {
            return Err(Refusal::new(
                RefusalCode::AlreadyExists,
                "this document was added before; update it instead",
            ));
        }
        let (version, personal) = self.draft.read(self.workspace)?;
        Ok(vec![Decision::new(DocumentAdded { version }).sealing(personal)])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::document::{DocumentFormat, DocumentVersion};
    use crate::limits::{DOCUMENT_BYTES_MAX, DOCUMENT_TITLE_CHARS_MAX};
    use crate::personal::{Content, DocumentContent, PassageMark, Personal};
    use crate::testing::given;

    const HOME: WorkspaceId = WorkspaceId(Uuid::from_u128(9));

    fn draft(content: &str) -> DocumentDraft {
        DocumentDraft {
            title: " Opening hours ".into(),
            content: content.into(),
            format: DocumentFormat::Markdown,
            language: None,
            agent: None,
        }
    }

    fn add(draft: DocumentDraft) -> AddDocument {
        AddDocument { workspace: HOME, draft }
    }

    #[test]
    fn the_text_is_cut_into_passages_and_sealed_for_the_workspace() {
        let source = "# Hours\n\nWe are *open* on all days of the week, and you are welcome.";
        let text = "Hours\n\nWe are open on all days of the week, and you are welcome.";
        let version = DocumentVersion {
            format: DocumentFormat::Markdown,
            agent: None,
            language: Some("en".into()),
            language_detected: true,
            characters: 64,
            passages: 1,
            source: None,
        };
        let content = DocumentContent {
            title: "Opening hours".into(),
            source: source.into(),
            text: Some(text.into()),
            passages: vec![PassageMark { headings: vec!["Hours".into()], start: 7, end: 64 }],
            origin: None,
        };
        given::<Document>([])
            .when(add(draft(source)))
            .then([DocumentAdded { version }.into()])
            .sealing([Personal {
                subject: HOME.into(),
                content: Content::Document(Box::new(content)),
            }])
            .claiming([]);
    }

    #[test]
    fn a_language_that_is_given_is_believed() {
        let decided = given::<Document>([])
            .when(add(DocumentDraft { language: Some("PT".into()), ..draft("We are open.") }))
            .decided();
        let version = decided.0.first().map(|decision| decision.event.json()).unwrap();
        assert_eq!(version.get("language").unwrap(), "pt");
        assert!(version.get("language_detected").is_none());
    }

    #[test]
    fn what_can_be_refused_names_its_field() {
        let long = "word ".repeat(DOCUMENT_BYTES_MAX / 5 + 1);
        let wordless = DocumentDraft { format: DocumentFormat::Html, ..draft("<p> </p><hr>") };
        for (field, bad) in [
            ("title", DocumentDraft { title: " ".into(), ..draft("a") }),
            (
                "title",
                DocumentDraft {
                    title: "x".repeat(DOCUMENT_TITLE_CHARS_MAX + 1).into(),
                    ..draft("a")
                },
            ),
            ("content", draft(" \n ")),
            ("content", draft(&long)),
            ("content", wordless),
            ("language", DocumentDraft { language: Some("klingon".into()), ..draft("a") }),
        ] {
            given::<Document>([]).when(add(bad)).refused(RefusalCode::InvalidField).at(field);
        }
    }

    #[test]
    fn a_document_is_added_once() {
        let version = DocumentVersion {
            format: DocumentFormat::Text,
            agent: None,
            language: None,
            language_detected: false,
            characters: 1,
            passages: 1,
            source: None,
        };
        given::<Document>([DocumentAdded { version }.into()])
            .when(add(draft("again")))
            .refused(RefusalCode::AlreadyExists);
    }
}
