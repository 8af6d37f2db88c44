//! What one event tells of a message, as a row of its own that is then joined.

use convolog_domain::conversation::{Direction, Event, MediaDelayed, MessageFacts, StatusReceived};
use convolog_domain::{ConversationId, Hash32, MessageId};
use convolog_engine::Recorded;
use convolog_log::{Mode, Origin};

use super::row::{
    Attachment, Edit, Fact, Kept, MessageRow, Priced, Reaction, Revoked, Said, Spoken, Told, Tried,
};
use super::status;
use crate::order::{Shown, seconds};

/// The message that an event is about.
pub(super) fn target(event: &Event) -> Option<MessageId> {
    match event {
        Event::MessageReceived(message) => Some(message.facts.message),
        Event::MessageEnriched(message) => Some(message.facts.message),
        Event::MessageEdited(edit) => Some(edit.target),
        Event::MessageRevoked(revocation) => Some(revocation.target),
        Event::ReactionChanged(reaction) => Some(reaction.target),
        Event::MessageRequested(request) => Some(request.message),
        Event::MessageAccepted(accepted) => Some(accepted.message),
        Event::MessageRejected(rejected) if rejected.is_final() => Some(rejected.message),
        Event::MessageUndetermined(undetermined) => Some(undetermined.message),
        Event::MessageCancelled(cancelled) => Some(cancelled.message),
        Event::MediaStored(stored) => Some(stored.message),
        Event::MediaDelayed(delayed) => Some(delayed.message),
        Event::MediaLost(lost) => Some(lost.message),
        // What became of a call is no status of a message.
        Event::StatusReceived(status) => (!status.call).then_some(status.message),
        _ => None,
    }
}

/// What the event tells of it.
pub(super) fn told(event: &Event, recorded: &Recorded) -> Option<MessageRow> {
    let mut row =
        MessageRow { workspace: recorded.workspace(), id: target(event)?, ..MessageRow::default() };
    match event {
        Event::MessageReceived(message) => said(&mut row, &message.facts, recorded),
        Event::MessageEnriched(message) => said(&mut row, &message.facts, recorded),
        Event::MessageRequested(request) => {
            let said = Said {
                direction: Direction::Outbound,
                kind: request.kind.clone(),
                sent_at: Some(request.requested_at),
                reply_to: request.reply_to,
                errors: Vec::new(),
                referral: false,
                group: false,
            };
            row.spoken = Some(spoken(None, Hash32::default(), said, true, recorded));
            (row.media, row.canned) = (request.media, request.canned);
        }
        Event::MessageEdited(edit) => {
            row.edit = Some(Edit {
                at: edit.at,
                id: edit.id,
                fragment: edit.fragment,
                position: recorded.position,
            });
        }
        Event::MessageRevoked(revocation) => {
            row.revoked = Some(Revoked {
                at: revocation.at,
                id: revocation.id,
                fragment: revocation.fragment,
                position: recorded.position,
            });
        }
        Event::ReactionChanged(reaction) => {
            let told = Some(Reaction {
                at: reaction.at,
                id: reaction.id,
                fragment: reaction.fragment,
                position: recorded.position,
                removed: reaction.removed,
            });
            match reaction.direction {
                Direction::Inbound => row.reaction_inbound = told,
                Direction::Outbound => row.reaction_outbound = told,
            }
        }
        Event::StatusReceived(status) => became(&mut row, status, recorded),
        Event::MessageAccepted(accepted) => {
            ended(&mut row, "accepted", Some(accepted.at), None, recorded);
        }
        Event::MessageRejected(rejected) => {
            ended(&mut row, "failed", Some(rejected.at), rejected.code, recorded);
        }
        Event::MessageUndetermined(_) => ended(&mut row, "undetermined", None, None, recorded),
        Event::MessageCancelled(_) => ended(&mut row, "cancelled", None, None, recorded),
        Event::MediaStored(_) | Event::MediaDelayed(_) | Event::MediaLost(_) => {
            row.attachment = attachment(event, recorded);
        }
        _ => return None,
    }
    Some(row)
}

fn said(row: &mut MessageRow, facts: &MessageFacts, recorded: &Recorded) {
    let said = Said {
        direction: facts.direction,
        kind: facts.kind.clone(),
        sent_at: facts.sent_at,
        reply_to: facts.reply_to,
        errors: facts.errors.clone(),
        referral: facts.referral,
        group: facts.group,
    };
    row.spoken = Some(spoken(Some(facts.rank), facts.fragment, said, false, recorded));
    row.attachment = facts.media_until.map(|_| Attachment::default());
    if let Some(name) = &facts.history_status {
        let fact = Fact { at: None, best: (0, facts.fragment), position: recorded.position };
        row.statuses.insert(status::name_in_history(name), fact);
    }
}

fn spoken(
    rank: Option<u8>,
    fragment: Hash32,
    said: Said,
    requested: bool,
    event: &Recorded,
) -> Spoken {
    Spoken {
        conversation: ConversationId(event.stream.id),
        shown: Shown::of(said.sent_at, event.at, event.origin),
        first: event.position,
        recorded_at: seconds(event.at),
        requested,
        live: event.origin == Origin::Live,
        real: event.mode == Mode::Live,
        told: Told { rank, fragment, position: event.position, said },
    }
}

/// What came of fetching the file of a message.
fn attachment(event: &Event, recorded: &Recorded) -> Option<Attachment> {
    let position = recorded.position;
    Some(match event {
        Event::MediaStored(stored) => {
            let (size, mime_type) = (stored.size, stored.mime_type.clone());
            let kept = Some(Kept { position, size, mime_type });
            Attachment { kept, ..Attachment::default() }
        }
        Event::MediaDelayed(delayed) => {
            let MediaDelayed { attempt, retry_at, reason, .. } = delayed.clone();
            let tried = Some(Tried { attempt, retry_at, reason });
            Attachment { tried, ..Attachment::default() }
        }
        Event::MediaLost(lost) => {
            let lost = Some((position, lost.reason.clone()));
            Attachment { lost, ..Attachment::default() }
        }
        _ => return None,
    })
}

/// What became of a message on its way out, in our own words.
fn ended(
    row: &mut MessageRow,
    status: &str,
    at: Option<i64>,
    code: Option<i64>,
    recorded: &Recorded,
) {
    let best = (usize::from(code.is_some()), Hash32::default());
    row.statuses.insert(status.to_owned(), Fact { at, best, position: recorded.position });
    row.errors.extend(code);
}

fn became(row: &mut MessageRow, status: &StatusReceived, recorded: &Recorded) {
    let best = (status.errors.len(), status.fragment);
    let fact = Fact { at: status.at, best, position: recorded.position };
    row.statuses.insert(status.status.clone(), fact);
    row.errors.extend(&status.errors);
    row.pricing = status.pricing.clone().map(|pricing| Priced { pricing });
}
