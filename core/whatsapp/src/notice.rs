//! Everything that is neither a message nor a status: account and template news, calls, groups,
//! preferences, errors without a message, fields that are not known yet.
//!
//! Read just far enough to file it: its name, its time, the people it names.

use std::fmt;

use crate::json::{Kind, Value};
use crate::limits::{MAX_PARTIES, MAX_PROFILE_NAME};
use crate::party::{FROM, Party, TO};
use crate::people::People;
use crate::post::Place;
use crate::status::ErrorInfo;

/// A notice.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Notice {
    /// Which member of the change's value it was (`errors`, `calls`, `contacts`, …); `None` if the whole
    /// value is the notice.
    pub part: Option<String>,
    /// What happened, in Meta's word: `event`, `decision`, `action`, `status`, … of the element.
    pub event: Option<String>,
    /// Seconds since 1970: the element's own time, else its entry's.
    pub timestamp: Option<i64>,
    /// Everybody it names, the business itself excepted, so that it can be sealed for the right people.
    pub parties: Vec<Party>,
    /// Errors it reports.
    pub errors: Vec<ErrorInfo>,
    /// It is the head of a chunk of a history import.
    pub chunk: Option<HistoryChunk>,
    /// It says that a person's identifier changed.
    pub identity_change: Option<IdentityChange>,
    /// It says that a person stopped marketing messages, or wants them again.
    pub preference: Option<PreferenceNews>,
}

/// What somebody chose about marketing messages in the platform's settings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PreferenceNews {
    /// None.
    Stop,
    /// They are wanted again, or for the first time.
    Resume,
}

/// Where a chunk of a history import stands. Chunks arrive in any order.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct HistoryChunk {
    /// 0: the last day, 1: days 1 to 90, 2: days 90 to 180.
    pub phase: Option<i64>,
    /// Its number.
    pub order: Option<i64>,
    /// Percent; 100 ends the import.
    pub progress: Option<i64>,
}

/// A person is now to be known by other identifiers.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct IdentityChange {
    /// The identifiers until now.
    pub before: Party,
    /// The identifiers from now on.
    pub after: Party,
}

impl fmt::Debug for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notice")
            .field("part", &self.part)
            .field("event", &self.event)
            .field("parties", &self.parties)
            .field("errors", &self.errors)
            .field("chunk", &self.chunk)
            .field("identity_change", &self.identity_change)
            .field("preference", &self.preference)
            .finish_non_exhaustive()
    }
}

/// Names under which elements say what happened, most telling first.
const EVENT_NAMES: [&str; 6] = ["event", "decision", "action", "type", "value", "status"];

impl Notice {
    /// Reads the member `part` of a value, or the whole value.
    pub(crate) fn read(value: Value<'_>, part: Option<&str>, place: &Place) -> Self {
        let mut notice = Self {
            part: part.map(|part| crate::json::shorten(part.to_owned(), crate::limits::MAX_NAME)),
            event: EVENT_NAMES.iter().find_map(|name| word(value, name)),
            timestamp: own_time(value).or(place.entry_time),
            ..Self::default()
        };
        notice.errors = ErrorInfo::list(value);
        if part == Some("errors") {
            notice.errors.push(ErrorInfo::read(value));
        }
        notice.identity_change = identity_change(value);
        if part == Some("user_preferences") {
            notice.preference = preference(value);
        }
        let mut people = People::default();
        if let Some(change) = &notice.identity_change {
            add(&mut people, &change.before, place);
            add(&mut people, &change.after, place);
        }
        if part.is_some() {
            // In an envelope, `from` and `to` are people; in news about the account they are dates.
            for names in [FROM, TO] {
                add(&mut people, &Party::of(value, &names), place);
            }
        }
        find_parties(value, place, &mut people);
        notice.parties = people.into_parties();
        notice
    }

    /// Reads the head of a chunk of history.
    pub(crate) fn of_chunk(value: Value<'_>, place: &Place) -> Self {
        let chunk = HistoryChunk {
            phase: value.int_of("phase"),
            order: value.int_of("chunk_order"),
            progress: value.int_of("progress"),
        };
        Self {
            part: Some("history".to_owned()),
            timestamp: own_time(value).or(place.entry_time),
            chunk: Some(chunk),
            ..Self::default()
        }
    }
}

/// The time that an element gives itself, seconds.
pub(crate) fn own_time(value: Value<'_>) -> Option<i64> {
    value
        .int_of("timestamp")
        .or_else(|| value.object_of("metadata").and_then(|metadata| metadata.int_of("timestamp")))
}

/// The member `name` if it is a plain text.
fn word(value: Value<'_>, name: &str) -> Option<String> {
    value.get(name).filter(|word| word.kind() == Kind::String)?;
    value.name_of(name)
}

/// `{category: "marketing_messages", value: "stop"}`; other categories say nothing of the kind.
fn preference(value: Value<'_>) -> Option<PreferenceNews> {
    word(value, "category").filter(|category| category == "marketing_messages")?;
    match word(value, "value")?.as_str() {
        "stop" => Some(PreferenceNews::Stop),
        "resume" | "signup" => Some(PreferenceNews::Resume),
        _ => None,
    }
}

/// `user_id: {previous, current}` and its like.
fn identity_change(value: Value<'_>) -> Option<IdentityChange> {
    let mut change = IdentityChange::default();
    let mut found = false;
    for name in ["wa_id", "user_id", "parent_user_id"] {
        if let Some(pair) = value.object_of(name) {
            found = true;
            change.before.complete_from(&Party::of(pair, &["previous", "old"]));
            change.after.complete_from(&Party::of(pair, &["current", "new"]));
        } else {
            change.before.complete_from(&Party::of(value, &[name]));
        }
    }
    found.then_some(change)
}

/// Looks for people in `value` and everything inside it. Recursion is bounded by the depth that was read.
fn find_parties(value: Value<'_>, place: &Place, people: &mut People) {
    if value.kind() == Kind::Object {
        let mut party = Party::of_contact(value);
        party.complete_from(&Party::of(
            value,
            &["recipient_id", "recipient_user_id", "recipient_parent_user_id"],
        ));
        add(people, &party, place);
        if let Some(entry) = value.object_of("contact") {
            // The address book of a coexistence number.
            let mut person = Party::of(entry, &["phone_number"]);
            person.profile_name = ["full_name", "first_name"]
                .iter()
                .find_map(|name| entry.text_of(name))
                .map(|name| crate::json::shorten(name, MAX_PROFILE_NAME));
            add(people, &person, place);
        }
    }
    if people.len() >= MAX_PARTIES {
        return;
    }
    let members = value.members().map(|(_, member)| member);
    for inner in members.chain(value.elements()).filter(|inner| inner.is_container()) {
        find_parties(inner, place, people);
    }
}

/// Adds a person, unless it is the business itself.
fn add(people: &mut People, party: &Party, place: &Place) {
    if people.len() < MAX_PARTIES && !is_business(party, place) {
        people.add(party);
    }
}

/// Whether `party` is the business whose number the change is about.
pub(crate) fn is_business(party: &Party, place: &Place) -> bool {
    let Some(phone) = party.phone.as_deref() else { return false };
    let own = place.display_phone_number.as_deref().and_then(crate::phone::digits);
    own.as_deref() == Some(phone) || place.phone_number_id.as_deref() == Some(phone)
}
