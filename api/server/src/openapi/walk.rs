//! A walk through a surface: every endpoint at least once, in an order in which each works against a
//! demo that was just started.
//!
//! The Postman collection is made from it, and the examples of the documents are what the demo answers
//! to it. Texts hold variables in double braces: those that the walk begins with, those that an answer
//! saved, and `$guid` and `$timestamp`, which are new wherever they stand. A text that is nothing but
//! `{{#name}}` becomes a number.

use serde::Deserialize;
use serde_json::{Map, Value};

/// The walks, by the name of the surface.
const WALKS: [(&str, &str); 3] = [
    ("native", include_str!("walks/native.json")),
    ("convoai", include_str!("walks/convoai.json")),
    ("avelto", include_str!("walks/avelto.json")),
];

/// Variables that follow the clock: the name, and what makes it in a script.
pub const CLOCK: [(&str, &str); 2] = [
    ("later", "new Date(Date.now() + 7200000).toISOString()"),
    ("month", "new Date().toISOString().slice(0, 7)"),
];

/// A walk.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Walk {
    /// What it begins with, besides the address and the keys.
    #[serde(default)]
    pub variables: Map<String, Value>,
    /// Its parts, in order.
    pub folders: Vec<Folder>,
}

/// A part of a walk.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Folder {
    /// A group of endpoints; a step may be of another where that prepares one.
    pub folder: String,
    /// Its steps, in order.
    pub steps: Vec<Step>,
}

/// A request and what is expected of its answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The name of the endpoint.
    pub call: String,
    /// What stands for each parameter of the path.
    #[serde(default)]
    pub path: Map<String, Value>,
    /// The query.
    #[serde(default)]
    pub query: Map<String, Value>,
    /// Headers besides the usual ones.
    #[serde(default)]
    pub headers: Map<String, Value>,
    /// The body, if it is JSON.
    pub body: Option<Value>,
    /// The media type of a body that is not.
    pub media: Option<String>,
    /// A body that is not JSON.
    pub text: Option<String>,
    /// The status, where it is not that of success.
    pub answers: Option<String>,
    /// What is kept of the answer, by the name of a variable.
    #[serde(default)]
    pub save: Map<String, Value>,
    /// Asks again until the answer has these values at these places; null stands for any value.
    #[serde(default)]
    pub until: Map<String, Value>,
}

/// Where a saved value stands: a pointer, or a place within the first item of a list that fits.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Place {
    /// A JSON pointer.
    At(String),
    /// Of the first item with these values, what stands there.
    Of {
        /// Where the list stands.
        r#in: String,
        /// Values at places within the item.
        r#where: Map<String, Value>,
        /// The place of the value within the item.
        take: String,
    },
}

impl Walk {
    /// The walk of a surface; none where that name has none or it cannot be read.
    pub fn of(surface: &str) -> Option<Self> {
        let (_, text) = WALKS.iter().find(|(name, _)| *name == surface)?;
        serde_json::from_str(text).ok()
    }

    /// Every step, in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.folders.iter().flat_map(|folder| &folder.steps)
    }
}

impl Step {
    /// The media type of its body and the body as text, variables and all.
    pub fn content(&self) -> Option<(&str, String)> {
        match (&self.body, &self.text) {
            (Some(body), _) => {
                let text = serde_json::to_string_pretty(body).unwrap_or_default();
                Some(("application/json", unquoted(&text)))
            }
            (None, Some(text)) => {
                Some((self.media.as_deref().unwrap_or("text/plain"), text.clone()))
            }
            (None, None) => None,
        }
    }

    /// What is kept of the answer.
    pub fn saved(&self) -> impl Iterator<Item = (&str, Place)> {
        self.save.iter().filter_map(|(name, place)| {
            Some((name.as_str(), serde_json::from_value(place.clone()).ok()?))
        })
    }
}

/// `"{{#name}}"` as `{{name}}`: the variable is a number.
fn unquoted(text: &str) -> String {
    let mut parts = text.split("\"{{#");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once("}}\"") {
            Some((name, rest)) => out.extend(["{{", name, "}}", rest]),
            None => out.extend(["\"{{#", part]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::api::Api;

    #[test]
    fn every_endpoint_is_walked_to() {
        for api in Api::all() {
            let name = api.surface().name;
            let walk = Walk::of(name).unwrap_or_else(|| panic!("{name} has no walk"));
            let called: BTreeSet<_> = walk.steps().map(|step| step.call.as_str()).collect();
            let declared: BTreeSet<_> =
                api.routes().iter().map(|route| route.declaration.name).collect();
            assert_eq!(called, declared, "{name}: see api/server/src/openapi/walks");
        }
    }

    #[test]
    fn steps_say_no_more_and_no_less_than_the_paths_take_and_save_what_can_be_read() {
        for api in Api::all() {
            let walk = Walk::of(api.surface().name).unwrap();
            for step in walk.steps() {
                let route = api.routes().iter().find(|one| one.declaration.name == step.call);
                let wanted: Vec<_> = route.unwrap().declaration.path_parameters().collect();
                let given: Vec<_> = step.path.keys().map(String::as_str).collect();
                assert_eq!(given, wanted, "{}", step.call);
                assert_eq!(step.saved().count(), step.save.len(), "{}", step.call);
            }
        }
    }

    #[test]
    fn each_part_is_a_group_of_its_own() {
        for api in Api::all() {
            let walk = Walk::of(api.surface().name).unwrap();
            let names: BTreeSet<_> = walk.folders.iter().map(|one| one.folder.as_str()).collect();
            let groups: BTreeSet<_> =
                api.routes().iter().map(|route| route.declaration.group).collect();
            assert_eq!((names.len(), names), (walk.folders.len(), groups));
        }
    }

    #[test]
    fn a_number_has_no_quotes() {
        assert_eq!(unquoted(r#"{"a": "{{#b}}", "c": "{{d}}"}"#), r#"{"a": {{b}}, "c": "{{d}}"}"#);
        assert_eq!(unquoted("\"{{#"), "\"{{#");
    }
}
