//! One entry of the vault file as bytes: format 1.
//!
//! A kind byte and fixed fields, big-endian; decoding is strict. Entries are what the file encrypts
//! one by one, and what [`crate::state::State`] is folded from: a later entry replaces an earlier
//! one of the same name.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::key::Key;

/// The longest secret, so that an entry stays small.
pub(crate) const MAX_SECRET_BYTES: usize = 16 * 1024;

/// The most subjects of one joint subject; a post of 1,000 updates names no more.
pub(crate) const MAX_MEMBERS: usize = 1_000;

/// When and under which name a subject was erased.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ErasedMark {
    /// Seconds since 1970.
    pub(crate) at: i64,
    /// The generation of the vault that no longer has the key.
    pub(crate) generation: u64,
    /// The epoch that began with it.
    pub(crate) epoch: u32,
}

/// One thing that the vault keeps.
#[derive(Clone, Debug)]
pub(crate) enum Entry {
    /// The hashing key of a workspace.
    Workspace { workspace: Uuid, key: Arc<Key> },
    /// The sealing key of a subject.
    Subject { workspace: Uuid, subject: Uuid, key: Arc<Key> },
    /// The token that stands for an identity value.
    Identity { workspace: Uuid, kind: u8, hash: [u8; 32], token: Uuid, subject: Uuid },
    /// A token, app secret or signing secret.
    Secret { workspace: Uuid, id: Uuid, value: Arc<SecretString> },
    /// Refuses redeliveries about somebody who was erased.
    Tombstone { workspace: Uuid, hash: [u8; 32], erased_at: i64, expires: i64 },
    /// The sealing key of one day of a quarantine.
    Day { owner: Uuid, day: u32, key: Arc<Key> },
    /// The subject never gets a key again.
    Erased { workspace: Uuid, subject: Uuid, mark: ErasedMark },
    /// Day keys before this day never exist again.
    DaysDestroyed { before: u32 },
    /// The key was lost in a restore, with consent; a new one may be made. The nil subject stands
    /// for the hashing key of the workspace.
    Lost { workspace: Uuid, subject: Uuid },
    /// Several subjects whose keys together make one.
    Joint { workspace: Uuid, id: Uuid, members: Arc<[Uuid]> },
}

impl Entry {
    /// The plaintext form, wiped when dropped.
    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Zeroizing::new(Vec::with_capacity(128));
        let mut put = |parts: &[&[u8]]| {
            let len = parts.iter().map(|part| part.len()).sum();
            // Growing would leave an unwiped copy behind.
            out.reserve_exact(len);
            for part in parts {
                out.extend_from_slice(part);
            }
        };
        match self {
            Self::Workspace { workspace, key } => put(&[&[1], workspace.as_bytes(), key.bytes()]),
            Self::Subject { workspace, subject, key } => {
                put(&[&[2], workspace.as_bytes(), subject.as_bytes(), key.bytes()]);
            }
            Self::Identity { workspace, kind, hash, token, subject } => put(&[
                &[3],
                workspace.as_bytes(),
                &[*kind],
                hash,
                token.as_bytes(),
                subject.as_bytes(),
            ]),
            Self::Secret { workspace, id, value } => {
                put(&[&[4], workspace.as_bytes(), id.as_bytes(), value.expose_secret().as_bytes()]);
            }
            Self::Tombstone { workspace, hash, erased_at, expires } => put(&[
                &[5],
                workspace.as_bytes(),
                hash,
                &erased_at.to_be_bytes(),
                &expires.to_be_bytes(),
            ]),
            Self::Day { owner, day, key } => {
                put(&[&[6], owner.as_bytes(), &day.to_be_bytes(), key.bytes()]);
            }
            Self::Erased { workspace, subject, mark } => put(&[
                &[7],
                workspace.as_bytes(),
                subject.as_bytes(),
                &mark.at.to_be_bytes(),
                &mark.generation.to_be_bytes(),
                &mark.epoch.to_be_bytes(),
            ]),
            Self::DaysDestroyed { before } => put(&[&[8], &before.to_be_bytes()]),
            Self::Lost { workspace, subject } => {
                put(&[&[9], workspace.as_bytes(), subject.as_bytes()]);
            }
            Self::Joint { workspace, id, members } => {
                let members: Vec<u8> = members.iter().flat_map(|m| *m.as_bytes()).collect();
                put(&[&[10], workspace.as_bytes(), id.as_bytes(), &members]);
            }
        }
        out
    }

    /// Reads exactly one entry; `None` for anything else.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut r = Fields(bytes);
        let [kind] = r.take()?;
        let entry = match kind {
            1 => Self::Workspace { workspace: r.uuid()?, key: r.key()? },
            2 => Self::Subject { workspace: r.uuid()?, subject: r.uuid()?, key: r.key()? },
            3 => Self::Identity {
                workspace: r.uuid()?,
                kind: r.take::<1>()?[0],
                hash: r.take()?,
                token: r.uuid()?,
                subject: r.uuid()?,
            },
            4 => {
                let (workspace, id) = (r.uuid()?, r.uuid()?);
                let text = std::str::from_utf8(std::mem::take(&mut r.0)).ok()?;
                Self::Secret { workspace, id, value: Arc::new(SecretString::from(text)) }
            }
            5 => Self::Tombstone {
                workspace: r.uuid()?,
                hash: r.take()?,
                erased_at: i64::from_be_bytes(r.take()?),
                expires: i64::from_be_bytes(r.take()?),
            },
            6 => {
                let (owner, day) = (r.uuid()?, u32::from_be_bytes(r.take()?));
                Self::Day { owner, day, key: r.key()? }
            }
            7 => Self::Erased {
                workspace: r.uuid()?,
                subject: r.uuid()?,
                mark: ErasedMark {
                    at: i64::from_be_bytes(r.take()?),
                    generation: u64::from_be_bytes(r.take()?),
                    epoch: u32::from_be_bytes(r.take()?),
                },
            },
            8 => Self::DaysDestroyed { before: u32::from_be_bytes(r.take()?) },
            9 => Self::Lost { workspace: r.uuid()?, subject: r.uuid()? },
            10 => {
                let (workspace, id) = (r.uuid()?, r.uuid()?);
                let mut members = Vec::with_capacity(r.0.len() / 16);
                while !r.0.is_empty() {
                    members.push(r.uuid()?);
                }
                Self::Joint { workspace, id, members: members.into() }
            }
            _ => return None,
        };
        r.0.is_empty().then_some(entry)
    }
}

/// Fixed-width fields off the front of a slice.
pub(crate) struct Fields<'a>(pub(crate) &'a [u8]);

impl<'a> Fields<'a> {
    pub(crate) fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (front, rest): (&'a [u8; N], _) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*front)
    }

    pub(crate) fn uuid(&mut self) -> Option<Uuid> {
        self.take().map(Uuid::from_bytes)
    }

    fn key(&mut self) -> Option<Arc<Key>> {
        let bytes = Zeroizing::new(self.take()?);
        Some(Arc::new(Key::new(*bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_survives_and_nothing_more_is_read() {
        let (a, b, c) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let key = Key::random();
        let mark = ErasedMark { at: -5, generation: 9, epoch: 2 };
        let entries = [
            Entry::Workspace { workspace: a, key: key.clone() },
            Entry::Subject { workspace: a, subject: b, key: key.clone() },
            Entry::Identity { workspace: a, kind: 4, hash: [8; 32], token: c, subject: b },
            Entry::Secret { workspace: a, id: b, value: Arc::new(SecretString::from("EAAG…")) },
            Entry::Tombstone { workspace: a, hash: [8; 32], erased_at: 3, expires: 4 },
            Entry::Day { owner: a, day: 20_000, key },
            Entry::Erased { workspace: a, subject: b, mark },
            Entry::DaysDestroyed { before: 20_001 },
            Entry::Lost { workspace: a, subject: b },
            Entry::Joint { workspace: a, id: b, members: [a, c].into() },
        ];
        for entry in entries {
            let bytes = entry.encode();
            assert_eq!(*Entry::decode(&bytes).unwrap().encode(), *bytes);
            if !matches!(entry, Entry::Secret { .. }) {
                let longer = [&bytes[..], &[0]].concat();
                assert!(Entry::decode(&longer).is_none());
                assert!(Entry::decode(&bytes[..bytes.len() - 1]).is_none());
            }
        }
        assert!(Entry::decode(&[99]).is_none());
        assert!(Entry::decode(&[]).is_none());
    }
}
