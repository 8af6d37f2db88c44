//! Take a file in.

use super::{FileFormat, Import, ImportKind, ImportRequested, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::document::language;
use crate::hash::{Sensitive, SensitiveBytes};
use crate::ids::{AgentId, ImportId, SubjectId, WorkspaceId};
use crate::limits::{FILE_BYTES_MAX, FILE_NAME_CHARS_MAX};
use crate::personal::{Content, FileContent, ImportContent, Personal};
use crate::refusal::Refusal;
use crate::validate;

/// A file is kept, and a job takes its text out: it becomes a document, or several where it is too
/// long for one. A file of the same name (for the same agent) becomes the next version of what that
/// one became, unless it says the same.
///
/// Who: a key with the scope `write`. Refuses: an empty file or one over [`FILE_BYTES_MAX`], a name
/// that is not 1 to [`FILE_NAME_CHARS_MAX`] characters on one line, a title that is none, a language
/// that is no code of ISO 639.
#[derive(Clone, Debug)]
pub struct ImportFile {
    /// Whose: its key seals the name.
    pub workspace: WorkspaceId,
    /// The job, whose own key seals the file, so that it can be destroyed by itself.
    pub import: ImportId,
    /// What the file is called.
    pub name: Sensitive,
    /// What its document is to be called, if not what the file says of itself.
    pub title: Option<Sensitive>,
    /// How it is written.
    pub format: FileFormat,
    /// The file.
    pub bytes: SensitiveBytes,
    /// The language; none: it is worked out from the text.
    pub language: Option<String>,
    /// The agent that alone may answer from it; none: every agent may.
    pub agent: Option<AgentId>,
}

impl Command for ImportFile {
    type Aggregate = Import;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.is_new()?;
        let name = validate::line("name", self.name.expose(), FILE_NAME_CHARS_MAX)?;
        let title = self.title.as_ref().map(|title| validate::title("title", title)).transpose()?;
        let language = self.language.as_deref().map(language).transpose()?;
        let length = self.bytes.0.len();
        if length == 0 || length > FILE_BYTES_MAX {
            let detail = format!("a file has 1 to {FILE_BYTES_MAX} bytes");
            return Err(Refusal::field("body", detail));
        }
        let content = ImportContent { source: name.into(), title: title.map(Into::into) };
        let requested = ImportRequested {
            kind: ImportKind::File,
            agent: self.agent,
            language,
            format: Some(self.format),
            bytes: u64::try_from(length).ok(),
            depth: None,
            pages: None,
            again_of: None,
        };
        let named = Personal { subject: self.workspace.into(), content: Content::Import(content) };
        let file = Personal {
            subject: SubjectId::from(self.import),
            content: Content::File(FileContent { bytes: self.bytes }),
        };
        Ok(vec![Decision::new(requested).sealing(named).sealing(file)])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::import::fixtures::file;
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    const HOME: WorkspaceId = WorkspaceId(Uuid::from_u128(9));
    const JOB: ImportId = ImportId(Uuid::from_u128(8));

    fn import(name: &str, bytes: usize) -> ImportFile {
        ImportFile {
            workspace: HOME,
            import: JOB,
            name: name.into(),
            title: None,
            format: FileFormat::Pdf,
            bytes: SensitiveBytes(vec![7; bytes]),
            language: None,
            agent: None,
        }
    }

    #[test]
    fn the_name_is_sealed_for_the_workspace_and_the_file_for_itself() {
        let named = ImportContent { source: "menu.pdf".into(), title: None };
        given::<Import>([]).when(import(" menu.pdf ", 3)).then([file().into()]).sealing([
            Personal { subject: HOME.into(), content: Content::Import(named) },
            Personal {
                subject: JOB.into(),
                content: Content::File(FileContent { bytes: SensitiveBytes(vec![7; 3]) }),
            },
        ]);
    }

    #[test]
    fn what_can_be_refused_names_its_field() {
        for (field, bad) in [
            ("name", import("", 3)),
            ("body", import("a.pdf", 0)),
            ("body", import("a.pdf", FILE_BYTES_MAX + 1)),
            ("language", ImportFile { language: Some("english".into()), ..import("a.pdf", 3) }),
            ("title", ImportFile { title: Some("two\nlines".into()), ..import("a.pdf", 3) }),
        ] {
            given::<Import>([]).when(bad).refused(RefusalCode::InvalidField).at(field);
        }
        given::<Import>([file()]).when(import("a.pdf", 3)).refused(RefusalCode::AlreadyExists);
    }
}
