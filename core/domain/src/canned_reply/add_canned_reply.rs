//! Add a canned reply.

use super::{CannedReply, CannedReplyAdded, CannedReplyDraft, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::WorkspaceId;
use crate::refusal::{Refusal, RefusalCode};

/// A new canned reply. No other of the workspace may be called by the same word; that is claimed.
///
/// Who: a key with the scope `write`. Refuses: one that was added before (`already_exists`), a
/// shortcut that is no word, a text that is blank, too long for a message or has a placeholder that is
/// none, a language that is no code, tags that are none or too many.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AddCannedReply {
    /// Whose words they are: its key seals them.
    pub workspace: WorkspaceId,
    /// What it says.
    pub draft: CannedReplyDraft,
}

impl Command for AddCannedReply {
    type Aggregate = CannedReply;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.latest.is_some() {
            let detail = "this canned reply was added before; update it instead";
            return Err(Refusal::new(RefusalCode::AlreadyExists, detail));
        }
        let (version, personal) = self.draft.read(self.workspace)?;
        let claim = ClaimKey::Shortcut(version.shortcut.clone());
        Ok(vec![Decision::new(CannedReplyAdded { version }).sealing(personal).claiming(claim)])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::canned_reply::CannedReplyVersion;
    use crate::limits::TEXT_CHARS_MAX;
    use crate::personal::{Content, NoteContent, Personal};
    use crate::testing::given;

    const HOME: WorkspaceId = WorkspaceId(Uuid::from_u128(9));

    fn draft(shortcut: &str, text: &str) -> CannedReplyDraft {
        let (shortcut, text) = (shortcut.to_owned(), text.into());
        CannedReplyDraft { shortcut, text, language: None, tags: Vec::new() }
    }

    fn add(draft: CannedReplyDraft) -> AddCannedReply {
        AddCannedReply { workspace: HOME, draft }
    }

    #[test]
    fn its_word_is_claimed_and_its_text_sealed_for_the_workspace() {
        let text = "Hello {{contact.name}}!";
        let version = CannedReplyVersion {
            shortcut: "hello".into(),
            language: Some("pt-br".into()),
            tags: vec!["greeting".into(), "new".into()],
            characters: 23,
        };
        let tags = vec!["New".into(), "greeting".into(), "new".into()];
        given::<CannedReply>([])
            .when(add(CannedReplyDraft {
                language: Some("pt-BR".into()),
                tags,
                ..draft("hello", text)
            }))
            .then([CannedReplyAdded { version }.into()])
            .claiming([ClaimKey::Shortcut("hello".into())])
            .sealing([Personal {
                subject: HOME.into(),
                content: Content::Note(NoteContent { text: text.into() }),
            }]);
    }

    #[test]
    fn what_can_be_refused_names_its_field() {
        for (field, bad) in [
            ("shortcut", draft("Hello there", "x")),
            ("shortcut", draft("", "x")),
            ("text", draft("a", " ")),
            ("text", draft("a", &"x".repeat(TEXT_CHARS_MAX + 1))),
            ("text", draft("a", "{{open")),
            ("tags", CannedReplyDraft { tags: vec!["a b".into()], ..draft("a", "x") }),
            ("tags", CannedReplyDraft { tags: vec!["a".into(); 21], ..draft("a", "x") }),
            ("language", CannedReplyDraft { language: Some("?".into()), ..draft("a", "x") }),
        ] {
            given::<CannedReply>([]).when(add(bad)).refused(RefusalCode::InvalidField).at(field);
        }
    }
}
