//! Closes volumes in the background: sled on one side, plain files on the other.
//!
//! The blocks file and the index are written, synced, read back and compared; then the manifest
//! names them; only then the sled folder goes. A crash between any two steps leaves either a live
//! volume or a closed one, and leftovers that the next open removes. Failing to close is reported
//! and tried again; it never stops the log.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

use crate::closed::{ClosedVolume, Derived, Gathering};
use crate::error::LogError;
use crate::files::{io_error, remove_if_there, sync_folder, write_synced};
use crate::hooks::Step;
use crate::layout::{Layout, parse_name};
use crate::live::LiveVolume;
use crate::manifest::{ClosedEntry, Manifest};
use crate::shared::Shared;
use crate::walk::Walk;

/// Written in pieces of this size, each synced, with a pause as long as it took: one sync of a
/// whole volume would hold up the commits that sync meanwhile.
const PIECE_BYTES: usize = 4 * 1024 * 1024;

/// What the closing thread is told and tells.
#[derive(Default)]
pub(crate) struct Closing {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// There is, or may be, something to close.
    wanted: bool,
    stop: bool,
    /// Why the last attempt failed.
    error: Option<String>,
}

impl Closing {
    /// There is a volume to close.
    pub(crate) fn wake(&self) {
        let mut state = self.state.lock();
        state.wanted = true;
        state.error = None;
        self.changed.notify_all();
    }

    pub(crate) fn stop(&self) {
        self.state.lock().stop = true;
        self.changed.notify_all();
    }

    /// Waits that long, or until the log closes.
    fn pause(&self, time: Duration) {
        let mut state = self.state.lock();
        self.changed.wait_while_for(&mut state, |state| !state.stop, time);
    }

    fn stopped(&self) -> bool {
        self.state.lock().stop
    }

    /// Why the last attempt failed, if it did.
    pub(crate) fn error(&self) -> Option<String> {
        self.state.lock().error.clone()
    }

    /// Waits until nothing is left to close, or an attempt has failed.
    pub(crate) fn settled(&self) -> Option<String> {
        let mut state = self.state.lock();
        while state.wanted && state.error.is_none() && !state.stop {
            self.changed.wait(&mut state);
        }
        state.error.clone()
    }
}

/// The closing thread.
pub(crate) fn run(shared: &Shared) {
    let closing = &shared.closing;
    loop {
        let mut state = closing.state.lock();
        while (!state.wanted || state.error.is_some()) && !state.stop {
            closing.changed.wait(&mut state);
        }
        if state.stop {
            return;
        }
        drop(state);
        let closed = close_oldest(shared);
        let mut state = closing.state.lock();
        match closed {
            Ok(()) => state.wanted = shared.volumes().live.len() > 1,
            Err(_) if state.stop => {}
            Err(error) => {
                tracing::error!(%error, "could not close a volume; it stays live");
                state.error = Some(error.to_string());
            }
        }
        closing.changed.notify_all();
    }
}

/// Closes the oldest live volume that is not active, if there is one.
fn close_oldest(shared: &Shared) -> Result<(), LogError> {
    let volumes = shared.volumes();
    let [oldest, _, ..] = volumes.live.as_slice() else { return Ok(()) };
    let oldest = Arc::clone(oldest);
    drop(volumes);
    let written = write_files(shared, &oldest);
    let checked = written.and_then(|entry| entry.map(|entry| verify(shared, entry)).transpose());
    if checked.is_err() {
        // Half a volume must not keep the space that a full disk needs.
        remove_files(&shared.layout, oldest.number)?;
    }
    let Some((entry, closed)) = checked? else { return Ok(()) };
    let mut manifest = shared.manifest.lock();
    let next =
        Manifest { closed: manifest.closed.iter().cloned().chain([entry]).collect(), ..*manifest };
    let path = shared.layout.manifest();
    shared.options.hooks.before(Step::WriteManifest).map_err(io_error("write", &path))?;
    next.write(&path)?;
    *manifest = next;
    drop(manifest);
    shared.change_volumes(|volumes| {
        volumes.closed.push(Arc::new(closed));
        volumes.live.retain(|volume| volume.number != oldest.number);
    });
    let folder = shared.layout.sled(oldest.number);
    shared.options.hooks.before(Step::RemoveSled).map_err(io_error("remove", &folder))?;
    oldest.sled.retire();
    // So that this thread, and not a reader or the writer, is the one that removes the folder. A
    // reader that keeps its view of the log for long does it in the end.
    for _ in 0..200 {
        if Arc::strong_count(&oldest) == 1 {
            break;
        }
        shared.closing.pause(Duration::from_millis(5));
    }
    Ok(())
}

/// Writes both files, synced, under their final names: the manifest decides whether they count.
/// `None` if the log is being shut meanwhile.
fn write_files(shared: &Shared, volume: &LiveVolume) -> Result<Option<ClosedEntry>, LogError> {
    let Shared { layout, options, .. } = shared;
    let path = layout.blocks(volume.number);
    options.hooks.before(Step::WriteBlocks).map_err(io_error("write", &path))?;
    let mut file = File::create(&path).map_err(io_error("create", &path))?;
    let mut gathering = Gathering::new(Walk::new(shared.id, 0, volume.start.clone()));
    let (mut unsynced, mut began) = (0, Instant::now());
    for block in volume.sled.blocks()? {
        if shared.closing.stopped() {
            return Ok(None);
        }
        let stored = block?.stored;
        gathering.pass(&stored)?;
        file.write_all(&stored).map_err(io_error("write", &path))?;
        unsynced += stored.len();
        if unsynced >= PIECE_BYTES {
            file.sync_data().map_err(io_error("sync", &path))?;
            unsynced = 0;
            shared.closing.pause(began.elapsed());
            began = Instant::now();
        }
    }
    file.sync_all().map_err(io_error("sync", &path))?;
    let Derived { walk, bytes, sha256, index_bytes } = gathering.finish(Some(&volume.index.read()));
    let path = layout.index(volume.number);
    options.hooks.before(Step::WriteIndex).map_err(io_error("write", &path))?;
    write_synced(&path, &index_bytes)?;
    sync_folder(&layout.volumes())?;
    let (start, end) = (volume.start.clone(), walk.at);
    Ok(Some(ClosedEntry { number: volume.number, start, end, bytes, sha256 }))
}

/// Reads back from the disk what was written and derives everything again.
fn verify(shared: &Shared, entry: ClosedEntry) -> Result<(ClosedEntry, ClosedVolume), LogError> {
    let Shared { layout, options, .. } = shared;
    let path = layout.blocks(entry.number);
    options.hooks.before(Step::VerifyClosed).map_err(io_error("verify", &path))?;
    forget_cached(&path)?;
    let closed = ClosedVolume::open(layout, (shared.id, 0), entry.clone())?;
    let derived = closed.derive()?;
    let path = layout.index(entry.number);
    forget_cached(&path)?;
    let written = fs::read(&path).map_err(io_error("read", &path))?;
    if written != derived.index_bytes {
        let at = entry.start.position.next();
        return Err(LogError::corrupt_at("an index that differs from its blocks", at));
    }
    Ok((entry, closed))
}

fn remove_files(layout: &Layout, number: u32) -> Result<(), LogError> {
    remove_if_there(&layout.blocks(number))?;
    remove_if_there(&layout.index(number))
}

/// Asks the system to drop its copy, so that reading shows what the disk has.
fn forget_cached(path: &Path) -> Result<(), LogError> {
    let file = File::open(path).map_err(io_error("open", path))?;
    // Advice: a file system may not follow it, and nothing depends on it.
    let _followed = rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed);
    Ok(())
}

/// Removes what an unfinished closing or creation left behind.
pub(crate) fn remove_leftovers(layout: &Layout, manifest: &Manifest) -> Result<(), LogError> {
    let closed = u32::try_from(manifest.closed.len()).unwrap_or(u32::MAX);
    let folder = layout.volumes();
    for entry in fs::read_dir(&folder).map_err(io_error("list", &folder))? {
        let path = entry.map_err(io_error("list", &folder))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).and_then(parse_name);
        match name {
            Some((_, "sled-new")) => {
                fs::remove_dir_all(&path).map_err(io_error("remove", &path))?;
            }
            Some((number, "sled")) if number <= closed => {
                fs::remove_dir_all(&path).map_err(io_error("remove", &path))?;
            }
            Some((number, "blocks" | "index" | "new")) if number > closed => {
                fs::remove_file(&path).map_err(io_error("remove", &path))?;
            }
            _ => {}
        }
    }
    Ok(())
}
