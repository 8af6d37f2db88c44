//! One pass over all events: dense, readable, sealed parts that open, claims held by who took them.

use std::collections::{HashMap, HashSet};

use convolog_domain::{Event, StreamKind, media};
use convolog_engine::{Engine, Recorded};
use convolog_log::{ClaimAction, ClaimHash, Filter, LogError, Position, SealedContent, SealedPart};
use convolog_vault::{KeyState, Opened};
use uuid::Uuid;

use super::VerifyError;
use super::report::{EventPart, VaultPart};
use crate::reading::each;

/// How many events pass between two words about progress.
const TELL_EVERY: u64 = 1_000;

/// What the pass found.
pub(super) struct Found {
    pub(super) events: EventPart,
    pub(super) vault: VaultPart,
    pub(super) blobs: HashSet<([u8; 32], u64)>,
}

pub(super) fn check(
    engine: &Engine,
    head: Position,
    progress: &mut dyn FnMut(Position),
) -> Result<Found, VerifyError> {
    let status = engine.vault().status();
    let vault =
        VaultPart { generation: status.generation, epoch: status.epoch, ..VaultPart::default() };
    let found = Found { events: EventPart::default(), vault, blobs: HashSet::new() };
    let mut pass = Pass {
        engine,
        found,
        next: Position::START.next(),
        held: HashMap::new(),
        files: HashMap::new(),
    };
    each::<VerifyError>(&**engine.log(), (Position::START, head), &Filter::default(), |record| {
        let position = record.header.position;
        pass.at(position);
        match Recorded::read(record) {
            Ok(event) => pass.event(&event),
            Err(error) => pass.found.events.wrong(&error),
        }
        if position == head || position.0.is_multiple_of(TELL_EVERY) {
            progress(position);
        }
        Ok(())
    })?;
    pass.end(head)?;
    Ok(pass.found)
}

struct Pass<'e> {
    engine: &'e Engine,
    found: Found,
    next: Position,
    held: HashMap<ClaimHash, Position>,
    /// The files of the business that were not removed.
    files: HashMap<Uuid, Vec<([u8; 32], u64)>>,
}

impl Pass<'_> {
    fn at(&mut self, position: Position) {
        if position != self.next {
            self.found.events.wrong(&format!("position {} is missing", self.next));
        }
        self.next = position.next();
    }

    fn event(&mut self, event: &Recorded) {
        self.found.events.read += 1;
        for claim in &event.claims {
            match claim.action {
                ClaimAction::Hold => self.held.insert(claim.hash, event.position),
                ClaimAction::Release => self.held.remove(&claim.hash),
            };
        }
        self.files(event);
        for part in &event.sealed {
            if let SealedContent::Blob(blob) = &part.content {
                self.found.blobs.insert((blob.hash, blob.len));
            }
            self.sealed(event, part);
        }
        for subject in event.erased_subjects() {
            let workspace = event.workspace().0;
            if self.engine.vault().key_state(workspace, subject.0) == KeyState::Erased {
                self.found.vault.erasures += 1;
            } else {
                self.found.vault.wrong(&format!(
                    "the erasure at position {} was not carried out; use `convolog keys restore`, \
                     which applies every erasure of the log",
                    event.position
                ));
            }
        }
    }

    /// Files may be gone once nobody can open them, or the business took them away.
    fn files(&mut self, event: &Recorded) {
        if let Event::Media(media::Event::MediaRemoved(_)) = &event.event {
            for blob in self.files.remove(&event.stream.id).unwrap_or_default() {
                self.found.blobs.remove(&blob);
            }
            return;
        }
        let workspace = event.workspace().0;
        let erased = |part: &SealedPart| {
            self.engine.vault().key_state(workspace, part.subject) == KeyState::Erased
        };
        if event.blobs.is_empty() || event.sealed.iter().any(erased) {
            return;
        }
        let blobs: Vec<_> = event.blobs.iter().map(|blob| (blob.hash, blob.len)).collect();
        self.found.blobs.extend(&blobs);
        if event.stream.kind == StreamKind::Media {
            self.files.insert(event.stream.id, blobs);
        }
    }

    fn sealed(&mut self, event: &Recorded, part: &SealedPart) {
        let opened = self.engine.unseal(event.workspace().0, event.event_id, part);
        let vault = &mut self.found.vault;
        let Ok(opened) = opened else {
            // Counted and named with the blobs.
            vault.corrupt += 1;
            return;
        };
        match opened {
            Opened::Plain(_) => vault.opened += 1,
            Opened::Erased => vault.erased += 1,
            Opened::Unknown => {
                vault.unknown_key += 1;
                // A loss that was accepted when the vault was restored is known.
                if self.engine.vault().status().lost == 0 {
                    vault.wrong(&format!(
                        "the vault has no key for a part of position {}",
                        event.position
                    ));
                }
            }
            Opened::Corrupt(why) => {
                vault.corrupt += 1;
                vault.wrong(&format!("a part of position {}: {why}", event.position));
            }
        }
    }

    fn end(&mut self, head: Position) -> Result<(), LogError> {
        if self.next != head.next() {
            self.found.events.wrong(&format!("the log ends at {}, not at {head}", self.next.0 - 1));
        }
        for (claim, position) in &self.held {
            let holder = self.engine.log().holder(claim)?;
            // A claim may have been given back and taken again by what came in meanwhile.
            let known =
                holder.is_some_and(|holder| holder.position == *position || holder.position > head);
            if known {
                self.found.events.claims_held += 1;
            } else {
                self.found
                    .events
                    .wrong(&format!("the claim that position {position} took is not held by it"));
            }
        }
        Ok(())
    }
}

impl EventPart {
    fn wrong(&mut self, what: &dyn std::fmt::Display) {
        self.problem.get_or_insert_with(|| what.to_string());
    }
}

impl VaultPart {
    fn wrong(&mut self, what: &dyn std::fmt::Display) {
        self.problem.get_or_insert_with(|| what.to_string());
    }
}
