//! Messages, as Anthropic speaks them.

use reqwest::header::{HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Connection;
use super::http::{Request, Response};
use super::wire::{Call, Said, TOOL, TOOL_DOES, Talk, Wire, json_of, tool_takes};
use crate::provider::ProviderError;
use crate::reply::Tokens;

/// The version of the protocol.
const VERSION: &str = "2023-06-01";

/// Tokens of an answer where the agent sets none: the protocol needs a number.
const TOKENS_MAX: u32 = 1_024;

/// The most freely that this protocol lets a model answer, in hundredths.
const TEMPERATURE_MAX: u16 = 100;

/// Speaks messages.
pub(super) struct Anthropic(pub(super) Connection);

#[derive(Deserialize)]
struct Answer {
    content: Vec<Value>,
    #[serde(default)]
    usage: Usage,
}

#[derive(Deserialize, Default)]
struct Usage {
    #[serde(default)]
    input_tokens: u64,
    #[serde(default)]
    output_tokens: u64,
}

/// A block of an answer. Kinds that are not known here are sent back as they came.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Block {
    Text {
        text: String,
    },
    ToolUse {
        id: String,
        name: String,
        #[serde(default)]
        input: Value,
    },
    #[serde(other)]
    Other,
}

impl Wire for Anthropic {
    fn write(&self, talk: &Talk) -> Result<Request, ProviderError> {
        let Self(connection) = self;
        let mut messages = vec![json!({ "role": "user", "content": talk.asked })];
        for round in &talk.rounds {
            messages.push(json!({ "role": "assistant", "content": round.said }));
            let results = round.found.iter().map(|(call, found)| {
                json!({ "type": "tool_result", "tool_use_id": call.id, "content": found })
            });
            messages.push(json!({ "role": "user", "content": results.collect::<Vec<_>>() }));
        }
        // The tool stays named once it was used; that it may not be used any more is said beside it.
        let choice = if talk.may_search { "auto" } else { "none" };
        let mut body = json!({
            "model": connection.model,
            "max_tokens": connection.max_tokens.unwrap_or(TOKENS_MAX),
            "system": talk.system,
            "messages": messages,
            "tools": [{ "name": TOOL, "description": TOOL_DOES, "input_schema": tool_takes() }],
            "tool_choice": { "type": choice },
        });
        if let (Some(percent), Some(fields)) =
            (connection.temperature_percent, body.as_object_mut())
        {
            let temperature = f64::from(percent.min(TEMPERATURE_MAX)) / 100.0;
            fields.insert("temperature".to_owned(), json!(temperature));
        }
        let mut request = Request::new(&connection.base_url, &["messages"], body)?;
        request.secret("x-api-key", "", connection.key.as_ref())?;
        let version = HeaderName::from_static("anthropic-version");
        request.headers.insert(version, HeaderValue::from_static(VERSION));
        Ok(request)
    }

    fn read(&self, response: &Response) -> Result<Said, ProviderError> {
        let answer: Answer = json_of(&response.body)?;
        let (mut text, mut calls) = (String::new(), Vec::new());
        for block in &answer.content {
            match Block::deserialize(block).map_err(|_| ProviderError::Unreadable)? {
                Block::Text { text: more } => text.push_str(&more),
                Block::ToolUse { id, name, input } => calls.push(Call::new(&id, &name, input)),
                Block::Other => {}
            }
        }
        let Usage { input_tokens: input, output_tokens: output } = answer.usage;
        let (whole, tokens) = (Value::from(answer.content), Tokens { input, output });
        Ok(Said { text, calls, whole, tokens })
    }
}
