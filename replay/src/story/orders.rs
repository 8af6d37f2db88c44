//! The orders in which a story is told whose steps may come in any order.

use super::file::Step;

/// Up to this many steps of an `any_order` are told in every order; more, in some.
const EVERY_ORDER_UPTO: usize = 3;

/// In how many orders a step is told.
pub(super) fn orders(step: &Step) -> usize {
    match step.any_order.len() {
        0 => 1,
        few if few <= EVERY_ORDER_UPTO => (1..=few).product(),
        // Forwards and backwards, begun at each place.
        many => 2 * many,
    }
}

/// The order of that number; the first is as written.
pub(super) fn permutation(len: usize, number: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..len).collect();
    if len > EVERY_ORDER_UPTO {
        let number = number % (2 * len);
        places.rotate_left(number % len);
        if number >= len {
            places.reverse();
        }
        return places;
    }
    let mut number = number % (1..=len).product::<usize>();
    let mut order = Vec::with_capacity(len);
    while !places.is_empty() {
        let left = places.len();
        order.push(places.remove(number % left));
        number /= left;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn few_steps_are_told_in_every_order_many_in_some() {
        let all: BTreeSet<_> = (0..6).map(|number| permutation(3, number)).collect();
        assert_eq!(all.len(), 6);
        assert_eq!(permutation(3, 0), [0, 1, 2]);
        let some: BTreeSet<_> = (0..10).map(|number| permutation(5, number)).collect();
        assert_eq!(some.len(), 10);
        assert!(some.contains(&vec![4, 3, 2, 1, 0]));
    }
}
