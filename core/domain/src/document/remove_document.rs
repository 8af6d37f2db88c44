//! Remove a document.

use super::{Document, DocumentRemoved, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Nobody finds the document or answers from it from now on; what it said stays in history.
///
/// Who: a key with the scope `write`. Refuses: a document that was never added, or was removed
/// before (`not_found`).
#[derive(Clone, Copy, Debug)]
pub struct RemoveDocument;

impl Command for RemoveDocument {
    type Aggregate = Document;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let newest = state.live()?;
        let mut removed = Decision::new(DocumentRemoved {});
        if let Some(source) = &newest.source {
            removed = removed.releasing(ClaimKey::Source(source.key));
        }
        Ok(vec![removed])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DocumentAdded, DocumentFormat, DocumentVersion, Event};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    fn added() -> Event {
        let version = DocumentVersion {
            format: DocumentFormat::Html,
            agent: None,
            language: Some("he".into()),
            language_detected: true,
            characters: 10,
            passages: 1,
            source: None,
        };
        DocumentAdded { version }.into()
    }

    #[test]
    fn a_document_can_go() {
        given::<Document>([added()])
            .when(RemoveDocument)
            .then([DocumentRemoved {}.into()])
            .sealing([]);
    }

    #[test]
    fn what_is_not_there_cannot_go() {
        for history in [vec![], vec![added(), DocumentRemoved {}.into()]] {
            given::<Document>(history).when(RemoveDocument).refused(RefusalCode::NotFound);
        }
    }
}
