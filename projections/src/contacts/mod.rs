//! The read model `contacts`: who writes to a workspace, one row each.
//!
//! Identities are random tokens here, names are positions of sealed events.

mod known;
mod query;

use std::collections::{BTreeMap, BTreeSet};

use convolog_domain::contact::{Event as Learned, IdentityKind, PreferenceScope, PreferenceSource};
use convolog_domain::{ActorKind, ContactId, Event, StreamKind, Token, WorkspaceId};
use convolog_engine::Recorded;
use convolog_log::{Position, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::past::OneStream;
use crate::store::keys::Key;

pub use query::ContactQuery;

/// By creation: (workspace, position).
const BY_CREATION: u8 = 0x10;
/// By identity: (workspace, token, contact).
const BY_TOKEN: u8 = 0x11;
/// Those who opted out, by creation: (workspace, scope, position).
const BY_STOP: u8 = 0x12;

/// One identity of a contact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Identity {
    /// The event that holds its sealed value.
    pub position: Option<Position>,
    /// When the platform last said that they changed to it (seconds since 1970).
    pub since: Option<i64>,
    /// When the platform last said that they changed away from it (seconds since 1970).
    pub until: Option<i64>,
}

impl Identity {
    /// Whether they still go by it.
    pub fn current(&self) -> bool {
        self.until.is_none() || self.since >= self.until
    }
}

/// The newest name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Profile {
    /// The platform's time of the message it came with (seconds since 1970).
    pub at: i64,
    /// Its keyed fingerprint: of two names of one second, the same one wins in any order.
    pub fingerprint: u64,
    /// The event that holds the sealed name.
    pub position: Position,
}

/// When and on whose word personal data was erased.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Erased {
    /// The event.
    pub position: Position,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who answers for it: a person, a key, or the administrator.
    pub by: (ActorKind, Uuid),
}

/// A legal hold that stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Hold {
    /// The event, which holds the sealed note.
    pub position: Position,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who answers for it.
    pub by: (ActorKind, Uuid),
    /// Why.
    pub reason: String,
}

/// Something that is not sent to them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stopped {
    /// Since when (seconds since 1970).
    pub since: i64,
    /// How it became known.
    pub source: PreferenceSource,
    /// The event, which may hold a sealed note.
    pub position: Position,
}

/// One contact.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ContactRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which one.
    pub id: ContactId,
    /// Where and when they became known; a row without it is not shown.
    pub created: Option<(Position, Timestamp)>,
    /// Every identity they were ever known by.
    pub identities: BTreeMap<(IdentityKind, Token), Identity>,
    /// The newest name.
    pub profile: Option<Profile>,
    /// The contact that goes on for this one.
    pub merged_into: Option<ContactId>,
    /// The contacts for which this one goes on.
    pub absorbed: BTreeSet<ContactId>,
    /// Their data was erased.
    pub erased: Option<Erased>,
    /// The legal hold that stands.
    pub hold: Option<Hold>,
    /// What is not sent to them, as far as this contact alone says.
    pub stopped: BTreeMap<PreferenceScope, Stopped>,
}

impl ContactRow {
    /// The key of a contact's row.
    pub fn key(workspace: WorkspaceId, id: ContactId) -> RowKey {
        Key::part().uuid(workspace.0).uuid(id.0).done()
    }

    /// The identity of a kind that they go by now: of several the one they changed to last, then
    /// the one heard of last.
    pub fn identity(&self, kind: IdentityKind) -> Option<(Token, Identity)> {
        let of_kind = self.identities.iter().filter(|((of, _), _)| *of == kind);
        of_kind
            .filter(|(_, identity)| identity.position.is_some())
            .max_by_key(|((_, token), identity)| {
                (identity.current(), identity.since, identity.position, *token)
            })
            .map(|((_, token), identity)| (*token, *identity))
    }

    fn learn(&mut self, learned: &Learned, event: &Recorded) {
        match learned {
            Learned::ContactCreated(_) => {
                self.created = self.created.or(Some((event.position, event.at)));
            }
            Learned::IdentityAdded(added) => {
                let identity = self.identities.entry((added.kind, added.token)).or_default();
                identity.position = identity.position.or(Some(event.position));
            }
            Learned::ProfileSeen(seen) => {
                let (at, fingerprint) = (seen.at, seen.fingerprint);
                if self
                    .profile
                    .is_none_or(|known| (known.at, known.fingerprint) < (at, fingerprint))
                {
                    self.profile = Some(Profile { at, fingerprint, position: event.position });
                }
            }
            Learned::IdentityChanged(changed) => {
                let new = self.identities.entry((changed.kind, changed.new)).or_default();
                new.since = new.since.max(Some(changed.at));
                // Its value stands here too: the event that added it may stand in a contact that
                // was merged into this one.
                let told = (!event.sealed.is_empty()).then_some(event.position);
                new.position = new.position.or(told);
                // It holds the value as well: the contact that had it first may have been merged.
                new.position = new.position.or(Some(event.position));
                if let Some(old) = changed.old {
                    let old = self.identities.entry((changed.kind, old)).or_default();
                    old.until = old.until.max(Some(changed.at));
                }
            }
            // Decisions need to know it, readers do not: both identities have events of their own.
            Learned::IdentitiesSeenTogether(_) => {}
            Learned::ContactAbsorbed(absorbed) => drop(self.absorbed.insert(absorbed.other)),
            Learned::ContactReleased(released) => drop(self.absorbed.remove(&released.other)),
            Learned::ContactMerged(merged) => self.merged_into = Some(merged.into),
            Learned::ContactUnmerged(_) => self.merged_into = None,
            Learned::PersonalDataErased(_) => {
                let (position, at, by) = (event.position, event.at, event.actor.answerable());
                self.erased = self.erased.or(Some(Erased { position, at, by }));
            }
            Learned::LegalHoldPlaced(placed) => {
                let (position, at, by) = (event.position, event.at, event.actor.answerable());
                self.hold = Some(Hold { position, at, by, reason: placed.reason.clone() });
            }
            Learned::LegalHoldReleased(_) => self.hold = None,
            Learned::OptedOut(out) => {
                let (since, source, position) = (out.at, out.source, event.position);
                self.stopped.insert(out.scope, Stopped { since, source, position });
            }
            Learned::OptedIn(back) => {
                self.stopped.remove(&PreferenceScope::Marketing);
                if back.scope == PreferenceScope::All {
                    self.stopped.remove(&PreferenceScope::All);
                }
            }
        }
    }
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Contacts;

impl ReadModel for Contacts {
    const NAME: &'static str = "contacts";
    const VERSION: u32 = 3;
    const FORMAT: u8 = 3;
    const KINDS: &'static [StreamKind] = &[StreamKind::Contact];
    type Row = ContactRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        keys.push(ContactRow::key(event.workspace(), ContactId(event.stream.id)));
    }

    fn fold(row: &mut ContactRow, event: &Recorded) -> Result<(), FoldError> {
        let Event::Contact(learned) = &event.event else {
            return Err(FoldError("an event of another kind in a contact".into()));
        };
        row.workspace = event.workspace();
        row.id = ContactId(event.stream.id);
        row.learn(learned, event);
        Ok(())
    }

    fn index(_: &RowKey, row: &ContactRow, entries: &mut Vec<IndexKey>) {
        let Some((position, _)) = row.created else { return };
        entries.push(Key::of(BY_CREATION).uuid(row.workspace.0).u64(position.0).done());
        // Who stopped everything stopped marketing as well.
        let scopes = PreferenceScope::ALL.into_iter();
        let stopped = scopes.filter(|scope| row.stopped.keys().any(|stopped| stopped >= scope));
        entries.extend(stopped.map(|scope| {
            Key::of(BY_STOP).uuid(row.workspace.0).u8(scope.code()).u64(position.0).done()
        }));
        // Nobody is found any more by what was erased.
        if row.erased.is_none() {
            entries.extend(row.identities.keys().map(|(_, token)| {
                Key::of(BY_TOKEN).uuid(row.workspace.0).uuid(token.0).uuid(row.id.0).done()
            }));
        }
    }

    fn dump(row: &ContactRow) -> String {
        let ContactRow {
            workspace,
            id,
            created,
            identities,
            profile,
            merged_into,
            absorbed,
            erased,
            hold,
            stopped,
        } = row;
        let identities: Vec<String> = identities
            .iter()
            .map(|((kind, token), identity)| {
                let Identity { position, since, until } = identity;
                format!("{kind:?} {token} at {position:?} since {since:?} until {until:?}")
            })
            .collect();
        let profile = profile.as_ref().map(|profile| {
            let Profile { at, fingerprint, position } = profile;
            format!("{at} {fingerprint:016x} at {position}")
        });
        let erased = erased.as_ref().map(|erased| {
            let Erased { position, at, by } = erased;
            format!("at {position} ({}) by {} {}", at.0, by.0.name(), by.1)
        });
        let hold = hold.as_ref().map(|hold| {
            let Hold { position, at, by, reason } = hold;
            format!("{reason} at {position} ({}) by {} {}", at.0, by.0.name(), by.1)
        });
        let stopped: Vec<String> = stopped
            .iter()
            .map(|(scope, stopped)| {
                let Stopped { since, source, position } = stopped;
                format!(" stopped {} since {since} by {source:?} at {position}", scope.name())
            })
            .collect();
        let stopped = stopped.concat();
        format!(
            "contact {workspace}/{id} created {created:?} identities [{}] profile [{}] \
             merged_into {merged_into:?} absorbed {absorbed:?} erased [{}] hold [{}]{stopped}",
            identities.join(", "),
            profile.unwrap_or_default(),
            erased.unwrap_or_default(),
            hold.unwrap_or_default(),
        )
    }
}

impl OneStream for Contacts {
    const STREAM: StreamKind = StreamKind::Contact;

    fn id(row: &ContactRow) -> Uuid {
        row.id.0
    }

    fn began(row: &ContactRow) -> Option<Position> {
        row.created.map(|(position, _)| position)
    }
}
