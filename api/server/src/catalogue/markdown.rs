//! docs/events.md.

use std::collections::{BTreeMap, BTreeSet};

use convolog_domain::subscription::{EVERYDAY, TOLD_KINDS};
use convolog_domain::{ContentKind, Event, EventType, StreamKind};
use convolog_engine::Recorded;
use convolog_projections::taken_by;
use serde_json::Value;

use super::{meaning, shown_by};
use crate::openapi::type_name;
use crate::text::add;

const INTRODUCTION: &str = "\
# Events

<!-- Made from the code (core/domain/src, projections/src); `make generated` writes it again. -->

Everything that can happen. A number and a name stand for ever; a payload only gains fields, any
other change raises its schema version and old events are read as if they were written today.
`GET /v1/events` shows every event of a workspace, `GET /v1/event-types` this catalogue with a JSON
Schema for each type. *Sealed* parts are encrypted for the person they are about: they show under
`content`, opened, as long as that person's data was not erased; everything else of a payload is in
the clear and holds no personal data.
";

/// The catalogue for people. `samples` holds at least one event of each type: the read models, search
/// among them, are asked which of them they take.
pub fn events_markdown(samples: &[Recorded]) -> String {
    let mut readers: BTreeMap<u16, BTreeSet<&'static str>> = BTreeMap::new();
    for sample in samples {
        let search = convolog_search::takes(sample).then_some(convolog_search::NAME);
        let of_type = readers.entry(sample.event.event_type().code).or_default();
        of_type.extend(taken_by(sample).chain(search));
    }
    let mut text = INTRODUCTION.to_owned();
    let catalogue = Event::catalogue();
    for kind in StreamKind::ALL {
        add(&mut text, format_args!("\n## {}\n\n", kind.name()));
        let mut shown: Vec<String> = shown_by(kind).iter().map(|path| code(path)).collect();
        shown.push(code("/v1/events"));
        add(&mut text, format_args!("Shown by {}. ", shown.join(", ")));
        let told = TOLD_KINDS.contains(&kind);
        text.push_str(if told {
            "Webhooks can subscribe to them.\n"
        } else {
            "Webhooks cannot subscribe to them.\n"
        });
        for row in catalogue.iter().filter(|row| row.kind == kind) {
            let readers = readers.get(&row.code).cloned().unwrap_or_default();
            one(&mut text, row, &readers);
        }
    }
    everyday(&mut text);
    sealed_parts(&mut text);
    text
}

fn one(text: &mut String, row: &EventType, readers: &BTreeSet<&'static str>) {
    add(text, format_args!("\n### {}\n\n{}\n\n", row.name, meaning(row)));
    add(text, format_args!("- Number {}, schema version {}\n", row.code, row.schema));
    let made_by: Vec<String> = row
        .made_by
        .iter()
        .map(|maker| format!("{} (`{}`)", code(maker.name()), maker.place()))
        .collect();
    add(text, format_args!("- Made by {}\n", made_by.join(", ")));
    let readers: Vec<String> = readers.iter().map(|name| code(name)).collect();
    let readers = if readers.is_empty() { "no read model".to_owned() } else { readers.join(", ") };
    add(text, format_args!("- Taken by {readers}\n"));
    let sealed: Vec<String> =
        row.seals.iter().map(|kind| format!("[{0}](#sealed-{0})", kind.name())).collect();
    let sealed = if sealed.is_empty() { "nothing".to_owned() } else { sealed.join(", ") };
    add(text, format_args!("- Sealed: {sealed}\n"));
    let schema = Event::schema(row.code).map(Value::from).unwrap_or_default();
    table(text, &schema);
}

/// The other names that webhooks can subscribe to.
fn everyday(text: &mut String) {
    text.push_str(
        "\n## Names of everyday use\n\n\
         Webhooks can subscribe to these as well, or to all that begin alike (`message.*`). What was \
         imported goes under the names of the catalogue only. A delivery is \
         `{type, timestamp, data}`: `type` is the name that was subscribed to, `timestamp` when the event \
         was recorded, `data` the event as `/v1/events` shows it, with its position, id, stream, actor and, \
         in turn, `data`: what happened, and what is sealed of it under `content`. \
         `GET /v1/event-types/message.received` gives the JSON Schema of the whole body as `delivered`, and \
         so for each name.\n\n\
         | Name | Means | Made of |\n| --- | --- | --- |\n",
    );
    for row in EVERYDAY {
        let of = row.of.iter().map(|(name, word)| match word {
            Some(word) => format!("[{name}](#{name}) that says {}", code(word)),
            None => format!("[{name}](#{name})"),
        });
        let of: Vec<String> = of.collect();
        add(text, format_args!("| {} | {} | {} |\n", code(row.name), row.means, of.join(", ")));
    }
}

fn sealed_parts(text: &mut String) {
    text.push_str("\n## Sealed parts\n");
    for kind in ContentKind::ALL {
        let schema = Value::from(kind.schema());
        let means = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        add(text, format_args!("\n### Sealed: {}\n\n{}\n", kind.name(), line(means)));
        table(text, &schema);
    }
}

fn table(text: &mut String, schema: &Value) {
    let mut rows = String::new();
    fields(&mut rows, "", schema);
    if rows.is_empty() {
        return;
    }
    add(text, format_args!("\n| Field | Type | Meaning |\n| --- | --- | --- |\n{rows}"));
}

/// A line for each field, nested ones under their path.
fn fields(rows: &mut String, above: &str, schema: &Value) {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
    let required = schema.get("required").and_then(Value::as_array);
    for (name, field) in properties {
        let path = format!("{above}{name}");
        let always = required.is_some_and(|names| names.iter().any(|one| one == name));
        let means = field.get("description").and_then(Value::as_str).unwrap_or_default();
        let optional = if always { "" } else { ", optional" };
        let kind = line(&type_name(field)).replace('|', "\\|");
        add(
            rows,
            format_args!("| `{path}` | {kind}{optional} | {} |\n", line(means).replace('|', "\\|")),
        );
        fields(rows, &format!("{path}."), inner(field));
        if let Some(items) = inner(field).get("items") {
            fields(rows, &format!("{path}[]."), items);
        }
    }
}

/// A field without its being optional.
fn inner(field: &Value) -> &Value {
    let options = field.get("anyOf").and_then(Value::as_array);
    options
        .and_then(|options| options.iter().find(|one| one.get("type") != Some(&"null".into())))
        .unwrap_or(field)
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn code(text: &str) -> String {
    format!("`{text}`")
}
