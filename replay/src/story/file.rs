//! A story as it stands in its file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// A story and where it stands.
#[derive(Clone, Debug)]
pub struct StoryFile {
    /// The file.
    pub path: PathBuf,
    /// What it tells.
    pub story: Story,
}

/// A story that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{path} is no story: {reason}; the format is described in fixtures/stories/README.md")]
pub struct WrongStory {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub reason: String,
}

/// What happens, in words and in steps.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// A sentence that says what the story shows.
    pub story: String,
    /// Why it matters, for readers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// What the clock shows at the start (RFC 3339).
    #[serde(default = "default_clock")]
    pub clock: String,
    /// What was before. Must succeed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<Step>,
    /// What happens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Step>,
    /// What must be true in the end.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<Check>,
}

fn default_clock() -> String {
    "2026-11-20T10:00:00Z".to_owned()
}

/// One thing that happens: exactly one of `business`, `command`, `post`, `request`, `clock`,
/// `any_order`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Step {
    /// A business sets up: workspace, app and channel, under one name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub business: Option<Business>,
    /// A command: its name and its arguments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<Value>,
    /// The platform posts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<Post>,
    /// An HTTP request. Only hosts that speak HTTP carry it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<Request>,
    /// The clock moves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<Clock>,
    /// These steps happen, in an order that must not matter: the story is run once for each of
    /// several orders.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any_order: Vec<Step>,
    /// The name under which later steps know what this one made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
    /// The workspace it happens in; the first one if absent.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub workspace: Option<String>,
    /// Who does it: `administrator` (the default) or the name of a person or key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The idempotency key it comes with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub once: Option<String>,
    /// What must be true right after it.
    #[serde(deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<Check>,
}

/// A business with one number.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Business {
    /// The name of its workspace in the story; app and channel are `<name>.app`, `<name>.channel`.
    #[serde(rename = "as")]
    pub alias: String,
    /// Its name.
    pub name: String,
    /// The platform's id of its number.
    pub number: String,
    /// The platform's id of its account.
    pub account: String,
    /// The number as people dial it.
    pub phone: String,
    /// The secret of its app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// Its plan.
    #[serde(default = "pro")]
    pub plan: String,
}

fn pro() -> String {
    "pro".to_owned()
}

/// What the platform posts: `file`, `body` and `text` give a whole body, else one is made around
/// `value`, `contacts`, `messages`, `statuses` for a channel.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Post {
    /// A file of `fixtures/whatsapp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// A whole body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// A whole body, letter for letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The channel it is for; the first of the workspace if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The field of the change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Members of the change's value.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub value: Map<String, Value>,
    /// `value.contacts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacts: Option<Value>,
    /// `value.messages`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messages: Option<Value>,
    /// `value.statuses`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statuses: Option<Value>,
    /// The app whose secret signs; the channel's, or the first of the workspace, if absent. `nobody`
    /// for no signature, `a forger` for a wrong one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<String>,
    /// How often it is delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
}

/// An HTTP request.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Request {
    /// `GET`, `POST` …
    pub method: String,
    /// Path and query. `{name}` stands for the id of what the story knows by that name.
    pub path: String,
    /// The body. `{name}` as in the path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// Headers besides the usual ones.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Names for things that are found by what they look like: `{kind: {…}}`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub with: BTreeMap<String, Value>,
}

/// The clock moves.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Clock {
    /// By so much: `90 s`, `10 min`, `2 h`, `30 d`.
    Advance(String),
    /// To this moment (RFC 3339).
    Set(String),
}

/// Something that must be true.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Check {
    /// The workspace that is looked at; that of the step, or the first one, if absent.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub workspace: Option<String>,
    /// The moment that is looked at: `@10:00:05`, or the name of a step, right after it. For views
    /// only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// What became of the post before: `accepted`, `repeated`, `refused`, `quarantined`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<Value>,
    /// The step before was refused with this code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// The field that the refusal names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The answer to the step before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
    /// The events recorded (by the step; in the end: by all of `when`), by kind of stream, in order:
    /// names, or `{name: {fields}}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<BTreeMap<String, Vec<Value>>>,
    /// Nothing at all was recorded.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub nothing_recorded: bool,
    /// All conversations, oldest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversations: Option<Vec<Value>>,
    /// All contacts, oldest first, those merged into others included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacts: Option<Vec<Value>>,
    /// All messages of the only conversation, in the order shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messages: Option<Vec<Value>>,
    /// Messages of one of several conversations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transcript: Option<Transcript>,
    /// All leads but those merged into others, oldest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads: Option<Vec<Value>>,
    /// All appointments, by the time they begin; not of the past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appointments: Option<Vec<Value>>,
    /// All quarantined changes, oldest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quarantine: Option<Vec<Value>>,
}

/// The messages of one conversation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transcript {
    /// What the conversation looks like.
    pub of: Value,
    /// Its messages, in the order shown.
    pub messages: Vec<Value>,
}

/// An answer.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Response {
    /// Its HTTP status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What its body holds, among others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
}

/// One value stands for a list of one.
fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Check>, D::Error> {
    use serde::de::Error;
    let value = Value::deserialize(deserializer)?;
    let values = if let Value::Array(values) = value { values } else { vec![value] };
    values
        .into_iter()
        .map(|value| serde_json::from_value(value).map_err(D::Error::custom))
        .collect()
}

impl Story {
    /// Reads a story.
    pub fn parse(text: &str) -> Result<Self, String> {
        // Through JSON, so that a step's name needs no YAML tag.
        let value: Value = serde_yaml_ng::from_str(text).map_err(|error| error.to_string())?;
        let story: Self = serde_json::from_value(value).map_err(|error| error.to_string())?;
        story.steps().try_for_each(Step::check)?;
        Ok(story)
    }

    /// The story as a file, with nothing in it that is not said.
    pub fn print(&self) -> Result<String, String> {
        let value = serde_json::to_value(self).map_err(|error| error.to_string())?;
        serde_yaml_ng::to_string(&value).map_err(|error| error.to_string())
    }

    /// Every step.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.given.iter().chain(&self.when)
    }
}

impl Step {
    fn check(&self) -> Result<(), String> {
        let actions = [
            self.business.is_some(),
            self.command.is_some(),
            self.post.is_some(),
            self.request.is_some(),
            self.clock.is_some(),
            !self.any_order.is_empty(),
        ];
        match actions.iter().filter(|there| **there).count() {
            1 => self.any_order.iter().try_for_each(Self::check),
            _ => Err("a step needs exactly one of `business`, `command`, `post`, `request`, \
                      `clock`, `any_order`"
                .to_owned()),
        }
    }
}

/// Reads a story, or every story of a folder and the folders in it, sorted by path.
pub fn load(path: &Path) -> Result<Vec<StoryFile>, WrongStory> {
    let wrong = |reason: String| WrongStory { path: path.to_path_buf(), reason };
    if path.is_dir() {
        let entries = std::fs::read_dir(path).map_err(|error| wrong(error.to_string()))?;
        let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        let is_story = |path: &PathBuf| {
            path.is_dir() || path.extension().is_some_and(|ending| ending == "yaml")
        };
        let mut stories = Vec::new();
        for path in paths.into_iter().filter(is_story) {
            stories.extend(load(&path)?);
        }
        return Ok(stories);
    }
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let story = Story::parse(&text).map_err(wrong)?;
    Ok(vec![StoryFile { path: path.to_path_buf(), story }])
}
