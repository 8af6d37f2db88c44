//! Opening sealed parts with the vault's keys.

use convolog_domain::{Content, SubjectId};
use convolog_log::{SealedContent, SealedPart};
use convolog_vault::{Opened as Unsealed, Part};

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
    fn open_part(&self, event: &Recorded, part: &SealedPart) -> Disclosure {
        let ciphertext = match &part.content {
            SealedContent::Inline(bytes) => bytes.clone(),
            SealedContent::Blob(reference) => match self.0.blobs.get(reference) {
                Ok(bytes) => bytes,
                Err(error) => return Disclosure::Unreadable(error.to_string()),
            },
        };
        let sealed = Part {
            subject: part.subject,
            epoch: part.epoch,
            algorithm: part.algorithm,
            dictionary: part.dictionary,
            commitment: &part.commitment,
            ciphertext: &ciphertext,
        };
        match self.0.vault.open_part(event.workspace().0, event.event_id, &sealed) {
            Unsealed::Plain(plain) => convolog_domain::exactly::<Content>(&plain)
                .map_or_else(|e| Disclosure::Unreadable(e.to_string()), Disclosure::Content),
            Unsealed::Erased => Disclosure::Erased,
            Unsealed::Unknown => Disclosure::Unreadable("the vault has no key for it".to_owned()),
            Unsealed::Corrupt(why) => Disclosure::Unreadable(why.to_owned()),
        }
    }
}
