//! Records as bytes: everything that goes in comes out, and nothing else is accepted.

use bytes::Bytes;
use convolog_log::{
    Actor, BlobRef, Body, ClaimAction, ClaimHash, Draft, Header, ImportedFrom, LogError, LogId,
    MAX_RECORD_BYTES, Mode, OnClash, Origin, Position, Record, RecordedClaim, SealedContent,
    SealedPart, StreamKey, Timestamp,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::support::event;

fn id() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn content() -> impl Strategy<Value = Bytes> {
    prop::collection::vec(any::<u8>(), 0..80).prop_map(Bytes::from)
}

fn blob() -> impl Strategy<Value = BlobRef> {
    (any::<[u8; 32]>(), any::<u64>()).prop_map(|(hash, len)| BlobRef { hash, len })
}

fn claim() -> impl Strategy<Value = RecordedClaim> {
    (any::<bool>(), any::<[u8; 32]>()).prop_map(|(hold, hash)| RecordedClaim {
        action: if hold { ClaimAction::Hold } else { ClaimAction::Release },
        hash: ClaimHash(hash),
    })
}

fn sealed() -> impl Strategy<Value = SealedPart> {
    let content = prop_oneof![
        content().prop_map(SealedContent::Inline),
        blob().prop_map(SealedContent::Blob)
    ];
    (id(), any::<u32>(), any::<u8>(), any::<u16>(), any::<[u8; 32]>(), content).prop_map(
        |(subject, epoch, algorithm, dictionary, commitment, content)| SealedPart {
            subject,
            epoch,
            algorithm,
            dictionary,
            commitment,
            content,
        },
    )
}

prop_compose! {
    fn actor()(
        kind: u8,
        actor in id(),
        key in prop::option::of(id()),
        on_behalf_of in prop::option::of(id()),
    ) -> Actor {
        Actor { kind, id: actor, key, on_behalf_of }
    }
}

prop_compose! {
    fn body()(
        ids in (id(), id(), id(), id()),
        numbers in any::<(u16, u16, u16)>(),
        actor in actor(),
        links in (prop::option::of(id()), prop::option::of(id())),
        mode in prop_oneof![Just(Mode::Live), Just(Mode::Test)],
        origin in prop_oneof![Just(Origin::Live), Just(Origin::HistoryImport), Just(Origin::LogImport)],
        claims in prop::collection::vec(claim(), 0..4),
        imported_from in prop::option::of((id(), any::<u64>())),
        blobs in prop::collection::vec(blob(), 0..3),
        payload in content(),
        sealed in prop::collection::vec(sealed(), 0..3),
    ) -> Body {
        let (event_id, workspace, stream, commit_id) = ids;
        let (kind, type_code, schema) = numbers;
        Body {
            event_id,
            stream: StreamKey { workspace, kind, id: stream },
            type_code,
            schema,
            commit_id,
            actor,
            causation: links.0,
            correlation: links.1,
            mode,
            origin,
            claims,
            imported_from: imported_from
                .map(|(log, position)| ImportedFrom { log: LogId(log), position: Position(position) }),
            blobs,
            payload,
            sealed,
        }
    }
}

proptest! {
    #[test]
    fn a_body_comes_back_as_it_was(body in body()) {
        let bytes = body.encode().unwrap();
        prop_assert_eq!(&Body::decode(&bytes).unwrap(), &body);
        let header = Header {
            position: Position(1),
            version: 1,
            recorded_at: Timestamp(1),
            index: 0,
        };
        let record = Record { header, body: bytes };
        prop_assert_eq!(record.stream().unwrap(), body.stream);
        prop_assert_eq!(record.type_code().unwrap(), body.type_code);
        prop_assert_eq!(record.claims().unwrap(), body.claims);
    }

    #[test]
    fn nothing_shorter_or_longer_is_a_body(body in body()) {
        let bytes = body.encode().unwrap();
        for end in 0..bytes.len() {
            prop_assert!(Body::decode(&bytes.slice(..end)).is_err(), "{end} of {} bytes", bytes.len());
        }
        prop_assert!(Body::decode(&Bytes::from([bytes.as_ref(), &[0]].concat())).is_err());
    }

    #[test]
    fn one_body_has_one_form(body in body(), at: prop::sample::Index, bit in 0..8_u8) {
        let bytes = body.encode().unwrap();
        let mut changed = bytes.to_vec();
        let at = at.index(changed.len());
        changed[at] ^= 1 << bit;
        // Whatever still reads is another body, and is written as just these bytes.
        if let Ok(other) = Body::decode(&Bytes::from(changed.clone())) {
            prop_assert_ne!(&other, &body);
            prop_assert_eq!(other.encode().unwrap(), changed);
        }
    }

    #[test]
    fn a_header_comes_back_as_it_was(position: u64, version: u64, at: i64, index: u32) {
        let position = Position(position);
        let header = Header { position, version, recorded_at: Timestamp(at), index };
        prop_assert_eq!(Header::decode(&header.encode()).unwrap(), header);
    }
}

#[test]
fn two_parts_for_one_subject_are_refused() {
    let part = SealedPart {
        subject: Uuid::from_u128(1),
        epoch: 1,
        algorithm: 1,
        dictionary: 0,
        commitment: [0; 32],
        content: SealedContent::Inline(Bytes::from_static(b"one")),
    };
    let mut body = event(1).body;
    body.sealed = vec![part.clone()];
    assert!(Body::decode(&body.encode().unwrap()).is_ok());
    body.sealed.push(part);
    let error = Body::decode(&body.encode().unwrap()).unwrap_err();
    assert!(error.to_string().contains("two sealed parts for one subject"), "{error}");
}

#[test]
fn a_record_has_a_largest_size() {
    let largest = |payload: usize| {
        let mut body = event(1).body;
        body.payload = Bytes::from(vec![0; payload]);
        body
    };
    let around = Header::LEN + largest(0).encode().unwrap().len();
    let fits = MAX_RECORD_BYTES - around;
    assert!(Draft::new(&largest(fits), |_| OnClash::Fail).is_ok());
    let error = Draft::new(&largest(fits + 1), |_| OnClash::Fail).unwrap_err();
    assert!(matches!(error, LogError::TooLarge { bytes } if bytes == MAX_RECORD_BYTES + 1));
}

#[test]
fn debug_output_names_no_claim_in_full() {
    let text = format!("{:?}", ClaimHash([0xAB; 32]));
    assert_eq!(text, "ClaimHash(abababababababab…)");
}
