//! What an agent is set to: everything but its instructions, which are sealed.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{ChannelId, ModelConnectionId};
use crate::limits::{
    AGENT_CHANNELS_MAX, AGENT_DOCUMENTS_MAX, BUSINESS_HOURS_MAX, COALESCE_MILLISECONDS_MAX,
    LANGUAGE_CHARS_MAX, MODEL_PROVIDERS, TEMPERATURE_PERCENT_MAX, TIME_ZONE_CHARS_MAX,
};
use crate::refusal::Refusal;
use crate::validate;

/// Minutes of a day.
const DAY_MINUTES: u16 = 24 * 60;

/// What an agent is set to. Codes and numbers only: what people wrote at length is sealed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgentSettings {
    /// What the staff calls it.
    pub name: String,
    /// Who answers: `built_in`, `openai_compatible`, `anthropic` or `gemini`.
    pub provider: String,
    /// The provider's name of the model; none for its usual one.
    pub model: Option<String>,
    /// How freely it answers, in hundredths, up to 200.
    pub temperature_percent: Option<u16>,
    /// Tokens of one answer.
    pub max_tokens: Option<u32>,
    /// The language it answers in (BCP 47); none for the customer's.
    pub language: Option<String>,
    /// The time zone of its hours (IANA).
    pub time_zone: Option<String>,
    /// When it answers; empty = always.
    pub business_hours: Vec<OpenHours>,
    /// The channels it serves once it is published.
    pub channels: Vec<ChannelId>,
    /// The documents it answers from; none for all of the workspace.
    pub documents: Option<Vec<Uuid>>,
    /// When a person takes over.
    pub handoff: HandoffRules,
    /// How much it says.
    pub replies: ReplyLimits,
    /// The connection by which its model is reached; the built-in provider stands behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<ModelConnectionId>,
}

/// A stretch of one day of the week.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OpenHours {
    /// 1 = Monday … 7 = Sunday.
    pub day: u8,
    /// Minutes after midnight.
    pub opens: u16,
    /// Minutes after midnight; 1440 is the end of the day.
    pub closes: u16,
}

/// When a person takes over.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of its own")]
pub struct HandoffRules {
    /// The customer asks for a person.
    pub on_request: bool,
    /// It has no answer. If not, it says itself that it does not know.
    pub when_unsure: bool,
    /// It is written to outside its hours.
    pub outside_hours: bool,
    /// It has no document in the customer's language.
    pub unknown_language: bool,
    /// Where nobody takes over from an unsure agent: it says what comes nearest, with a caution,
    /// rather than that it does not know.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guess_when_unsure: bool,
}

/// How much an agent says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReplyLimits {
    /// Answers in one conversation within an hour.
    pub per_hour: Option<u32>,
    /// Answers in one conversation until a person looked at it.
    pub in_a_row: Option<u32>,
    /// Milliseconds that it waits for another message before it answers all of them at once, up to
    /// 60000.
    pub coalesce_milliseconds: u32,
}

impl AgentSettings {
    /// An agent of that name, with the built-in provider and what is usual.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            provider: "built_in".into(),
            model: None,
            temperature_percent: None,
            max_tokens: None,
            language: None,
            time_zone: None,
            business_hours: Vec::new(),
            channels: Vec::new(),
            documents: None,
            handoff: HandoffRules {
                on_request: true,
                when_unsure: true,
                outside_hours: false,
                unknown_language: true,
                guess_when_unsure: false,
            },
            replies: ReplyLimits { per_hour: None, in_a_row: None, coalesce_milliseconds: 0 },
            connection: None,
        }
    }

    /// The settings as they will be recorded.
    pub(super) fn checked(mut self) -> Result<Self, Refusal> {
        self.name = validate::name("name", &self.name)?;
        self.provider = validate::one_of("provider", &self.provider, &MODEL_PROVIDERS)?;
        self.model = self.model.map(|model| validate::name("model", &model)).transpose()?;
        if self.temperature_percent.is_some_and(|percent| percent > TEMPERATURE_PERCENT_MAX) {
            let most = format!("is at most {TEMPERATURE_PERCENT_MAX}");
            return Err(Refusal::field("temperature_percent", most));
        }
        if self.max_tokens == Some(0) {
            return Err(Refusal::field("max_tokens", "must be at least 1"));
        }
        validate::code("language", self.language.as_deref(), LANGUAGE_CHARS_MAX)?;
        validate::code("time_zone", self.time_zone.as_deref(), TIME_ZONE_CHARS_MAX)?;
        self.check_hours()?;
        self.channels = each_once(self.channels, "channels", AGENT_CHANNELS_MAX)?;
        self.documents = self
            .documents
            .map(|documents| each_once(documents, "documents", AGENT_DOCUMENTS_MAX))
            .transpose()?;
        if self.replies.coalesce_milliseconds > COALESCE_MILLISECONDS_MAX {
            let most = format!("is at most {COALESCE_MILLISECONDS_MAX}");
            return Err(Refusal::field("replies.coalesce_milliseconds", most));
        }
        Ok(self)
    }

    fn check_hours(&self) -> Result<(), Refusal> {
        let field = "business_hours";
        if self.business_hours.len() > BUSINESS_HOURS_MAX {
            return Err(Refusal::field(field, format!("takes at most {BUSINESS_HOURS_MAX}")));
        }
        let right = |hours: &OpenHours| {
            (1..=7).contains(&hours.day)
                && hours.opens < hours.closes
                && hours.closes <= DAY_MINUTES
        };
        if !self.business_hours.iter().all(right) {
            let detail = "needs days 1 (Monday) to 7 and minutes after midnight, opening before \
                          closing, at most 1440";
            return Err(Refusal::field(field, detail));
        }
        if !self.business_hours.is_empty() && self.time_zone.is_none() {
            return Err(Refusal::field("time_zone", "is needed with business_hours"));
        }
        Ok(())
    }
}

fn each_once<T: Ord + Clone>(
    ids: Vec<T>,
    field: &'static str,
    most: usize,
) -> Result<Vec<T>, Refusal> {
    let ids: BTreeSet<T> = ids.into_iter().collect();
    if ids.len() > most {
        return Err(Refusal::field(field, format!("takes at most {most}")));
    }
    Ok(ids.into_iter().collect())
}
