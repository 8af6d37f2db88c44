//! The `contacts[]` of a change: who the people are that its messages and statuses are about.
//!
//! Every element ends in exactly one place: beside the updates it belongs to, or as a notice of its own.

use std::collections::HashMap;

use crate::json::{Kind, Value};
use crate::limits::MAX_COPIED;
use crate::party::Party;
use crate::people::People;
use crate::skeleton::{Cutter, Fragment};

/// A piece that may belong to several updates: cut once, handed out to all of them if it is small.
pub(crate) struct Shared<'d> {
    value: Value<'d>,
    cut: Option<Fragment>,
}

impl<'d> Shared<'d> {
    pub(crate) fn new(value: Value<'d>) -> Self {
        Self { value, cut: None }
    }

    /// The fragment, unless it is large and somebody has it already.
    pub(crate) fn hand_out(&mut self, cutter: &mut Cutter) -> Option<Fragment> {
        match &self.cut {
            Some(fragment) if fragment.text.len() > MAX_COPIED => None,
            Some(fragment) => Some(fragment.clone()),
            None => self.cut.insert(cutter.cut(self.value)).clone().into(),
        }
    }
}

/// The contacts of one change.
#[derive(Default)]
pub(crate) struct ContactBook<'d> {
    /// In the order of the text.
    cards: Vec<(Shared<'d>, Party)>,
    people: People,
    /// From a place in `people` to one in `cards`.
    card_of: HashMap<usize, usize>,
}

impl<'d> ContactBook<'d> {
    /// Reads the objects of every member `contacts` of a change's value.
    pub(crate) fn read(value: Value<'d>) -> Self {
        let mut book = Self::default();
        let lists = value.members().filter(|(key, _)| key.is_key("contacts"));
        let elements = lists.flat_map(|(_, list)| list.elements());
        for element in elements.filter(|element| element.kind() == Kind::Object) {
            let party = Party::of_contact(element);
            if let Some(person) = book.people.add(&party) {
                book.card_of.entry(person).or_insert(book.cards.len());
            }
            book.cards.push((Shared::new(element), party));
        }
        book
    }

    /// Completes `party` from its card, whose fragment is returned. Somebody of whom nothing is known is
    /// whom the only card is about.
    pub(crate) fn introduce(&mut self, party: &mut Party, cutter: &mut Cutter) -> Option<Fragment> {
        let at = if party.is_unknown() && self.cards.len() == 1 {
            0
        } else {
            let person = self.people.find(party)?;
            party.complete_from(self.people.get(person)?);
            *self.card_of.get(&person)?
        };
        let (shared, card) = self.cards.get_mut(at)?;
        party.complete_from(card);
        shared.hand_out(cutter)
    }

    /// The cards that nobody asked for.
    pub(crate) fn left_over(self) -> impl Iterator<Item = Value<'d>> {
        self.cards
            .into_iter()
            .filter(|(shared, _)| shared.cut.is_none())
            .map(|(shared, _)| shared.value)
    }
}
