//! History imports: chunks, their threads, and the messages of those.

use std::sync::Arc;

use super::{Walk, is_list};
use crate::contacts::{ContactBook, Shared};
use crate::json::{Kind as JsonKind, Value};
use crate::message::{Direction, Message, Origin};
use crate::notice::{Notice, is_business};
use crate::party::{FROM, Party};
use crate::post::Place;

impl Walk<'_> {
    /// An element of `history[]`: the head of a chunk, and its threads.
    pub(super) fn history(&mut self, chunk: Value<'_>, place: &Arc<Place>) {
        for (key, part) in chunk.members() {
            if key.is_key("metadata") && part.kind() == JsonKind::Object {
                let notice = Notice::of_chunk(part, place);
                self.notice(part, notice, place, &mut ContactBook::default());
            } else if is_list(part) {
                let name = key.string().unwrap_or_default();
                for element in part.elements() {
                    if name == "threads" && element.get("messages").is_some_and(is_list) {
                        self.thread(element, place);
                    } else {
                        self.whole(element, Some(&name), place);
                    }
                }
            } else {
                self.leftover(key, part, place);
            }
        }
    }

    /// A conversation of a history import: its messages, each with the pieces of the thread's head, which
    /// name the person.
    fn thread(&mut self, thread: Value<'_>, place: &Arc<Place>) {
        let is_messages = |key: Value<'_>, part: Value<'_>| key.is_key("messages") && is_list(part);
        let mut person = Party::of(thread, &["id"]);
        let mut head = Vec::new();
        for (_, part) in thread.members().filter(|(key, part)| !is_messages(*key, *part)) {
            if part.kind() == JsonKind::Object {
                person.complete_from(&Party::of_contact(part));
            }
            head.push(Shared::new(part));
        }
        for (_, list) in thread.members().filter(|(key, part)| is_messages(*key, *part)) {
            for value in list.elements() {
                if value.kind() != JsonKind::Object {
                    self.whole(value, Some("messages"), place);
                    continue;
                }
                let direction = direction_of(value, place);
                let mut message = Message::read(value, Origin::History, direction);
                let customer = message.customer_mut();
                if customer.is_unknown() || customer.shares_identity(&person) {
                    customer.complete_from(&person);
                }
                let alongside =
                    head.iter_mut().filter_map(|piece| piece.hand_out(&mut self.cutter)).collect();
                self.push_message(value, message, alongside, place);
            }
        }
    }
}

/// Whether a message of a history import was written by the business.
pub(super) fn direction_of(value: Value<'_>, place: &Place) -> Direction {
    if is_business(&Party::of(value, &FROM), place) {
        Direction::Outbound
    } else {
        Direction::Inbound
    }
}
