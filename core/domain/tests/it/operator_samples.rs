//! At least one value of every event that an operator's act makes.

use convolog_domain::conversation::{
    ConversationAssigned, ConversationClaimed, ConversationClosed, ConversationDeleted,
    ConversationReleased, ConversationReopened, ConversationRestored, ConversationTagged,
    ConversationTitled, ConversationUntagged, NoteAdded,
};
use convolog_domain::{Event, PersonId};

use crate::samples::{MESSAGE, PERSON, id};

const OTHER_PERSON: PersonId = PersonId(id(20));

/// Every act, in the order of the catalogue.
pub(crate) fn events() -> Vec<Event> {
    let list = |tags: &[&str]| tags.iter().map(ToString::to_string).collect::<Vec<_>>();
    let by_message = Some(MESSAGE);
    vec![
        ConversationClaimed { assignee: PERSON }.into(),
        ConversationAssigned { old_assignee: None, assignee: PERSON }.into(),
        ConversationAssigned { old_assignee: Some(PERSON), assignee: OTHER_PERSON }.into(),
        ConversationReleased { old_assignee: PERSON }.into(),
        ConversationClosed { assignee: Some(PERSON) }.into(),
        ConversationClosed { assignee: None }.into(),
        ConversationReopened { assignee: Some(PERSON), message: by_message }.into(),
        ConversationReopened { assignee: None, message: None }.into(),
        ConversationTagged { old_tags: vec![], tags: list(&["vip"]) }.into(),
        ConversationTagged { old_tags: list(&["vip"]), tags: list(&["vip", "דחוף"]) }.into(),
        ConversationUntagged { old_tags: list(&["vip", "דחוף"]), tags: list(&["vip"]) }.into(),
        NoteAdded { note: id(21) }.into(),
        ConversationTitled { cleared: false }.into(),
        ConversationTitled { cleared: true }.into(),
        ConversationDeleted { closed: false }.into(),
        ConversationRestored { closed: true, message: None }.into(),
        ConversationRestored { closed: false, message: by_message }.into(),
    ]
}
