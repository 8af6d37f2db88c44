//! Somebody who writes to a workspace. One person is one contact, however the platform names them.
//!
//! Identities (phone number, business-scoped ids) are random tokens here; only the vault maps a
//! number to its token. Names are sealed.

mod calendar;
mod erase_personal_data;
#[cfg(test)]
mod fixtures;
mod hold;
mod merge_contacts;
mod opt_in;
mod opt_out;
mod place_legal_hold;
mod preferences;
mod release_legal_hold;
mod unmerge_contacts;
pub mod words;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::{Aggregate, Decision};
use crate::event::{StreamKind, events};
use crate::hash::Sensitive;
use crate::ids::{ContactId, KeyId, PersonId, Token};
use crate::limits::NOTE_CHARS_MAX;
use crate::personal::{Content, NoteContent, Personal};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

pub use erase_personal_data::ErasePersonalData;
pub use hold::Hold;
pub use merge_contacts::{AbsorbContact, MergeContact};
pub use opt_in::OptIn;
pub use opt_out::OptOut;
pub use place_legal_hold::PlaceLegalHold;
pub use preferences::{
    KeptStop, OptedIn, OptedOut, PreferenceScope, PreferenceSource, Preferences, Stop, Wish,
};
pub use release_legal_hold::ReleaseLegalHold;
pub use unmerge_contacts::{ReleaseContact, UnmergeContact};

/// What kind of identity a token stands for; the numbers stand in the vault.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum IdentityKind {
    /// A phone number (WhatsApp's `wa_id`).
    Phone = 1,
    /// An id scoped to one business portfolio (`CC.…`).
    Bsuid = 2,
    /// An id scoped to several portfolios (`CC.ENT.…`).
    ParentBsuid = 3,
    /// An id of no known shape, compared by its full text.
    Other = 4,
    /// An e-mail address, in lower case. No contact is known by one; leads are found by it.
    Email = 5,
}

impl IdentityKind {
    /// The number in the vault.
    pub const fn code(self) -> u8 {
        match self {
            Self::Phone => 1,
            Self::Bsuid => 2,
            Self::ParentBsuid => 3,
            Self::Other => 4,
            Self::Email => 5,
        }
    }
}

/// Somebody is known from now on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ContactCreated {}

/// They can be known by one more identity. Sealed: its value as the platform sent it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct IdentityAdded {
    /// What kind.
    pub kind: IdentityKind,
    /// Its token.
    pub token: Token,
    /// For a scoped id: the phone number it came with, and under which business account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_with: Option<SeenWith>,
}

/// A phone number beside a scoped id. Within one account whoever has the number has one such id at a
/// time, so that a recycled number shows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SeenWith {
    /// The platform's id of the business account.
    pub account: String,
    /// The token of the phone number.
    pub phone: Token,
}

/// A phone number and a scoped id that were both known came together for the first time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct IdentitiesSeenTogether {
    /// The token of the scoped id.
    pub scoped: Token,
    /// The number it came with, and under which account.
    pub seen_with: SeenWith,
}

/// They go by a name. Sealed: name and user name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProfileSeen {
    /// The platform's time of the message it came with (seconds since 1970).
    pub at: i64,
    /// Keyed by the contact's own key, so that an unchanged name is recognised and the trace dies
    /// with the key.
    pub fingerprint: u64,
}

/// They changed their number or their business-scoped id. The new one is an identity of its own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct IdentityChanged {
    /// What kind changed.
    pub kind: IdentityKind,
    /// The one before, if the platform named it.
    pub old: Option<Token>,
    /// The one now.
    pub new: Token,
    /// The platform's time (seconds since 1970).
    pub at: i64,
}

/// It turned out that another contact is the same person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ContactAbsorbed {
    /// The other one.
    pub other: ContactId,
}

/// It turned out that this contact is the same person as another, which goes on for both.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ContactMerged {
    /// The one that goes on.
    pub into: ContactId,
}

/// The merge was a mistake: this contact stands for itself again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ContactUnmerged {
    /// The one it had been merged into.
    pub from: ContactId,
}

/// The merge was a mistake: this contact no longer goes on for the other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ContactReleased {
    /// The other one.
    pub other: ContactId,
}

/// Their data was erased: no key opens it any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PersonalDataErased {
    /// Who asked for it.
    pub by: Option<PersonId>,
    /// Why, in a word or two that names nobody.
    pub reason: String,
    /// What they did not want to be sent: a keyed mark of that stays, which leads to nobody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<KeptStop>,
}

/// Their data must be kept for a case: it cannot be erased. Sealed: a note.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LegalHoldPlaced {
    /// When it was decided (seconds since 1970).
    pub at: i64,
    /// Who asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// The key that it came with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyId>,
    /// Why, one of a closed list.
    pub reason: String,
}

/// The case is over: their data may be erased.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LegalHoldReleased {
    /// Who asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// The key that it came with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyId>,
}

events! {
    /// What happened to a contact.
    Contact {
        1 "contact_created" @1 ContactCreated(ContactCreated) by [intake],
        2 "identity_added" @1 IdentityAdded(IdentityAdded) seals [Identity] by [intake],
        3 "profile_seen" @1 ProfileSeen(ProfileSeen) seals [Profile] by [intake],
        4 "identity_changed" @1 IdentityChanged(IdentityChanged) seals [Identity] by [intake],
        5 "contact_absorbed" @1 ContactAbsorbed(ContactAbsorbed)
            by [merge_contacts::AbsorbContact, intake],
        6 "contact_merged" @1 ContactMerged(ContactMerged)
            by [merge_contacts::MergeContact, intake],
        7 "contact_unmerged" @1 ContactUnmerged(ContactUnmerged)
            by [unmerge_contacts::UnmergeContact],
        8 "personal_data_erased" @1 PersonalDataErased(PersonalDataErased)
            by [erase_personal_data::ErasePersonalData],
        9 "contact_released" @1 ContactReleased(ContactReleased)
            by [unmerge_contacts::ReleaseContact],
        10 "identities_seen_together" @1 IdentitiesSeenTogether(IdentitiesSeenTogether) by [intake],
        11 "legal_hold_placed" @1 LegalHoldPlaced(LegalHoldPlaced) seals [Note]
            by [place_legal_hold::PlaceLegalHold],
        12 "legal_hold_released" @1 LegalHoldReleased(LegalHoldReleased)
            by [release_legal_hold::ReleaseLegalHold],
        13 "opted_out" @1 OptedOut(OptedOut) seals [Note] by [opt_out::OptOut],
        14 "opted_in" @1 OptedIn(OptedIn) seals [Note] by [opt_in::OptIn],
    }
}

/// An event with the note that an operator added, sealed for the person it is about.
fn noted(
    decision: Decision,
    contact: ContactId,
    note: Option<Sensitive>,
) -> Result<Decision, Refusal> {
    let Some(text) = note else { return Ok(decision) };
    let text = validate::text("note", text, NOTE_CHARS_MAX)?;
    let content = Content::Note(NoteContent { text });
    Ok(decision.sealing(Personal { subject: contact.into(), content }))
}

/// What the history of a contact amounts to.
///
/// Identities and profile come out the same in whatever order, and however often, their events are
/// applied.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// Whether they are known at all.
    pub created: bool,
    /// Every identity they were ever known by, sorted, each once. Kept after an erasure, so that
    /// the erasure can be applied again to a restored vault.
    pub identities: Vec<(IdentityKind, Token)>,
    /// Which scoped ids came with which phone number, sorted, each once.
    pub seen: Vec<(SeenWith, Token)>,
    /// The newest name: the platform's time (seconds since 1970) and the fingerprint.
    pub profile: Option<(i64, u64)>,
    /// The contact that goes on for this one.
    pub merged_into: Option<ContactId>,
    /// The contacts for which this one goes on, in the order of merging.
    pub absorbed: Vec<ContactId>,
    /// Their data was erased.
    pub erased: bool,
    /// The legal hold that stands.
    pub hold: Option<Hold>,
    /// What may be sent to them, as far as this contact alone says.
    pub preferences: Preferences,
}

impl State {
    fn must_not_be_erased(&self) -> Result<(), Refusal> {
        if !self.created {
            return Err(Refusal::new(RefusalCode::NotFound, "there is no such contact"));
        }
        if self.erased {
            return Err(Refusal::new(
                RefusalCode::Erased,
                "the data of this contact was erased before",
            ));
        }
        Ok(())
    }

    /// Whether this number came with scoped ids under this account, and this is none of them: then
    /// whoever comes with both is somebody else.
    pub fn is_somebody_else(&self, number: &SeenWith, scoped: Option<Token>) -> bool {
        let mut known = self.seen.iter().filter(|(with, _)| with == number).peekable();
        known.peek().is_some() && !known.any(|(_, token)| Some(*token) == scoped)
    }

    fn see(&mut self, seen_with: &SeenWith, scoped: Token) {
        let pair = (seen_with.clone(), scoped);
        if let Err(place) = self.seen.binary_search(&pair) {
            self.seen.insert(place, pair);
        }
    }
}

/// Somebody who writes to a workspace.
#[derive(Clone, Copy, Debug)]
pub struct Contact;

impl Aggregate for Contact {
    const KIND: StreamKind = StreamKind::Contact;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::ContactCreated(ContactCreated {}) => state.created = true,
            Event::IdentityAdded(added) => {
                let identity = (added.kind, added.token);
                if let Err(place) = state.identities.binary_search(&identity) {
                    state.identities.insert(place, identity);
                }
                if let Some(seen_with) = &added.seen_with {
                    state.see(seen_with, added.token);
                }
            }
            Event::IdentitiesSeenTogether(seen) => state.see(&seen.seen_with, seen.scoped),
            // Of two names of one second, the same one wins in any order.
            Event::ProfileSeen(seen) => {
                state.profile = state.profile.max(Some((seen.at, seen.fingerprint)));
            }
            // The new identity is added by an event of its own, the old one stays theirs.
            Event::IdentityChanged(_) => {}
            Event::ContactAbsorbed(absorbed) => {
                if !state.absorbed.contains(&absorbed.other) {
                    state.absorbed.push(absorbed.other);
                }
            }
            Event::ContactReleased(released) => {
                state.absorbed.retain(|other| *other != released.other);
            }
            Event::ContactMerged(merged) => state.merged_into = Some(merged.into),
            Event::ContactUnmerged(_) => state.merged_into = None,
            Event::PersonalDataErased(_) => state.erased = true,
            Event::LegalHoldPlaced(placed) => state.hold = Some(Hold(placed.clone())),
            Event::LegalHoldReleased(_) => state.hold = None,
            Event::OptedOut(opted_out) => state.preferences.opted_out(opted_out),
            Event::OptedIn(opted_in) => state.preferences.opted_in(opted_in),
        }
    }
}
