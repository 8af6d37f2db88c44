//! Checks a value against the schema that the documentation shows, so that what is documented is
//! what is enforced, and the caller learns which member is wrong and what would be taken.
//!
//! Knows the part of JSON Schema that our types use; a test fails when a type uses more.

use serde_json::{Map, Value};

use crate::problem::{Code, Problem};

/// Named schemas that others refer to.
pub type Definitions = Map<String, Value>;

const REFERENCE: &str = "#/components/schemas/";

/// Where a value stands, and in what.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The path of members that leads to it.
    pub(crate) name: &'a str,
    /// The code for a member too many.
    pub(crate) unknown: Code,
}

/// The schema behind a reference.
pub fn resolve<'a>(mut schema: &'a Value, definitions: &'a Definitions) -> &'a Value {
    while let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        match definitions.get(name.trim_start_matches(REFERENCE)) {
            Some(next) => schema = next,
            None => return &Value::Bool(true),
        }
    }
    schema
}

/// Whether `value` is what `schema` describes.
///
/// # Errors
/// A problem that names the member and, where they can be listed, the values that would be taken.
pub(crate) fn check(
    schema: &Value,
    definitions: &Definitions,
    value: &Value,
    place: Place<'_>,
) -> Result<(), Problem> {
    let schema = resolve(schema, definitions);
    if let Some(choices) = choices(schema, definitions) {
        if choices.contains(&value) {
            return Ok(());
        }
        return Err(not_one_of(&choices, place));
    }
    if let Some(options) =
        schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array)
    {
        return any(options, definitions, value, place);
    }
    check_type(schema, value, place)?;
    match value {
        Value::String(text) => check_text(schema, text, place),
        Value::Number(number) => check_number(schema, number, place),
        Value::Array(items) => check_items(schema, definitions, items, place),
        Value::Object(members) => check_members(schema, definitions, members, place),
        Value::Null | Value::Bool(_) => Ok(()),
    }
}

/// The closed list of values, if the schema is one.
fn choices<'a>(schema: &'a Value, definitions: &'a Definitions) -> Option<Vec<&'a Value>> {
    if let Some(list) = schema.get("enum").and_then(Value::as_array) {
        return Some(list.iter().collect());
    }
    if let Some(one) = schema.get("const") {
        return Some(vec![one]);
    }
    let mut all = Vec::new();
    for option in schema.get("oneOf")?.as_array()? {
        all.extend(choices(resolve(option, definitions), definitions)?);
    }
    Some(all)
}

fn not_one_of(choices: &[&Value], place: Place<'_>) -> Problem {
    let shown: Vec<String> = choices
        .iter()
        .filter(|choice| !choice.is_null())
        .map(|choice| choice.as_str().map_or_else(|| choice.to_string(), str::to_owned))
        .collect();
    refuse(place, &format!("must be one of {}", shown.join(", "))).allowing(shown)
}

fn any(
    options: &[Value],
    definitions: &Definitions,
    value: &Value,
    place: Place<'_>,
) -> Result<(), Problem> {
    let mut first = None;
    for option in options {
        match check(option, definitions, value, place) {
            Ok(()) => return Ok(()),
            Err(problem) => first = first.or(Some(problem)),
        }
    }
    first.map_or(Ok(()), Err)
}

fn check_type(schema: &Value, value: &Value, place: Place<'_>) -> Result<(), Problem> {
    let wanted: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => return Ok(()),
    };
    let fits = wanted.iter().any(|kind| match *kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    });
    if fits {
        return Ok(());
    }
    let shown: Vec<&str> = wanted.into_iter().filter(|kind| *kind != "null").collect();
    let article = if shown.first().is_some_and(|kind| kind.starts_with(['a', 'i', 'o'])) {
        "an"
    } else {
        "a"
    };
    Err(refuse(place, &format!("must be {article} {}", shown.join(" or "))))
}

fn check_text(schema: &Value, text: &str, place: Place<'_>) -> Result<(), Problem> {
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    let (min, max) = (bound(schema, "minLength"), bound(schema, "maxLength"));
    if min.is_some_and(|min| length < min) || max.is_some_and(|max| length > max) {
        return Err(refuse(place, &wanted_length(min.unwrap_or(0), max)));
    }
    match schema.get("format").and_then(Value::as_str) {
        Some("uuid") if uuid::Uuid::try_parse(text).is_err() => {
            Err(refuse(place, "must be a UUID such as 0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c"))
        }
        _ => Ok(()),
    }
}

fn wanted_length(min: u64, max: Option<u64>) -> String {
    match max {
        None if min == 1 => "needs at least 1 character".to_owned(),
        None => format!("needs at least {min} characters"),
        Some(max) if min == 0 => format!("may have at most {max} characters"),
        Some(max) => format!("needs {min} to {max} characters"),
    }
}

fn bound(schema: &Value, name: &str) -> Option<u64> {
    schema.get(name).and_then(Value::as_u64)
}

fn check_number(
    schema: &Value,
    number: &serde_json::Number,
    place: Place<'_>,
) -> Result<(), Problem> {
    let Some(value) = number.as_f64() else { return Ok(()) };
    let (min, max) = (schema.get("minimum"), schema.get("maximum"));
    let too_small = min.and_then(Value::as_f64).is_some_and(|min| value < min);
    let too_large = max.and_then(Value::as_f64).is_some_and(|max| value > max);
    if !too_small && !too_large {
        return Ok(());
    }
    let range = match (min, max) {
        (Some(min), Some(max)) => format!("from {min} to {max}"),
        (Some(min), None) => format!("of {min} or more"),
        (_, Some(max)) => format!("of {max} or less"),
        (None, None) => String::new(),
    };
    Err(refuse(place, &format!("must be a number {range}")))
}

fn check_items(
    schema: &Value,
    definitions: &Definitions,
    items: &[Value],
    place: Place<'_>,
) -> Result<(), Problem> {
    let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
    if bound(schema, "minItems").is_some_and(|min| count < min) {
        return Err(refuse(place, "must not be empty"));
    }
    if let Some(max) = bound(schema, "maxItems").filter(|max| count > *max) {
        return Err(refuse(place, &format!("takes at most {max} items")));
    }
    let Some(item) = schema.get("items") else { return Ok(()) };
    items.iter().try_for_each(|value| check(item, definitions, value, place))
}

fn check_members(
    schema: &Value,
    definitions: &Definitions,
    members: &Map<String, Value>,
    place: Place<'_>,
) -> Result<(), Problem> {
    let empty = Map::new();
    let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    for (name, value) in members {
        let path =
            if place.name.is_empty() { name.clone() } else { format!("{}.{name}", place.name) };
        let here = Place { name: &path, ..place };
        match known.get(name) {
            Some(schema) => check(schema, definitions, value, here)?,
            None if schema.get("additionalProperties") == Some(&Value::Bool(false)) => {
                let detail = if known.is_empty() {
                    format!("{path} is not known here; nothing is taken.")
                } else {
                    format!("{path} is not known here.")
                };
                return Err(Problem::new(place.unknown, detail).at(path).allowing(known.keys()));
            }
            None => {
                if let Some(schema) = schema.get("additionalProperties").filter(|s| s.is_object()) {
                    check(schema, definitions, value, here)?;
                }
            }
        }
    }
    for name in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
        let name = name.as_str().unwrap_or_default();
        if !members.contains_key(name) {
            let path = if place.name.is_empty() {
                name.to_owned()
            } else {
                format!("{}.{name}", place.name)
            };
            return Err(refuse(Place { name: &path, ..place }, "is missing"));
        }
    }
    Ok(())
}

fn refuse(place: Place<'_>, what: &str) -> Problem {
    if place.name.is_empty() {
        return Problem::new(Code::InvalidField, format!("The body {what}."));
    }
    Problem::field(place.name, format!("{} {what}.", place.name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn problem(schema: &Value, value: &Value) -> Option<(String, String)> {
        let place = Place { name: "", unknown: Code::UnknownField };
        let definitions = json!({ "Plan": { "oneOf": [{ "const": "free" }, { "const": "pro" }] } });
        check(schema, definitions.as_object().unwrap(), value, place)
            .err()
            .map(|problem| (problem.code().as_str().to_owned(), format!("{problem:?}")))
    }

    fn schema() -> Value {
        json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["name"],
            "properties": {
                "name": { "type": "string", "minLength": 1, "maxLength": 3 },
                "plan": { "anyOf": [{ "$ref": "#/components/schemas/Plan" }, { "type": "null" }] },
                "limit": { "type": ["integer", "null"], "minimum": 1, "maximum": 200 },
                "ids": { "type": "array", "minItems": 1, "items": { "type": "string", "format": "uuid" } },
            },
        })
    }

    #[test]
    fn a_value_that_fits_passes() {
        let id = "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";
        let fits = json!({ "name": "åbc", "plan": "pro", "limit": null, "ids": [id] });
        assert_eq!(problem(&schema(), &fits), None);
    }

    #[test]
    fn every_fault_names_its_member() {
        for (bad, code, named) in [
            (json!({}), "invalid_field", "name"),
            (json!({ "name": 7 }), "invalid_field", "name"),
            (json!({ "name": "" }), "invalid_field", "name"),
            (json!({ "name": "abcd" }), "invalid_field", "name"),
            (json!({ "name": "a", "plan": "gold" }), "invalid_field", "plan"),
            (json!({ "name": "a", "limit": 0 }), "invalid_field", "limit"),
            (json!({ "name": "a", "limit": 1.5 }), "invalid_field", "limit"),
            (json!({ "name": "a", "ids": [] }), "invalid_field", "ids"),
            (json!({ "name": "a", "ids": ["x"] }), "invalid_field", "ids"),
            (json!({ "name": "a", "nmae": "b" }), "unknown_field", "nmae"),
        ] {
            let (found, text) = problem(&schema(), &bad).unwrap();
            assert_eq!(found, code, "{bad}");
            assert!(text.contains(&format!("field: Some({named:?})")), "{text}");
        }
    }

    #[test]
    fn how_long_a_text_may_be_is_said_in_words() {
        for (min, max, said) in [
            (1, None, "needs at least 1 character"),
            (2, None, "needs at least 2 characters"),
            (0, Some(3), "may have at most 3 characters"),
            (1, Some(3), "needs 1 to 3 characters"),
        ] {
            assert_eq!(wanted_length(min, max), said);
        }
    }

    #[test]
    fn a_closed_list_is_told() {
        let (_, text) = problem(&schema(), &json!({ "name": "a", "plan": "gold" })).unwrap();
        assert!(text.contains(r#"allowed: ["free", "pro"]"#), "{text}");
    }
}
