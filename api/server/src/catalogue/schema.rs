//! JSON Schema of the `data` of an event, as `/v1/events` and webhooks show it.

use convolog_domain::{ContentKind, Event, EventType};
use serde_json::{Map, Value, json};

/// JSON Schema (2020-12) of the `data` of an event of this type: the payload in the clear, and what
/// is sealed in it, opened. Fields may be added to it later; none is taken away.
pub fn data_schema(row: &EventType) -> Value {
    let mut schema = Event::schema(row.code).map_or_else(|| json!({}), Value::from);
    let Value::Object(members) = &mut schema else { return schema };
    members.insert("title".to_owned(), row.name.into());
    if row.seals.is_empty() {
        return schema;
    }
    let properties = members.entry("properties").or_insert_with(|| json!({}));
    if let Value::Object(properties) = properties {
        properties.insert("content".to_owned(), content(row.seals));
        for (name, means) in [
            ("erased", "What was sealed of a person was erased."),
            ("unreadable", "A sealed part could not be opened; the server's log says why."),
        ] {
            let schema = json!({ "description": means, "const": true });
            properties.insert(name.to_owned(), schema);
        }
    }
    schema
}

fn content(kinds: &[ContentKind]) -> Value {
    let properties: Map<String, Value> = kinds
        .iter()
        .map(|kind| {
            let mut one = Value::from(kind.schema());
            if let Value::Object(members) = &mut one {
                members.shift_remove("$schema");
                members.shift_remove("title");
            }
            let several = json!({ "type": "array", "items": one });
            (kind.name().to_owned(), json!({ "anyOf": [one, several] }))
        })
        .collect();
    json!({
        "description": "What is sealed, opened; a list where it is about several people. Missing where it was erased.",
        "type": "object",
        "properties": properties,
    })
}

/// What an event of this type means, in a line.
pub fn meaning(row: &EventType) -> String {
    let schema = Event::schema(row.code).map_or_else(|| json!({}), Value::from);
    let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
