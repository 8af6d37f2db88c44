//! Opening sealed parts with the vault's keys.

use convolog_domain::{Content, SubjectId};
use convolog_log::{LogError, SealedContent, SealedPart};
use convolog_vault::{Opened as Unsealed, Part};
use uuid::Uuid;

use crate::disclose::{Disclose, Disclosure, Opened};
use crate::engine::Engine;
use crate::recorded::Recorded;

impl Disclose for Engine {
    fn open(&self, event: &Recorded) -> Vec<Opened> {
        event
            .sealed
            .iter()
            .map(|part| Opened {
                subject: SubjectId(part.subject),
                disclosure: self.open_part(event, part),
            })
            .collect()
    }
}

impl Engine {
    /// Opens one sealed part of an event with the vault as it is now.
    ///
    /// # Errors
    /// [`LogError`] if the blob that holds it cannot be read.
    pub fn unseal(
        &self,
        workspace: Uuid,
        event_id: Uuid,
        part: &SealedPart,
    ) -> Result<Unsealed, LogError> {
        let ciphertext = match &part.content {
            SealedContent::Inline(bytes) => bytes.clone(),
            SealedContent::Blob(reference) => self.0.blobs.get(reference)?,
        };
        let sealed = Part {
            subject: part.subject,
            epoch: part.epoch,
            algorithm: part.algorithm,
            dictionary: part.dictionary,
            commitment: &part.commitment,
            ciphertext: &ciphertext,
        };
        Ok(self.0.vault.open_part(workspace, event_id, &sealed))
    }

    fn open_part(&self, event: &Recorded, part: &SealedPart) -> Disclosure {
        match self.unseal(event.workspace().0, event.event_id, part) {
            Ok(Unsealed::Plain(plain)) => convolog_domain::exactly::<Content>(&plain)
                .map_or_else(|e| Disclosure::Unreadable(e.to_string()), Disclosure::Content),
            Ok(Unsealed::Erased) => Disclosure::Erased,
            Ok(Unsealed::Unknown) => {
                Disclosure::Unreadable("the vault has no key for it".to_owned())
            }
            Ok(Unsealed::Corrupt(why)) => Disclosure::Unreadable(why.to_owned()),
            Err(error) => Disclosure::Unreadable(error.to_string()),
        }
    }
}
