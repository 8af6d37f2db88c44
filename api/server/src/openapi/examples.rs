//! What the demo answered to the walk: requests and answers, kept as they were, but for lists, of which
//! the first two items are shown, and secrets, which nobody is shown twice. A test walks again and
//! compares; with `CONVOLOG_REGENERATE=1` it writes anew what has become stale.

use serde_json::{Map, Value};

/// What was recorded, by the name of the surface.
const RECORDED: [(&str, &str); 3] = [
    ("native", include_str!("examples/native.json")),
    ("convoai", include_str!("examples/convoai.json")),
    ("avelto", include_str!("examples/avelto.json")),
];

/// The examples of a surface, by the name of the endpoint: `path`, `query`, `header`, `body` with its
/// `media`, `status` and `answer`.
pub(super) fn recorded(surface: &str) -> Map<String, Value> {
    let found = RECORDED.iter().find(|(name, _)| *name == surface);
    found.and_then(|(_, text)| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// Adds the example of an operation to what the document says of it.
pub(super) fn add(operation: &mut Value, example: &Value) {
    let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten().filter_map(Value::as_object_mut) {
        let text = |member: &str| parameter.get(member).and_then(Value::as_str).unwrap_or_default();
        let shown = example.get(text("in")).and_then(|part| part.get(text("name")));
        if let Some(shown) = shown.map(|shown| typed(shown, parameter.get("schema"))) {
            parameter.insert("example".to_owned(), shown);
        }
    }
    let text = |member: &str| example.get(member).and_then(Value::as_str);
    if let (Some(media), Some(body)) = (text("media"), example.get("body")) {
        show(operation.pointer_mut("/requestBody/content"), media, body);
    }
    if let (Some(status), Some(answer)) = (text("status"), example.get("answer")) {
        let content = operation.pointer_mut(&format!("/responses/{status}/content"));
        let kinds = content.as_deref().and_then(Value::as_object);
        let media = kinds.and_then(|kinds| kinds.keys().next().cloned()).unwrap_or_default();
        show(content, &media, answer);
    }
}

fn show(content: Option<&mut Value>, media: &str, example: &Value) {
    let kind = content.and_then(|kinds| kinds.get_mut(media)).and_then(Value::as_object_mut);
    if let Some(kind) = kind {
        kind.insert("example".to_owned(), example.clone());
    }
}

/// A parameter as its schema has it: it was sent as text.
fn typed(text: &Value, schema: Option<&Value>) -> Value {
    let read = text.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    let kinds = schema.and_then(|schema| schema.get("type")).map(ToString::to_string);
    let kinds = kinds.unwrap_or_default();
    match read {
        Some(number @ Value::Number(_)) if kinds.contains("integer") => number,
        Some(yes @ Value::Bool(_)) if kinds.contains("boolean") => yes,
        _ => text.clone(),
    }
}
