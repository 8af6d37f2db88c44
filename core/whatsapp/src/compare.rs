//! Two JSON texts, leaf by leaf: the check that nothing of a post was lost.
//!
//! A leaf is a string, number, boolean, null, or an empty array or object, with the way to it. The order of
//! keys does not count; how often a key is repeated does. Numbers are compared as they are spelled, strings
//! by their text.

use std::collections::BTreeMap;

use crate::json::{Document, Kind, Value};

/// What a comparison found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Comparison {
    /// How many leaves both sides were found to have.
    pub leaves: usize,
    /// Leaves that only one side has, a changed leaf counting once for each side.
    pub differences: usize,
}

/// Compares two JSON texts. `None` if one of them is not JSON.
pub fn leaves(a: &str, b: &str) -> Option<Comparison> {
    let (a, b) = (Document::read(a).ok()?, Document::read(b).ok()?);
    let mut balance: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    let mut way = String::new();
    collect(a.root(), &mut way, &mut |leaf| balance.entry(leaf).or_default().0 += 1);
    collect(b.root(), &mut way, &mut |leaf| balance.entry(leaf).or_default().1 += 1);
    let mut found = Comparison::default();
    for (left, right) in balance.values() {
        found.leaves += left.min(right);
        found.differences += left.abs_diff(*right);
    }
    Some(found)
}

fn collect(value: Value<'_>, way: &mut String, take: &mut impl FnMut((String, String))) {
    let here = way.len();
    let mut children = 0_usize;
    for (key, member) in value.members() {
        way.push('.');
        crate::json::encode_into(way, &key.string().unwrap_or_default());
        collect(member, way, take);
        way.truncate(here);
        children += 1;
    }
    for (index, element) in value.elements().enumerate() {
        way.push('[');
        way.push_str(&index.to_string());
        way.push(']');
        collect(element, way, take);
        way.truncate(here);
        children += 1;
    }
    if children == 0 {
        let text = match value.kind() {
            Kind::String => format!("\"{}", value.string().unwrap_or_default()),
            _ => value.raw().split_ascii_whitespace().collect(),
        };
        take((way.clone(), text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differences(a: &str, b: &str) -> usize {
        leaves(a, b).unwrap().differences
    }

    #[test]
    fn equal_but_for_order_and_spelling() {
        let found =
            leaves(r#"{"a":[1,"\u00e4",{}],"b":null}"#, "{\"b\":null, \"a\":[1,\"ä\",{ }]}");
        assert_eq!(found, Some(Comparison { leaves: 4, differences: 0 }));
    }

    #[test]
    fn every_loss_shows() {
        assert_eq!(differences(r#"{"a":1,"b":2}"#, r#"{"a":1}"#), 1);
        assert_eq!(differences(r#"{"a":1}"#, r#"{"a":1.0}"#), 2);
        assert_eq!(differences(r#"{"a":"1"}"#, r#"{"a":1}"#), 2);
        assert_eq!(differences(r#"{"a":{}}"#, r#"{"a":[]}"#), 2);
        assert_eq!(differences(r#"{"a":1,"a":1}"#, r#"{"a":1}"#), 1);
        assert_eq!(differences("[1,2]", "[2,1]"), 4);
        assert_eq!(leaves("[", "[]"), None);
    }
}
