//! Old payloads to the current schema, step by step, at read time. The log is never rewritten.

use crate::catalogue::EventType;

/// One step: the type, the schema version it starts from, and what it does to the payload.
struct Step {
    code: u16,
    from: u16,
    to_next: fn(&[u8]) -> Result<Vec<u8>, rmp_serde::decode::Error>,
}

/// Every step there is. Each has a fixture of the old bytes in its test.
const STEPS: &[Step] = &[];

/// The payload in the schema that this code knows.
pub(crate) fn to_current(
    row: EventType,
    schema: u16,
    payload: &[u8],
) -> Result<std::borrow::Cow<'_, [u8]>, rmp_serde::decode::Error> {
    walk(STEPS, row, schema, payload)
}

fn walk<'a>(
    steps: &[Step],
    row: EventType,
    schema: u16,
    payload: &'a [u8],
) -> Result<std::borrow::Cow<'a, [u8]>, rmp_serde::decode::Error> {
    let mut bytes = std::borrow::Cow::Borrowed(payload);
    for from in schema..row.schema {
        if let Some(step) = steps.iter().find(|s| s.code == row.code && s.from == from) {
            bytes = std::borrow::Cow::Owned((step.to_next)(&bytes)?);
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::event::StreamKind;

    #[derive(Serialize, Deserialize)]
    struct V1 {
        name: String,
    }
    #[derive(Serialize, Deserialize)]
    struct V2 {
        title: String,
    }
    #[derive(Serialize, Deserialize, PartialEq, Debug)]
    struct V3 {
        title: String,
        words: usize,
    }

    const TWO_STEPS: &[Step] = &[
        Step {
            code: 1,
            from: 1,
            to_next: |b| {
                rmp_serde::from_slice::<V1>(b)
                    .map(|old| rmp_serde::to_vec_named(&V2 { title: old.name }).unwrap())
            },
        },
        Step {
            code: 1,
            from: 2,
            to_next: |b| {
                rmp_serde::from_slice::<V2>(b).map(|old| {
                    let words = old.title.split(' ').count();
                    rmp_serde::to_vec_named(&V3 { title: old.title, words }).unwrap()
                })
            },
        },
    ];

    #[test]
    fn an_old_payload_walks_every_step() {
        let row = EventType {
            code: 1,
            name: "t",
            schema: 3,
            kind: StreamKind::Workspace,
            seals: &[],
            made_by: &[],
        };
        let old = rmp_serde::to_vec_named(&V1 { name: "two words".into() }).unwrap();
        let new = walk(TWO_STEPS, row, 1, &old).unwrap();
        let read: V3 = rmp_serde::from_slice(&new).unwrap();
        assert_eq!(read, V3 { title: "two words".into(), words: 2 });
    }

    #[test]
    fn a_current_payload_is_not_copied() {
        let row = EventType {
            code: 1,
            name: "t",
            schema: 3,
            kind: StreamKind::Workspace,
            seals: &[],
            made_by: &[],
        };
        assert!(matches!(walk(TWO_STEPS, row, 3, b"x").unwrap(), std::borrow::Cow::Borrowed(b"x")));
    }
}
