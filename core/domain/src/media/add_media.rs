//! Add a file.

use uuid::Uuid;

use super::kinds::can_be_sent;
use super::{Media, MediaAdded, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::{Blob, Hash32};
use crate::ids::WorkspaceId;
use crate::personal::{Content, MediaContent, Personal};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// A file that can be sent from now on; its bytes are sealed and on the disk. A workspace has each
/// content once; that is claimed.
///
/// Who: a key with the scope `write`. Refuses: one that was added before (`already_exists`), a type or
/// a size that no kind of message takes, a name that is no name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AddMedia {
    /// Whose file it is: its key seals it.
    pub workspace: WorkspaceId,
    /// The sealed bytes.
    pub blob: Blob,
    /// What its pieces were sealed under.
    pub sealed_as: Uuid,
    /// Bytes of the file.
    pub size: u64,
    /// Its type.
    pub mime_type: String,
    /// Its first bytes, [`super::HEAD_BYTES`] of them if there are as many: they tell what it is.
    pub head: Vec<u8>,
    /// SHA-256 of its bytes: what makes it the same file.
    pub sha256: Hash32,
    /// What is sealed beside it.
    pub content: MediaContent,
}

impl Command for AddMedia {
    type Aggregate = Media;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let Self { workspace, blob, sealed_as, size, mime_type, head, sha256, content } = self;
        if state.added.is_some() {
            let detail = "this file was added before";
            return Err(Refusal::new(RefusalCode::AlreadyExists, detail));
        }
        let mime_type = validate::mime_type(&mime_type);
        can_be_sent(&mime_type, size, &head)?;
        if let Some(name) = &content.filename {
            validate::line("filename", name.expose(), 240)?;
        }
        let personal = Personal { subject: workspace.into(), content: Content::Media(content) };
        let added = Decision::new(MediaAdded { blob, sealed_as, size, mime_type });
        Ok(vec![added.sealing(personal).keeping(blob).claiming(ClaimKey::MediaContent(sha256))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::fixtures::added;
    use crate::testing::given;

    fn add(mime_type: &str) -> AddMedia {
        let MediaAdded { blob, sealed_as, size, .. } = added();
        AddMedia {
            workspace: WorkspaceId(Uuid::from_u128(9)),
            blob,
            sealed_as,
            size,
            mime_type: mime_type.into(),
            head: b"\x89PNG\r\n\x1A\n".to_vec(),
            sha256: Hash32([7; 32]),
            content: MediaContent { filename: Some("map.png".into()), ..MediaContent::default() },
        }
    }

    #[test]
    fn each_content_is_there_once() {
        let decided = given::<Media>([]).when(add("image/PNG")).then([added().into()]);
        decided.claiming([ClaimKey::MediaContent(Hash32([7; 32]))]);
        assert_eq!(decided.0.first().map(|one| one.blobs.clone()), Some(vec![added().blob]));
        given::<Media>([added().into()]).when(add("image/png")).refused(RefusalCode::AlreadyExists);
    }

    #[test]
    fn what_cannot_be_sent_is_refused() {
        given::<Media>([])
            .when(add("application/zip"))
            .refused(RefusalCode::InvalidField)
            .at("Content-Type");
        let content = MediaContent { filename: Some("a\nb".into()), ..MediaContent::default() };
        given::<Media>([])
            .when(AddMedia { content, ..add("image/png") })
            .refused(RefusalCode::InvalidField)
            .at("filename");
        given::<Media>([])
            .when(AddMedia { head: b"<html>".to_vec(), ..add("image/png") })
            .refused(RefusalCode::InvalidField)
            .at("file");
    }
}
