//! Chat completions, as `OpenAI` and most local servers speak them: streamed where the server can.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Connection;
use super::http::{Request, Response};
use super::wire::{Call, Said, TOOL, TOOL_DOES, Talk, Wire, json_of, tool_takes};
use crate::provider::ProviderError;
use crate::reply::Tokens;

/// Says that nothing follows.
const DONE: &[u8] = b"data: [DONE]";

/// Speaks chat completions.
pub(super) struct OpenAi(pub(super) Connection);

#[derive(Deserialize)]
struct Answer {
    choices: Vec<Choice>,
    #[serde(default)]
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Choice {
    /// In an answer that comes whole.
    #[serde(default)]
    message: Option<Message>,
    /// In one that comes piece by piece.
    #[serde(default)]
    delta: Option<Message>,
}

#[derive(Deserialize, Default)]
struct Message {
    #[serde(default)]
    content: Option<String>,
    #[serde(default)]
    tool_calls: Option<Vec<ToolCall>>,
}

#[derive(Deserialize)]
struct ToolCall {
    #[serde(default)]
    index: Option<usize>,
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    function: Function,
}

#[derive(Deserialize, Default)]
struct Function {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    arguments: Option<String>,
}

#[derive(Deserialize, Default)]
struct Usage {
    #[serde(default)]
    prompt_tokens: u64,
    #[serde(default)]
    completion_tokens: u64,
}

/// A message in the making.
#[derive(Default)]
struct Pieces {
    text: String,
    calls: Vec<Function>,
    ids: Vec<String>,
    tokens: Tokens,
    answered: bool,
}

impl Pieces {
    fn add(&mut self, answer: Answer) {
        if let Some(usage) = answer.usage {
            self.tokens = Tokens { input: usage.prompt_tokens, output: usage.completion_tokens };
        }
        let Some(choice) = answer.choices.into_iter().next() else { return };
        let Some(message) = choice.message.or(choice.delta) else { return };
        self.answered = true;
        self.text.push_str(&message.content.unwrap_or_default());
        for (at, call) in message.tool_calls.into_iter().flatten().enumerate() {
            let index = call.index.unwrap_or(at);
            // What is named far beyond what was begun is no call.
            if index == self.calls.len() {
                self.calls.push(Function::default());
                self.ids.push(String::new());
            }
            if let Some((begun, id)) = self.calls.get_mut(index).zip(self.ids.get_mut(index)) {
                id.push_str(&call.id.unwrap_or_default());
                let Function { name, arguments } = call.function;
                begun.name.get_or_insert_default().push_str(&name.unwrap_or_default());
                begun.arguments.get_or_insert_default().push_str(&arguments.unwrap_or_default());
            }
        }
    }

    fn said(self) -> Result<Said, ProviderError> {
        if !self.answered {
            return Err(ProviderError::Unreadable);
        }
        let (mut calls, mut whole) = (Vec::new(), Vec::new());
        for (Function { name, arguments }, id) in self.calls.iter().zip(&self.ids) {
            let (name, arguments) = (name.as_deref(), arguments.as_deref());
            let (name, arguments) = (name.unwrap_or_default(), arguments.unwrap_or_default());
            let function = json!({ "name": name, "arguments": arguments });
            whole.push(json!({ "id": id, "type": "function", "function": function }));
            calls.push(Call::new(id, name, serde_json::from_str(arguments).unwrap_or_default()));
        }
        let whole = json!({ "role": "assistant", "content": self.text, "tool_calls": whole });
        Ok(Said { text: self.text, calls, whole, tokens: self.tokens })
    }
}

impl Wire for OpenAi {
    fn write(&self, talk: &Talk) -> Result<Request, ProviderError> {
        let Self(connection) = self;
        let mut messages = vec![
            json!({ "role": "system", "content": talk.system }),
            json!({ "role": "user", "content": talk.asked }),
        ];
        for round in &talk.rounds {
            messages.push(round.said.clone());
            messages.extend(round.found.iter().map(|(call, found)| {
                json!({ "role": "tool", "tool_call_id": call.id, "content": found })
            }));
        }
        let mut body = json!({
            "model": connection.model,
            "messages": messages,
            "stream": true,
            "stream_options": { "include_usage": true },
        });
        if talk.may_search {
            let function =
                json!({ "name": TOOL, "description": TOOL_DOES, "parameters": tool_takes() });
            set(&mut body, "tools", json!([{ "type": "function", "function": function }]));
        }
        if let Some(percent) = connection.temperature_percent {
            set(&mut body, "temperature", json!(f64::from(percent) / 100.0));
        }
        if let Some(most) = connection.max_tokens {
            set(&mut body, "max_tokens", json!(most));
        }
        let mut request = Request::new(&connection.base_url, &["chat", "completions"], body)?;
        request.secret("authorization", "Bearer ", connection.key.as_ref())?;
        Ok(request)
    }

    fn read(&self, response: &Response) -> Result<Said, ProviderError> {
        let mut pieces = Pieces::default();
        if response.streamed {
            let text =
                std::str::from_utf8(&response.body).map_err(|_| ProviderError::Unreadable)?;
            let data = text.lines().filter_map(|line| line.strip_prefix("data:")).map(str::trim);
            for data in data.filter(|data| !data.is_empty()).take_while(|data| *data != "[DONE]") {
                pieces.add(json_of(data.as_bytes())?);
            }
        } else {
            pieces.add(json_of(&response.body)?);
        }
        pieces.said()
    }

    fn is_done(&self, body: &[u8]) -> bool {
        let tail = body.len().saturating_sub(DONE.len() + 4);
        let tail = body.get(tail..).unwrap_or_default();
        tail.windows(DONE.len()).any(|window| window == DONE)
    }
}

/// Sets a field of an object.
fn set(body: &mut Value, name: &str, value: Value) {
    if let Some(fields) = body.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
}
