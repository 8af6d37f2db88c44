//! The way through a post: every entry, change, message, status; what is known is read, the rest is kept.
//!
//! Guarantee: an array or object that is not part of the frame (entries, changes, metadata, threads) is
//! cut out exactly once. So the skeleton holds the frame and plain values only.

mod canon;
mod history;

use std::sync::Arc;

use self::history::direction_of;
use crate::contacts::ContactBook;
use crate::json::{Kind as JsonKind, Value};
use crate::limits::MAX_UPDATES;
use crate::message::{Direction, Message, Origin};
use crate::notice::Notice;
use crate::party::Party;
use crate::post::{Kind, Place, Update};
use crate::skeleton::{Cutter, Fragment};
use crate::status::Status;

/// A walk in progress.
pub(crate) struct Walk<'b> {
    pub(crate) cutter: Cutter,
    pub(crate) updates: Vec<Update>,
    body: &'b [u8],
    /// Hash of the body, worked out when first needed.
    digest: Option<String>,
    full: bool,
}

impl<'b> Walk<'b> {
    pub(crate) fn new(body: &'b [u8]) -> Self {
        Self { cutter: Cutter::new(), updates: Vec::new(), body, digest: None, full: false }
    }

    /// A walk through parts of a body with this hash.
    pub(crate) fn within(body: &'b [u8], whole: &[u8; 32]) -> Self {
        Self { digest: Some(hex::encode(whole)), ..Self::new(body) }
    }

    /// Whether there was more than may be taken out of one post.
    pub(crate) fn is_full(&self) -> bool {
        self.full
    }

    pub(crate) fn post(&mut self, root: Value<'_>) {
        let nowhere = Arc::new(Place::default());
        for (key, value) in root.members() {
            if key.is_key("entry") && value.kind() == JsonKind::Array {
                for entry in value.elements() {
                    self.entry(entry, &nowhere);
                }
            } else {
                self.leftover(key, value, &nowhere);
            }
        }
    }

    fn entry(&mut self, entry: Value<'_>, nowhere: &Arc<Place>) {
        if entry.kind() != JsonKind::Object {
            self.whole(entry, Some("entry"), nowhere);
            return;
        }
        let place = Place {
            account_id: entry.id_of("id"),
            entry_time: entry.int_of("time"),
            ..Place::default()
        };
        let outside = Arc::new(place.clone());
        for (key, value) in entry.members() {
            if key.is_key("changes") && value.kind() == JsonKind::Array {
                for change in value.elements() {
                    self.change(change, &place, &outside);
                }
            } else {
                self.leftover(key, value, &outside);
            }
        }
    }

    fn change(&mut self, change: Value<'_>, place: &Place, outside: &Arc<Place>) {
        if change.kind() != JsonKind::Object {
            self.whole(change, Some("changes"), outside);
            return;
        }
        let field = change.name_of("field").unwrap_or_default();
        let place = Place { field, ..place.clone() };
        // Of a repeated key the last one counts, as for the field and the metadata.
        let last = change.get("value");
        for (key, value) in change.members() {
            if last.is_some_and(|last| last.is_same(value)) {
                self.value(value, &place);
            } else {
                self.leftover(key, value, outside);
            }
        }
    }

    fn value(&mut self, value: Value<'_>, place: &Place) {
        let metadata = value.object_of("metadata");
        let place = Arc::new(Place {
            phone_number_id: metadata.and_then(|metadata| metadata.id_of("phone_number_id")),
            display_phone_number: metadata
                .and_then(|metadata| metadata.id_of("display_phone_number")),
            ..place.clone()
        });
        let is_frame = |key: Value<'_>| key.is_key("metadata") || key.is_key("messaging_product");
        let enveloped = value
            .members()
            .any(|(key, _)| is_frame(key) || LISTS.iter().any(|list| key.is_key(list)));
        let holds_parts = value.members().any(|(key, part)| !is_frame(key) && !part.is_empty());
        if !enveloped || !holds_parts {
            self.whole(value, None, &place);
            return;
        }
        let mut book = ContactBook::read(value);
        for (key, part) in value.members() {
            if !is_frame(key) || !matches!(part.kind(), JsonKind::Object | JsonKind::String) {
                self.part(key, part, &place, &mut book);
            }
        }
        for card in book.left_over() {
            let notice = Notice::read(card, Some("contacts"), &place);
            self.notice(card, notice, &place, &mut ContactBook::default());
        }
    }

    /// A member of an enveloped value.
    fn part(
        &mut self,
        key: Value<'_>,
        part: Value<'_>,
        place: &Arc<Place>,
        book: &mut ContactBook<'_>,
    ) {
        if !is_list(part) {
            self.leftover(key, part, place);
            return;
        }
        let name = key.string().unwrap_or_default();
        for element in part.elements() {
            if element.kind() != JsonKind::Object {
                self.whole(element, Some(&name), place);
                continue;
            }
            match name.as_ref() {
                // Read into the book; what nobody asks for follows after the rest.
                "contacts" => {}
                "messages" | "message_echoes" => self.message(element, &name, place, book),
                "statuses" => self.status(element, place, book),
                "history" => self.history(element, place),
                _ => {
                    let notice = Notice::read(element, Some(&name), place);
                    self.notice(element, notice, place, book);
                }
            }
        }
    }

    fn message(
        &mut self,
        value: Value<'_>,
        list: &str,
        place: &Arc<Place>,
        book: &mut ContactBook<'_>,
    ) {
        if self.full {
            return;
        }
        let echo = list == "message_echoes" || place.field == "smb_message_echoes";
        let (origin, direction) = if echo {
            (Origin::Echo, Direction::Outbound)
        } else if place.field == "history" {
            (Origin::History, direction_of(value, place))
        } else {
            (Origin::Live, Direction::Inbound)
        };
        let mut message = Message::read(value, origin, direction);
        let mut alongside: Vec<_> =
            book.introduce(message.customer_mut(), &mut self.cutter).into_iter().collect();
        if let Some(new) = &mut message.new_identity {
            // After a change of number, the card may be about the new one.
            add_once(&mut alongside, book.introduce(new, &mut self.cutter));
        }
        message.to = message.to.filter(|to| *to != Party::default());
        self.push_message(value, message, alongside, place);
    }

    fn push_message(
        &mut self,
        value: Value<'_>,
        message: Message,
        alongside: Vec<Fragment>,
        place: &Arc<Place>,
    ) {
        let bound = message.wamid.is_none() && message.timestamp.is_none();
        let canonical = self.canonical_element(value, bound);
        self.push(value, Kind::Message(Box::new(message)), alongside, canonical, place);
    }

    fn status(&mut self, value: Value<'_>, place: &Arc<Place>, book: &mut ContactBook<'_>) {
        if self.full {
            return;
        }
        let mut status = Status::read(value);
        let alongside =
            book.introduce(&mut status.recipient, &mut self.cutter).into_iter().collect();
        let bound = status.wamid.is_none() && status.timestamp.is_none();
        let canonical = self.canonical_element(value, bound);
        self.push(value, Kind::Status(Box::new(status)), alongside, canonical, place);
    }

    /// Something beside the frame.
    fn leftover(&mut self, key: Value<'_>, value: Value<'_>, place: &Arc<Place>) {
        self.whole(value, key.string().as_deref(), place);
    }

    /// A value that is one notice as it is. Of parts, plain and empty ones stay in the skeleton.
    fn whole(&mut self, value: Value<'_>, part: Option<&str>, place: &Arc<Place>) {
        if self.full || part.is_some() && value.is_empty() {
            return;
        }
        let notice = Notice::read(value, part, place);
        self.notice(value, notice, place, &mut ContactBook::default());
    }

    fn notice(
        &mut self,
        value: Value<'_>,
        mut notice: Notice,
        place: &Arc<Place>,
        book: &mut ContactBook<'_>,
    ) {
        let mut alongside = Vec::new();
        for party in &mut notice.parties {
            add_once(&mut alongside, book.introduce(party, &mut self.cutter));
        }
        let canonical = self.canonical_notice(value, &notice, place);
        self.push(value, Kind::Notice(Box::new(notice)), alongside, canonical, place);
    }

    fn push(
        &mut self,
        value: Value<'_>,
        kind: Kind,
        alongside: Vec<Fragment>,
        canonical: String,
        place: &Arc<Place>,
    ) {
        if self.updates.len() >= MAX_UPDATES {
            self.full = true;
            return;
        }
        let fragment = self.cutter.cut(value);
        self.updates.push(Update {
            place: Arc::clone(place),
            kind,
            fragment,
            alongside,
            canonical,
        });
    }
}

/// Lists by which a value is known to be an envelope even without metadata.
const LISTS: [&str; 4] = ["messages", "statuses", "message_echoes", "history"];

/// Whether `value` is an array with at least one object in it.
fn is_list(value: Value<'_>) -> bool {
    value.elements().any(|element| element.kind() == JsonKind::Object)
}

fn add_once(pieces: &mut Vec<Fragment>, piece: Option<Fragment>) {
    pieces.extend(piece.filter(|piece| pieces.iter().all(|known| known.slot != piece.slot)));
}
