//! Schemas as tables for people.

use serde_json::Value;

use crate::endpoint::{Definitions, resolve};
use crate::text::add;

/// How deep tables are nested.
const DEPTH_MAX: u8 = 4;

/// Text that is safe inside HTML.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

/// Text with `code` in backticks.
pub(super) fn prose(text: &str) -> String {
    let mut html = String::new();
    for (at, part) in text.split('`').enumerate() {
        if at % 2 == 1 {
            add(&mut html, format_args!("<code>{}</code>", escape(part)));
        } else {
            html.push_str(&escape(part));
        }
    }
    html
}

/// A few words for the type of a schema.
pub(crate) fn type_name(schema: &Value) -> String {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return reference.rsplit('/').next().unwrap_or_default().to_owned();
    }
    for either in ["anyOf", "oneOf"] {
        if let Some(options) = schema.get(either).and_then(Value::as_array) {
            return options.iter().map(type_name).collect::<Vec<_>>().join(" | ");
        }
    }
    if let Some(value) = schema.get("const") {
        return value.to_string();
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ");
    }
    let name = match schema.get("type") {
        Some(Value::String(one)) => one.clone(),
        Some(Value::Array(several)) => {
            several.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | ")
        }
        _ => "any".to_owned(),
    };
    match (schema.get("items"), schema.get("format").and_then(Value::as_str)) {
        (Some(items), _) => format!("{name} of {}", type_name(items)),
        (None, Some(format)) if !format.starts_with("uint") && !format.starts_with("int") => {
            format!("{name} ({format})")
        }
        _ => name,
    }
}

/// The members of an object, nested ones folded away.
pub(super) fn schema_table(schema: &Value, definitions: &Definitions, depth: u8) -> String {
    let schema = resolve(schema, definitions);
    let Some(members) = schema.get("properties").and_then(Value::as_object) else {
        return String::new();
    };
    let needed = schema.get("required").and_then(Value::as_array);
    let mut rows = String::new();
    for (name, member) in members {
        let needed = needed.is_some_and(|list| list.iter().any(|one| one == name));
        let means = member
            .get("description")
            .or_else(|| resolve(member, definitions).get("description"))
            .and_then(Value::as_str)
            .unwrap_or_default();
        add(
            &mut rows,
            format_args!(
                "<tr><td><code>{}</code></td><td>{}{}</td><td>{}{}</td></tr>",
                escape(name),
                escape(&type_name(member)),
                if needed { ", needed" } else { "" },
                prose(means),
                nested(member, definitions, depth),
            ),
        );
    }
    format!(
        "<div class=\"scroll\"><table><thead><tr><th>Member</th><th>Type</th><th>Meaning</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
}

fn nested(member: &Value, definitions: &Definitions, depth: u8) -> String {
    let inner = member.get("items").unwrap_or(member);
    let options = inner.get("anyOf").and_then(Value::as_array);
    let inner = options
        .and_then(|options| options.iter().find(|option| option.get("$ref").is_some()))
        .unwrap_or(inner);
    let shown = resolve(inner, definitions);
    if let Some(choices) = shown.get("oneOf").and_then(Value::as_array) {
        let lines: Vec<String> = choices
            .iter()
            .filter_map(|choice| {
                let value = choice.get("const")?.as_str()?;
                let means = choice.get("description").and_then(Value::as_str).unwrap_or_default();
                Some(format!("<br><code>{}</code> {}", escape(value), prose(means)))
            })
            .collect();
        return lines.concat();
    }
    if depth >= DEPTH_MAX || shown.get("properties").is_none() {
        return String::new();
    }
    let table = schema_table(shown, definitions, depth.saturating_add(1));
    format!("<details><summary>{}</summary>{table}</details>", escape(&type_name(inner)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(prose("a <b> `c & \"d\"`"), "a &lt;b&gt; <code>c &amp; &quot;d&quot;</code>");
    }

    #[test]
    fn a_schema_that_refers_to_itself_ends() {
        let node = json!({ "type": "object", "properties": { "next": { "$ref": "#/components/schemas/Node" } } });
        let definitions = json!({ "Node": node });
        let table = schema_table(&node, definitions.as_object().unwrap(), 0);
        assert_eq!(table.matches("<table>").count(), usize::from(DEPTH_MAX) + 1);
    }
}
