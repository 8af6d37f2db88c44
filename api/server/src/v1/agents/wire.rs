//! What an agent is set to, as the API takes and shows it.

use convolog_domain::agent::{AgentChanges, AgentSettings, HandoffRules, OpenHours, ReplyLimits};
use convolog_domain::limits::MODEL_PROVIDERS;
use convolog_domain::{ChannelId, ModelConnectionId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::v1::wire::given;

/// What an agent is set to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct SettingsView {
    /// What the staff calls it.
    name: String,
    /// Who answers; with a connection, its provider.
    provider: String,
    /// The provider's name of the model; null for its usual one.
    model: Option<String>,
    /// How freely it answers, in hundredths.
    temperature_percent: Option<u16>,
    /// Tokens of one answer.
    max_tokens: Option<u32>,
    /// The language it answers in; null for the customer's.
    language: Option<String>,
    /// The time zone of its hours.
    time_zone: Option<String>,
    /// When it answers; empty = always.
    business_hours: Vec<Hours>,
    /// The channels it serves once it is published.
    channels: Vec<Uuid>,
    /// The documents it answers from; null for all of the workspace.
    documents: Option<Vec<Uuid>>,
    /// When a person takes over.
    handoff: Handoff,
    /// How much it says.
    replies: Replies,
    /// The connection to the model that answers; null for none.
    connection_id: Option<Uuid>,
}

/// A stretch of one day of the week.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OpenHours")]
pub(crate) struct Hours {
    /// 1 = Monday … 7 = Sunday.
    #[schemars(range(min = 1, max = 7))]
    day: u8,
    /// Minutes after midnight.
    #[schemars(range(min = 0, max = 1439))]
    opens: u16,
    /// Minutes after midnight; 1440 is the end of the day.
    #[schemars(range(min = 1, max = 1440))]
    closes: u16,
}

/// When a person takes over.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "HandoffRules")]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of its own")]
pub(crate) struct Handoff {
    /// The customer asks for a person.
    on_request: bool,
    /// It has no answer. If false, the agent says itself that it does not know.
    when_unsure: bool,
    /// It is written to outside its hours.
    outside_hours: bool,
    /// It has no document in the customer's language.
    unknown_language: bool,
    /// With `when_unsure` false: the agent says what comes nearest, with a caution, where there is
    /// anything near, rather than that it does not know.
    #[serde(default)]
    guess_when_unsure: bool,
}

/// How much an agent says.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ReplyLimits")]
pub(crate) struct Replies {
    /// Answers in one conversation within an hour.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1_000_000))]
    per_hour: Option<u32>,
    /// Answers in one conversation until a person looked at it.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1_000_000))]
    in_a_row: Option<u32>,
    /// Milliseconds that it waits for another message before it answers all of them at once.
    #[serde(default)]
    #[schemars(range(min = 0, max = 60_000))]
    coalesce_milliseconds: u32,
}

/// What is to be set; what is left out stays as it is, or as is usual.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Changes {
    /// What the staff calls it.
    #[serde(default)]
    #[schemars(length(min = 1, max = 100))]
    pub(super) name: Option<String>,
    /// What it is told about its work.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(max = 20_000))]
    pub(super) instructions: Option<convolog_domain::Sensitive>,
    /// Who answers.
    #[serde(default)]
    #[schemars(schema_with = "providers")]
    provider: Option<String>,
    /// The provider's name of the model; an empty one for its usual one.
    #[serde(default)]
    #[schemars(length(max = 100))]
    model: Option<String>,
    /// How freely it answers, in hundredths.
    #[serde(default)]
    #[schemars(range(min = 0, max = 200))]
    temperature_percent: Option<u16>,
    /// Tokens of one answer.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1_000_000))]
    max_tokens: Option<u32>,
    /// The language it answers in (BCP 47); an empty one for the customer's.
    #[serde(default)]
    #[schemars(length(max = 35))]
    language: Option<String>,
    /// The time zone of its hours (IANA).
    #[serde(default)]
    #[schemars(length(max = 64))]
    time_zone: Option<String>,
    /// When it answers; empty = always.
    #[serde(default)]
    #[schemars(length(max = 50))]
    business_hours: Option<Vec<Hours>>,
    /// The channels it serves once it is published.
    #[serde(default)]
    #[schemars(length(max = 100))]
    channels: Option<Vec<Uuid>>,
    /// The documents it answers from; an empty list for all of the workspace.
    #[serde(default)]
    #[schemars(length(max = 200))]
    documents: Option<Vec<Uuid>>,
    /// When a person takes over.
    #[serde(default)]
    handoff: Option<Handoff>,
    /// How much it says.
    #[serde(default)]
    replies: Option<Replies>,
    /// The connection to the model that answers, with its provider; null for none.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<Uuid>")]
    #[expect(clippy::option_option, reason = "left out, null and a value are three things")]
    connection_id: Option<Option<Uuid>>,
}

fn providers(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": MODEL_PROVIDERS })
}

/// Text that is taken away by an empty one.
fn text(new: &str) -> Option<String> {
    (!new.trim().is_empty()).then(|| new.trim().to_owned())
}

impl Changes {
    /// As the domain takes them, but for the instructions.
    pub(super) fn settings(&self) -> AgentChanges {
        let hours = |&Hours { day, opens, closes }: &Hours| OpenHours { day, opens, closes };
        let hours = |list: &Vec<Hours>| list.iter().map(hours).collect();
        let channels = |list: &Vec<Uuid>| list.iter().copied().map(ChannelId).collect();
        let documents = |list: &Vec<Uuid>| Some(list.clone()).filter(|list| !list.is_empty());
        AgentChanges {
            name: self.name.clone(),
            provider: self.provider.clone(),
            model: self.model.as_deref().map(text),
            temperature_percent: self.temperature_percent,
            max_tokens: self.max_tokens,
            language: self.language.as_deref().map(text),
            time_zone: self.time_zone.as_deref().map(text),
            business_hours: self.business_hours.as_ref().map(hours),
            channels: self.channels.as_ref().map(channels),
            documents: self.documents.as_ref().map(documents),
            handoff: self.handoff.map(Into::into),
            replies: self.replies.map(Into::into),
            connection: self.connection_id.map(|id| id.map(ModelConnectionId)),
        }
    }
}

impl From<Handoff> for HandoffRules {
    fn from(rules: Handoff) -> Self {
        let Handoff { on_request, when_unsure, outside_hours, unknown_language, guess_when_unsure } =
            rules;
        Self { on_request, when_unsure, outside_hours, unknown_language, guess_when_unsure }
    }
}

impl From<HandoffRules> for Handoff {
    fn from(rules: HandoffRules) -> Self {
        let HandoffRules {
            on_request,
            when_unsure,
            outside_hours,
            unknown_language,
            guess_when_unsure,
        } = rules;
        Self { on_request, when_unsure, outside_hours, unknown_language, guess_when_unsure }
    }
}

impl From<Replies> for ReplyLimits {
    fn from(limits: Replies) -> Self {
        let Replies { per_hour, in_a_row, coalesce_milliseconds } = limits;
        Self { per_hour, in_a_row, coalesce_milliseconds }
    }
}

impl From<ReplyLimits> for Replies {
    fn from(limits: ReplyLimits) -> Self {
        let ReplyLimits { per_hour, in_a_row, coalesce_milliseconds } = limits;
        Self { per_hour, in_a_row, coalesce_milliseconds }
    }
}

impl From<&AgentSettings> for SettingsView {
    fn from(settings: &AgentSettings) -> Self {
        let hours = settings.business_hours.iter();
        Self {
            name: settings.name.clone(),
            provider: settings.provider.clone(),
            model: settings.model.clone(),
            temperature_percent: settings.temperature_percent,
            max_tokens: settings.max_tokens,
            language: settings.language.clone(),
            time_zone: settings.time_zone.clone(),
            business_hours: hours
                .map(|&OpenHours { day, opens, closes }| Hours { day, opens, closes })
                .collect(),
            channels: settings.channels.iter().map(|channel| channel.0).collect(),
            documents: settings.documents.clone(),
            handoff: settings.handoff.into(),
            replies: settings.replies.into(),
            connection_id: settings.connection.map(|id| id.0),
        }
    }
}
