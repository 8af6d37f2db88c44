//! Keep the answer to a request that carried an idempotency key.

use super::{Request, RequestCompleted, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::{Hash32, Sensitive};
use crate::ids::{KeyId, SubjectId};
use crate::personal::{Content, Personal, ResponseContent};
use crate::refusal::{Refusal, RefusalCode};

/// A request was carried out: its answer is kept in the same commit as what it did, so that a
/// repetition gets the same answer and does nothing.
///
/// Who: Convolog, for every request with an idempotency key. Refuses: a request that was completed
/// before (`already_exists`; with another body it is the key that is at fault). Takes the claim on
/// the idempotency key, so that of two requests at once only one is carried out.
#[derive(Clone, Debug)]
pub struct CompleteRequest {
    /// The API key that asked.
    pub key: KeyId,
    /// Keyed hash of the idempotency key.
    pub idempotency_key: Hash32,
    /// Keyed hash of method, path and body.
    pub fingerprint: Hash32,
    /// The status of the answer.
    pub status: u16,
    /// The JSON text of the answer, its secrets masked.
    pub body: Sensitive,
    /// Whose key seals the answer: the contact it is about, else the workspace.
    pub subject: SubjectId,
}

impl Command for CompleteRequest {
    type Aggregate = Request;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.earlier_answer(self.fingerprint)?.is_some() {
            return Err(Refusal::new(
                RefusalCode::AlreadyExists,
                "this request was carried out before; its answer is kept",
            ));
        }
        let Self { key, idempotency_key, fingerprint, status, body, subject } = self;
        Ok(vec![
            Decision::new(RequestCompleted { fingerprint, status })
                .sealing(Personal { subject, content: Content::Response(ResponseContent { body }) })
                .claiming(ClaimKey::Request(key, idempotency_key)),
        ])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::testing::{given, state_of};

    const SUBJECT: SubjectId = SubjectId(Uuid::from_u128(5));
    const KEY: KeyId = KeyId(Uuid::from_u128(6));

    fn complete(fingerprint: u8) -> CompleteRequest {
        CompleteRequest {
            key: KEY,
            idempotency_key: Hash32([1; 32]),
            fingerprint: Hash32([fingerprint; 32]),
            status: 201,
            body: "{}".into(),
            subject: SUBJECT,
        }
    }

    fn completed(fingerprint: u8) -> RequestCompleted {
        RequestCompleted { fingerprint: Hash32([fingerprint; 32]), status: 201 }
    }

    #[test]
    fn the_answer_is_sealed_and_the_idempotency_key_claimed() {
        given::<Request>([])
            .when(complete(2))
            .then([completed(2).into()])
            .sealing([Personal {
                subject: SUBJECT,
                content: Content::Response(ResponseContent { body: "{}".into() }),
            }])
            .claiming([ClaimKey::Request(KEY, Hash32([1; 32]))]);
    }

    #[test]
    fn a_request_is_completed_once() {
        given::<Request>([completed(2).into()])
            .when(complete(2))
            .refused(RefusalCode::AlreadyExists);
    }

    #[test]
    fn another_body_under_the_same_key_is_the_keys_fault() {
        given::<Request>([completed(2).into()])
            .when(complete(3))
            .refused(RefusalCode::InvalidField)
            .at("Idempotency-Key");
    }

    #[test]
    fn a_repetition_finds_the_status_of_the_first_answer() {
        let state = state_of::<Request>([completed(2).into()]);
        assert_eq!(state.earlier_answer(Hash32([2; 32])).unwrap(), Some(201));
        assert_eq!(State::default().earlier_answer(Hash32([2; 32])).unwrap(), None);
    }
}
