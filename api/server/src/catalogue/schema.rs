//! JSON Schema of the `data` of an event, as `/v1/events` and webhooks show it.

use convolog_domain::{ContentKind, Event, EventType};
use convolog_projections::view::ToldEventView;
use schemars::generate::SchemaSettings;
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

/// JSON Schema (2020-12) of the body of a delivery that tells an event of one of these types under
/// this name.
pub fn delivered_schema(name: &str, rows: &[EventType]) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with(|it| it.inline_subschemas = true);
    let mut event =
        plain(Value::from(settings.into_generator().into_root_schema_for::<ToldEventView>()));
    if let Some(Value::Object(properties)) = event.get_mut("properties") {
        let names: Vec<_> = rows.iter().map(|row| row.name).collect();
        properties.insert("type".to_owned(), json!({ "enum": names }));
        let data: Vec<_> = rows.iter().map(|row| plain(data_schema(row))).collect();
        let data =
            if let [only] = data.as_slice() { only.clone() } else { json!({ "anyOf": data }) };
        properties.insert("data".to_owned(), data);
    }
    let too_large = json!({
        "description": "An event that is too large to be delivered: where it is to be read.",
        "type": "object",
        "properties": {
            "position": { "type": "integer" },
            "id": { "type": "string", "format": "uuid" },
            "stream": { "type": "string" },
            "type": { "type": "string" },
            "conversation_id": { "type": ["string", "null"], "format": "uuid" },
            "contact_id": { "type": ["string", "null"], "format": "uuid" },
            "too_large": { "const": true },
        },
        "required": ["position", "id", "stream", "type", "too_large"],
    });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        "type": "object",
        "properties": {
            "type": { "const": name },
            "timestamp": {
                "description": "When the event was recorded.",
                "type": "string",
                "format": "date-time",
            },
            "data": { "anyOf": [event, too_large] },
        },
        "required": ["type", "timestamp", "data"],
    })
}

/// A schema within another one.
fn plain(mut schema: Value) -> Value {
    if let Value::Object(members) = &mut schema {
        members.shift_remove("$schema");
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
