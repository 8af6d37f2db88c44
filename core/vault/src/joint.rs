//! Joint subjects: one sealed part about several people, readable while none of them is erased.
//!
//! A fragment may name two people and cannot be cut in two. Its key is made from the keys of all of
//! them and is stored nowhere, so erasing the first erases the part. The id is a keyed hash of the
//! members.

use std::sync::Arc;

use hkdf::Hkdf;
use sha2::Sha256;
use uuid::{Builder, Uuid};
use zeroize::Zeroizing;

use crate::entry::{Entry, MAX_MEMBERS};
use crate::error::VaultError;
use crate::key::{KEY_LEN, Key};
use crate::quarantine::day_of;
use crate::vault::Vault;

/// HKDF over the keys of all members, in the order of their ids.
pub(crate) fn joint_key(keys: &[&Key]) -> Result<Key, VaultError> {
    let mut together = Zeroizing::new(Vec::with_capacity(keys.len() * KEY_LEN));
    for key in keys {
        together.extend_from_slice(key.bytes());
    }
    let mut out = Zeroizing::new([0; KEY_LEN]);
    Hkdf::<Sha256>::new(Some(b"convolog/joint/1"), &together)
        .expand(&[], out.as_mut())
        .map_err(|_| VaultError::Crypto { action: "derive a joint key" })?;
    Ok(Key::new(*out))
}

impl Vault {
    /// The subject for what concerns all of `members` (people of one workspace) at once; the same
    /// for the same members in any order. One member is that subject itself. Makes the keys that
    /// are missing; refuses members who were erased, nobody at all, and more than 1,000.
    pub fn joint_subject(&self, workspace: Uuid, members: &[Uuid]) -> Result<Uuid, VaultError> {
        let mut sorted = members.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        if let [one] = sorted.as_slice() {
            self.ensure_subject(workspace, *one)?;
            return Ok(*one);
        }
        if sorted.len() > MAX_MEMBERS {
            let (bytes, limit) = (sorted.len() * 16, MAX_MEMBERS * 16);
            return Err(VaultError::TooLarge {
                what: "the members of a joint subject",
                bytes,
                limit,
            });
        }
        if sorted.is_empty() {
            // A key made of no keys would be known to everybody.
            return Err(VaultError::Unknown { subject: Uuid::nil() });
        }
        for &member in &sorted {
            let joint = self.shared.state.read().joints.contains_key(&(workspace, member));
            if joint || day_of(member).is_some() {
                return Err(VaultError::Unknown { subject: member });
            }
            self.ensure_subject(workspace, member)?;
        }
        let parts: Vec<&[u8]> = sorted.iter().map(|m| m.as_bytes().as_slice()).collect();
        let mac = self.workspace_key(workspace)?.mac("convolog/joint/1", &parts);
        let front = mac.first_chunk().copied().unwrap_or_default();
        let id = Builder::from_custom_bytes(front).into_uuid();
        self.shared.find_or_stage(
            |state| {
                if state.is_erased(workspace, id) {
                    return Err(VaultError::Erased { subject: id });
                }
                Ok(state.joints.contains_key(&(workspace, id)).then_some(id))
            },
            || (Entry::Joint { workspace, id, members: Arc::from(sorted) }, id),
        )
    }
}
