//! Keep a customer's file.

use uuid::Uuid;

use super::{Conversation, MediaStored, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Blob;
use crate::ids::MessageId;
use crate::limits::MEDIA_BYTES_MAX;
use crate::personal::{Content, MediaContent, Personal};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// The file of a message was fetched, sealed for the contact and written: from now on it is here. A
/// file that nobody waits for any more changes nothing.
///
/// Who: the fetcher. Refuses: a conversation that does not exist (`not_found`), a file that is larger
/// than [`MEDIA_BYTES_MAX`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoreMedia {
    /// Of which message.
    pub message: MessageId,
    /// The sealed bytes, which are on the disk.
    pub blob: Blob,
    /// What its pieces were sealed under.
    pub sealed_as: Uuid,
    /// Bytes of the file.
    pub size: u64,
    /// Its type, as it was announced.
    pub mime_type: String,
    /// What is sealed beside it: the hash of its bytes.
    pub content: MediaContent,
}

impl Command for StoreMedia {
    type Aggregate = Conversation;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let contact = state.begun()?.contact;
        let Self { message, blob, sealed_as, size, mime_type, content } = self;
        if size > MEDIA_BYTES_MAX {
            let detail = format!("a file of more than {MEDIA_BYTES_MAX} bytes is not kept");
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        if !state.attachments.wanted.contains_key(&message) {
            return Ok(Vec::new());
        }
        let (mime_type, at) = (validate::mime_type(&mime_type), ctx.now_seconds());
        let stored = MediaStored { message, blob, sealed_as, size, mime_type, at };
        let personal = Personal { subject: contact.into(), content: Content::Media(content) };
        let stored = Decision::new(stored).claiming(ClaimKey::File(message));
        Ok(vec![stored.sealing(personal).keeping(blob)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::fixtures::{CONTACT, opened, pictured};
    use crate::hash::Hash32;
    use crate::testing::{NOW_SECONDS, given};

    const MESSAGE: MessageId = MessageId(Uuid::from_u128(7));
    const BLOB: Blob = Blob { hash: Hash32([1; 32]), bytes: 2_100 };

    fn store(mime_type: &str, size: u64) -> StoreMedia {
        let content = MediaContent { sha256: Some("ab".into()), ..MediaContent::default() };
        let (mime_type, sealed_as) = (mime_type.to_owned(), Uuid::from_u128(3));
        StoreMedia { message: MESSAGE, blob: BLOB, sealed_as, size, mime_type, content }
    }

    #[test]
    fn the_file_is_named_by_what_was_written_and_its_hash_is_sealed() {
        let stored = |mime_type: &str| MediaStored {
            message: MESSAGE,
            blob: BLOB,
            sealed_as: Uuid::from_u128(3),
            size: 2_000,
            mime_type: mime_type.into(),
            at: NOW_SECONDS,
        };
        let decided = given::<Conversation>([opened(), pictured(NOW_SECONDS + 60)])
            .when(store("Image/JPEG; x=\"Ana\"", 2_000))
            .then([stored("image/jpeg").into()]);
        decided.claiming([ClaimKey::File(MESSAGE)]);
        let content = MediaContent { sha256: Some("ab".into()), ..MediaContent::default() };
        decided.sealing([Personal { subject: CONTACT.into(), content: Content::Media(content) }]);
        assert_eq!(decided.0.first().map(|one| one.blobs.clone()), Some(vec![BLOB]));
        given::<Conversation>([opened(), pictured(NOW_SECONDS + 60)])
            .when(store("Ana's picture", 2_000))
            .then([stored("application/octet-stream").into()]);
    }

    #[test]
    fn what_nobody_waits_for_changes_nothing_and_what_is_too_large_is_refused() {
        given::<Conversation>([opened()]).when(store("image/png", 1)).then([]);
        given::<Conversation>([opened(), pictured(NOW_SECONDS + 60)])
            .when(store("image/png", MEDIA_BYTES_MAX + 1))
            .refused(RefusalCode::NotAllowedNow);
        given::<Conversation>([]).when(store("image/png", 1)).refused(RefusalCode::NotFound);
    }
}
