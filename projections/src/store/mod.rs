//! Where the rows of one read model lie: an ordered map of bytes.
//!
//! Owns the layout of keys and rows. A store is derived and can be thrown away: what it loses is
//! folded again from the log. It needs no journal and no transaction, only syncs that are whole.

mod codec;
mod disk;
pub(crate) mod keys;
mod memory;

use std::path::PathBuf;

pub use codec::{Stored, decode_row, encode_row};
pub use disk::{Disk, DiskStore};
pub use memory::MemoryStore;

/// A key and what lies under it.
pub type Entry = (Vec<u8>, Vec<u8>);

/// Which way a range is walked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Walk {
    /// Smallest key first.
    Forward,
    /// Largest key first.
    Backward,
}

/// An ordered map of bytes. One thread puts, removes and syncs; any may read, and sees what was put
/// at once.
///
/// A sync is whole: opened again after a crash, a store holds everything that was put before some
/// sync, and nothing that was put after it.
pub trait Store: Send + Sync {
    /// What lies under a key.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Puts a value, replacing what was there.
    fn put(&self, key: &[u8], value: &[u8]);

    /// Takes a key away; it is no error if it is not there.
    fn remove(&self, key: &[u8]);

    /// At most `limit` entries whose keys begin with `prefix`, beyond `after` in the walk's
    /// direction (`after` itself excluded).
    fn entries(
        &self,
        prefix: &[u8],
        after: Option<&[u8]>,
        walk: Walk,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError>;

    /// Bytes of memory that what was put since the last sync takes.
    fn unsynced(&self) -> u64;

    /// Makes everything put so far survive a power cut.
    fn sync(&self) -> Result<(), StoreError>;

    /// The same, without waiting for it. What went wrong with an earlier one is told here.
    fn sync_soon(&self) -> Result<(), StoreError>;

    /// Nobody needs it any more: what it has on the disk is removed when its last reader is done.
    fn give_up(&self);

    /// Bytes on the disk; 0 if there is none.
    fn bytes(&self) -> u64;
}

/// A read model that cannot be read or written. It is derived: a rebuild puts it right.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Somebody else has it open.
    #[error("the read model at {path} is open in another process")]
    InUse {
        /// Where.
        path: PathBuf,
    },
    /// Its files are not what was written.
    #[error("the read model at {path} is damaged; rebuild it")]
    Damaged {
        /// Where.
        path: PathBuf,
        /// What was found, if it was found before anything broke down.
        #[source]
        source: Option<lsm_tree::Error>,
    },
    /// The operating system refused.
    #[error("could not {action} {path}")]
    Io {
        /// What was attempted.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// A row or an entry that is not what this code writes.
    #[error("a read model holds {what}; rebuild it")]
    Unreadable {
        /// What was found.
        what: &'static str,
    },
}

/// Past the last key that begins with `prefix`; none if there is no such key.
pub(crate) fn end_of(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if let Some(next) = last.checked_add(1) {
            end.push(next);
            return Some(end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both() -> Vec<(Box<dyn Store>, Option<tempfile::TempDir>)> {
        let dir = tempfile::tempdir().unwrap();
        let disk = DiskStore::open(&dir.path().join("db"), &Disk::default()).unwrap();
        vec![(Box::new(MemoryStore::default()), None), (Box::new(disk), Some(dir))]
    }

    #[test]
    fn walks_a_prefix_both_ways_and_goes_on_after_a_key() {
        for (store, _dir) in both() {
            for key in [b"a1", b"b1", b"b2", b"b3", b"c1"] {
                store.put(key, b"x");
            }
            let keys = |after: Option<&[u8]>, walk, limit| -> Vec<String> {
                let found = store.entries(b"b", after, walk, limit).unwrap();
                found.into_iter().map(|(key, _)| String::from_utf8(key).unwrap()).collect()
            };
            assert_eq!(keys(None, Walk::Forward, 9), ["b1", "b2", "b3"]);
            assert_eq!(keys(None, Walk::Backward, 2), ["b3", "b2"]);
            assert_eq!(keys(Some(b"b1"), Walk::Forward, 9), ["b2", "b3"]);
            assert_eq!(keys(Some(b"b3"), Walk::Backward, 9), ["b2", "b1"]);
            assert_eq!(keys(Some(b"b3"), Walk::Forward, 9), Vec::<String>::new());
            // A token of another list never leads out of the prefix.
            assert_eq!(keys(Some(b"a0"), Walk::Forward, 9), ["b1", "b2", "b3"]);
            assert_eq!(keys(Some(b"c9"), Walk::Forward, 9), Vec::<String>::new());
            assert_eq!(keys(Some(b"a0"), Walk::Backward, 9), Vec::<String>::new());
            store.remove(b"b2");
            assert_eq!(keys(None, Walk::Forward, 9), ["b1", "b3"]);
        }
    }

    #[test]
    fn the_end_of_a_prefix_is_past_all_its_keys() {
        assert_eq!(end_of(b"ab"), Some(b"ac".to_vec()));
        assert_eq!(end_of(&[1, 0xff]), Some(vec![2]));
        assert_eq!(end_of(&[0xff, 0xff]), None);
    }
}
