//! `generateContent`, as Gemini speaks it.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Connection;
use super::http::{Request, Response};
use super::wire::{Call, Said, TOOL, TOOL_DOES, Talk, Wire, json_of, tool_takes};
use crate::provider::ProviderError;
use crate::reply::Tokens;

/// Speaks `generateContent`.
pub(super) struct Gemini(pub(super) Connection);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    candidates: Vec<Candidate>,
    #[serde(default)]
    usage_metadata: Usage,
}

#[derive(Deserialize)]
struct Candidate {
    content: Value,
}

#[derive(Deserialize)]
struct Content {
    #[serde(default)]
    parts: Vec<Part>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    #[serde(default)]
    text: Option<String>,
    /// What the model thinks, not what it says.
    #[serde(default)]
    thought: bool,
    #[serde(default)]
    function_call: Option<FunctionCall>,
}

#[derive(Deserialize)]
struct FunctionCall {
    name: String,
    #[serde(default)]
    args: Value,
}

/// Tokens.
#[derive(Deserialize, Default)]
struct Usage {
    #[serde(default, rename = "promptTokenCount")]
    prompt: u64,
    #[serde(default, rename = "candidatesTokenCount")]
    candidates: u64,
    #[serde(default, rename = "thoughtsTokenCount")]
    thoughts: u64,
}

impl Wire for Gemini {
    fn write(&self, talk: &Talk) -> Result<Request, ProviderError> {
        let Self(connection) = self;
        let mut contents = vec![json!({ "role": "user", "parts": [{ "text": talk.asked }] })];
        for round in &talk.rounds {
            contents.push(round.said.clone());
            let results = round.found.iter().map(|(call, found)| {
                let passages: Value = serde_json::from_str(found).unwrap_or_default();
                let response = json!({ "passages": passages });
                json!({ "functionResponse": { "name": call.name, "response": response } })
            });
            contents.push(json!({ "role": "user", "parts": results.collect::<Vec<_>>() }));
        }
        let mut settings = serde_json::Map::new();
        if let Some(percent) = connection.temperature_percent {
            settings.insert("temperature".to_owned(), json!(f64::from(percent) / 100.0));
        }
        if let Some(most) = connection.max_tokens {
            settings.insert("maxOutputTokens".to_owned(), json!(most));
        }
        let mode = if talk.may_search { "AUTO" } else { "NONE" };
        let tool = json!({ "name": TOOL, "description": TOOL_DOES, "parameters": tool_takes() });
        let body = json!({
            "systemInstruction": { "parts": [{ "text": talk.system }] },
            "contents": contents,
            "tools": [{ "functionDeclarations": [tool] }],
            "toolConfig": { "functionCallingConfig": { "mode": mode } },
            "generationConfig": settings,
        });
        let called = format!("{}:generateContent", connection.model);
        let mut request = Request::new(&connection.base_url, &["models", &called], body)?;
        request.secret("x-goog-api-key", "", connection.key.as_ref())?;
        Ok(request)
    }

    fn read(&self, response: &Response) -> Result<Said, ProviderError> {
        let answer: Answer = json_of(&response.body)?;
        let first = answer.candidates.into_iter().next().ok_or(ProviderError::Unreadable)?;
        let content =
            Content::deserialize(&first.content).map_err(|_| ProviderError::Unreadable)?;
        let (mut text, mut calls) = (String::new(), Vec::new());
        for part in content.parts.into_iter().filter(|part| !part.thought) {
            text.push_str(&part.text.unwrap_or_default());
            calls.extend(part.function_call.map(|call| Call::new("", &call.name, call.args)));
        }
        let usage = answer.usage_metadata;
        let output = usage.candidates.saturating_add(usage.thoughts);
        let tokens = Tokens { input: usage.prompt, output };
        Ok(Said { text, calls, whole: first.content, tokens })
    }
}
