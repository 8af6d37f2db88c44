//! A set of parties in which somebody is found by any identifier, in constant time.

use std::collections::HashMap;

use crate::party::Party;

/// Parties in the order in which they were added; nobody is in it twice.
#[derive(Default)]
pub(crate) struct People {
    parties: Vec<Party>,
    index: HashMap<String, usize>,
}

impl People {
    /// Adds somebody, or completes who is there already. Nobody without an identifier is added.
    pub(crate) fn add(&mut self, party: &Party) -> Option<usize> {
        if party.is_unknown() {
            return None;
        }
        let at = self.find(party).unwrap_or(self.parties.len());
        match self.parties.get_mut(at) {
            Some(known) => known.complete_from(party),
            None => self.parties.push(party.clone()),
        }
        for key in party.identity_keys() {
            self.index.entry(key).or_insert(at);
        }
        Some(at)
    }

    /// The place of whoever shares an identifier with `party`.
    pub(crate) fn find(&self, party: &Party) -> Option<usize> {
        party.identity_keys().iter().find_map(|key| self.index.get(key)).copied()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Party> {
        self.parties.get(at)
    }

    pub(crate) fn len(&self) -> usize {
        self.parties.len()
    }

    pub(crate) fn into_parties(self) -> Vec<Party> {
        self.parties
    }
}
